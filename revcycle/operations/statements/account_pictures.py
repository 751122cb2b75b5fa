"""What the safety gate and a statement need to know of accounts, read set-wise."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.party import Address, Person
from models.documents.statement import EncounterAccount, StatementAccount
from models.tables import Patient
from models.values.money import ZERO, Money, total
from revcycle.rules.statements.insurance import is_insurance_finished
from revcycle.store.statements import (
    StatementHistory,
    find_credits,
    find_histories,
    list_encounter_accounts,
    lock_patients,
)


@dataclass(frozen=True, slots=True, repr=False)
class AccountPicture:
    """An account, and the encounters of it that can be asked for now."""

    account: StatementAccount
    encounters: tuple[EncounterAccount, ...]


def load_pictures(
    session: Session, client_id: UUID, patient_ids: Sequence[UUID]
) -> list[AccountPicture]:
    """Lock these accounts, then read what the books and earlier statements say of them."""
    patients = lock_patients(session, client_id, patient_ids)
    credit = find_credits(session, client_id, patient_ids)
    histories = find_histories(session, client_id, patient_ids)
    encounters: dict[UUID, list[EncounterAccount]] = defaultdict(list)
    for encounter in list_encounter_accounts(session, client_id, patient_ids):
        if encounter.balance and is_insurance_finished(encounter):
            encounters[encounter.patient_id].append(encounter)
    return [
        AccountPicture(
            _account(
                patient,
                total(encounter.balance for encounter in encounters[patient.id]),
                credit.get(patient.id, ZERO),
                histories.get(patient.id),
            ),
            tuple(encounters[patient.id]),
        )
        for patient in patients
    ]


def _account(
    patient: Patient, balance: Money, credit: Money, history: StatementHistory | None
) -> StatementAccount:
    return StatementAccount(
        patient_id=patient.id,
        account_number=patient.account_number,
        balance=balance,
        credit=credit,
        guarantor=_guarantor(patient),
        patient_name=f"{patient.first_name} {patient.last_name}".strip(),
        email=patient.guarantor_email or patient.email,
        stopped=patient.statements_stopped,
        last_statement_date=history.last_statement_date if history else None,
        periods=history.periods if history else frozenset(),
    )


def _guarantor(patient: Patient) -> Person:
    """Name who owes; without names of a guarantor it is the patient, whose age then matters."""
    if not patient.guarantor_last_name:
        return Person(
            last_name=patient.last_name,
            first_name=patient.first_name,
            middle_name=patient.middle_name,
            suffix=patient.suffix,
            birth_date=patient.birth_date,
            address=_patient_address(patient),
        )
    return Person(
        last_name=patient.guarantor_last_name,
        first_name=patient.guarantor_first_name,
        address=_guarantor_address(patient)
        if patient.guarantor_line1
        else _patient_address(patient),
    )


def _patient_address(patient: Patient) -> Address:
    return Address(patient.line1, patient.city, patient.state, patient.zip_code, patient.line2)


def _guarantor_address(patient: Patient) -> Address:
    return Address(
        patient.guarantor_line1,
        patient.guarantor_city,
        patient.guarantor_state,
        patient.guarantor_zip_code,
    )
