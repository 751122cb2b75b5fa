"""The practice's claims by state, and who must act next on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlmodel import Session

from models.states.claim import ClaimState
from models.values.access import Right
from models.values.display import to_dollars, to_short_date
from models.values.money import ZERO
from revcycle.formats.csv.lines import write_lines
from revcycle.rules.ledger.figures import Figures, figures_of
from revcycle.rules.work.who_acts import ClaimSituation, NextStep, next_step_of_claim
from revcycle.store import audit, book_extracts, portal_claims
from revcycle.store.portal_claims import OwnClaim
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.portal.own_practice import own_practice, show_portal
from workbench.pages.practices import Practice, act_at
from workbench.pages.records.downloads import attachment
from workbench.pages.records.state_words import say_state, tone_of

router = APIRouter(prefix="/portal/claims", dependencies=[needs(Right.SEE_REPORTS)])
EXPORT_MAX = 10_000
HEADS = (
    "Date of service",
    "Patient",
    "Payer",
    "Claim",
    "State",
    "Charge",
    "Paid",
    "Balance",
    "Next",
    "What",
    "By",
)
StateChoice = Annotated[ClaimState | None, Query()]


@dataclass(frozen=True, slots=True, repr=False)
class ClaimRow:
    """A claim as a line of the list.

    Attributes:
        books: Of the visit: what was paid, and what anybody still owes.
        step: Who must act next, and by when.
    """

    claim: OwnClaim
    books: Figures
    step: NextStep


@router.get("")
def show_claims(
    visitor: CurrentVisitor, state: StateChoice = None, after: UUID | None = None
) -> Response:
    """Show the sums by state and a page of the claims."""
    practice = own_practice(visitor)
    with transaction(visitor.site.database_url, practice.id) as session:
        sums = portal_claims.count_claims_by_state(session, practice.id)
        claims = portal_claims.list_own_claims(
            session, practice.id, state=state, after=after, limit=LINES_OF_PAGE + 1
        )
        rows = claim_rows(session, practice, claims[:LINES_OF_PAGE])
        act = act_at(visitor, practice)
        audit.record_act(session, practice.id, act, "see_claim_list", "claim", None)
    return show_portal(
        visitor,
        "claims.html",
        practice,
        sums=sums,
        rows=rows,
        state=state,
        after=rows[-1].claim.id if len(claims) > LINES_OF_PAGE else None,
        is_first=after is None,
        say=say_state,
        tone=tone_of,
    )


@router.get("/export")
def export_claims(visitor: CurrentVisitor, state: StateChoice = None) -> Response:
    """Let the practice save its claims as a table; no cell of it is a formula."""
    practice = own_practice(visitor)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        claims = portal_claims.list_own_claims(session, practice.id, state=state, limit=EXPORT_MAX)
        rows = claim_rows(session, practice, claims)
        audit.record_act(session, practice.id, act, "export_claims", "claim", None)
    content = "".join(write_lines(HEADS, _cells(rows)))
    return attachment(content.encode(), f"claims-{act.today:%Y-%m-%d}.csv")


def claim_rows(session: Session, practice: Practice, claims: Sequence[OwnClaim]) -> list[ClaimRow]:
    """Put balances and next steps beside claims: a bounded number of queries for all."""
    ids = [claim.id for claim in claims]
    work_due = portal_claims.find_work_due(session, practice.id, ids)
    denials_due = portal_claims.find_denials_due(session, practice.id, ids)
    sums = book_extracts.sums_of_encounters(
        session, practice.id, {claim.encounter_id for claim in claims}
    )
    zone = ZoneInfo(practice.time_zone)
    rows = []
    for claim in claims:
        books = figures_of(sums.get(claim.encounter_id, {}))
        due_at = work_due.get(claim.id)
        situation = ClaimSituation(
            state=claim.state,
            file_by=claim.file_by,
            work_due=due_at.astimezone(zone).date() if due_at else None,
            denial_due=denials_due.get(claim.id),
            is_patients_turn=books.owed_by_patient > ZERO,
        )
        rows.append(ClaimRow(claim, books, next_step_of_claim(situation)))
    return rows


def _cells(rows: Sequence[ClaimRow]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        claim, step = row.claim, row.step
        yield (
            to_short_date(claim.service_date) if claim.service_date else "",
            claim.patient_name,
            claim.payer_name,
            claim.control_number,
            say_state(claim.state),
            to_dollars(claim.charge),
            to_dollars(row.books.paid),
            to_dollars(row.books.balance),
            str(step.who),
            step.what,
            to_short_date(step.by) if step.by else "",
        )
