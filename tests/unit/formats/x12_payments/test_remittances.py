"""Reading 835 files: what is tolerated, what is reported, and what is never dropped."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.documents.claim_codes import KeptSegment
from models.documents.finding import Severity
from models.documents.remittance import RemittanceDocument
from models.values.money import Money
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "x12_835"
PAID = (GOLDEN / "paid_with_contractual_and_patient_share.835").read_bytes()
CROSSOVER = (GOLDEN / "dependent_crossover.835").read_bytes()
TAKEBACK = (GOLDEN / "takeback_and_interest_in_plb.835").read_bytes()


def _read_changed(
    old: str, new: str, source: bytes = PAID
) -> tuple[RemittanceDocument, list[Diagnostic]]:
    assert old.encode() in source
    (document, *_), findings = read_remittances(source.replace(old.encode(), new.encode(), 1))
    return document, [finding for finding in findings if finding.severity is not Severity.INFO]


def test_a_file_that_is_not_x12_is_a_finding_and_not_a_crash() -> None:
    documents, findings = read_remittances(b"Dear provider, please find enclosed")
    assert documents == ()
    assert [finding.rule_id for finding in findings] == ["x12.not_x12"]


def test_a_sound_remittance_is_read_without_a_word() -> None:
    documents, findings = read_remittances(PAID)
    assert findings == ()
    assert documents[0].kept == ()


def test_an_unknown_segment_is_kept_with_its_place_and_the_rest_is_read() -> None:
    old, new = b"LQ*HE*N130~", b"LQ*HE*N130~XYZ*1~"
    (document,), findings = read_remittances(PAID.replace(old, new, 1))
    assert [(finding.rule_id, finding.level, finding.field) for finding in findings] == [
        ("x12.segment_kept", Snip.NOTE, "XYZ")
    ]
    assert findings[0].position == "ISA 000000101, ST 0001, segment 35"
    assert len(document.claims[0].lines) == 2
    assert [line.kept for line in document.claims[0].lines if line.kept] == [
        (KeptSegment("2110", ("XYZ", "1")),)
    ]


def test_a_claim_with_an_amount_that_is_none_is_kept_out_and_reported() -> None:
    document, findings = _read_changed("SVC*HC:99214:25*200*", "SVC*HC:99214:25*2OO*")
    assert document.claims == ()
    assert [(finding.rule_id, finding.severity, finding.field) for finding in findings] == [
        ("x12.835_unreadable", Severity.ERROR, "SVC02")
    ]
    assert "claim 1 is left out" in findings[0].message


def test_fractions_of_a_cent_are_refused() -> None:
    document, findings = _read_changed("CAS*CO*45*40~", "CAS*CO*45*40.001~")
    assert document.claims == ()
    assert findings[0].field == "CAS03"


def test_an_adjustment_without_a_reason_is_not_lost() -> None:
    document, findings = _read_changed("CAS*CO*45*40~", "CAS*CO**40~")
    assert document.claims == ()
    assert findings[0].field == "CAS02"


def test_a_payment_without_an_amount_is_left_out_whole() -> None:
    documents, findings = read_remittances(PAID.replace(b"BPR*I*196.5*", b"BPR*I**"))
    assert documents == ()
    assert any(finding.field == "BPR02" for finding in findings)


def test_a_misplaced_payment_date_is_replaced_by_the_production_date_and_said() -> None:
    document, findings = _read_changed("************20260302~", "***********20260302~")
    assert document.payment_date == document.production_date
    assert [finding.rule_id for finding in findings] == ["x12.835_payment_date"]


def test_the_group_cr_of_old_payers_is_read() -> None:
    document, findings = _read_changed("CAS*CO*45*20~", "CAS*CR*45*20~")
    assert document.claims[0].lines[1].adjustments[0].group == "CR"
    assert findings == []


def test_six_triplets_with_and_without_quantity_are_six_adjustments() -> None:
    triplets = "*1*1*1*2*2**3*3*3*4*4**5*5*5*6*25*6"
    document, _ = _read_changed("CAS*CO*45*40~", f"CAS*CO{triplets}~")
    adjustments = document.claims[0].lines[0].adjustments[:6]
    assert [adjustment.reason for adjustment in adjustments] == ["1", "2", "3", "4", "5", "6"]
    assert [bool(adjustment.quantity) for adjustment in adjustments] == [True, False] * 2 + [
        True
    ] * 2
    assert remittance_gaps(document) == ()


def test_claim_and_line_adjustments_are_kept_apart() -> None:
    document, _ = _read_changed("NM1*QC*1*TEST", "CAS*OA*23*0~NM1*QC*1*TEST")
    (claim,) = document.claims
    assert [adjustment.reason for adjustment in claim.adjustments] == ["23"]
    assert [len(line.adjustments) for line in claim.lines] == [3, 1]


def test_inpatient_and_outpatient_remarks_are_both_read() -> None:
    inpatient = f"MIA*0***100*MA02{'*' * 15}N1*N2***~"
    document, _ = _read_changed("MOA***MA01*MA18~", f"{inpatient}MOA***MA01*MA18~")
    assert document.claims[0].remarks == ("MA02", "N1", "N2", "MA01", "MA18")


def test_a_social_security_number_is_not_taken_for_a_member_id() -> None:
    document, _ = _read_changed("****MI*IHP900000108~", "****34*999999999~", CROSSOVER)
    assert document.claims[0].member_id == ""


def test_a_cut_off_file_is_reported() -> None:
    _, findings = read_remittances(PAID[: PAID.index(b"SVC*HC:93000")])
    assert "x12.835_truncated" in {finding.rule_id for finding in findings}


def test_another_transaction_in_the_file_is_reported() -> None:
    _, findings = read_remittances(PAID.replace(b"ST*835*", b"ST*820*"))
    assert [finding.rule_id for finding in findings] == ["x12.other_transaction"]


def test_interchanges_with_different_delimiters_are_never_mixed() -> None:
    other = TAKEBACK.decode().replace("*", "|").replace(":", ">").replace("~\n", "\r\n").encode()
    documents, _ = read_remittances(PAID + other)
    assert [document.trace_number for document in documents] == [
        "EFT260302001",
        "EFT260302004",
        "NON260302004",
    ]
    assert [len(document.provider_adjustments) for document in documents] == [0, 3, 1]


def test_a_payment_that_takes_money_back_balances_below_zero() -> None:
    taken = TAKEBACK.replace(b"BPR*I*71.34*C", b"BPR*I*28.66*D").replace(b"*50*L6", b"*150*L6")
    documents, _ = read_remittances(taken)
    assert documents[0].amount == Money(2866)
    assert remittance_gaps(documents[0]) == ()


def test_a_payment_that_misses_a_claim_does_not_balance() -> None:
    documents, _ = read_remittances(TAKEBACK.replace(b"*1*150*120*0*12", b"*1*150*1x0*0*12"))
    gaps = remittance_gaps(documents[0])
    assert [(gap.rule_id, gap.severity, gap.position) for gap in gaps] == [
        ("x12.835_payment_balance", Severity.ERROR, "payment")
    ]
    assert gaps[0].message == "payment 71.34 is not claims less provider adjustments -48.66"


def test_lines_that_do_not_add_up_to_the_claim_are_a_gap() -> None:
    document, _ = _read_changed("SVC*HC:93000*85*65*", "SVC*HC:93000*86*66*")
    assert [(gap.rule_id, gap.field) for gap in remittance_gaps(document)] == [
        ("x12.835_claim_balance", "CLP03")
    ]


def test_findings_and_gaps_name_nobody() -> None:
    document, findings = _read_changed("CAS*CO*45*40~", "CAS*CO*45*41~XYZ*TESTCASE~")
    told = " ".join(map(repr, (*findings, *remittance_gaps(document))))
    assert not re.search("TESTCASE|RHEA|LFM0|IHP9", told)


def test_a_patient_called_lisa_does_not_end_the_interchange() -> None:
    document, findings = _read_changed("TESTCASE*RHEA*Q", "TESTCASE*LISA*Q")
    assert findings == []
    assert len(document.claims[0].lines) == 2


@given(st.data())
def test_damage_of_any_kind_never_raises(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([PAID, CROSSOVER, TAKEBACK]))
    damaged = bytearray(source)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=3) | st.sampled_from([b"*", b"~", b":", b"-", b"SVC*", b"CLP~"])
        )
    documents, findings = read_remittances(bytes(damaged))
    assert isinstance(documents, tuple)
    assert all(finding.rule_id.startswith("x12.") for finding in findings)
