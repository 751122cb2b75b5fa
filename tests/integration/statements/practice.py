"""A practice with patients and books, for tests of statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.documents.party import Address, Organization
from models.documents.statement import StatementPolicy
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.tables import (
    Charge,
    Claim,
    Coverage,
    Encounter,
    InboundFile,
    LedgerEntry,
    Patient,
    Payer,
    PayerConnection,
    Posting,
    Provider,
)
from models.values.accounts import Account
from models.values.identifiers import new_claim_control_number, new_id
from models.values.money import ZERO, Money
from models.values.months import month_of
from revcycle.operations.statements.release_statements import StatementSender
from revcycle.store.session import transaction
from revcycle.store.state_changes import record_creation

POLICY = StatementPolicy(
    minimum=Money(500), due_days=30, cycle_days=30, pay_url="https://pay.example/lakeside"
)
SENDER = StatementSender(
    practice=Organization(
        name="Lakeside Family Medicine",
        address=Address("12 Shoreline Avenue", "Portland", "ME", "041015512"),
        contact_phone="2075550142",
    ),
    address="statements@billing.example",
    reply_to="office@lakeside.example",
)
DUE = Money(2500)
CLEARED = {Account.REMITTANCE_CLEARING: Money(6000), Account.CONTRACTUAL: Money(1500)}


@dataclass(frozen=True)
class Practice:
    """Adds to the database what other stages would have left there."""

    database_url: str
    act: Act

    def add_patient(self, number: str = "P-1", **facts: Any) -> UUID:
        """Add an adult who can be written to."""
        known: dict[str, Any] = {
            "last_name": "Quillfeather",
            "first_name": "Alma",
            "birth_date": date(1980, 2, 29),
            "line1": "48 Harrow Lane",
            "city": "Yarmouth",
            "state": "ME",
            "zip_code": "04096",
            "email": f"{number.lower()}@home.example",
        }
        patient = Patient(client_id=self.act.client_id, account_number=number, **{**known, **facts})
        with transaction(self.database_url) as session:
            session.add(patient)
        return patient.id

    def add_encounter(
        self,
        patient_id: UUID,
        due: Money = DUE,
        *,
        claim_state: ClaimState = ClaimState.PAID,
        insurance_due: Money = ZERO,
        service_date: date = date(2026, 11, 2),
    ) -> UUID:
        """Add a charge of 75.00 + what is due: insurance paid 60.00 and 15.00 was a discount."""
        encounter, charge = self._encounter(patient_id, service_date)
        amount = Money(7500) + due + insurance_due
        charge.amount = amount
        with transaction(self.database_url) as session:
            record_creation(session, self.act.client_id, self.act, encounter)
            session.add(charge)
            session.add_all(self._claim(encounter.id, claim_state, amount))
        self.book(patient_id, charge.id, {Account.AR_INSURANCE_1: amount, Account.CHARGES: -amount})
        moved = {**CLEARED, Account.AR_PATIENT: due}
        moved[Account.AR_INSURANCE_1] = insurance_due - amount
        self.book(patient_id, charge.id, moved)
        return charge.id

    def book(
        self, patient_id: UUID, charge_id: UUID | None, postings: dict[Account, Money]
    ) -> None:
        """Post one balanced entry."""
        assert sum(amount.cents for amount in postings.values()) == 0
        client_id = self.act.client_id
        entry = LedgerEntry(
            client_id=client_id,
            kind="test",
            source_key=str(new_id()),
            effective_date=self.act.today,
            period=month_of(self.act.today),
            posted_at=self.act.at,
            actor="tester",
        )
        with transaction(self.database_url) as session:
            session.add(entry)
            session.add_all(
                Posting(
                    client_id=client_id,
                    ledger_entry_id=entry.id,
                    account=account,
                    amount=amount,
                    patient_id=patient_id,
                    charge_id=charge_id,
                )
                for account, amount in postings.items()
                if amount
            )

    def _encounter(self, patient_id: UUID, service_date: date) -> tuple[Encounter, Charge]:
        client_id = self.act.client_id
        file = InboundFile(
            client_id=client_id,
            source="test",
            kind="CSV",
            name="visits.csv",
            sha256=str(new_id()),
            content=b"",
            received_at=self.act.at,
        )
        provider = Provider(
            client_id=client_id, npi=str(new_id().int)[-10:], last_name="Pennyfeather"
        )
        with transaction(self.database_url) as session:
            session.add_all([file, provider])
        encounter = Encounter(
            client_id=client_id,
            source_key=str(new_id()),
            inbound_file_id=file.id,
            patient_id=patient_id,
            rendering_provider_id=provider.id,
            service_date=service_date,
            state=EncounterState.BILLED,
        )
        charge = Charge(
            client_id=client_id,
            encounter_id=encounter.id,
            ordinal=1,
            procedure_code="99213",
            service_date=service_date,
        )
        return encounter, charge

    def _claim(self, encounter_id: UUID, state: ClaimState, amount: Money) -> list[object]:
        client_id = self.act.client_id
        key = str(new_id())
        connection = PayerConnection(
            client_id=client_id, key=key, sender_id="US", receiver_id="THEM"
        )
        payer = Payer(
            client_id=client_id, key=key, name="Payer", payer_id="1", connection_id=connection.id
        )
        coverage = Coverage(
            client_id=client_id,
            patient_id=self.add_patient(key[-12:]),
            payer_id=payer.id,
            rank=1,
            member_id=key,
        )
        claim = Claim(
            client_id=client_id,
            encounter_id=encounter_id,
            payer_id=payer.id,
            coverage_id=coverage.id,
            payer_rank=1,
            form=ClaimForm.PROFESSIONAL,
            control_number=new_claim_control_number(),
            state=state,
            charge_total=amount,
            file_by=date(2027, 1, 1),
        )
        return [connection, payer, coverage, claim]
