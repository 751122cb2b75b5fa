"""The pane of a payment variance: what was agreed, what was allowed, and what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from models.documents.contract import LineDifference
from models.states.variance import STANDING_VARIANCE_STATES, VarianceState
from models.tables import Variance
from models.values.access import Right
from models.values.money import ZERO, Money
from revcycle.operations.approvals.policies import variance_limit
from revcycle.operations.contracts.let_variance_be import at_stake
from revcycle.operations.contracts.settle_differences import SUBJECT
from revcycle.operations.contracts.work_variance import ANSWER_DAYS
from revcycle.rules.approvals.ladder import needs_second_person
from revcycle.rules.contracts.reason_words import say_reason
from revcycle.store import claim_picture, variances
from revcycle.store.claim_picture import BilledService, ClaimHead
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.panes.variance_texts import STATE_WORDS

TEMPLATE: Final = "panes/variance.html"


@dataclass(frozen=True, slots=True)
class VarianceLineText:
    """One line of a variance in words."""

    number: str
    service: str
    expected: Money
    allowed: Money
    shortfall: Money
    reason: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class VariancePicture:
    """A variance with its lines, as the pane and the letter show it."""

    state: VarianceState
    state_words: str
    reason: str
    expected: Money
    allowed: Money
    shortfall: Money
    first_shortfall: Money
    recovered: Money
    is_over: bool
    note: str
    lines: tuple[VarianceLineText, ...]
    claim: ClaimHead


def build_variance(session: Session, opened: OpenedItem) -> Pane:
    """Show a variance; an item that is about something else is finished by hand."""
    if opened.line.subject_kind != SUBJECT:
        return build_by_hand(session, opened)
    row = variances.get_variance(session, opened.act.client_id, opened.line.subject_id)
    picture = picture_variance(session, row)
    limit = variance_limit(find_client_file(opened.practice.key))
    answer_by = opened.act.today + timedelta(days=ANSWER_DAYS)
    facts = {
        "variance": picture,
        "is_worked": opened.is_mine
        and picture.state in STANDING_VARIANCE_STATES
        and not row.let_be_asked_by
        and opened.person.may(Right.WORK_DENIALS),
        "may_give_up": opened.person.may(Right.APPROVE_WRITE_OFFS),
        "sees_books": opened.person.may(Right.SEE_BOOKS),
        "asked_by": row.let_be_asked_by,
        "let_be_limit": limit,
        "needs_two": needs_second_person(at_stake(row), limit=limit),
        "seen": fingerprint_of(values_of(row)),
        "answer_by": opened.typed.get("answer_by", answer_by.isoformat()),
        "note": opened.typed.get("note", ""),
        "chosen": opened.typed.get("act", ""),
    }
    return Pane(TEMPLATE, facts)


def picture_variance(session: Session, row: Variance) -> VariancePicture:
    """Put a variance into words."""
    services = claim_picture.list_services(session, row.client_id, row.claim_id)
    lines = variances.list_lines(session, row.client_id, row.id)
    state = VarianceState(row.state)
    return VariancePicture(
        state=state,
        state_words=STATE_WORDS[state],
        reason=say_reason(row.reason),
        expected=row.expected,
        allowed=row.allowed,
        shortfall=row.expected - row.allowed,
        first_shortfall=row.first_shortfall,
        recovered=row.recovered,
        is_over=row.first_shortfall < ZERO,
        note=row.note,
        lines=_lines(lines, services),
        claim=claim_picture.get_claim_head(session, row.client_id, row.claim_id),
    )


def values_of(row: Variance) -> Mapping[str, str]:
    """What a person must have seen to decide: other figures are another question."""
    return {
        "state": STATE_WORDS[VarianceState(row.state)],
        "expected": str(row.expected),
        "allowed": str(row.allowed),
    }


def _lines(
    lines: Sequence[LineDifference], services: Sequence[BilledService]
) -> tuple[VarianceLineText, ...]:
    by_id = {one.id: one for one in services}
    found = ((one, by_id.get(one.claim_line_id) if one.claim_line_id else None) for one in lines)
    return tuple(_line(one, service) for one, service in found)


def _line(line: LineDifference, service: BilledService | None) -> VarianceLineText:
    return VarianceLineText(
        number=str(service.number) if service else "all",
        service=" ".join((service.procedure_code, *service.modifiers)) if service else "the claim",
        expected=line.expected,
        allowed=line.allowed,
        shortfall=line.shortfall,
        reason=say_reason(line.reason),
        arithmetic=line.arithmetic,
    )
