"""Every decision that two people took on one chart, and where they differ."""

from collections.abc import Iterator

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_audit import CodeDecision
from models.values.coding_audit import CodePart, Gravity
from revcycle.rules.audit.pair_up import pair_up
from revcycle.rules.audit.visit_levels import is_level
from revcycle.rules.audit.weigh_difference import weigh_diagnosis, weigh_modifier

CATEGORY_LENGTH = 3  # characters of an ICD-10-CM category, and of a family of procedures
LEVELS = "levels"


def list_code_decisions(coder: CodingDocument, auditor: CodingDocument) -> list[CodeDecision]:
    """List what both decided: diagnoses, which is first, procedures, levels, modifiers, units.

    A code that only one of them has is a decision of both: the other decided against it. A code in
    the place of a related one (same category of diagnoses, same family of procedures, two levels
    of a visit) is one decision. Swapping the two people changes nothing but the sides.

    Source:
        Separate figures for diagnosis, procedure, modifier, level and units: AHIMA, "Benchmarking
        Coding Quality"; what is material, see ``weigh_difference``.
    """
    return [*_diagnoses(coder, auditor), *_services(coder, auditor)]


def _diagnoses(coder: CodingDocument, auditor: CodingDocument) -> Iterator[CodeDecision]:
    pairs = pair_up(coder.diagnoses, auditor.diagnoses, lambda code: code[:CATEGORY_LENGTH])
    for mine, theirs in pairs:
        there = "" if mine is None else coder.diagnoses[mine]
        here = "" if theirs is None else auditor.diagnoses[theirs]
        weights = {weigh_diagnosis(code, coder, auditor) for code in (there, here) if code}
        weight = Gravity.MATERIAL if Gravity.MATERIAL in weights else Gravity.MINOR
        yield CodeDecision(CodePart.DIAGNOSIS, there, here, weight)
    # Where one code stands in the place of the other, the order itself is no other mistake.
    if coder.diagnoses and auditor.diagnoses and _is_order_judged(coder, auditor, pairs):
        first = (coder.diagnoses[0], auditor.diagnoses[0])
        yield CodeDecision(CodePart.FIRST_DIAGNOSIS, *first, Gravity.MATERIAL)


def _is_order_judged(
    coder: CodingDocument, auditor: CodingDocument, pairs: list[tuple[int | None, int | None]]
) -> bool:
    return (0, 0) not in pairs or coder.diagnoses[0] == auditor.diagnoses[0]


def _services(coder: CodingDocument, auditor: CodingDocument) -> Iterator[CodeDecision]:
    pairs = pair_up(
        [one.procedure_code for one in coder.services],
        [one.procedure_code for one in auditor.services],
        _kin_of_procedure,
    )
    for mine, theirs in pairs:
        there = None if mine is None else coder.services[mine]
        here = None if theirs is None else auditor.services[theirs]
        yield _procedure(there, here)
        if there and here:
            yield from _modifiers(there, here)
            units = (_write_units(there), _write_units(here))
            yield CodeDecision(CodePart.UNITS, *units, Gravity.MATERIAL)


def _kin_of_procedure(code: str) -> str:
    return LEVELS if is_level(code) else code[:CATEGORY_LENGTH]


def _procedure(there: CodedService | None, here: CodedService | None) -> CodeDecision:
    codes = [one.procedure_code if one else "" for one in (there, here)]
    are_levels = all(is_level(code) for code in codes if code)
    part = CodePart.LEVEL if are_levels else CodePart.PROCEDURE
    return CodeDecision(part, codes[0], codes[1], Gravity.MATERIAL)


def _modifiers(there: CodedService, here: CodedService) -> Iterator[CodeDecision]:
    """Compare the modifiers of one service; which stands first is not compared."""
    for modifier in sorted({*there.modifiers, *here.modifiers}):
        sides = [modifier if modifier in one.modifiers else "" for one in (there, here)]
        yield CodeDecision(CodePart.MODIFIER, sides[0], sides[1], weigh_modifier(modifier))


def _write_units(service: CodedService) -> str:
    return f"{service.units.normalize():f}"
