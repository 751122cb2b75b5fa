"""Queries on audits of coding: samples, cases, and what was decided of each code."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.coding_audit import CaseFacts, CodedChart, CodeDecision, JudgedCode
from models.errors import NotFoundError
from models.states.audited_case import CLOSED_CASE_STATES, AuditedCaseState
from models.tables import AuditedCase, AuditedCode, AuditEvent, AuditSample
from models.values.coding_audit import CodePart, CodeVerdict, Gravity, SampleMethod
from models.values.identifiers import new_id
from revcycle.store.bulk_rows import insert_rows
from revcycle.store.frozen_codings import freeze_coding
from revcycle.store.ledger import in_chunks
from revcycle.store.state_changes import record_creations

NOUN: Final = "audited_case"
LOOKS_AT_CODES: Final = ("see_encounter", "see_coding")  # how the trail names it


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """Which sample: of whom, of which days, chosen how."""

    coder: str
    first_day: date
    last_day: date
    method: SampleMethod


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a report or an export is about; days are those of coding, both included."""

    first_day: date
    last_day: date
    coder: str = ""


def lock_sample(session: Session, client_id: UUID, place: SamplePlace) -> AuditSample | None:
    """Find a sample that was drawn before."""
    return session.exec(
        select(AuditSample)
        .where(
            AuditSample.client_id == client_id,
            AuditSample.coder == place.coder,
            AuditSample.first_day == place.first_day,
            AuditSample.last_day == place.last_day,
            AuditSample.method == place.method,
        )
        .with_for_update()
    ).one_or_none()


def add_sample(
    session: Session, client_id: UUID, act: Act, place: SamplePlace, *, seed: str, population: int
) -> AuditSample:
    """Write down that a sample was drawn, and how it can be drawn again."""
    row = AuditSample(
        client_id=client_id,
        coder=place.coder,
        first_day=place.first_day,
        last_day=place.last_day,
        method=place.method,
        seed=seed,
        population=population,
        drawn_at=act.at,
        drawn_by=act.actor,
    )
    session.add(row)
    session.flush()
    return row


def add_cases(
    session: Session, client_id: UUID, act: Act, sample_id: UUID, charts: Sequence[CodedChart]
) -> list[UUID]:
    """Put charts into a sample, each with its coding as it stands now."""
    rows = [_case_row(client_id, act, sample_id, chart) for chart in charts]
    record_creations(session, client_id, act, AuditedCase, rows)
    return [row["id"] for row in rows]


def _case_row(client_id: UUID, act: Act, sample_id: UUID, chart: CodedChart) -> dict[str, Any]:
    return {
        "client_id": client_id,
        "id": new_id(),
        "audit_sample_id": sample_id,
        "encounter_id": chart.encounter_id,
        "completion_id": chart.completion_id,
        "coder": chart.coder,
        "coded_at": chart.coded_at,
        "coded_on": chart.coded_on,
        "service_date": chart.coding.service_date,
        "coder_coding": freeze_coding(chart.coding),
        "sampled_at": act.at,
        "state": AuditedCaseState.SAMPLED,
        "auditor": "",
        "auditor_coding": "",
        "is_blind": True,
        "decided_by": "",
        "education": "",
    }


def list_drawn_completions(
    session: Session, client_id: UUID, completion_ids: Collection[UUID]
) -> set[UUID]:
    """Tell which charts are in an audit already."""
    found: set[UUID] = set()
    for chunk in in_chunks(list(completion_ids)):
        statement = select(AuditedCase.completion_id).where(
            AuditedCase.client_id == client_id, col(AuditedCase.completion_id).in_(chunk)
        )
        found |= set(session.exec(statement))
    return found


def get_case(session: Session, client_id: UUID, case_id: UUID) -> AuditedCase:
    """Lock one case.

    Raises:
        NotFoundError: this practice has no such case.
    """
    row = session.exec(
        select(AuditedCase)
        .where(AuditedCase.client_id == client_id, AuditedCase.id == case_id)
        .with_for_update()
    ).one_or_none()
    return _require(row, case_id)


def see_case(session: Session, client_id: UUID, case_id: UUID) -> AuditedCase:
    """Load one case to read it; nothing is locked.

    Raises:
        NotFoundError: this practice has no such case.
    """
    row = session.exec(
        select(AuditedCase).where(AuditedCase.client_id == client_id, AuditedCase.id == case_id)
    ).one_or_none()
    return _require(row, case_id)


def _require(row: AuditedCase | None, case_id: UUID) -> AuditedCase:
    if row is None:
        msg = f"no audited case {case_id}"
        raise NotFoundError(msg)
    return row


def list_sampled_cases(session: Session, client_id: UUID) -> Sequence[AuditedCase]:
    """List the cases that wait for their second coding, the oldest first."""
    return session.exec(
        select(AuditedCase)
        .where(AuditedCase.client_id == client_id, AuditedCase.state == AuditedCaseState.SAMPLED)
        .order_by(col(AuditedCase.id))
    ).all()


def list_case_facts(
    session: Session, client_id: UUID, wanted: CaseFilter, *, limit: int = 500, offset: int = 0
) -> list[CaseFacts]:
    """List cases by the day of coding, the latest first."""
    statement = (
        _facts(client_id)
        .where(*_wanted(client_id, wanted))
        .order_by(col(AuditedCase.coded_on).desc(), col(AuditedCase.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return [_to_facts(row) for row in session.execute(statement)]


def list_education(
    session: Session, client_ids: Collection[UUID], coder: str, *, limit: int
) -> list[tuple[UUID, CaseFacts]]:
    """List what a coder is to learn from audits, with the practice it is of; the latest first."""
    statement = (
        select_columns(col(AuditedCase.client_id), *_FACTS)
        .join(AuditSample, _of_sample())
        .where(
            col(AuditedCase.client_id).in_(client_ids),
            col(AuditedCase.coder) == coder,
            col(AuditedCase.education) != "",
        )
        .order_by(col(AuditedCase.decided_at).desc(), col(AuditedCase.id).desc())
        .limit(limit)
    )
    return [(row[0], _to_facts(row[1:])) for row in session.execute(statement)]


def count_cases(
    session: Session, client_ids: Collection[UUID], wanted: CaseFilter
) -> dict[tuple[str, AuditedCaseState], int]:
    """Count cases by coder and state."""
    statement = (
        select_columns(col(AuditedCase.coder), col(AuditedCase.state), func.count())
        .where(*_of(client_ids, wanted))
        .group_by(col(AuditedCase.coder), col(AuditedCase.state))
    )
    return {(row[0], AuditedCaseState(row[1])): row[2] for row in session.execute(statement)}


def list_closed_codes(
    session: Session, client_ids: Collection[UUID], wanted: CaseFilter
) -> list[tuple[str, UUID, JudgedCode]]:
    """List every decision of closed cases, with coder and case."""
    statement = (
        select_columns(col(AuditedCase.coder), AuditedCode)
        .join(
            AuditedCase,
            (col(AuditedCase.client_id) == col(AuditedCode.client_id))
            & (col(AuditedCase.id) == col(AuditedCode.audited_case_id)),
        )
        .where(*_of(client_ids, wanted), col(AuditedCase.state).in_(CLOSED_CASE_STATES))
        .order_by(col(AuditedCode.audited_case_id), col(AuditedCode.number))
    )
    return [
        (row[0], row[1].audited_case_id, to_judged(row[1])) for row in session.execute(statement)
    ]


def list_codes(session: Session, client_id: UUID, case_id: UUID) -> Sequence[AuditedCode]:
    """List what was decided of one case, in the order of the chart."""
    return session.exec(
        select(AuditedCode)
        .where(AuditedCode.client_id == client_id, AuditedCode.audited_case_id == case_id)
        .order_by(col(AuditedCode.number))
    ).all()


def add_codes(
    session: Session, client_id: UUID, case_id: UUID, decisions: Iterable[CodeDecision]
) -> None:
    """Write down what two people decided of a case."""
    rows = [
        {
            "client_id": client_id,
            "id": new_id(),
            "audited_case_id": case_id,
            "number": number,
            "part": one.part,
            "coder_code": one.coder,
            "auditor_code": one.auditor,
            "right_code": one.coder if one.is_same else "",
            "weight": one.weight,
            "verdict": CodeVerdict.SAME if one.is_same else CodeVerdict.OPEN,
        }
        for number, one in enumerate(decisions, start=1)
    ]
    insert_rows(session, client_id, AuditedCode, rows)


def has_looked_at_codes(session: Session, client_id: UUID, encounter_id: UUID, login: str) -> bool:
    """Tell whether a person ever opened a record that shows the codes of an encounter."""
    statement = (
        select(AuditEvent.id)
        .where(
            AuditEvent.client_id == client_id,
            AuditEvent.subject_id == encounter_id,
            AuditEvent.actor == login,
            col(AuditEvent.action).in_(LOOKS_AT_CODES),
        )
        .limit(1)
    )
    return session.exec(statement).first() is not None


def to_judged(row: AuditedCode) -> JudgedCode:
    """Detach a decision from the database."""
    return JudgedCode(
        row.number,
        CodePart(row.part),
        row.coder_code,
        row.auditor_code,
        Gravity(row.weight),
        CodeVerdict(row.verdict),
        row.right_code,
    )


_FACTS: Final = (
    col(AuditedCase.id),
    col(AuditedCase.encounter_id),
    col(AuditedCase.coder),
    col(AuditedCase.auditor),
    col(AuditedCase.decided_by),
    col(AuditSample.method),
    col(AuditedCase.state),
    col(AuditedCase.coded_on),
    col(AuditedCase.service_date),
    col(AuditedCase.is_blind),
    col(AuditedCase.education),
    col(AuditedCase.education_seen_at),
    col(AuditedCase.audited_at),
)


def get_case_facts(session: Session, client_id: UUID, case_id: UUID) -> CaseFacts:
    """Picture one case.

    Raises:
        NotFoundError: this practice has no such case.
    """
    row = session.execute(_facts(client_id).where(col(AuditedCase.id) == case_id)).first()
    if row is None:
        msg = f"no audited case {case_id}"
        raise NotFoundError(msg)
    return _to_facts(row)


def _facts(client_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select_columns(*_FACTS)
        .join(AuditSample, _of_sample())
        .where(col(AuditedCase.client_id) == client_id)
    )


def _of_sample() -> Any:
    return (col(AuditSample.client_id) == col(AuditedCase.client_id)) & (
        col(AuditSample.id) == col(AuditedCase.audit_sample_id)
    )


def _to_facts(row: Any) -> CaseFacts:
    values = list(row)
    values[5], values[6] = SampleMethod(values[5]), AuditedCaseState(values[6])
    return CaseFacts(*values)


def _wanted(client_id: UUID, wanted: CaseFilter) -> list[Any]:
    return _of([client_id], wanted)


def _of(client_ids: Collection[UUID], wanted: CaseFilter) -> list[Any]:
    conditions: list[Any] = [
        col(AuditedCase.client_id).in_(client_ids),
        col(AuditedCase.coded_on) >= wanted.first_day,
        col(AuditedCase.coded_on) <= wanted.last_day,
    ]
    return [*conditions, col(AuditedCase.coder) == wanted.coder] if wanted.coder else conditions
