"""The rules about diagnoses: what each stops, and what it lets pass."""

from datetime import date

import pytest

from models.documents.coding import CodedService
from models.documents.coding_case import CodingCase, PatientFacts
from models.documents.coding_policy import CodingPolicy, Weight
from models.documents.finding import Severity
from revcycle.rules.coding import check_coding
from tests.unit.rules.coding.judged_cases import SERVICE_DATE, diagnosed, judge

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# rule, diagnoses, what is found: gravity and field
FOUND = [
    ("diagnosis_codes", "E11", ERROR, 1, "a-category"),
    ("diagnosis_codes", "Z99.999", ERROR, 1, "no-code-at-all"),
    ("seventh_character", "S52.521", ERROR, 1, "no-seventh-character"),
    ("seventh_character", "T81.4", None, 0, "a-heading-lacks-more-than-the-seventh"),
    ("seventh_character", "S52.521Z", ERROR, 1, "a-seventh-character-that-is-not-allowed"),
    ("seventh_character", "S01.01A", ERROR, 1, "a-seventh-character-without-its-placeholder"),
    ("seventh_character", "E11.9XXA", ERROR, 1, "a-seventh-character-that-nobody-wants"),
    ("seventh_character", "S52.521A", None, 0, "a-complete-code"),
    ("episode_of_care", "S93.401A S93.401D", WARNING, 2, "treated-and-healing-at-once"),
    ("episode_of_care", "S93.401A S93.401S", WARNING, 2, "treated-and-a-sequela-at-once"),
    ("episode_of_care", "S93.401D W18.30XA", WARNING, 2, "a-cause-at-another-stage"),
    ("episode_of_care", "S93.401D Y92.009", INFO, 2, "a-place-at-a-later-visit"),
    ("episode_of_care", "S93.401A W18.30XA Y92.009", None, 0, "a-first-visit"),
    ("episode_of_care", "S93.401A S93.402D", None, 0, "two-injuries-at-two-stages"),
    ("injury_aftercare", "S93.401D Z47.89", WARNING, 2, "aftercare-of-an-injury"),
    ("injury_aftercare", "M17.11 Z47.89", None, 0, "aftercare-of-something-else"),
    ("combination_codes", "I10 I50.9", WARNING, 1, "hypertension-with-heart-failure"),
    ("combination_codes", "N18.31 I10", WARNING, 2, "hypertension-with-kidney-disease"),
    ("combination_codes", "E11.9 N18.31", WARNING, 1, "diabetes-with-kidney-disease"),
    ("combination_codes", "E11.9 E11.42", WARNING, 1, "without-and-with-complications"),
    ("combination_codes", "J44.9 J18.9", WARNING, 1, "lungs-with-an-infection"),
    ("combination_codes", "I11.0 I50.9", None, 0, "heart-failure-in-its-combination"),
    ("combination_codes", "I10 E11.9", None, 0, "two-unrelated-diseases"),
    ("symptom_beside_condition", "J18.9 R05.9", INFO, 2, "a-cough-beside-pneumonia"),
    ("symptom_beside_condition", "J18.9 R10.9", None, 0, "a-symptom-of-other-organs"),
    ("symptom_beside_condition", "R05.9", None, 0, "a-symptom-alone"),
    ("manifestation_first", "F02.80 G30.9", ERROR, 1, "dementia-before-its-disease"),
    ("manifestation_first", "G30.9 F02.80", None, 0, "dementia-behind-its-disease"),
    ("external_cause_first", "W18.30XA S93.401A", ERROR, 1, "a-fall-before-the-sprain"),
    ("external_cause_first", "Y92.009", ERROR, 1, "a-place-alone"),
    ("external_cause_first", "S93.401A W18.30XA", None, 0, "a-fall-behind-the-sprain"),
    ("secondary_first", "Z68.35 E66.9", WARNING, 1, "body-mass-before-obesity"),
    ("secondary_first", "B96.20 N39.0", WARNING, 1, "an-organism-before-the-infection"),
    ("secondary_first", "T45.515A D68.32", WARNING, 1, "a-drug-before-its-effect"),
    ("secondary_first", "Z59.00 I10", WARNING, 1, "housing-before-illness"),
    ("secondary_first", "Z23", None, 0, "a-vaccination-is-a-reason"),
    ("secondary_first", "E66.9 Z68.35", None, 0, "body-mass-behind-obesity"),
    ("first_listed_only", "I10 Z00.00", WARNING, 2, "a-check-up-behind-a-disease"),
    ("first_listed_only", "Z00.00 I10", None, 0, "a-check-up-first"),
    ("first_listed_only", "Z00.00 Z01.419", None, 0, "two-reasons-of-one-day"),
    ("first_listed_only", "C50.911 Z00.6", None, 0, "a-trial-may-stand-behind"),
    ("sequela_order", "S93.401S M25.571", WARNING, 1, "a-sequela-before-what-remained"),
    ("sequela_order", "S93.401S", WARNING, 1, "a-sequela-of-nothing"),
    ("sequela_order", "M25.571 S93.401S", None, 0, "what-remained-first"),
    ("both_sides_in_one", "H65.01 H65.02", WARNING, 2, "both-ears-as-two-codes"),
    ("both_sides_in_one", "M25.561 M25.562", None, 0, "both-knees-have-no-code-of-their-own"),
    ("unspecified_side", "M25.561 M25.569", INFO, 2, "some-knee-beside-the-right-one"),
    ("unspecified_side", "M25.569 M25.511", None, 0, "some-knee-beside-a-shoulder"),
    ("pregnancy_first", "J45.909 O99.512", WARNING, 2, "asthma-before-pregnancy"),
    ("pregnancy_first", "O99.512 J45.909", None, 0, "pregnancy-first"),
    ("weeks_of_gestation", "O09.91", INFO, 1, "no-week"),
    ("weeks_of_gestation", "O09.91 Z3A.20", WARNING, 1, "first-trimester-in-week-20"),
    ("weeks_of_gestation", "O03.9 Z3A.09", WARNING, 2, "weeks-of-a-miscarriage"),
    ("weeks_of_gestation", "O09.92 Z3A.20", None, 0, "second-trimester-in-week-20"),
    ("weeks_of_gestation", "O09.92 Z3A.14", None, 0, "the-second-trimester-begins-with-14"),
    ("weeks_of_gestation", "O09.93 Z3A.28", None, 0, "the-third-begins-with-28"),
    ("weeks_of_gestation", "O09.91 Z3A.01", None, 0, "before-week-8"),
    ("weeks_of_gestation", "O09.91 Z3A.00", None, 0, "weeks-that-nobody-knows"),
    ("outcome_of_delivery", "I10 Z37.0", WARNING, 2, "an-outcome-without-pregnancy"),
    ("outcome_of_delivery", "O80 Z37.1", WARNING, 1, "a-stillbirth-is-not-uncomplicated"),
    ("outcome_of_delivery", "O80 O70.0 Z37.0", WARNING, 1, "uncomplicated-with-a-tear"),
    ("outcome_of_delivery", "O80 Z37.0", None, 0, "a-delivery-with-its-outcome"),
]


@pytest.mark.parametrize(
    ("rule", "codes", "severity", "number"),
    [pytest.param(*row[:4], id=f"{row[0]}-{row[4]}") for row in FOUND],
)
def test_what_a_rule_says(rule: str, codes: str, severity: Severity | None, number: int) -> None:
    found = [(one.severity, one.field) for one in judge(f"coding.{rule}", diagnosed(codes))]
    assert found == ([(severity, f"diagnoses[{number}]")] if severity else [])


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        pytest.param("S52.521", "needs a seventh character (A, D, G, K, P, S)", id="which-ones"),
        pytest.param("S01.01A", "S01.01XA", id="where-the-placeholder-goes"),
        pytest.param("E11.9XXA", "E11.9 is complete", id="that-none-is-needed"),
    ],
)
def test_a_finding_on_a_seventh_character_says_what_to_write(codes: str, words: str) -> None:
    (finding,) = judge("coding.seventh_character", diagnosed(codes))
    assert words in finding.message


def test_a_wrong_seventh_character_is_reported_once() -> None:
    findings = check_coding(diagnosed("S52.521"))
    assert [one.rule_id for one in findings] == ["coding.seventh_character"]


def test_an_outdated_code_names_those_into_which_it_was_divided() -> None:
    (finding,) = judge("coding.diagnosis_codes", diagnosed("D69.1"))
    assert "2026-09-30" in finding.message
    assert "D69.1" in finding.message.rsplit(":", 1)[1]


def test_a_delivery_needs_its_outcome() -> None:
    without = diagnosed("O80")
    by_procedure = diagnosed("O70.0", CodedService("59400", (1,)))
    for case in (without, by_procedure):
        (finding,) = judge("coding.outcome_of_delivery", case)
        assert (finding.severity, finding.field) == (WARNING, "diagnoses")


@pytest.mark.parametrize(
    ("codes", "modifiers", "is_found"),
    [
        pytest.param("M25.561", ("LT",), True, id="the-other-knee"),
        pytest.param("M25.561", ("RT",), False, id="the-same-knee"),
        pytest.param("M25.561", ("50",), True, id="both-for-one-knee"),
        pytest.param("H65.03", ("50",), False, id="both-for-both-ears"),
        pytest.param("H65.03", ("LT",), False, id="one-of-both-ears"),
        pytest.param("M25.569", ("LT",), False, id="no-side-is-no-conflict"),
        pytest.param("I10", ("LT",), False, id="a-disease-without-sides"),
        pytest.param("S61.210A", ("F6",), False, id="the-right-index-finger"),
        pytest.param("S61.210A", ("F7",), True, id="another-finger"),
        pytest.param("S61.210A", ("F1",), True, id="the-other-hand"),
        pytest.param("S90.111A", ("T5",), False, id="the-right-great-toe"),
        pytest.param("S90.111A", ("T6",), True, id="another-toe"),
        pytest.param("H00.011", ("E3",), False, id="the-right-upper-eyelid"),
        pytest.param("H00.011", ("E4",), True, id="the-other-eyelid"),
    ],
)
def test_modifiers_of_place_agree_with_the_diagnosis(
    codes: str, modifiers: tuple[str, ...], *, is_found: bool
) -> None:
    service = CodedService("20610", (1,), modifiers)
    found = judge("coding.side_and_modifier", diagnosed(codes, service))
    assert [one.field for one in found] == ["services[1].modifiers"] * is_found
    assert all(one.severity is ERROR for one in found)


def test_a_modifier_that_fits_one_of_the_diagnoses_fits() -> None:
    service = CodedService("20610", (1, 2), ("LT",))
    assert judge("coding.side_and_modifier", diagnosed("M25.561 M25.562", service)) == ()


def test_both_sides_may_be_two_diagnoses() -> None:
    service = CodedService("20610", (1, 2), ("50",))
    assert judge("coding.side_and_modifier", diagnosed("M25.561 M25.562", service)) == ()


def test_a_modifier_tells_the_side_that_a_diagnosis_leaves_open() -> None:
    case = diagnosed("M25.569", CodedService("20610", (1,), ("LT",)))
    (finding,) = judge("coding.unspecified_side", case)
    assert finding.severity is INFO
    assert "M25.562" in finding.message


def a_patient(years: int, sex: str = "") -> PatientFacts:
    return PatientFacts(date(SERVICE_DATE.year - years, 11, 1), sex)


@pytest.mark.parametrize(
    ("code", "years", "is_found"),
    [
        pytest.param("Z38.00", 0, False, id="a-newborn"),
        pytest.param("Z38.00", 1, True, id="a-newborn-of-one"),
        pytest.param("O80", 9, False, id="maternity-begins-with-9"),
        pytest.param("O80", 8, True, id="not-with-8"),
        pytest.param("O80", 64, False, id="and-ends-with-64"),
        pytest.param("O80", 65, True, id="not-with-65"),
        pytest.param("Z00.129", 17, False, id="a-child-of-17"),
        pytest.param("Z00.129", 18, True, id="no-child-any-more"),
        pytest.param("I10", 3, False, id="a-disease-of-any-age"),
    ],
)
def test_diagnoses_have_their_ages(code: str, years: int, *, is_found: bool) -> None:
    case = diagnosed(code, patient=a_patient(years))
    assert bool(judge("coding.age", case)) is is_found


def test_nobody_is_too_old_whose_birth_date_is_not_known() -> None:
    assert judge("coding.age", diagnosed("O80")) == ()


def test_sex_is_asked_only_where_a_client_file_names_it() -> None:
    case = diagnosed("O80 Z37.0", patient=a_patient(30, "M"))
    asked = CodingPolicy(weights={"coding.sex": Weight.INFO})
    assert not _has_sex_finding(case, CodingPolicy())
    assert _has_sex_finding(case, asked)
    assert not _has_sex_finding(diagnosed("O80 Z37.0", patient=a_patient(30, "F")), asked)


def _has_sex_finding(case: CodingCase, policy: CodingPolicy) -> bool:
    return any(one.rule_id == "coding.sex" for one in check_coding(case, policy))
