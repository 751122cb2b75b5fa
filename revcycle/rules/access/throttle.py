"""How often one may guess.

Source:
    NIST SP 800-63B-4, section 3.2.2, rate limiting; OWASP ASVS 5.0, 6.3.1.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=15)
ACCOUNT_FAILURES_MAX: Final = 5
ADDRESS_FAILURES_MAX: Final = 50  # a whole office may stand behind one address


def find_throttle_end(
    failures: Iterable[datetime], *, failures_max: int, at: datetime
) -> datetime | None:
    """Tell until when no further attempt is looked at; None when one is.

    At most ``failures_max`` wrong attempts are looked at in any ``WINDOW``. Nobody is locked out
    for good, because that would let strangers lock people out.

    Args:
        failures: When attempts failed, of one account since it last signed in, or of one address.
        failures_max: How many may fail.
        at: Now.

    Source:
        NIST SP 800-63B-4, section 3.2.2.
    """
    recent = sorted(one for one in failures if at - WINDOW < one)
    if len(recent) < failures_max:
        return None
    return recent[-failures_max] + WINDOW
