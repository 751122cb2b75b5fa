"""Patients, subscribers and providers as claims and inquiries name them."""

from models.documents.claim import Subscriber
from models.documents.party import Address, Person
from models.documents.party import Provider as ProviderDocument
from models.tables import Coverage, Patient, Provider


def person_of(patient: Patient) -> Person:
    """Picture a patient; an address without a first line is none."""
    return Person(
        last_name=patient.last_name,
        first_name=patient.first_name,
        middle_name=patient.middle_name,
        suffix=patient.suffix,
        birth_date=patient.birth_date,
        sex=patient.sex,
        address=Address(patient.line1, patient.city, patient.state, patient.zip_code, patient.line2)
        if patient.line1
        else None,
        phone=patient.phone,
        email=patient.email,
    )


def subscriber_of(coverage: Coverage, patient: Person) -> Subscriber:
    """Picture who holds a policy; the patient where the relationship is self."""
    holder = Person(
        last_name=coverage.subscriber_last_name,
        first_name=coverage.subscriber_first_name,
        birth_date=coverage.subscriber_birth_date,
        sex=coverage.subscriber_sex,
        address=Address(
            coverage.subscriber_line1,
            coverage.subscriber_city,
            coverage.subscriber_state,
            coverage.subscriber_zip_code,
        )
        if coverage.subscriber_line1
        else None,
    )
    subscriber = Subscriber(
        holder,
        coverage.member_id,
        coverage.relationship,
        coverage.group_number,
        coverage.plan_name,
    )
    if not subscriber.is_patient:
        return subscriber
    return Subscriber(
        patient,
        coverage.member_id,
        coverage.relationship,
        coverage.group_number,
        coverage.plan_name,
    )


def provider_of(row: Provider | None) -> ProviderDocument | None:
    """Picture a provider, if there is one."""
    if row is None:
        return None
    return ProviderDocument(row.npi, row.last_name, row.first_name, row.taxonomy)
