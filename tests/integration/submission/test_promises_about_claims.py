"""The invariants of claims and files: they hold on the whole path, and they notice a breach."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from models.documents.acknowledgement import (
    FunctionalAcknowledgement,
    InterchangeAcknowledgement,
    TransactionAcknowledgement,
)
from models.tables import Claim
from revcycle.formats.x12.interchange import Envelope, read_interchanges
from revcycle.formats.x12.t999 import write_functional_acknowledgement
from revcycle.formats.x12.ta1 import write_interchange_acknowledgement
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.operations.verify.claims import CLAIM_INVARIANTS, check_claims
from revcycle.store.session import transaction
from tests.integration.submission.office import Office

ANSWER = Envelope("ZZ", "PARTNER", "ZZ", "DEMO", 1, datetime(2026, 11, 21, tzinfo=UTC))


def breaches(office: Office) -> set[str]:
    with transaction(office.url) as session:
        results = check_claims(session, office.act.client_id)
    assert len(results) == len(CLAIM_INVARIANTS)
    return {result.id for result in results if result.violations}


def live(office: Office) -> None:
    """One claim passes, one is refused and sent again, one is held."""
    first = office.submit()
    ack = TransactionAcknowledgement("837", "0001", "A")
    group = FunctionalAcknowledgement(
        "HC", str(first.control_number), "005010X222A1", "A", 1, 1, 1, (ack,)
    )
    office.answer(write_functional_acknowledgement(group, ANSWER))
    second = office.submit("99213", "85025")
    (of,) = read_interchanges(second.content)
    refusal = InterchangeAcknowledgement(of.control_number, "R", "022")
    office.answer(write_interchange_acknowledgement(refusal, ANSWER, of))
    rejected = next(claim for claim in office.all(Claim) if claim.state == "rejected")
    with transaction(office.url) as session:
        release_held_claim(session, office.act, rejected.id)
    office.build(office.add_encounter(patient={"zip_code": "no"}))
    office.scrub()
    office.send(office.batch_file())
    office.answer(b"not X12")


def test_the_whole_path_keeps_every_promise(office: Office) -> None:
    live(office)
    assert sorted(office.claim_states()) == ["held", "received", "submitted"]
    assert breaches(office) == set()


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        pytest.param("UPDATE claim SET state = 'paid'", {"I-C1"}, id="a-state-without-a-move"),
        pytest.param(
            "UPDATE claim SET state = 'accepted' WHERE state = 'received'",
            {"I-C1", "I-C9"},
            id="an-acceptance-nobody-sent",
        ),
        pytest.param("DELETE FROM claim_version", {"I-C6b", "I-C6c"}, id="a-lost-version"),
        pytest.param("UPDATE claim_version SET number = number + 5", {"I-C4"}, id="a-version-gap"),
        pytest.param("UPDATE control_number SET last_value = 9", {"I-C5"}, id="a-number-gap"),
        pytest.param("UPDATE outbound_file SET record_count = 7", {"I-C6c"}, id="a-wrong-count"),
        pytest.param("DELETE FROM work_item", {"I-C12"}, id="a-quarantine-nobody-knows-of"),
    ],
)
def test_a_breach_is_noticed(office: Office, tampering: str, expected: set[str]) -> None:
    live(office)
    with transaction(office.url) as session:
        session.connection().execute(text(tampering))
    assert expected <= breaches(office)


def test_a_move_outside_the_table_is_noticed(office: Office) -> None:
    live(office)
    with transaction(office.url) as session:
        session.connection().execute(
            text(
                "INSERT INTO state_change SELECT client_id, randomblob(16), noun, subject_id, "
                "'accept', 'draft', 'accepted', at, actor FROM state_change WHERE noun = 'claim' "
                "LIMIT 1"
            )
        )
    assert "I-C2" in breaches(office)
