"""What people decide about files and mails nobody knows the fate of."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.operations.files.settle_outbound_doubt import FileFate, settle_outbound_doubt
from revcycle.operations.statements.settle_message_doubt import settle_message_doubt
from revcycle.store import outbound_files
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.form_texts import LongText
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.transport import connection_key_of, resend_terms
from workbench.pages.practices import practice_of

router = APIRouter(prefix=prefix_of(Queue.TRANSPORT), dependencies=[needs(Right.TAKE_WORK)])
Place = Annotated[ItemPlace, place_in(Queue.TRANSPORT)]
EVIDENCE_LENGTH = 900  # of a note, beside the word for the fate
SAID_OF_FATES = {
    FileFate.ARRIVED: "arrived",
    FileFate.NOT_ARRIVED: "not_arrived",
    FileFate.REFUSED: "partner_refused",
}


@router.post("/fate")
def fate_of_file(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    fate: Annotated[FileFate, Form()],
    evidence: LongText = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Follow what the partner said of a file."""
    practice = practice_of(visitor, place.client)

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require_kind(line, "outbound_file")
        file = outbound_files.get_outbound_file(session, act.client_id, line.subject_id)
        opened = OpenedItem(visitor, practice, act, line)
        settle_outbound_doubt(
            session,
            act,
            line.id,
            token=token,
            fate=fate,
            evidence=evidence[:EVIDENCE_LENGTH],
            terms=resend_terms(opened, connection_key_of(session, opened, file.connection_id)),
        )
        return SAID_OF_FATES[fate]

    return work(visitor, place, do, then=then, typed={"fate": fate, "evidence": evidence})


@router.post("/mail")
def fate_of_mail(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    fate: Annotated[FileFate, Form()],
    evidence: LongText = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Follow what the log of the mail server says of a mail."""
    has_left = fate is FileFate.ARRIVED

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require_kind(line, "message")
        settle_message_doubt(
            session,
            act,
            line.id,
            token=token,
            has_left=has_left,
            evidence=evidence[:EVIDENCE_LENGTH],
        )
        return "mail_left" if has_left else "mail_again"

    return work(visitor, place, do, then=then, typed={"fate": fate, "evidence": evidence})


@router.post("/read-again")
def read_again(visitor: CurrentVisitor, place: Place, token: Token) -> Response:
    """Let the next run read a partner's file anew."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        _require_kind(line, "inbound_file")
        release_inbound_file(session, act, line.id, token=token)
        return "read_again"

    return work(visitor, place, do, then=Then.LIST)


def _require_kind(line: WorkLine, kind: str) -> None:
    """Refuse an act that belongs to another kind of thing.

    Raises:
        RejectedError: the item is about something else.
    """
    if line.subject_kind != kind:
        msg = f"this item is about no {kind.replace('_', ' ')}"
        raise RejectedError(msg)
