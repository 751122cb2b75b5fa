"""Do the seventh characters of injuries agree: active treatment, healing, or what remained?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase
from models.documents.finding import Finding, Severity
from revcycle.rules.coding.diagnosis_findings import code_text, on_diagnosis

RULE_ID = "coding.episode_of_care"
FULL_LENGTH: Final = 7
INJURY_CHAPTER: Final = "ST"
EXTERNAL_CHAPTER: Final = "VWXY"
ACTIVE: Final = "active treatment"
HEALING: Final = "subsequent care"
SEQUELA: Final = "a sequela"
PLACE_AND_ACTIVITY: Final = ("Y92", "Y93", "Y99")


def check_episode_of_care(case: CodingCase) -> tuple[Finding, ...]:
    """Report one injury at two stages, and external causes at another stage than every injury.

    Source:
        ICD-10-CM Official Guidelines, sections I.C.19.a (seventh characters of injuries),
        I.C.20.a.2 and I.C.20.b to d (place, activity and status at the first visit only).
    """
    codes = case.coding.diagnoses
    return (*_two_stages(codes), *_other_stage(codes), *_late_circumstances(codes))


def stage_of(code: str) -> str:
    """Name the stage that a full code of an injury or an external cause says; else empty.

    Source:
        ICD-10-CM Official Guidelines, section I.C.19.a: A, B and C are active treatment, S is a
        sequela, every other one is subsequent care.
    """
    if len(code) != FULL_LENGTH or code[0] not in INJURY_CHAPTER + EXTERNAL_CHAPTER:
        return ""
    return {"A": ACTIVE, "B": ACTIVE, "C": ACTIVE, "S": SEQUELA}.get(code[-1], HEALING)


def list_injury_stages(codes: tuple[str, ...]) -> frozenset[str]:
    """List the stages of all injuries of a coding.

    Source:
        ICD-10-CM Official Guidelines, section I.C.19.a.
    """
    return frozenset(stage_of(code) for code in codes if code[:1] in tuple(INJURY_CHAPTER)) - {""}


def _two_stages(codes: tuple[str, ...]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for number, code in enumerate(codes, start=1):
        if not stage_of(code):
            continue
        other = first.setdefault(code[:-1], code)
        if stage_of(other) != stage_of(code):
            yield _warning(
                number,
                f"{code_text(code)} says {stage_of(code)}, {code_text(other)} says "
                f"{stage_of(other)} of the same: keep one of them",
            )


def _other_stage(codes: tuple[str, ...]) -> Iterator[Finding]:
    stages = list_injury_stages(codes)
    for number, code in enumerate(codes, start=1):
        stage = stage_of(code)
        if stages and stage and code[0] in EXTERNAL_CHAPTER and stage not in stages:
            yield _warning(
                number,
                f"{code_text(code)} says {stage}, the injury is coded as "
                f"{' and '.join(sorted(stages))}: give both the same seventh character",
            )


def _late_circumstances(codes: tuple[str, ...]) -> Iterator[Finding]:
    stages = list_injury_stages(codes)
    if not stages or ACTIVE in stages:
        return
    for number, code in enumerate(codes, start=1):
        if code.startswith(PLACE_AND_ACTIVITY):
            message = f"{code_text(code)} is reported at the first visit for the injury only"
            yield on_diagnosis(RULE_ID, Severity.INFO, number, message)


def _warning(number: int, message: str) -> Finding:
    return on_diagnosis(RULE_ID, Severity.WARNING, number, message)
