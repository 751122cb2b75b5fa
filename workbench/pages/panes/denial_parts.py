"""Parts of the pane of a denial: coverage of the day, records asked for, what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.denial import DenialPicture, DenialTerms, RecordsPicture
from models.documents.playbook import Play, PlayPath
from models.errors import RejectedError
from models.states.denial import DenialState
from models.states.eligibility import EligibilityState, EligibilityVerdict
from revcycle.operations.denials.prepare_appeal import level_of_next
from revcycle.operations.denials.rank_denials import rank_one
from revcycle.operations.denials.rebill_other_payer import open_coverages
from revcycle.operations.denials.send_records import files_of_denial
from revcycle.reference.eligibility_steps import explain_answer
from revcycle.rules.denials.ask_again_as import may_appeal
from revcycle.rules.denials.coverage_reasons import asks_for_verification
from revcycle.rules.denials.deadlines import Deadline
from revcycle.rules.denials.rank_denial import percent
from revcycle.store.appeals import list_appeals
from revcycle.store.denial_coverage import CoverageCheck, list_coverage_checks
from revcycle.store.records_requests import list_records_requests
from workbench.pages.panes.pane import OpenedItem

ON_THE_WAY: Final = (EligibilityState.OPEN, EligibilityState.ASKED)


@dataclass(frozen=True, slots=True)
class ShownCoverage:
    """One coverage of the patient on the day, with what its payer said.

    Attributes:
        is_asked: The answer has not come yet.
        may_rebill: It was in force, and no claim of the visit asks it.
    """

    id: UUID
    payer_name: str
    rank: int
    said: str
    answered_at: datetime | None
    is_asked: bool
    may_rebill: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """Why a denial stands where it stands."""

    why: str
    chance: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class NextAppeal:
    """Whether a letter may be written, for which level and until when."""

    level: str
    until: Deadline | None
    refusal: str = ""


def show_coverages(
    session: Session, opened: OpenedItem, denial: DenialPicture
) -> list[ShownCoverage]:
    """Show every coverage of the patient, with what may be done about it."""
    open_ids = {one.id for one in open_coverages(session, opened.act, denial.encounter_id)}
    found = list_coverage_checks(session, opened.act.client_id, denial.encounter_id)
    return [
        ShownCoverage(
            one.coverage_id,
            one.payer_name,
            one.rank,
            _said(one),
            one.answered_at,
            one.state in ON_THE_WAY,
            one.coverage_id in open_ids and one.coverage_id != denial.coverage_id,
        )
        for one in found
    ]


def show_worth(
    session: Session, opened: OpenedItem, denial: DenialPicture, play: Play, terms: DenialTerms
) -> Worth | None:
    """Say what an open denial is worth and how urgent it is; None when it is not open."""
    found = rank_one(session, opened.act, denial, play=play, terms=terms)
    if found is None:
        return None
    rank, chance = found
    return Worth(rank.why, percent(chance.permille), chance.words)


def show_next_appeal(
    session: Session, opened: OpenedItem, denial: DenialPicture, play: Play, terms: DenialTerms
) -> NextAppeal:
    """Say at which level the payer would be asked, or why it cannot be."""
    if not may_appeal(play, denial.remarks):
        return NextAppeal("", None, "the payer never processed it: a new claim, no appeal")
    earlier = list_appeals(session, opened.act.client_id, denial.id)
    try:
        level, until = level_of_next(session, opened.act, denial.id, terms, earlier)
    except RejectedError as error:
        return NextAppeal("", None, str(error))
    return NextAppeal(level.name if level else "", until)


def show_records(session: Session, opened: OpenedItem, denial: DenialPicture) -> dict[str, object]:
    """Show what the payer asked for and what may be sent."""
    asked: Sequence[RecordsPicture] = list_records_requests(
        session, opened.act.client_id, denial.id
    )
    waits = denial.state is DenialState.RECORDS_REQUESTED
    files = files_of_denial(session, opened.act, denial.id) if waits else []
    return {
        "requests": asked,
        "waits_for_records": waits,
        "is_sent": bool(asked and asked[-1].sent_on),
        "files": [(file.id, file.title) for file in files],
        "titles": {file.id: file.title for file in files},
    }


def is_about_coverage(denial: DenialPicture, play: Play) -> bool:
    """Tell whether the coverages of the day are shown first."""
    return asks_for_verification(denial.reason) or play.path is PlayPath.OTHER_PAYER


def _said(check: CoverageCheck) -> str:
    if check.check_id is None:
        return "nobody asked about this day"
    if check.state in ON_THE_WAY:
        return "asked, no answer yet"
    other = f"; the payer names {check.other_payer}" if check.other_payer else ""
    if check.verdict is EligibilityVerdict.ACTIVE:
        return f"in force on the day{other}"
    words = explain_answer(check.reason)[0] if check.reason else str(check.verdict or check.state)
    return f"{words}{other}"
