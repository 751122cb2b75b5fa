"""A lock that a killed process held is free; one that a sleeping process holds is not."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from revcycle.store.exclusive import exclusive

NAME = "send-demo"
PATIENCE_SECONDS = 20
HOLDER = """
import sys, time
from revcycle.store.exclusive import exclusive
with exclusive(sys.argv[1], sys.argv[2]) as is_ours:
    print(is_ours, flush=True)
    time.sleep(600)
"""


@contextmanager
def holder(database_url: str) -> Generator["subprocess.Popen[str]"]:
    """Let another process hold the lock."""
    command = [sys.executable, "-c", HOLDER, database_url, NAME]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "True\n"
            yield process
        finally:
            process.kill()


def is_free(database_url: str) -> bool:
    with exclusive(database_url, NAME) as is_ours:
        return is_ours


def test_the_lock_of_a_killed_sender_is_free(either_database_url: str) -> None:
    with holder(either_database_url) as process:
        assert not is_free(either_database_url)
        process.kill()
        process.wait()
        deadline = time.monotonic() + PATIENCE_SECONDS  # the server hears of it a moment later
        while not is_free(either_database_url):
            assert time.monotonic() < deadline


def test_the_lock_of_a_sleeping_sender_is_not_free(either_database_url: str) -> None:
    with holder(either_database_url) as process:
        os.kill(process.pid, signal.SIGSTOP)
        assert not is_free(either_database_url)


def test_who_did_not_get_the_lock_does_not_free_it(either_database_url: str) -> None:
    with holder(either_database_url):
        assert not is_free(either_database_url)
        assert not is_free(either_database_url)
