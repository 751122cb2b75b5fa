"""The letter of an appeal while somebody writes it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from models.documents.denial import DenialPicture
from models.errors import RejectedError
from revcycle.formats.letters.appeal_wording import write_appeal
from revcycle.formats.pdf.letter import LetterDocument, letter_facts
from revcycle.operations.denials.load_appeal_facts import load_appeal_facts, sent_appeals
from revcycle.rules.denials.choose_wording import WORDINGS, choose_wording
from revcycle.store.appeals import list_appeals
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.panes.payer_terms import letterhead_of

ANSWER_DAYS: Final = 60  # 42 CFR 405.950(a); commercial payers answer within 30 to 60 days


@dataclass(frozen=True, slots=True, repr=False)
class LetterDraft:
    """A letter that is not kept yet.

    Attributes:
        answer_by: As typed; an ISO date.
        printed: What the PDF will show, see ``letter_facts``.
    """

    wording: str
    letter: str
    answer_by: str
    printed: dict[str, object]


def draft_letter(session: Session, opened: OpenedItem, denial: DenialPicture) -> LetterDraft:
    """Show what was typed; where nothing was, the wording that fits, filled in.

    Raises:
        RejectedError: there is no such wording.
    """
    typed = opened.typed
    wording = typed.get("wording") or _fitting(session, opened, denial)
    if wording not in WORDINGS:
        msg = f"there is no wording {wording}; allowed: {', '.join(WORDINGS)}"
        raise RejectedError(msg)
    letter = typed.get("letter") or _fill(session, opened, denial, wording)
    default = opened.act.today + timedelta(days=ANSWER_DAYS)
    document = letter_document(opened, denial, letter, opened.act.today)
    return LetterDraft(
        wording=wording,
        letter=letter,
        answer_by=typed.get("answer_by") or default.isoformat(),
        printed=letter_facts(document),
    )


def letter_document(
    opened: OpenedItem, denial: DenialPicture, text: str, day: date
) -> LetterDocument:
    """Put a text under the practice's letterhead."""
    return LetterDocument(letterhead_of(opened.practice), day, denial.payer_name, text)


def _fitting(session: Session, opened: OpenedItem, denial: DenialPicture) -> str:
    sent = sent_appeals(list_appeals(session, opened.act.client_id, denial.id))
    return choose_wording(denial.category, sent_before=len(sent))


def _fill(session: Session, opened: OpenedItem, denial: DenialPicture, wording: str) -> str:
    facts = load_appeal_facts(
        session,
        opened.act,
        denial,
        practice=letterhead_of(opened.practice),
        time_zone=opened.practice.time_zone,
        signer=opened.person.display_name,
    )
    return write_appeal(wording, facts)
