"""276 and 277: where a claim stands, asked and answered."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from x12sdk.io import X12ModelReader

from models.documents.acknowledgement import (
    ClaimAcknowledgement,
    ClaimStatus,
    ClaimStatusBatchDocument,
    ClaimStatusInquiry,
)
from models.documents.inquiry import Procedure
from models.documents.party import Organization, Person
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t276 import read_status_inquiries, write_status_inquiries
from revcycle.formats.x12.t277 import read_statuses, write_statuses

ENVELOPE = Envelope(
    sender_qualifier="ZZ",
    sender_id="LAKESIDE",
    receiver_qualifier="ZZ",
    receiver_id="INVENTEDPAYER",
    control_number=9,
    created_at=datetime(2026, 3, 2, 6, 15, tzinfo=UTC),
)
PRACTICE = Organization("LAKESIDE FAMILY MEDICINE", npi="1234500019")
BRANCH = Organization("LAKESIDE NORTH", npi="1234500027")
ADULT = ClaimStatusInquiry(
    trace_number="S-1",
    claim_control_number="LFM000000301",
    payer_claim_control_number="IHP26061000031",
    charge=Money(15000),
    service_from=date(2026, 2, 3),
    service_to=date(2026, 2, 3),
    payer_name="INVENTED HEALTH PLAN",
    payer_id="IHP01",
    provider=PRACTICE,
    subscriber=Person("EXAMPLE", "ADA", birth_date=date(1980, 2, 3), sex="F"),
    member_id="IHP900000301",
)
CHILD = replace(
    ADULT,
    trace_number="S-2",
    claim_control_number="LFM000000302",
    payer_claim_control_number="",
    charge=Money(80050),
    service_to=date(2026, 2, 5),
    dependent=Person("EXAMPLE", "BO", birth_date=date(2015, 2, 3), sex="M"),
    bill_type="0131",
)
PAID = ClaimAcknowledgement(
    claim_control_number="LFM000000301",
    statuses=(ClaimStatus("F1", "65"),),
    is_accepted=True,
    charge=Money(15000),
    payer_claim_control_number="IHP26061000031",
    effective_on=date(2026, 3, 1),
    paid=Money(12000),
    trace_number="S-1",
    provider_npi="1234500019",
)
NOT_FOUND = ClaimAcknowledgement(
    claim_control_number="LFM000000302",
    statuses=(ClaimStatus("D0", "35", "QC"),),
    is_accepted=False,
    charge=Money(80050),
    effective_on=date(2026, 3, 1),
    trace_number="S-2",
    provider_npi="1234500019",
    bill_type="0131",
)


def _batch(*inquiries: ClaimStatusInquiry) -> ClaimStatusBatchDocument:
    return ClaimStatusBatchDocument(
        "INVENTED HEALTH PLAN", "IHP01", "INVENTED BILLING", "IB01", "B-2", inquiries
    )


def test_questions_about_claims_are_read_as_they_were_asked() -> None:
    batch = _batch(ADULT, CHILD, replace(ADULT, trace_number="S-3", provider=BRANCH))
    inquiries, findings = read_status_inquiries(write_status_inquiries(batch, ENVELOPE))
    assert findings == ()
    assert inquiries == batch.inquiries


def test_a_question_for_another_payer_is_refused() -> None:
    with pytest.raises(RejectedError):
        write_status_inquiries(_batch(replace(ADULT, payer_id="SIP02")), ENVELOPE)


def test_statuses_are_read_as_they_were_given() -> None:
    written = write_statuses([(ADULT, PAID), (CHILD, NOT_FOUND)], ENVELOPE)
    statuses, findings = read_statuses(written)
    assert findings == ()
    assert statuses == (PAID, NOT_FOUND)


def test_four_statuses_of_a_claim_take_two_segments() -> None:
    four = tuple(ClaimStatus("P3", code) for code in ("1", "2", "3", "4"))
    written = write_statuses([(ADULT, replace(PAID, statuses=four))], ENVELOPE)
    (status,), _ = read_statuses(written)
    assert written.count(b"\nSTC*") == 2
    assert status.statuses == four


def test_a_claim_without_any_status_is_refused() -> None:
    with pytest.raises(RejectedError):
        write_statuses([(ADULT, replace(PAID, statuses=()))], ENVELOPE)


def test_what_is_said_of_a_provider_as_a_whole_names_no_claim() -> None:
    written = write_statuses([(ADULT, PAID)], ENVELOPE).replace(
        b"*XX*1234500019~\n", b"*XX*1234500019~\nTRN*1*0~\nSTC*E0:24:1P*20260302~\n"
    )
    (provider, claim), _ = read_statuses(written)
    assert (provider.level, provider.provider_npi) == ("provider", "1234500019")
    assert (provider.claim_control_number, provider.trace_number) == ("", "")
    assert not provider.is_accepted
    assert claim == PAID


def test_what_is_said_of_the_receiver_names_the_batch() -> None:
    written = write_statuses([(ADULT, PAID)], ENVELOPE).replace(
        b"*46*INVENTEDPAYER~\n", b"*46*INVENTEDPAYER~\nTRN*2*B-2~\nSTC*E0:0*20260302~\n"
    )
    (receiver, _), _ = read_statuses(written)
    assert (receiver.level, receiver.batch_reference) == ("receiver", "B-2")


def test_statuses_of_lines_are_told_beside_those_of_the_claim() -> None:
    written = write_statuses([(ADULT, PAID)], ENVELOPE).replace(
        b"DTP*472*D8*20260203~\n",
        b"DTP*472*D8*20260203~\nSVC*HC:99213:25*150*0****1~\nSTC*F2:88*20260301~\n"
        b"REF*FJ*LINE-1~\nDTP*472*D8*20260203~\n",
    )
    (status,), findings = read_statuses(written)
    assert findings == ()
    assert replace(status, lines=()) == PAID
    (line,) = status.lines
    assert line.procedure == Procedure("HC", "99213", ("25",))
    assert (line.charge, line.paid, line.units) == (Money(15000), Money(0), Decimal(1))
    assert line.statuses == (ClaimStatus("F2", "88"),)
    assert line.line_control_number == "LINE-1"


def test_a_277ca_is_not_taken_for_a_status() -> None:
    written = write_statuses([(ADULT, PAID)], ENVELOPE).replace(b"005010X212", b"005010X214")
    statuses, findings = read_statuses(written)
    assert statuses == ()
    assert [finding.rule_id for finding in findings] == ["x12.other_transaction"]


def test_a_question_with_a_malformed_charge_is_left_out_and_reported() -> None:
    written = write_status_inquiries(_batch(ADULT, CHILD), ENVELOPE)
    inquiries, findings = read_status_inquiries(written.replace(b"AMT*T3*150~", b"AMT*T3*I50~"))
    assert [inquiry.trace_number for inquiry in inquiries] == ["S-2"]
    assert [(finding.rule_id, finding.field) for finding in findings] == [
        ("x12.276_unreadable", "AMT02")
    ]


@pytest.mark.parametrize(
    "written",
    [
        write_status_inquiries(_batch(ADULT, CHILD), ENVELOPE),
        write_statuses([(ADULT, PAID), (CHILD, NOT_FOUND)], ENVELOPE),
    ],
    ids=["276", "277"],
)
def test_x12sdk_reads_what_is_written(written: bytes) -> None:
    with X12ModelReader(written.decode()) as reader:
        assert len(list(reader.models())) == 1
