"""Which of the claims that we asked about does an answer without our trace speak of?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from models.documents.asked_claim import AskedClaim
from models.values.money import Money

CUT_LENGTH_MIN: Final = 10  # so many of our random characters name one claim
# Our numbers have none of these letters: people and machines write them for our digits.
MISREAD: Final = str.maketrans("OIL", "011")


class KnownBy(StrEnum):
    """What an answer and a question have in common, the surest first."""

    OUR_NUMBER = "our_number"
    OUR_NUMBER_REWRITTEN = "our_number_rewritten"
    PAYER_NUMBER = "payer_number"
    MEMBER_DAY_CHARGE = "member_day_charge"
    DAY_CHARGE = "day_charge"  # names candidates, and decides nothing


KNOWN_BY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        KnownBy.OUR_NUMBER: "our claim number",
        KnownBy.OUR_NUMBER_REWRITTEN: "our claim number, written otherwise or cut off",
        KnownBy.PAYER_NUMBER: "the payer's number of the claim",
        KnownBy.MEMBER_DAY_CHARGE: "member number, day and charge",
        KnownBy.DAY_CHARGE: "day and charge",
    }
)


@dataclass(frozen=True, slots=True, repr=False)
class TracelessAnswer:
    """What an answer says of its claim; whatever it does not say is empty."""

    number: str
    payer_number: str
    charge: Money | None
    days: frozenset[date]
    member_id: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that an answer is for, or may be for, and how that is known."""

    check_id: UUID
    known_by: KnownBy


def answered_question(answer: TracelessAnswer, asked: Sequence[AskedClaim]) -> Answered | None:
    """Name the question that an answer is for, or None: it is never guessed.

    Our own number decides, for we never use one twice: as we sent it, else in small letters, with
    signs or spaces between, without leading zeros, with letters in the place of digits, or cut
    off. Then the payer's number; then member number, day and charge, unless the answer names a
    claim number that is none of ours. Each only where one claim has it. An answer about another
    charge is for no question of ours, and where our number and the payer's name two claims, a
    person looks.

    Source:
        ASC X12 005010X212 (277), REF*EJ (our number), REF*1K (the payer's), NM1*IL, DTP*472, STC04.
    """
    found = [
        (known_by, {one.check_id for one in asked if alike(answer, one)})
        for known_by, alike in DECIDING
    ]
    chosen = next(((known_by, ids) for known_by, ids in found if ids), None)
    if chosen is None or len(chosen[1]) != 1 or _contradicts(answer, asked, chosen[1]):
        return None
    return Answered(next(iter(chosen[1])), chosen[0])


def possible_questions(
    answer: TracelessAnswer, asked: Iterable[AskedClaim]
) -> tuple[Answered, ...]:
    """Name the questions that an answer may be for, and why, for a person to look at."""
    alike = ((one, _first_likeness(answer, one)) for one in asked)
    return tuple(Answered(one.check_id, known_by) for one, known_by in alike if known_by)


def _first_likeness(answer: TracelessAnswer, asked: AskedClaim) -> KnownBy | None:
    ways = (*DECIDING, (KnownBy.DAY_CHARGE, _has_day_and_charge))
    return next((known_by for known_by, alike in ways if alike(answer, asked)), None)


def _contradicts(answer: TracelessAnswer, asked: Iterable[AskedClaim], chosen: set[UUID]) -> bool:
    """Tell whether the payer's number is that of other claims than the chosen one."""
    theirs = {one.check_id for one in asked if _has_payer_number(answer, one)}
    return bool(theirs) and not theirs & chosen


def _has_our_number(answer: TracelessAnswer, asked: AskedClaim) -> bool:
    return _agrees(answer, asked) and answer.number in asked.numbers


def _has_our_number_rewritten(answer: TracelessAnswer, asked: AskedClaim) -> bool:
    said = _plain(answer.number)
    if not said or not _agrees(answer, asked):
        return False
    return any(
        said == ours or (len(said) >= CUT_LENGTH_MIN and ours.startswith(said))
        for ours in map(_plain, asked.numbers)
    )


def _has_payer_number(answer: TracelessAnswer, asked: AskedClaim) -> bool:
    return (
        _agrees(answer, asked)
        and bool(answer.payer_number)
        and answer.payer_number == asked.payer_number
    )


def _has_member_day_and_charge(answer: TracelessAnswer, asked: AskedClaim) -> bool:
    return (
        not _plain(answer.number)
        and bool(answer.member_id)
        and _plain(answer.member_id) == _plain(asked.member_id)
        and _has_day_and_charge(answer, asked)
    )


def _has_day_and_charge(answer: TracelessAnswer, asked: AskedClaim) -> bool:
    return answer.charge == asked.charge and asked.service_date in answer.days


def _agrees(answer: TracelessAnswer, asked: AskedClaim) -> bool:
    return answer.charge in (None, asked.charge)


def _plain(number: str) -> str:
    """Take away what is lost or added on the way: signs, spaces, small letters, leading zeros."""
    kept = "".join(one for one in number.upper() if one.isalnum())
    return kept.translate(MISREAD).lstrip("0")


DECIDING: Final[tuple[tuple[KnownBy, Callable[[TracelessAnswer, AskedClaim], bool]], ...]] = (
    (KnownBy.OUR_NUMBER, _has_our_number),
    (KnownBy.OUR_NUMBER_REWRITTEN, _has_our_number_rewritten),
    (KnownBy.PAYER_NUMBER, _has_payer_number),
    (KnownBy.MEMBER_DAY_CHARGE, _has_member_day_and_charge),
)
