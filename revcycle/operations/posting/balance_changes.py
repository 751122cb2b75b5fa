"""Say what entries would leave on each service of a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.ledger import EntryDraft, PostingDraft
from models.documents.posting import PostableClaim
from models.values.accounts import RECEIVABLES, Account
from models.values.money import ZERO, Money
from revcycle.rules.ledger.totals import account_totals
from revcycle.store import ledger


@dataclass(frozen=True, slots=True)
class BalanceChange:
    """Who owes what of one service, before and after; only what is not zero.

    Attributes:
        after: As it would be; below zero it would become a credit.
    """

    procedure_code: str
    charge: Money
    before: Mapping[Account, Money]
    after: Mapping[Account, Money]


def balance_changes(
    session: Session, client_id: UUID, claim: PostableClaim, entries: Sequence[EntryDraft]
) -> tuple[BalanceChange, ...]:
    """Work out the receivables of a claim's services before and after some entries."""
    charge_ids = [line.charge_id for line in claim.lines]
    balances = ledger.balances_of_charges(session, client_id, charge_ids)
    changes = []
    for line in claim.lines:
        before = _receivables(balances.get(line.charge_id, {}))
        moved = account_totals(_of_charge(entries, line.charge_id))
        after = {one: before.get(one, ZERO) + moved.get(one, ZERO) for one in RECEIVABLES}
        changes.append(BalanceChange(line.procedure_code, line.charge, before, _receivables(after)))
    return tuple(changes)


def _receivables(balances: Mapping[Account, Money]) -> dict[Account, Money]:
    return {one: balances[one] for one in RECEIVABLES if balances.get(one, ZERO)}


def _of_charge(entries: Sequence[EntryDraft], charge_id: UUID) -> list[PostingDraft]:
    return [
        posting
        for entry in entries
        for posting in entry.postings
        if posting.subject.charge_id == charge_id
    ]
