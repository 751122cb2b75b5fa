"""Correct who gets an account's statement, and where."""

from dataclasses import dataclass, fields
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding
from models.errors import NotFoundError, RejectedError
from models.tables import Patient
from revcycle.operations.statements.account_pictures import load_pictures
from revcycle.operations.statements.report_message import BAD_ADDRESS
from revcycle.operations.statements.statement_work import update_work
from revcycle.rules.statements.delivery import check_delivery
from revcycle.store import patients
from revcycle.store.audit import record_act

LENGTHS: Final = {
    "last_name": 60, "first_name": 35, "email": 254, "line1": 55, "city": 30, "state": 2,
    "zip_code": 15,
}  # fmt: skip
ADDRESS: Final = ("line1", "city", "state", "zip_code")


@dataclass(frozen=True, slots=True, repr=False)
class GuarantorCorrection:
    """What a person found out; None leaves a field as it is."""

    last_name: str | None = None
    first_name: str | None = None
    email: str | None = None
    line1: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None


def correct_guarantor(
    session: Session, act: Act, patient_id: UUID, correction: GuarantorCorrection
) -> tuple[Finding, ...]:
    """Write a correction down; close what it put right, and return what still holds a statement.

    Where nobody else owes, the patient is the guarantor and the address is the patient's own. A
    new e-mail address lifts a stop that a refused mail has set, and no other stop.

    Raises:
        NotFoundError: this practice has no such patient.
        RejectedError: a text is longer than a statement carries.
    """
    for name, limit in LENGTHS.items():
        if len(getattr(correction, name) or "") > limit:
            msg = f"{name.replace('_', ' ')}: at most {limit} characters"
            raise RejectedError(msg)
    patient = patients.get_patient(session, act.client_id, patient_id)
    if patient is None:
        msg = f"no patient {patient_id}"
        raise NotFoundError(msg)
    _write(patient, correction)
    session.flush()
    (picture,) = load_pictures(session, act.client_id, [patient_id])
    findings = check_delivery(picture.account, today=act.today)
    update_work(session, act, {patient_id: findings})
    record_act(session, act.client_id, act, "correct_guarantor", "patient", patient_id)
    return findings


def _write(patient: Patient, correction: GuarantorCorrection) -> None:
    given = {
        field.name: value
        for field in fields(correction)
        if (value := getattr(correction, field.name)) is not None
    }
    email = given.pop("email", None)
    if email is not None and email != (patient.guarantor_email or patient.email):
        patient.guarantor_email = email
        if patient.statements_stopped == BAD_ADDRESS:
            patient.statements_stopped = ""
    for name in ("last_name", "first_name"):
        if name in given:
            setattr(patient, f"guarantor_{name}", given[name])
    prefix = "guarantor_" if patient.guarantor_last_name else ""
    if prefix and not patient.guarantor_line1 and given.keys() & set(ADDRESS):
        for name in ADDRESS:  # until now the guarantor lived with the patient
            setattr(patient, f"guarantor_{name}", getattr(patient, name))
    for name in ADDRESS:
        if name in given:
            setattr(patient, f"{prefix}{name}", given[name])
