"""What a payer says of a claim: all of a 276, 277 and 277CA is at hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.documents.acknowledgement import (
    ClaimStatus,
    ClaimStatusBatchDocument,
    ClaimStatusInquiry,
    StatusLine,
    StatusReport,
)
from models.documents.finding import Severity
from models.documents.inquiry import Procedure, StatedAmount, StatedDate, StatedQuantity
from models.documents.party import ContactNumber, Organization, Person, Reference
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12 import t277, t277ca
from revcycle.formats.x12.t276 import read_status_inquiries, write_status_inquiries
from revcycle.formats.x12.t277 import read_statuses
from revcycle.formats.x12.t277ca import read_claim_acknowledgements
from tests.unit.formats.x12_inquiries.inquiry_files import (
    ACKNOWLEDGED,
    STATUS_ASKED,
    STATUS_TOLD,
    a_file,
)
from tests.unit.formats.x12_inquiries.inquiry_strategies import ENVELOPE

LATE_CLAIM = ClaimStatusInquiry(
    trace_number="S-7",
    claim_control_number="LFM000000307",
    payer_claim_control_number="IHP26061000037",
    charge=Money(15000),
    service_from=date(2026, 2, 3),
    service_to=date(2026, 2, 5),
    payer_name="INVENTED HEALTH PLAN",
    payer_id="IHP01",
    provider=Organization("LAKESIDE FAMILY MEDICINE", npi="1234500019"),
    subscriber=Person("EXAMPLE", "ADA", birth_date=date(1980, 2, 3), sex="F"),
    member_id="IHP900000307",
    dependent=Person("EXAMPLE", "BO", birth_date=date(2015, 2, 3), sex="M"),
    bill_type="131",
    references=(Reference("6P", "GROUP7"), Reference("D9", "CLEARING-7")),
    lines=(
        StatusLine(
            Procedure("HC", "99213", ("25",)),
            Money(10000),
            units=Decimal(1),
            references=(Reference("FJ", "LINE-1"),),
            dates=(StatedDate("472", date(2026, 2, 3)),),
        ),
        StatusLine(
            Procedure("HC", "99214"),
            Money(5000),
            units=Decimal(1),
            dates=(StatedDate("472", date(2026, 2, 5)),),
        ),
    ),
)


def _batch(inquiry: ClaimStatusInquiry) -> ClaimStatusBatchDocument:
    return ClaimStatusBatchDocument(
        "INVENTED HEALTH PLAN", "IHP01", "INVENTED BILLING", "IB01", "B-2", (inquiry,)
    )


def test_a_question_about_lines_of_a_dependents_claim_comes_back_as_it_was_asked() -> None:
    written = write_status_inquiries(_batch(LATE_CLAIM), ENVELOPE)
    inquiries, findings = read_status_inquiries(written)
    assert findings == ()
    assert inquiries == (LATE_CLAIM,)
    assert b"REF*1K*IHP26061000037~\nREF*BLT*131~\nREF*EJ*LFM000000307~" in written
    assert b"AMT*T3*150~\nDTP*472*RD8*20260203-20260205~\nSVC*HC:99213:25*100*****1~" in written


@pytest.mark.parametrize(
    ("flaw", "field"),
    [
        ({"trace_number": ""}, "trace number"),
        ({"provider": Organization("LAKESIDE")}, "identifier of NM1*1P"),
        ({"subscriber": Person("A*B", "ADA")}, "name of NM1*IL"),
        ({"bill_type": "1:1"}, "REF*BLT"),
    ],
    ids=["no trace", "no npi", "delimiter in a name", "delimiter in a number"],
)
def test_a_question_that_x12_cannot_carry_is_refused_by_the_name_of_its_field(
    flaw: dict[str, object], field: str
) -> None:
    wrong = replace(LATE_CLAIM, **flaw)  # type: ignore[arg-type] # the fields of the document
    with pytest.raises(RejectedError) as refusal:
        write_status_inquiries(_batch(wrong), ENVELOPE)
    assert str(refusal.value).startswith(field)


def test_several_claims_of_one_patient_are_asked_about() -> None:
    inquiries, findings = read_status_inquiries(a_file("276", STATUS_ASKED))
    assert findings == ()
    assert [one.trace_number for one in inquiries] == ["S-1", "S-2", "S-3"]
    adult = inquiries[0]
    assert [one.qualifier for one in adult.references] == ["LU", "6P", "XZ", "D9"]
    assert (adult.service_from, adult.service_to) == (date(2026, 2, 3), date(2026, 2, 5))
    assert [line.charge for line in adult.lines] == [Money(10000), Money(5000)]
    assert adult.lines[0].revenue_code == "0450"
    assert inquiries[2].dependent == inquiries[1].dependent is not None


def test_a_paid_claim_says_when_how_and_by_which_check() -> None:
    statuses, findings = read_statuses(a_file("277", STATUS_TOLD))
    assert findings == ()
    paid = next(one for one in statuses if one.trace_number == "S-1")
    assert (paid.check_number, paid.paid_on) == ("CHECK77", date(2026, 3, 1))
    assert paid.said is not None
    assert paid.said.reports[0] == StatusReport(
        statuses=(ClaimStatus("F1", "65"), ClaimStatus("F1", "3", "QC"), ClaimStatus("F1", "4")),
        effective_on=date(2026, 3, 1),
        charge=Money(15000),
        paid=Money(12000),
        decided_on=date(2026, 2, 28),
        paid_on=date(2026, 3, 1),
        check_number="CHECK77",
    )
    assert paid.statuses[3] == ClaimStatus("F1", "80", "", "RX")
    numbers = (paid.voucher_number, paid.clearinghouse_number, paid.bill_type)
    assert numbers == ("VOUCHER-1", "CLEARING-1", "131")


def test_a_line_has_statuses_of_its_own() -> None:
    statuses, _ = read_statuses(a_file("277", STATUS_TOLD))
    (line,) = next(one.lines for one in statuses if one.trace_number == "S-1")
    assert (line.charge, line.paid, line.line_control_number) == (
        Money(10000),
        Money(8000),
        "LINE-1",
    )
    assert line.statuses == (ClaimStatus("F1", "65"), ClaimStatus("F1", "3"))


def test_the_receiver_and_a_provider_are_told_apart_from_their_claims() -> None:
    statuses, _ = read_statuses(a_file("277", STATUS_TOLD))
    assert [one.level for one in statuses] == ["receiver", "provider", "claim", "claim"]
    assert (statuses[0].batch_reference, statuses[1].provider_npi) == ("B-2", "1234500019")


def test_the_payer_of_a_277_says_whom_to_call() -> None:
    (document,), _ = t277.read_documents(a_file("277", STATUS_TOLD))
    (contact,) = document.levels[0].parties[0].contacts
    assert contact.numbers == (ContactNumber("TE", "6085550100"), ContactNumber("EX", "12"))


def test_a_277_of_an_older_guide_is_reported_and_kept() -> None:
    data = a_file("277", STATUS_TOLD, version="004010X070")
    statuses, findings = read_statuses(data)
    assert statuses == ()
    assert [one.rule_id for one in findings] == ["x12.other_transaction"]
    (document,), findings = t277.read_documents(data)
    assert [(one.rule_id, one.severity) for one in findings] == [
        ("x12.other_transaction", Severity.WARNING)
    ]
    assert document.version == "004010X070"
    assert document.levels[0].children[0].children[0].children[0].traced[0].statuses
    assert b"ST*277*0001*004010X070~" in t277.write_documents([document], ENVELOPE)


def test_documents_of_different_guides_do_not_share_a_file() -> None:
    (new,), _ = t277.read_documents(a_file("277", STATUS_TOLD))
    with pytest.raises(RejectedError):
        t277.write_documents([new, replace(new, version="004010X070")], ENVELOPE)


def test_a_277ca_says_why_a_claim_and_which_line_was_refused() -> None:
    (taken, refused), findings = read_claim_acknowledgements(a_file("277CA", ACKNOWLEDGED))
    assert findings == ()
    assert (taken.is_accepted, refused.is_accepted) == (True, False)
    assert [f"{one.category}:{one.code}:{one.entity}" for one in refused.statuses] == [
        "A7:562:85",
        "A7:128:85",
        "A8:496:",
        "A3:21:",
    ]
    assert refused.messages == ("NPI AND TAX ID DO NOT MATCH",)
    (line,) = refused.lines
    assert (line.line_control_number, line.statuses) == (
        "LINE-1",
        (ClaimStatus("A7", "454", "85"),),
    )
    numbers = (taken.payer_claim_control_number, taken.clearinghouse_number, taken.bill_type)
    assert numbers == ("IHP26061000031", "CLEARING-1", "131")


def test_totals_of_receiver_and_provider_are_told() -> None:
    (document,), _ = t277ca.read_documents(a_file("277CA", ACKNOWLEDGED))
    receiver = document.levels[0].children[0]
    (totals,) = receiver.traced
    one = Decimal(1)
    assert totals.quantities == (StatedQuantity("90", one), StatedQuantity("AA", one))
    assert totals.amounts == (
        StatedAmount("YU", Money(15000)),
        StatedAmount("YY", Money(25000)),
    )
    (of_provider,) = receiver.children[0].traced
    assert [told.kind for told in of_provider.quantities] == ["QA", "QC"]
    assert of_provider.references == (Reference("TJ", "990000002"),)


def test_a_refused_provider_refuses_its_claims_and_not_those_of_the_next() -> None:
    place = ACKNOWLEDGED.index("HL*5*3*PT")
    refusing = [one.replace("A1:19:PR**WQ", "A8:562:85**U") for one in ACKNOWLEDGED]
    next_provider = [
        "HL*5*2*19*1",
        "NM1*85*2*BRANCH*****XX*1234500027",
        "TRN*1*0",
        "STC*A1:19:PR**WQ*250",
        "HL*6*5*PT",
    ]
    told = [*refusing[:place], *next_provider, *refusing[place + 1 :]]
    (first, second), _ = read_claim_acknowledgements(a_file("277CA", told))
    assert ClaimStatus("A8", "562", "85") in first.statuses
    assert not first.is_accepted
    assert ClaimStatus("A8", "562", "85") not in second.statuses


def test_an_amount_that_cannot_be_read_does_not_hide_a_refusal() -> None:
    broken = [one.replace("*U*250", "*U*25O") for one in ACKNOWLEDGED]
    (_, refused), findings = read_claim_acknowledgements(a_file("277CA", broken))
    assert not refused.is_accepted
    assert refused.charge is None
    assert {(one.rule_id, one.subject) for one in findings} == {
        ("x12.bad_value", "STC04"),
        ("x12.segment_kept", "STC"),
    }
