"""Where the day of a practice's person begins: what waits for an answer, and how claims stand."""

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import Response

from models.values.access import Right
from models.values.money import total
from revcycle.store import portal_claims, portal_queries
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.portal.own_practice import own_practice, show_portal
from workbench.pages.records.state_words import say_state, tone_of

router = APIRouter(prefix="/portal", dependencies=[needs(Right.SEE_REPORTS)])
RECENT = 5


@router.get("")
def show_home(visitor: CurrentVisitor) -> Response:
    """Show counts only; whoever wants a patient's data opens a list, which is noted."""
    practice = own_practice(visitor)
    with reading(visitor.site.database_url, [practice.id]) as session:
        queries = portal_queries.list_own_queries(session, practice.id, limit=LINES_OF_PAGE)
        sums = portal_claims.count_claims_by_state(session, practice.id)
        reports = portal_claims.list_own_reports(session, practice.id, limit=RECENT)
    now = visitor.site.now()
    counts = Counter("late" if one.line.due_at < now else "open" for one in queries if one.is_open)
    return show_portal(
        visitor,
        "home.html",
        practice,
        waiting=counts.total(),
        late=counts["late"],
        sums=sums,
        charges=total(one.charge for one in sums),
        reports=reports,
        say=say_state,
        tone=tone_of,
    )
