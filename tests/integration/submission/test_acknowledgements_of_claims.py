"""TA1, 999 and 277CA move claims and files on, once and never backwards."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    FunctionalAcknowledgement,
    InterchangeAcknowledgement,
    TransactionAcknowledgement,
)
from models.documents.client_config import ResendPolicy
from models.states.work_item import Queue
from models.tables import (
    Acknowledgement,
    Claim,
    ClaimVersion,
    InboundFile,
    OutboundFile,
    StateChange,
)
from revcycle.formats.x12.interchange import Envelope, read_interchanges
from revcycle.formats.x12.t277ca import write_claim_acknowledgements
from revcycle.formats.x12.t837p import read_batches
from revcycle.formats.x12.t999 import write_functional_acknowledgement
from revcycle.formats.x12.ta1 import write_interchange_acknowledgement
from revcycle.operations.files.doubt_outbound_files import PartnerLook, doubt_outbound_files
from revcycle.operations.files.refuse_outbound_file import refuse_outbound_file
from revcycle.operations.submission.apply_acknowledgements import (
    AppliedAcknowledgements,
    apply_acknowledgements,
)
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.store.session import transaction
from tests.integration.submission.office import Office

ANSWERED_AT = datetime(2026, 11, 21, tzinfo=UTC)
TAKEN = ClaimStatus("A2", "20")
RECEIPT = ClaimStatus("A1", "19")
REFUSED = ClaimStatus("A7", "562", "85")


def envelope(number: int) -> Envelope:
    return Envelope("ZZ", "PARTNER", "ZZ", "DEMO", number, ANSWERED_AT)


def ta1(file: OutboundFile, code: str, note: str = "000", number: int = 9) -> bytes:
    ack = InterchangeAcknowledgement(f"{file.control_number:09d}", code, note)
    (of,) = read_interchanges(file.content)
    return write_interchange_acknowledgement(ack, envelope(number), of)


def t999(control_number: int, code: str, number: int = 1) -> bytes:
    transaction_ack = TransactionAcknowledgement("837", "0001", code)
    accepted = int(code == "A")
    ack = FunctionalAcknowledgement(
        "HC", str(control_number), "005010X222A1", code, 1, 1, accepted, (transaction_ack,)
    )
    return write_functional_acknowledgement(ack, envelope(number))


def t277ca(
    file: OutboundFile, status: ClaimStatus, payer_number: str = "", number: int = 2
) -> bytes:
    (batch,), _ = read_batches(file.content)
    acks = [
        ClaimAcknowledgement(
            claim.control_number,
            (status,),
            is_accepted=not status.is_refusal,
            charge=claim.charge_total,
            payer_claim_control_number=payer_number,
        )
        for claim in batch.claims
    ]
    return write_claim_acknowledgements(acks, batch, envelope(number))


def file_state(office: Office) -> str:
    (file,) = office.all(OutboundFile)
    return str(file.state)


def test_a_claim_is_received_then_accepted_with_the_payers_number(office: Office) -> None:
    file = office.submit()
    assert office.answer(ta1(file, "A")).applied == 1
    assert office.claim_states() == ["submitted"]
    office.answer(t999(file.control_number, "A"))
    assert office.claim_states() == ["received"]
    assert office.answer(t277ca(file, TAKEN, "P123")).accepted == 1
    (claim,) = office.all(Claim)
    assert (claim.state, claim.payer_claim_control_number) == ("accepted", "P123")
    assert [row.kind for row in office.all(Acknowledgement)] == ["TA1", "999", "277CA"]


def test_a_receipt_by_the_clearinghouse_is_not_acceptance_by_the_payer(office: Office) -> None:
    file = office.submit()
    office.answer(t277ca(file, RECEIPT))
    assert office.claim_states() == ["received"]


def test_a_277ca_may_come_before_its_999(office: Office) -> None:
    file = office.submit()
    office.answer(t277ca(file, TAKEN))
    office.answer(t999(file.control_number, "A"))
    assert office.claim_states() == ["accepted"]


def test_a_late_999_does_not_undo_a_rejection(office: Office) -> None:
    file = office.submit()
    assert office.answer(t277ca(file, REFUSED)).rejected == 1
    office.answer(t999(file.control_number, "A"))
    assert office.claim_states() == ["rejected"]
    (item,) = office.open_items(Queue.REJECTION)
    assert item.reason == "A7:562"


def test_a_rejection_may_follow_an_acceptance(office: Office) -> None:
    file = office.submit()
    office.answer(t277ca(file, TAKEN))
    office.answer(t277ca(file, REFUSED, number=3))
    assert office.claim_states() == ["rejected"]


def test_a_rejected_999_rejects_every_claim_of_the_file(office: Office) -> None:
    office.build(office.add_encounter(), office.add_encounter("99213", "85025"))
    office.scrub()
    office.send(office.batch_file())
    (file,) = office.all(OutboundFile)
    assert office.answer(t999(file.control_number, "R")).rejected == 2
    assert {item.reason for item in office.open_items(Queue.REJECTION)} == {"999:R"}
    assert file_state(office) == "sent"


def test_a_rejected_envelope_refuses_the_file_and_its_claims(office: Office) -> None:
    file = office.submit()
    assert office.answer(ta1(file, "R", "022")).rejected == 1
    assert (file_state(office), office.claim_states()) == ("refused", ["rejected"])


def test_a_repeated_number_of_a_file_sent_once_is_a_real_refusal(office: Office) -> None:
    file = office.submit()
    assert office.answer(ta1(file, "R", "025")).rejected == 1
    assert file_state(office) == "refused"


def doubt(office: Office, file_id: UUID, policy: ResendPolicy) -> None:
    with transaction(office.url) as session:
        doubt_outbound_files(
            session, office.act, [PartnerLook(file_id, None)], resend_policy=policy
        )


def in_doubt(office: Office, policy: ResendPolicy) -> OutboundFile:
    """A file whose sender died after it took it."""
    office.build(office.add_encounter())
    office.scrub()
    file_id = office.batch_file()
    office.take(file_id)
    doubt(office, file_id, policy)
    (file,) = office.all(OutboundFile)
    return file


def test_a_repeated_number_of_a_file_that_left_twice_proves_that_it_arrived(
    office: Office,
) -> None:
    file = in_doubt(office, ResendPolicy.IDENTICAL)
    office.send(file.id)
    assert office.answer(ta1(file, "R", "025")).rejected == 0
    assert (file_state(office), office.claim_states()) == ("sent", ["submitted"])


@pytest.mark.parametrize("policy", list(ResendPolicy))
def test_an_acknowledgement_ends_the_doubt_about_a_file(
    office: Office, policy: ResendPolicy
) -> None:
    file = in_doubt(office, policy)
    office.answer(t999(file.control_number, "A"))
    assert (file_state(office), office.claim_states()) == ("sent", ["received"])
    assert office.open_items(Queue.TRANSPORT) == []


def test_an_accepted_claim_ends_the_doubt_about_its_file(office: Office) -> None:
    file = in_doubt(office, ResendPolicy.HOLD)
    office.answer(t277ca(file, TAKEN))
    assert (file_state(office), office.claim_states()) == ("sent", ["accepted"])


def test_the_same_file_applied_twice_changes_nothing(office: Office) -> None:
    file = office.submit()
    content = t277ca(file, TAKEN)
    office.answer(content)
    before = len(office.all(StateChange))
    assert office.answer(content) == AppliedAcknowledgements()
    assert (len(office.all(StateChange)), len(office.all(Acknowledgement))) == (before, 1)


def apply_and_die(office: Office, inbound_file_id: UUID) -> None:
    with transaction(office.url) as session:
        apply_acknowledgements(session, office.act, inbound_file_id)
        raise KeyboardInterrupt


def test_a_crash_while_applying_leaves_the_file_to_be_applied(office: Office) -> None:
    file = office.submit()
    content = t999(file.control_number, "A")
    inbound_file_id = office.store(content)
    with pytest.raises(KeyboardInterrupt):
        apply_and_die(office, inbound_file_id)
    assert (office.claim_states(), office.all(Acknowledgement)) == (["submitted"], [])
    office.answer(content)
    assert office.claim_states() == ["received"]


def test_an_answer_to_a_superseded_version_is_recorded_and_moves_nothing(office: Office) -> None:
    first = office.submit()
    office.answer(t277ca(first, REFUSED))
    (claim,) = office.all(Claim)
    with transaction(office.url) as session:
        release_held_claim(session, office.act, claim.id)
    assert office.open_items(Queue.REJECTION) == []
    office.scrub()
    office.send(office.batch_file())
    assert office.answer(t277ca(first, REFUSED, number=5)).rejected == 0
    assert office.claim_states() == ["submitted"]
    assert len(office.all(Acknowledgement)) == 2
    versions = sorted(office.all(ClaimVersion), key=lambda version: version.number)
    assert [version.control_number[-2:] for version in versions] == ["01", "02"]
    assert [version.frequency_code for version in versions] == ["1", "1"]


def test_statements_about_nothing_of_ours_are_kept_for_a_person(office: Office) -> None:
    file = office.submit()
    (batch,), _ = read_batches(file.content)
    stranger = replace(batch.claims[0], control_number="STRANGER01")
    content = t277ca(file, TAKEN).replace(
        batch.claims[0].control_number.encode(), stranger.control_number.encode()
    )
    assert office.answer(content).unknown == 1
    assert office.answer(t999(4711, "A")).unknown == 1
    items = office.open_items(Queue.TRANSPORT)
    assert [item.reason for item in items] == ["ack.unknown", "ack.unknown"]
    assert office.claim_states() == ["submitted"]
    assert {row.state for row in office.all(InboundFile) if row.kind == "999"} == {"posted"}


def test_an_unreadable_file_is_quarantined(office: Office) -> None:
    office.answer(b"<html>504 Gateway Timeout</html>")
    (file,) = [row for row in office.all(InboundFile) if row.kind == "999"]
    assert (file.state, file.reason) == ("quarantined", "ack.unreadable")
    assert [item.cause_key for item in office.open_items(Queue.TRANSPORT)] == [
        f"quarantine:{file.id}"
    ]


def test_a_file_the_partner_would_not_take_rejects_its_claims(office: Office) -> None:
    office.build(office.add_encounter())
    office.scrub()
    file_id = office.batch_file()
    office.take(file_id)
    with transaction(office.url) as session:
        refused = refuse_outbound_file(session, office.act, file_id, reason="transport.refused")
    assert (refused.kind, refused.rejected_claims) == ("837P", 1)
    assert (file_state(office), office.claim_states()) == ("refused", ["rejected"])
    assert len(office.open_items(Queue.TRANSPORT)) == 1
