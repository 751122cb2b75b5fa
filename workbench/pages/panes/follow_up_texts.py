"""What was sent and heard of a claim, in words, as one list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.states.status_check import StatusVerdict
from models.tables import ClaimContact, StatusCheck
from revcycle.operations.follow_up.follow_up_items import say_answer
from revcycle.operations.submission.partner_words import say_code, status_of
from revcycle.store import claim_contacts, filing_proofs, status_checks

NEXT_STEPS: Final = {
    StatusVerdict.PAID: "Ask the payer for the remittance: by its number and the check below, if "
    "it names one. Nothing is booked before the remittance is here.",
    StatusVerdict.DENIED: "Ask the payer for the remittance: the denial is worked when it is "
    "posted.",
    StatusVerdict.NOT_FOUND: "Send it again as an original, if it can still be filed in time; else "
    "call the payer with the proof of filing.",
    StatusVerdict.NEEDS_INFORMATION: "Send what the payer waits for, or tell the patient; then "
    "wait for its decision.",
    StatusVerdict.REFUSED: "Call the payer: it sent the claim back and its rejection is not here.",
    StatusVerdict.NOT_SAID: "Ask again, or call the payer.",
    StatusVerdict.PENDING: "Wait: the payer decides.",
}
CALL: Final = "Call the payer, and write down who said what under which number."
FILE: Final = "Make sure that the payer has the claim: ask it, or call it, before the last day."


@dataclass(frozen=True, slots=True)
class SentOrHeard:
    """One thing that was sent, asked or heard.

    Attributes:
        status: The category and status of an answer about the claim, such as ``A7:562``.
    """

    at: datetime
    what: str
    detail: str = ""
    status: str = ""


def list_sent_and_heard(session: Session, client_id: UUID, claim_id: UUID) -> list[SentOrHeard]:
    """List what left, what was acknowledged, asked, answered and said; the latest first."""
    happened = [
        *_files(session, client_id, claim_id),
        *_questions(status_checks.list_status_checks_of_claim(session, client_id, claim_id)),
        *_calls(claim_contacts.list_contacts(session, client_id, claim_id)),
    ]
    return sorted(happened, key=lambda one: one.at, reverse=True)


def _files(session: Session, client_id: UUID, claim_id: UUID) -> Iterator[SentOrHeard]:
    versions = filing_proofs.list_filed_versions(session, client_id, claim_id)
    for version in versions:
        if version.sent_at is not None:
            what = f"Version {version.number} sent"
            yield SentOrHeard(version.sent_at, what, f"{version.control_number} in a file")
    files = [version.outbound_file_id for version in versions]
    for receipt in filing_proofs.list_receipts(session, client_id, claim_id, files):
        meaning, about = say_code(receipt.kind, receipt.code)
        said = "accepted" if receipt.is_accepted else "refused"
        detail = ": ".join(filter(None, (meaning, about)))
        yield SentOrHeard(
            receipt.received_at,
            f"{receipt.kind} {said}",
            detail,
            status_of(receipt.kind, receipt.code),
        )


def _questions(checks: Sequence[StatusCheck]) -> Iterator[SentOrHeard]:
    for check in checks:
        yield SentOrHeard(check.opened_at, "Question about the claim (276)", check.trace_number)
        if check.answered_at is not None:
            yield SentOrHeard(check.answered_at, "Answer (277)", _answer(check), check.code)


def _answer(check: StatusCheck) -> str:
    number = f", check {check.check_number}" if check.check_number else ""
    said = f". The payer writes: {check.message}" if check.message else ""
    return f"{say_answer(check)}{number}{said}"


def _calls(contacts: Sequence[ClaimContact]) -> Iterator[SentOrHeard]:
    for one in contacts:
        if one.spoken_with:
            number = f", number {one.reference}" if one.reference else ""
            yield SentOrHeard(one.at, f"Call with {one.spoken_with}{number}", one.said)
        if one.wait_until:
            yield SentOrHeard(one.at, "We wait", f"until {one.wait_until:%m/%d/%Y}")
