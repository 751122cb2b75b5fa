"""One interchange that somebody sent, and the answers to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from revcycle.formats.x12.interchange import Envelope, Group, Interchange
from revcycle.sandbox.book import Book
from revcycle.sandbox.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer that was recorded and will be delivered."""

    id: int
    name: str
    number: int
    content: bytes
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """What every answer needs: the book, the rules, who asked, and when."""

    book: Book
    rulebook: Rulebook
    account: str
    interchange: Interchange
    now: datetime

    def answer(
        self,
        kind: str,
        write: Callable[[Envelope], bytes],
        *,
        group: Group | None = None,
        delay_seconds: float = 0,
    ) -> SentAnswer:
        """Record a file for the sender, under an interchange number of its own.

        Raises:
            RejectedError: what the sender said cannot be repeated in an answer.
        """
        number = self.book.next_interchange_number(self.account)
        due_at = self.now + timedelta(seconds=delay_seconds)
        content = write(self._envelope(number, due_at, group))
        name = f"{kind.lower()}-{number:09d}.x12"
        answer_id = self.book.add_answer(
            self.account, name=name, kind=kind, number=number, content=content, due_at=due_at
        )
        return SentAnswer(answer_id, name, number, content, due_at)

    def repeat(self, kind: str, answer: SentAnswer, *, delay_seconds: float) -> None:
        """Record the same bytes once more, under another name."""
        self.book.add_answer(
            self.account,
            name=answer.name.removesuffix(".x12") + "-again.x12",
            kind=kind,
            number=answer.number,
            content=answer.content,
            due_at=answer.due_at + timedelta(seconds=delay_seconds),
            copy_of=answer.id,
        )

    def _envelope(self, number: int, created_at: datetime, group: Group | None) -> Envelope:
        header = self.interchange.header
        return Envelope(
            sender_qualifier=header.get(7),
            sender_id=self.interchange.receiver_id,
            receiver_qualifier=header.get(5),
            receiver_id=self.interchange.sender_id,
            control_number=number,
            created_at=created_at,
            usage=header.get(15),
            group_sender=group.header.get(3) if group else "",
            group_receiver=group.header.get(2) if group else "",
        )
