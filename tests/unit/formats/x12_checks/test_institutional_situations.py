"""What the kind of bill, a drug or an inquiry demands; codes by the day; memory."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest

from revcycle.formats.x12.check import check_file, check_stream
from revcycle.formats.x12.checks.code_sets import CodeSets, codes_of
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.lexing import Limits
from revcycle.reference.icd10 import is_valid_icd10
from tests.unit.formats.x12_checks.spoiled_files import (
    CLAIM_FILE,
    ENVELOPE,
    Edit,
    both,
    drop,
    insert,
    replace,
    spoiled,
    written,
)

HOSPITAL_FILE = (
    ENVELOPE,
    "GS*HC*SUB001*RCV001*20261122*0930*42*X*005010X223A2",
    "ST*837*0001*005010X223A2",
    "BHT*0019*00*B0001*20261122*0930*CH",
    "NM1*41*2*SAMPLE BILLING COMPANY*****46*SUB001",
    "PER*IC*EDI DESK*TE*5555550101",
    "NM1*40*2*SAMPLE CLEARING*****46*RCV001",
    "HL*1**20*1",
    "NM1*85*2*LAKESIDE TESTHOSPITAL*****XX*1234567893",
    "N3*1 SAMPLE WAY",
    "N4*DAYTON*OH*454021234",
    "REF*EI*990000001",
    "HL*2*1*22*0",
    "SBR*P*18*******CI",
    "NM1*IL*1*TESTPERSON*ADA****MI*W123456789",
    "N3*2 INVENTED AVE",
    "N4*DAYTON*OH*45402",
    "DMG*D8*19800229*F",
    "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*00123",
    "CLM*A-1*5000***11:A:1**A*Y*Y",
    "DTP*096*TM*1100",
    "DTP*434*RD8*20261005-20261009",
    "DTP*435*DT*202610051430",
    "CL1*1*1*01",
    "HI*ABK:J189:::::::Y",
    "HI*ABJ:R509",
    "NM1*71*1*EXEMPLAR*RHEA****XX*1245319599",
    "LX*1",
    "SV2*0120**5000*DA*4",
    "SE*28*0001",
    "GE*1*42",
    "IEA*1*000000042",
)
FIRST = "ST*837*0001*005010X222A1"
INQUIRY_FILE = (
    ENVELOPE,
    "GS*HS*SUB001*RCV001*20261122*0930*42*X*005010X279A1",
    "ST*270*0001*005010X279A1",
    "BHT*0022*13*B0001*20261122*0930",
    "HL*1**20*1",
    "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*00123",
    "HL*2*1*21*1",
    "NM1*1P*2*LAKESIDE TESTCLINIC*****XX*1234567893",
    "HL*3*2*22*0",
    "TRN*1*T0001*9990000001",
    "NM1*IL*1*TESTPERSON*ADA****MI*W123456789",
    "DMG*D8*19800229",
    "DTP*291*D8*20261122",
    "EQ*30",
    "SE*13*0001",
    "GE*1*42",
    "IEA*1*000000042",
)
HOSPITAL_CASES: dict[str, tuple[Edit, tuple[str, str]]] = {
    "an inpatient was admitted": (
        drop("DTP*435"),
        ("x12.admission_date_missing", "DTP*435"),
    ),
    "an inpatient was admitted for something": (
        drop("HI*ABJ"),
        ("x12.admitting_diagnosis_missing", "HI*ABJ"),
    ),
    "an inpatient leaves": (drop("DTP*096"), ("x12.discharge_hour_missing", "DTP*096")),
    "somebody attends": (drop("NM1*71"), ("x12.attending_provider_missing", "NM1*71")),
    "a revenue code has four digits": (
        replace("SV2*0120", "SV2*120**5000*DA*4"),
        ("x12.revenue_code", "SV201"),
    ),
    "a line lies in the statement": (
        insert("SE*", "DTP*472*D8*20261010"),
        ("x12.line_date_outside_statement", "DTP03"),
    ),
    "a bill type is known": (
        replace("CLM*A-1", "CLM*A-1*5000***99:A:1**A*Y*Y"),
        ("x12.facility_code", "CLM05-1"),
    ),
}


@pytest.mark.parametrize("name", HOSPITAL_CASES)
def test_a_demand_of_a_hospital_bill_is_reported_once(name: str) -> None:
    edit, expected = HOSPITAL_CASES[name]
    found = check_file(spoiled(HOSPITAL_FILE, edit))
    assert [(one.rule_id, one.subject) for one in found] == [expected]


def test_a_sound_hospital_bill_and_inquiry_are_left_alone() -> None:
    assert check_file(written(HOSPITAL_FILE)) == ()
    assert check_file(written(INQUIRY_FILE)) == ()


def test_a_patient_who_is_still_there_has_not_left() -> None:
    edit = both(drop("DTP*096"), replace("CL1*", "CL1*1*1*30"))
    assert check_file(spoiled(HOSPITAL_FILE, edit)) == ()


def test_an_inquiry_must_describe_somebody() -> None:
    edit = replace("NM1*IL", "NM1*IL*1*TESTPERSON*ADA")
    assert check_file(spoiled(INQUIRY_FILE, edit)) == ()  # name and birth date are enough
    found = check_file(spoiled(INQUIRY_FILE, both(edit, drop("DMG"))))
    assert [one.rule_id for one in found] == ["x12.inquiry_search_data"]


def test_an_inquiry_must_ask_something() -> None:
    found = check_file(spoiled(INQUIRY_FILE, drop("EQ*30")))
    assert [one.rule_id for one in found] == ["x12.inquiry_without_question"]


def test_diagnoses_are_judged_by_the_day_of_service() -> None:
    codes = CodeSets(is_diagnosis=is_valid_icd10)
    assert check_file(written(CLAIM_FILE), codes=codes) == ()
    header = spoiled(CLAIM_FILE, replace("HI*ABK:J069", "HI*ABK:E11*ABF:Z23"))
    [found] = check_file(header, codes=codes)
    assert (found.rule_id, found.subject) == ("x12.diagnosis_not_valid", "HI01-2")
    assert check_file(header) == ()  # by its form alone it could be one


def test_a_diagnosis_that_held_on_one_day_of_the_claim_is_good() -> None:
    codes = CodeSets(is_diagnosis=lambda _, on: on == date(2026, 10, 7))
    found = check_file(written(CLAIM_FILE), codes=codes)
    assert {one.segment for one in found} == {21}  # the claim of the 7th is good


def test_a_licensed_list_of_reasons_counts_where_there_is_one() -> None:
    codes = CodeSets(remarks=frozenset({"M1"}), adjustment_reasons=frozenset({"1"}))
    assert codes.remarks is not None
    assert "N130" in codes_of("remarks")
    assert "MA01" in codes_of("remarks")
    assert "MA1" not in codes_of("remarks")


def test_a_stream_keeps_of_what_went_by_its_control_numbers_only() -> None:
    segments = list(CLAIM_FILE[: CLAIM_FILE.index(FIRST)])
    body = CLAIM_FILE[CLAIM_FILE.index(FIRST) + 1 : -3]
    for number in range(1, 201):
        renamed = [one.replace("CLM*A-", f"CLM*{number}-") for one in body]
        renamed[-1:] = ["DTP*472*D8*20261999"]  # a diagnostic in each, so that we see where we are
        segments += [f"ST*837*{number:04d}*005010X222A1", *renamed, f"SE*47*{number:04d}"]
    segments += ["GE*200*42", CLAIM_FILE[-1]]
    found = check_stream(BytesIO(written(segments)), Limits(block_bytes=4_096))
    tracemalloc.start()
    early, late = [_live_after(found, transactions) for transactions in (50, 140)]
    tracemalloc.stop()
    assert next(found).transaction == "0191"
    assert (late - early) / 140 < 400  # a whole transaction is more than ten thousand


def _live_after(found: Iterator[Diagnostic], transactions: int) -> int:
    for _ in range(transactions):
        next(found)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
