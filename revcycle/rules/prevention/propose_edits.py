"""Which edits do a practice's denials propose?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from models.documents.learned_edit import (
    EditKind,
    EditLine,
    EditProposal,
    EditRule,
    PastClaim,
    PastDenial,
)
from models.values.money import total
from revcycle.rules.prevention.back_test import back_test
from revcycle.rules.prevention.denial_kinds import kind_of

DENIED_MIN: Final = 3  # claims; fewer are chance
PRECISION_MIN_PERMILLE: Final = 500  # an edit that is wrong more often than right costs more
WANTED_MAX: Final = 12  # modifiers or prefixes; more is no pattern
PREFIX: Final = 3  # characters of a diagnosis: its category
ANY_PROCEDURE: Final = frozenset({EditKind.REQUIRES_COVERAGE, EditKind.PROVIDER_NOT_ENROLLED})
Found = tuple[PastClaim, PastDenial, EditLine]


def propose_edits(claims: Sequence[PastClaim]) -> tuple[EditProposal, ...]:
    """Find patterns of denials that an edit would have prevented, the most money first.

    A pattern is one payer, one kind of edit and, where the kind is about a service, one procedure.
    What it wants (modifiers, categories of diagnoses) is learned from lines that the same payer
    paid. Only what was denied at least three times, and stops denied claims at least as often as
    paid ones, is proposed.
    """
    groups: dict[tuple[str, EditKind, str], list[Found]] = defaultdict(list)
    for found in _denied(claims):
        claim, denial, line = found
        kind = kind_of(denial.reason)
        if kind is not None:
            groups[claim.payer_key, kind, _scope(kind, claim, line)].append(found)
    proposals = (
        proposal
        for (payer_key, kind, scope), denied in groups.items()
        for proposal in _proposal(claims, payer_key, kind, scope, denied)
    )
    order = sorted(proposals, key=lambda one: (-one.denied_amount.cents, str(one.rule)))
    return tuple(order)


def _denied(claims: Sequence[PastClaim]) -> Iterator[Found]:
    for claim in claims:
        lines = {line.number: line for line in claim.subject.lines}
        for denial in claim.denials:
            if denial.line_number in lines:
                yield claim, denial, lines[denial.line_number]


def _scope(kind: EditKind, claim: PastClaim, line: EditLine) -> str:
    """Name what a pattern is about beside its payer: a provider, a procedure, or nothing."""
    if kind is EditKind.PROVIDER_NOT_ENROLLED:
        return claim.subject.provider_npi
    return "" if kind in ANY_PROCEDURE else line.procedure_code


def _proposal(
    claims: Sequence[PastClaim], payer_key: str, kind: EditKind, scope: str, denied: list[Found]
) -> Iterator[EditProposal]:
    claim_ids = tuple(dict.fromkeys(claim.id for claim, *_ in denied))
    rule = _rule(claims, payer_key, kind, scope, denied)
    if rule is None or len(claim_ids) < DENIED_MIN:
        return
    test = back_test(rule, claims)
    if len(test.hits) < DENIED_MIN or test.precision_permille < PRECISION_MIN_PERMILLE:
        return
    _, first, _ = max(denied, key=lambda found: (_count(denied, found), found[1].reason))
    yield EditProposal(
        rule=rule,
        group=first.group,
        reason=first.reason,
        remark=first.remark,
        denied=claim_ids,
        denied_amount=total(denial.amount for _, denial, _ in denied),
        test=test,
    )


def _count(denied: list[Found], found: Found) -> int:
    return sum(other.reason == found[1].reason for _, other, _ in denied)


def _rule(
    claims: Sequence[PastClaim], payer_key: str, kind: EditKind, scope: str, denied: list[Found]
) -> EditRule | None:
    """Say what the edit asks; None where paid lines do not show what was missing."""
    if kind is EditKind.PROVIDER_NOT_ENROLLED:
        return EditRule(kind, payer_key, "", (scope,)) if scope else None
    if kind not in {EditKind.REQUIRES_MODIFIER, EditKind.REQUIRES_DIAGNOSIS}:
        return EditRule(kind, payer_key, scope)
    paid = list(_paid_lines(claims, payer_key, scope))
    wanted = _seen(kind, paid) - _seen(kind, [line for *_, line in denied])
    if not 1 <= len(wanted) <= WANTED_MAX:
        return None
    return EditRule(kind, payer_key, scope, tuple(sorted(wanted)))


def _paid_lines(
    claims: Sequence[PastClaim], payer_key: str, procedure_code: str
) -> Iterator[EditLine]:
    for claim in claims:
        if claim.payer_key == payer_key:
            denied = {denial.line_number for denial in claim.denials}
            for line in claim.subject.lines:
                if line.procedure_code == procedure_code and line.number not in denied:
                    yield line


def _seen(kind: EditKind, lines: Sequence[EditLine]) -> set[str]:
    if kind is EditKind.REQUIRES_MODIFIER:
        return {modifier for line in lines for modifier in line.modifiers}
    return {code[:PREFIX] for line in lines for code in line.diagnoses}
