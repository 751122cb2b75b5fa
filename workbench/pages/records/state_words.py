"""States in a word or two, and how good or bad they are."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.documents.posting import PostingOutcome
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.states.encounter import EncounterState
from models.states.file import InboundFileState, IntakeOutcome, OutboundFileState
from models.states.statement import MessageState, StatementState

GOOD, WARN, BAD, MARK, PLAIN = "chip-good", "chip-warn", "chip-bad", "chip-mark", ""

# By the kind of state: two kinds may share a word and not its meaning.
STATE_WORDS: Final[Mapping[type[StrEnum], Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        ClaimState: {
            "draft": ("draft, to be checked", PLAIN),
            "held": ("held by an edit", BAD),
            "recoding": ("with a coder again", WARN),
            "ready": ("clean, waits for the next batch", PLAIN),
            "submitted": ("sent, no answer yet", MARK),
            "received": ("the file arrived", MARK),
            "accepted": ("accepted, waits for a decision", MARK),
            "rejected": ("turned away", BAD),
            "paid": ("paid, in full or in part", GOOD),
            "denied": ("denied, at least one line", BAD),
            "reversed": ("decision taken back", WARN),
            "closed": ("closed", PLAIN),
        },
        EncounterState: {
            "needs_fix": ("needs a fix", BAD),
            "registered": ("registered", PLAIN),
            "coding": ("to be coded", MARK),
            "queried": ("waits for the provider's answer", WARN),
            "coded": ("coded, to be billed", MARK),
            "billed": ("billed", GOOD),
            "voided": ("voided, not billable", PLAIN),
        },
        EligibilityVerdict: {
            "active": ("covered on that day", GOOD),
            "inactive": ("not covered on that day", BAD),
            "not_found": ("unknown to the payer", BAD),
            "other_payer": ("another payer comes first", WARN),
            "limit_reached": ("benefit used up", WARN),
            "refused": ("the payer will not answer", BAD),
            "not_verifiable": ("this payer cannot be asked", PLAIN),
        },
        EligibilityState: {
            "open": ("to be asked", PLAIN),
            "asked": ("asked, no answer yet", MARK),
            "answered": ("answered", GOOD),
            "failed": ("no usable answer", BAD),
        },
        DenialState: {
            "open": ("to be worked", BAD),
            "corrected": ("corrected claim on its way", MARK),
            "appealed": ("appealed", MARK),
            "write_off_requested": ("write-off asked for", WARN),
            "written_off": ("written off", PLAIN),
            "billed_to_patient": ("billed to the patient", PLAIN),
            "reversed": ("taken back by the payer", GOOD),
            "closed": ("closed", PLAIN),
        },
        StatementState: {
            "drafted": ("drafted", PLAIN),
            "released": ("released", GOOD),
            "cancelled": ("cancelled before it left", PLAIN),
        },
        MessageState: {
            "queued": ("to be sent", PLAIN),
            "sending": ("being sent", MARK),
            "sent": ("sent", GOOD),
            "uncertain": ("nobody knows whether it left", WARN),
            "refused": ("refused by the mail server", BAD),
        },
        InboundFileState: {
            "received": ("stored, not read yet", PLAIN),
            "posted": ("all of it is in our books", GOOD),
            "quarantined": ("in quarantine", BAD),
        },
        OutboundFileState: {
            "ready": ("written, to be sent", PLAIN),
            "sending": ("being sent", MARK),
            "uncertain": ("nobody knows whether it arrived", WARN),
            "sent": ("sent", GOOD),
            "refused": ("refused as a whole", BAD),
        },
        IntakeOutcome: {
            "accepted": ("became an encounter", GOOD),
            "needs_fix": ("became an encounter to fix", WARN),
            "duplicate": ("repeats one we have", PLAIN),
            "quarantined": ("cannot be read", BAD),
        },
        PostingOutcome: {
            "decided": ("booked", GOOD),
            "reversed": ("took a decision back", WARN),
            "unapplied": ("money waits for its owner", BAD),
            "noted": ("noted, nothing to book", PLAIN),
        },
    }
)


def say_state(state: StrEnum) -> str:
    """Say a state in a few words; one we have no words for is said as it is stored."""
    return _known(state)[0]


def tone_of(state: StrEnum) -> str:
    """Name the class of the chip that shows a state."""
    return _known(state)[1]


def _known(state: StrEnum) -> tuple[str, str]:
    words = STATE_WORDS.get(type(state), {})
    return words.get(state.value, (state.value.replace("_", " "), PLAIN))
