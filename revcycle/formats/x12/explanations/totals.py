"""What a file adds up to: its transactions, claims, money and problems."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.documents.finding import Severity
from models.values.money import ZERO, Money
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.elements import read_amount
from revcycle.formats.x12.explanations.segments import printable, with_thousands
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.names.catalogue import code_words
from revcycle.formats.x12.segments import Segment

LEVELS = {
    Snip.NOTE: "notes",
    Snip.STRUCTURE: "structure",
    Snip.GUIDE: "guide",
    Snip.BALANCE: "balances",
    Snip.SITUATION: "situations",
    Snip.CODE_SET: "external codes",
    Snip.SERVICE: "kinds of service",
    Snip.PAYER: "payer's rules",
}


@dataclass(slots=True)
class Totals:
    """Sums over the transactions that went by."""

    transactions: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    charge: Money = ZERO
    paid: Money = ZERO
    payment: Money = ZERO
    has_payments: bool = False

    def add(self, transaction: Transaction) -> None:
        """Count one transaction."""
        self.transactions[transaction.kind] += 1
        for segment in transaction.segments:
            if segment[0] == "CLM":
                self._add_claim(segment, 2)
            elif segment[0] == "CLP":
                self._add_claim(segment, 3)
                self.paid += _amount(segment, 4)
            elif segment[0] == "BPR":
                self.has_payments = True
                self.payment += _amount(segment, 2)

    def _add_claim(self, segment: Segment, charge_at: int) -> None:
        self.claims += 1
        self.charge += _amount(segment, charge_at)

    def sentences(self) -> Iterator[str]:
        """Say it in one line."""
        kinds = (f"{count} x {_kind(kind)}" for kind, count in self.transactions.items())
        parts = [", ".join(kinds) or "no transaction"]
        if self.claims:
            parts.append(f"{self.claims} {'claim' if self.claims == 1 else 'claims'}")
            parts.append(f"charged {with_thousands(self.charge)}")
        if self.has_payments:
            parts.append(f"paid {with_thousands(self.paid)}")
            parts.append(f"payment {with_thousands(self.payment)}")
        yield " · ".join(parts)


@dataclass(slots=True)
class ProblemCount:
    """How many errors, warnings and notes were told, by level."""

    counts: Counter[tuple[Severity, Snip]] = field(default_factory=Counter)

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Count some more."""
        self.counts.update((one.severity, one.level) for one in diagnostics)

    def sentence(self) -> str:
        """Say it in one line."""
        said = [_by_level(name, self._levels(severity)) for severity, name in _NAMES.items()]
        notes = sum(self._levels(Severity.INFO).values())
        said.append(f"{notes} {'note' if notes == 1 else 'notes'}" if notes else "")
        return " · ".join(filter(None, said)) or "nothing wrong was found"

    def _levels(self, severity: Severity) -> dict[Snip, int]:
        return {level: count for (each, level), count in self.counts.items() if each is severity}


_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def _by_level(name: str, counts: dict[Snip, int]) -> str:
    total = sum(counts.values())
    if not total:
        return ""
    levels = ", ".join(f"{LEVELS[level]} {counts[level]}" for level in sorted(counts))
    return f"{total} {name}{'' if total == 1 else 's'} ({levels})"


def _kind(kind: str) -> str:
    words = code_words("transaction", kind)
    return f"{kind} {words}" if words else printable(kind) if len(kind) <= 3 else "unknown"  # noqa: PLR2004 - a kind is three signs


def _amount(segment: Segment, number: int) -> Money:
    try:
        return read_amount(segment.get(number))
    except ValueError:
        return ZERO
