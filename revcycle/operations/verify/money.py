"""Do the books hold what they promise?"""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from models.documents.invariant import InvariantResult
from revcycle.store import invariants_books, invariants_denials, invariants_deposits
from revcycle.store import invariants_money as books
from revcycle.store.credit_balances import credits_in_debit
from revcycle.store.invariants_recoding import charges_of_nothing
from revcycle.store.invariants_unapplied import unapplied_unlike_books
from revcycle.store.joined_patients import rows_of_joined
from revcycle.store.payments import payments_unlike_books
from revcycle.store.refunds import refunds_unlike_promise

Query = Callable[[Session, UUID], books.Violations]

MONEY_INVARIANTS: tuple[tuple[str, str, Query], ...] = (
    (
        "I-M1",
        "every ledger entry has postings, none of zero, that sum to zero",
        books.unbalanced_entries,
    ),
    (
        "I-M3",
        "for every charge: charge = payments + write-offs + balances",
        books.open_sums_of_charges,
    ),
    ("I-M3b", "every booked charge has the amount it was booked with", books.charges_unlike_books),
    (
        "I-M3c",
        "nothing is charged for a service that is not coded any more, nor for a voided visit",
        charges_of_nothing,
    ),
    (
        "I-M4",
        "for every remittance: claims less provider adjustments = payment",
        books.remittances_unlike_payment,
    ),
    (
        "I-M5",
        "for every remittance: what is posted to its clearing account = payment",
        books.remittances_unlike_books,
    ),
    ("I-M6", "no payment trace is posted twice", books.repeated_traces),
    (
        "I-M7",
        "every reversal negates exactly one entry, and no entry is reversed twice",
        books.inexact_reversals,
    ),
    ("I-M9", "no receivable of a charge stands below zero", books.negative_receivables),
    (
        "I-M10",
        "what stands as denied on a charge is what its unresolved denials say",
        books.unworked_denied_money,
    ),
    (
        "I-M11",
        "every unresolved denial, an appealed one too, has an open work item",
        invariants_denials.denials_without_work,
    ),
    (
        "I-M12",
        "an appeal waits for its payer exactly as long as its denial is appealed",
        invariants_denials.appeals_unlike_denials,
    ),
    (
        "I-M14",
        "money waits as unapplied exactly for claims of remittances that stand on none of ours",
        unapplied_unlike_books,
    ),
    (
        "I-M15",
        "every closed month holds in each account what it held when it was closed",
        invariants_books.closed_months_unlike_books,
    ),
    (
        "I-M15b",
        "every entry counts in the month of its date, or after closing in the next open one",
        invariants_books.entries_in_wrong_month,
    ),
    (
        "I-M16",
        "what is owed, by age, sums to each receivable account",
        invariants_books.ageing_unlike_books,
    ),
    (
        "I-M18",
        "every paid refund is booked once, has its own check and, above the limit, two persons",
        refunds_unlike_promise,
    ),
    (
        "I-M18b",
        "of no credit more goes back than came in",
        credits_in_debit,
    ),
    (
        "I-M18c",
        "every payment of a patient is in the books once, with its amount",
        payments_unlike_books,
    ),
    (
        "I-M17",
        "the clearing account of a remittance is its payment less the deposits matched with it",
        invariants_deposits.clearing_unlike_deposits,
    ),
    (
        "I-M17b",
        "a bank line is whole in unidentified cash, whole in its matches, or nowhere",
        invariants_deposits.bank_lines_unlike_books,
    ),
    (
        "I-M20",
        "of a joined patient's account nothing stands alone but what was booked before",
        rows_of_joined,
    ),
    ("I-Q5", "every cause has at most one open work item", books.repeated_causes),
)


def check_money(session: Session, client_id: UUID) -> tuple[InvariantResult, ...]:
    """Evaluate every invariant of the books of one practice."""
    return tuple(
        InvariantResult(invariant_id, description, *query(session, client_id))
        for invariant_id, description, query in MONEY_INVARIANTS
    )
