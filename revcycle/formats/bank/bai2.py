"""BAI2: read a statement as balance-reporting banks send it.

Source:
    BAI2 "Cash Management Balance Reporting Specifications", version 2: records 01, 02, 03, 16, 88,
    49, 98 and 99.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from models.documents.deposit import BankEntry, BankProblem, BankStatement
from models.values.money import Money
from revcycle.formats.bank.bai2_records import BankRecord, read_records
from revcycle.formats.bank.texts import (
    NUMBER_LENGTH,
    find_check_number,
    find_trace,
    last_digits,
    plain,
)
from revcycle.formats.bank.type_codes import is_credit, kind_of

CENTS: Final = re.compile(r"[0-9]{1,15}")
SIGNED_CENTS: Final = re.compile(r"[+-]?[0-9]{1,15}")
EXTRA_FIELDS: Final[Mapping[str, int]] = MappingProxyType({"S": 3, "V": 2})
DISTRIBUTED: Final = "D"
DISTRIBUTIONS_MAX: Final = 60
CURRENCY: Final = "USD"
TYPE_PLACE, AMOUNT_PLACE, FUNDS_PLACE = 0, 1, 2


class _BadLineError(Exception):
    """A detail that cannot be taken; the rest of the file may be."""

    def __init__(self, problem: BankProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(slots=True)
class _Level:
    """What was counted since a header, to be compared with its trailer."""

    cents: int = 0
    members: int = 0
    records: int = 0


@dataclass(slots=True, repr=False)
class _Reader:
    """Walks through the records and keeps what it finds."""

    account: str
    entries: list[BankEntry] = field(default_factory=list)
    refused: list[BankProblem] = field(default_factory=list)
    problems: list[BankProblem] = field(default_factory=list)
    others: int = 0
    as_of: date | None = None
    here: str = ""  # last digits of the account we are in
    open_levels: list[str] = field(default_factory=list)
    levels: dict[str, _Level] = field(default_factory=dict)
    is_closed: bool = False

    def read(self, record: BankRecord) -> None:
        """Take one record in."""
        if self.is_closed:
            self._complain(record, "record", "nothing may follow the file's trailer 99")
            return
        step = STEPS.get(record.code)
        if step is None:
            allowed = "01, 02, 03, 16, 88, 49, 98, 99"
            self._complain(record, "record code", f"is not known; allowed: {allowed}")
            return
        for level in self.levels.values():
            level.records += record.count
        step(self, record)

    def begin_file(self, record: BankRecord) -> None:
        """01: the file begins."""
        self._open(record, "01", inside="")

    def begin_group(self, record: BankRecord) -> None:
        """02: the statement of one day begins."""
        self._open(record, "02", inside="01")
        fields = record.fields()
        self.as_of = _day(fields[3] if len(fields) > 3 else "")  # noqa: PLR2004 - the fourth field
        if self.as_of is None:
            self._complain(record, "as-of date", "is not a day; allowed: YYMMDD")
        if len(fields) > 5 and fields[5] not in ("", CURRENCY):  # noqa: PLR2004 - the sixth field
            self._complain(record, "currency", f"is not ours; allowed: {CURRENCY}")

    def begin_account(self, record: BankRecord) -> None:
        """03: an account begins, with its balances."""
        self._open(record, "03", inside="02")
        fields = record.fields()
        self.here = last_digits(fields[0])
        if not self.here:
            self._complain(record, "account number", "is missing")
        if len(fields) > 1 and fields[1] not in ("", CURRENCY):
            self._complain(record, "currency", f"is not ours; allowed: {CURRENCY}")
        for amount in _summary_amounts(fields[2:]):
            if amount and not SIGNED_CENTS.fullmatch(amount):
                self._complain(record, "amount", "is not a whole number of cents")
            elif amount:
                self._add(int(amount))

    def detail(self, record: BankRecord) -> None:
        """16: one movement."""
        if "03" not in self.open_levels:
            self._complain(record, "record", "16 stands outside of an account (03)")
            return
        fields, _ = record.leading(3)
        if CENTS.fullmatch(fields[AMOUNT_PLACE]):
            self._add(int(fields[AMOUNT_PLACE]))
        if self.here != self.account:
            self.others += 1
            return
        try:
            self.entries.extend(self._entry(record, fields))
        except _BadLineError as error:
            self.refused.append(error.problem)

    def end_account(self, record: BankRecord) -> None:
        """49: the account's trailer."""
        fields = record.fields()
        self._close(record, "03", fields, members=None)

    def end_group(self, record: BankRecord) -> None:
        """98: the group's trailer."""
        self._close(record, "02", record.fields(), members="number of accounts")

    def end_file(self, record: BankRecord) -> None:
        """99: the file's trailer."""
        self._close(record, "01", record.fields(), members="number of groups")
        self.is_closed = True

    def _entry(self, record: BankRecord, fields: list[str]) -> Iterator[BankEntry]:
        code = fields[TYPE_PLACE]
        credit = is_credit(code)
        if credit is None:
            raise _BadLineError(
                BankProblem(record.line, "type code", "is not known; allowed: 100 to 699")
            )
        if not CENTS.fullmatch(fields[AMOUNT_PLACE]):
            raise _BadLineError(
                BankProblem(record.line, "amount", "is not a whole number of cents")
            )
        if self.as_of is None:
            raise _BadLineError(
                BankProblem(record.line, "as-of date", "of the group (02) is missing")
            )
        cents = int(fields[AMOUNT_PLACE])
        if not cents:
            return  # nothing moved
        (bank_reference, customer_reference), pieces = _references(record, fields)
        text = plain(" ".join(pieces))
        trace = find_trace(pieces)
        yield BankEntry(
            line=record.line,
            account=self.here,
            posted_on=self.as_of,
            amount=Money(cents if credit else -cents),
            kind=kind_of(code, has_trace=bool(trace.number)),
            type_code=code,
            trace_number=plain(trace.number, NUMBER_LENGTH),
            payer_trace_id=plain(trace.payer_id, NUMBER_LENGTH),
            check_number=plain(_check_number(code, customer_reference, text), NUMBER_LENGTH),
            reference=plain(bank_reference or customer_reference, 80),
            text=text,
        )

    def _open(self, record: BankRecord, code: str, *, inside: str) -> None:
        if (self.open_levels[-1] if self.open_levels else "") != inside:
            self._complain(record, "record", f"{code} stands where it may not")
        if inside in self.levels:
            self.levels[inside].members += 1
        if code in self.open_levels:
            del self.open_levels[self.open_levels.index(code) :]
        self.open_levels.append(code)
        self.levels[code] = _Level(records=record.count)

    def _close(
        self, record: BankRecord, code: str, fields: list[str], *, members: str | None
    ) -> None:
        level = self.levels.pop(code, None)
        if level is None or self.open_levels[-1:] != [code]:
            self._complain(record, "record", f"{record.code} closes what is not open")
            return
        self.open_levels.pop()
        expected = [("control total", level.cents)]
        if members:
            expected.append((members, level.members))
        expected.append(("number of records", level.records))
        for place, (name, counted) in enumerate(expected):
            self._compare(record, name, fields[place] if place < len(fields) else "", counted)

    def _compare(self, record: BankRecord, name: str, said: str, counted: int) -> None:
        if not SIGNED_CENTS.fullmatch(said):
            self._complain(record, name, "is missing or no number")
        elif int(said) != counted:
            self._complain(record, name, f"says {int(said)}, the records above it make {counted}")

    def _add(self, cents: int) -> None:
        for level in self.levels.values():
            level.cents += cents

    def _complain(self, record: BankRecord, name: str, message: str) -> None:
        self.problems.append(BankProblem(record.line, name, message))


STEPS: Final[Mapping[str, Callable[[_Reader, BankRecord], None]]] = MappingProxyType(
    {
        "01": _Reader.begin_file,
        "02": _Reader.begin_group,
        "03": _Reader.begin_account,
        "16": _Reader.detail,
        "49": _Reader.end_account,
        "98": _Reader.end_group,
        "99": _Reader.end_file,
    }
)


def read_bai2(text: str, account: str) -> BankStatement:
    """Read the lines of one account, named by its last four digits.

    A line that cannot be read is refused and named, and the others go on. Where totals or counts
    of the file do not add up, or it breaks off, nothing of it may be taken.
    """
    reader = _Reader(account)
    for record in read_records(text):
        reader.read(record)
    if not reader.is_closed:
        message = "has no trailer 99: it is no BAI2 file, or it was cut off"
        reader.problems.append(BankProblem(0, "trailer", message))
    return BankStatement(
        tuple(reader.entries), tuple(reader.refused), tuple(reader.problems), reader.others
    )


def _references(record: BankRecord, fields: list[str]) -> tuple[tuple[str, str], tuple[str, ...]]:
    """Find the bank's and the customer's reference, and the text behind them."""
    before = len(fields) + _availability_fields(record, fields[FUNDS_PLACE])
    all_fields, pieces = record.leading(before + 2)
    return (all_fields[before], all_fields[before + 1]), pieces


def _availability_fields(record: BankRecord, funds_type: str) -> int:
    if funds_type != DISTRIBUTED:
        return EXTRA_FIELDS.get(funds_type, 0)
    said = record.leading(4)[0][3]
    if not (said.isascii() and said.isdigit() and int(said) <= DISTRIBUTIONS_MAX):
        message = f"of availability is no number; allowed: 0 to {DISTRIBUTIONS_MAX}"
        raise _BadLineError(BankProblem(record.line, "number of distributions", message))
    return 1 + 2 * int(said)


def _summary_amounts(fields: list[str]) -> Iterator[str]:
    """Give the amounts of an account's balances: type, amount, count, funds type, days."""
    place = 0
    while place < len(fields):
        yield fields[place + 1] if place + 1 < len(fields) else ""
        funds_type = fields[place + 3] if place + 3 < len(fields) else ""
        place += 4 + EXTRA_FIELDS.get(funds_type, 0)
        if funds_type == DISTRIBUTED:
            said = fields[place] if place < len(fields) else ""
            place += 1 + 2 * (int(said) if re.fullmatch(r"[0-9]{1,3}", said) else 0)


def _check_number(code: str, customer_reference: str, text: str) -> str:
    """Find the number of a check: banks put it into the customer reference of lockbox items."""
    if kind_of(code, has_trace=False) == "check" and customer_reference.isdigit():
        return customer_reference
    return find_check_number(text)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%y%m%d").date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return None
