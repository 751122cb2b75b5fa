"""Texts of a client file that have a form: their check, and in words what is allowed.

The words are what a person reads who wrote something else, and what an editor shows.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema
from stdnum.us import ein

from models.values.identifiers import is_npi
from models.values.money import Money
from models.values.skill import CERTIFICATION


@dataclass(frozen=True, slots=True)
class Text:
    """Marks a text that has a form: the pattern for machines, what is allowed for people."""

    pattern: str
    allowed: str

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the pattern and, if it fails, say in words what is allowed."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell editors the pattern and the words."""
        anchored = f"^({self.pattern})$"
        return {**handler(schema), "pattern": anchored, "description": self.allowed}

    def _check(self, text: str) -> str:
        if re.fullmatch(self.pattern, text) is None:
            raise ValueError(self.allowed)
        return text


def _npi(text: str) -> str:
    if not is_npi(text):
        msg = "an NPI has ten digits and a valid check digit"
        raise ValueError(msg)
    return text


def _tin(text: str) -> str:
    if not ein.is_valid(text):
        msg = "a TIN has nine digits and a prefix that the IRS uses"
        raise ValueError(msg)
    return ein.compact(text)


def _time_zone(text: str) -> str:
    if text not in available_timezones():
        msg = "a time zone is an IANA name such as America/New_York"
        raise ValueError(msg)
    return text


CRON_FIELDS: Final = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
)
_CRON_PART: Final = re.compile(r"(?:\*|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([1-9][0-9]?))?")


def _cron(text: str) -> str:
    fields = text.split(" ")
    if len(fields) != len(CRON_FIELDS):
        msg = "a schedule has five cron fields with one space between, such as 30 6 * * 1-5"
        raise ValueError(msg)
    for field, (name, lowest, highest) in zip(fields, CRON_FIELDS, strict=True):
        for part in field.split(","):
            _check_cron_part(part, name, lowest, highest)
    return text


def _check_cron_part(part: str, name: str, lowest: int, highest: int) -> None:
    match = _CRON_PART.fullmatch(part)
    numbers = [int(number) for number in match.groups()[:2] if number] if match else [-1]
    in_range = all(lowest <= number <= highest for number in numbers)
    if not in_range or numbers != sorted(numbers):
        msg = f"in a schedule the {name} is *, or numbers from {lowest} to {highest}"
        raise ValueError(msg)


def _minimum(text: str) -> str:
    if Money.parse(text).cents <= 0:
        msg = "an amount of more than zero, such as 5.00"
        raise ValueError(msg)
    return text


def _date_format(text: str) -> str:
    day = date(2031, 12, 25)
    try:
        understood = datetime.strptime(day.strftime(text), text).date() == day  # noqa: DTZ007 - a day
    except ValueError:
        understood = False
    if not understood:
        msg = "a date format has year, month and day, such as %m/%d/%Y"
        raise ValueError(msg)
    return text


Key = Annotated[
    str, Text(r"[a-z][a-z0-9_]{1,39}", "a key has lower case letters, digits and _, at most 40")
]
Npi = Annotated[
    str, AfterValidator(_npi), Field(description="an NPI has ten digits and a valid check digit")
]
Tin = Annotated[
    str,
    AfterValidator(_tin),
    Field(description="a TIN has nine digits and a prefix that the IRS uses"),
]
LastDigits = Annotated[str, Text(r"[0-9]{4}", "the last four digits of the account")]
TimeZone = Annotated[
    str,
    AfterValidator(_time_zone),
    Field(description="a time zone is an IANA name such as America/New_York"),
]
Cron = Annotated[
    str,
    AfterValidator(_cron),
    Field(description="a schedule has five cron fields, such as 30 6 * * 1-5"),
]
DateFormat = Annotated[
    str,
    AfterValidator(_date_format),
    Field(description="a date format has year, month and day, such as %m/%d/%Y"),
]
Secret = Annotated[
    str, Text(r"env:[A-Z][A-Z0-9_]*", "a secret is named, never written: env:SOME_VARIABLE")
]
Taxonomy = Annotated[str, Text(r"[0-9A-Z]{9}X", "a taxonomy code has ten characters and ends in X")]
Phone = Annotated[str, Text(r"[0-9]{10}", "a phone number has ten digits and nothing else")]
Email = Annotated[
    str, Text(r"[^@\s]+@[^@\s]+\.[^@\s]+", "a mail address, such as billing@example.org")
]
Certification = Annotated[
    str, Text(CERTIFICATION.pattern, "a certification's letters in capitals, such as CPC")
]
AmountText = Annotated[
    str,
    Text(r"[0-9]+(\.[0-9]{1,2})?", 'an amount in quotes, such as "5.00"'),
    AfterValidator(_minimum),
]
LimitText = Annotated[str, Text(r"[0-9]+(\.[0-9]{1,2})?", 'an amount in quotes, such as "0.00"')]
ShareText = Annotated[
    str, Text(r"0\.[0-9]{1,4}|1(\.0{1,4})?", 'a share between 0 and 1 in quotes, such as "0.95"')
]
PlaceOfService = Annotated[str, Text(r"[0-9]{2}", "a place of service has two digits")]
ControlId = Annotated[
    str, Text(r"[A-Z0-9]{2,15}", "2 to 15 capital letters and digits, as ISA06 and ISA08 hold")
]
DelimiterSigns = Annotated[
    str,
    Text(
        r"(?!.*(.).*\1)[!-/:-@\[-`{-~]{4}",
        "four different signs, no letters, digits or blanks: element, repetition, component, end",
    ),
]
State = Annotated[str, Text(r"[A-Z]{2}", "a state has two capital letters")]
ZipCode = Annotated[str, Text(r"[0-9]{5}([0-9]{4})?", "five or nine digits without a hyphen")]
BillType = Annotated[str, Text(r"0[1-9]{2}1", "a bill type has four digits: 0, two more, then 1")]
PayerId = Annotated[str, Text(r"[A-Z0-9]{2,15}", "2 to 15 capital letters and digits, in quotes")]
Name = Annotated[str, Text(r"\S(.{0,58}\S)?", "1 to 60 characters, no space at either end")]
Folder = Annotated[str, Text(r"\S(.*\S)?", "a folder, no space at either end")]
Port = Annotated[int, Field(gt=0, le=65535)]
