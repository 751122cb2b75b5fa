"""Verification: ask payers about coverages and take their answers."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
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
    chunks = list_unverified_chunks_task(client_key)
    failed = run_for_each(open_checks_task, client_key, chunks, today)
    build_inquiries_task(client_key, today)
    failed += await exchange_files(client_key, today)
    answers = list_answer_files_task(client_key)
    failed += run_for_each(apply_answers_task, client_key, answers, today)
    finish_run(client_key, "verification", today)
    return failed
