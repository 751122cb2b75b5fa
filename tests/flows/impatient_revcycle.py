"""The ``revcycle`` command of these tests: one line, one command; its retries do not wait.

Starting takes seconds, so that a process runs several commands, and two can begin one together: a
cycle says when it has begun and waits for a line. The delays are set before any task is made;
everything else is what production runs.
"""

import sys

from tasks import runtime

runtime.RETRY_DELAYS_SECONDS[:] = [0.0] * len(runtime.RETRY_DELAYS_SECONDS)

from flows.revenue_cycle import revenue_cycle_flow  # noqa: E402 - Prefect loads before we say ready
from workbench.commands.main import run  # noqa: E402 - after the delays are set


@revenue_cycle_flow.on_running
def wait_for_the_word(flow: object, flow_run: object, state: object) -> None:  # noqa: ARG001 - Prefect names them
    """Let two cycles meet, however slowly one of them starts."""
    say("begun", 0)
    sys.stdin.readline()


def exit_code_of(line: str) -> int:
    """Run one command; tell how it ended."""
    sys.argv = ["revcycle", *line.split()]
    try:
        run()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def say(word: str, number: int) -> None:
    """Tell the test, which reads our output line by line."""
    sys.stdout.write(f"\n{word} {number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say("exit", 0)
    for command in sys.stdin:
        say("exit", exit_code_of(command))
