"""Denials: what is about to expire comes first."""

from datetime import date

from prefect import flow

from tasks.denials import escalate_denials_task
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day


@flow(name="denials", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def denials_flow(client_key: str, today: date | None = None) -> None:
    """Raise the priority of denials near their date; posting opened their items."""
    today = today or practice_day(client_key)
    escalate_denials_task(client_key, today)
    finish_run(client_key, "denials", today)
