"""What a search found, in words and with the address where each record opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from models.documents.search import (
    Direction,
    FoundClaim,
    FoundEncounter,
    FoundFile,
    FoundKind,
    FoundPatient,
    FoundRecord,
    FoundRemittance,
    FoundStatement,
)
from models.values.access import FieldKind, FieldView
from models.values.display import to_dollars, to_short_date
from revcycle.operations.search.find_records import FoundGroup
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from workbench.pages.practices import Practice
from workbench.pages.records.state_words import say_state
from workbench.pages.time_texts import to_instant_text

GROUP_LABELS: Final[Mapping[FoundKind, str]] = MappingProxyType(
    {
        FoundKind.PATIENT: "Patients",
        FoundKind.CLAIM: "Claims",
        FoundKind.ENCOUNTER: "Encounters",
        FoundKind.REMITTANCE: "Payments",
        FoundKind.STATEMENT: "Statements",
        FoundKind.FILE: "Files",
    }
)
IN_DOUBT: Final = "patient in doubt"


@dataclass(frozen=True, slots=True, repr=False)
class FoundLine:
    """One record as the page lists it.

    Attributes:
        name: What one recognizes it by.
        facts: What tells it from others, a few words each.
        address: Where it opens; ids only.
    """

    name: str
    facts: tuple[str, ...]
    practice: str
    address: str


@dataclass(frozen=True, slots=True, repr=False)
class FoundLines:
    """The records of one kind."""

    kind: FoundKind
    label: str
    lines: Sequence[FoundLine]
    is_exact: bool
    has_more: bool


def to_lines(
    groups: Sequence[FoundGroup], practices: Mapping[UUID, Practice], access: Access
) -> list[FoundLines]:
    """Write what was found the way this person may see it."""
    return [
        FoundLines(
            group.kind,
            GROUP_LABELS[group.kind],
            [to_line(one, practices[one.client_id], access) for one in group.records],
            group.is_exact,
            group.has_more,
        )
        for group in groups
    ]


def to_line(record: FoundRecord, practice: Practice, access: Access) -> FoundLine:
    """Write one record."""
    name, facts, place = _WRITERS[type(record)](record, practice, access)
    known = tuple(fact for fact in facts if fact)
    return FoundLine(name, known, practice.name, f"/practices/{practice.key}/{place}")


Written = tuple[str, tuple[str, ...], str]


def _patient(record: FoundPatient, _practice: Practice, access: Access) -> Written:
    born = ""
    if record.birth_date is not None:
        is_shown = access.view_of(FieldKind.BIRTH_DATE) is FieldView.SHOWN
        text = record.birth_date.isoformat()
        seen = see_field(access, FieldKind.BIRTH_DATE, text)
        born = f"born {to_short_date(record.birth_date) if is_shown else seen}"
    facts = (born, f"account {record.account_number}")
    return _name(record), facts, f"patients/{record.id}"


def _claim(record: FoundClaim, _practice: Practice, _access: Access) -> Written:
    theirs = f"payer's number {record.payer_number}" if record.payer_number else ""
    total = to_dollars(record.charge_total)
    facts = (_name(record), record.payer_name, total, say_state(record.state), theirs)
    return record.control_number, facts, f"claims/{record.id}"


def _encounter(record: FoundEncounter, _practice: Practice, _access: Access) -> Written:
    day = "without a date" if record.service_date is None else to_short_date(record.service_date)
    facts = (_name(record), say_state(record.state), f"practice's number {record.source_key}")
    return day, facts, f"encounters/{record.id}"


def _remittance(record: FoundRemittance, _practice: Practice, _access: Access) -> Written:
    facts = (record.payer_name, to_dollars(record.amount), to_short_date(record.payment_date))
    return record.trace_number, facts, f"remittances/{record.id}"


def _statement(record: FoundStatement, _practice: Practice, _access: Access) -> Written:
    day, balance = to_short_date(record.statement_date), to_dollars(record.balance)
    facts = (_name(record), balance, day, say_state(record.state))
    return record.number, facts, f"patients/{record.patient_id}"


def _file(record: FoundFile, practice: Practice, _access: Access) -> Written:
    way = "received" if record.direction is Direction.RECEIVED else "written"
    number = "" if record.control_number is None else f"control number {record.control_number:09d}"
    at = to_instant_text(record.at, practice.time_zone)
    return (
        record.name,
        (record.kind, f"{way} {at}", number),
        f"files/{record.direction}/{record.id}",
    )


def _name(record: FoundPatient | FoundClaim | FoundEncounter | FoundStatement) -> str:
    names = (record.last_name, record.first_name)
    return ", ".join(name for name in names if name) or IN_DOUBT


_WRITERS: Final[Mapping[type, Callable[[Any, Practice, Access], Written]]] = MappingProxyType(
    {
        FoundPatient: _patient,
        FoundClaim: _claim,
        FoundEncounter: _encounter,
        FoundRemittance: _remittance,
        FoundStatement: _statement,
        FoundFile: _file,
    }
)
