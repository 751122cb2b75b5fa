"""One step for each of several things."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from prefect.client.schemas.objects import State


def run_for_each(
    step: Any, client_key: str, ids: Iterable[UUID | list[UUID]], today: date
) -> list[State[Any]]:
    """Run a step for each file or chunk; one that fails stops no other, this time or the next.

    Returns the states that failed, for the flow to return at its end, so that it shows as failed
    after everything else was done.
    """
    states = [step(client_key, one, today, return_state=True) for one in ids]
    return [state for state in states if state.is_failed()]
