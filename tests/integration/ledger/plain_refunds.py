"""Refunds as a bookkeeper would keep them on paper, beside the plain books."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from models.values.accounts import Account
from tests.integration.ledger.plain_books import ACCOUNT_OF, PATIENT, PlainBooks, PlainCharge


class Stage(StrEnum):
    """How far a refund got."""

    REQUESTED = "requested"
    APPROVED = "approved"
    PAID = "paid"
    OVER = "over"  # refused, void, or at the bank: nothing moves it any more


@dataclass(slots=True, eq=False)
class PlainMoney:
    """Money of others that stands with us: of a charge, of a patient, or of a payer's own claim.

    Attributes:
        who: Whose credit of the charge it is: a payer's place in line, or the patient.
        charge_id: Of ``charge``, in the real books.
        paid: What the payer sent for it in the beginning.
        unapplied_id: The claim of a remittance that stands on none of ours.
        is_taken: The payer took it back itself.
    """

    patient_id: UUID | None = None
    charge: PlainCharge | None = None
    charge_id: UUID | None = None
    who: int = PATIENT
    unapplied_id: UUID | None = None
    unapplied: int = 0
    paid: int = 0
    is_taken: bool = False

    @property
    def account(self) -> Account:
        """The liability in which it stands."""
        if self.unapplied_id is not None:
            return Account.UNAPPLIED
        return Account.PATIENT_CREDIT if self.who == PATIENT else Account.INSURANCE_CREDIT

    @property
    def receivable(self) -> Account:
        """What the credit came out of."""
        return Account(ACCOUNT_OF[self.who])

    def held(self, books: PlainBooks) -> int:
        """Tell how much of it stands with us now."""
        if self.unapplied_id is not None:
            return self.unapplied
        if self.charge is not None:
            return self.charge.credit[self.who]
        return books.free_credit[str(self.patient_id)]

    def move(self, books: PlainBooks, amount: int) -> None:
        """Let it grow by an amount, or shrink by a negative one."""
        if self.is_taken:  # the check that returned it, too, is void: it was taken once only
            books.totals["RECOUP_DUE"] -= amount
        elif self.unapplied_id is not None:
            self.unapplied += amount
            books.totals["UNAPPLIED"] -= amount
        elif self.charge is not None:
            self.charge.credit[self.who] += amount
            self.charge.level()
        else:
            books.free_credit[str(self.patient_id)] += amount

    def take(self, books: PlainBooks) -> None:
        """Let the payer take it back, also where a check returned it already."""
        paid_back = self.unapplied == 0
        books.totals["REMIT_CLEARING"] -= self.paid
        books.totals["RECOUP_DUE" if paid_back else "UNAPPLIED"] += self.paid
        self.unapplied, self.is_taken = 0, True

    def is_same_credit(self, other: "PlainMoney") -> bool:
        """Tell whether two share what is free of it: all payers of one charge do."""
        if self.unapplied_id is not None or other.unapplied_id is not None:
            return self.unapplied_id == other.unapplied_id
        if self.charge_id is None and other.charge_id is None:
            return self.patient_id == other.patient_id
        return self.charge_id == other.charge_id and self.account is other.account


@dataclass(slots=True)
class PlainRefund:
    """One refund, from the request on."""

    id: UUID
    money: PlainMoney
    amount: int
    stage: Stage

    def pay(self, books: PlainBooks) -> None:
        """Write the check."""
        self.money.move(books, -self.amount)
        books.totals["REFUND_CLEARING"] -= self.amount
        self.stage = Stage.PAID

    def clear(self, books: PlainBooks) -> None:
        """See the check at the bank."""
        books.totals["REFUND_CLEARING"] += self.amount
        books.totals["BANK"] -= self.amount
        self.stage = Stage.OVER

    def void(self, books: PlainBooks) -> None:
        """Tear the check up, if there is one."""
        if self.stage is Stage.PAID:
            books.totals["REFUND_CLEARING"] += self.amount
            self.money.move(books, self.amount)
        self.stage = Stage.OVER


@dataclass(slots=True)
class PlainRefunds:
    """All refunds of a practice."""

    all: list[PlainRefund] = field(default_factory=list)

    def moving(self) -> list[PlainRefund]:
        """Those that somebody may still do something about."""
        return [one for one in self.all if one.stage is not Stage.OVER]

    def free(self, money: PlainMoney, books: PlainBooks) -> int:
        """Tell how much of some money no open refund speaks for."""
        spoken_for = sum(
            one.amount
            for one in self.all
            if one.stage in {Stage.REQUESTED, Stage.APPROVED} and one.money.is_same_credit(money)
        )
        return money.held(books) - spoken_for
