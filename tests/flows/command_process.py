"""A process that runs ``revcycle`` commands, and everything it ever wrote."""

import os
import re
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.repository import ROOT

COMMAND = (sys.executable, "-m", "tests.flows.impatient_revcycle")
EXIT = re.compile(r"exit (\d+)\n")


@dataclass(frozen=True, slots=True)
class CommandProcess:
    """It runs one command after the other."""

    process: "subprocess.Popen[str]"
    output: Path

    def begin(self, *words: str) -> None:
        """Let it begin a command."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def exit_code(self) -> int:
        """Wait for the end of the command; return its exit code."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if match := EXIT.fullmatch(line):
                return int(match[1])
            with self.output.open("a", encoding="utf-8") as log:
                log.write(line)
        raise AssertionError(self.output.read_text("utf-8"))


@contextmanager
def command_process(output: Path, variables: Mapping[str, str]) -> Generator[CommandProcess]:
    """Start a process; what it writes goes to ``output``."""
    with (
        output.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            COMMAND,
            cwd=ROOT,
            env={**os.environ, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        yield CommandProcess(process, output)
