"""The trial balance of a practice: every account, and that they sum to zero."""

from fastapi.responses import Response

from models.values.money import total
from revcycle.store.ledger import trial_balance
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.practices import practice_of

router = books_router()


@router.get("/trial")
def show_trial(visitor: CurrentVisitor, client: str) -> Response:
    """Show every account with what stands in it; nothing of a patient is among it."""
    practice = practice_of(visitor, client)
    with reading(visitor.site.database_url, [practice.id]) as session:
        balances = trial_balance(session, practice.id)
    return show_books(
        visitor,
        "trial.html",
        practice,
        room="trial",
        balances=sorted(balances.items()),
        sum=total(balances.values()),
    )
