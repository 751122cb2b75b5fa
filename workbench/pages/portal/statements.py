"""Statements to the practice's patients, and the reports that were mailed to the practice."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from models.errors import NotFoundError
from models.values.access import Right
from revcycle.formats.email.attached import attached_pdf
from revcycle.store import audit, patient_picture, portal_claims
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.paging import LINES_OF_PAGE
from workbench.pages.portal.own_practice import own_practice, show_portal
from workbench.pages.practices import act_at
from workbench.pages.records.downloads import attachment
from workbench.pages.records.state_words import say_state, tone_of

router = APIRouter(prefix="/portal", dependencies=[needs(Right.SEE_REPORTS)])


@router.get("/statements")
def show_statements(visitor: CurrentVisitor, after: UUID | None = None) -> Response:
    """Show what the practice's patients were asked to pay."""
    practice = own_practice(visitor)
    with transaction(visitor.site.database_url, practice.id) as session:
        found = portal_claims.list_own_statements(
            session, practice.id, after=after, limit=LINES_OF_PAGE + 1
        )
        act = act_at(visitor, practice)
        audit.record_act(session, practice.id, act, "see_statement_list", "statement", None)
    return show_portal(
        visitor,
        "statements.html",
        practice,
        statements=found[:LINES_OF_PAGE],
        after=found[LINES_OF_PAGE - 1].id if len(found) > LINES_OF_PAGE else None,
        is_first=after is None,
        say=say_state,
        tone=tone_of,
    )


@router.get("/statements/{statement_id}/pdf")
def save_statement(visitor: CurrentVisitor, statement_id: UUID) -> Response:
    """Let the practice save a statement as its patient got it."""
    practice = own_practice(visitor)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        number, mail = patient_picture.find_mail_of_statement(session, practice.id, statement_id)
        audit.record_act(session, practice.id, act, "export_statement", "statement", statement_id)
    return _save(mail, f"statement-{number}.pdf")


@router.get("/reports")
def show_reports(visitor: CurrentVisitor) -> Response:
    """Show the reports of the last months."""
    practice = own_practice(visitor)
    with transaction(visitor.site.database_url, practice.id) as session:
        reports = portal_claims.list_own_reports(session, practice.id, limit=LINES_OF_PAGE)
    return show_portal(
        visitor, "reports.html", practice, reports=reports, say=say_state, tone=tone_of
    )


@router.get("/reports/{message_id}/pdf")
def save_report(visitor: CurrentVisitor, message_id: UUID) -> Response:
    """Let the practice save a report."""
    practice = own_practice(visitor)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        mail = portal_claims.get_report_mail(session, practice.id, message_id)
        audit.record_act(session, practice.id, act, "export_report", "message", message_id)
    return _save(mail, f"report-{message_id}.pdf")


def _save(mail: bytes, name: str) -> Response:
    """Let the browser save the PDF of a mail.

    Raises:
        NotFoundError: there is none in it.
    """
    pdf = attached_pdf(mail)
    if pdf is None:
        msg = "this mail carries no PDF"
        raise NotFoundError(msg)
    return attachment(pdf, name)
