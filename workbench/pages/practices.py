"""The practices that a page can show."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from models.documents.act import Act
from models.documents.practice_name import PracticeName
from models.errors import NotFoundError
from revcycle.store import clients
from revcycle.store.session import asking
from workbench.pages.access import Visitor, person_of
from workbench.pages.site import Site


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice as a page names it. ``key`` is what stands in an address."""

    id: UUID
    key: str
    name: str
    time_zone: str


def list_practices(visitor: Visitor) -> list[Practice]:
    """List the practices that exist for whoever asks, by name."""
    return [_practice(one) for one in person_of(visitor).practices]


def list_all_practices(site: Site) -> list[Practice]:
    """List every registered practice by name, without a look at who asks."""
    with asking(site.database_url) as session:
        practices = [_practice(one) for one in clients.list_practice_names(session)]
    return sorted(practices, key=lambda practice: (practice.name.casefold(), practice.key))


def practice_of(visitor: Visitor, key: str) -> Practice:
    """Find one practice that exists for whoever asks.

    Raises:
        NotFoundError: no practice of this key exists for this person.
    """
    (practice,) = choose_practices(list_practices(visitor), key or " ")
    return practice


def act_at(visitor: Visitor, practice: Practice) -> Act:
    """Act at a practice in the visitor's name, on the practice's day."""
    at = visitor.site.now()
    today = at.astimezone(ZoneInfo(practice.time_zone)).date()
    return Act(practice.id, person_of(visitor).login, at, today)


def count_practices(site: Site) -> int:
    """Count the registered practices."""
    return len(list_all_practices(site))


def choose_practices(practices: list[Practice], key: str) -> list[Practice]:
    """Keep the practice that was asked for; all of them when none was.

    Raises:
        NotFoundError: no practice has this key.
    """
    if not key:
        return practices
    chosen = [practice for practice in practices if practice.key == key]
    if not chosen:
        msg = "no practice of this name is registered"
        raise NotFoundError(msg)
    return chosen


def _practice(known: PracticeName) -> Practice:
    return Practice(known.id, known.key, known.name, known.time_zone)
