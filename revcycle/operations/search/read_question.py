"""Read what somebody typed into the one field that searches everything."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from models.documents.search import SearchQuestion
from models.values.billing_codes import to_code_beginning
from models.values.identifiers import CONTROL_ALPHABET, CONTROL_BODY_LENGTH

TYPED_MAX: Final = 100
NAME_LENGTH_MIN: Final = 2
NUMBER_LENGTH_MIN: Final = 3
NAME_WORDS_MAX: Final = 5
FILE_NUMBER_MAX: Final = 999_999_999  # ISA13 has nine digits
DATE_FORMS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y")
_BLANKS: Final = re.compile(r"\s+")
_DIGIT: Final = re.compile(r"[0-9]")
# One in 190 has no digit; with the version behind it each has two.
_CLAIM: Final = re.compile(f"[{CONTROL_ALPHABET}]{{{CONTROL_BODY_LENGTH}}}")
_CODE: Final = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}|[0-9]{4}[0-9FMTU]")


def read_question(typed: str) -> SearchQuestion:
    """Read a text in every way that it can be meant: names, a birth date, a number, a code.

    ``Wren, Ada``, ``ada wren`` and ``wre 3/14/1980`` are of a patient; a text with a digit in it
    that is no date is a number, and if it has the form of a code also a code. A word that could
    be the control number of a claim is that as well as a name.
    """
    text = _BLANKS.sub(" ", typed[:TYPED_MAX]).strip()
    dates, words = _without_dates(text)
    number = "" if dates else text.replace(" ", "")
    if not _DIGIT.search(number):
        names = tuple(_name_pairs(" ".join(words)))
        numbers = _ways_to_write(text, number) if _CLAIM.fullmatch(number.upper()) else ()
        born = dates[0] if dates else None
        return SearchQuestion(names=names, birth_date=born, numbers=numbers)
    if len(number) < NUMBER_LENGTH_MIN:
        return SearchQuestion()
    return SearchQuestion(
        numbers=_ways_to_write(text, number),
        file_number=_file_number(number),
        code=_whole_code(number),
    )


def _ways_to_write(text: str, number: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((text, number, number.upper())))


def _without_dates(text: str) -> tuple[list[date], list[str]]:
    dates, words = [], []
    for word in text.split():
        found = _to_date(word.strip(","))
        if found is None:
            words.append(word)
        else:
            dates.append(found)
    return dates, words


def _to_date(word: str) -> date | None:
    for form in DATE_FORMS:
        try:
            return datetime.strptime(word, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _name_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Say how last and first name may begin: what stands before a comma is the last name."""
    last, comma, first = (part.strip().lower() for part in text.partition(","))
    if comma:
        if len(last) >= NAME_LENGTH_MIN:
            yield last, first
        return
    words = last.split()[:NAME_WORDS_MAX]
    if len("".join(words)) < NAME_LENGTH_MIN:
        return
    for place in range(len(words) + 1):
        yield " ".join(words[:place]), " ".join(words[place:])
    for place in range(1, len(words)):
        yield " ".join(words[place:]), " ".join(words[:place])


def _file_number(number: str) -> int | None:
    is_number = number.isascii() and number.isdecimal() and int(number) <= FILE_NUMBER_MAX
    return int(number) if is_number else None


def _whole_code(number: str) -> str:
    code = to_code_beginning(number)
    return code if _CODE.fullmatch(code) else ""
