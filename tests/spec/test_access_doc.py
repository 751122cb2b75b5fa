"""``docs/reference/access.md`` says what the table of rights says.

``REVCYCLE_REWRITE=1 pytest tests/spec/test_access_doc.py`` writes the page anew after a role or a
right changed. The meaning of a word is the comment beside it.
"""

import inspect
import os
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from models.states.work_item import Queue
from models.values.access import FieldKind, FieldView, Reach, Right, Role
from revcycle.rules.access.glass import TIME_BOX
from revcycle.rules.access.password_strength import LENGTH_MIN
from revcycle.rules.access.rights import ACCESS_OF_ROLES, PRACTICE_ROLES
from revcycle.rules.access.secret_texts import RECOVERY_CODES
from revcycle.rules.access.session_life import ABSOLUTE, HALF_SIGNED_IN, IDLE
from revcycle.rules.access.throttle import ACCOUNT_FAILURES_MAX, ADDRESS_FAILURES_MAX, WINDOW

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/access.md"
MEMBER = re.compile(r'^    (?P<name>[A-Z_]+) = "[^"]+"(?:  # (?P<comment>.*))?$', re.MULTILINE)
INTRODUCTION = """\
# Who may do and see what

Generated from `revcycle/rules/access/` by `tests/spec/test_access_doc.py`; change the table in
`rights.py` and run

```console
$ REVCYCLE_REWRITE=1 .venv/bin/python -m pytest tests/spec/test_access_doc.py
```

Whoever has several roles may do what any of them may. What no row allows is refused. Another
practice's record does not exist for a person: asking for it answers 404, not 403.
"""


def words(values: Iterable[StrEnum]) -> str:
    return ", ".join(str(value).replace("_", " ") for value in values) or "none"


def sorted_words(members: Iterable[StrEnum], kind: type[StrEnum]) -> str:
    """List members in the order of their enum; ``all`` when none is missing."""
    chosen = set(members)
    return "all" if chosen == set(kind) else words(one for one in kind if one in chosen)


def meanings(kind: type[StrEnum]) -> Iterator[str]:
    for match in MEMBER.finditer(inspect.getsource(kind)):
        name = kind[match["name"]].replace("_", " ")
        yield f"| {name} | {match['comment'] or name} |"


def limits() -> Iterator[str]:
    yield f"- A password has {LENGTH_MIN} characters or more, is hard to guess and never expires."
    yield "- Everybody has an authenticator app; each of its codes is taken once."
    yield f"- {RECOVERY_CODES} recovery codes, each good for one sign-in without the app."
    hours = ABSOLUTE.seconds // 3600
    yield f"- A session ends after {minutes(IDLE)} without use, and after {hours} hours anyway."
    yield f"- Between password and second factor there are {minutes(HALF_SIGNED_IN)}."
    yield (
        f"- Within {minutes(WINDOW)}, {ACCOUNT_FAILURES_MAX} wrong tries of one login or "
        f"{ADDRESS_FAILURES_MAX} from one address are looked at, no more."
    )
    yield f"- An emergency access lasts {minutes(TIME_BOX)} and is reviewed by somebody else."


def minutes(span: timedelta) -> str:
    return f"{int(span.total_seconds()) // 60} minutes"


def access_page() -> str:
    lines = [INTRODUCTION, "## Roles", ""]
    lines += ["| role | practices | queues | rights |", "|---|---|---|---|"]
    for role, row in ACCESS_OF_ROLES.items():
        of = " (of a practice)" if role in PRACTICE_ROLES else ""
        rights = words(one for one in Right if one in row.rights - {Right.OWN_ACCOUNT})
        queues = sorted_words(row.queues, Queue)
        lines.append(f"| **{words([role])}**{of} | {row.reach} | {queues} | {rights} |")
    lines += ["", f"Everybody has the right {words([Right.OWN_ACCOUNT])}.", "", "## Fields", ""]
    lines += [f"| role | {' | '.join(words([field]) for field in FieldKind)} |"]
    lines += ["|---" * (len(FieldKind) + 1) + "|"]
    for role, row in ACCESS_OF_ROLES.items():
        views = (seen(row.view_of(field)) for field in FieldKind)
        lines.append(f"| **{words([role])}** | {' | '.join(views)} |")
    lines += ["", "A masked field shows the last four characters, or the year of a date.", ""]
    lines += ["## What the words mean", ""]
    for kind in (Right, Reach, FieldKind):
        lines += ["| word | means |", "|---|---|", *meanings(kind), ""]
    return "\n".join([*lines, "## Limits", "", *limits(), ""])


def seen(view: FieldView) -> str:
    return "hidden" if view is FieldView.HIDDEN else str(view)


def test_the_page_of_rights_is_current() -> None:
    if os.environ.get("REVCYCLE_REWRITE"):
        PAGE.write_text(access_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == access_page()


def test_the_page_names_every_role_and_right() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [role for role in Role if f"**{words([role])}**" not in text] == []
    assert [right for right in Right if f"| {words([right])} |" not in text] == []
