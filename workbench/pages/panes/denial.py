"""The pane of a denial: what the payer said, what the playbook says, and what can be done."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from models.documents.denial import DenialPicture
from models.documents.playbook import Play, PlayPath
from models.errors import NotFoundError
from models.states.denial import DenialState
from models.values.access import Right
from revcycle.operations.denials.request_write_off import WRITE_OFF_REQUESTED
from revcycle.operations.reference.list_texts import list_reason_texts
from revcycle.rules.denials.ask_again_as import was_processed
from revcycle.rules.denials.choose_wording import WORDINGS
from revcycle.rules.denials.explain_play import CLOCK_WORDS
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.denials.may_bill_patient import may_bill_patient
from revcycle.rules.denials.reasons import CLOSING_REASONS, WRITE_OFF_REASONS
from revcycle.store.appeals import list_appeals
from revcycle.store.denial_pictures import count_like, get_denial_picture
from workbench.pages.panes.appeal_texts import APPEAL_WORDS, SENT_BY
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.cause_party import PARTY_WORDS
from workbench.pages.panes.denial_parts import (
    is_about_coverage,
    show_coverages,
    show_next_appeal,
    show_records,
    show_worth,
)
from workbench.pages.panes.denial_texts import DENIAL_WORDS, denial_values, say_denial
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.letter_draft import draft_letter
from workbench.pages.panes.packet import build_packet_desk
from workbench.pages.panes.pane import OpenedItem, Pane
from workbench.pages.panes.payer_terms import payer_terms, playbook_of
from workbench.pages.practices import Practice

TEMPLATE: Final = "panes/denial.html"
ACT_OF_PATHS: Final[Mapping[PlayPath, str]] = MappingProxyType(
    {
        PlayPath.CORRECTED_CLAIM: "correct",
        PlayPath.NEW_CLAIM: "correct",
        PlayPath.APPEAL: "appeal",
        PlayPath.SEND_RECORDS: "records",
        PlayPath.OTHER_PAYER: "rebill",
        PlayPath.BILL_PATIENT: "patient",
    }
)
PATIENT_PATHS: Final = (PlayPath.BILL_PATIENT, PlayPath.DECIDE)


def build_denial(session: Session, opened: OpenedItem) -> Pane:
    """Show a denial; an item whose denial is gone is finished by hand."""
    denial = find_denial(session, opened)
    if denial is None:
        return build_by_hand(session, opened)
    play = play_of(denial, opened.practice)
    terms = payer_terms(opened.practice, denial.payer_key)
    may_work = opened.is_mine and opened.person.may(Right.WORK_DENIALS)
    is_worked = may_work and denial.state is DenialState.OPEN
    next_appeal = show_next_appeal(session, opened, denial, play, terms)
    about_coverage = is_about_coverage(denial, play)
    facts = {
        "denial": denial,
        "state": DENIAL_WORDS[denial.state],
        "words": say_denial(denial, play, terms, opened.act.today),
        "listed": list_reason_texts(session, [denial.reason], denial.remarks, denial.decided_on),
        "like": count_like(session, opened.act.client_id, denial),
        "appeals": list_appeals(session, opened.act.client_id, denial.id),
        "appeal_words": APPEAL_WORDS,
        "packets": build_packet_desk(session, opened, denial),
        "seen": fingerprint_of(denial_values(denial)),
        "is_worked": is_worked,
        "suggested": suggest(denial, play),
        "play": play,
        "clock": CLOCK_WORDS[play.clock],
        "worth": show_worth(session, opened, denial, play, terms),
        "next_appeal": next_appeal,
        "replaces": terms.takes_replacements and can_be_replaced(denial),
        "voids": terms.takes_voids and can_be_replaced(denial),
        "about_coverage": about_coverage,
        "coverages": show_coverages(session, opened, denial),
        **show_records(session, opened, denial),
        "works_records": may_work and denial.state is DenialState.RECORDS_REQUESTED,
        "ways": SENT_BY,
        "today": opened.act.today.isoformat(),
        "records_by": (opened.act.today + timedelta(days=play.due_days)).isoformat(),
        "may_bill_patient": may_bill_patient(denial.group),
        "write_off_reasons": WRITE_OFF_REASONS,
        "parties": PARTY_WORDS,
        "closing_reasons": CLOSING_REASONS,
        "wordings": WORDINGS,
        "draft": draft_letter(session, opened, denial)
        if is_worked and not next_appeal.refusal
        else None,
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


def play_of(denial: DenialPicture, practice: Practice) -> Play:
    """Find the play for a denial; the practice's own go first."""
    return find_play(
        denial.group,
        denial.reason,
        denial.remarks,
        denial.payer_key,
        playbook_of(practice),
        procedure_code=denial.procedure_code,
    )


def suggest(denial: DenialPicture, play: Play) -> str:
    """Name the act that stands open first: that of the path of the play."""
    if may_bill_patient(denial.group) and play.path in PATIENT_PATHS:
        return "patient"
    return ACT_OF_PATHS.get(play.path, "")


def can_be_replaced(denial: DenialPicture) -> bool:
    """Tell whether the payer has the claim under a number of its own."""
    return bool(denial.payer_number) and was_processed(denial.remarks)


def may_decide(opened: OpenedItem, denial: DenialPicture) -> bool:
    """Tell whether the person may approve or refuse: nobody else holds the item."""
    line = opened.line
    return (
        denial.state is DenialState.WRITE_OFF_REQUESTED
        and line.reason == WRITE_OFF_REQUESTED
        and opened.person.may(Right.APPROVE_WRITE_OFFS)
        and line.holder in {"", opened.act.actor}
    )
