"""Submission: claims out, acknowledgements in."""

from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.exchange import exchange_files
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
    """Build and scrub what is coded, batch what is clean, send it, and take the receipts."""
    today = today or practice_day(client_key)
    for chunk in list_coded_chunks_task(client_key):
        build_claims_task(client_key, chunk, today)
    build_secondary_claims_task(client_key, today)
    for chunk in list_draft_claim_chunks_task(client_key):
        scrub_claims_task(client_key, chunk, today)
    for connection_key in connection_keys(client_key):
        build_batches_task(client_key, connection_key, today)
    failed = await exchange_files(client_key, today)
    for inbound_file_id in list_acknowledgement_files_task(client_key):
        apply_acknowledgements_task(client_key, inbound_file_id, today)
    finish_run(client_key, "submission", today)
    return failed
