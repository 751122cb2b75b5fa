"""What is wrong with a file, collected so that one run says all of it."""

from collections.abc import Iterator

from models.documents.reference import ReferenceRow
from models.errors import RejectedError

COMPLAINTS_MAX = 20


class Complaints:
    """Collects what is wrong with the lines of a file.

    A reader adds a complaint, leaves the line out and goes on. The import is refused whole at the
    end, or at once when there are ``COMPLAINTS_MAX``.
    """

    def __init__(self) -> None:
        """Begin without one."""
        self._texts: list[str] = []

    def add(self, file_name: str, line: int, column: str, message: str) -> None:
        """Note what is wrong.

        Args:
            file_name: The file, with the zip around it.
            line: Counted from 1.
            column: What its heading calls it; empty if the whole line is wrong.
            message: What is wrong and what is allowed; public or licensed codes only.

        Raises:
            RejectedError: it is one too many.
        """
        place = f", {column}" if column else ""
        self._texts.append(f"{file_name}, line {line}{place}: {message}")
        if len(self._texts) >= COMPLAINTS_MAX:
            self._texts.append("and perhaps more")
            self.settle()

    def settle(self) -> None:
        """Refuse the file if anything is wrong with it.

        Raises:
            RejectedError: something is; the text has a line for each.
        """
        if self._texts:
            raise RejectedError("\n".join(["nothing was imported:", *self._texts]))

    def guard(self, rows: Iterator[ReferenceRow]) -> Iterator[ReferenceRow]:
        """Pass rows on, and settle after the last."""
        yield from rows
        self.settle()
