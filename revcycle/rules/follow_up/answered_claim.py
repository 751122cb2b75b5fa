"""Which of the claims that we asked about does an answer without our trace speak of?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.documents.asked_claim import AskedClaim
from models.values.money import Money


@dataclass(frozen=True, slots=True)
class TracelessAnswer:
    """What an answer says of its claim; whatever it does not say is empty."""

    number: str
    payer_number: str
    charge: Money | None
    days: frozenset[date]


def answered_question(answer: TracelessAnswer, asked: Iterable[AskedClaim]) -> UUID | None:
    """Name the question that an answer is for, or None: it is never guessed.

    Our own number decides, for we never use one twice; else the payer's number, if one claim only
    has it. An answer about another charge is for no question of ours.

    Source:
        ASC X12 005010X212 (277), REF*EJ (our number) and REF*1K (the payer's).
    """
    possible = [one for one in asked if answer.charge in (None, one.charge)]
    own = [one for one in possible if answer.number and answer.number in one.numbers]
    theirs = [
        one for one in possible if answer.payer_number and answer.payer_number == one.payer_number
    ]
    found = own if answer.number else theirs
    return found[0].check_id if len(found) == 1 else None


def possible_questions(answer: TracelessAnswer, asked: Iterable[AskedClaim]) -> Collection[UUID]:
    """Name the questions that an answer may be for by charge and day, for a person to look at.

    Source:
        ASC X12 005010X212 (277), STC04 (charge) and DTP*472 (days of service).
    """
    return [
        one.check_id
        for one in asked
        if answer.charge == one.charge and one.service_date in answer.days
    ]
