"""The page of a payment: its claims, what was moved outside of them, and the equation."""

from uuid import UUID

from fastapi.responses import Response
from sqlmodel import Session

from models.documents.records import BookLine
from models.values.accounts import Account
from models.values.money import ZERO, total
from revcycle.store import (
    audit,
    book_extracts,
    decisions,
    remittance_picture,
    work_lists,
)
from revcycle.store.remittance_picture import RemittanceFacts
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, PageOf, page_of
from workbench.pages.practices import act_at, practice_of
from workbench.pages.records.payer_texts import texts_of_decisions
from workbench.pages.records.record_page import RecordId, record_router, show_record

router = record_router()
POSTINGS_SHOWN = 500


@router.get("/remittances/{remittance_id}")
def show_remittance(
    visitor: CurrentVisitor,
    client: str,
    remittance_id: RecordId,
    page: PageNumber = 1,
    account: Account | None = None,
) -> Response:
    """Show a payment of a payer; with ``account`` the postings that its sum there is made of."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        head = remittance_picture.get_remittance_facts(session, practice.id, remittance_id)
        audit.record_act(session, practice.id, act, "see_remittance", "remittance", remittance_id)
        count, charged, paid = decisions.sum_decisions(session, practice.id, remittance_id)
        shown = page_of(page, count)
        facts = _facts(session, practice.id, head, shown)
        postings = _postings(session, practice.id, head.id, account)
    return show_record(
        visitor,
        "remittance.html",
        practice,
        head=head,
        page=shown,
        charged=charged or ZERO,
        paid=paid or ZERO,
        account=account,
        postings=postings,
        **facts,
    )


def _postings(
    session: Session, client_id: UUID, remittance_id: UUID, account: Account | None
) -> list[BookLine]:
    if account is None:
        return []
    return book_extracts.list_postings_of_remittance(
        session, client_id, remittance_id, account=account, limit=POSTINGS_SHOWN
    )


def _facts(
    session: Session, client_id: UUID, head: RemittanceFacts, page: PageOf
) -> dict[str, object]:
    claims = decisions.list_decisions_of_remittance(
        session, client_id, head.id, offset=page.offset, limit=LINES_OF_PAGE
    )
    lines = decisions.list_decided_lines(session, client_id, [one.id for one in claims])
    moved = remittance_picture.list_moved_outside(session, client_id, head.id)
    subjects = [("remittance", head.id), *(("remittance_claim", one.id) for one in claims)]
    return {
        "claims": claims,
        "lines": lines,
        "listed": texts_of_decisions(session, claims, lines, head.payment_date),
        "moved": moved,
        "moved_total": total(one.amount for one in moved),
        "sums": book_extracts.sums_of_remittance(session, client_id, head.id),
        "work": work_lists.list_work_of_subject(session, client_id, subjects),
    }
