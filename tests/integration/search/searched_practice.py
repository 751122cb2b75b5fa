"""A practice with one of each record that a search finds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, update

from models.documents.act import Act
from models.states.statement import StatementState
from models.tables import Diagnosis, Patient, PatientIdentifier, Statement
from models.values.money import Money
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance

BIRTH_DATE = date(1980, 3, 14)
STATEMENT_DATE = date(2026, 11, 19)
PAYER_NUMBER, TRACE = "ICN770077", "EFT900123"
STATEMENT_NUMBER, CHART_NUMBER, ACCOUNT = "ST-000042", "CH-4711", "A00090001"


@dataclass(frozen=True)
class SearchedPractice:
    """Ada Wren, her claim that was paid, her statement, and the files behind them."""

    client_id: UUID
    patient_id: UUID
    claim_id: UUID
    encounter_id: UUID
    control_number: str


def add_searched_practice(
    url: str,
    act: Act,
    *,
    last_name: str = "Wren",
    first_name: str = "Ada",
    account: str = ACCOUNT,
    trace: str = TRACE,
) -> SearchedPractice:
    """Bill a visit of a patient, have it paid, and ask her for the rest."""
    office = BillingOffice(url, act)
    claim = office.bill(12_500)
    office.post(
        a_remittance(a_decision(claim, (12_500, ()), payer_number=PAYER_NUMBER), trace=trace)
    )
    client_id = act.client_id
    with transaction(url, client_id) as session:
        names = {
            "last_name": last_name,
            "first_name": first_name,
            "birth_date": BIRTH_DATE,
            "account_number": account,
        }
        session.execute(
            update(Patient)
            .where(col(Patient.client_id) == client_id, col(Patient.id) == claim.patient_id)
            .values(names)
        )
        session.add_all(_rows(client_id, claim.patient_id, claim.encounter_id))
    return SearchedPractice(
        client_id, claim.patient_id, claim.claim_id, claim.encounter_id, claim.control_number[:-2]
    )


def _rows(
    client_id: UUID, patient_id: UUID, encounter_id: UUID
) -> tuple[PatientIdentifier, Diagnosis, Statement]:
    return (
        PatientIdentifier(
            client_id=client_id, patient_id=patient_id, system="chart", value=CHART_NUMBER
        ),
        Diagnosis(client_id=client_id, encounter_id=encounter_id, ordinal=1, code="E119"),
        Statement(
            client_id=client_id,
            patient_id=patient_id,
            number=STATEMENT_NUMBER,
            period="2026-11",
            statement_date=STATEMENT_DATE,
            due_date=STATEMENT_DATE,
            balance=Money(2_000),
            state=StatementState.RELEASED,
        ),
    )
