"""What a client file says of the office's working days and hours."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from models.documents.client_section import Section
from models.documents.client_texts import Text
from models.documents.office_hours import OfficeHours, read_hours

CLOSED = "closed"
USUAL_HOURS = "08:00-17:00"


def _in_order(text: str) -> str:
    read_hours(text)
    return text


HoursText = Annotated[
    str,
    Text(
        r"closed|([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)",
        'hours such as "08:00-17:00", or "closed"',
    ),
    AfterValidator(_in_order),
]


class OfficeWeekSection(Section):
    """Hours of each day of the week, in the practice's time zone."""

    monday: HoursText = USUAL_HOURS
    tuesday: HoursText = USUAL_HOURS
    wednesday: HoursText = USUAL_HOURS
    thursday: HoursText = USUAL_HOURS
    friday: HoursText = USUAL_HOURS
    saturday: HoursText = CLOSED
    sunday: HoursText = CLOSED

    def days(self) -> tuple[str, ...]:
        """List the seven texts from Monday on."""
        return (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )

    @model_validator(mode="after")
    def _is_open(self) -> Self:
        if all(day == CLOSED for day in self.days()):
            msg = "an office that is open on one day of the week at least"
            raise ValueError(msg)
        return self


class OfficeSection(Section):
    """When work is done for the practice: what ``service_hours`` are counted in."""

    hours: OfficeWeekSection = OfficeWeekSection()
    federal_holidays: bool = True  # closed on the holidays of 5 U.S.C. 6103
    closed_on: tuple[date, ...] = ()  # its own days off

    def to_document(self, time_zone: str) -> OfficeHours:
        """Turn it into the hours that due times are counted in."""
        return OfficeHours(
            time_zone,
            tuple(read_hours(day) for day in self.hours.days()),
            self.federal_holidays,
            frozenset(self.closed_on),
        )
