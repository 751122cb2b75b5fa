"""A small practice with patients whose encounters are coded, and a partner that answers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, col, select

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.documents.party import Address, Organization
from models.documents.practice import PracticeFacts
from models.states.eligibility import EligibilityVerdict
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import (
    Charge,
    Claim,
    Coverage,
    Diagnosis,
    Encounter,
    InboundFile,
    OutboundFile,
    Patient,
    Payer,
    PayerConnection,
    Provider,
    WorkItem,
)
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.operations.files.report_outbound_file import record_outbound_sent
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.files.take_outbound_file import take_outbound_file
from revcycle.operations.submission.apply_acknowledgements import (
    AppliedAcknowledgements,
    apply_acknowledgements,
)
from revcycle.operations.submission.build_batch import BatchPartner, BuiltBatch, build_batch
from revcycle.operations.submission.build_claims import BuildCount, build_claims
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.operations.submission.scrub_claims import ScrubCount, scrub_claims
from revcycle.rules.submission.scrub import ScrubPolicy
from revcycle.store.session import transaction
from revcycle.store.state_changes import record_creation
from tests.clock_rules import days_after_service

SERVICE_DATE = date(2026, 11, 2)
GROUP_NPI = "1234567893"
RENDERING_NPI = "1679576722"
Row = TypeVar("Row", bound=SQLModel)

PRACTICE = PracticeFacts(
    Organization(
        "INVENTED FAMILY MEDICINE",
        GROUP_NPI,
        "941234567",
        "207Q00000X",
        Address("1 INVENTED AVE", "SPRINGFIELD", "IL", "627010001"),
        "PAT EXAMPLE",
        "2175550100",
    )
)
POLICY = ClaimPolicy(
    ClaimForm.PROFESSIONAL,
    {"99213": Money(12_500), "85025": Money(3_000), "85025-26": Money(1_250)},
    {"acme": days_after_service(90), "next": days_after_service(180)},
)
PARTNER = BatchPartner(
    "exchange",
    Envelope("ZZ", "DEMO", "ZZ", "PARTNER", 0, datetime(2026, 1, 1, tzinfo=UTC)),
    "INVENTED CLEARINGHOUSE",
)


@dataclass
class Office:
    """What the tests do with the practice, one transaction each."""

    url: str
    act: Act
    provider_id: UUID
    payer_ids: dict[str, UUID]
    file_id: UUID

    def add_encounter(self, *procedures: str, **changes: Any) -> UUID:
        """Add a coded encounter of a new patient with a primary coverage."""
        key = changes.pop("source_key", str(new_id()))
        payers = changes.pop("payers", ("acme",))
        patient_id = changes.pop("patient_id", None) or self._add_patient(payers, changes)
        encounter = Encounter(
            client_id=self.act.client_id,
            source_key=key,
            inbound_file_id=self.file_id,
            patient_id=patient_id,
            rendering_provider_id=self.provider_id,
            service_date=SERVICE_DATE,
            state=EncounterState.CODED,
            verdict=changes.pop("verdict", EligibilityVerdict.ACTIVE),
        )
        diagnosis = Diagnosis(
            client_id=self.act.client_id, encounter_id=encounter.id, ordinal=1, code="J069"
        )
        with transaction(self.url, self.act.client_id) as session:
            record_creation(session, self.act.client_id, self.act, encounter)
            session.add(diagnosis)
            session.add_all(
                Charge(
                    client_id=self.act.client_id,
                    encounter_id=encounter.id,
                    ordinal=ordinal,
                    procedure_code=code,
                    units=Decimal(1),
                    diagnosis_pointers="1",
                    service_date=SERVICE_DATE,
                )
                for ordinal, code in enumerate(procedures or ("99213",), start=1)
            )
        return encounter.id

    def _add_patient(self, payers: Sequence[str], changes: dict[str, Any]) -> UUID:
        fields = {
            "account_number": str(new_id())[-12:],
            "last_name": "Testperson",
            "first_name": "Ada",
            "birth_date": date(1980, 2, 3),
            "sex": "F",
            "line1": "2 Invented Rd",
            "city": "Springfield",
            "state": "IL",
            "zip_code": "62701",
        }
        patient = Patient(client_id=self.act.client_id, **(fields | changes.get("patient", {})))
        with transaction(self.url, self.act.client_id) as session:
            session.add(patient)
            session.add_all(
                Coverage(
                    client_id=self.act.client_id,
                    patient_id=patient.id,
                    payer_id=self.payer_ids[payer],
                    rank=rank,
                    member_id=f"M{rank}0001",
                    **changes.get("coverage", {}),
                )
                for rank, payer in enumerate(payers, start=1)
            )
        return patient.id

    def build(self, *encounter_ids: UUID) -> BuildCount:
        with transaction(self.url, self.act.client_id) as session:
            return build_claims(session, self.act, encounter_ids, policy=POLICY)

    def scrub(self) -> ScrubCount:
        with transaction(self.url, self.act.client_id) as session:
            ids = list(session.exec(select(Claim.id)).all())
            return scrub_claims(session, self.act, ids, policy=ScrubPolicy(), practice=PRACTICE)

    def batch(
        self, practice: PracticeFacts = PRACTICE, partner: BatchPartner = PARTNER
    ) -> BuiltBatch:
        with transaction(self.url, self.act.client_id) as session:
            return build_batch(
                session,
                self.act,
                partner=partner,
                form=ClaimForm.PROFESSIONAL,
                practice=practice,
            )

    def batch_file(self) -> UUID:
        """Batch what is ready; there is something."""
        file_id = self.batch().outbound_file_id
        assert file_id is not None
        return file_id

    def take(self, outbound_file_id: UUID) -> None:
        with transaction(self.url, self.act.client_id) as session:
            take_outbound_file(session, self.act, outbound_file_id)

    def send(self, outbound_file_id: UUID) -> None:
        self.take(outbound_file_id)
        with transaction(self.url, self.act.client_id) as session:
            record_outbound_sent(session, self.act, outbound_file_id)

    def submit(self, *procedures: str, **changes: Any) -> OutboundFile:
        """Bring one new encounter all the way to the partner."""
        self.build(self.add_encounter(*procedures, **changes))
        self.scrub()
        file_id = self.batch_file()
        self.send(file_id)
        return next(file for file in self.all(OutboundFile) if file.id == file_id)

    def store(self, content: bytes) -> UUID:
        with transaction(self.url, self.act.client_id) as session:
            return store_inbound_file(
                session, self.act, source="exchange", kind="999", name="ack", content=content
            ).id

    def answer(self, content: bytes) -> AppliedAcknowledgements:
        """Take an acknowledgement file in and apply it."""
        inbound_file_id = self.store(content)
        with transaction(self.url, self.act.client_id) as session:
            return apply_acknowledgements(session, self.act, inbound_file_id)

    def all(self, table: type[Row]) -> list[Row]:
        """Every row of a table, in the order of ids."""
        owned: Any = table
        with transaction(self.url, self.act.client_id) as session:
            return list(session.exec(select(table).order_by(col(owned.id))).all())

    def open_items(self, queue: Queue) -> list[WorkItem]:
        return [one for one in self.all(WorkItem) if one.queue == queue and one.state == "open"]

    def claim_states(self) -> list[str]:
        return [str(claim.state) for claim in self.all(Claim)]


def open_office(url: str, client_id: UUID, act: Act) -> Office:
    """Give a practice one partner, two payers and one provider."""
    connection = PayerConnection(
        client_id=client_id, key="exchange", sender_id="DEMO", receiver_id="PARTNER"
    )
    payers = {
        key: Payer(
            client_id=client_id,
            key=key,
            name=f"INVENTED {key.upper()}",
            payer_id=f"0{number}ABC",
            connection_id=connection.id,
        )
        for number, key in enumerate(("acme", "next"), start=1)
    }
    provider = Provider(
        client_id=client_id, npi=RENDERING_NPI, last_name="Sample", first_name="Dana"
    )
    file = InboundFile(
        client_id=client_id,
        source="drop",
        kind="CSV",
        name="day.csv",
        sha256=hashlib.sha256(b"").hexdigest(),
        content=b"",
        received_at=act.at,
    )
    with transaction(url, client_id) as session:
        session.add_all([connection, provider, *payers.values()])
        record_creation(session, client_id, act, file)
    ids = {key: payer.id for key, payer in payers.items()}
    return Office(url, act, provider.id, ids, file.id)
