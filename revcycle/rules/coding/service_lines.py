"""The services of a case as rules count them: numbered, dated, and those of the same person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.documents.coding import CodedService
from models.documents.coding_case import CodingCase, PastService

OTHER_ENCOUNTER = 0  # the number of a service that another encounter has


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service with its number in the coding, from 1, and its day."""

    number: int
    service: CodedService
    day: date

    @property
    def code(self) -> str:
        """The procedure."""
        return self.service.procedure_code

    @property
    def modifiers(self) -> frozenset[str]:
        """The modifiers, in no order."""
        return frozenset(self.service.modifiers)

    @property
    def is_here(self) -> bool:
        """Whether it stands in this coding, not in that of another encounter."""
        return self.number != OTHER_ENCOUNTER

    def field(self, name: str) -> str:
        """Name a field of it as findings do."""
        return f"services[{self.number}].{name}"

    def words(self) -> str:
        """Name it for a coder."""
        return f"service {self.number}" if self.is_here else "another encounter of the day"


def list_services(case: CodingCase) -> tuple[ServiceLine, ...]:
    """List the services of the coding.

    Source:
        House rule: a service without a date has that of its encounter.
    """
    return tuple(
        ServiceLine(number, service, service.service_date or case.service_date)
        for number, service in enumerate(case.coding.services, start=1)
    )


def list_other_services(
    case: CodingCase, wanted: Callable[[date], bool]
) -> tuple[ServiceLine, ...]:
    """List what the same person did for the patient at other encounters, on wanted days.

    Nothing is listed where nobody is named as rendering: then nobody is the same person.

    Source:
        NCCI Policy Manual, chapter I, section A: edits hold for one patient, one provider, one day.
    """
    return tuple(
        ServiceLine(OTHER_ENCOUNTER, one.service, one.service_date)
        for one in list_past_of_provider(case)
        if wanted(one.service_date)
    )


def list_past_of_provider(case: CodingCase) -> tuple[PastService, ...]:
    """List past services by the person who renders this encounter.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, section 40.1: a global package is that
        of one physician (or of a group in one specialty, which nobody tells us).
    """
    provider_id = case.chart.provider_id
    if provider_id is None:
        return ()
    return tuple(one for one in case.past if one.provider_id == provider_id)


def list_day_services(case: CodingCase) -> tuple[ServiceLine, ...]:
    """List the services of the coding, and those of other encounters on the same days.

    Source:
        As ``list_other_services``.
    """
    own = list_services(case)
    days = {line.day for line in own}
    return (*own, *list_other_services(case, days.__contains__))
