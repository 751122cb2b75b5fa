"""Keep one variance for each claim that was paid otherwise than agreed, and one item for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.contract import LineDifference
from models.states.variance import (
    VARIANCE_TRANSITIONS,
    VarianceEvent,
    VarianceState,
)
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Variance
from models.values.money import Money, total
from revcycle.operations.submission.policies import WorkTerms
from revcycle.rules.contracts.reason_words import say_reason
from revcycle.store import variances, work_items
from revcycle.store.state_changes import move, record_creation
from revcycle.store.work_items import NewWorkItem

SUBJECT = "variance"
DETAIL_LENGTH = 400
LEVELED, TAKEN_BACK = "leveled", "decision_taken_back"


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """A claim, what stands of its payer's decisions, and where they differ from the contract."""

    claim_id: UUID
    decision_id: UUID | None
    differences: tuple[LineDifference, ...]


@dataclass(frozen=True, slots=True)
class SettledCount:
    """What a comparison came to."""

    claims: int = 0
    opened: int = 0
    leveled: int = 0
    withdrawn: int = 0


Stated = tuple[Variance, tuple[LineDifference, ...]]


@dataclass(slots=True)
class _Work:
    """Variances by what is to be done about them."""

    opened: list[Stated] = field(default_factory=list)
    restated: list[Stated] = field(default_factory=list)
    leveled: list[Variance] = field(default_factory=list)
    withdrawn: list[Variance] = field(default_factory=list)


def variance_cause(variance_id: UUID) -> str:
    """Name the cause of the item of a variance."""
    return f"variance:{variance_id}"


def let_be_cause(variance_id: UUID) -> str:
    """Name the cause of the item in which a second person decides to let a variance be."""
    return f"variance:{variance_id}:let_be"


def settle_differences(
    session: Session, act: Act, compared: Sequence[ComparedClaim], *, terms: WorkTerms
) -> SettledCount:
    """Open, restate or close the variance of each claim."""
    client_id = act.client_id
    standing = variances.find_standing(session, client_id, [one.claim_id for one in compared])
    decision_ids = [one.decision_id for one in compared if one.decision_id]
    known = variances.find_of_decisions(session, client_id, decision_ids)
    work = _Work()
    for one in compared:
        _sort(session, act, one, standing.get(one.claim_id), known, work)
    session.flush()
    lines = {row.id: differences for row, differences in (*work.opened, *work.restated)}
    variances.replace_lines(session, client_id, lines)
    _level(session, act, work.leveled)
    _withdraw(session, act, work.withdrawn)
    _restate_items(session, act, work.restated)
    _open_items(session, act, work.opened, terms)
    return SettledCount(len(compared), len(work.opened), len(work.leveled), len(work.withdrawn))


def _sort(
    session: Session,
    act: Act,
    one: ComparedClaim,
    row: Variance | None,
    known: Mapping[UUID, Variance],
    work: "_Work",
) -> None:
    """Say what is to be done about a claim, and state its variance anew."""
    if row is None:
        opened = _open(session, act, one, known)
        if opened is not None:
            _restate(opened, one.differences)
            work.opened.append((opened, one.differences))
    elif one.differences:
        _restate(row, one.differences)
        work.restated.append((row, one.differences))
    elif one.decision_id:
        work.leveled.append(row)
    elif row.state == VarianceState.OPEN:
        work.withdrawn.append(row)


def _open(
    session: Session, act: Act, one: ComparedClaim, known: Mapping[UUID, Variance]
) -> Variance | None:
    """Open a variance for a decision that has none; what a person settled stays settled."""
    if not one.differences or one.decision_id is None:
        return None
    row = known.get(one.decision_id)
    if row is None:
        row = _new(act, one.claim_id, one.decision_id, one.differences)
        record_creation(session, act.client_id, act, row)
        return row
    if row.state != VarianceState.WITHDRAWN:
        return None
    move(session, act.client_id, act, row, VARIANCE_TRANSITIONS, VarianceEvent.REOPEN)
    return row


def _new(
    act: Act, claim_id: UUID, decision_id: UUID, differences: Sequence[LineDifference]
) -> Variance:
    return Variance(
        client_id=act.client_id,
        claim_id=claim_id,
        remittance_claim_id=decision_id,
        state=VarianceState.OPEN,
        reason=_worst(differences).reason,
        expected=total(one.expected for one in differences),
        allowed=total(one.allowed for one in differences),
        first_shortfall=_shortfall(differences),
        opened_on=act.today,
    )


def _restate(row: Variance, differences: Sequence[LineDifference]) -> None:
    """Say of a variance what is so now; what is missing less than at first was recovered."""
    row.reason = _worst(differences).reason
    row.expected = total(one.expected for one in differences)
    row.allowed = total(one.allowed for one in differences)
    row.recovered = row.first_shortfall - _shortfall(differences)


def _level(session: Session, act: Act, rows: Sequence[Variance]) -> None:
    for row in rows:
        row.recovered = row.first_shortfall
        move(session, act.client_id, act, row, VARIANCE_TRANSITIONS, VarianceEvent.RECOVER)
    _close_items(session, act, rows, LEVELED)


def _withdraw(session: Session, act: Act, rows: Sequence[Variance]) -> None:
    for row in rows:
        move(session, act.client_id, act, row, VARIANCE_TRANSITIONS, VarianceEvent.WITHDRAW)
        row.let_be_asked_by = ""  # a decision that stands again is asked about anew
    _close_items(session, act, rows, TAKEN_BACK)


def _close_items(session: Session, act: Act, rows: Sequence[Variance], resolution: str) -> None:
    causes = [name(row.id) for row in rows for name in (variance_cause, let_be_cause)]
    if causes:
        work_items.close_work_items(
            session,
            act.client_id,
            act,
            causes,
            resolution=resolution,
            event=WorkItemEvent.CANCEL,
        )


def _restate_items(session: Session, act: Act, restated: Sequence[Stated]) -> None:
    for row, _ in restated:
        work_items.restate_work_item(
            session,
            act.client_id,
            variance_cause(row.id),
            reason=row.reason,
            field="",
            detail=_detail(row),
        )


def _open_items(session: Session, act: Act, opened: Sequence[Stated], terms: WorkTerms) -> None:
    items = [
        NewWorkItem(
            queue=Queue.VARIANCE,
            cause_key=variance_cause(row.id),
            subject_kind=SUBJECT,
            subject_id=row.id,
            reason=row.reason,
            detail=_detail(row),
            service_hours=terms.service_hours,
            priority=terms.priority,
        )
        for row, _ in opened
    ]
    session.flush()
    work_items.open_work_items(session, act.client_id, act, items)


def _detail(row: Variance) -> str:
    side = "below" if row.allowed < row.expected else "above"
    amount = Money(abs((row.expected - row.allowed).cents))
    words = say_reason(row.reason).removeprefix(f"{side} the contract, ")
    return f"${amount} {side} the contract: {words}"[:DETAIL_LENGTH]


def _shortfall(differences: Sequence[LineDifference]) -> Money:
    return total(one.shortfall for one in differences)


def _worst(differences: Sequence[LineDifference]) -> LineDifference:
    """Return the line with the largest difference, the first of equal ones."""
    return max(differences, key=lambda one: abs(one.shortfall.cents))
