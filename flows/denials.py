"""Denials: what is about to expire comes first."""

from datetime import date

from prefect import flow

from tasks.denials import (
    escalate_denials_task,
    keep_credits_task,
    propose_edits_task,
    rank_denials_task,
    verify_denied_coverages_task,
)
from tasks.follow_up import keep_clocks_task
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day


@flow(name="denials", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def denials_flow(client_key: str, today: date | None = None) -> None:
    """Ask about denied coverages, put denials in order; posting opened their items."""
    today = today or practice_day(client_key)
    verify_denied_coverages_task(client_key, today)
    rank_denials_task(client_key, today)
    escalate_denials_task(client_key, today)
    propose_edits_task(client_key, today)
    keep_clocks_task(client_key, today)
    keep_credits_task(client_key, today)
    finish_run(client_key, "denials", today)
