"""MIA and MOA of a claim, TS3 and TS2 of a group of claims: many numbers, mostly absent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.remittance_summaries import InpatientSummary, ProviderSummary
from revcycle.formats.x12.remittances.adjudication_elements import (
    INPATIENT_AMOUNTS,
    INPATIENT_QUANTITIES,
    INPATIENT_REMARKS,
    INPATIENT_SUMMARY_AMOUNTS,
    INPATIENT_SUMMARY_QUANTITIES,
    OUTPATIENT_AMOUNTS,
    OUTPATIENT_QUANTITIES,
    OUTPATIENT_REMARKS,
    SUMMARY_AMOUNTS,
    SUMMARY_QUANTITIES,
    SUMMARY_TEXTS,
)
from revcycle.formats.x12.remittances.conversions import DATES
from revcycle.formats.x12.remittances.reading_state import Elements, Remains, element


def read_inpatient(remains: Remains, at: int, segment: Elements) -> InpatientAdjudication:
    """Read MIA."""
    _check_used(
        remains,
        at,
        segment,
        (*INPATIENT_AMOUNTS.values(), *INPATIENT_QUANTITIES.values(), *INPATIENT_REMARKS),
    )
    return InpatientAdjudication(
        remarks=_remarks(remains, segment, INPATIENT_REMARKS),
        **_amounts(remains, at, segment, INPATIENT_AMOUNTS),
        **_quantities(remains, at, segment, INPATIENT_QUANTITIES),
    )


def read_outpatient(remains: Remains, at: int, segment: Elements) -> OutpatientAdjudication:
    """Read MOA."""
    _check_used(
        remains,
        at,
        segment,
        (*OUTPATIENT_AMOUNTS.values(), *OUTPATIENT_QUANTITIES.values(), *OUTPATIENT_REMARKS),
    )
    return OutpatientAdjudication(
        remarks=_remarks(remains, segment, OUTPATIENT_REMARKS),
        **_amounts(remains, at, segment, OUTPATIENT_AMOUNTS),
        **_quantities(remains, at, segment, OUTPATIENT_QUANTITIES),
    )


def read_summary(remains: Remains, at: int, segment: Elements) -> ProviderSummary:
    """Read TS3."""
    _check_used(
        remains,
        at,
        segment,
        (*SUMMARY_AMOUNTS.values(), *SUMMARY_QUANTITIES.values(), *SUMMARY_TEXTS),
    )
    day = DATES[element(segment, 3)]
    if day is None and element(segment, 3):
        remains.bad(at, segment, 3, "not a date of the calendar as CCYYMMDD")
    return ProviderSummary(
        provider_id=element(segment, 1),
        facility_code=element(segment, 2),
        fiscal_period_end=day,
        **_amounts(remains, at, segment, SUMMARY_AMOUNTS),
        **_quantities(remains, at, segment, SUMMARY_QUANTITIES),
    )


def read_inpatient_summary(remains: Remains, at: int, segment: Elements) -> InpatientSummary:
    """Read TS2."""
    _check_used(
        remains,
        at,
        segment,
        (*INPATIENT_SUMMARY_AMOUNTS.values(), *INPATIENT_SUMMARY_QUANTITIES.values()),
    )
    return InpatientSummary(
        **_amounts(remains, at, segment, INPATIENT_SUMMARY_AMOUNTS),
        **_quantities(remains, at, segment, INPATIENT_SUMMARY_QUANTITIES),
    )


def _amounts(
    remains: Remains, at: int, segment: Elements, places: Mapping[str, int]
) -> dict[str, Any]:
    return {name: remains.amount(at, segment, number) for name, number in places.items()}


def _quantities(
    remains: Remains, at: int, segment: Elements, places: Mapping[str, int]
) -> dict[str, Any]:
    return {name: remains.quantity(at, segment, number) for name, number in places.items()}


def _remarks(remains: Remains, segment: Elements, places: Sequence[int]) -> tuple[str, ...]:
    """Gather remark codes; where there is a gap between them, the segment stands in."""
    codes = [element(segment, number) for number in places]
    found = tuple(filter(None, codes))
    if tuple(codes[: len(found)]) != found:
        remains.odd.add(segment[0])
    return found


def _check_used(remains: Remains, at: int, segment: Elements, used: Iterable[int]) -> None:
    known = {0, *used}
    spare = [number for number, text in enumerate(segment) if text and number not in known]
    if spare:
        remains.spare(at, segment, spare[0])
    elif len(segment) == 1:
        remains.odd.add(segment[0])
