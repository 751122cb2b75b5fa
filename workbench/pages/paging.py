"""Long lists, fifty lines at a time."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from models.errors import NotFoundError

LINES_OF_PAGE = 50
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which part of a list is shown.

    Attributes:
        number: From 1.
        lines: How many lines there are in all.
        limit: After how many pages a list ends although there may be more; 0: never.
    """

    number: int
    lines: int
    limit: int = 0

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        pages = max(1, -(-self.lines // LINES_OF_PAGE))
        return min(pages, self.limit) if self.limit else pages

    @property
    def offset(self) -> int:
        """How many lines come before this page."""
        return (self.number - 1) * LINES_OF_PAGE

    @property
    def first(self) -> int:
        """The first line shown, from 1."""
        return self.offset + 1

    @property
    def last(self) -> int:
        """The last line shown."""
        return min(self.lines, self.offset + LINES_OF_PAGE)

    @property
    def is_cut(self) -> bool:
        """Whether there are lines that no page shows."""
        return self.lines > self.count * LINES_OF_PAGE


def page_of(number: int, lines: int, limit: int = 0) -> PageOf:
    """Choose a page.

    Raises:
        NotFoundError: the list is not that long.
    """
    page = PageOf(number, lines, limit)
    if number > page.count:
        msg = f"the list has {page.count} pages, not {number}"
        raise NotFoundError(msg)
    return page
