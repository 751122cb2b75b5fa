"""Was the patient of a new-patient visit seen before?"""

from datetime import date
from typing import Final

from models.documents.coding_case import CodingCase, PastService
from models.documents.finding import Finding, Severity
from revcycle.reference.visits import is_new_patient, is_seen
from revcycle.rules.coding.service_lines import ServiceLine, list_services

RULE_ID: Final = "coding.new_patients"
YEARS: Final = 3


def check_new_patients(case: CodingCase) -> tuple[Finding, ...]:
    """Report a new-patient visit within three years of a visit or operation before.

    By the same provider it is an error. By another one of the practice it is a warning: only
    somebody of another specialty may call the patient new.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 30.6.7.A.
    """
    return tuple(
        _finding(case, line, earlier)
        for line in list_services(case)
        if is_new_patient(line.code) and (earlier := _seen_before(case, line.day)) is not None
    )


def _seen_before(case: CodingCase, day: date) -> PastService | None:
    """Find who saw the patient: the same provider before others, of each the latest visit."""
    seen = [
        one
        for one in case.past
        if is_seen(one.service.procedure_code) and _three_years_before(day) < one.service_date < day
    ]
    return max(seen, key=lambda one: (_is_same(case, one), one.service_date), default=None)


def _is_same(case: CodingCase, past: PastService) -> bool:
    return past.provider_id is not None and past.provider_id == case.chart.provider_id


def _three_years_before(day: date) -> date:
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year - YEARS, day=day.day - 1)


def _finding(case: CodingCase, line: ServiceLine, earlier: PastService) -> Finding:
    is_same = _is_same(case, earlier)
    who = "the same provider" if is_same else "somebody of the practice"
    message = (
        f"{who} saw the patient on {earlier.service_date}: choose the visit of an established "
        f"patient{'' if is_same else ', unless the specialty is another one'}"
    )
    severity = Severity.ERROR if is_same else Severity.WARNING
    return Finding(RULE_ID, severity, line.field("procedure_code"), message)
