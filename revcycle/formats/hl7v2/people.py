"""People of a message: patient, guarantor, subscriber, providers."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from models.documents.party import Address, Person, Provider
from models.values.identifiers import NPI_LENGTH
from revcycle.formats.hl7v2.elements import Segment
from revcycle.formats.hl7v2.messages import Message
from revcycle.reference.us_state_names import state_code

OWN_NUMBER: Final = "MR"  # table 0203: medical record number
_NOT_KEPT: Final = ("SS", "DL", "PPN")  # numbers of the state: billing does not need them
_NPI_AUTHORITY: Final = "2.16.840.1.113883.4.6"
_SEXES: Final = {"": "", "F": "F", "M": "M"}  # table 0001; O, A, N and others are U
_SELF: Final = ("SEL", "SELF", "18", "1", "S")
_PARENTS: Final = ("MTH", "FTH", "PAR", "GRD", "MOTHER", "FATHER", "PARENT", "GUARDIAN")
_MAJORITY_YEARS: Final = 18


def to_patient(pid: Segment) -> Person:
    """Read PID-5, 7, 8, 11 and 13."""
    return _person(pid, name=5, birth_date=7, sex=8, address=11, phone=13)


def to_subscriber(in1: Segment) -> Person:
    """Read IN1-16, 18, 43 and 19: who holds the policy."""
    return _person(in1, name=16, birth_date=18, sex=43, address=19, phone=0)


def to_guarantor(message: Message, patient: Person, on: date | None) -> Person | None:
    """Return who owes the balance; None if it is the patient.

    GT1 says it; without GT1, a parent or guardian among the NK1 answers for a minor.
    """
    gt1 = message.segment("GT1")
    if gt1.text(3):
        guarantor = _person(gt1, name=3, birth_date=8, sex=9, address=5, phone=6)
        same_name = _name_of(guarantor) == _name_of(patient)
        return None if gt1.text(11).upper() in _SELF or same_name else guarantor
    if not _is_minor(patient.birth_date, on):
        return None
    parents = (nk1 for nk1 in message.list_segments("NK1") if nk1.text(3).upper() in _PARENTS)
    first = next(parents, None)
    if first is None:
        return None
    return _person(first, name=2, birth_date=16, sex=15, address=4, phone=5)


def to_identifiers(pid: Segment) -> tuple[tuple[str, str], ...]:
    """Read PID-3, or PID-2 in old messages: medical record numbers first.

    The system is the assigning authority (CX-4), or the type (CX-5) where none is named.
    """
    number = 3 if pid.field(3) else 2
    found = sorted(_identifiers(pid, number), key=lambda entry: entry[0] != OWN_NUMBER)
    return tuple(dict.fromkeys((system, value) for _, system, value in found))


def _identifiers(pid: Segment, number: int) -> Iterator[tuple[str, str, str]]:
    for repetition in pid.repetitions(number):
        value, kind = pid.part(repetition, 1), pid.part(repetition, 5) or OWN_NUMBER
        authority = pid.part(repetition, 4, 1) or pid.part(repetition, 4, 2)
        if value and kind not in _NOT_KEPT:
            yield kind, authority or kind, value


def to_provider(segment: Segment, number: int) -> Provider | None:
    """Read an XCN field: the repetition with an NPI, else the first with a name."""
    repetitions = segment.repetitions(number)
    providers = [_provider(segment, repetition) for repetition in repetitions]
    named = [provider for provider in providers if provider.npi or provider.last_name]
    return next((provider for provider in named if provider.npi), next(iter(named), None))


def _provider(segment: Segment, repetition: str) -> Provider:
    number, kind = segment.part(repetition, 1), segment.part(repetition, 13)
    authority = (segment.part(repetition, 9, 1), segment.part(repetition, 9, 2))
    claims_npi = kind == "NPI" or _NPI_AUTHORITY in authority or "NPI" in authority
    looks_like_npi = not kind and len(number) == NPI_LENGTH and number.isdecimal()
    return Provider(
        npi=number if claims_npi or looks_like_npi else "",
        last_name=segment.part(repetition, 2, 1),
        first_name=segment.part(repetition, 3),
    )


def _person(
    segment: Segment, *, name: int, birth_date: int, sex: int, address: int, phone: int
) -> Person:
    """Read a person whose parts stand in the given fields."""
    return Person(
        last_name=segment.text(name, 1, 1),
        first_name=segment.text(name, 2),
        middle_name=segment.text(name, 3),
        suffix=segment.text(name, 4),
        birth_date=segment.day(birth_date),
        sex=_SEXES.get(segment.text(sex).upper(), "U"),
        address=_address(segment, address),
        phone=_phone(segment, phone),
        email=_email(segment, phone),
    )


def _address(segment: Segment, number: int) -> Address | None:
    """Read the first repetition of an XAD field."""
    street, city, state, zip_code = (segment.text(number, place) for place in (1, 3, 4, 5))
    if not (street or city or state or zip_code):
        return None
    line1 = " ".join(filter(None, (segment.text(number, 1, 1), segment.text(number, 1, 2))))
    return Address(
        line1=line1,
        city=city,
        state=state_code(state),
        zip_code=zip_code.replace("-", ""),
        line2=segment.text(number, 2),
    )


def _phone(segment: Segment, number: int) -> str:
    """Read the first telephone number of an XTN field: XTN-12, XTN-1, or XTN-6 and 7."""
    for repetition in segment.repetitions(number):
        if segment.part(repetition, 2) == "NET" or "@" in segment.part(repetition, 4):
            continue
        parts = segment.part(repetition, 6) + segment.part(repetition, 7)
        found = segment.part(repetition, 1) or segment.part(repetition, 12) or parts
        if found:
            return found
    return ""


def _email(segment: Segment, number: int) -> str:
    """Read the first mail address of an XTN field (XTN-4)."""
    found = (segment.part(repetition, 4) for repetition in segment.repetitions(number))
    return next((email for email in found if "@" in email), "")


def _name_of(person: Person) -> tuple[str, str]:
    return person.last_name.casefold(), person.first_name.casefold()


def _is_minor(birth_date: date | None, on: date | None) -> bool:
    if birth_date is None or on is None:
        return False
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (not had_birthday) < _MAJORITY_YEARS
