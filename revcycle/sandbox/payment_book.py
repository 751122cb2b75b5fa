"""What the book says of payments: their trace numbers, decisions, and what is taken back."""

from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from models.documents.remittance import RemittanceClaim, RemittanceDocument
from models.values.money import Money
from revcycle.sandbox.book import Book
from revcycle.sandbox.meaning import LineMeaning
from revcycle.sandbox.remittances import (
    BALANCE_FORWARD,
    TAKE_BACK,
    DecisionKind,
    Moved,
    patient_share_of,
    without_names,
)

CLAIM_JSON: Final = TypeAdapter(RemittanceClaim)


def next_trace_number(book: Book) -> int:
    """Return a number from which on no payment has a trace number (TRN02)."""
    return book.next_id("remittance")


def owed_back(book: Book, account: str, payer_id: str, payee: str) -> tuple[Moved, ...]:
    """Return what delivered payments announced to take back and none has taken.

    What a payment takes counts when it is written, what it announces when it was delivered.
    """
    rows = book.read(
        """SELECT moved.reason, moved.reference, sum(moved.amount_cents)
        FROM provider_adjustment AS moved JOIN remittance ON remittance.id = moved.remittance
        WHERE account = ? AND payer_id = ? AND payee_npi = ? AND moved.reason IN (?, ?)
        AND (moved.amount_cents > 0 OR answer_file IN (SELECT answer_file FROM delivered_file))
        GROUP BY moved.reason, moved.reference HAVING sum(moved.amount_cents) < 0
        ORDER BY min(remittance.id)""",
        (account, payer_id, payee, TAKE_BACK, BALANCE_FORWARD),
    )
    return tuple(Moved(reason, reference, Money(-cents)) for reason, reference, cents in rows)


def add_remittance(book: Book, answer_id: int, account: str, document: RemittanceDocument) -> int:
    """Record a payment with what it moves outside claims."""
    payee = document.payee.npi or document.payee.tax_id
    remittance_id = book.insert(
        "remittance",
        answer_file=answer_id,
        account=account,
        payer_id=document.payer_id,
        payee_npi=payee,
        trace_number=document.trace_number,
        amount_cents=document.amount.cents,
    )
    for adjustment in document.provider_adjustments:
        book.insert(
            "provider_adjustment",
            remittance=remittance_id,
            reason=adjustment.reason,
            reference=adjustment.reference,
            amount_cents=adjustment.amount.cents,
        )
    return remittance_id


def add_decision(
    book: Book,
    remittance_id: int,
    claim_id: int,
    kind: DecisionKind,
    payer_id: str,
    claim: RemittanceClaim,
    meanings: Sequence[LineMeaning],
) -> None:
    """Record what a payment says of a claim, without the patient's name, and what it means."""
    decision_id = book.insert(
        "decision",
        received_claim=claim_id,
        remittance=remittance_id,
        kind=str(kind),
        payer_id=payer_id,
        status=claim.status,
        charge_cents=claim.charge.cents,
        paid_cents=claim.paid.cents,
        patient_cents=patient_share_of(claim).cents,
        claim=CLAIM_JSON.dump_json(without_names(claim)).decode(),
    )
    for one in meanings:
        book.insert(
            "decision_line",
            decision=decision_id,
            line_number=one.number,
            paid_cents=one.paid.cents,
            contractual_cents=one.contractual.cents,
            sequestered_cents=one.sequestered.cents,
            patient_cents=one.patient.cents,
            denied_cents=one.denied.cents,
        )


def meanings_of_decision(book: Book, decision_id: int) -> tuple[LineMeaning, ...]:
    """Return what a recorded decision means, line by line."""
    rows = book.read(
        "SELECT line_number, paid_cents, contractual_cents, sequestered_cents, patient_cents,"
        " denied_cents FROM decision_line WHERE decision = ? ORDER BY rowid",
        (decision_id,),
    )
    return tuple(LineMeaning(number, *map(Money, cents)) for number, *cents in rows)
