"""Does every text fit into a claim and into our tables?"""

from collections.abc import Iterator
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding, Severity
from models.documents.party import Person

RULE_ID: Final = "intake.field_length"
_PERSON_LENGTHS: Final = {
    "last_name": 60, "first_name": 35, "middle_name": 25, "suffix": 10, "phone": 20, "email": 254,
}  # fmt: skip
_ADDRESS_LENGTHS: Final = {"line1": 55, "line2": 55, "city": 30, "state": 2, "zip_code": 15}
_CODE_LENGTH_MAX: Final = 40
_TEXT_LENGTH_MAX: Final = 500


def check_field_length(document: EncounterDocument) -> tuple[Finding, ...]:
    """Report texts that are longer than a claim can carry; nothing is ever cut off silently.

    Source:
        ASC X12N/005010X222A1 (837P): NM103 60, NM104 35, NM105 25, NM107 10, N301 55, N401 30.
    """
    return tuple(_check_all(document))


def _check_all(document: EncounterDocument) -> Iterator[Finding]:
    for field, text, length in _list_texts(document):
        if len(text) > length:
            yield _error(field, length)
    yield from _check_person("patient", document.patient)
    if document.guarantor is not None:
        yield from _check_person("guarantor", document.guarantor)
    for coverage in document.coverages:
        if coverage.subscriber is not None:
            yield from _check_person(f"coverages[{coverage.rank}].subscriber", coverage.subscriber)


def _list_texts(document: EncounterDocument) -> Iterator[tuple[str, str, int]]:
    """Give the texts outside of people, each with its field and its limit."""
    yield "source_key", document.source_key, 120
    yield "place_of_service", document.place_of_service, 2
    yield "prior_authorization", document.prior_authorization, 50
    for system, value in document.identifiers:
        yield "identifiers", system, 200
        yield "identifiers", value, 80
    for coverage in document.coverages:
        yield f"coverages[{coverage.rank}].group_number", coverage.group_number, 50
        yield f"coverages[{coverage.rank}].plan_name", coverage.plan_name, 60
    services = (service.code for service in document.procedures)
    for code in (*document.diagnoses, *services):
        yield "code", code.code, _CODE_LENGTH_MAX
        yield "code", code.text, _TEXT_LENGTH_MAX


def _check_person(who: str, person: Person) -> Iterator[Finding]:
    for field, length in _PERSON_LENGTHS.items():
        if len(getattr(person, field)) > length:
            yield _error(f"{who}.{field}", length)
    if person.address is None:
        return
    for field, length in _ADDRESS_LENGTHS.items():
        if len(getattr(person.address, field)) > length:
            yield _error(f"{who}.address.{field}", length)


def _error(field: str, length: int) -> Finding:
    return Finding(RULE_ID, Severity.ERROR, field, f"longer than {length} characters")
