"""Who did what, when, to what: of practices, and of people and their sign-ins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, StreamingResponse
from sqlmodel import Session

from models.errors import NotFoundError
from models.values.access import Right
from revcycle.formats.csv.lines import write_lines
from revcycle.store import audit_trail, staff
from revcycle.store.audit import record_act
from revcycle.store.audit_trail import TrailLine, TrailPlace, TrailWanted
from revcycle.store.session import across, reading, transaction
from revcycle.store.staff_trail import list_staff_lines, record_staff_act
from workbench.pages.access import CurrentVisitor, Visitor, needs
from workbench.pages.board.board_address import BoardView, CurrentBoard, ShortText
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.practices import act_at

router = APIRouter(dependencies=[needs(Right.SEE_AUDIT)])
BETWEEN: Final = "~"
LINES_OF_BATCH: Final = 2_000  # of an export, which is never held in memory as a whole
HEADS: Final = ("at", "practice", "who", "action", "subject", "subject id", "outcome")


class Trail(StrEnum):
    """Which trail is shown. The value stands in the address."""

    PRACTICES = "practices"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class TrailView:
    """What is asked of a trail."""

    board: BoardView
    trail: Trail
    wanted: TrailWanted

    def query(self, **parts: object) -> str:
        """Write the part of an address after the question mark."""
        own = {
            "trail": self.trail,
            "actor": self.wanted.actor,
            "action": self.wanted.action,
            "subject": self.wanted.subject_id,
        }
        return self.board.query(**(own | parts))


def read_trail_view(
    *,
    view: CurrentBoard,
    trail: Trail = Trail.PRACTICES,
    actor: ShortText = "",
    action: ShortText = "",
    subject: Annotated[str, Query(max_length=36)] = "",
) -> TrailView:
    """Read what is asked for.

    Raises:
        NotFoundError: the subject is no id.
    """
    try:
        subject_id = UUID(subject.strip()) if subject.strip() else None
    except ValueError as error:
        msg = "there is no record of such an id"
        raise NotFoundError(msg) from error
    wanted = TrailWanted(view.period, actor.strip(), action.strip(), subject_id)
    return TrailView(view, trail, wanted)


CurrentTrail = Annotated[TrailView, Depends(read_trail_view)]


@router.get("/audit")
def show_audit(
    visitor: CurrentVisitor, asked: CurrentTrail, after: Annotated[str, Query(max_length=90)] = ""
) -> HTMLResponse:
    """Show fifty lines of a trail; ids and codes, nothing of a patient."""
    place = _to_place(after)
    board = asked.board
    with reading(visitor.site.database_url, board.client_ids) as session:
        lines = _read(session, asked, place, LINES_OF_PAGE + 1)
        logins = {member.id: member.login for member in staff.list_staff(session)}
    shown = lines[:LINES_OF_PAGE]
    has_more = len(lines) > LINES_OF_PAGE
    return visitor.show(
        "audit.html",
        here="audit",
        asked=asked,
        view=board,
        lines=shown,
        names={practice.id: practice for practice in board.chosen},
        logins=logins,
        is_first=place is None,
        next_query=asked.query(after=_to_after(shown[-1])) if has_more else "",
        several=len(board.chosen) > 1,
    )


@router.get("/audit.csv")
def export_audit(visitor: CurrentVisitor, asked: CurrentTrail) -> StreamingResponse:
    """Export a trail as CSV, and note in the trails that it was exported."""
    _record_export(visitor, asked)
    names = {practice.id: practice.key for practice in asked.board.chosen}
    first, last = asked.board.period.first, asked.board.period.last
    name = f"{asked.trail}-{first.isoformat()}-{last.isoformat()}.csv"
    return StreamingResponse(
        write_lines(HEADS, _cells(visitor.site.database_url, asked, names)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audit-{name}"'},
    )


def _record_export(visitor: Visitor, asked: TrailView) -> None:
    url = visitor.site.database_url
    if asked.trail is Trail.PEOPLE:
        with transaction(url) as session:
            record_staff_act(session, visitor.act, "export_staff_trail", None)
        return
    with across(url, asked.board.client_ids) as session:
        for practice in asked.board.chosen:
            act = act_at(visitor, practice)
            record_act(session, practice.id, act, "export_audit_trail", "audit_event", None)


def _cells(url: str, asked: TrailView, names: Mapping[UUID, str]) -> Iterator[list[str]]:
    place: TrailPlace | None = None
    while True:
        with reading(url, asked.board.client_ids) as session:
            lines = _read(session, asked, place, LINES_OF_BATCH)
        for line in lines:
            yield [
                line.at.astimezone(UTC).isoformat(),
                names[line.client_id] if line.client_id else "",
                line.actor,
                line.action,
                line.subject_kind,
                str(line.subject_id or ""),
                line.outcome,
            ]
        if len(lines) < LINES_OF_BATCH:
            return
        place = lines[-1].place


def _read(
    session: Session, asked: TrailView, after: TrailPlace | None, limit: int
) -> list[TrailLine]:
    if asked.trail is Trail.PRACTICES:
        ids = asked.board.client_ids
        return audit_trail.list_trail(session, ids, asked.wanted, after=after, limit=limit)
    since, until = asked.wanted.period.bounds(asked.board.time_zone)
    lines = list_staff_lines(
        session,
        since=since,
        until=until,
        actor=asked.wanted.actor,
        action=asked.wanted.action,
        staff_member_id=asked.wanted.subject_id,
        after=(after.at, after.id) if after else None,
        limit=limit,
    )
    return [
        TrailLine(
            None, one.id, one.at, one.actor, one.action, "person", one.staff_member_id, one.outcome
        )
        for one in lines
    ]


def _to_after(line: TrailLine) -> str:
    return f"{line.at.astimezone(UTC).isoformat()}{BETWEEN}{line.id}"


def _to_place(after: str) -> TrailPlace | None:
    """Read where a page begins.

    Raises:
        NotFoundError: nobody gave this address.
    """
    if not after:
        return None
    at, _, line_id = after.partition(BETWEEN)
    try:
        place = TrailPlace(datetime.fromisoformat(at), UUID(line_id))
    except ValueError as error:
        msg = "there is no such place in the trail"
        raise NotFoundError(msg) from error
    if place.at.tzinfo is None:
        msg = "there is no such place in the trail"
        raise NotFoundError(msg)
    return place
