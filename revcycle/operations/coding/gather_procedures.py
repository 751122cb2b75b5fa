"""Gather what reference data says of procedures, for the codings of many encounters at once.

The number of statements grows with the days of service and their payers, not with encounters.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.claim import ClaimForm
from models.documents.coding_case import (
    AddOnFacts,
    CodeFacts,
    PolicyFacts,
    ProcedureFacts,
    PtpFacts,
    UnitLimitFacts,
)
from models.documents.reference import CodesOfDay, RelativeValueDocument
from models.values.reference import ReferenceKind
from revcycle.reference.procedures import is_modifier, is_procedure_code
from revcycle.rules.coding.service_parts import READ_BY_A_PHYSICIAN
from revcycle.store.code_lists import Period, list_periods
from revcycle.store.coverage_policies import list_policies
from revcycle.store.procedure_limits import list_add_ons, list_unit_limits
from revcycle.store.ptp_pairs import list_pairs_of_days
from revcycle.store.reference_editions import find_editions_by_day, list_begun
from revcycle.store.relative_values import list_relative_values

Editions = Mapping[ReferenceKind, int]

# A list of HCPCS that has neither of these holds no modifiers at all.
USUAL_MODIFIERS: Final = frozenset({"LT", "RT"})
LISTS_OF_CODES: Final = (ReferenceKind.HCPCS, ReferenceKind.CPT)
SHARED_KINDS: Final = (
    ReferenceKind.ADD_ON,
    ReferenceKind.COVERAGE_POLICY,
    *LISTS_OF_CODES,
)


@dataclass(frozen=True, slots=True)
class EditKinds:
    """Which lists judge the services of a claim form."""

    pairs: ReferenceKind
    limits: ReferenceKind
    values: ReferenceKind | None  # hospitals are not paid by the physician fee schedule

    def all(self) -> tuple[ReferenceKind, ...]:
        """List them with those that are the same for every form."""
        own = (self.pairs, self.limits, self.values)
        return (*(kind for kind in own if kind), *SHARED_KINDS)


KINDS_OF_FORM: Final[Mapping[ClaimForm, EditKinds]] = MappingProxyType(
    {
        ClaimForm.PROFESSIONAL: EditKinds(
            ReferenceKind.PTP_PRACTITIONER, ReferenceKind.MUE_PRACTITIONER, ReferenceKind.MPFS
        ),
        ClaimForm.INSTITUTIONAL: EditKinds(
            ReferenceKind.PTP_HOSPITAL, ReferenceKind.MUE_HOSPITAL, None
        ),
    }
)


@dataclass(frozen=True, slots=True)
class AskedCodes:
    """The procedures and modifiers of one encounter, its day and who pays first."""

    on: date
    payer: str
    codes: frozenset[str]
    modifiers: frozenset[str] = frozenset()


def gather_code_facts(
    session: Session, asked: Mapping[UUID, AskedCodes], form: ClaimForm
) -> dict[UUID, CodeFacts]:
    """Say of each encounter's codes what the lists that answer for its day say of them."""
    kinds = KINDS_OF_FORM[form]
    formed = {one: _formed(codes) for one, codes in asked.items()}
    days = {codes.on for codes in formed.values()}
    editions = find_editions_by_day(session, kinds.all(), days)
    pairs = _pairs(session, formed, editions, kinds)
    lists = {day: _ListsOfDay(session, editions[day], kinds, day, formed) for day in days}
    return {
        one: CodeFacts(
            pairs=pairs.get(one, ()),
            procedures=lists[codes.on].of(codes),
            modifiers=lists[codes.on].modifiers,
        )
        for one, codes in formed.items()
    }


def _formed(asked: AskedCodes) -> AskedCodes:
    """Leave out what is no code at all: no list has it, and nothing need be asked."""
    return replace(
        asked,
        codes=frozenset(filter(is_procedure_code, asked.codes)),
        modifiers=frozenset(filter(is_modifier, asked.modifiers)),
    )


class _ListsOfDay:
    """What the lists say of all the codes of one day; asked once when it is made."""

    def __init__(
        self,
        session: Session,
        editions: Editions,
        kinds: EditKinds,
        day: date,
        asked: Mapping[UUID, AskedCodes],
    ) -> None:
        of_day = [one for one in asked.values() if one.on == day]
        codes = frozenset[str]().union(*(one.codes for one in of_day))
        modifiers = frozenset[str]().union(*(one.modifiers for one in of_day))
        self._procedures = _procedures(session, editions, kinds, codes, day)
        self.modifiers = _modifiers(session, _lists_of_codes(session, editions, day), modifiers)
        self._policies = {
            payer: _policies(session, editions, payer, codes, day)
            for payer in {one.payer for one in of_day}
        }

    def of(self, asked: AskedCodes) -> dict[str, ProcedureFacts]:
        """Say what is known of the codes of one encounter, for its payer."""
        policies = self._policies[asked.payer]
        return {
            code: replace(self._procedures[code], policies=policies.get(code, ()))
            for code in asked.codes
        }


def _pairs(
    session: Session,
    asked: Mapping[UUID, AskedCodes],
    editions: Mapping[date, Editions],
    kinds: EditKinds,
) -> dict[UUID, tuple[PtpFacts, ...]]:
    questions = {
        one: CodesOfDay(editions[codes.on][kinds.pairs], codes.on, codes.codes)
        for one, codes in asked.items()
        if kinds.pairs in editions[codes.on]
    }
    found = list_pairs_of_days(session, set(questions.values()))
    return {
        one: tuple(
            PtpFacts(
                edit.column_one,
                edit.column_two,
                edit.effective_on,
                edit.deleted_on,
                edit.indicator,
            )
            for edit in found[question]
        )
        for one, question in questions.items()
    }


def _procedures(
    session: Session, editions: Editions, kinds: EditKinds, codes: Collection[str], day: date
) -> dict[str, ProcedureFacts]:
    limits = _unit_limits(session, editions.get(kinds.limits), codes)
    add_ons = _add_ons(session, editions.get(ReferenceKind.ADD_ON), codes, day)
    values = _values(session, editions.get(kinds.values) if kinds.values else None, codes)
    lists = _lists_of_codes(session, editions, day)
    periods = list_periods(session, lists.values(), codes) if lists else {}
    return {
        code: _facts(
            values.get(code),
            ProcedureFacts(
                is_known=code in periods if _system_of(code) in lists else None,
                periods=periods.get(code, ()),
                unit_limit=limits.get(code),
                add_on=add_ons.get(code),
            ),
        )
        for code in codes
    }


def _lists_of_codes(session: Session, editions: Editions, day: date) -> Editions:
    """Keep the lists that had begun on the day: a later one need not have what ended before it."""
    lists = {kind: editions[kind] for kind in LISTS_OF_CODES if kind in editions}
    begun = list_begun(session, lists.values(), day) if lists else set()
    return {kind: number for kind, number in lists.items() if number in begun}


def _system_of(code: str) -> ReferenceKind:
    return ReferenceKind.CPT if code[:1].isdigit() else ReferenceKind.HCPCS


def _facts(value: RelativeValueDocument | None, facts: ProcedureFacts) -> ProcedureFacts:
    if value is None:
        return facts
    return replace(
        facts,
        status=value.status,
        global_days=value.global_days,
        bilateral=value.bilateral,
        component=value.professional_technical,
        price=sum((value.work, value.practice_office, value.malpractice), Decimal(0)),
    )


def _unit_limits(
    session: Session, edition: int | None, codes: Collection[str]
) -> dict[str, UnitLimitFacts]:
    if edition is None:
        return {}
    found = list_unit_limits(session, edition, codes)
    return {code: UnitLimitFacts(one.units, one.adjudication) for code, one in found.items()}


def _add_ons(
    session: Session, edition: int | None, codes: Collection[str], day: date
) -> dict[str, AddOnFacts]:
    if edition is None:
        return {}
    found = list_add_ons(session, edition, codes, day)
    return {code: AddOnFacts(one.edit_type, one.primary_codes) for code, one in found.items()}


def _values(
    session: Session, edition: int | None, codes: Collection[str]
) -> dict[str, RelativeValueDocument]:
    """Map codes to the line of the whole service; lines of 26 and TC are parts of it.

    A laboratory test says in the line of its reading only that somebody may be paid for reading it.
    """
    if edition is None:
        return {}
    found = list_relative_values(session, edition, codes)
    read = {one.code for one in found if one.professional_technical == READ_BY_A_PHYSICIAN}
    return {
        one.code: replace(one, professional_technical=READ_BY_A_PHYSICIAN)
        if one.code in read
        else one
        for one in found
        if not one.modifier
    }


def _modifiers(
    session: Session, lists: Editions, modifiers: Collection[str]
) -> Mapping[str, tuple[Period, ...]] | None:
    """Map modifiers to their periods; None where the list of HCPCS has none, or is not loaded."""
    if not modifiers or ReferenceKind.HCPCS not in lists:
        return None
    asked = {*modifiers, *USUAL_MODIFIERS}
    found = list_periods(session, [lists[ReferenceKind.HCPCS]], asked)
    return found if USUAL_MODIFIERS & set(found) else None


def _policies(
    session: Session, editions: Editions, payer: str, codes: Collection[str], day: date
) -> Mapping[str, tuple[PolicyFacts, ...]]:
    edition = editions.get(ReferenceKind.COVERAGE_POLICY)
    return list_policies(session, edition, payer, codes, day) if edition is not None else {}
