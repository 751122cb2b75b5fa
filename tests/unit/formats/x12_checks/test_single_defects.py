"""One defect at a time in sound 837P and 835 files: each is found where it is."""

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.diagnostics import Diagnostic
from tests.unit.formats.x12_checks.spoiled_files import (
    CLAIM_FILE,
    REMITTANCE_FILE,
    Defect,
    both,
    drop,
    find,
    insert,
    position,
    repeat_transaction,
    replace,
    spoiled,
    written,
)

VISIT = "SV1*HC:99213*125*UN*1***1"
CLAIM = "CLM*A-1*165.5***11:B:1*Y*A*Y*Y"
CHILD = "CLM*A-2*90***11:B:1*Y*A*Y*Y"
BILLING = "NM1*85*2*LAKESIDE TESTCLINIC*****XX*"
BORN = "DMG*D8*19800229*F"


def fifty_more_lines(segments: list[str]) -> None:
    """Give the first claim 52 lines, the added ones without charge."""
    at = find(segments, "REF*6R*A-1-2") + 1
    segments[at:at] = [
        one
        for number in range(3, 53)
        for one in (f"LX*{number}", "SV1*HC:99000*0*UN*1***1", "DTP*472*D8*20261005")
    ]


CLAIM_DEFECTS = {
    "51_service_lines": Defect(fifty_more_lines, "LX", "LX*51"),
    "amount_comma": Defect(replace(VISIT, "SV1*HC:99213*1,25*UN*1***1"), "SV102", "SV1"),
    "amount_negative_charge": Defect(
        both(
            replace(VISIT, "SV1*HC:99213*-125*UN*1***1"),
            replace(CLAIM, "CLM*A-1*-84.5***11:B:1*Y*A*Y*Y"),
        ),
        "SV102",
        "SV1",
    ),
    "amount_three_decimals": Defect(
        replace(VISIT, "SV1*HC:99213*125.005*UN*1***1"), "SV102", "SV1"
    ),
    "amount_trailing_zero": Defect(replace(VISIT, "SV1*HC:99213*125.00*UN*1***1"), "SV102", "SV1"),
    "bad_code_clm05_2": Defect(
        replace(CLAIM, "CLM*A-1*165.5***11:X:1*Y*A*Y*Y"), "CLM05-2", "CLM*A-1"
    ),
    "bad_pos_99x": Defect(replace(CLAIM, "CLM*A-1*165.5***99X:B:1*Y*A*Y*Y"), "CLM05-1", "CLM*A-1"),
    "clm01_39_chars": Defect(
        replace(CLAIM, f"CLM*{'A' * 39}*165.5***11:B:1*Y*A*Y*Y"), "CLM01", "CLM*AAA"
    ),
    "clm02_ne_sum_sv1": Defect(
        replace(CLAIM, "CLM*A-1*165.49***11:B:1*Y*A*Y*Y"), "CLM02", "CLM*A-1"
    ),
    "date_invalid_20251332": Defect(
        replace("DTP*472*D8", "DTP*472*D8*20251332"), "DTP03", "DTP*472*D8*20251332"
    ),
    "date_qualifier_RD8_with_D8_value": Defect(
        replace("DTP*472*D8", "DTP*472*RD8*20261005"), "DTP03", "DTP*472*RD8"
    ),
    "dob_in_future": Defect(replace(BORN, "DMG*D8*20310228*F"), "DMG02", "DMG"),
    "drop_SBR": Defect(drop("SBR*P*18"), "SBR", "NM1*IL"),
    "drop_billing_N3": Defect(drop("N3*1 SAMPLE WAY"), "N3", "N4*DAYTON"),
    "drop_billing_taxid_REF_EI": Defect(drop("REF*EI"), "REF", "HL*2"),
    "duplicate_clm01": Defect(
        replace(CHILD, "CLM*A-1*90***11:B:1*Y*A*Y*Y"), "CLM01", "CLM*A-1", nth=2
    ),
    "duplicate_st02": Defect(repeat_transaction, "ST02", "ST*837", nth=2),
    "dx_pointer_out_of_range": Defect(
        replace(VISIT, "SV1*HC:99213*125*UN*1***1:3"), "SV107-2", "SV1"
    ),
    "dx_with_decimal": Defect(
        replace("HI*ABK:J069", "HI*ABK:J06.9*ABF:Z23"), "HI01-2", "HI*ABK:J06.9"
    ),
    "freq7_without_REF_F8": Defect(
        replace(CLAIM, "CLM*A-1*165.5***11:B:7*Y*A*Y*Y"), "REF*F8", "CLM*A-1"
    ),
    "ge01_wrong": Defect(replace("GE*", "GE*2*42"), "GE01"),
    "ge02_mismatch": Defect(replace("GE*", "GE*1*43"), "GE02"),
    "gs08_st03_mismatch": Defect(
        replace("GS*", "GS*HC*SUB001*RCV001*20261122*0930*42*X*005010X223A2"), "ST03", "ST*837"
    ),
    "hl04_says_child_none": Defect(replace("HL*3*", "HL*3*1*22*0"), "HL04", "HL*3*"),
    "hl_number_skips": Defect(
        both(replace("HL*3*", "HL*7*1*22*1"), replace("HL*4*", "HL*8*7*23*0")), "HL01", "HL*7*"
    ),
    "hl_parent_wrong": Defect(replace("HL*2*", "HL*2*9*22*0"), "HL02", "HL*2*"),
    "iea02_mismatch": Defect(replace("IEA*", "IEA*1*000000043"), "IEA02"),
    "isa_short_width": Defect(
        replace(
            "ISA*",
            "ISA*00*          *00*          *ZZ*SUB001        *ZZ*RCV001         "
            "*261122*0930*^*00501*000000042*1*T*:",
        ),
        "ISA06",
    ),
    "lower_case_and_umlaut": Defect(
        replace("NM1*IL*1*TESTPERSON", "NM1*IL*1*T\xfcrper*Ada****MI*W123456789"), "NM103", "NM1*IL"
    ),
    "lx_not_sequential": Defect(replace("LX*2", "LX*3"), "LX01", "LX*3"),
    "missing_iea": Defect(drop("IEA*"), "IEA"),
    "npi_9_digits": Defect(replace(BILLING, f"{BILLING}123456789"), "NM109", "NM1*85"),
    "npi_bad_check_digit": Defect(replace(BILLING, f"{BILLING}1234567890"), "NM109", "NM1*85"),
    "patient18_without_DMG": Defect(drop(BORN), "DMG", "NM1*IL"),
    "po_box_billing_address": Defect(
        replace("N3*1 SAMPLE WAY", "N3*PO BOX 77"), "N301", "N3*PO BOX"
    ),
    "procedure_code_bad_format": Defect(
        replace(VISIT, "SV1*HC:9921*125*UN*1***1"), "SV101-2", "SV1"
    ),
    "se01_wrong": Defect(replace("SE*", "SE*46*0001"), "SE01", "SE*"),
    "se02_mismatch": Defect(replace("SE*", "SE*47*0002"), "SE02", "SE*"),
    "segment_out_of_order": Defect(
        both(drop("N3*1 SAMPLE WAY"), insert("REF*EI", "N3*1 SAMPLE WAY")), "N3", "N3*1 SAMPLE"
    ),
    "state_code_XX": Defect(
        replace("N4*DAYTON*OH*45402", "N4*DAYTON*XX*45402", nth=2), "N402", "N4*DAYTON*XX"
    ),
    "trailing_empty_elements": Defect(replace(BORN, f"{BORN}***"), "DMG04", "DMG*"),
    "unknown_segment": Defect(insert("REF*G1", "ZZZ*1"), "ZZZ", "ZZZ*1"),
    "zip_5_digits_billing": Defect(
        replace("N4*DAYTON*OH*454021234", "N4*DAYTON*OH*45402"), "N403", "N4*DAYTON"
    ),
}
PAID = "CLP*A-1*1*165.5*100.5*25*12*ICN0001*11*1"
REMITTANCE_DEFECTS = {
    "bpr02_unbalanced": Defect(
        replace(
            "BPR*",
            "BPR*I*171*C*ACH*CCP*01*011000015*DA*99990001*1999999999**01*011000028*DA*99990002"
            "*20261118",
        ),
        "BPR02",
        "BPR*",
    ),
    "bpr16_bad_date": Defect(
        replace(
            "BPR*",
            "BPR*I*170*C*ACH*CCP*01*011000015*DA*99990001*1999999999**01*011000028*DA*99990002"
            "*20261340",
        ),
        "BPR16",
        "BPR*",
    ),
    "cas_bad_carc": Defect(replace("CAS*CO*45*30", "CAS*CO*999*30"), "CAS02", "CAS*CO*999"),
    "cas_bad_group": Defect(replace("CAS*CO*45*30", "CAS*XX*45*30"), "CAS01", "CAS*XX"),
    "cas_missing_amount": Defect(
        both(
            replace("CAS*CO*45*10.5", "CAS*CO*45"),
            replace("CLP*A-2", "CLP*A-2*1*79.5*79.5*0*12*ICN0002*11*1"),
        ),
        "CAS03",
        "CAS*CO*45",
        nth=3,
    ),
    "clp02_bad_status": Defect(
        replace(PAID, "CLP*A-1*77*165.5*100.5*25*12*ICN0001*11*1"), "CLP02", "CLP*A-1"
    ),
    "clp03_ne_sum_svc02": Defect(
        both(
            replace(PAID, "CLP*A-1*1*166.5*100.5*25*12*ICN0001*11*1"),
            insert("NM1*QC*1*TESTPERSON", "CAS*CO*45*1"),
        ),
        "CLP03",
        "CLP*A-1",
    ),
    "clp04_unbalanced": Defect(
        both(
            replace("CLP*A-2", "CLP*A-2*1*90*80.5*0*12*ICN0002*11*1"),
            replace("PLB*", "PLB*1234567893*20261231*WO:ICN0000*11"),
        ),
        "CLP04",
        "CLP*A-2",
    ),
    "clp05_ne_sum_PR": Defect(
        replace(PAID, "CLP*A-1*1*165.5*100.5*24*12*ICN0001*11*1"), "CLP05", "CLP*A-1"
    ),
    "drop_LX": Defect(drop("LX*1"), "LX", "CLP*A-1"),
    "drop_PER_BL": Defect(drop("PER*BL"), "PER", "N1*PE"),
    "drop_TRN": Defect(drop("TRN*"), "TRN", "REF*EV"),
    "iea02_mismatch": Defect(replace("IEA*", "IEA*1*000000043"), "IEA02"),
    "lq_bad_remark": Defect(replace("LQ*HE", "LQ*HE*XX999"), "LQ02", "LQ*HE"),
    "plb_changed": Defect(
        replace("PLB*", "PLB*1234567893*20261231*WO:ICN0000*12"), "BPR02", "BPR*"
    ),
    "se01_wrong": Defect(replace("SE*", "SE*36*0001"), "SE01", "SE*"),
    "svc_unbalanced": Defect(
        both(
            replace("SVC*HC:99213*125*75", "SVC*HC:99213*125*76**1"),
        ),
        "SVC03",
        "SVC*HC:99213",
    ),
}


def test_the_sound_files_have_nothing_to_report() -> None:
    assert check_file(written(CLAIM_FILE)) == ()
    assert check_file(written(REMITTANCE_FILE)) == ()


@pytest.mark.parametrize("name", CLAIM_DEFECTS)
def test_a_defect_of_a_claim_file_is_found_at_its_segment_and_element(name: str) -> None:
    _assert_found(CLAIM_FILE, CLAIM_DEFECTS[name])


@pytest.mark.parametrize("name", REMITTANCE_DEFECTS)
def test_a_defect_of_a_remittance_is_found_at_its_segment_and_element(name: str) -> None:
    _assert_found(REMITTANCE_FILE, REMITTANCE_DEFECTS[name])


def _assert_found(sound: tuple[str, ...], defect: Defect) -> None:
    data = spoiled(sound, defect.edit)
    expected = position(data, defect.at, defect.nth) if defect.at else 0
    found = check_file(data)
    places = [(one.subject, one.segment) for one in found]
    assert _matches(defect.subject, expected, found), places


def _matches(subject: str, expected: int, found: tuple[Diagnostic, ...]) -> bool:
    return any(
        (one.subject, one.segment) == (subject, expected) and one.severity is not Severity.INFO
        for one in found
    )
