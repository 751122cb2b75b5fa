"""Emergency access: open a practice that is not one's own for an hour; and judge it later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.tables import BreakGlass
from models.values.access import Right
from revcycle.operations.access.open_glass import end_glass, open_glass, review_glass
from revcycle.rules.access.glass import REASON_LENGTH_MAX, REASON_LENGTH_MIN, TIME_BOX
from revcycle.store import break_glass, staff
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.form_texts import LongText, Text
from workbench.pages.practices import choose_practices, list_all_practices
from workbench.pages.sign_in import SEE_OTHER

router = APIRouter(prefix="/emergency")
log = structlog.get_logger()

CONFLICT = 409


@dataclass(frozen=True, slots=True, repr=False)
class GlassLine:
    """One emergency access as a line of a list."""

    id: UUID
    person_name: str
    practice_name: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    is_own: bool


@router.get("", dependencies=[needs(Right.BREAK_GLASS)])
def show_emergency(visitor: CurrentVisitor) -> Response:
    """Ask which practice, and why; show what is open."""
    return _emergency(visitor)


@router.post("", dependencies=[needs(Right.BREAK_GLASS)])
def take_reason(visitor: CurrentVisitor, client: Text = "", reason: LongText = "") -> Response:
    """Open a practice for an hour, and tell those who review."""
    (practice,) = choose_practices(list_all_practices(visitor.site), client or " ")
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            open_glass(session, _act(visitor, practice.id), person_of(visitor), reason)
    except RejectedError as error:
        return _emergency(visitor, client=client, reason=reason, problem=str(error))
    log.warning("break_glass_opened", client=practice.key)
    return RedirectResponse("/emergency", SEE_OTHER)


@router.post("/{glass_id}/end", dependencies=[needs(Right.BREAK_GLASS)])
def end(visitor: CurrentVisitor, glass_id: UUID) -> Response:
    """Give an emergency access back."""
    practice_id = _practice_of(visitor, glass_id)
    with transaction(visitor.site.database_url, practice_id) as session:
        end_glass(session, _act(visitor, practice_id), person_of(visitor), glass_id)
    return RedirectResponse("/emergency", SEE_OTHER)


@router.get("/reviews", dependencies=[needs(Right.REVIEW_BREAK_GLASS)])
def show_reviews(visitor: CurrentVisitor) -> Response:
    """Show what nobody has judged yet."""
    names = {one.id: one.name for one in list_all_practices(visitor.site)}
    with transaction(visitor.site.database_url) as session:
        lines = _lines(session, visitor, names, break_glass.list_to_review(session))
    return visitor.show("glass_reviews.html", here="reviews", lines=lines, at=visitor.site.now())


@router.post("/{glass_id}/review", dependencies=[needs(Right.REVIEW_BREAK_GLASS)])
def review(
    visitor: CurrentVisitor, glass_id: UUID, verdict: Text = "", note: LongText = ""
) -> Response:
    """Judge an emergency access."""
    if verdict not in ("justified", "objected"):
        msg = "say whether it was justified"
        raise RejectedError(msg)
    practice_id = _practice_of(visitor, glass_id)
    with transaction(visitor.site.database_url, practice_id) as session:
        review_glass(
            session,
            _act(visitor, practice_id),
            person_of(visitor),
            glass_id,
            is_justified=verdict == "justified",
            note=note,
        )
    return RedirectResponse("/emergency/reviews", SEE_OTHER)


def _emergency(
    visitor: Visitor, *, client: str = "", reason: str = "", problem: str = ""
) -> Response:
    person, now = person_of(visitor), visitor.site.now()
    everything = list_all_practices(visitor.site)
    names = {one.id: one.name for one in everything}
    with transaction(visitor.site.database_url) as session:
        own = break_glass.list_own(session, person.staff_member_id, at=now)
        lines = _lines(session, visitor, names, own)
    others = [one for one in everything if one.id not in person.practice_ids]
    return visitor.show(
        "emergency.html",
        here="account",
        status_code=CONFLICT if problem else 200,
        at=now,
        lines=lines,
        practices=others,
        client=client,
        reason=reason,
        reason_min=REASON_LENGTH_MIN,
        reason_max=REASON_LENGTH_MAX,
        time_box=TIME_BOX,
        problem=problem,
    )


def _lines(
    session: Session, visitor: Visitor, names: Mapping[UUID, str], rows: Sequence[BreakGlass]
) -> list[GlassLine]:
    own_id = person_of(visitor).staff_member_id
    return [
        GlassLine(
            id=row.id,
            person_name=staff.get_staff_member(session, row.staff_member_id).display_name,
            practice_name=names[row.practice_id],
            reason=row.reason,
            opened_at=row.opened_at,
            ends_at=row.ends_at,
            is_own=row.staff_member_id == own_id,
        )
        for row in rows
    ]


def _practice_of(visitor: Visitor, glass_id: UUID) -> UUID:
    with transaction(visitor.site.database_url) as session:
        return break_glass.get_break_glass(session, glass_id).practice_id


def _act(visitor: Visitor, practice_id: UUID) -> Act:
    now = visitor.site.now()
    return Act(practice_id, person_of(visitor).login, now, now.date())
