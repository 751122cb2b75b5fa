"""A practice with claims at the sandbox payer, and what its books say afterwards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col, select

from models.documents.act import Act
from models.tables import (
    Charge,
    ClaimLine,
    ClaimVersion,
    Client,
    Coverage,
    Encounter,
    Payer,
    PayerConnection,
    WorkItem,
)
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import PostingCount, post_remittance_file
from revcycle.operations.verify.verify_client import verify_client
from revcycle.store.session import engine_for, transaction
from tests.sweeps.invented_visits import COVERAGES, Visit
from tests.sweeps.swept_rows import RowWriter
from tests.unit.sandbox.sandbox_examples import PRACTICE

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
POLICY = RemittancePolicy(frozenset({PRACTICE.npi}), PRACTICE.tax_id)
CHUNK = 250  # visits that are written in one transaction


@dataclass(frozen=True, slots=True)
class SweptPractice:
    """One practice in a SQLite file of its own."""

    path: Path
    act: Act
    connection_id: UUID

    @property
    def url(self) -> str:
        """The address that sessions are opened by."""
        return f"sqlite:///{self.path}"

    def close(self) -> None:
        """Let go of the file."""
        engine_for(self.url).dispose()

    def receive(self, content: bytes, act: Act | None = None) -> PostingCount:
        """Store a remittance file and post it."""
        by = act or self.act
        with transaction(self.url, by.client_id) as session:
            stored = store_inbound_file(
                session, by, source="sandbox", kind="835", name="era", content=content
            )
        with transaction(self.url, by.client_id) as session:
            return post_remittance_file(session, by, stored.id, policy=POLICY)

    def violations(self) -> dict[str, int]:
        """Evaluate every invariant of ``revcycle verify``; the broken ones, by id."""
        with transaction(self.url, self.act.client_id) as session:
            results = verify_client(session, self.act.client_id)
        return {one.id: len(one.violations) for one in results if one.violations}

    def open_reasons(self) -> Counter[str]:
        """Count open work by its reason."""
        with transaction(self.url, self.act.client_id) as session:
            statement = select(WorkItem.reason).where(
                WorkItem.client_id == self.act.client_id, WorkItem.state == "open"
            )
            return Counter(session.exec(statement))

    def charges(self) -> dict[str, tuple[UUID, ...]]:
        """Return the charges of every claim by its number, in the order of its lines."""
        with transaction(self.url, self.act.client_id) as session:
            statement = (
                select(ClaimVersion.control_number, ClaimLine.charge_id)
                .join(ClaimLine, col(ClaimLine.claim_id) == ClaimVersion.claim_id)
                .where(ClaimVersion.client_id == self.act.client_id)
                .order_by(ClaimVersion.control_number, col(ClaimLine.number))
            )
            found: dict[str, list[UUID]] = {}
            for number, charge_id in session.exec(statement):
                found.setdefault(number, []).append(charge_id)
        return {number: tuple(ids) for number, ids in found.items()}


def open_practice(path: Path, visits: Sequence[Visit]) -> SweptPractice:
    """Fill an empty database with visits whose first claims are at the payer."""
    client = Client(key="swept", name="Swept Practice", time_zone="America/New_York")
    connection = PayerConnection(
        client_id=client.id, key="sandbox", sender_id="TESTCLINIC", receiver_id="SANDBOXCH"
    )
    practice = SweptPractice(path, Act(client.id, "sweep", NOON, NOON.date()), connection.id)
    with transaction(practice.url) as session:
        session.add(client)
    with transaction(practice.url, client.id) as session:
        session.add(connection)
        session.add_all(_payers(practice))
    for start in range(0, len(visits), CHUNK):
        with transaction(practice.url, client.id) as session:
            writer = RowWriter(session, practice.act, practice.connection_id)
            writer.add_visits(visits[start : start + CHUNK])
    return practice


def bill_next(practice: SweptPractice, visits: Sequence[Visit], rank: int) -> None:
    """Have claims at the payers of a rank for visits that another payer decided before."""
    if not visits:
        return
    client_id, chosen = practice.act.client_id, {visit.number: visit for visit in visits}
    with transaction(practice.url, client_id) as session:
        writer = RowWriter(session, practice.act, practice.connection_id)
        file = writer.add_claim_file(len(visits))
        charges = _charges_by_visit(session, client_id)
        coverages = _coverages_by_member(session, client_id, rank)
        for number, visit in chosen.items():
            writer.add_claim(visit, rank, charges[number], coverages[visit.member_id(rank)], file)


def _charges_by_visit(session: Session, client_id: UUID) -> dict[int, list[Charge]]:
    statement = (
        select(Encounter.source_key, Charge)
        .join(Charge, col(Charge.encounter_id) == Encounter.id)
        .where(Encounter.client_id == client_id, Charge.client_id == client_id)
        .order_by(col(Charge.ordinal))
    )
    found: dict[int, list[Charge]] = {}
    for source_key, charge in session.exec(statement):
        found.setdefault(int(source_key.removeprefix("visit ")), []).append(charge)
    return found


def _coverages_by_member(session: Session, client_id: UUID, rank: int) -> dict[str, Coverage]:
    statement = select(Coverage).where(Coverage.client_id == client_id, Coverage.rank == rank)
    return {coverage.member_id: coverage for coverage in session.exec(statement)}


def _payers(practice: SweptPractice) -> list[Payer]:
    known = {payer.payer_id: payer for payers in COVERAGES for payer in payers}
    return [
        Payer(
            client_id=practice.act.client_id,
            key=payer_id.lower(),
            name=payer.name,
            payer_id=payer_id,
            connection_id=practice.connection_id,
        )
        for payer_id, payer in known.items()
    ]
