"""Submission: claims out, acknowledgements in."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.each import run_for_each
from flows.exchange import exchange_files
from tasks.contracts import list_unpriced_chunks_task, price_claims_task
from tasks.follow_up import (
    apply_statuses_task,
    ask_about_claims_task,
    keep_clocks_task,
    list_status_files_task,
    question_silent_claims_task,
)
from tasks.runs import finish_run, stage_run_name
from tasks.runtime import connection_keys, practice_day
from tasks.submission import (
    apply_acknowledgements_task,
    build_batches_task,
    build_claims_task,
    build_secondary_claims_task,
    list_acknowledgement_files_task,
    list_coded_chunks_task,
    list_draft_claim_chunks_task,
    scrub_claims_task,
)


@flow(name="submission", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def submission_flow(client_key: str, today: date | None = None) -> list[State[Any]]:
    """Build and scrub what is coded, batch what is clean, send it, and take the receipts.

    Payers that are silent are asked with the same exchange of files.
    """
    today = today or practice_day(client_key)
    coded = list_coded_chunks_task(client_key)
    failed = run_for_each(build_claims_task, client_key, coded, today)
    build_secondary_claims_task(client_key, today)
    drafts = list_draft_claim_chunks_task(client_key)
    failed += run_for_each(scrub_claims_task, client_key, drafts, today)
    for connection_key in connection_keys(client_key):
        build_batches_task(client_key, connection_key, today)
    unpriced = list_unpriced_chunks_task(client_key)
    failed += run_for_each(price_claims_task, client_key, unpriced, today)
    question_silent_claims_task(client_key, today)
    ask_about_claims_task(client_key, today)
    failed += await exchange_files(client_key, today)
    receipts = list_acknowledgement_files_task(client_key)
    failed += run_for_each(apply_acknowledgements_task, client_key, receipts, today)
    answers = list_status_files_task(client_key)
    failed += run_for_each(apply_statuses_task, client_key, answers, today)
    keep_clocks_task(client_key, today)
    finish_run(client_key, "submission", today)
    return failed
