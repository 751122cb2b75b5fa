"""Proof of timely filing, gathered from the files we kept."""

from datetime import date
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from models.documents.acknowledgement import ClaimStatus
from models.documents.proof_of_filing import ProofOfFiling
from models.errors import NotFoundError
from models.tables import AuditEvent, Claim
from revcycle.operations.follow_up.gather_proof import gather_proof
from revcycle.store.session import transaction
from tests.integration.follow_up.partner_answers import judged, passed
from tests.integration.submission.office import PRACTICE, SERVICE_DATE, Office

ZONE = ZoneInfo("America/New_York")
TAKEN, RECEIVED, REFUSED = (
    ClaimStatus("A2", "20"),
    ClaimStatus("A1", "19"),
    ClaimStatus("A7", "562"),
)


def proof_of(office: Office, claim_id: UUID | None = None) -> ProofOfFiling:
    if claim_id is None:
        claim_id = office.all(Claim)[0].id
    with transaction(office.url) as session:
        return gather_proof(
            session, office.act, claim_id, practice=PRACTICE.billing_provider, zone=ZONE
        )


def test_the_proof_holds_what_left_and_what_was_acknowledged(office: Office) -> None:
    file = office.submit()
    office.answer(passed(file))
    office.answer(judged(file, TAKEN))
    proof = proof_of(office)
    assert [version.sha256 for version in proof.versions] == [file.sha256]
    assert [(one.kind, one.code, one.version) for one in proof.receipts] == [
        ("999", "A", 1),
        ("277CA", "A2:20", 1),
    ]
    assert proof.filed_on == office.act.today
    assert proof.is_payer_receipt
    assert proof.is_in_time
    assert (proof.service_from, proof.file_by) == (SERVICE_DATE, date(2027, 1, 31))
    assert proof.patient_name == "Ada Testperson"


def test_a_clearinghouse_that_noted_receipt_is_no_payer(office: Office) -> None:
    file = office.submit()
    office.answer(passed(file))
    office.answer(judged(file, RECEIVED))
    assert not proof_of(office).is_payer_receipt


def test_a_claim_that_was_refused_is_not_filed(office: Office) -> None:
    file = office.submit()
    office.answer(judged(file, REFUSED))
    proof = proof_of(office)
    assert proof.filed_on is None
    assert [one.is_accepted for one in proof.receipts] == [False]


def test_a_claim_that_never_left_has_no_proof(office: Office) -> None:
    office.build(office.add_encounter())
    proof = proof_of(office)
    assert (proof.versions, proof.receipts, proof.filed_on) == ((), (), None)


def test_printing_a_proof_is_in_the_trail(office: Office) -> None:
    office.submit()
    proof_of(office)
    assert "print_proof_of_filing" in {event.action for event in office.all(AuditEvent)}


def test_a_claim_of_nobody_here_is_not_found(office: Office) -> None:
    with pytest.raises(NotFoundError):
        proof_of(office, uuid4())
