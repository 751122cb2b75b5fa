"""Patients and coverages as the people that documents name."""

from models.documents.claim import Subscriber
from models.documents.party import Address, Person
from models.tables import Coverage, Patient


def patient_person(row: Patient) -> Person:
    """Detach a patient from the database."""
    return Person(
        last_name=row.last_name,
        first_name=row.first_name,
        middle_name=row.middle_name,
        suffix=row.suffix,
        birth_date=row.birth_date,
        sex=row.sex,
        address=_address(row.line1, row.city, row.state, row.zip_code, row.line2),
        phone=row.phone,
        email=row.email,
    )


def guarantor_person(row: Patient) -> Person:
    """Name who owes the balance: the guarantor, or else the patient."""
    if not row.guarantor_last_name:
        return patient_person(row)
    own = _address(
        row.guarantor_line1, row.guarantor_city, row.guarantor_state, row.guarantor_zip_code
    )
    return Person(
        last_name=row.guarantor_last_name,
        first_name=row.guarantor_first_name,
        address=own or patient_person(row).address,
        email=row.guarantor_email or row.email,
    )


def subscriber_of(coverage: Coverage, patient: Patient) -> Subscriber:
    """Name who holds the policy; a subscriber without an address of their own lives with us."""
    person = patient_person(patient)
    if coverage.relationship != "18" and coverage.subscriber_last_name:
        own = _address(
            coverage.subscriber_line1,
            coverage.subscriber_city,
            coverage.subscriber_state,
            coverage.subscriber_zip_code,
        )
        person = Person(
            last_name=coverage.subscriber_last_name,
            first_name=coverage.subscriber_first_name,
            birth_date=coverage.subscriber_birth_date,
            sex=coverage.subscriber_sex,
            address=own or person.address,
        )
    return Subscriber(
        person=person,
        member_id=coverage.member_id,
        relationship=coverage.relationship,
        group_number=coverage.group_number,
        group_name=coverage.plan_name,
    )


def _address(line1: str, city: str, state: str, zip_code: str, line2: str = "") -> Address | None:
    return Address(line1, city, state, zip_code, line2) if line1 and city else None
