"""Invented encounters as a FHIR R4 bundle."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import orjson

from models.documents.encounter import EncounterDocument, SourceCoverage, SourceProcedure
from models.documents.party import Person, Provider

Resource = dict[str, Any]

_ICD10: Final = "http://hl7.org/fhir/sid/icd-10-cm"
_CPT: Final = "http://www.ama-assn.org/go/cpt"
_HCPCS: Final = "https://bluebutton.cms.gov/resources/codesystem/hcpcs"
_NPI: Final = "http://hl7.org/fhir/sid/us-npi"
_TERMS: Final = "http://terminology.hl7.org/CodeSystem/"
_PLACES: Final = (
    "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
)
_SEXES: Final = {"F": "female", "M": "male", "U": "unknown"}
_RELATIONSHIPS: Final = {"18": "self", "01": "spouse", "19": "child"}


def write_fhir(documents: Sequence[EncounterDocument], *, place_of_service: str) -> bytes:
    """Write a transaction bundle; each practitioner and payer stands in it once."""
    shared: dict[str, Resource] = {}
    entries: list[Resource] = []
    for document in documents:
        entries += _entries(document, place_of_service, shared)
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [*shared.values(), *entries],
    }
    return orjson.dumps(bundle)


def _entries(
    document: EncounterDocument, place_of_service: str, shared: dict[str, Resource]
) -> Iterator[Resource]:
    key = document.source_key
    patient, encounter = _url(f"patient:{key}"), _url(f"encounter:{key}")
    provider = _share_provider(document.rendering_provider, shared)
    yield _entry(patient, _person("Patient", document.patient, document.identifiers[0][1]))
    if document.guarantor is not None:
        guarantor = _url(f"guarantor:{key}")
        yield _entry(guarantor, _person("RelatedPerson", document.guarantor))
        yield _entry(_url(f"account:{key}"), _account(patient, guarantor))
    coverages = []
    for coverage in document.coverages:
        url = _url(f"coverage:{key}:{coverage.rank}")
        coverages.append(url)
        yield from _coverage_entries(url, coverage, patient, shared)
    yield _entry(encounter, _encounter(document, patient, provider))
    for number, diagnosis in enumerate(document.diagnoses, start=1):
        url = _url(f"condition:{key}:{number}")
        yield _entry(url, _condition(diagnosis.code, patient, encounter))
    if document.procedures:
        claim = _claim(document, patient, encounter, coverages, place_of_service)
        yield _entry(_url(f"claim:{key}"), claim)
    for number, note in enumerate(document.notes, start=1):
        body = _note(note.text, f"{document.service_date}", patient, encounter, provider)
        yield _entry(_url(f"note:{key}:{number}"), body)


def _entry(url: str, resource: Resource) -> Resource:
    kind = resource["resourceType"]
    resource["id"] = url.removeprefix("urn:uuid:")
    return {"fullUrl": url, "resource": resource, "request": {"method": "POST", "url": kind}}


def _person(kind: str, person: Person, number: str = "") -> Resource:
    resource: Resource = {
        "resourceType": kind,
        "name": [
            {
                "use": "official",
                "family": person.last_name,
                "given": [part for part in (person.first_name, person.middle_name) if part],
            }
        ],
        "gender": _SEXES.get(person.sex, "unknown"),
        "telecom": [
            {"system": system, "value": value}
            for system, value in (("phone", person.phone), ("email", person.email))
            if value
        ],
    }
    if number:
        kind_of_number = {"coding": [{"system": f"{_TERMS}v2-0203", "code": "MR"}]}
        resource["identifier"] = [{"type": kind_of_number, "value": number}]
    if person.birth_date is not None:
        resource["birthDate"] = person.birth_date.isoformat()
    if person.address is not None:
        address = person.address
        resource["address"] = [
            {
                "line": [line for line in (address.line1, address.line2) if line],
                "city": address.city,
                "state": address.state,
                "postalCode": address.zip_code,
            }
        ]
    return resource


def _account(patient: str, guarantor: str) -> Resource:
    return {
        "resourceType": "Account",
        "status": "active",
        "subject": [_reference(patient)],
        "guarantor": [{"party": _reference(guarantor)}],
    }


def _share_provider(provider: Provider | None, shared: dict[str, Resource]) -> str:
    """Put the practitioner into the bundle once and return how to refer to it."""
    if provider is None:
        return ""
    url = _url(f"practitioner:{provider.npi}")
    name = {"family": provider.last_name, "given": [provider.first_name]}
    resource = {
        "resourceType": "Practitioner",
        "identifier": [{"system": _NPI, "value": provider.npi}],
        "name": [name],
    }
    shared.setdefault(url, _entry(url, resource))
    return url


def _share_payer(coverage: SourceCoverage, shared: dict[str, Resource]) -> str:
    url = _url(f"payer:{coverage.payer_id}:{coverage.payer_name}")
    resource = {
        "resourceType": "Organization",
        "identifier": [{"value": coverage.payer_id}],
        "name": coverage.payer_name,
    }
    shared.setdefault(url, _entry(url, resource))
    return url


def _coverage_entries(
    url: str, coverage: SourceCoverage, patient: str, shared: dict[str, Resource]
) -> Iterator[Resource]:
    payer = _share_payer(coverage, shared)
    subscriber = patient
    if coverage.subscriber is not None:
        subscriber = _url(f"subscriber:{url}")
        yield _entry(subscriber, _person("RelatedPerson", coverage.subscriber))
    relationship = _RELATIONSHIPS.get(coverage.relationship, "other")
    resource: Resource = {
        "resourceType": "Coverage",
        "status": "active",
        "order": coverage.rank,
        "subscriberId": coverage.member_id,
        "subscriber": _reference(subscriber),
        "beneficiary": _reference(patient),
        "relationship": {"coding": [{"code": relationship}]},
        "payor": [_reference(payer)],
    }
    if coverage.valid_from is not None:
        resource["period"] = {"start": coverage.valid_from.isoformat()}
    if coverage.group_number:
        kind = {"coding": [{"system": f"{_TERMS}coverage-class", "code": "group"}]}
        resource["class"] = [{"type": kind, "value": coverage.group_number}]
    yield _entry(url, resource)


def _encounter(document: EncounterDocument, patient: str, provider: str) -> Resource:
    # Half past three in the afternoon in UTC is the same day everywhere in the United States.
    stamp = f"{document.service_date}T15:30:00Z"
    participants = [{"individual": _reference(provider)}] if provider else []
    return {
        "resourceType": "Encounter",
        "identifier": [{"value": document.source_key}],
        "status": "finished",
        "class": {"system": f"{_TERMS}v3-ActCode", "code": "AMB"},
        "subject": _reference(patient),
        "participant": participants,
        "period": {"start": stamp},
    }


def _condition(code: str, patient: str, encounter: str) -> Resource:
    return {
        "resourceType": "Condition",
        "code": {"coding": [{"system": _ICD10, "code": _dotted(code)}]},
        "subject": _reference(patient),
        "encounter": _reference(encounter),
    }


def _claim(
    document: EncounterDocument,
    patient: str,
    encounter: str,
    coverages: Sequence[str],
    place_of_service: str,
) -> Resource:
    diagnoses = enumerate(document.diagnoses, start=1)
    insurances: list[Resource] = [
        {"sequence": number, "focal": number == 1, "coverage": _reference(url)}
        for number, url in enumerate(coverages, start=1)
    ]
    if document.prior_authorization and insurances:
        insurances[0]["preAuthRef"] = [document.prior_authorization]
    return {
        "resourceType": "Claim",
        "status": "active",
        "use": "claim",
        "patient": _reference(patient),
        "insurance": insurances,
        "diagnosis": [
            {
                "sequence": number,
                "diagnosisCodeableConcept": {
                    "coding": [{"system": _ICD10, "code": _dotted(diagnosis.code)}]
                },
            }
            for number, diagnosis in diagnoses
        ],
        "item": [
            _item(number, procedure, encounter, place_of_service)
            for number, procedure in enumerate(document.procedures, start=1)
        ],
    }


def _item(
    number: int, procedure: SourceProcedure, encounter: str, place_of_service: str
) -> Resource:
    code = procedure.code.code
    system = _CPT if code[0].isdigit() else _HCPCS
    item: Resource = {
        "sequence": number,
        "diagnosisSequence": list(procedure.diagnosis_pointers),
        "productOrService": {"coding": [{"system": system, "code": code}]},
        "servicedDate": f"{procedure.service_date}",
        "quantity": {"value": int(procedure.units)},
        "locationCodeableConcept": {"coding": [{"system": _PLACES, "code": place_of_service}]},
        "encounter": [_reference(encounter)],
    }
    if procedure.modifiers:
        item["modifier"] = [{"coding": [{"code": modifier}]} for modifier in procedure.modifiers]
    if procedure.revenue_code:
        item["revenue"] = {"coding": [{"code": procedure.revenue_code}]}
    return item


def _note(text: str, written_on: str, patient: str, encounter: str, provider: str) -> Resource:
    attachment = {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "docStatus": "final",
        "subject": _reference(patient),
        "date": f"{written_on}T15:45:00Z",
        "author": [_reference(provider)] if provider else [],
        "content": [{"attachment": attachment}],
        "context": {"encounter": [_reference(encounter)]},
    }


def _reference(url: str) -> Resource:
    return {"reference": url}


def _url(name: str) -> str:
    """Make a stable URN, so that the same seed gives the same bytes."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _dotted(code: str) -> str:
    return code if len(code) <= 3 else f"{code[:3]}.{code[3:]}"  # noqa: PLR2004 - the category
