"""A billing office in miniature: bills claims, receives remittances, looks at the books."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlmodel import Session, select

from models.documents.act import Act
from models.documents.claim import Adjustment
from models.documents.party import Address, Organization
from models.documents.remittance import (
    ProviderAdjustment,
    RemittanceClaim,
    RemittanceDocument,
    RemittanceLine,
)
from models.states.claim import ClaimState
from models.states.encounter import EncounterState
from models.tables import (
    Charge,
    Claim,
    Coverage,
    Denial,
    Encounter,
    InboundFile,
    Patient,
    Payer,
    PayerConnection,
    WorkItem,
)
from models.values.accounts import Account
from models.values.identifiers import new_claim_control_number, new_id
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import (
    PostingCount,
    post_remittance_file,
)
from revcycle.operations.verify.money import check_money
from revcycle.rules.ledger.charges import ChargeToBook, charge_entries
from revcycle.store import ledger
from revcycle.store.session import transaction
from tests.integration.posting.sent_claim_rows import sent_claim_rows

NPI, TIN = "1999900115", "990001234"
SERVICE_DATE = date(2026, 10, 5)
PAID_ON = date(2026, 11, 18)
POLICY = RemittancePolicy(frozenset({NPI}), TIN)
CODES = ("99213", "85025", "71046", "80053")
WRITTEN_AT = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
Said = tuple[str, str, int]  # group, reason, cents


@dataclass(frozen=True, slots=True)
class BilledClaim:
    """A claim that waits for its payer."""

    claim_id: UUID
    patient_id: UUID
    encounter_id: UUID
    control_number: str
    charge_ids: tuple[UUID, ...]
    charges: tuple[Money, ...]


def a_decision(
    claim: BilledClaim,
    *lines: tuple[int, Sequence[Said]],
    status: str = "1",
    payer_number: str = "ICN1",
    remarks: tuple[str, ...] = (),
) -> RemittanceClaim:
    """Decide a claim: for each of its lines, what was paid and the adjustments."""
    judged = tuple(
        RemittanceLine(
            charge=charge,
            paid=Money(paid),
            procedure_code=CODES[number - 1],
            service_date=SERVICE_DATE,
            line_control_number=str(number),
            adjustments=tuple(Adjustment(group, code, Money(cents)) for group, code, cents in said),
        )
        for number, (charge, (paid, said)) in enumerate(
            zip(claim.charges, lines, strict=True), start=1
        )
    )
    return RemittanceClaim(
        claim_control_number=claim.control_number,
        status=status,
        charge=total(line.charge for line in judged),
        paid=total(line.paid for line in judged),
        filing_indicator="12",
        payer_claim_control_number=payer_number,
        facility_code="11",
        frequency_code="1",
        patient_last_name="Marmalade",
        patient_first_name="Otto",
        remarks=remarks,
        lines=judged,
    )


def reversed_decision(decision: RemittanceClaim) -> RemittanceClaim:
    """Take a decision back: the same claim with every amount negated."""
    return replace(
        decision,
        status="22",
        charge=-decision.charge,
        paid=-decision.paid,
        adjustments=tuple(_negated(one) for one in decision.adjustments),
        lines=tuple(
            replace(
                line,
                charge=-line.charge,
                paid=-line.paid,
                adjustments=tuple(_negated(one) for one in line.adjustments),
            )
            for line in decision.lines
        ),
    )


def _negated(adjustment: Adjustment) -> Adjustment:
    return replace(adjustment, amount=-adjustment.amount)


def a_remittance(
    *claims: RemittanceClaim,
    trace: str = "EFT1",
    plb: Sequence[tuple[str, str, int]] = (),
    npi: str = NPI,
    tin: str = TIN,
) -> RemittanceDocument:
    """Write a payment that balances; ``plb`` holds reason, reference and cents."""
    adjustments = tuple(
        ProviderAdjustment(npi, date(2026, 12, 31), reason, reference, Money(cents))
        for reason, reference, cents in plb
    )
    amount = total(claim.paid for claim in claims) - total(one.amount for one in adjustments)
    address = Address("1 Heron Lane", "Fernwick", "OH", "441011234")
    return RemittanceDocument(
        payer=Organization("Blue Heron", address=address, contact_name="Provider Line"),
        payee=Organization("Demo Practice", npi=npi, tax_id=tin, address=address),
        handling_code="I",
        amount=amount if amount >= ZERO else -amount,
        is_credit=amount >= ZERO,
        method="ACH" if amount else "NON",
        payment_date=PAID_ON,
        trace_number=trace,
        payer_trace_id="1999999999",
        claims=claims,
        provider_adjustments=adjustments,
        production_date=PAID_ON,
    )


@dataclass(slots=True)
class BillingOffice:
    """One practice's billing in a database of its own."""

    database_url: str
    act: Act
    files: int = 0
    connection_id: UUID = field(default_factory=new_id)
    payer_ids: dict[int, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know three payers, one for each place."""
        with transaction(self.database_url, self.act.client_id) as session:
            session.add(
                PayerConnection(
                    client_id=self.act.client_id,
                    id=self.connection_id,
                    key="sandbox",
                    sender_id="DEMO01",
                    receiver_id="SANDBOXCH",
                )
            )
            for rank in (1, 2, 3):
                payer = Payer(
                    client_id=self.act.client_id,
                    key=f"payer_{rank}",
                    name=f"Payer {rank}",
                    payer_id=f"P{rank}",
                    connection_id=self.connection_id,
                )
                self.payer_ids[rank] = payer.id
                session.add(payer)

    def bill(
        self, *cents: int, coverages: Sequence[int] = (1,), state: ClaimState = ClaimState.ACCEPTED
    ) -> BilledClaim:
        """Book charges and have a claim for them at the first payer."""
        client_id = self.act.client_id
        with transaction(self.database_url, self.act.client_id) as session:
            patient = Patient(
                client_id=client_id,
                account_number=new_claim_control_number(),
                last_name="Marmalade",
                first_name="Otto",
            )
            received = self._inbound(f"intake {patient.id}".encode(), "CSV")
            encounter = Encounter(
                client_id=client_id,
                source_key=str(patient.id),
                inbound_file_id=received.id,
                patient_id=patient.id,
                service_date=SERVICE_DATE,
                state=EncounterState.BILLED,
            )
            held = {rank: self.coverage(patient.id, rank) for rank in coverages}
            session.add_all([patient, received, encounter, *held.values()])
            charges = [
                Charge(
                    client_id=client_id,
                    encounter_id=encounter.id,
                    ordinal=ordinal,
                    procedure_code=CODES[ordinal - 1],
                    service_date=SERVICE_DATE,
                    amount=Money(amount),
                )
                for ordinal, amount in enumerate(cents, start=1)
            ]
            session.add_all(charges)
            session.flush()
            self._book(session, patient.id, charges)
            return self._claim(session, encounter, charges, held[coverages[0]], 1, state)

    def bill_next(self, first: BilledClaim, rank: int = 2) -> BilledClaim:
        """Have a claim for the same charges at the next payer."""
        client_id = self.act.client_id
        with transaction(self.database_url, self.act.client_id) as session:
            encounter = session.exec(
                select(Encounter).where(
                    Encounter.client_id == client_id, Encounter.id == first.encounter_id
                )
            ).one()
            charges = session.exec(
                select(Charge)
                .where(Charge.client_id == client_id, Charge.encounter_id == first.encounter_id)
                .order_by("ordinal")
            ).all()
            coverage = session.exec(
                select(Coverage).where(
                    Coverage.client_id == client_id,
                    Coverage.patient_id == first.patient_id,
                    Coverage.rank == rank,
                )
            ).one()
            return self._claim(
                session, encounter, list(charges), coverage, rank, ClaimState.ACCEPTED
            )

    def receive(self, *documents: RemittanceDocument) -> UUID:
        """Store a remittance file and return its id."""
        self.files += 1
        envelope = Envelope("ZZ", "SANDBOXCH", "ZZ", "DEMO01", self.files, WRITTEN_AT)
        return self.receive_bytes(write_remittances(documents, envelope))

    def receive_bytes(self, content: bytes) -> UUID:
        """Store a remittance file as a payer wrote it and return its id."""
        file = self._inbound(content, "835")
        with transaction(self.database_url, self.act.client_id) as session:
            session.add(file)
        return file.id

    def post(self, *documents: RemittanceDocument) -> PostingCount:
        """Receive a remittance file and post it; the books must hold afterwards."""
        count = self.post_file(self.receive(*documents))
        self.check()
        return count

    def post_file(self, inbound_file_id: UUID) -> PostingCount:
        """Post one stored file."""
        with transaction(self.database_url, self.act.client_id) as session:
            return post_remittance_file(session, self.act, inbound_file_id, policy=POLICY)

    def check(self) -> None:
        """Hold the books to all their invariants."""
        with transaction(self.database_url, self.act.client_id) as session:
            results = check_money(session, self.act.client_id)
        assert {one.id: one.violations for one in results if one.violations} == {}

    def books(self) -> dict[str, int]:
        """Return the trial balance in cents, without accounts at zero."""
        with transaction(self.database_url, self.act.client_id) as session:
            balance = ledger.trial_balance(session, self.act.client_id)
        return {str(account): amount.cents for account, amount in balance.items() if amount}

    def books_of(self, charge_id: UUID) -> dict[Account, Money]:
        """Return the balances of one charge."""
        with transaction(self.database_url, self.act.client_id) as session:
            found = ledger.balances_of_charges(session, self.act.client_id, [charge_id])
        return found[charge_id]

    def claim(self, claim: BilledClaim) -> Claim:
        """Load a claim."""
        with transaction(self.database_url, self.act.client_id) as session:
            return session.exec(
                select(Claim).where(
                    Claim.client_id == self.act.client_id, Claim.id == claim.claim_id
                )
            ).one()

    def denials(self) -> list[Denial]:
        """Load all denials, oldest first."""
        with transaction(self.database_url, self.act.client_id) as session:
            statement = select(Denial).where(Denial.client_id == self.act.client_id)
            return list(session.exec(statement.order_by("reason", "amount")))

    def open_items(self) -> list[str]:
        """List the reasons of open work, sorted."""
        with transaction(self.database_url, self.act.client_id) as session:
            statement = select(WorkItem.reason).where(
                WorkItem.client_id == self.act.client_id, WorkItem.state == "open"
            )
            return sorted(session.exec(statement))

    def coverage(self, patient_id: UUID, rank: int) -> Coverage:
        """Picture the card of the payer of a rank."""
        return Coverage(
            client_id=self.act.client_id,
            patient_id=patient_id,
            payer_id=self.payer_ids[rank],
            rank=rank,
            member_id=f"M{rank}",
        )

    def _book(self, session: Session, patient_id: UUID, charges: Sequence[Charge]) -> None:
        entries = charge_entries(
            ChargeToBook(charge.id, patient_id, charge.amount or ZERO, SERVICE_DATE)
            for charge in charges
        )
        ledger.insert_entries(session, self.act.client_id, self.act, entries)

    def _claim(
        self,
        session: Session,
        encounter: Encounter,
        charges: Sequence[Charge],
        coverage: Coverage,
        rank: int,
        state: ClaimState,
    ) -> BilledClaim:
        rows = sent_claim_rows(
            encounter,
            charges,
            coverage,
            connection_id=self.connection_id,
            rank=rank,
            state=state,
            written_at=WRITTEN_AT,
        )
        session.add_all([rows.claim, rows.file, rows.version, *rows.lines])
        patient_id = encounter.patient_id
        assert patient_id is not None
        return BilledClaim(
            rows.claim.id,
            patient_id,
            encounter.id,
            rows.version.control_number,
            tuple(charge.id for charge in charges),
            tuple(charge.amount or ZERO for charge in charges),
        )

    def _inbound(self, content: bytes, kind: str) -> InboundFile:
        return InboundFile(
            client_id=self.act.client_id,
            source="sandbox",
            kind=kind,
            name=f"{new_id()}",
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            received_at=self.act.at,
        )
