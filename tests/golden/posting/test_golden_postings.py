"""Remittance files of every kind, kept as bytes, with what they leave in the books beside them.

``REVCYCLE_REWRITE=1 pytest tests/golden/posting`` writes files and books anew; review the diff.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.tables import Charge, Claim, LedgerEntry, Posting
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.store.session import transaction
from tests.golden.posting.posting_scenarios import SCENARIOS, Desk, Files
from tests.integration.posting.billing_office import WRITTEN_AT, BillingOffice

FOLDER = Path(__file__).parent
IS_REWRITING = bool(os.environ.get("REVCYCLE_REWRITE"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_files_of_a_scenario_leave_the_books_that_were_reviewed(
    name: str, database_url: str, act: Act
) -> None:
    office = BillingOffice(database_url, act)
    written = write(SCENARIOS[name](Desk(office)))
    paths = [FOLDER / f"{name}.{number}.835" for number in range(1, len(written) + 1)]
    books = FOLDER / f"{name}.txt"
    if IS_REWRITING:
        for path, content in zip(paths, written, strict=True):
            path.write_bytes(content)
    shown = []
    seen: set[UUID] = set()
    for number, (path, content) in enumerate(zip(paths, written, strict=True), start=1):
        assert path.read_bytes() == content
        receive(office, path)
        office.check()
        shown += [f"file {number}", *sorted(new_entries(office, seen))]
    found = "\n".join([*shown, *describe(office)]) + "\n"
    if IS_REWRITING:
        books.write_text(found, encoding="utf-8")
    assert found == books.read_text(encoding="utf-8")


def test_no_file_is_left_of_a_scenario_that_is_no_more() -> None:
    kept = {path.name.split(".")[0] for path in FOLDER.glob("*.835")}
    assert kept == set(SCENARIOS)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(SCENARIOS)


def write(files: Files) -> list[bytes]:
    """Write each file as its own interchange."""
    return [
        write_remittances(
            documents, Envelope("ZZ", "INVENTEDPAYER", "ZZ", "DEMO01", number, WRITTEN_AT)
        )
        for number, documents in enumerate(files, start=1)
    ]


def receive(office: BillingOffice, path: Path) -> None:
    """Store a file and post it."""
    with transaction(office.database_url, office.act.client_id) as session:
        stored = store_inbound_file(
            session,
            office.act,
            source="sandbox",
            kind="835",
            name=path.name,
            content=path.read_bytes(),
        )
    office.post_file(stored.id)


def new_entries(office: BillingOffice, seen: set[UUID]) -> Iterator[str]:
    """Yield the entries that were booked since the last look, but charges; their ids are kept."""
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        codes = dict(
            session.exec(
                select(Charge.id, Charge.procedure_code).where(Charge.client_id == client_id)
            ).all()
        )
        entries = session.exec(
            select(LedgerEntry).where(
                LedgerEntry.client_id == client_id, LedgerEntry.kind != "charge"
            )
        ).all()
        for entry in entries:
            if entry.id not in seen:
                seen.add(entry.id)
                lines = sorted(
                    " ".join(words_of(one, codes)).rstrip()
                    for one in postings_of(session, office, entry)
                )
                yield "\n".join([f"  {entry.kind}, {entry.effective_date}", *lines])


def describe(office: BillingOffice) -> Iterator[str]:
    """Yield what the books come to, where the claims stand, and what people are asked."""
    yield "balances"
    for account, cents in sorted(office.books().items()):
        yield f"  {account:16} {dollars(Money(cents))}"
    yield "claims"
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        states = session.exec(
            select(Claim.control_number, Claim.state)
            .where(Claim.client_id == client_id)
            .order_by(col(Claim.control_number))
        ).all()
    yield from (f"  {number} {state}" for number, state in states)
    yield "questions"
    yield from (f"  {reason}" for reason in office.open_items())


def postings_of(session: Session, office: BillingOffice, entry: LedgerEntry) -> Sequence[Posting]:
    """Load the postings of an entry."""
    return session.exec(
        select(Posting).where(
            Posting.client_id == office.act.client_id,
            Posting.ledger_entry_id == entry.id,
        )
    ).all()


def words_of(posting: Posting, codes: Mapping[UUID, str]) -> Iterator[str]:
    """Say of a posting where, how much, for what service, and why."""
    yield f"    {posting.account:16} {dollars(posting.amount)}"
    yield f"{codes[posting.charge_id] if posting.charge_id else '':5}"
    reason = f"{posting.group}-{posting.reason}".strip("-")
    yield f"{reason:7}"
    yield posting.reference


def dollars(amount: Money) -> str:
    """Write an amount in a column."""
    sign = "-" if amount.cents < 0 else "+"
    return f"{sign}{abs(amount.cents) // 100}.{abs(amount.cents) % 100:02}".rjust(10)
