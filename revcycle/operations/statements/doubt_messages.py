"""After a crash: hold the mails that a sender took and never reported on."""

from datetime import timedelta
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from revcycle.operations.statements.report_message import doubt_message
from revcycle.store.messages import lock_taken

SENDER_MINUTES: Final = 10  # no sender keeps a mail longer


def doubt_messages(
    session: Session, act: Act, *, older_than: timedelta = timedelta(minutes=SENDER_MINUTES)
) -> int:
    """Move mails taken that long ago to uncertain, each with a work item; return how many.

    The mail server may have them or not, and nobody can ask it, so none is sent again by itself.
    A caller that knows no sender is running may pass no time at all.
    """
    rows = lock_taken(session, act.client_id, before=act.at - older_than)
    for row in rows:
        doubt_message(session, act, row)
    return len(rows)
