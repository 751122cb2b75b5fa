"""The rows of visits whose claims are at the payer, with the history that led there."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlmodel import Session, SQLModel, select

from models.documents.act import Act
from models.documents.claim import ClaimForm, FrequencyCode
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.states.encounter import EncounterState
from models.states.file import InboundFileState, IntakeOutcome, OutboundFileState
from models.tables import (
    Charge,
    Claim,
    ClaimLine,
    ClaimVersion,
    ControlNumber,
    Coverage,
    Encounter,
    InboundFile,
    IntakeRecordRow,
    OutboundFile,
    Patient,
    Payer,
)
from models.values.money import total
from revcycle.rules.ledger.charges import ChargeToBook, charge_entries
from revcycle.store import ledger
from revcycle.store.state_changes import move, record_creation
from tests.sweeps.invented_visits import CODES, Visit
from tests.unit.sandbox.sandbox_examples import SERVICE_DATE

FILE_BY = date(2027, 9, 1)


@dataclass(slots=True)
class RowWriter:
    """Writes visits into the database of an open transaction."""

    session: Session
    act: Act
    connection_id: UUID
    payer_ids: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn which payers there are."""
        statement = select(Payer).where(Payer.client_id == self.act.client_id)
        self.payer_ids = {payer.payer_id: payer.id for payer in self.session.exec(statement)}

    def add_visits(self, visits: Sequence[Visit]) -> None:
        """Write visits with a claim at the first payer of each, and book what was charged."""
        intake, file = self._intake_file(visits), self.add_claim_file(len(visits))
        to_book = [
            one
            for place, visit in enumerate(visits, start=1)
            for one in self._add_visit(visit, place, intake, file)
        ]
        self.session.flush()
        entries = charge_entries(to_book)
        ledger.insert_entries(self.session, self.act.client_id, self.act, entries)

    def add_claim_file(self, claims: int) -> OutboundFile:
        """Write a file that was sent, under the next number towards the payer."""
        client_id = self.act.client_id
        statement = select(ControlNumber).where(ControlNumber.client_id == client_id)
        counter = self.session.exec(statement).first() or ControlNumber(
            client_id=client_id, connection_id=self.connection_id, kind="interchange"
        )
        counter.last_value += 1
        self.session.add(counter)
        content = f"claim file {counter.last_value}".encode()
        file = OutboundFile(
            client_id=client_id,
            connection_id=self.connection_id,
            kind="837P",
            name=f"{counter.last_value}.837",
            control_number=counter.last_value,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            record_count=claims,
            state=OutboundFileState.SENT,
            created_at=self.act.at,
        )
        self._create(file)
        return file

    def add_claim(
        self,
        visit: Visit,
        rank: int,
        charges: Sequence[Charge],
        coverage: Coverage,
        file: OutboundFile,
    ) -> None:
        """Write a claim for charges that was sent once."""
        claim = Claim(
            client_id=self.act.client_id,
            encounter_id=charges[0].encounter_id,
            payer_id=coverage.payer_id,
            coverage_id=coverage.id,
            payer_rank=rank,
            form=ClaimForm.PROFESSIONAL,
            control_number=visit.control_numbers[rank - 1][:-2],
            state=ClaimState.READY,
            charge_total=total(visit.charges),
            file_by=FILE_BY,
        )
        self._create(claim)
        move(
            self.session,
            self.act.client_id,
            self.act,
            claim,
            CLAIM_TRANSITIONS,
            ClaimEvent.SUBMIT,
        )
        self.session.add_all([_version(visit, rank, claim, file), *_lines(visit, claim, charges)])

    def _intake_file(self, visits: Sequence[Visit]) -> InboundFile:
        content = f"visits {visits[0].number} to {visits[-1].number}".encode()
        file = InboundFile(
            client_id=self.act.client_id,
            source="intake",
            kind="CSV",
            name=f"{visits[0].number}.csv",
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            received_at=self.act.at,
            state=InboundFileState.POSTED,
        )
        self._create(file)
        return file

    def _add_visit(
        self, visit: Visit, place: int, intake: InboundFile, file: OutboundFile
    ) -> list[ChargeToBook]:
        patient = Patient(
            client_id=self.act.client_id,
            account_number=f"A{visit.number:06d}",
            last_name="Testperson",
            first_name="Ada",
        )
        encounter = Encounter(
            client_id=self.act.client_id,
            source_key=f"visit {visit.number}",
            inbound_file_id=intake.id,
            patient_id=patient.id,
            service_date=SERVICE_DATE,
            state=EncounterState.BILLED,
        )
        self._create(encounter)
        record = IntakeRecordRow(
            client_id=self.act.client_id,
            inbound_file_id=intake.id,
            ordinal=place,
            position=f"line {place}",
            outcome=IntakeOutcome.ACCEPTED,
            encounter_id=encounter.id,
        )
        coverages, charges = self._coverages(visit, patient), self._charges(visit, encounter)
        self.session.add_all([patient, record, *coverages, *charges])
        self.add_claim(visit, 1, charges, coverages[0], file)
        pairs = zip(charges, visit.charges, strict=True)
        return [ChargeToBook(one.id, patient.id, amount, SERVICE_DATE) for one, amount in pairs]

    def _coverages(self, visit: Visit, patient: Patient) -> list[Coverage]:
        return [
            Coverage(
                client_id=self.act.client_id,
                patient_id=patient.id,
                payer_id=self.payer_ids[payer.payer_id],
                rank=rank,
                member_id=visit.member_id(rank),
            )
            for rank, payer in enumerate(visit.payers, start=1)
        ]

    def _charges(self, visit: Visit, encounter: Encounter) -> list[Charge]:
        return [
            Charge(
                client_id=self.act.client_id,
                encounter_id=encounter.id,
                ordinal=ordinal,
                procedure_code=CODES[ordinal - 1],
                service_date=SERVICE_DATE,
                amount=amount,
            )
            for ordinal, amount in enumerate(visit.charges, start=1)
        ]

    def _create(self, row: SQLModel) -> None:
        record_creation(self.session, self.act.client_id, self.act, row)


def _version(visit: Visit, rank: int, claim: Claim, file: OutboundFile) -> ClaimVersion:
    return ClaimVersion(
        client_id=claim.client_id,
        claim_id=claim.id,
        number=1,
        control_number=visit.control_numbers[rank - 1],
        frequency_code=FrequencyCode.ORIGINAL,
        outbound_file_id=file.id,
        charge_total=claim.charge_total,
        created_at=file.created_at,
    )


def _lines(visit: Visit, claim: Claim, charges: Sequence[Charge]) -> list[ClaimLine]:
    return [
        ClaimLine(
            client_id=claim.client_id,
            claim_id=claim.id,
            charge_id=charge.id,
            number=number,
            procedure_code=charge.procedure_code,
            modifiers="25" if number == 1 else "",
            units=charge.units,
            service_date=charge.service_date,
            charge=amount,
        )
        for number, (charge, amount) in enumerate(zip(charges, visit.charges, strict=True), 1)
    ]
