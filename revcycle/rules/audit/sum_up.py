"""The figures of an audit report, with their definitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from models.documents.coding_audit import JudgedCode
from models.values.coding_audit import CodePart, CodeVerdict, Gravity
from revcycle.rules.audit.accuracy import Accuracy
from revcycle.rules.audit.agreement import cohens_kappa

CODES: Final = frozenset(
    {CodePart.DIAGNOSIS, CodePart.PROCEDURE, CodePart.LEVEL, CodePart.MODIFIER}
)
DEFINITIONS: Final = (
    (
        "Code over code",
        (
            "right codes divided by all codes that the coder or the auditor coded: diagnoses, "
            "procedures, levels and modifiers of closed cases. A code in the place of a related "
            "one counts once; one too many and one too few count as wrong."
        ),
    ),
    (
        "Case over case",
        "closed cases without a material error divided by closed cases.",
    ),
    (
        "Interval",
        (
            "where the true share lies at 95 %, after Wilson. Full review begins when its lower "
            "end is below the floor."
        ),
    ),
    (
        "Kappa",
        (
            "Cohen's kappa of coder and auditor on codes before the third person decided: 1 is "
            "full agreement, 0 is chance."
        ),
    ),
    (
        "Material",
        (
            "changes payment or risk: a procedure, a level, units, the first diagnosis, a "
            "diagnosis that a service is for, a modifier that decides payment. All other errors "
            "are minor."
        ),
    ),
    (
        "Closed cases",
        (
            "both codings agree, or a third person decided every difference. Cases that wait count "
            "in no figure but their own."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """What an audit says of one coder, or of all together."""

    cases: Accuracy
    codes: Accuracy
    by_part: dict[CodePart, Accuracy]
    material: int
    minor: int
    kappa: Decimal | None


def sum_up_audit(cases: Iterable[tuple[UUID, JudgedCode]], closed: int) -> AuditFigures:
    """Add up closed cases.

    Args:
        cases: Every decision of the closed cases, with the case it is of.
        closed: How many cases are closed, those without any code among them.

    Source:
        Method defined as AAPC and AHIMA ask for: see ``DEFINITIONS``.
    """
    rows = list(cases)
    codes = [one for _, one in rows]
    wrong = [(case, one) for case, one in rows if not one.is_right]
    failed = {case for case, one in wrong if one.weight is Gravity.MATERIAL}
    coded = [one for one in codes if one.part in CODES]
    return AuditFigures(
        cases=Accuracy(closed - len(failed), closed),
        codes=_accuracy(coded),
        by_part={part: _accuracy([one for one in codes if one.part is part]) for part in CodePart},
        material=sum(one.weight is Gravity.MATERIAL for _, one in wrong),
        minor=sum(one.weight is Gravity.MINOR for _, one in wrong),
        kappa=cohens_kappa(
            (f"{one.part}:{one.coder}", f"{one.part}:{one.auditor}", 1) for one in coded
        ),
    )


def _accuracy(codes: list[JudgedCode]) -> Accuracy:
    return Accuracy(sum(one.is_right for one in codes), len(codes))


def verdict_of(coder: str, auditor: str, right: str) -> CodeVerdict:
    """Say who was right of a difference, once it is known what is right.

    Source:
        House rule: whoever says what is right was right, whatever button was pressed.
    """
    if right == coder:
        return CodeVerdict.CODER
    return CodeVerdict.AUDITOR if right == auditor else CodeVerdict.OTHER
