"""Are pregnancy, its week, and the outcome of a delivery coded as they belong together?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.reference.icd10_sides import icd10_site
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis
from revcycle.rules.coding.tabular_notes import is_under

FIRST_ID = "coding.pregnancy_first"
WEEKS_ID = "coding.weeks_of_gestation"
OUTCOME_ID = "coding.outcome_of_delivery"

PREGNANCY: Final = "O"
LATE_SEQUELA: Final = "O94"  # behind the condition that remained
WEEKS: Final = "Z3A"
WEEKS_LESS_THAN_EIGHT: Final = "01"
FIRST_WEEK_OF_TRIMESTER: Final = ((3, 28), (2, 14), (1, 0))
ENDED_PREGNANCY: Final = "O00-O08"
DELIVERIES: Final = ("O80", "O82")
OUTCOME: Final = "Z37"
NORMAL_OUTCOME: Final = "Z370"
# Procedures of CPT that include a delivery.
DELIVERY_PROCEDURES: Final = frozenset(
    {
        *("59400", "59409", "59410", "59510", "59514", "59515"),
        *("59610", "59612", "59614", "59618", "59620", "59622"),
    }
)


def check_pregnancy_first(case: CodingCase) -> tuple[Finding, ...]:
    """Report a code of pregnancy that stands behind codes of other chapters.

    Source:
        ICD-10-CM Official Guidelines, section I.C.15.a.1: chapter 15 goes before other chapters.
    """
    codes = case.coding.diagnoses
    if not codes or codes[0].startswith(PREGNANCY):
        return ()
    return tuple(
        on_diagnosis(
            FIRST_ID,
            Severity.WARNING,
            number,
            f"{code_text(code)} goes before codes of other chapters, here {code_text(codes[0])}",
        )
        for number, code in enumerate(codes, start=1)
        if code.startswith(PREGNANCY) and not code.startswith(LATE_SEQUELA)
    )[:1]


def check_weeks_of_gestation(case: CodingCase) -> tuple[Finding, ...]:
    """Report weeks that contradict a trimester, that are missing, or that are out of place.

    Source:
        ICD-10-CM Official Guidelines, sections I.C.15.a.3 (trimesters) and I.C.21.c.11 (Z3A);
        tabular list, chapter 15: the trimesters begin with weeks 14 and 28.
    """
    codes = case.coding.diagnoses
    weeks = [(number, code) for number, code in enumerate(codes, 1) if code.startswith(WEEKS)]
    if not weeks:
        return tuple(_missing_weeks(codes))
    return (*_contradictions(codes, weeks), *_weeks_of_ended(codes, weeks))


def check_outcome_of_delivery(case: CodingCase) -> tuple[Finding, ...]:
    """Report a delivery without its outcome, and an outcome without or against its delivery.

    Source:
        ICD-10-CM Official Guidelines, sections I.C.15.b.5 and I.C.21.c.11 (Z37 on the mother's
        record at delivery) and I.C.15.n (O80 with Z37.0 only, and alone of its chapter).
    """
    return tuple(_outcome_findings(case))


def _outcome_findings(case: CodingCase) -> Iterator[Finding]:
    codes = case.coding.diagnoses
    outcome = _find(codes, OUTCOME)
    delivery = _find(codes, *DELIVERIES)
    if (delivery or _is_delivered(case)) and not outcome:
        text = "a delivery needs its outcome: add Z37.-"
        yield Finding(OUTCOME_ID, Severity.WARNING, "diagnoses", text)
    if outcome and not _find(codes, PREGNANCY):
        text = f"{code_text(outcome)} belongs on the mother's record, beside a code of chapter 15"
        yield _warning(OUTCOME_ID, codes.index(outcome) + 1, text)
    if delivery.startswith("O80"):
        yield from _uncomplicated(codes, codes.index(delivery) + 1, outcome)


def _uncomplicated(codes: tuple[str, ...], number: int, outcome: str) -> Iterator[Finding]:
    if outcome and outcome != NORMAL_OUTCOME:
        yield _warning(OUTCOME_ID, number, f"O80 goes with Z37.0, not with {code_text(outcome)}")
    if other := next((code for code in codes if code[:1] == PREGNANCY and code[:3] != "O80"), ""):
        text = f"O80 is an uncomplicated delivery: {code_text(other)} says otherwise, remove one"
        yield _warning(OUTCOME_ID, number, text)


def _is_delivered(case: CodingCase) -> bool:
    return any(one.procedure_code in DELIVERY_PROCEDURES for one in case.coding.services)


def _missing_weeks(codes: tuple[str, ...]) -> Iterator[Finding]:
    for number, code in enumerate(codes, start=1):
        if code.startswith(PREGNANCY) and (icd10_site(code).trimester or code[:3] in DELIVERIES):
            text = f"{code_text(code)} goes with the week of the pregnancy, if known: add Z3A.-"
            yield on_diagnosis(WEEKS_ID, Severity.INFO, number, text)
            return


def _contradictions(codes: tuple[str, ...], weeks: list[tuple[int, str]]) -> Iterator[Finding]:
    known = {trimester for _, code in weeks if (trimester := _trimester_of_weeks(code))}
    for number, code in enumerate(codes, start=1):
        trimester = icd10_site(code).trimester
        if known and trimester and trimester not in known:
            text = (
                f"{code_text(code)} says trimester {trimester}, {code_text(weeks[0][1])} lies in "
                f"trimester {min(known)}"
            )
            yield _warning(WEEKS_ID, number, text)


def _weeks_of_ended(codes: tuple[str, ...], weeks: list[tuple[int, str]]) -> Iterator[Finding]:
    """Report weeks where every code of pregnancy says that it ended early."""
    pregnancies = [code for code in codes if code.startswith(PREGNANCY)]
    if pregnancies and all(is_under(code, ENDED_PREGNANCY) for code in pregnancies):
        for number, code in weeks:
            text = f"{code_text(code)} is not coded for a pregnancy that ended early: remove it"
            yield _warning(WEEKS_ID, number, text)


def _trimester_of_weeks(code: str) -> int | None:
    """Read the trimester out of Z3A; None for weeks that are not specified."""
    weeks = code[len(WEEKS) :]
    if weeks == WEEKS_LESS_THAN_EIGHT:
        return 1
    if not weeks.isdecimal() or not int(weeks):
        return None
    return next(number for number, first in FIRST_WEEK_OF_TRIMESTER if int(weeks) >= first)


def _find(codes: tuple[str, ...], *beginnings: str) -> str:
    return next((code for code in codes if code.startswith(beginnings)), "")


def _warning(rule_id: str, number: int, message: str) -> Finding:
    return on_diagnosis(rule_id, Severity.WARNING, number, message)
