"""The books as a bookkeeper would keep them on paper: the model beside the real ones.

It knows nothing of entries, postings and claims of ours: per charge what each payer and the
patient owe, what was paid too much, and what is denied; per month what every account moved.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

PATIENT = 0  # who owes: a payer's place in line, or the patient
ACCOUNT_OF = {PATIENT: "AR:PAT", 1: "AR:INS1", 2: "AR:INS2", 3: "AR:INS3"}


@dataclass(slots=True)
class PlainDenial:
    """An amount that a payer refused.

    Attributes:
        moved_to: Who was asked for it later; None while nobody was.
    """

    amount: int
    group: str
    is_open: bool = True
    is_written_off: bool = False
    moved_to: int | None = None


@dataclass(slots=True)
class PlainLine:
    """What one payer decided of one charge."""

    paid: int
    contractual: int
    share: int
    denied: int
    group: str
    denial: PlainDenial | None = None

    @property
    def settled(self) -> int:
        """By how much the payer owes less."""
        return self.paid + self.contractual + self.share + self.denied


@dataclass(slots=True)
class PlainCharge:
    """One charge: who owes what, and what came out of it as a credit."""

    amount: int
    payers: int
    owed: Counter[int] = field(default_factory=Counter)
    credit: Counter[int] = field(default_factory=Counter)
    denied: int = 0

    def next_after(self, rank: int) -> int:
        """Who is asked for what a payer leaves."""
        return rank + 1 if rank < self.payers else PATIENT

    def level(self) -> None:
        """Let nobody owe less than nothing: the excess is a credit."""
        for who in ACCOUNT_OF:
            net = self.owed[who] - self.credit[who]
            self.owed[who], self.credit[who] = max(net, 0), max(-net, 0)


@dataclass(slots=True)
class PlainBooks:
    """Everything together, and month by month."""

    months: dict[date, Counter[str]] = field(default_factory=dict)
    charges: list[PlainCharge] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)  # of accounts that no charge explains
    free_credit: Counter[str] = field(default_factory=Counter)  # by patient, of no charge
    closed: date | None = None
    shown: Counter[str] = field(default_factory=Counter)

    def sums(self) -> Counter[str]:
        """Add up every account now; accounts at zero are left out."""
        sums = Counter(self.totals)
        for charge in self.charges:
            sums["CHARGES"] -= charge.amount
            sums["AR:INS:DENIED"] += charge.denied
            for who, account in ACCOUNT_OF.items():
                sums[account] += charge.owed[who]
                sums["PATIENT_CREDIT" if who == PATIENT else "INS_CREDIT"] -= charge.credit[who]
        sums["PATIENT_CREDIT"] -= self.free_credit.total()
        return Counter({account: cents for account, cents in sums.items() if cents})

    def count(self, day: date) -> None:
        """Count what changed since the last time in the month of a day, or the next open one."""
        month = day.replace(day=1)
        if self.closed is not None and month <= self.closed:
            month = following(self.closed)
        moved = self.months.setdefault(month, Counter())
        now = self.sums()
        for account in now.keys() | self.shown.keys():
            moved[account] += now[account] - self.shown[account]
        self.shown = now


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
