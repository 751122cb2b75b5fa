"""Patients, subscribers and practitioners."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from models.documents.party import Address, Person, Provider
from revcycle.formats.fhir.nodes import EMPTY, Node, node, nodes, text, texts, to_day
from revcycle.formats.fhir.resources import Resources, conditional_key
from revcycle.reference.us_state_names import state_code

OWN_NUMBER: Final = "MR"  # HL7 table 0203: medical record number
NPI_SYSTEMS: Final = ("http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6")
TAXONOMY_SYSTEMS: Final = ("http://nucc.org/provider-taxonomy", "urn:oid:2.16.840.1.113883.6.101")
_NOT_KEPT: Final = ("SS", "DL", "PPN", "SB")  # numbers of the state: billing does not need them
_SEXES: Final = {"female": "F", "male": "M", "": ""}
_NAME_USES: Final = ("official", "usual", "")


def to_person(resource: Node, zone: tzinfo | None) -> Person:
    """Read a Patient or RelatedPerson."""
    name = _preferred(nodes(resource, "name"))
    given = texts(name, "given")
    return Person(
        last_name=text(name, "family"),
        first_name=given[0] if given else "",
        middle_name=" ".join(given[1:]),
        suffix=" ".join(texts(name, "suffix")),
        birth_date=to_day(text(resource, "birthDate"), zone),
        sex=_SEXES.get(text(resource, "gender"), "U"),
        address=_address(resource),
        phone=_telecom(resource, "phone"),
        email=_telecom(resource, "email"),
    )


def to_identifiers(patient: Node) -> tuple[tuple[str, str], ...]:
    """Read the patient's numbers, medical record numbers first, else the resource's own id.

    The system is the identifier's system, or its type where none is named.
    """
    found = sorted(_identifiers(patient), key=lambda entry: entry[0] != OWN_NUMBER)
    numbers = dict.fromkeys((system, value) for _, system, value in found)
    own_id = text(patient, "id")
    return tuple(numbers) or ((("Patient", own_id),) if own_id else ())


def _identifiers(patient: Node) -> Iterator[tuple[str, str, str]]:
    for identifier in nodes(patient, "identifier"):
        kind = text(identifier, "type", "coding", "code")
        system = text(identifier, "system") or kind or OWN_NUMBER
        value = text(identifier, "value")
        if value and kind not in _NOT_KEPT and not system.endswith("us-ssn"):
            yield kind, system, value


def to_provider(resources: Resources, reference: Node, owner: Node) -> Provider | None:
    """Read the person a Reference means: a Practitioner, or one in a PractitionerRole.

    One who is not in the file is known by what the reference says: an NPI and a display name.
    """
    target = resources.resolve(reference, owner)
    taxonomy = ""
    if text(target, "resourceType") == "PractitionerRole":
        taxonomy = _taxonomy(nodes(target, "specialty") + nodes(target, "code"))
        reference = node(target, "practitioner")
        target = resources.resolve(reference, target)
    if text(target, "resourceType") == "Practitioner":
        return _practitioner(target, taxonomy)
    return _from_reference(reference)


def _practitioner(practitioner: Node, taxonomy: str) -> Provider:
    numbers = (
        text(identifier, "value")
        for identifier in nodes(practitioner, "identifier")
        if text(identifier, "system") in NPI_SYSTEMS
    )
    name = _preferred(nodes(practitioner, "name"))
    qualifications = tuple(node(one, "code") for one in nodes(practitioner, "qualification"))
    return Provider(
        npi=next(numbers, ""),
        last_name=text(name, "family") or text(name, "text"),
        first_name=text(name, "given"),
        taxonomy=taxonomy or _taxonomy(qualifications),
    )


def _from_reference(reference: Node) -> Provider | None:
    _, system, number = conditional_key(text(reference, "reference"))
    if system not in NPI_SYSTEMS:
        system = text(reference, "identifier", "system")
        number = text(reference, "identifier", "value")
    npi = number if system in NPI_SYSTEMS else ""
    display = text(reference, "display")
    return Provider(npi, display) if npi or display else None


def _taxonomy(concepts: tuple[Node, ...]) -> str:
    codes = (
        text(coding, "code")
        for concept in concepts
        for coding in nodes(concept, "coding")
        if text(coding, "system") in TAXONOMY_SYSTEMS
    )
    return next(codes, "")


def _preferred(names: tuple[Node, ...]) -> Node:
    """Return the official name, else the usual one, else the first."""
    for use in _NAME_USES:
        found = next((name for name in names if text(name, "use") == use), None)
        if found is not None:
            return found
    return names[0] if names else EMPTY


def _address(resource: Node) -> Address | None:
    addresses = [one for one in nodes(resource, "address") if text(one, "use") != "old"]
    if not addresses:
        return None
    first = addresses[0]
    line1, *others = texts(first, "line") or ("",)
    return Address(
        line1=line1,
        city=text(first, "city"),
        state=state_code(text(first, "state")),
        zip_code=text(first, "postalCode").replace("-", ""),
        line2=", ".join(others),
    )


def _telecom(resource: Node, system: str) -> str:
    found = (
        text(one, "value")
        for one in nodes(resource, "telecom")
        if text(one, "system") == system and text(one, "use") != "old"
    )
    return next(found, "")
