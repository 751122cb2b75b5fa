"""Submission, step by step."""

from datetime import date
from uuid import UUID

from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from revcycle.operations.files.file_kind import ACKNOWLEDGEMENT_KINDS
from revcycle.operations.follow_up.apply_statuses import fail_status_checks
from revcycle.operations.follow_up.policies import clock_policy
from revcycle.operations.submission.apply_acknowledgements import apply_acknowledgements
from revcycle.operations.submission.build_batch import BatchPartner, build_batch
from revcycle.operations.submission.build_claims import BuildCount, build_claims
from revcycle.operations.submission.build_secondary_claims import build_secondary_claims
from revcycle.operations.submission.policies import (
    claim_policy,
    practice_facts,
    scrub_policy,
    work_terms,
)
from revcycle.operations.submission.scrub_claims import ScrubCount, scrub_claims
from revcycle.operations.verification.apply_answers import fail_checks
from revcycle.store import claims, encounters
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
    write_profile,
)

STAGE = "submission"


@step("list-coded-encounters")
def list_coded_chunks_task(client_key: str) -> list[list[UUID]]:
    """List encounters that can be billed."""
    with client_reading(client_key) as session:
        client_id = client_id_of(client_key)
        return chunks(encounters.list_encounter_ids(session, client_id, EncounterState.CODED))


@step("build-claims")
def build_claims_task(client_key: str, encounter_ids: list[UUID], today: date) -> BuildCount:
    """Bill a chunk of coded encounters."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        return build_claims(
            session,
            act_of(client_key, STAGE, today),
            encounter_ids,
            policy=claim_policy(config),
            terms=work_terms(config, Queue.SCRUB),
        )


@step("build-secondary-claims")
def build_secondary_claims_task(client_key: str, today: date) -> int:
    """Draft claims to payers that owe after an earlier one decided; return how many."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        built = build_secondary_claims(
            session,
            act_of(client_key, STAGE, today),
            policy=claim_policy(config),
            terms=work_terms(config, Queue.SCRUB),
            clocks=clock_policy(config),
        )
    return built.claims


@step("list-draft-claims")
def list_draft_claim_chunks_task(client_key: str) -> list[list[UUID]]:
    """List claims that nobody has scrubbed."""
    with client_reading(client_key) as session:
        client_id = client_id_of(client_key)
        return chunks(claims.list_claim_ids(session, client_id, ClaimState.DRAFT))


@step("scrub-claims")
def scrub_claims_task(client_key: str, claim_ids: list[UUID], today: date) -> ScrubCount:
    """Clear or hold a chunk of draft claims."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        return scrub_claims(
            session,
            act_of(client_key, STAGE, today),
            claim_ids,
            policy=scrub_policy(config),
            practice=practice_facts(config),
            terms=work_terms(config, Queue.SCRUB),
        )


@step("build-batches")
def build_batches_task(client_key: str, connection_key: str, today: date) -> int:
    """Put everything clean for one connection into the outbox; return how many claims."""
    config = config_of(client_key)
    section = config.connection(connection_key)
    batched = 0
    while True:
        with client_transaction(client_key) as session:
            built = build_batch(
                session,
                act_of(client_key, STAGE, today),
                partner=BatchPartner(
                    section.key,
                    envelope_of(section),
                    section.receiver_name,
                    write_profile(section),
                ),
                form=config.practice.claim_form,
                practice=practice_facts(config),
                terms=work_terms(config, Queue.SCRUB),
            )
        batched += built.batched
        if built.batched + built.held == 0:
            return batched


@step("list-acknowledgement-files")
def list_acknowledgement_files_task(client_key: str) -> list[UUID]:
    """List TA1, 999 and 277CA files that nothing was made of yet."""
    return received_file_ids(client_key, ACKNOWLEDGEMENT_KINDS)


@step("apply-acknowledgements")
def apply_acknowledgements_task(client_key: str, inbound_file_id: UUID, today: date) -> int:
    """Apply one file; questions of a 270 or 276 that was refused as a whole fail with it."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        terms = work_terms(config, Queue.REJECTION)
        applied = apply_acknowledgements(session, act, inbound_file_id, terms=terms)
        refused = applied.refused_inquiry_file_ids
        fail_checks(session, act, refused, reason="file_refused")
        follow_up = work_terms(config, Queue.FOLLOW_UP)
        fail_status_checks(session, act, refused, reason="file_refused", terms=follow_up)
    return applied.applied
