"""Coding: send encounters to the coders, or past them when they came coded."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
from tasks.coding import (
    draw_audit_samples_task,
    free_expired_leases_task,
    list_registered_chunks_task,
    queue_encounters_task,
    remind_practice_task,
    restate_needs_task,
)
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day


@flow(name="coding", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def coding_flow(client_key: str, today: date | None = None) -> list[State[Any]]:
    """Open a coding item where a person must code, and draw what auditors code again."""
    today = today or practice_day(client_key)
    free_expired_leases_task(client_key, today)
    chunks = list_registered_chunks_task(client_key)
    failed = run_for_each(queue_encounters_task, client_key, chunks, today)
    restate_needs_task(client_key, today)
    remind_practice_task(client_key, today)
    draw_audit_samples_task(client_key, today)
    finish_run(client_key, "coding", today)
    return failed
