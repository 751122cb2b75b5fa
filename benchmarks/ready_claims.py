"""A day of the practice brought as far as claims that wait for their file."""

from dataclasses import replace
from uuid import UUID

from benchmarks.claim_files import SEED
from benchmarks.measurement import WrongResultError
from benchmarks.practice_database import CHUNK, TODAY, PracticeDatabase, take_in
from models.documents.claim import ClaimForm
from models.documents.coding_policy import AS_WRITTEN
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from revcycle.formats.fhir.encounters import read_encounters
from revcycle.formats.x12.interchange import Envelope
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.operations.submission.build_batch import BatchPartner, BuiltBatch, build_batch
from revcycle.operations.submission.build_claims import build_claims
from revcycle.operations.submission.policies import claim_policy, practice_facts, scrub_policy
from revcycle.operations.submission.scrub_claims import scrub_claims
from revcycle.store import claims, encounters
from revcycle.store.session import transaction
from workbench.commands.invented_input import invent_day

ENCOUNTERS_A_CLAIM = 1.7  # three in ten wait for a coder, and some have errors


def prepare_ready_claims(practice: PracticeDatabase, count: int) -> None:
    """Take in a day, bill what arrived coded, and scrub it.

    Raises:
        WrongResultError: fewer claims than asked for are ready.
    """
    encounter_count = int(ENCOUNTERS_A_CLAIM * count) + CHUNK // 10
    config = practice.config
    day = invent_day(config, encounters=encounter_count, seed=SEED, service_date=TODAY)
    for file in day.files:
        take_in(practice, "FHIR", file, read_encounters(file.content, zone=config.zone()))
    _code_and_bill(practice)
    _scrub(practice)
    if (ready := len(_claim_ids(practice, ClaimState.READY))) < count:
        msg = f"only {ready} of {count} claims are ready"
        raise WrongResultError(msg)


def batch(practice: PracticeDatabase, count: int) -> BuiltBatch:
    """Put so many ready claims into one file, in one transaction.

    Raises:
        WrongResultError: another number of claims was put into it.
    """
    connection = practice.config.connections[0]
    partner = BatchPartner(
        connection.key,
        Envelope("ZZ", connection.sender_id, "ZZ", connection.receiver_id, 0, practice.act.at),
        connection.receiver_name,
    )
    with transaction(practice.url) as session:
        built = build_batch(
            session,
            practice.act,
            partner=partner,
            form=ClaimForm.PROFESSIONAL,
            practice=practice_facts(practice.config),
            claims_max=count,
        )
    if built.batched != count:
        msg = f"{built.batched} of {count} claims were batched"
        raise WrongResultError(msg)
    return built


def _code_and_bill(practice: PracticeDatabase) -> None:
    act, policy = practice.act, claim_policy(practice.config)
    for ids in _chunks(_encounter_ids(practice, EncounterState.REGISTERED)):
        with transaction(practice.url) as session:
            queue_encounters(session, act, ids, service_hours=48, policy=AS_WRITTEN)
    for ids in _chunks(_encounter_ids(practice, EncounterState.CODED)):
        with transaction(practice.url) as session:
            build_claims(session, act, ids, policy=policy)


def _scrub(practice: PracticeDatabase) -> None:
    policy = replace(scrub_policy(practice.config), require_verified_coverage=False)
    facts = practice_facts(practice.config)
    for ids in _chunks(_claim_ids(practice, ClaimState.DRAFT)):
        with transaction(practice.url) as session:
            scrub_claims(session, practice.act, ids, policy=policy, practice=facts)


def _encounter_ids(practice: PracticeDatabase, state: EncounterState) -> list[UUID]:
    with transaction(practice.url) as session:
        return list(encounters.list_encounter_ids(session, practice.act.client_id, state))


def _claim_ids(practice: PracticeDatabase, state: ClaimState) -> list[UUID]:
    with transaction(practice.url) as session:
        return list(claims.list_claim_ids(session, practice.act.client_id, state))


def _chunks(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
