"""How accurate each coder of a practice is, and what that means for how much is audited."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_audit import AuditPolicy, JudgedCode
from models.states.audited_case import CLOSED_CASE_STATES, AuditedCaseState
from models.values.coding_audit import CoderStanding
from revcycle.rules.audit.standing import stand_of
from revcycle.rules.audit.sum_up import AuditFigures, sum_up_audit
from revcycle.store import audited_cases
from revcycle.store.audited_cases import CaseFilter

WITHDRAWN = AuditedCaseState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class JudgedCoder:
    """What the audits of some days say of one coder.

    Attributes:
        drawn: Cases, whatever their state but withdrawn.
        waiting: Of those, cases that are not closed.
    """

    coder: str
    drawn: int
    waiting: int
    figures: AuditFigures


def judge_coders(session: Session, client_ids: list[UUID], wanted: CaseFilter) -> list[JudgedCoder]:
    """Add up the cases of each coder, by name."""
    counts = audited_cases.count_cases(session, client_ids, wanted)
    codes: dict[str, list[tuple[UUID, JudgedCode]]] = {}
    for coder, case_id, code in audited_cases.list_closed_codes(session, client_ids, wanted):
        codes.setdefault(coder, []).append((case_id, code))
    judged = []
    for coder in sorted({coder for coder, _ in counts}):
        own = {state: count for (login, state), count in counts.items() if login == coder}
        closed = sum(own.get(state, 0) for state in CLOSED_CASE_STATES)
        drawn = sum(count for state, count in own.items() if state is not WITHDRAWN)
        figures = sum_up_audit(codes.get(coder, []), closed)
        judged.append(JudgedCoder(coder, drawn, drawn - closed, figures))
    return judged


def standings(session: Session, act: Act, policy: AuditPolicy) -> dict[str, CoderStanding]:
    """Say of each coder with cases in the window whether samples are enough; others are new."""
    window = CaseFilter(act.today - timedelta(days=policy.window_days), act.today)
    return {
        one.coder: stand_in(one, policy) for one in judge_coders(session, [act.client_id], window)
    }


def stand_in(judged: JudgedCoder, policy: AuditPolicy) -> CoderStanding:
    """Judge one coder by the practice's floor."""
    return stand_of(
        judged.figures.codes,
        cases=judged.figures.cases.count,
        new_coder_cases=policy.new_coder_cases,
        floor=policy.floor,
    )
