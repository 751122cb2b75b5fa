"""How long a session lives.

Source:
    45 CFR 164.312(a)(2)(iii), automatic logoff; NIST SP 800-63B-4, section 2.2.3 (AAL2: at most
    an hour idle and a day in all; ours are shorter).
"""

from datetime import datetime, timedelta
from typing import Final

from models.states.staff_session import SessionState

IDLE: Final = timedelta(minutes=15)
ABSOLUTE: Final = timedelta(hours=12)
HALF_SIGNED_IN: Final = timedelta(minutes=10)  # between the password and the second factor
SEEN_EVERY: Final = timedelta(seconds=30)  # a page does not cost a write each time


def session_end(state: SessionState, *, started_at: datetime, seen_at: datetime) -> datetime:
    """Tell when a session ends by itself if nothing more is asked in it.

    Source:
        The limits above.
    """
    if state is SessionState.BEGUN:
        return started_at + HALF_SIGNED_IN
    return min(seen_at + IDLE, started_at + ABSOLUTE)


def is_worth_noting(seen_at: datetime, at: datetime) -> bool:
    """Tell whether that a session was used is to be written down again."""
    return at - seen_at >= SEEN_EVERY
