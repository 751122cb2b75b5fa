"""The mails that the local mail catcher kept. They were delivered to nobody."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from models.errors import NotFoundError
from models.values.access import Right
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.caught_mails import list_mail_names, read_mail
from workbench.pages.headers import POLICY
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.site import CurrentSite, Site

router = APIRouter(prefix="/mails", dependencies=[needs(Right.SEE_MAILS)])

PDF = "application/pdf"
# A mail's own page runs nothing, loads nothing and may be shown inside our page only.
MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@router.get("")
def show_mails(visitor: CurrentVisitor, page: PageNumber = 1) -> HTMLResponse:
    """Show the mails, newest first."""
    folder = _folder(visitor.site)
    names = list_mail_names(folder)
    shown = page_of(page, len(names))
    mails = [read_mail(folder, name) for name in names[shown.offset :][:LINES_OF_PAGE]]
    return visitor.show("mails.html", here="mails", mails=mails, page=shown)


@router.get("/{name}")
def show_mail(visitor: CurrentVisitor, name: str) -> HTMLResponse:
    """Show one mail: its text, what it looks like, and what is attached."""
    mail = read_mail(_folder(visitor.site), name)
    return visitor.show("mail.html", here="mails", mail=mail)


@router.get("/{name}/html")
def show_mail_html(site: CurrentSite, name: str) -> HTMLResponse:
    """Show the HTML part of a mail, locked up, for the frame on its page."""
    mail = read_mail(_folder(site), name)
    headers = {POLICY: MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(mail.html, headers=headers)


@router.get("/{name}/attachments/{number}")
def show_attachment(site: CurrentSite, name: str, number: int) -> Response:
    """Open an attached PDF; any other attachment is only to be saved."""
    attachments = read_mail(_folder(site), name).attachments
    if not 1 <= number <= len(attachments):
        msg = "the mail has no such attachment"
        raise NotFoundError(msg)
    attachment = attachments[number - 1]
    is_pdf = attachment.media_type == PDF
    how = "inline" if is_pdf else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{attachment.name}"',
        POLICY: PDF_POLICY if is_pdf else MAIL_POLICY,
    }
    media_type = PDF if is_pdf else "application/octet-stream"
    return Response(attachment.content, media_type=media_type, headers=headers)


def _folder(site: Site) -> Path:
    if site.mail_folder is None:
        msg = "no mail catcher runs here"
        raise NotFoundError(msg)
    return site.mail_folder
