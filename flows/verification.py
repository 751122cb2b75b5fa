"""Verification: ask payers about coverages and take their answers."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.exchange import exchange_files
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day
from tasks.verification import (
    apply_answers_task,
    build_inquiries_task,
    list_answer_files_task,
    list_unverified_chunks_task,
    open_checks_task,
)


@flow(name="verification", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def verification_flow(client_key: str, today: date | None = None) -> list[State[Any]]:
    """Open a check per coverage and day, send 270 files, apply what came back as 271."""
    today = today or practice_day(client_key)
    for chunk in list_unverified_chunks_task(client_key):
        open_checks_task(client_key, chunk, today)
    build_inquiries_task(client_key, today)
    failed = await exchange_files(client_key, today)
    for inbound_file_id in list_answer_files_task(client_key):
        apply_answers_task(client_key, inbound_file_id, today)
    finish_run(client_key, "verification", today)
    return failed
