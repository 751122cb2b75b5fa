"""Prefect's server as the workbench knows it: which runs there were, and start one now.

Source:
    Prefect's REST API: POST /flow_runs/filter, GET /deployments/name/{flow}/{deployment},
    POST /deployments/{id}/create_flow_run.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from threading import Lock
from typing import Any, Final
from uuid import UUID

import httpx2

from models.errors import NotFoundError, RejectedError, UnavailableError

TIMEOUT: Final = httpx2.Timeout(4, connect=1)  # seconds; a page waits for it
REMEMBERED_SECONDS: Final = 5
RUNS_OF_ANSWER: Final = 200  # what the server gives at most
ANSWERS_MAX: Final = 3
CYCLE: Final = "revenue-cycle"
WORDS_OF_NAME: Final = 3  # such as "submission lakeside_family 2026-11-22"
# A run that is only scheduled has not begun: its name is not ours yet.
BEGUN: Final = {"state": {"type": {"not_any_": ["SCHEDULED"]}}}


@dataclass(frozen=True, slots=True)
class PrefectRun:
    """One run of a flow for a practice.

    Attributes:
        flow: A stage, ``revenue-cycle`` or ``client-report``.
        client_key: The practice.
        day: The practice's day it ran for, as written in its name.
        state_type: COMPLETED, FAILED, RUNNING, PENDING, CRASHED, CANCELLED ...
        state_name: What Prefect calls the state.
    """

    id: UUID
    flow: str
    client_key: str
    day: str
    state_type: str
    state_name: str
    began_at: datetime | None


class PrefectApi:
    """Asks Prefect's server, and remembers for some seconds what it said or that it was silent."""

    def __init__(self, address: str, *, timeout: httpx2.Timeout = TIMEOUT) -> None:
        """Say where Prefect is.

        Args:
            address: Of its pages, such as ``http://127.0.0.1:4200``; the API is below.
            timeout: How long a page waits.
        """
        self.address = address.rstrip("/")
        self._client = httpx2.Client(base_url=f"{self.address}/api/", timeout=timeout)
        self._lock = Lock()
        self._remembered: tuple[float, list[PrefectRun] | None] | None = None

    def close(self) -> None:
        """Hang up; the server is not asked again."""
        self._client.close()

    def link_to(self, run_id: UUID) -> str:
        """Say where Prefect shows a run."""
        return f"{self.address}/runs/flow-run/{run_id}"

    def list_latest_runs(self) -> list[PrefectRun]:
        """List the last begun run of each flow of each practice, as of some seconds ago.

        Raises:
            UnavailableError: the server does not answer, or did not some seconds ago.
        """
        with self._lock:
            if self._remembered is None or self._remembered[0] < time.monotonic():
                runs = self._find_latest_runs()
                self._remembered = (time.monotonic() + REMEMBERED_SECONDS, runs)
            known = self._remembered[1]
        if known is None:
            msg = "Prefect's server does not answer"
            raise UnavailableError(msg)
        return known

    def start_cycle(self, client_key: str, stages: Sequence[str], *, once: str) -> UUID:
        """Start the cycle of a practice now; the same ``once`` never starts a second run.

        Args:
            client_key: The practice.
            stages: Only these; empty: what its schedule runs.
            once: A word of whoever asks, the same when the same question comes twice.

        Raises:
            NotFoundError: Prefect has no deployment of this practice.
            UnavailableError: the server does not answer.
            RejectedError: it refuses.
        """
        found = self._ask("GET", f"deployments/name/{CYCLE}/{client_key}")
        parameters: dict[str, object] = {"client_key": client_key}
        if stages:
            parameters["stages"] = list(stages)
        run = self._ask(
            "POST",
            f"deployments/{UUID(found['id'])}/create_flow_run",
            {"parameters": parameters, "idempotency_key": f"run-now:{client_key}:{once}"},
        )
        with self._lock:
            self._remembered = None
        return UUID(run["id"])

    def _find_latest_runs(self) -> list[PrefectRun] | None:
        latest: dict[tuple[str, str], PrefectRun] = {}
        try:
            for number in range(ANSWERS_MAX):
                runs = self._ask("POST", "flow_runs/filter", _question(number))
                for run in filter(None, map(_to_run, runs)):
                    latest.setdefault((run.client_key, run.flow), run)
                if len(runs) < RUNS_OF_ANSWER:
                    break
        except (UnavailableError, RejectedError):
            return None
        return list(latest.values())

    def _ask(self, method: str, path: str, question: Mapping[str, object] | None = None) -> Any:
        try:
            answer = self._client.request(method, path, json=question)
        except httpx2.TransportError as error:
            msg = "Prefect's server does not answer"
            raise UnavailableError(msg) from error
        if answer.status_code == HTTPStatus.NOT_FOUND:
            msg = "Prefect knows no deployment of this practice; run revcycle clients sync"
            raise NotFoundError(msg)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            msg = f"Prefect's server failed with status {answer.status_code}"
            raise UnavailableError(msg)
        if answer.is_error:
            msg = f"Prefect's server refused with status {answer.status_code}"
            raise RejectedError(msg)
        try:
            return answer.json()
        except ValueError as error:
            msg = "whoever answers at this address is not Prefect's server"
            raise UnavailableError(msg) from error


def _question(number: int) -> dict[str, object]:
    return {
        "sort": "START_TIME_DESC",
        "limit": RUNS_OF_ANSWER,
        "offset": number * RUNS_OF_ANSWER,
        "flow_runs": BEGUN,
    }


def _to_run(run: Mapping[str, Any]) -> PrefectRun | None:
    """Read a run; None when its name says that no flow of ours gave it."""
    words = str(run.get("name", "")).split(" ")
    if len(words) != WORDS_OF_NAME:
        return None
    began_at = run.get("start_time")
    return PrefectRun(
        id=UUID(run["id"]),
        flow=words[0],
        client_key=words[1],
        day=words[2],
        state_type=run.get("state_type") or "",
        state_name=run.get("state_name") or "",
        began_at=datetime.fromisoformat(began_at) if began_at else None,
    )
