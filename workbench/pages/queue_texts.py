"""What each queue is called on a page, and what waits in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.states.work_item import Queue


@dataclass(frozen=True, slots=True)
class QueueText:
    """The words for one queue."""

    label: str
    waits: str


QUEUE_TEXTS: Final[Mapping[Queue, QueueText]] = MappingProxyType(
    {
        Queue.INTAKE: QueueText("Intake fixes", "records that need a fix, and files in quarantine"),
        Queue.PATIENT_MATCH: QueueText("Patient matches", "two records that may be one patient"),
        Queue.VERIFICATION: QueueText("Verification", "coverages a payer did not confirm"),
        Queue.CODING: QueueText("Coding", "encounters without codes that can be billed"),
        Queue.PROVIDER_QUERY: QueueText("Provider queries", "questions a provider has to answer"),
        Queue.CODING_AUDIT: QueueText(
            "Coding audit", "charts that a second person codes without seeing the first coding"
        ),
        Queue.ADJUDICATION: QueueText(
            "Adjudication", "two codings of one chart that differ; a third person decides"
        ),
        Queue.SCRUB: QueueText("Claim edits", "claims held back by one of our own edits"),
        Queue.REJECTION: QueueText("Rejections", "claims turned away before anyone judged them"),
        Queue.POSTING: QueueText(
            "Posting exceptions", "remittances and payments that did not post"
        ),
        Queue.UNAPPLIED: QueueText(
            "Unapplied money", "money that is ours and belongs to nothing yet"
        ),
        Queue.DENIAL: QueueText("Denials", "lines that were judged and not paid"),
        Queue.APPEAL: QueueText("Appeals", "letters to send, and answers to wait for"),
        Queue.FOLLOW_UP: QueueText("Follow-up", "claims that are silent, or near a deadline"),
        Queue.VARIANCE: QueueText(
            "Payment variances", "lines paid below or above what the contract says"
        ),
        Queue.DEPOSIT: QueueText(
            "Deposits", "bank deposits and remittances that do not find each other"
        ),
        Queue.CREDIT_BALANCE: QueueText("Credit balances", "money to give back, with its clock"),
        Queue.APPROVAL: QueueText(
            "Approvals", "money given up or paid back that a second person decides"
        ),
        Queue.STATEMENT: QueueText(
            "Statements on hold", "balances that could not be put on a statement"
        ),
        Queue.TRANSPORT: QueueText("Transport", "files and mails that may not have arrived"),
        Queue.BPO_INBOX: QueueText(
            "BPO inbox", "files that reached us for a practice that is not theirs"
        ),
    }
)
