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
WORD = re.compile(r"(begun|exit) (\d+)\n")


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

    def wait_until_begun(self) -> None:
        """Wait until the cycle that was begun runs; it stands still until it is let go on."""
        assert self._next_word() == ("begun", 0)

    def go_on(self) -> None:
        """Let the cycle that has begun go on."""
        self.begin("")

    def exit_code(self) -> int:
        """Wait for the end of the command; return its exit code."""
        word, code = self._next_word()
        assert word == "exit"
        return code

    def _next_word(self) -> tuple[str, int]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if match := WORD.fullmatch(line):
                return match[1], int(match[2])
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
