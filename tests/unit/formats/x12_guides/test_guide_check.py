"""One mistake in a good file gives one report, with its place, and a code for the 999."""

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.checks.guide import check_guide
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.segments import Delimiters
from tests.unit.formats.x12_guides.guide_examples import (
    ELIGIBILITY_RESPONSE,
    EXAMPLES,
    INSTITUTIONAL,
    PROFESSIONAL,
    REMITTANCE,
    changed,
    check,
    transaction_of,
    where,
)

MANY_LINES = "".join(
    f"\nLX*{number}\nSV1*HC:85025*1*UN*1***1\nDTP*472*D8*20261105" for number in range(3, 52)
)
REMITTANCE_DEFECTS = {
    "a payment date that does not exist": (
        ("CHK************20261118", "CHK************20261332"),
        ("element_date", 2, "", "BPR16", "8"),
    ),
    "a group code that is not in use": (
        ("CAS*PR*1*20", "CAS*XX*1*20"),
        ("element_code", 18, "2110", "CAS01", "7"),
    ),
    "an adjustment without its amount": (
        ("CAS*PR*1*20", "CAS*PR*1"),
        ("element_missing", 18, "2110", "CAS03", "1"),
    ),
    "a claim status that does not exist": (
        ("CLP*CLAIM1*1*", "CLP*CLAIM1*9*"),
        ("element_code", 12, "2100", "CLP02", "7"),
    ),
    "no LX before the claims": (
        ("\nLX*1\n", "\n"),
        ("segment_missing", 11, "2000", "LX", "3"),
    ),
    "no technical contact of the payer": (
        ("PER*BL*PROVIDER LINE", ""),
        ("segment_missing", 8, "1000A", "PER", "3"),
    ),
    "no trace number": (
        ("TRN*1*EFT1*1999999999", ""),
        ("segment_missing", 3, "", "TRN", "3"),
    ),
    "no patient": (
        ("NM1*QC*1*INVENTED*OTTO****MI*HH0000001", ""),
        ("segment_missing", 14, "2100", "NM1", "3"),
    ),
}
CLAIM_DEFECTS = {
    "51 service lines": (
        ("DTP*472*RD8*20261105-20261106", "DTP*472*RD8*20261105-20261106" + MANY_LINES),
        ("loop_repeated", 175, "2400", "LX", "4"),
    ),
    "an amount with a comma": (
        ("CLAIM1*150*", "CLAIM1*1,500*"),
        ("element_number", 19, "2300", "CLM02", "6"),
    ),
    "an amount with three decimals": (
        ("CLAIM1*150*", "CLAIM1*150.125*"),
        ("element_decimals", 19, "2300", "CLM02", "6"),
    ),
    "an amount that ends with its point": (
        ("CLAIM1*150*", "CLAIM1*150.*"),
        ("element_number", 19, "2300", "CLM02", "6"),
    ),
    "a facility qualifier that is not in use": (
        ("150***11:B:1", "150***11:X:1"),
        ("element_code", 19, "2300", "CLM05-2", "7"),
    ),
    "a place of service of three characters": (
        ("150***11:B:1", "150***99X:B:1"),
        ("element_too_long", 19, "2300", "CLM05-1", "5"),
    ),
    "a claim number of 39 characters": (
        ("CLM*CLAIM1*", f"CLM*{'C' * 39}*"),
        ("element_too_long", 19, "2300", "CLM01", "5"),
    ),
    "a date that does not exist": (
        ("CI\nNM1*IL*1*INVENTED*OTTO", "CI\nPAT*****D8*20251332\nNM1*IL*1*INVENTED*OTTO"),
        ("element_date", 14, "2000B", "PAT06", "8"),
    ),
    "a range announced and a day given": (
        ("DTP*472*RD8*20261105-20261106", "DTP*472*RD8*20261105"),
        ("element_date", 30, "2400", "DTP03", "8"),
    ),
    "no subscriber information": (
        ("SBR*P*18*GROUP7******CI", ""),
        ("segment_missing", 13, "2000B", "SBR", "3"),
    ),
    "no street of the billing provider": (
        ("N3*1 LAKE LANE", ""),
        ("segment_missing", 9, "2010AA", "N3", "3"),
    ),
    "no tax number of the billing provider": (
        ("REF*EI*999999999", ""),
        ("segment_missing", 11, "2010AA", "REF", "3"),
    ),
    "no diagnosis": (("HI*ABK:J069", ""), ("segment_missing", 43, "2300", "HI", "3")),
    "a letter outside of X12": (
        ("NM1*IL*1*INVENTED*OTTO", "NM1*IL*1*INVENTED*OTT\xd6"),
        ("element_character", 14, "2010BA", "NM104", "6"),
    ),
    "a street behind its city": (
        (
            "N3*1 LAKE LANE\nN4*FERNWICK*OH*441011234\n",
            "N4*FERNWICK*OH*441011234\nN3*1 LAKE LANE\n",
        ),
        ("segment_order", 10, "2010AA", "N3", "7"),
    ),
    "empty elements at the end": (
        ("REF*G1*AUTH1", "REF*G1*AUTH1**"),
        ("element_trailing", 20, "2300", "REF03", "3"),
    ),
    "a segment that does not exist": (
        ("REF*G1*AUTH1", "REF*G1*AUTH1\nZZZ*1"),
        ("segment_unknown", 21, "2300", "ZZZ", "1"),
    ),
    "a segment of another transaction": (
        ("REF*G1*AUTH1", "REF*G1*AUTH1\nSVC*HC:99213*1*1"),
        ("segment_unexpected", 21, "2300", "SVC", "2"),
    ),
    "a reference with a qualifier of no use": (
        ("REF*G1*AUTH1", "REF*ZZ*AUTH1"),
        ("element_code", 20, "2300", "REF01", "7"),
    ),
    "a provider with a qualifier of no use": (
        ("NM1*82*1*INVENTED*MARTHA", "NM1*ZZ*1*INVENTED*MARTHA"),
        ("element_code", 22, "2310B", "NM101", "7"),
    ),
    "a level that does not exist": (
        ("HL*3*1*22*1", "HL*3*1*99*1"),
        ("element_code", 32, "2000B", "HL03", "7"),
    ),
    "a second birth date": (
        ("DMG*D8*19700101*M", "DMG*D8*19700101*M\nDMG*D8*19700101*M"),
        ("segment_repeated", 18, "2010BA", "DMG", "5"),
    ),
    "a value where the guide has none": (
        ("NM1*40*2*HERON HEALTH*", "NM1*40*2*HERON HEALTH*ANNA"),
        ("element_not_used", 5, "1000B", "NM104", "I10"),
    ),
    "a number without its kind": (
        ("NM1*82*1*INVENTED*MARTHA****XX*1234567893", "NM1*82*1*INVENTED*MARTHA****XX"),
        ("element_condition", 22, "2310B", "NM109", "2"),
    ),
    "more components than exist": (
        ("REF*6R*CLAIM1-1", "REF*6R*CLAIM1:1"),
        ("element_components", 27, "2400", "REF02", "13"),
    ),
    "a repetition where none may be": (
        ("REF*6R*CLAIM1-1", "REF*6R*CLAIM1^1"),
        ("element_repeated", 27, "2400", "REF02", "12"),
    ),
    "an hour that does not exist": (
        ("20261122*0930*CH", "20261122*2530*CH"),
        ("element_time", 2, "", "BHT05", "9"),
    ),
    "an identifier of one character": (
        ("NM1*40*2*HERON HEALTH*****46*HERON", "NM1*40*2*HERON HEALTH*****46*H"),
        ("element_too_short", 5, "1000B", "NM109", "4"),
    ),
    "nothing but blanks": (
        ("REF*G1*AUTH1", "REF*G1*   "),
        ("element_missing", 20, "2300", "REF02", "1"),
    ),
    "an element too many": (
        ("REF*G1*AUTH1", "REF*G1*AUTH1***X"),
        ("element_too_many", 20, "2300", "REF05", "3"),
    ),
    "no claim of a second line": (
        ("LX*2\n", ""),
        ("segment_missing", 28, "2400", "LX", "3"),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_good_transaction_gives_no_report(name: str) -> None:
    assert [where(one) for one in check(EXAMPLES[name])] == []


@pytest.mark.parametrize("name", REMITTANCE_DEFECTS)
def test_a_defect_of_a_remittance_gives_one_error_at_its_place(name: str) -> None:
    (old, new), expected = REMITTANCE_DEFECTS[name]
    found = check(changed(REMITTANCE, old, new))
    assert [where(one) for one in found] == [expected]
    assert [one.severity for one in found] == [Severity.ERROR]


@pytest.mark.parametrize("name", CLAIM_DEFECTS)
def test_a_defect_of_a_claim_gives_one_error_at_its_place(name: str) -> None:
    (old, new), expected = CLAIM_DEFECTS[name]
    found = check(changed(PROFESSIONAL, old, new))
    assert [where(one) for one in found] == [expected]
    assert [one.severity for one in found] == [Severity.ERROR]


def test_a_code_that_has_no_use_is_reported_with_what_may_stand_there() -> None:
    (found,) = check(changed(PROFESSIONAL, "HL*3*1*22*1", "HL*3*1*99*1"))
    assert found.advice == "allowed: 22"
    assert (found.level, found.element, found.component) == (Snip.GUIDE, 3, 0)


def test_what_is_missing_is_named_in_words() -> None:
    (found,) = check(changed(REMITTANCE, "PER*BL*PROVIDER LINE", ""))
    assert found.message == "PER*BL is required and not there"


def test_a_message_never_repeats_a_value() -> None:
    text = PROFESSIONAL.replace("INVENTED", "INV\xc4NTED").replace("19700101", "19709901")
    assert check(text)
    for one in check(text):
        assert "INV" not in one.message + one.advice
        assert "1970" not in one.message + one.advice


def test_zeros_behind_a_point_are_mentioned_once_and_stop_nothing() -> None:
    text = PROFESSIONAL.replace("*150*", "*150.00*").replace("*100*", "*100.00*")
    assert [(where(one), one.severity) for one in check(text)] == [
        (("element_number_form", 19, "2300", "CLM02", "6"), Severity.WARNING)
    ]


def test_blanks_around_a_value_are_a_warning() -> None:
    (found,) = check(changed(PROFESSIONAL, "NM1*QC*1*INVENTED", "NM1*QC*1* INVENTED"))
    assert (found.rule_id, found.severity) == ("x12.element_blanks", Severity.WARNING)


def test_small_letters_are_mentioned_once() -> None:
    (found,) = check(PROFESSIONAL.replace("INVENTED", "Invented"))
    assert (found.rule_id, found.severity, found.segment) == (
        "x12.lower_case",
        Severity.INFO,
        14,
    )


def test_a_hospital_s_admission_has_a_date_with_an_hour() -> None:
    text = changed(INSTITUTIONAL, "DTP*435*DT*202611050930", "DTP*435*DT*20261105")
    assert [where(one) for one in check(text)] == [("element_time", 17, "2300", "DTP03", "9")]


def test_a_billing_hospital_has_a_zip_of_nine_digits() -> None:
    text = changed(INSTITUTIONAL, "N4*FERNWICK*OH*441011234", "N4*FERNWICK*OH*44101")
    (found,) = check(text)
    assert where(found) == ("element_pattern", 9, "2010AA", "N403", "I12")
    assert found.advice == "nine digits"


def test_a_code_among_repeated_ones_is_judged_like_any_other() -> None:
    text = changed(ELIGIBILITY_RESPONSE, "EB*1**30^98*", "EB*1**30^9Z*")
    assert [where(one) for one in check(text)] == [("element_code", 12, "2110C", "EB03", "7")]


def test_a_dental_claim_is_not_judged_by_a_guide_of_physicians() -> None:
    text = PROFESSIONAL.replace("005010X222A1", "005010X224A2")
    assert [(one.rule_id, one.severity, one.level) for one in check(text)] == [
        ("x12.guide_unknown", Severity.INFO, Snip.NOTE)
    ]


def test_a_group_of_another_kind_is_not_judged_by_the_guide() -> None:
    found = check_guide(transaction_of(PROFESSIONAL), functional_code="HP")
    assert [one.rule_id for one in found] == ["x12.guide_unknown"]


def test_a_report_says_in_which_interchange_and_transaction() -> None:
    text = changed(REMITTANCE, "CAS*PR*1*20", "CAS*XX*1*20")
    (found,) = check_guide(transaction_of(text), interchange="000000007", functional_code="HP")
    assert (found.interchange, found.transaction, found.kind) == ("000000007", "0001", "835")


def test_other_delimiters_change_nothing() -> None:
    delimiters = Delimiters(element="|", repetition="!", component="\\", terminator="\n")
    table = str.maketrans({"*": "|", ":": "\\", "^": "!"})
    for text in EXAMPLES.values():
        pieces = text.translate(table).splitlines()
        plain = transaction_of(text)
        transaction = Transaction(plain.kind, "0001", plain.version, "|", pieces)
        assert check_guide(transaction, delimiters=delimiters) == []
