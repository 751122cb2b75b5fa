"""Statements: what guarantors owe, and the day's activity for the practice."""

from datetime import date

from prefect import flow

from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day
from tasks.statements import (
    apply_patient_credits_task,
    draft_statements_task,
    list_drafted_chunks_task,
    queue_client_report_task,
    release_statements_task,
    send_messages_task,
)


@flow(name="statements", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def statements_flow(client_key: str, today: date | None = None) -> None:
    """Use credits, draft what is due, release it as PDF by mail, report the day to the practice."""
    today = today or practice_day(client_key)
    apply_patient_credits_task(client_key, today)
    draft_statements_task(client_key, today)
    for chunk in list_drafted_chunks_task(client_key):
        release_statements_task(client_key, chunk, today)
    queue_client_report_task(client_key, today)
    await send_messages_task(client_key, today)
    finish_run(client_key, "statements", today)
