"""Posting: remittances to the ledger."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
from flows.exchange import exchange_files
from tasks.contracts import compare_claims_task, list_uncompared_chunks_task
from tasks.posting import (
    close_settled_claims_task,
    list_remittance_files_task,
    post_remittance_file_task,
)
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day
from tasks.submission import apply_acknowledgements_task, list_acknowledgement_files_task


@flow(name="posting", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def posting_flow(client_key: str, today: date | None = None) -> list[State[Any]]:
    """Post each remittance file as a whole, or refuse it as a whole and say why."""
    today = today or practice_day(client_key)
    failed = await exchange_files(client_key, today)
    # What a payer says of receiving a claim comes before what it decided about it.
    receipts = list_acknowledgement_files_task(client_key)
    failed += run_for_each(apply_acknowledgements_task, client_key, receipts, today)
    remittances = list_remittance_files_task(client_key)
    failed += run_for_each(post_remittance_file_task, client_key, remittances, today)
    # Before claims close: a claim that owes nothing more may still have been paid too little.
    uncompared = list_uncompared_chunks_task(client_key)
    failed += run_for_each(compare_claims_task, client_key, uncompared, today)
    close_settled_claims_task(client_key, today)
    finish_run(client_key, "posting", today)
    return failed
