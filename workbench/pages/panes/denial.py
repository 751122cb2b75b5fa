"""The pane of a denial: what the payer said, what the playbook says, and what can be done."""

from typing import Final

from sqlmodel import Session

from models.documents.denial import DenialPicture
from models.documents.playbook import Play
from models.errors import NotFoundError
from models.states.denial import DenialState
from models.values.access import Right
from revcycle.operations.denials.request_write_off import WRITE_OFF_REQUESTED
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.choose_wording import WORDINGS
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.denials.may_bill_patient import may_bill_patient
from revcycle.rules.denials.reasons import CLOSING_REASONS, WRITE_OFF_REASONS
from revcycle.store.appeals import list_appeals
from revcycle.store.denial_pictures import count_like, get_denial_picture
from workbench.pages.panes.appeal_texts import APPEAL_WORDS
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.denial_texts import DENIAL_WORDS, denial_values, say_denial
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.letter_draft import draft_letter
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.panes.payer_terms import payer_terms

TEMPLATE: Final = "panes/denial.html"
APPEALED_CATEGORIES: Final = frozenset(
    {"appeal", "benefit", "clinical", "filing_limit", "records", "underpayment", "network"}
)
CORRECTED_CATEGORIES: Final = frozenset(
    {"coding", "coordination", "enrollment", "missing_information", "registration"}
)


def build_denial(session: Session, opened: OpenedItem) -> Pane:
    """Show a denial; an item whose denial is gone is finished by hand."""
    denial = find_denial(session, opened)
    if denial is None:
        return build_by_hand(session, opened)
    play = play_of(denial)
    terms = payer_terms(opened.practice, denial.payer_key)
    is_worked = opened.is_mine and denial.state is DenialState.OPEN
    is_worked = is_worked and opened.person.may(Right.WORK_DENIALS)
    facts = {
        "denial": denial,
        "state": DENIAL_WORDS[denial.state],
        "words": say_denial(denial, play, terms, opened.act.today),
        "like": count_like(session, opened.act.client_id, denial),
        "appeals": list_appeals(session, opened.act.client_id, denial.id),
        "appeal_words": APPEAL_WORDS,
        "seen": fingerprint_of(denial_values(denial)),
        "is_worked": is_worked,
        "suggested": suggest(denial),
        "replaces": terms.accepts_replacement and bool(denial.payer_number),
        "may_bill_patient": may_bill_patient(denial.group),
        "write_off_reasons": WRITE_OFF_REASONS,
        "closing_reasons": CLOSING_REASONS,
        "wordings": WORDINGS,
        "draft": draft_letter(session, opened, denial) if is_worked else None,
        "decides": may_decide(opened, denial),
        "asked_it": denial.requested_by == opened.act.actor,
    }
    return Pane(TEMPLATE, facts)


def find_denial(session: Session, opened: OpenedItem) -> DenialPicture | None:
    """Find the denial that an item is about."""
    if opened.line.subject_kind != "denial":
        return None
    try:
        return get_denial_picture(session, opened.act.client_id, opened.line.subject_id)
    except NotFoundError:
        return None


def play_of(denial: DenialPicture) -> Play:
    """Find the play for a denial."""
    return find_play(
        denial.group, denial.reason, denial.remarks, denial.payer_key, standard_plays()
    )


def suggest(denial: DenialPicture) -> str:
    """Name the act that stands open first."""
    if may_bill_patient(denial.group):
        return "patient"
    if denial.category in APPEALED_CATEGORIES:
        return "appeal"
    return "correct" if denial.category in CORRECTED_CATEGORIES else ""


def may_decide(opened: OpenedItem, denial: DenialPicture) -> bool:
    """Tell whether the person may approve or refuse: nobody else holds the item."""
    line = opened.line
    return (
        denial.state is DenialState.WRITE_OFF_REQUESTED
        and line.reason == WRITE_OFF_REQUESTED
        and opened.person.may(Right.APPROVE_WRITE_OFFS)
        and line.holder in {"", opened.act.actor}
    )
