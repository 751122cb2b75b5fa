"""What the book says of claims: as they came, and as they were judged."""

import hashlib
from dataclasses import dataclass

from models.documents.acknowledgement import ClaimStatus
from models.documents.claim import ClaimDocument, FrequencyCode
from models.documents.remittance import RemittanceClaim
from models.values.money import Money
from revcycle.sandbox.book import Book
from revcycle.sandbox.meaning import LineMeaning
from revcycle.sandbox.payment_book import CLAIM_JSON, meanings_of_decision
from revcycle.sandbox.remittances import DecisionKind
from revcycle.sandbox.verdicts import History, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Original:
    """The claim that a replacement or void names, and the decision on it that stands."""

    claim_id: int
    outcome: Outcome
    standing: RemittanceClaim | None
    meanings: tuple[LineMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """What can be said of a claim somebody asks about."""

    outcome: Outcome
    claim_status: ClaimStatus
    payer_number: str
    is_decided: bool  # its remittance has left
    paid: Money


def next_payer_number(book: Book) -> str:
    """Name the claim that is accepted next, as the payer will call it."""
    return f"SBX{book.next_id('received_claim'):09d}"


def add_claim(
    book: Book, interchange_id: int, account: str, claim: ClaimDocument, verdict: Verdict
) -> tuple[int, str]:
    """Record a claim and its verdict; return its id and the payer's number of it."""
    number = next_payer_number(book) if verdict.is_accepted else ""
    status = verdict.claim_status
    claim_id = book.insert(
        "received_claim",
        received_interchange=interchange_id,
        account=account,
        claim_control_number=claim.control_number,
        frequency=str(claim.frequency_code),
        original_reference=claim.original_reference,
        patient_sha256=_patient_sha256(account, claim),
        charge_cents=claim.charge_total.cents,
        payer_id=claim.payer.payer_id,
        payer_rank=claim.payer.responsibility,
        outcome=str(verdict.outcome),
        claim_status=f"{status.category}:{status.code}:{status.entity}",
        payer_claim_control_number=number or None,
    )
    if verdict.case is not None:
        book.insert("claim_case", received_claim=claim_id, name=str(verdict.case))
    return claim_id, number


def history_of(book: Book, account: str, claim: ClaimDocument) -> History:
    """Look up what is known of a claim before it is judged."""
    is_repeated = book.exists(
        "SELECT 1 FROM received_claim WHERE account = ? AND claim_control_number = ?"
        " AND frequency = ? AND original_reference = ? AND payer_id = ?"
        " AND outcome <> 'rejected'",
        (
            account,
            claim.control_number,
            str(claim.frequency_code),
            claim.original_reference,
            claim.payer.payer_id,
        ),
    )
    if claim.frequency_code is FrequencyCode.ORIGINAL:
        return History(is_repeated)
    original = find_original(book, account, claim.original_reference)
    if original is None:
        return History(is_repeated)
    denied = original.outcome in {Outcome.DENIED, Outcome.PARTLY_DENIED}
    return History(
        is_repeated,
        original_found=True,
        original_denied=denied,
        original_stands=original.standing is not None,
    )


def find_original(book: Book, account: str, payer_number: str) -> Original | None:
    """Find a claim by the number the payer gave it."""
    rows = book.read(
        "SELECT id, outcome FROM received_claim"
        " WHERE account = ? AND payer_claim_control_number = ?",
        (account, payer_number),
    )
    if not rows:
        return None
    claim_id, outcome = rows[0]
    decision_id, standing = _standing(book, claim_id)
    meanings = meanings_of_decision(book, decision_id) if standing else ()
    return Original(claim_id, Outcome(outcome), standing, meanings)


def _standing(book: Book, claim_id: int) -> tuple[int, RemittanceClaim | None]:
    rows = book.read(
        "SELECT id, kind, claim FROM decision WHERE received_claim = ? AND kind <> 'onward'"
        " ORDER BY id DESC LIMIT 1",
        (claim_id,),
    )
    if not rows or rows[0][1] == DecisionKind.REVERSAL:
        return 0, None
    return rows[0][0], CLAIM_JSON.validate_json(rows[0][2])


def find_known_claim(
    book: Book, account: str, payer_number: str, claim_control_number: str
) -> KnownClaim | None:
    """Find the claim somebody asks about: by the payer's number, else the latest by ours."""
    rows = book.read(
        "SELECT id, outcome, claim_status, coalesce(payer_claim_control_number, '')"
        " FROM received_claim WHERE account = ?"
        " AND (payer_claim_control_number = ? OR claim_control_number = ?)"
        " ORDER BY payer_claim_control_number IS ? DESC, id DESC LIMIT 1",
        (account, payer_number, claim_control_number, payer_number),
    )
    if not rows:
        return None
    claim_id, outcome, status, number = rows[0]
    ((count, paid),) = book.read(
        "SELECT count(*), coalesce(sum(decision.paid_cents), 0) FROM decision"
        " JOIN remittance ON remittance.id = decision.remittance"
        " JOIN delivered_file ON delivered_file.answer_file = remittance.answer_file"
        " WHERE decision.received_claim = ? AND decision.kind <> 'onward'",
        (claim_id,),
    )
    return KnownClaim(
        Outcome(outcome), ClaimStatus(*status.split(":")), number, count > 0, Money(paid)
    )


def _patient_sha256(account: str, claim: ClaimDocument) -> str:
    """Tell patients apart without naming them."""
    patient = claim.patient
    facts = (
        account,
        claim.subscriber.member_id,
        patient.last_name,
        patient.first_name,
        str(patient.birth_date),
    )
    return hashlib.sha256("\x1f".join(facts).encode()).hexdigest()
