"""Count what is tried, so that nobody guesses for long."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.tables import SignInAttempt
from revcycle.rules.access.secret_texts import fingerprint
from revcycle.rules.access.throttle import (
    ACCOUNT_FAILURES_MAX,
    ADDRESS_FAILURES_MAX,
    WINDOW,
    find_throttle_end,
)
from revcycle.store import staff_sessions


class ThrottledError(RejectedError):
    """Too many tries failed; the next is looked at from ``until`` on."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("too many tries failed; wait a while")


def begin_attempt(session: Session, act: StaffAct, login: str) -> UUID:
    """Write down a try before it is judged. It counts as wrong until ``settle_attempt``.

    The caller has locked the person's row, so that many tries at once are counted one by one.

    Raises:
        ThrottledError: too many failed lately, for this login or from this address.
    """
    login_hash, after = fingerprint(login.lower()), act.at - WINDOW
    ends = (
        find_throttle_end(
            staff_sessions.list_login_failures(session, login_hash, after=after),
            failures_max=ACCOUNT_FAILURES_MAX,
            at=act.at,
        ),
        find_throttle_end(
            staff_sessions.list_address_failures(session, act.address, after=after),
            failures_max=ADDRESS_FAILURES_MAX,
            at=act.at,
        ),
    )
    if any(ends):
        raise ThrottledError(max(end for end in ends if end))
    attempt = SignInAttempt(at=act.at, login_hash=login_hash, address=act.address)
    session.add(attempt)
    return attempt.id


def settle_attempt(session: Session, attempt_id: UUID) -> None:
    """Say that a try was right."""
    staff_sessions.get_attempt(session, attempt_id).is_right = True


def forget_failures(session: Session, act: StaffAct, login: str) -> None:
    """Let earlier failures of a login count no more: a sign-in was completed."""
    session.add(
        SignInAttempt(
            at=act.at,
            login_hash=fingerprint(login.lower()),
            address=act.address,
            is_right=True,
            is_sign_in=True,
        )
    )
