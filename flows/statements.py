"""Statements: what guarantors owe."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
from models.states.stage import Stage
from tasks.runs import finish_run, may_run, stage_run_name
from tasks.runtime import practice_day
from tasks.statements import (
    apply_patient_credits_task,
    draft_statements_task,
    list_drafted_chunks_task,
    release_statements_task,
    send_messages_task,
)


@flow(name="statements", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def statements_flow(client_key: str, today: date | None = None) -> list[State[Any]]:
    """Use patients' credits, draft what is due, and send it as PDF by mail.

    It may have a schedule of its own, so that no cycle asks for it whether it is paused.
    """
    if not may_run(client_key, Stage.STATEMENTS):
        return []
    today = today or practice_day(client_key)
    apply_patient_credits_task(client_key, today)
    draft_statements_task(client_key, today)
    drafted = list_drafted_chunks_task(client_key)
    failed = run_for_each(release_statements_task, client_key, drafted, today)
    await send_messages_task(client_key, today)
    finish_run(client_key, "statements", today)
    return failed
