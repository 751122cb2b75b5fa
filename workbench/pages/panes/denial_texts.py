"""What the pane of a denial says in words, and what of it a form brings back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from models.documents.denial import DenialPicture, DenialTerms
from models.documents.playbook import Play
from models.states.claim import ClaimState
from models.states.denial import DenialState
from models.values.display import to_dollars
from revcycle.reference.adjustment_codes import ADJUSTMENT_GROUPS, adjustment_label
from revcycle.reference.remark_codes import remark_label
from revcycle.rules.denials.appeal_levels import level_deadline
from revcycle.rules.denials.deadlines import Deadline, deadline_after
from revcycle.rules.denials.explain_play import Root, root_of_play, why_play

DENIAL_WORDS: Final[Mapping[DenialState, str]] = MappingProxyType(
    {
        DenialState.OPEN: "open",
        DenialState.CORRECTED: "answered by a corrected claim",
        DenialState.APPEALED: "appealed",
        DenialState.RECORDS_REQUESTED: "waits for records",
        DenialState.WRITE_OFF_REQUESTED: "write-off requested",
        DenialState.WRITTEN_OFF: "written off",
        DenialState.BILLED_TO_PATIENT: "billed to the patient",
        DenialState.REVERSED: "taken back by the payer",
        DenialState.CLOSED: "closed",
    }
)
LABELS: Final = (("denial", "Denial"), ("claim", "Claim"), ("amount", "Amount"))


@dataclass(frozen=True, slots=True)
class DenialWords:
    """What the payer said, what the playbook says to it, and until when it can be done."""

    group: str
    reason: str
    remarks: tuple[tuple[str, str], ...]
    why: str
    root: Root
    due: Deadline
    correct_by: Deadline | None
    appeal_by: Deadline | None


def say_denial(denial: DenialPicture, play: Play, terms: DenialTerms, today: date) -> DenialWords:
    """Say a denial in words."""
    return DenialWords(
        group=ADJUSTMENT_GROUPS.get(denial.group, "group not known"),
        reason=adjustment_label(denial.reason),
        remarks=tuple((code, remark_label(code)) for code in denial.remarks),
        why=why_play(play, denial.group, denial.reason, denial.remarks, denial.payer_key),
        root=root_of_play(play),
        due=Deadline(denial.due_on, (denial.due_on - today).days, "the playbook's days"),
        correct_by=_limit(denial, terms.corrected_limit_days, today),
        appeal_by=_first_level(denial, terms, today),
    )


def denial_values(denial: DenialPicture) -> dict[str, str]:
    """Say what a form was filled in for; it brings the sum of it back."""
    return {
        "denial": DENIAL_WORDS[denial.state],
        "claim": claim_words(denial.claim_state),
        "amount": to_dollars(denial.amount),
    }


def claim_words(state: ClaimState) -> str:
    """Write the state of a claim."""
    return str(state)


def _first_level(denial: DenialPicture, terms: DenialTerms, today: date) -> Deadline | None:
    if not terms.levels:
        return None
    return level_deadline(
        terms.levels[0], decided_on=denial.decided_on, answered_on=None, today=today
    )


def _limit(denial: DenialPicture, days: int | None, today: date) -> Deadline | None:
    if days is None:
        return None
    source = f"{days} days after the decision, by the client file"
    return deadline_after(denial.decided_on, limit_days=days, follows_from=source, today=today)
