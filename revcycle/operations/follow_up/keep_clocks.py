"""Start, move and stop the clocks of a practice, and tell people of those that end soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.documents.clock import ClockKind
from models.states.clock import CLOCK_TRANSITIONS, ClockEvent
from models.states.work_item import Queue
from models.tables import ClockRow
from models.values.display import to_short_date
from revcycle.operations.follow_up.follow_up_items import follow_up_cause
from revcycle.operations.follow_up.policies import ClockPolicy
from revcycle.operations.follow_up.wanted_clocks import Key, WantedClock, list_wanted_clocks
from revcycle.operations.submission.policies import WorkTerms
from revcycle.store import clocks, silent_claims, work_items
from revcycle.store.state_changes import move, record_creation
from revcycle.store.work_items import NewWorkItem

# A silent payer is asked by a file, and a forwarded claim is billed on when its time is over.
TOLD: Final = frozenset(ClockKind) - {ClockKind.SILENT, ClockKind.CROSSOVER}
URGENT_DAYS: Final = 3
URGENT, NEAR = 1, 2  # priorities
WHAT: Final[Mapping[ClockKind, str]] = {
    ClockKind.FILING: "file the claim; no receipt proves that the payer has it",
    ClockKind.CORRECTED_CLAIM: "send the corrected claim",
    ClockKind.APPEAL: "send the appeal",
    ClockKind.RECORDS: "send the records",
    ClockKind.OVERPAYMENT: "give the money back",
}


@dataclass(frozen=True, slots=True)
class KeptClocks:
    """How many clocks were started, moved and stopped, and how many items opened or raised."""

    started: int = 0
    moved: int = 0
    stopped: int = 0
    items: int = 0
    raised: int = 0


def keep_clocks(session: Session, act: Act, *, policy: ClockPolicy, terms: WorkTerms) -> KeptClocks:
    """Let run what must run and nothing else, then tell people of what ends soon or is over.

    One item per cause: work that is open already about the same thing comes first instead. An item
    that somebody closed opens again while its clock runs. Repeating it is safe.
    """
    wanted = list_wanted_clocks(session, act, policy)
    running = {_key(row): row for row in clocks.lock_running_clocks(session, act.client_id)}
    over = [row for key, row in running.items() if key not in wanted]
    for row in over:
        move(session, act.client_id, act, row, CLOCK_TRANSITIONS, ClockEvent.STOP)
        row.stopped_at = act.at
    moved = sum(_set(row, wanted[key]) for key, row in running.items() if key in wanted)
    started = _start(session, act, {key: one for key, one in wanted.items() if key not in running})
    session.flush()
    _close_items(session, act, over)
    raised, items = _tell(session, act, terms)
    return KeptClocks(started, moved, len(over), items, raised)


def clock_cause(row: ClockRow) -> str:
    """Name the cause of the item of a clock that ends soon."""
    return f"clock:{row.kind}:{row.subject_id}"


def _key(row: ClockRow) -> Key:
    return (ClockKind(row.kind), row.subject_kind, row.subject_id)


def _set(row: ClockRow, clock: WantedClock) -> bool:
    """Give a clock its days; those of a clock that runs move only with what it is about."""
    if (row.started_on, row.ends_on) == (clock.started_on, clock.ends_on):
        return False
    row.started_on, row.warn_on, row.ends_on = clock.started_on, clock.warn_on, clock.ends_on
    row.rule_id, row.source = clock.rule.id, clock.rule.source
    return True


def _start(session: Session, act: Act, new: Mapping[Key, WantedClock]) -> int:
    stopped = clocks.lock_stopped_clocks(session, act.client_id, {key[2] for key in new})
    known = {_key(row): row for row in stopped}
    for key, clock in new.items():
        row = known.get(key)
        if row is None:
            record_creation(session, act.client_id, act, _row(act, clock))
        else:
            move(session, act.client_id, act, row, CLOCK_TRANSITIONS, ClockEvent.RESTART)
            row.stopped_at = None
            _set(row, clock)
    return len(new)


def _row(act: Act, clock: WantedClock) -> ClockRow:
    return ClockRow(
        client_id=act.client_id,
        kind=clock.kind,
        subject_kind=clock.subject_kind,
        subject_id=clock.subject_id,
        claim_id=clock.claim_id,
        patient_id=clock.patient_id,
        amount=clock.amount,
        payer_name=clock.payer_name,
        rule_id=clock.rule.id,
        source=clock.rule.source[:200],
        started_on=clock.started_on,
        warn_on=clock.warn_on,
        ends_on=clock.ends_on,
    )


def _close_items(session: Session, act: Act, stopped: Sequence[ClockRow]) -> None:
    """Close what asked for something that is done; a decided claim needs no follow-up either."""
    causes = [clock_cause(row) for row in stopped]
    work_items.close_work_items(session, act.client_id, act, causes, resolution="clock_stopped")
    silent = [row.subject_id for row in stopped if row.kind == ClockKind.SILENT]
    waiting = silent_claims.undecided_among(session, act.client_id, silent)
    decided = [follow_up_cause(one) for one in silent if one not in waiting]
    work_items.close_work_items(session, act.client_id, act, decided, resolution="decided")


def _tell(session: Session, act: Act, terms: WorkTerms) -> tuple[int, int]:
    """Raise the work that is open about each clock's subject; open an item where there is none."""
    rows = [
        row
        for row in clocks.list_clocks_to_tell(session, act.client_id, act.today)
        if row.kind in TOLD
    ]
    causes = clocks.causes_of_subjects(session, act.client_id, {row.subject_id for row in rows})
    raised = 0
    for priority in (URGENT, NEAR):
        of_priority = [row for row in rows if _priority(row, act) == priority]
        known = [
            cause
            for row in of_priority
            for cause in causes.get((row.subject_kind, row.subject_id), ())
        ]
        raised += work_items.raise_priority(session, act.client_id, known, priority=priority)
    items = [
        _item(row, act, terms) for row in rows if not causes.get((row.subject_kind, row.subject_id))
    ]
    return raised, work_items.open_work_items(session, act.client_id, act, items)


def _priority(row: ClockRow, act: Act) -> int:
    return URGENT if (row.ends_on - act.today).days <= URGENT_DAYS else NEAR


def _item(row: ClockRow, act: Act, terms: WorkTerms) -> NewWorkItem:
    is_over = row.ends_on < act.today
    when = (
        f"Ended on {to_short_date(row.ends_on)}" if is_over else f"By {to_short_date(row.ends_on)}"
    )
    return NewWorkItem(
        queue=Queue.FOLLOW_UP,
        cause_key=clock_cause(row),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        reason=f"clock.{row.kind}",
        detail=f"{when}: {WHAT[ClockKind(row.kind)]}",
        service_hours=terms.service_hours,
        priority=_priority(row, act),
    )
