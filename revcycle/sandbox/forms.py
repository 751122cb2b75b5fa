"""The odd ways in which payers write what they decided; the money stays the same."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.documents.remittance_codes import RemittanceAmount, RemittanceAmountKind
from models.values.money import ZERO, Money, total
from revcycle.sandbox.case import Case
from revcycle.sandbox.meaning import WHOLE_CLAIM, LineMeaning, as_whole

NO_NUMBER: Final = "0"  # CLP01 where the provider's number is not known
OTHER_CODE: Final = "99212"
OTHER_MEMBER: Final = "CORRECTED1"
INTEREST: Final = Money(125)
DEDUCTIBLE: Final = Money(2_500)


@dataclass(frozen=True, slots=True)
class Written:
    """A decision as it is written, and what it means."""

    claim: RemittanceClaim
    meanings: tuple[LineMeaning, ...]


def write_as(case: Case | None, plain: Written) -> Written:
    """Write a first payer's decision in the way of a case; most cases have none of their own."""
    form = _FORMS.get(case) if case else None
    return form(plain) if form else plain


def _claim_level(plain: Written) -> Written:
    """Take the deductible from the claim; its lines are paid as if there were none."""
    claim = plain.claim
    share = min(DEDUCTIBLE, Money(claim.paid.cents // 2))
    if share <= ZERO:
        return plain
    left = claim.patient_responsibility or ZERO
    written = replace(
        claim,
        paid=claim.paid - share,
        patient_responsibility=left + share,
        adjustments=(Adjustment("PR", "1", share),),
    )
    lowered = LineMeaning(WHOLE_CLAIM, paid=-share, patient=share)
    return Written(written, (*plain.meanings, lowered))


def _changed_code(plain: Written) -> Written:
    first, *others = plain.claim.lines
    changed = replace(
        first,
        procedure_code=OTHER_CODE,
        submitted_procedure_code=first.procedure_code,
        line_control_number="",
    )
    return replace(plain, claim=replace(plain.claim, lines=(changed, *others)))


def _split_line(plain: Written) -> Written:
    first, *others = plain.claim.lines
    return replace(plain, claim=replace(plain.claim, lines=(*_halves(first), *others)))


def _merged_lines(plain: Written) -> Written:
    first, second, *others = plain.claim.lines
    claim = replace(plain.claim, lines=(_together(first, second), *others))
    return Written(claim, (as_whole(plain.meanings),))


def _no_modifiers(plain: Written) -> Written:
    bare = (replace(line, modifiers=(), line_control_number="") for line in plain.claim.lines)
    return replace(plain, claim=replace(plain.claim, lines=tuple(bare)))


def _number_lost(plain: Written) -> Written:
    return replace(plain, claim=replace(plain.claim, claim_control_number=NO_NUMBER))


def _corrected_insured(plain: Written) -> Written:
    return replace(plain, claim=replace(plain.claim, corrected_member_id=OTHER_MEMBER))


def _with_interest(plain: Written) -> Written:
    amounts = (RemittanceAmount(RemittanceAmountKind.INTEREST, INTEREST),)
    supplement = replace(plain.claim.supplement, amounts=amounts)
    return replace(plain, claim=replace(plain.claim, supplement=supplement))


def _halves(line: RemittanceLine) -> tuple[RemittanceLine, RemittanceLine]:
    """Cut a line in two; an odd cent goes to the first."""
    charges = line.charge.allocate([1, 1])
    parts = [one.amount.allocate([1, 1]) for one in line.adjustments]
    first, second = (
        tuple(
            replace(one, amount=amounts[place])
            for one, amounts in zip(line.adjustments, parts, strict=True)
            if amounts[place]
        )
        for place in (0, 1)
    )
    return _half(line, charges[0], first), _half(line, charges[1], second)


def _half(
    line: RemittanceLine, charge: Money, adjustments: tuple[Adjustment, ...]
) -> RemittanceLine:
    paid = charge - total(one.amount for one in adjustments)
    return replace(
        line,
        charge=charge,
        paid=paid,
        allowed=None,
        adjustments=adjustments,
        line_control_number="",
    )


def _together(first: RemittanceLine, second: RemittanceLine) -> RemittanceLine:
    sums: dict[tuple[str, str], Money] = defaultdict(lambda: ZERO)
    for one in (*first.adjustments, *second.adjustments):
        sums[one.group, one.reason] += one.amount
    return replace(
        first,
        charge=first.charge + second.charge,
        paid=first.paid + second.paid,
        allowed=None,
        adjustments=tuple(Adjustment(*kind, amount) for kind, amount in sums.items()),
        remarks=tuple(dict.fromkeys((*first.remarks, *second.remarks))),
        line_control_number="",
    )


_FORMS: Final[Mapping[Case, Callable[[Written], Written]]] = MappingProxyType(
    {
        Case.CLAIM_LEVEL: _claim_level,
        Case.CHANGED_CODE: _changed_code,
        Case.SPLIT_LINE: _split_line,
        Case.MERGED_LINES: _merged_lines,
        Case.NO_MODIFIERS: _no_modifiers,
        Case.NUMBER_LOST: _number_lost,
        Case.CORRECTED_INSURED: _corrected_insured,
        Case.INTEREST: _with_interest,
    }
)


def negated(meanings: Sequence[LineMeaning]) -> tuple[LineMeaning, ...]:
    """Return what taking a decision back means."""
    return tuple(one.negated() for one in meanings)
