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
        Queue.INTAKE: QueueText("Intake", "records that need a fix, and files in quarantine"),
        Queue.PATIENT_MATCH: QueueText("Patient match", "two records that may be one patient"),
        Queue.VERIFICATION: QueueText("Verification", "coverages a payer did not confirm"),
        Queue.CODING: QueueText("Coding", "encounters without codes that can be billed"),
        Queue.PROVIDER_QUERY: QueueText("Provider query", "questions a provider has to answer"),
        Queue.SCRUB: QueueText("Scrub", "claims held back by one of our own edits"),
        Queue.REJECTION: QueueText("Rejection", "claims turned away before anyone judged them"),
        Queue.POSTING: QueueText("Posting", "remittances and payments that did not post"),
        Queue.DENIAL: QueueText("Denial", "lines that were judged and not paid"),
        Queue.STATEMENT: QueueText("Statement", "balances that could not be put on a statement"),
        Queue.TRANSPORT: QueueText("Transport", "files and mails that may not have arrived"),
    }
)
