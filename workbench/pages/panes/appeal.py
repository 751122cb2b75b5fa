"""The pane of an appeal: a letter to send, an answer to wait for, money that was promised."""

from datetime import timedelta
from typing import Final

from sqlmodel import Session

from models.states.denial import DenialState
from models.values.access import Right
from revcycle.formats.pdf.letter import letter_facts
from revcycle.operations.reference.list_texts import list_reason_texts
from revcycle.store.appeals import list_appeals
from workbench.pages.panes.appeal_texts import (
    ANSWERS,
    APPEAL_WORDS,
    MONEY_DAYS,
    SENT_BY,
    appeal_values,
    written_on,
)
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.denial import find_denial, play_of
from workbench.pages.panes.denial_texts import DENIAL_WORDS, say_denial
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.letter_draft import letter_document
from workbench.pages.panes.packet import build_packet_desk
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.panes.payer_terms import payer_terms

TEMPLATE: Final = "panes/appeal.html"


def build_appeal(session: Session, opened: OpenedItem) -> Pane:
    """Show the last letter of a denial; an item whose denial is gone is finished by hand."""
    denial = find_denial(session, opened)
    appeals = list_appeals(session, opened.act.client_id, denial.id) if denial else []
    if denial is None or not appeals:
        return build_by_hand(session, opened)
    last = appeals[-1]
    today = opened.act.today
    sees_letter = opened.person.may(Right.WORK_DENIALS)
    document = letter_document(opened, denial, last.letter, written_on(last, opened.practice))
    facts = {
        "denial": denial,
        "state": DENIAL_WORDS[denial.state],
        "listed": list_reason_texts(session, [denial.reason], denial.remarks, denial.decided_on),
        "words": say_denial(
            denial,
            play_of(denial, opened.practice),
            payer_terms(opened.practice, denial.payer_key),
            today,
        ),
        "appeals": appeals,
        "last": last,
        "packets": build_packet_desk(session, opened, denial),
        "appeal_words": APPEAL_WORDS,
        "printed": letter_facts(document) if sees_letter else None,
        "is_worked": opened.is_mine and sees_letter and denial.state is DenialState.APPEALED,
        "seen": fingerprint_of(appeal_values(last, denial.state)),
        "ways": SENT_BY,
        "answers": ANSWERS,
        "today": today.isoformat(),
        "money_by": (today + timedelta(days=MONEY_DAYS)).isoformat(),
    }
    return Pane(TEMPLATE, facts)
