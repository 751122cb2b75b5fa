"""The trial balance of a practice: every account in one month, and that they sum to zero."""

from fastapi.responses import Response

from revcycle.operations.books.picture_trial import picture_trial
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.book_address import MonthText, read_month, words
from workbench.pages.books.book_exports import send_csv
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.practices import act_at, practice_of

router = books_router()
HEADS = ("account", "opening", "movement", "closing")


@router.get("/trial")
def show_trial(visitor: CurrentVisitor, client: str, period: MonthText = "") -> Response:
    """Show every account with what stands in it; nothing of a patient is among it."""
    practice = practice_of(visitor, client)
    today = act_at(visitor, practice).today
    with reading(visitor.site.database_url, [practice.id]) as session:
        trial = picture_trial(session, practice.id, read_month(period), today=today)
    return show_books(visitor, "trial.html", practice, room="trial", trial=trial, words=words())


@router.get("/trial.csv")
def export_trial(visitor: CurrentVisitor, client: str, period: MonthText = "") -> Response:
    """Export the trial balance of a month, and note in the trail that it was exported."""
    practice = practice_of(visitor, client)
    today = act_at(visitor, practice).today
    with reading(visitor.site.database_url, [practice.id]) as session:
        trial = picture_trial(session, practice.id, read_month(period), today=today)
    rows = (
        [line.account, str(line.opening), str(line.movement), str(line.closing)]
        for line in trial.lines
    )
    name = f"trial-balance-{practice.key}-{trial.month:%Y-%m}.csv"
    return send_csv(visitor, practice, "export_trial_balance", name, HEADS, rows)
