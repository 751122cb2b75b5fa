"""Coded encounters become claims, and claims become one file."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.errors import RejectedError
from models.states.eligibility import EligibilityVerdict
from models.states.work_item import Queue
from models.tables import (
    Claim,
    ClaimFinding,
    ClaimLine,
    ClaimVersion,
    ControlNumber,
    Encounter,
    OutboundFile,
    Posting,
)
from models.values.accounts import Account
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.claims.writing_profile import CharacterSet, WriteProfile
from revcycle.formats.x12.segments import Delimiters
from revcycle.formats.x12.t837p import read_claims
from revcycle.operations.submission.build_batch import BuiltBatch, build_batch
from revcycle.operations.submission.build_claims import BuildCount
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.operations.submission.scrub_claims import ScrubCount
from revcycle.store.session import transaction
from tests.integration.submission.office import PARTNER, Office


def balances(office: Office) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for posting in office.all(Posting):
        sums[posting.account] = sums.get(posting.account, ZERO) + posting.amount
    return sums


def test_a_coded_encounter_becomes_a_priced_claim_and_is_booked(office: Office) -> None:
    encounter_id = office.add_encounter("99213", "85025")
    assert office.build(encounter_id) == BuildCount(claims=1, self_pay=0, held=0)
    (claim,) = office.all(Claim)
    assert (claim.state, claim.payer_rank, claim.charge_total) == ("draft", 1, Money(15_500))
    assert claim.file_by == date(2026, 11, 2) + timedelta(days=90)
    assert sorted(line.number for line in office.all(ClaimLine)) == [1, 2]
    assert balances(office) == {
        Account.AR_INSURANCE_1: Money(15_500),
        Account.CHARGES: Money(-15_500),
    }
    assert [row.state for row in office.all(Encounter)] == ["billed"]


def test_building_twice_builds_once(office: Office) -> None:
    encounter_id = office.add_encounter()
    office.build(encounter_id)
    assert office.build(encounter_id) == BuildCount(0, 0, 0)
    assert len(office.all(Claim)) == 1


def test_a_patient_without_coverage_owes_the_charge(office: Office) -> None:
    encounter_id = office.add_encounter(payers=())
    assert office.build(encounter_id) == BuildCount(claims=0, self_pay=1, held=0)
    assert balances(office)[Account.AR_PATIENT] == Money(12_500)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"procedures": ("99499",)}, "price.no_fee", id="a-code-without-a-fee"),
        pytest.param(
            {"coverage": {"valid_to": date(2026, 10, 31)}},
            "price.no_coverage",
            id="a-coverage-that-has-ended",
        ),
    ],
)
def test_what_cannot_be_billed_stays_coded_with_one_work_item(
    office: Office, changes: dict[str, Any], reason: str
) -> None:
    encounter_id = office.add_encounter(*changes.pop("procedures", ()), **changes)
    assert office.build(encounter_id).held == 1
    office.build(encounter_id)
    assert [item.reason for item in office.open_items(Queue.SCRUB)] == [reason]
    assert [row.state for row in office.all(Encounter)] == ["coded"]
    assert balances(office) == {}


def test_a_clean_claim_is_ready_and_scrubbing_again_changes_nothing(office: Office) -> None:
    office.build(office.add_encounter())
    assert office.scrub() == ScrubCount(ready=1, held=0)
    assert office.scrub() == ScrubCount(0, 0)
    assert office.open_items(Queue.SCRUB) == []


def test_a_held_claim_names_its_reasons_and_goes_on_when_it_is_put_right(office: Office) -> None:
    office.build(office.add_encounter(verdict=EligibilityVerdict.INACTIVE))
    assert office.scrub() == ScrubCount(ready=0, held=1)
    (claim,) = office.all(Claim)
    (item,) = office.open_items(Queue.SCRUB)
    assert (item.cause_key, item.reason) == (f"scrub:{claim.id}", "scrub.verified_coverage")

    with transaction(office.url) as session:
        encounter = session.get(Encounter, (office.act.client_id, claim.encounter_id))
        assert encounter is not None
        encounter.verdict = EligibilityVerdict.ACTIVE
        release_held_claim(session, office.act, claim.id)
    assert office.open_items(Queue.SCRUB) == []
    assert office.scrub() == ScrubCount(ready=1, held=0)
    assert office.all(ClaimFinding) == []


def test_of_two_encounters_alike_the_second_is_held_as_a_duplicate(office: Office) -> None:
    first = office.add_encounter()
    office.build(first)
    patient_id = office.all(Encounter)[0].patient_id
    office.build(office.add_encounter(patient_id=patient_id))
    assert office.scrub() == ScrubCount(ready=1, held=1)
    assert office.claim_states() == ["ready", "held"]
    assert office.open_items(Queue.SCRUB)[0].reason == "scrub.duplicate_claim"


def test_claims_and_their_file_change_in_one_transaction(office: Office) -> None:
    office.build(office.add_encounter(), office.add_encounter("99213", "85025"))
    office.scrub()
    built = office.batch()
    (file,) = office.all(OutboundFile)
    versions = office.all(ClaimVersion)
    claims, findings = read_claims(file.content)
    assert built == BuiltBatch(file.id, batched=2, held=0)
    assert (file.name, file.kind, file.record_count) == ("837P_DEMO_000000001.x12", "837P", 2)
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    assert findings == ()
    assert {one.control_number for one in claims} == {one.control_number for one in versions}
    assert total(one.charge_total for one in claims) == Money(28_000)
    assert office.claim_states() == ["submitted", "submitted"]


def test_nothing_ready_makes_no_file_and_takes_no_number(office: Office) -> None:
    assert office.batch() == BuiltBatch(None, 0, 0)
    assert office.all(ControlNumber) == []


def test_batching_again_sends_no_claim_twice(office: Office) -> None:
    office.build(office.add_encounter())
    office.scrub()
    office.batch()
    assert office.batch() == BuiltBatch(None, 0, 0)
    assert len(office.all(ClaimVersion)) == 1


def batch_and_die(office: Office, built: list[UUID | None], **arguments: Any) -> None:
    with transaction(office.url) as session:
        built.append(build_batch(session, office.act, **arguments).outbound_file_id)
        raise KeyboardInterrupt


def test_a_crash_before_the_commit_leaves_no_trace_and_no_gap(
    office: Office, batch_arguments: dict[str, Any]
) -> None:
    office.build(office.add_encounter())
    office.scrub()
    built: list[UUID | None] = []
    with pytest.raises(KeyboardInterrupt):
        batch_and_die(office, built, **batch_arguments)
    assert built != [None]
    assert (office.all(OutboundFile), office.claim_states()) == ([], ["ready"])
    office.batch()
    assert [file.control_number for file in office.all(OutboundFile)] == [1]


def test_a_claim_that_x12_cannot_carry_is_held_and_the_others_leave(office: Office) -> None:
    office.build(office.add_encounter(patient={"last_name": "Test\u4e2d"}), office.add_encounter())
    office.scrub()
    built = office.batch()
    assert (built.batched, built.held) == (1, 1)
    assert sorted(office.claim_states()) == ["held", "submitted"]
    assert [item.reason for item in office.open_items(Queue.SCRUB)] == ["scrub.unwritable"]


def test_an_incomplete_sender_stops_the_batch_and_changes_nothing(
    office: Office, batch_arguments: dict[str, Any]
) -> None:
    office.build(office.add_encounter())
    office.scrub()
    practice = batch_arguments["practice"]
    silent = replace(practice.billing_provider, contact_name="", contact_phone="")
    with pytest.raises(RejectedError):
        office.batch(replace(practice, billing_provider=silent))
    assert office.claim_states() == ["ready"]


def test_a_file_has_the_delimiters_and_characters_of_its_partner(office: Office) -> None:
    office.build(office.add_encounter())
    office.scrub()
    profile = WriteProfile(Delimiters("|", "!", ">", "\n"), CharacterSet.EXTENDED, upper_case=False)
    assert office.batch(partner=replace(PARTNER, profile=profile)).batched == 1
    (file,) = office.all(OutboundFile)
    assert file.content.startswith(b"ISA|00|")
    (claim,), diagnostics = read_claims(file.content)
    assert diagnostics == ()
    assert claim.patient.last_name == claim.patient.last_name.capitalize()
