"""Posting: remittances to the ledger."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
from flows.exchange import exchange_files
from tasks.contracts import compare_claims_task, list_uncompared_chunks_task
from tasks.deposits import (
    collect_bank_files_task,
    import_bank_file_task,
    list_bank_files_task,
    settle_deposits_task,
)
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
    failed += await _collect_statements(client_key, today)
    statements = list_bank_files_task(client_key)
    failed += run_for_each(import_bank_file_task, client_key, statements, today)
    settle_deposits_task(client_key, today)
    close_settled_claims_task(client_key, today)
    finish_run(client_key, "posting", today)
    return failed


async def _collect_statements(client_key: str, today: date) -> list[State[Any]]:
    """Collect what the bank left; its outage delays nothing else."""
    collect: Any = collect_bank_files_task  # Prefect's types know no awaited state
    state = await collect(client_key, today, return_state=True)
    return [state] if state.is_failed() else []
