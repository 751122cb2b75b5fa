"""What a person does about a claim that nobody decides."""

from datetime import timedelta

import pytest

from models.documents.acknowledgement import ClaimStatus
from models.errors import RejectedError
from models.tables import Claim, ClaimContact, ClaimVersion
from revcycle.operations.follow_up.note_contact import Contact, note_contact
from revcycle.operations.follow_up.resend_claim import resend_claim
from revcycle.rules.submission.scrub import ScrubPolicy
from revcycle.store.session import transaction
from tests.integration.follow_up.follow_up_office import (
    TERMS,
    ask,
    asked_file,
    claim_id,
    hear,
    later,
    question,
)
from tests.integration.follow_up.test_silent_claims import a_277
from tests.integration.submission.office import PRACTICE, Office

NOT_FOUND, PENDING = ClaimStatus("D0", "35", "PR"), ClaimStatus("P1", "20", "PR")


def answered(office: Office, status: ClaimStatus) -> None:
    day = later(office.act, 31)
    question(office, day)
    ask(office, day)
    hear(office, day, a_277(asked_file(office), status))


def resend(office: Office) -> None:
    with transaction(office.url) as session:
        resend_claim(
            session,
            office.act,
            claim_id(office),
            policy=ScrubPolicy(),
            practice=PRACTICE,
            terms=TERMS,
        )


def test_a_claim_that_the_payer_lacks_leaves_again_as_an_original(office: Office) -> None:
    office.submit()
    answered(office, NOT_FOUND)
    resend(office)
    assert office.claim_states() == ["ready"]
    office.batch_file()
    versions = office.all(ClaimVersion)
    assert [(one.number, one.frequency_code) for one in versions] == [(1, "1"), (2, "1")]
    assert len({one.control_number for one in versions}) == 2


@pytest.mark.parametrize("status", [None, PENDING])
def test_a_claim_that_the_payer_may_have_is_never_sent_twice(
    office: Office, status: ClaimStatus | None
) -> None:
    office.submit()
    if status:
        answered(office, status)
    with pytest.raises(RejectedError):
        resend(office)
    assert office.claim_states() == ["submitted"]


def test_sending_twice_is_refused(office: Office) -> None:
    office.submit()
    answered(office, NOT_FOUND)
    resend(office)
    with pytest.raises(RejectedError):
        resend(office)


def note(office: Office, contact: Contact) -> None:
    with transaction(office.url) as session:
        note_contact(session, office.act, claim_id(office), contact)


def test_a_call_is_kept_with_its_number(office: Office) -> None:
    office.submit()
    note(office, Contact("Pat at the payer", "CALL-17", "in process", None))
    (row,) = office.all(ClaimContact)
    assert (row.spoken_with, row.reference, row.author) == (
        "Pat at the payer",
        "CALL-17",
        office.act.actor,
    )


def test_while_we_wait_the_payer_is_not_asked(office: Office) -> None:
    office.submit()
    note(office, Contact(wait_until=office.act.today + timedelta(days=40)))
    assert question(office, later(office.act, 39)).questions == 0
    assert question(office, later(office.act, 40)).questions == 1


@pytest.mark.parametrize(
    "contact",
    [
        pytest.param(Contact(), id="nothing"),
        pytest.param(Contact(spoken_with="Pat"), id="nothing-was-said"),
        pytest.param(Contact(said="in process"), id="by-nobody"),
    ],
)
def test_an_empty_call_is_refused(office: Office, contact: Contact) -> None:
    office.submit()
    with pytest.raises(RejectedError):
        note(office, contact)
    assert office.all(ClaimContact) == []


@pytest.mark.parametrize("days", [0, -1, 91])
def test_nobody_waits_for_the_past_or_for_ever(office: Office, days: int) -> None:
    office.build(office.add_encounter())
    assert office.all(Claim)
    with pytest.raises(RejectedError):
        note(office, Contact(wait_until=office.act.today + timedelta(days=days)))
