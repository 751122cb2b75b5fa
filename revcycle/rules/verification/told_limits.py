"""Which limits of visits does a payer's answer name?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from models.documents.eligibility import Benefit, EligibilityAnswer, EligibilityDate, MemberNumber
from models.documents.inquiry import StatedDate, first_number
from revcycle.reference.procedure_families import FAMILIES_OF_SERVICE_TYPES, PROCEDURE_FAMILIES
from revcycle.rules.coding.authorized_procedures import is_span

LIMITATION: Final = "F"  # EB01
VISITS: Final = "VS"  # EB09, HSD01
CALENDAR_YEAR, REMAINING = "23", "29"  # EB06
OUT_OF_NETWORK: Final = "N"  # EB12
NUMBER_LENGTH: Final = 50
COUNT_MAX: Final = 9999
_BEGINS: Final = (EligibilityDate.BENEFIT_BEGIN, EligibilityDate.PERIOD_BEGIN)
_ENDS: Final = (EligibilityDate.BENEFIT_END, EligibilityDate.PERIOD_END)
_PERIODS: Final = (EligibilityDate.BENEFIT, EligibilityDate.CERTIFIED, EligibilityDate.PLAN)


@dataclass(frozen=True, slots=True)
class ToldLimit:
    """So many visits, as a payer told on a day.

    Attributes:
        number: Of the authorization; empty for a limit of the plan.
        limit_of: The service type or procedure that the plan limits.
        procedures: Codes and ranges; empty: every one.
        counted_from: Since when we count; None where the payer named the whole.
    """

    number: str
    limit_of: str
    procedures: str
    allowed: int
    counted_from: date | None
    valid_from: date | None
    valid_to: date | None


def list_told_limits(answer: EligibilityAnswer, *, service_date: date) -> tuple[ToldLimit, ...]:
    """List authorizations and limits of the plan with a number of visits, in the payer's order.

    What is left wins over the whole: it knows visits elsewhere, and we count from the day that
    was asked about. Limits of service types that no code tells apart are left out, as are those
    outside of the network.

    Source:
        ASC X12N/005010X279A1 (271): EB01 F, EB03, EB06 29, EB09 and EB10 or HSD, EB13, REF*G1.
    """
    found: dict[str, ToldLimit] = {}
    for told in _limits(answer.benefits, service_date):
        key = told.number or told.limit_of
        if key not in found or (told.counted_from and not found[key].counted_from):
            found[key] = told
    return tuple(found.values())


def _limits(benefits: Iterable[Benefit], service_date: date) -> Iterator[ToldLimit]:
    for benefit in benefits:
        count = _visits(benefit)
        number = _number(benefit)
        limit_of, procedures = _procedures(benefit)
        is_known = bool(number) or (benefit.kind == LIMITATION and bool(limit_of))
        first, last = _period(benefit, service_date)
        is_reversed = first is not None and last is not None and last < first
        if count is None or not is_known or is_reversed or benefit.in_network == OUT_OF_NETWORK:
            continue
        yield ToldLimit(
            number=number,
            limit_of=limit_of,
            procedures=procedures,
            allowed=count,
            counted_from=service_date if benefit.period == REMAINING else None,
            valid_from=first,
            valid_to=last,
        )


def _visits(benefit: Benefit) -> int | None:
    """Read the number of visits; so many a week or month is no number in all."""
    quantities = (
        one.quantity
        for one in benefit.deliveries
        if one.quantity_kind == VISITS and not one.frequency_unit
    )
    own = benefit.quantity if benefit.quantity_kind == VISITS else None
    quantity = own if own is not None else next(quantities, None)
    if quantity is None or not Decimal(0) <= quantity <= COUNT_MAX:
        return None
    return int(quantity.to_integral_value(ROUND_FLOOR))


def _number(benefit: Benefit) -> str:
    """Read the authorization's number; one that fits on no claim is none."""
    number = first_number(benefit.references, MemberNumber.PRIOR_AUTHORIZATION)
    return number if len(number) <= NUMBER_LENGTH and number.isprintable() else ""


def _procedures(benefit: Benefit) -> tuple[str, str]:
    """Name what is limited, and its codes; nothing where no code tells."""
    if benefit.procedure is not None:
        codes = "-".join(filter(None, (benefit.procedure.code, benefit.procedure.last_code)))
        return (codes, codes) if is_span(codes) else ("", "")
    for code in benefit.service_type_codes:
        if code in FAMILIES_OF_SERVICE_TYPES:
            return code, PROCEDURE_FAMILIES[FAMILIES_OF_SERVICE_TYPES[code]]
    return "", ""


def _period(benefit: Benefit, service_date: date) -> tuple[date | None, date | None]:
    for one in benefit.dates:
        if one.kind in _PERIODS and one.last is not None:
            return one.first, one.last
    first, last = _first_of(benefit.dates, _BEGINS), _first_of(benefit.dates, _ENDS)
    if first is None and last is None and benefit.period == CALENDAR_YEAR:
        return date(service_date.year, 1, 1), date(service_date.year, 12, 31)
    return first, last


def _first_of(dates: Iterable[StatedDate], kinds: Iterable[str]) -> date | None:
    wanted = set(kinds)
    return next((one.first for one in dates if one.kind in wanted), None)
