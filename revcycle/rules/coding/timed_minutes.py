"""How many minutes of treatment by the clock does a note speak of?"""

import re
from collections.abc import Iterable
from typing import Final

# Such as the words of the manual with a number behind them, or shorter ones.
_TIMED: Final = re.compile(
    r"\btimed(?:[ -]code)?(?: treatment)?(?: time)?(?: \(?min(?:ute)?s?\)?)?\s*[:=]?\s*"
    r"([0-9]{1,4})\b(?!\s*units?\b)",
    re.IGNORECASE,
)


def read_timed_minutes(texts: Iterable[str]) -> int | None:
    """Read the total of timed treatment minutes; None where no note says it, or two differ.

    Source:
        CMS, Medicare Benefit Policy Manual, chapter 15, section 220.3.E: the record of each day
        has the "total timed code treatment minutes".
    """
    found = {int(minutes) for text in texts for minutes in _TIMED.findall(text)}
    return found.pop() if len(found) == 1 else None
