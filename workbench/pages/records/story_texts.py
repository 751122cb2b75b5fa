"""The story of a claim in words: one line for each thing that happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from models.documents.records import FileRef, StoryEvent
from models.states.work_item import Queue
from models.values.money import Money
from workbench.pages.queue_texts import QUEUE_TEXTS
from workbench.pages.records.money_words import CLAIM_STATUS_WORDS, say_entry

BAD: Final = "is-bad"
GOOD: Final = "is-good"

MOVES: Final[Mapping[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        ("encounter", "create"): ("Encounter recorded", ""),
        ("encounter", "fix"): ("Encounter put right", ""),
        ("encounter", "queue"): ("Encounter waits for a coder", ""),
        ("encounter", "query"): ("Question to the provider", ""),
        ("encounter", "answer"): ("Answer of the provider", ""),
        ("encounter", "complete"): ("Coding completed", GOOD),
        ("encounter", "bill"): ("Encounter billed", ""),
        ("encounter", "reopen"): ("Coding reopened", ""),
        ("encounter", "void"): ("Encounter voided", BAD),
        ("claim", "create"): ("Claim built from the coded encounter", ""),
        ("claim", "clear"): ("Checked and found clean", GOOD),
        ("claim", "hold"): ("Held: an edit found an error", BAD),
        ("claim", "correct"): ("Opened for correction", ""),
        ("claim", "submit"): ("Put into a file to the payer", ""),
        ("claim", "receive"): ("The payer's side has the file", ""),
        ("claim", "accept"): ("Accepted for a decision", GOOD),
        ("claim", "reject"): ("Turned away", BAD),
        ("claim", "pay"): ("Paid, in full or in part", GOOD),
        ("claim", "deny"): ("Denied, at least one line", BAD),
        ("claim", "reverse"): ("The payer took its decision back", BAD),
        ("claim", "close"): ("Closed", ""),
        ("outbound_file", "create"): ("File written", ""),
        ("outbound_file", "take"): ("A sender took the file", ""),
        ("outbound_file", "confirm"): ("File sent", ""),
        ("outbound_file", "return"): ("File not left; it is sent again", ""),
        ("outbound_file", "doubt"): ("Nobody knows whether the file arrived", BAD),
        ("outbound_file", "refuse"): ("File refused as a whole", BAD),
        ("denial", "create"): ("Line denied", BAD),
        ("denial", "correct"): ("Denial answered with a corrected claim", ""),
        ("denial", "appeal"): ("Denial appealed", ""),
        ("denial", "lose_appeal"): ("Appeal lost", BAD),
        ("denial", "request_write_off"): ("Write-off of a denial asked for", ""),
        ("denial", "approve_write_off"): ("Write-off of a denial approved", ""),
        ("denial", "refuse_write_off"): ("Write-off of a denial refused", ""),
        ("denial", "bill_patient"): ("Denied amount billed to the patient", ""),
        ("denial", "reverse"): ("Denial taken back by the payer", GOOD),
        ("denial", "close"): ("Denial closed", ""),
        ("appeal", "create"): ("Appeal letter written", ""),
        ("appeal", "send"): ("Appeal letter sent", ""),
        ("appeal", "win"): ("Appeal won", GOOD),
        ("appeal", "lose"): ("Appeal lost", BAD),
        ("appeal", "withdraw"): ("Appeal withdrawn", ""),
        ("statement", "create"): ("Statement drafted", ""),
        ("statement", "release"): ("Statement released", ""),
        ("statement", "cancel"): ("Statement cancelled", ""),
        ("message", "create"): ("Statement put into a mail", ""),
        ("message", "take"): ("Mail handed to the mail server", ""),
        ("message", "confirm"): ("Mail sent", ""),
        ("message", "return"): ("Mail not left; it is sent again", ""),
        ("message", "doubt"): ("Nobody knows whether the mail left", BAD),
        ("message", "refuse"): ("Mail refused", BAD),
        ("eligibility_check", "create"): ("Insurance question prepared", ""),
        ("eligibility_check", "ask"): ("Insurance question asked", ""),
        ("eligibility_check", "answer"): ("Insurance question answered", ""),
        ("eligibility_check", "fail"): ("No usable answer to the insurance question", BAD),
        ("eligibility_check", "retry"): ("Insurance question asked again", ""),
        ("acknowledgement", "accept"): ("Accepted by {state}", GOOD),
        ("acknowledgement", "reject"): ("Refused by {state}", BAD),
        ("inbound_file", "arrive"): ("File arrived from the practice", ""),
        ("inbound_file", "create"): ("File arrived and was stored", ""),
        ("inbound_file", "post"): ("All of it was taken into our books", GOOD),
        ("inbound_file", "quarantine"): ("Put into quarantine", BAD),
        ("inbound_file", "release"): ("Let out of quarantine", ""),
        ("remittance", "reverse"): ("Remittance takes a decision back", BAD),
    }
)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of the story.

    Attributes:
        tone: The class that colors it, or nothing.
        event: What it tells of: its noun and id lead to a page.
    """

    at: datetime
    actor: str
    title: str
    detail: str
    code: str
    tone: str
    amount: Money | None
    file: FileRef | None
    event: StoryEvent


# Steps on the way that say nothing to whoever looks at a claim.
UNTOLD: Final = frozenset({("outbound_file", "take"), ("message", "take")})


def say_move(noun: str, event: str) -> str:
    """Say what happened to a record."""
    return MOVES.get((noun, event), (event.replace("_", " "), ""))[0]


def tell(events: Iterable[StoryEvent]) -> list[StoryLine]:
    """Write the lines, in the order of the events."""
    return [_line(event) for event in events if (event.noun, event.event) not in UNTOLD]


def _line(event: StoryEvent) -> StoryLine:
    title, tone = _title(event)
    return StoryLine(
        at=event.at,
        actor=event.actor,
        title=title,
        detail=event.text,
        code=_code(event),
        tone=tone,
        amount=event.amount,
        file=event.file,
        event=event,
    )


def _title(event: StoryEvent) -> tuple[str, str]:
    if event.noun == "work_item":
        verb = "Work opened" if event.event == "open" else "Work finished"
        return f"{verb}: {_queue(event.state)}", ""
    if event.noun == "work_item_note":
        return f"Note: {_queue(event.state)}", ""
    if event.noun == "ledger_entry":
        return f"Booked: {say_entry(event.event)}", ""
    if (event.noun, event.event) == ("remittance", "decide"):
        return f"Remittance: {CLAIM_STATUS_WORDS.get(event.code, f'status {event.code}')}", ""
    title, tone = MOVES.get((event.noun, event.event), ("", ""))
    return title.format(state=event.state) or _plain(event), tone


def _plain(event: StoryEvent) -> str:
    """Write what we have no sentence for, such as an act of the audit trail."""
    return event.event.replace("_", " ").capitalize()


def _queue(value: str) -> str:
    return QUEUE_TEXTS[Queue(value)].label


def _code(event: StoryEvent) -> str:
    """Repeat the code where the title does not say it already."""
    return "" if event.noun in {"remittance", "inbound_file"} else event.code
