"""The pen: every element of a claim file passes it, to be cleaned, measured or refused.

Segments are written as text with ``*`` and ``:`` between their parts; a partner's own delimiters
come in at the end, once for the whole file.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from models.errors import RejectedError
from models.values.identifiers import is_npi
from models.values.money import Money
from revcycle.formats.x12.claims.writing_profile import OURS, CharacterSet, WriteProfile
from revcycle.formats.x12.elements import (
    BASIC_CHARACTERS,
    EXTENDED_CHARACTERS,
    REPLACEMENTS,
    write_cents,
    write_date,
    write_quantity,
)
from revcycle.formats.x12.segments import Delimiters

AMOUNT_LENGTH_MAX = 18  # R(1-18), without sign and point
CENTS_MAX = 10**AMOUNT_LENGTH_MAX - 1
QUANTITY_LENGTH_MAX = 15
CODE_LENGTH_MAX = 3
PARTY_ID_LENGTHS = (2, 80)  # NM109
# Signs of ours that are data where a partner has other delimiters, and what stands for them.
STAND_INS = {sign: chr(17 + place) for place, sign in enumerate(OURS.all())}
_PROTECT = str.maketrans(STAND_INS)


class Pen:
    """Writes the segments of one transaction after the other, for one partner.

    Attributes:
        out: The segments so far, without terminators.
        memo: Parts that come again and again, by what they are made of.
        diagnoses: Diagnosis codes that were found well-formed.
    """

    __slots__ = (
        "_amounts",
        "_days",
        "_delimiters",
        "_npis",
        "_plain_code",
        "_plain_text",
        "_quantities",
        "_replacements",
        "_text_characters",
        "_texts",
        "as_it_stands",
        "diagnoses",
        "memo",
        "out",
        "profile",
    )

    def __init__(self, profile: WriteProfile) -> None:
        self.profile = profile
        self.as_it_stands = profile.as_it_stands
        self.out: list[str] = []
        self.memo: dict[object, str] = {}
        self.diagnoses: set[str] = set()
        self._delimiters = frozenset(
            sign for sign in profile.delimiters.all() if not sign.isalnum()
        )
        is_basic = profile.characters is CharacterSet.BASIC
        self._text_characters = BASIC_CHARACTERS if is_basic else EXTENDED_CHARACTERS
        replaced = {
            sign: to
            for sign, to in REPLACEMENTS.items()
            if sign not in self._text_characters or sign in self._delimiters
        }
        lower = {sign.lower(): to.lower() for sign, to in replaced.items() if sign.isalpha()}
        self._replacements = str.maketrans(lower | replaced)
        touchy = self._delimiters | frozenset(STAND_INS)
        words = _class_of(self._text_characters - touchy - {" "})
        self._plain_text = re.compile(rf"(?:{words}+(?: {words}+)*)?").fullmatch
        self._plain_code = re.compile(rf"{_class_of(EXTENDED_CHARACTERS - touchy)}+").fullmatch
        self._texts: dict[str, str] = {}
        self._amounts: dict[int, str] = {}
        self._days: dict[date, str] = {}
        self._quantities: dict[Decimal, str] = {}
        self._npis: set[str] = set()

    def put(self, *elements: str) -> None:
        """Write a segment, without trailing empty elements."""
        self.out.append("*".join(elements).rstrip("*"))

    def refuse(self, message: str) -> None:
        """Refuse what is written, unless it is to be written as it stands.

        Raises:
            RejectedError: with this message, which must not repeat what may be a patient's.
        """
        if not self.as_it_stands:
            raise RejectedError(message)

    def text(self, value: str, limit: int, field: str, of: str = "") -> str:
        """Bring free text into the characters of the partner, as ``elements.clean`` does.

        Args:
            value: What somebody typed.
            limit: How many characters there is room for.
            field: What a refusal calls it.
            of: Whose it is.
        """
        cleaned = self._texts.get(value)
        if cleaned is None:
            cleaned = self._texts[value] = self._clean(value, field, of)
        if len(cleaned) > limit:
            self.refuse(f"{_named(field, of)} is longer than {limit} characters")
        return cleaned

    def required_text(self, value: str, limit: int, field: str, of: str = "") -> str:
        """Clean free text that must be there."""
        cleaned = self.text(value, limit, field, of)
        if not cleaned:
            self.refuse(f"{_named(field, of)} is missing")
        return cleaned

    def code(self, value: str, limit: int, field: str, least: int = 1, of: str = "") -> str:
        """Let an identifier or code pass exactly as it is, or refuse it, as ``identifier`` does."""
        if least <= len(value) <= limit:
            if value.isalnum() and value.isascii():
                return value
            if self._plain_code(value) and value[0] != " " != value[-1]:
                return value
        return self._odd_code(value, limit, _named(field, of), least)

    def optional_code(self, value: str, limit: int, field: str, of: str = "") -> str:
        """Let an identifier or code pass, or nothing."""
        return self.code(value, limit, field, 1, of) if value else ""

    def party_id(self, value: str, field: str) -> str:
        """Let the identifier of a party (NM109) pass."""
        least, most = PARTY_ID_LENGTHS
        return self.code(value, most, field, least)

    def digits(self, value: str, lengths: tuple[int, ...], field: str) -> str:
        """Keep the digits of a telephone number or tax id, and only the digits."""
        if self.as_it_stands:
            return self._clean(value, field)
        kept = "".join(sign for sign in value if sign.isascii() and sign.isdigit())
        if len(kept) not in lengths:
            allowed = " or ".join(map(str, lengths))
            self.refuse(f"{field} must have {allowed} digits")
        return kept

    def npi(self, value: str, owner: str) -> str:
        """Let an NPI pass whose check digit is right."""
        if value not in self._npis:
            if not is_npi(value):
                self.refuse(f"{owner} NPI is not valid")
                return self._clean(value, f"{owner} NPI")
            self._npis.add(value)
        return value

    def amount(self, amount: Money, field: str = "amount") -> str:
        """Write money."""
        return self.cents(amount.cents, field)

    def cents(self, cents: int, field: str = "amount") -> str:
        """Write a number of cents as money."""
        written = self._amounts.get(cents)
        if written is None:
            written = self._amounts[cents] = write_cents(cents)
            if abs(cents) > CENTS_MAX:
                self.refuse(f"{field} is longer than {AMOUNT_LENGTH_MAX} digits")
        return written

    def optional_amount(self, amount: Money | None, field: str = "amount") -> str:
        """Write money, or nothing."""
        return "" if amount is None else self.amount(amount, field)

    def quantity(self, quantity: Decimal, field: str = "quantity") -> str:
        """Write a number that is not money."""
        written = self._quantities.get(quantity)
        if written is None:
            if not quantity.is_finite():
                msg = f"{field} is not a number"
                raise RejectedError(msg)
            written = write_quantity(quantity)
            if len(written.lstrip("-").replace(".", "")) > QUANTITY_LENGTH_MAX:
                self.refuse(f"{field} is longer than {QUANTITY_LENGTH_MAX} digits")
            self._quantities[quantity] = written
        return written

    def optional_quantity(self, quantity: Decimal | None, field: str = "quantity") -> str:
        """Write a number that is not money, or nothing."""
        return "" if quantity is None else self.quantity(quantity, field)

    def day(self, day: date) -> str:
        """Write a date of eight digits."""
        written = self._days.get(day)
        if written is None:
            written = self._days[day] = write_date(day)
        return written

    def optional_day(self, day: date | None) -> str:
        """Write a date of eight digits, or nothing."""
        return "" if day is None else self.day(day)

    def period(self, first: date, last: date | None) -> str:
        """Write form and value of a date: ``D8*20261005``, or RD8 where a last day is given."""
        if last is None:
            return f"D8*{self.day(first)}"
        if last < first:
            self.refuse("a period ends before it begins")
        return f"RD8*{self.day(first)}-{self.day(last)}"

    def _odd_code(self, value: str, limit: int, field: str, least: int) -> str:
        if self.as_it_stands:
            return self._clean(value, field)
        if not least <= len(value) <= limit or value != value.strip():
            msg = f"{field} must have {least} to {limit} characters and no blanks around them"
            raise RejectedError(msg)
        if not EXTENDED_CHARACTERS.issuperset(value) or not self._delimiters.isdisjoint(value):
            msg = f"{field} holds a character that X12 cannot carry in an identifier"
            raise RejectedError(msg)
        return value.translate(_PROTECT)

    def _clean(self, value: str, field: str, of: str = "") -> str:
        if self.as_it_stands:
            return self._as_it_stands(value, field, of)
        value = value.upper() if self.profile.upper_case else value
        if self._plain_text(value):
            return value
        value = self._transliterated(value)
        if not self._delimiters.isdisjoint(value):
            msg = f"{_named(field, of)} holds a character that X12 uses as a delimiter"
            raise RejectedError(msg)
        if not self._text_characters.issuperset(value):
            msg = f"{_named(field, of)} holds a character that X12 cannot carry"
            raise RejectedError(msg)
        return value.translate(_PROTECT)

    def _as_it_stands(self, value: str, field: str, of: str) -> str:
        """Let everything pass but what ends an element: what else was read comes out again."""
        delimiters = self.profile.delimiters
        if delimiters.element in value or delimiters.terminator in value:
            msg = f"{_named(field, of)} holds a character that X12 uses as a delimiter"
            raise RejectedError(msg)
        return value if delimiters == OURS else value.translate(_PROTECT)

    def _transliterated(self, value: str) -> str:
        replaced = value.translate(self._replacements)
        decomposed = unicodedata.normalize(
            "NFKD", replaced.upper() if self.profile.upper_case else replaced
        )
        unaccented = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
        return " ".join(unaccented.translate(self._replacements).split())


def shown(code: str) -> str:
    """Show a code in a message; what is none may be a patient's and is not repeated."""
    return code if code.isalnum() and len(code) <= CODE_LENGTH_MAX else "?"


def _named(field: str, of: str) -> str:
    return f"{of} {field}" if of else field


def _class_of(characters: frozenset[str]) -> str:
    return f"[{''.join(re.escape(sign) for sign in sorted(characters))}]"


def with_delimiters(text: str, delimiters: Delimiters) -> str:
    """Put a partner's delimiters in place of ours, and back what stood in for ours in the data."""
    if delimiters == OURS:
        return text
    theirs = dict(zip(OURS.all(), delimiters.all(), strict=True))
    theirs.update({stand_in: sign for sign, stand_in in STAND_INS.items()})
    return text.translate({ord(sign): to for sign, to in theirs.items()})
