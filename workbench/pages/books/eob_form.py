"""What a poster types of a paper remittance, read from the form line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from models.documents.claim import Adjustment
from models.documents.client_config import PayerSection
from models.documents.posting import PostableClaim
from models.values.money import ZERO, Money, total
from revcycle.operations.deposits.typed_remittance import (
    TypedClaim,
    TypedLine,
    TypedRemittance,
)

CLAIMS_MAX: Final = 10  # more fields than a form may have would come of more
ADJUSTMENTS_OF_LINE: Final = 3
GROUPS: Final = ("CO", "PR", "OA", "PI")
METHODS: Final[Mapping[str, str]] = {"CHK": "check", "ACH": "electronic", "NON": "no payment"}
NUMBER_LENGTH: Final = 50


@dataclass(slots=True)
class TypedFields:
    """The fields of the form as they came; what cannot be read is collected in words."""

    fields: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a field without blanks around it."""
        return self.fields.get(name, "").strip()

    def money(self, name: str, label: str) -> Money:
        """Read an amount; empty is zero."""
        text = self.text(name).removeprefix("$").replace(",", "")
        try:
            return Money.parse(text) if text else ZERO
        except ValueError:
            self.problems.append(f"{label}: not an amount; allowed: 125.00")
            return ZERO

    def day(self, name: str, label: str) -> date | None:
        """Read a day."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.problems.append(f"{label}: not a day")
            return None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One of our lines, as the form shows it; ``name`` begins the names of its fields."""

    name: str
    number: int
    procedure_code: str
    charge: Money


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One of our claims, as the form shows it."""

    name: str
    claim_id: UUID
    control_number: str
    payer_rank: int
    lines: tuple[LineRow, ...]


def claim_numbers(fields: Mapping[str, str]) -> list[str]:
    """Read the claim numbers, in any form of list, each once."""
    text = fields.get("numbers", "").replace(",", " ").replace(";", " ").upper()
    return list(dict.fromkeys(text.split()))[:CLAIMS_MAX]


def claim_rows(numbers: Sequence[str], claims: Mapping[str, PostableClaim]) -> list[ClaimRow]:
    """Lay the claims that are known out for the form, in the order typed."""
    return [
        ClaimRow(
            f"c-{number}",
            claims[number].claim_id,
            number,
            claims[number].payer_rank,
            tuple(
                LineRow(f"c-{number}-{one.number}", one.number, one.procedure_code, one.charge)
                for one in claims[number].lines
            ),
        )
        for number in numbers
        if number in claims
    ]


def read_typed(
    typed: TypedFields, rows: Sequence[ClaimRow], payers: Sequence[PayerSection], *, today: date
) -> TypedRemittance | None:
    """Read the whole form; None where something cannot be read, and ``problems`` says what."""
    payer = next((one for one in payers if one.key == typed.text("payer")), None)
    paid_on = typed.day("paid_on", "Date of the payment")
    amount = typed.money("amount", "Amount of the payment")
    claims = tuple(_claim(typed, row) for row in rows)
    number = typed.text("number")
    for is_wrong, words in (
        (payer is None, "Payer: choose who paid"),
        (not number or len(number) > NUMBER_LENGTH, "Number: of the check or payment"),
        (not number.isalnum() and bool(number), "Number: letters and digits only"),
        (typed.text("method") not in METHODS, "Method: choose how it was paid"),
        (amount < ZERO, "Amount of the payment: zero or more"),
        (paid_on is not None and paid_on > today, "Date of the payment: lies ahead"),
        (not claims, "Claims: name at least one of ours"),
    ):
        if is_wrong:
            typed.problems.append(words)
    if typed.problems or payer is None or paid_on is None:
        return None
    return TypedRemittance(
        payer.name, payer.payer_id, number, typed.text("method"), paid_on, amount, claims
    )


def typed_total(typed: TypedFields, rows: Sequence[ClaimRow]) -> Money:
    """Add up what the lines say is paid."""
    return total(typed.money(f"{line.name}-paid", "Paid") for row in rows for line in row.lines)


def _claim(typed: TypedFields, row: ClaimRow) -> TypedClaim:
    lines = tuple(_line(typed, row, line) for line in row.lines)
    payer_number = typed.text(f"{row.name}-payer-number")[:NUMBER_LENGTH]
    return TypedClaim(row.control_number, row.payer_rank, lines, payer_number)


def _line(typed: TypedFields, row: ClaimRow, line: LineRow) -> TypedLine:
    label = f"Claim {row.control_number}, line {line.number}"
    paid = typed.money(f"{line.name}-paid", f"{label}, paid")
    adjustments = tuple(
        one
        for place in range(ADJUSTMENTS_OF_LINE)
        if (one := _adjustment(typed, f"{line.name}-{place}", label)) is not None
    )
    return TypedLine(line.number, line.procedure_code, line.charge, paid, adjustments)


def _adjustment(typed: TypedFields, name: str, label: str) -> Adjustment | None:
    amount = typed.money(f"{name}-amount", f"{label}, adjustment")
    group, reason = typed.text(f"{name}-group"), typed.text(f"{name}-reason").upper()
    if not amount and not reason:
        return None
    if group not in GROUPS or not (reason.isalnum() and len(reason) <= 5) or not amount:  # noqa: PLR2004 - a CARC
        typed.problems.append(f"{label}: an adjustment has a group, a reason code and an amount")
        return None
    return Adjustment(group, reason, amount)
