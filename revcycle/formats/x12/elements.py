"""Elements: amounts, dates, quantities and text, to and from the characters of X12."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.x12.segments import Delimiters

DATE_LENGTH = 8
CENT_DIGITS = 2
WHOLE_DIGITS_MAX = 15  # before the point; then the cents fit into 64 bits
_NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)", re.ASCII)
_DATE = re.compile(r"\d{8}", re.ASCII)

BASIC_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"&'()*+,-./:;?= ")

EXTENDED_CHARACTERS = BASIC_CHARACTERS | frozenset("abcdefghijklmnopqrstuvwxyz%~@[]_{}\\|<>#$^`")
_IDENTIFIER_CHARACTERS = (EXTENDED_CHARACTERS - {"^", "`"}) - frozenset(Delimiters().all())

# What people type, and what the basic character set of X12 has for it.
REPLACEMENTS = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    "`": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "_": "-",
    "#": "NO ",
    "@": " AT ",
    "%": " PCT",
    "$": "USD ",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    "<": "(",
    ">": ")",
    "\\": "/",
    "|": "/",
    "\N{LATIN CAPITAL LETTER AE}": "AE",
    "\N{LATIN CAPITAL LIGATURE OE}": "OE",
    "\N{LATIN CAPITAL LETTER O WITH STROKE}": "O",
    "\N{LATIN CAPITAL LETTER D WITH STROKE}": "D",
    "\N{LATIN CAPITAL LETTER ETH}": "D",
    "\N{LATIN CAPITAL LETTER L WITH STROKE}": "L",
    "\N{LATIN CAPITAL LETTER THORN}": "TH",
}
_REPLACEMENTS = str.maketrans(REPLACEMENTS)


def write_amount(amount: Money) -> str:
    """Write money as an R element: no trailing zeros, no point when whole.

    Source:
        X12.6, data type R (decimal number).
    """
    return write_cents(amount.cents)


def write_cents(cents: int) -> str:
    """Write a number of cents as ``write_amount`` does."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{part:02d}".rstrip("0")


@lru_cache(maxsize=65_536)  # prices repeat, within a file and over files
def read_amount(text: str) -> Money:
    """Read an R element that is money: ``125``, ``-12.5``, ``.5``, ``40.00``.

    Raises:
        ValueError: it is not a plain decimal number, or is finer than a cent.
    """
    whole, _, part = text.partition(".")
    is_usual = text.isascii() and whole.isdecimal() and len(whole) <= WHOLE_DIGITS_MAX
    if is_usual and len(part) <= CENT_DIGITS and (part.isdecimal() or not part):
        return Money(int(whole) * 100 + int(part.ljust(CENT_DIGITS, "0")))
    if not _NUMBER.fullmatch(text):
        msg = "not an amount"
        raise ValueError(msg)
    return Money.parse(text)


def write_quantity(quantity: Decimal) -> str:
    """Write a count of units, without trailing zeros or exponent."""
    text = f"{quantity:f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text


def read_quantity(text: str) -> Decimal:
    """Read a count of units.

    Raises:
        ValueError: it is not a plain decimal number.
    """
    if not _NUMBER.fullmatch(text):
        msg = "not a quantity"
        raise ValueError(msg)
    return Decimal(text)


def write_date(day: date) -> str:
    """Write a D8 date; of a moment, its day."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


@lru_cache(maxsize=4096)
def read_date(text: str) -> date:
    """Read a D8 date.

    Raises:
        ValueError: it is not eight digits, or not a day of the calendar.
    """
    if not _DATE.fullmatch(text):
        msg = "not a date of eight digits"
        raise ValueError(msg)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def write_date_range(first: date, last: date) -> str:
    """Write an RD8 range."""
    return f"{write_date(first)}-{write_date(last)}"


def read_date_range(text: str) -> tuple[date, date]:
    """Read an RD8 range; a single D8 date is a range of one day.

    Raises:
        ValueError: either part is not a date.
    """
    first, separator, last = text.partition("-")
    start = read_date(first)
    return start, read_date(last) if separator else start


def write_time(moment: datetime) -> str:
    """Write hours and minutes."""
    return f"{moment:%H%M}"


@lru_cache(maxsize=8192)
def clean(
    text: str,
    *,
    field: str,
    limit: int,
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
) -> str:
    """Bring free text into the basic character set: upper case, no accents, no odd signs.

    Accents are folded, ``REPLACEMENTS`` is applied, runs of blanks become one. Nothing is
    dropped and nothing is cut: what cannot be written is refused, because a name that
    silently changed would not match at the payer.

    Raises:
        RejectedError: a delimiter or an unknown character is inside, or it is too long. The
            text of the error names the field only.

    Source:
        X12.6, basic character set.
    """
    basic = _basic(text)
    if not frozenset(delimiters.all()).isdisjoint(basic):
        msg = f"{field} holds a character that X12 uses as a delimiter"
        raise RejectedError(msg)
    if not BASIC_CHARACTERS.issuperset(basic):
        msg = f"{field} holds a character that X12 cannot carry"
        raise RejectedError(msg)
    if len(basic) > limit:
        msg = f"{field} is longer than {limit} characters"
        raise RejectedError(msg)
    return basic


def _basic(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()
    decomposed = unicodedata.normalize("NFKD", text.translate(_REPLACEMENTS).upper())
    unaccented = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(unaccented.translate(_REPLACEMENTS).split())


def identifier(text: str, *, field: str, limit: int) -> str:
    """Let an identifier pass exactly as it is, or refuse it: the payer must get what it gave.

    Raises:
        RejectedError: it is empty, too long, starts or ends with a blank, or holds a delimiter
            or a character outside the extended set. The text names the field only.

    Source:
        X12.6, extended character set.
    """
    if not text or len(text) > limit or text != text.strip():
        msg = f"{field} must have 1 to {limit} characters and no blanks around them"
        raise RejectedError(msg)
    if not _IDENTIFIER_CHARACTERS.issuperset(text):
        msg = f"{field} holds a character that X12 cannot carry in an identifier"
        raise RejectedError(msg)
    return text


def digits(text: str, *, field: str, lengths: tuple[int, ...]) -> str:
    """Keep the digits of a telephone number, postal code or tax id.

    Raises:
        RejectedError: their number is not one of ``lengths``; the text names the field only.
    """
    kept = "".join(character for character in text if character.isascii() and character.isdigit())
    if len(kept) not in lengths:
        allowed = " or ".join(str(length) for length in lengths)
        msg = f"{field} must have {allowed} digits"
        raise RejectedError(msg)
    return kept
