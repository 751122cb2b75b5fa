"""Rules of diagnoses and charts, asked about anything that may be typed or sent."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import (
    ChartFacts,
    CodeFacts,
    CodingCase,
    DiagnosisNoteFacts,
    NoteFacts,
    PatientFacts,
)
from models.documents.finding import Severity
from revcycle.reference.icd10 import list_icd10_codes
from revcycle.rules.coding.chart_rules import CHART_RULES
from revcycle.rules.coding.diagnosis_rules import DIAGNOSIS_RULES
from tests.unit.rules.coding.judged_cases import SERVICE_DATE

RULES = (*DIAGNOSIS_RULES, *CHART_RULES)
GRAVITY = [Severity.INFO, Severity.WARNING, Severity.ERROR]
UNRELATED = "L309"  # a rash: it has no side, and no note here names it

# Codes of the chapters that rules speak of, any others, and what is no code.
PREGNANT = ["O80", "O0991", "Z370", "Z3A20"]
INJURED = ["S93401A", "S93401D", "S93401S", "W1830XA", "Y92009", "Z4789", "S52521", "S0101A"]
ILL = ["I10", "I509", "N1831", "E119", "E1142", "F0280", "J189", "R059", "B9620", "Z6835", "Z0000"]
SIDED = ["M25561", "M25562", "M25569"]
interesting = st.sampled_from([*PREGNANT, *INJURED, *ILL, *SIDED, "E119XXA"])
valid = st.sampled_from(list_icd10_codes(SERVICE_DATE)[::37])
codes = interesting | valid | st.text(max_size=8)
days = st.dates(date(2015, 10, 1), date(2028, 12, 31))
notes = st.builds(
    DiagnosisNoteFacts,
    at=st.sampled_from(["E11", "J00-J99", "15", "E08-E13"]) | st.text(max_size=7),
    kind=st.sampled_from(["excludes1", "excludes2", "code_first", "use_additional", "code_also"]),
    text=st.text(max_size=200),
    codes=st.lists(
        st.sampled_from(["I10", "E10-E14", "O00-O9A", "-", ""]) | st.text(max_size=9), max_size=3
    ).map(tuple),
)
services = st.builds(
    CodedService,
    procedure_code=st.sampled_from(["99213", "99283", "59400", "99348"]) | st.text(max_size=6),
    diagnosis_pointers=st.lists(st.integers(-1, 14), max_size=5).map(tuple),
    modifiers=st.lists(
        st.sampled_from(["LT", "RT", "50", "E1", "F6", "TA", "95"]) | st.text(max_size=3),
        max_size=4,
    ).map(tuple),
)
charts = st.builds(
    ChartFacts,
    place_of_service=st.sampled_from(["", "10", "11", "21", "23", "27", "99"])
    | st.text(max_size=2),
    notes=st.none()
    | st.lists(
        st.builds(NoteFacts, st.none() | days, st.booleans(), st.booleans()), max_size=3
    ).map(tuple),
)
patients = st.builds(PatientFacts, st.none() | days, st.sampled_from(["", "F", "M"]))


def _found(case: CodingCase) -> set[tuple[str, str]]:
    return {(one.rule_id, one.field) for rule in RULES for one in rule.check(case)}


@st.composite
def cases(draw: st.DrawFn) -> CodingCase:
    """Draw a coding with notes for some of its codes."""
    diagnoses = tuple(draw(st.lists(codes, max_size=8)))
    return CodingCase(
        CodingDocument(diagnoses, tuple(draw(st.lists(services, max_size=3))), draw(days)),
        patient=draw(patients),
        chart=draw(charts),
        facts=CodeFacts(
            notes={code: tuple(draw(st.lists(notes, max_size=2))) for code in diagnoses[:3]}
        ),
    )


@settings(max_examples=150, deadline=None)  # the first question reads the tables
@given(case=cases())
def test_every_rule_answers_whatever_it_is_asked(case: CodingCase) -> None:
    for rule in RULES:
        for finding in rule.check(case):
            assert finding.rule_id == rule.id
            assert finding.message
            assert GRAVITY.index(finding.severity) <= GRAVITY.index(rule.severity)


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_an_unrelated_diagnosis_behind_takes_no_finding_away(case: CodingCase) -> None:
    more = replace(case, coding=replace(case.coding, diagnoses=(*case.coding.diagnoses, UNRELATED)))
    if case.coding.diagnoses and UNRELATED not in case.coding.diagnoses:
        assert _found(case) <= _found(more)


@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_what_excludes_what_does_not_depend_on_the_order(case: CodingCase) -> None:
    turned = tuple(reversed(case.coding.diagnoses))
    other = replace(case, coding=replace(case.coding, diagnoses=turned))
    excludes = next(rule for rule in RULES if rule.id == "coding.excludes1")
    assert len(excludes.check(case)) == len(excludes.check(other))
