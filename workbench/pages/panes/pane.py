"""What a pane is, and what it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.states.work_item import WorkItemState
from revcycle.operations.access.person import Person
from workbench.pages.access import Visitor, person_of
from workbench.pages.practices import Practice

NOTHING_TYPED: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, repr=False)
class OpenedItem:
    """An item on a person's page.

    Attributes:
        act: Who looks, and when; the trail of what was read is written in this name.
        typed: What the person typed into the pane's form before something went wrong; a pane
            shows it again, so that nothing typed is lost.
    """

    visitor: Visitor
    practice: Practice
    act: Act
    line: WorkLine
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """Who looks."""
        return person_of(self.visitor)

    @property
    def is_mine(self) -> bool:
        """Whether the person holds the item, and so may change what it is about."""
        line = self.line
        return line.state is WorkItemState.OPEN and line.holder == self.act.actor

    @property
    def address(self) -> str:
        """Where the item is; its acts stand below it."""
        return f"/queues/{self.line.queue}/{self.practice.key}/{self.line.id}"


@dataclass(frozen=True, slots=True)
class Pane:
    """What the right side of an item shows.

    Attributes:
        template: A file of ``templates/workbench/panes``; it is given ``pane`` (the facts below)
            and ``opened``.
        facts: Plain values; never a row of a table.
    """

    template: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of a record as it is now and as the person wanted it: a conflict, side by side."""

    label: str
    theirs: str
    mine: str


PaneBuilder = Callable[[Session, OpenedItem], Pane]
