"""The work items that follow-up opens."""

from typing import Final
from uuid import UUID

from models.states.status_check import StatusVerdict
from models.states.work_item import Queue
from models.tables import StatusCheck
from models.values.display import to_dollars, to_short_date
from revcycle.operations.submission.partner_words import say_code
from revcycle.operations.submission.policies import WorkTerms
from revcycle.rules.follow_up.answered_claim import KNOWN_BY_WORDS
from revcycle.store.work_items import NewWorkItem

SAID: Final = {
    StatusVerdict.PAID: "The payer says it paid; we hold no remittance",
    StatusVerdict.DENIED: "The payer says it decided without paying; we hold no remittance",
    StatusVerdict.NOT_FOUND: "The payer does not have the claim",
    StatusVerdict.NEEDS_INFORMATION: "The payer waits for information",
    StatusVerdict.REFUSED: "The payer sent the claim back before deciding",
    StatusVerdict.NOT_SAID: "The payer could not answer",
    StatusVerdict.PENDING: "The payer has the claim and will decide",
}
FAILED: Final = {
    "no_answer": "We asked, and nobody answered",
    "file_refused": "The payer refused the file with our question",
    "not_writable": "The question could not be written",
}
SILENT_CALL: Final = "silent.call"


def follow_up_cause(claim_id: UUID) -> str:
    """Name the cause of the item of a claim that its payer does not decide."""
    return f"follow_up:{claim_id}"


def say_answer(check: StatusCheck) -> str:
    """Say in words what came of a question, without anything a payer wrote freely."""
    if check.verdict is None:
        return FAILED.get(check.reason, "The question came to nothing")
    meaning, about = say_code("277", check.code)
    code = ": ".join(filter(None, (meaning, about)))
    said = SAID[StatusVerdict(check.verdict)]
    money = f" {to_dollars(check.paid)}" if check.paid else ""
    paid = f" on {to_short_date(check.paid_on)}" if check.paid_on else ""
    known = f"; known by {KNOWN_BY_WORDS[check.reason]}" if check.reason in KNOWN_BY_WORDS else ""
    return f"{said}{' (' + code + ')' if code else ''}{money}{paid}{known}"


def answer_item(check: StatusCheck, terms: WorkTerms) -> NewWorkItem:
    """Ask a person to act on an answer, or on a question that nobody answered."""
    reason = f"status.{check.verdict or check.reason}"
    return _item(check.claim_id, reason, say_answer(check), terms)


def call_item(claim_id: UUID, terms: WorkTerms) -> NewWorkItem:
    """Ask a person to call a payer that answers no electronic question."""
    detail = "Nothing was heard of the claim, and this payer answers no 276: call it"
    return _item(claim_id, SILENT_CALL, detail, terms)


def _item(claim_id: UUID, reason: str, detail: str, terms: WorkTerms) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.FOLLOW_UP,
        cause_key=follow_up_cause(claim_id),
        subject_kind="claim",
        subject_id=claim_id,
        reason=reason,
        detail=detail,
        service_hours=terms.service_hours,
        priority=terms.priority,
    )
