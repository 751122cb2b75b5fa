"""Verification, step by step."""

from datetime import date
from uuid import UUID

from revcycle.operations.verification.apply_answers import apply_answers
from revcycle.operations.verification.ask_payers import ask_payers
from revcycle.operations.verification.open_checks import open_checks
from revcycle.store import clients, encounters
from tasks.runtime import (
    act_of,
    chunks,
    client_id_of,
    client_reading,
    client_transaction,
    config_of,
    envelope_of,
    received_file_ids,
    step,
)

STAGE = "verification"


@step("list-unverified-encounters")
def list_unverified_chunks_task(client_key: str) -> list[list[UUID]]:
    """List encounters without a verdict."""
    with client_reading(client_key) as session:
        client_id = client_id_of(client_key)
        return chunks(encounters.list_unverified_encounter_ids(session, client_id))


@step("open-eligibility-checks")
def open_checks_task(client_key: str, encounter_ids: list[UUID], today: date) -> int:
    """Open the questions that a chunk of encounters raises; return how many are new."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        payers = clients.find_payers(session, act.client_id)
        verifying = frozenset(payers[payer.key].id for payer in config.payers if payer.verifies)
        opened = open_checks(session, act, encounter_ids, verifying_payer_ids=verifying)
    return opened.opened


@step("ask-payers")
def build_inquiries_task(client_key: str, today: date) -> int:
    """Write all open questions as 270 files; return how many questions were written."""
    config = config_of(client_key)
    envelopes = {section.key: envelope_of(section) for section in config.connections}
    practice = config.practice.to_document()
    written = 0
    while True:
        with client_transaction(client_key) as session:
            act = act_of(client_key, STAGE, today)
            asked = ask_payers(session, act, practice=practice, envelopes=envelopes)
        if asked.inquiries + asked.refused == 0:
            return written
        written += asked.inquiries


@step("list-answer-files")
def list_answer_files_task(client_key: str) -> list[UUID]:
    """List 271 files that nothing was made of yet."""
    return received_file_ids(client_key, ["271"])


@step("apply-answers")
def apply_answers_task(client_key: str, inbound_file_id: UUID, today: date) -> int:
    """Put the verdicts of one 271 on encounters; return how many checks were answered."""
    with client_transaction(client_key) as session:
        return apply_answers(session, act_of(client_key, STAGE, today), inbound_file_id).answered
