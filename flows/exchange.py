"""Files to and from every partner of a practice; used by the stages that wait for answers."""

from datetime import date
from typing import Any

from prefect.client.schemas.objects import State

from tasks.partner_files import collect_partner_files_task, send_outbound_files_task
from tasks.runtime import connection_keys


async def exchange_files(client_key: str, today: date) -> list[State[Any]]:
    """Send what is ready and collect what waits; one partner's outage delays no other.

    Returns the states that failed, for the flow to return at its end, so that it shows as failed
    after everything else was done.
    """
    steps: tuple[Any, ...] = (send_outbound_files_task, collect_partner_files_task)
    states: list[State[Any]] = [
        await exchange_task(client_key, connection_key, today, return_state=True)
        for connection_key in connection_keys(client_key)
        for exchange_task in steps
    ]
    return [state for state in states if state.is_failed()]
