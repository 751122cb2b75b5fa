"""What a list of work is narrowed to, as conditions that name what is asked.

All lists of one ``Shape`` are one statement, whatever the values; ``values_of`` gives these.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    or_,
)
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from models.documents.work import WorkFilter, WorkHold
from models.states.work_item import Queue, WorkItemState
from models.tables import Patient, WorkItem
from revcycle.store.asked import CLIENT_IDS, LOGIN, QUEUE, Ids
from revcycle.store.work_needs import within_skills

ESCAPE: Final = "/"
IS_OPEN: Final = col(WorkItem.state) == literal(WorkItemState.OPEN, literal_execute=True)
NEEDS_SKILL: Final = col(WorkItem.needs) != literal("", literal_execute=True)

_REASON: Final[BindParameter[str]] = bindparam("asked_reason", type_=String())
_REASON_BEGINS: Final[BindParameter[str]] = bindparam("asked_reason_begins", type_=String())
_REASONS: Final[BindParameter[str]] = bindparam("asked_reasons", type_=String(), expanding=True)
_PAYER_NAME: Final[BindParameter[str]] = bindparam("asked_payer_name", type_=String())
_ASSIGNEE: Final[BindParameter[str]] = bindparam("asked_assignee", type_=String())
_PATIENT_ID: Final[BindParameter[UUID]] = bindparam("asked_patient_id", type_=Uuid())
_DUE_BEFORE: Final = bindparam("asked_due_before", type_=UTCDateTime())
_TEXT: Final[BindParameter[str]] = bindparam("asked_text", type_=String())
_NEEDS: Final[BindParameter[str]] = bindparam("asked_needs", type_=String())

_item = WorkItem
_is_awake = col(_item.snoozed_until).is_(None)
_HOLDS: Final[Mapping[WorkHold, tuple[ColumnElement[bool], ...]]] = MappingProxyType(
    {
        WorkHold.WAITING: (_is_awake,),
        WorkHold.OPEN: (),
        WorkHold.MINE: (or_(col(_item.assignee) == LOGIN, col(_item.lease_holder) == LOGIN),),
        WorkHold.FREE: (
            _is_awake,
            col(_item.lease_holder).is_(None),
            col(_item.assignee).is_(None),
        ),
        WorkHold.TAKEN: (col(_item.lease_holder).is_not(None),),
        WorkHold.SNOOZED: (col(_item.snoozed_until).is_not(None),),
        WorkHold.ESCALATED: (col(_item.escalated_at).is_not(None),),
    }
)


def _begins(column: Any, text: BindParameter[str]) -> ColumnElement[bool]:
    return func.coalesce(column, "").startswith(text, escape=ESCAPE)


def _contains(column: Any, text: BindParameter[str]) -> ColumnElement[bool]:
    return func.lower(column).contains(text, escape=ESCAPE)


# What each part of a filter asks. The text may be the name of a patient.
_PARTS: Final[Mapping[str, ColumnElement[bool]]] = MappingProxyType(
    {
        "reasons": col(_item.reason).in_(_REASONS),
        "reason": or_(col(_item.reason) == _REASON, _begins(_item.reason, _REASON_BEGINS)),
        "payer_name": col(_item.payer_name) == _PAYER_NAME,
        "assignee": col(_item.assignee) == _ASSIGNEE,
        "patient_id": col(_item.patient_id) == _PATIENT_ID,
        "due_before": col(_item.due_at) < _DUE_BEFORE,
        "text": or_(
            _begins(func.lower(Patient.last_name), _TEXT),
            _contains(_item.detail, _TEXT),
            _contains(_item.reason, _TEXT),
        ),
        "needs": and_(NEEDS_SKILL, col(_item.needs) == _NEEDS),
    }
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which questions a list asks, without what it asks for.

    Attributes:
        parts: The parts of a ``WorkFilter`` that narrow it.
        is_within_skills: Whether only what asks for no skill that the person lacks.
    """

    queue: Queue
    hold: WorkHold
    parts: frozenset[str]
    is_within_skills: bool

    @property
    def names_patient(self) -> bool:
        """Whether the patient of an item is looked at."""
        return "text" in self.parts


def shape_of(wanted: WorkFilter) -> Shape:
    """Tell which questions a filter asks: for the reasons that one names, where they are known."""
    parts = {part for part in _PARTS if getattr(wanted, part)}
    if wanted.reasons is not None:
        parts = (parts - {"reason"}) | {"reasons"}
    return Shape(wanted.queue, wanted.hold, frozenset(parts), wanted.is_within_skills)


def conditions_of(client_ids: Ids, shape: Shape) -> list[ColumnElement[bool]]:
    """Write the conditions of a shape."""
    conditions = [
        col(WorkItem.client_id).in_(client_ids),
        col(WorkItem.queue) == QUEUE,
        IS_OPEN,
        *_HOLDS[shape.hold],
        *(condition for part, condition in _PARTS.items() if part in shape.parts),
    ]
    if shape.is_within_skills:
        conditions.extend(within_skills(LOGIN, [shape.queue]))
    return conditions


def values_of(client_ids: Collection[UUID], wanted: WorkFilter) -> dict[str, object]:
    """Give what a filter asks for, under the names in its conditions."""
    return {
        CLIENT_IDS.key: list(client_ids),
        LOGIN.key: wanted.login,
        QUEUE.key: wanted.queue,
        _REASON.key: wanted.reason,
        _REASON_BEGINS.key: f"{_escaped(wanted.reason)}.",
        _REASONS.key: list(wanted.reasons or ()),
        _PAYER_NAME.key: wanted.payer_name,
        _ASSIGNEE.key: wanted.assignee,
        _PATIENT_ID.key: wanted.patient_id,
        _DUE_BEFORE.key: wanted.due_before,
        _TEXT.key: _escaped(wanted.text.lower()),
        _NEEDS.key: wanted.needs,
    }


def _escaped(text: str) -> str:
    """Write a text as it stands in a pattern, where nothing of it stands for anything else."""
    for special in (ESCAPE, "%", "_"):
        text = text.replace(special, ESCAPE + special)
    return text
