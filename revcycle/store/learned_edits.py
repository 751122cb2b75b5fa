"""Queries on edits that denials propose."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.learned_edit import (
    EditKind,
    EditPicture,
    EditProposal,
    EditRule,
    EditSeverity,
    SwitchedEdit,
)
from models.errors import NotFoundError
from models.states.learned_edit import EditState
from models.tables import LearnedEdit, Payer
from models.values.identifiers import new_id
from revcycle.store.state_changes import record_creation

BETWEEN: str = ":"


def pattern_of(rule: EditRule) -> str:
    """Name a rule so that the same one is proposed once, whatever it learned to want."""
    about = rule.wanted[0] if rule.kind is EditKind.PROVIDER_NOT_ENROLLED else rule.procedure_code
    return BETWEEN.join((rule.kind, rule.payer_key, about))


def list_switched_edits(
    session: Session, client_id: UUID
) -> Mapping[UUID, tuple[SwitchedEdit, ...]]:
    """Map payers to the edits that are on for their claims."""
    found: dict[UUID, tuple[SwitchedEdit, ...]] = defaultdict(tuple)
    for row, payer_key in _rows(session, client_id):
        if row.state == EditState.ON:
            edit = SwitchedEdit(row.id, _rule(row, payer_key), EditSeverity(row.severity))
            found[row.payer_id] = (*found[row.payer_id], edit)
    return found


def list_edits(session: Session, client_id: UUID) -> list[EditPicture]:
    """List all edits, the most money first."""
    return [_picture(row, key) for row, key in _rows(session, client_id)]


def get_edit(session: Session, client_id: UUID, edit_id: UUID) -> EditPicture:
    """Load one edit.

    Raises:
        NotFoundError: this client has no such edit.
    """
    found = next((one for one in list_edits(session, client_id) if one.id == edit_id), None)
    if found is None:
        msg = f"no edit {edit_id}"
        raise NotFoundError(msg)
    return found


def lock_edit(session: Session, client_id: UUID, edit_id: UUID) -> LearnedEdit:
    """Load one edit and keep other runs from it.

    Raises:
        NotFoundError: this client has no such edit.
    """
    row = session.exec(
        select(LearnedEdit)
        .where(LearnedEdit.client_id == client_id, LearnedEdit.id == edit_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        msg = f"no edit {edit_id}"
        raise NotFoundError(msg)
    return row


def lock_edits(session: Session, client_id: UUID) -> dict[str, LearnedEdit]:
    """Load all edits by their patterns, and keep other runs from them."""
    rows = session.exec(
        select(LearnedEdit).where(LearnedEdit.client_id == client_id).with_for_update()
    )
    return {row.pattern: row for row in rows}


def insert_edit(
    session: Session,
    client_id: UUID,
    act: Act,
    payer_id: UUID,
    proposal: EditProposal,
    period: tuple[date, date],
) -> UUID:
    """Add a proposal; return its id."""
    row = LearnedEdit(
        client_id=client_id,
        id=new_id(),
        pattern=pattern_of(proposal.rule),
        kind=proposal.rule.kind,
        payer_id=payer_id,
        procedure_code=proposal.rule.procedure_code,
        wanted=BETWEEN.join(proposal.rule.wanted),
        group=proposal.group,
        reason=proposal.reason,
        remark=proposal.remark,
        since=period[0],
        until=period[1],
        denied_claims=len(proposal.denied),
        denied_amount=proposal.denied_amount,
        tested_claims=proposal.test.tested,
        hits=len(proposal.test.hits),
        false_alarms=len(proposal.test.false_alarms),
        counted_at=act.at,
    )
    record_creation(session, client_id, act, row)
    return row.id


def _rows(session: Session, client_id: UUID) -> Sequence[tuple[LearnedEdit, str]]:
    return [
        (row, key)
        for row, key in session.exec(
            select(LearnedEdit, Payer.key)
            .join(
                Payer,
                (col(Payer.client_id) == client_id) & (col(Payer.id) == LearnedEdit.payer_id),
            )
            .where(LearnedEdit.client_id == client_id)
            .order_by(col(LearnedEdit.denied_amount).desc(), col(LearnedEdit.id))
        )
    ]


def _rule(row: LearnedEdit, payer_key: str) -> EditRule:
    wanted = tuple(filter(None, row.wanted.split(BETWEEN)))
    return EditRule(EditKind(row.kind), payer_key, row.procedure_code, wanted)


def _picture(row: LearnedEdit, payer_key: str) -> EditPicture:
    return EditPicture(
        id=row.id,
        rule=_rule(row, payer_key),
        state=EditState(row.state),
        severity=EditSeverity(row.severity),
        group=row.group,
        reason=row.reason,
        remark=row.remark,
        since=row.since,
        until=row.until,
        denied_claims=row.denied_claims,
        denied_amount=row.denied_amount,
        tested_claims=row.tested_claims,
        hits=row.hits,
        false_alarms=row.false_alarms,
        counted_at=row.counted_at,
        switched_on=row.switched_on,
        decided_by=row.decided_by,
    )
