"""Intake: collect what the practice left and make encounters of it."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
from tasks.intake import (
    collect_intake_files_task,
    list_received_files_task,
    record_encounters_task,
)
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import intake_source_keys, practice_day


@flow(name="intake", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def intake_flow(client_key: str, today: date | None = None) -> list[State[Any]]:
    """Store every new file first, then give each of its records exactly one outcome."""
    today = today or practice_day(client_key)
    for source_key in intake_source_keys(client_key):
        await collect_intake_files_task(client_key, source_key, today)
    files = list_received_files_task(client_key)
    failed = run_for_each(record_encounters_task, client_key, files, today)
    finish_run(client_key, "intake", today)
    return failed
