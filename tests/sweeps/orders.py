"""Deliver the same remittance files in many orders and compare what stands in the books.

``python -m tests.sweeps.orders --orders 1000 --seed 1``: the files of some claims, with every case
that the sandbox payer knows, come shuffled, repeated and delayed over days, some after people
worked on others. Whatever the order, balances, sub-ledgers, unapplied money, states of claims and
open questions must end alike. Exits with 1 at the first order that ends otherwise.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.progress import track
from sqlmodel import col, select

from models.documents.act import Act
from models.states.denial import DenialState
from models.states.file import InboundFileState
from models.tables import Claim, Denial, InboundFile
from models.values.money import Money
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.sandbox.rulebook import Rulebook
from revcycle.store.schema import upgrade_database
from revcycle.store.session import transaction
from tests.people import approver
from tests.sweeps.books_and_payer import Earlier, earlier_decisions
from tests.sweeps.invented_visits import COVERAGES, Visit, claim_of, marked_visits
from tests.sweeps.payer_desk import PayerDesk, open_desk
from tests.sweeps.swept_practice import SweptPractice, bill_next, open_practice
from tests.sweeps.told_by_books import told_of_balances, told_of_references, told_of_violations

CLAIMS_A_FILE = 6
REPEATED = 0.3  # of the files come twice, half of these in another envelope
WORKED = 0.3  # of the files are followed by a day's work
DAYS_MAX = 3
CERTAIN = Decimal(1)
NEVER = Decimal(0)
ISA13 = slice(90, 99)  # of an interchange, by its fixed width
DENIED = Visit(900_001, (Money(17_777), Money(4_001)), COVERAGES[0])
PARTLY_DENIED = Visit(900_002, (Money(12_345), Money(6_789), Money(1_003)), COVERAGES[0])


@dataclass(frozen=True, slots=True)
class Delivery:
    """A remittance file; ``after`` are the places of files that must have come before it."""

    content: bytes
    after: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A practice whose claims are at the payer, and all that the payer will write."""

    practice: SweptPractice
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """Where everything stands when all files came and all work is done."""

    balances: dict[tuple[UUID | None, str], Money]
    references: dict[tuple[str, str], Money]
    states: dict[UUID, str]
    questions: Counter[str]
    posted: int
    violations: tuple[str, ...]

    def unlike(self, other: "Ending") -> tuple[str, ...]:
        """Say in which parts another ending differs, and how; ids and amounts only."""
        parts = ("balances", "references", "states", "questions", "posted", "violations")
        return tuple(
            f"{part}: {_difference(getattr(self, part), getattr(other, part))}"
            for part in parts
            if getattr(self, part) != getattr(other, part)
        )


def prepare(folder: Path, database: Path, seed: int) -> Prepared:
    """Bill visits of every case, and let the payer write all its files; nothing is posted.

    Args:
        folder: For the payer's record.
        database: An empty, migrated database.
        seed: Of the payer.
    """
    visits = [*marked_visits(), DENIED, PARTLY_DENIED]
    practice = open_practice(database, visits)
    with open_desk(folder, seed=seed) as desk:
        deliveries = [Delivery(content) for content in _first_files(desk, visits)]
        for rank in (2, 3):
            asked = _asked_next(desk, visits, rank)
            bill_next(practice, list(asked), rank)
            known = frozenset(range(len(deliveries)))
            claims = [claim_of(visit, rank, earlier) for visit, earlier in asked.items()]
            later = [*desk.send(claims), *desk.wait()] if claims else []
            deliveries += [Delivery(content, known) for content in later]
    practice.close()
    return Prepared(practice, tuple(deliveries))


def _first_files(desk: PayerDesk, visits: Sequence[Visit]) -> Iterator[bytes]:
    """Send claims to first payers, a few a file, so that many remittance files come back."""
    rules = desk.rulebook
    for visit in (DENIED, PARTLY_DENIED):
        desk.rulebook = _denying(rules, visit)
        yield from desk.send([claim_of(visit, 1)])
    desk.rulebook = _calm(rules)
    others = [visit for visit in visits if visit not in (DENIED, PARTLY_DENIED)]
    for start in range(CLAIMS_A_FILE):
        yield from desk.send([claim_of(visit, 1) for visit in others[start::CLAIMS_A_FILE]])
    yield from desk.wait()


def _calm(rules: Rulebook) -> Rulebook:
    """Nothing happens but what a claim's member number asks for."""
    calm = {"denial": NEVER, "partial_denial": NEVER, "reversal": NEVER, "late": NEVER}
    return rules.model_copy(
        update={
            "rates": rules.rates.model_copy(update=calm),
            "cases": rules.cases.model_copy(update={"rate": NEVER}),
        }
    )


def _denying(rules: Rulebook, visit: Visit) -> Rulebook:
    calm = _calm(rules)
    name = "denial" if visit == DENIED else "partial_denial"
    return calm.model_copy(update={"rates": calm.rates.model_copy(update={name: CERTAIN})})


def _asked_next(desk: PayerDesk, visits: Sequence[Visit], rank: int) -> dict[Visit, Earlier]:
    told = desk.meanings()
    found = {visit: earlier_decisions(visit, rank, told) for visit in visits}
    return {visit: earlier for visit, earlier in found.items() if earlier is not None}


def play(prepared: Prepared, path: Path, chance: random.Random | None) -> Ending:
    """Deliver all files in one order, to a copy of the practice; in their own order without chance.

    Args:
        prepared: What was billed, and what comes.
        path: Where the copy goes.
        chance: Draws the order, what is repeated, and when people work.
    """
    shutil.copy(prepared.practice.path, path)
    practice = replace(prepared.practice, path=path)
    act = practice.act
    for content in _order(prepared.deliveries, chance):
        practice.receive(content, act)
        if chance and chance.random() < WORKED:
            act = _later(act, chance.randint(0, DAYS_MAX))
            _work(practice, act)
    _work(practice, act)
    ending = _ending(practice)
    practice.close()
    path.unlink()
    return ending


def _order(deliveries: Sequence[Delivery], chance: random.Random | None) -> list[bytes]:
    if chance is None:
        return [one.content for one in deliveries]
    waiting, came, order = set(range(len(deliveries))), set[int](), list[bytes]()
    while waiting:
        ready = sorted(place for place in waiting if deliveries[place].after <= came)
        place = chance.choice(ready)
        waiting.remove(place)
        came.add(place)
        order.append(deliveries[place].content)
    for content in tuple(order):
        if chance.random() < REPEATED:
            again = content if chance.random() < 0.5 else _in_another_envelope(content)
            order.insert(chance.randint(order.index(content) + 1, len(order)), again)
    return order


def _in_another_envelope(content: bytes) -> bytes:
    """Return the same payments under another interchange number, as resent by some payers."""
    number = content[ISA13]
    return content.replace(b"*" + number, b"*9" + number[1:])


def _later(act: Act, days: int) -> Act:
    by = timedelta(days=days)
    return replace(act, at=act.at + by, today=act.today + by)


def _work(practice: SweptPractice, act: Act) -> None:
    """Give up what is denied, use credits, close what is settled: a day of the office."""
    second = replace(act, actor="second")
    with transaction(practice.url, act.client_id) as session:
        for denial_id in session.exec(
            select(Denial.id).where(
                Denial.client_id == act.client_id, col(Denial.state) == DenialState.OPEN
            )
        ).all():
            request_write_off(session, act, denial_id, reason="other")
            approve_write_off(session, second, denial_id, approver=approver())
        apply_patient_credits(session, act)
        close_settled_claims(session, act)


def _ending(practice: SweptPractice) -> Ending:
    client_id = practice.act.client_id
    with transaction(practice.url, client_id) as session:
        states = session.exec(select(Claim.id, Claim.state).where(Claim.client_id == client_id))
        posted = session.exec(
            select(InboundFile.id).where(
                InboundFile.client_id == client_id,
                InboundFile.kind == "835",
                InboundFile.state == InboundFileState.POSTED,
            )
        ).all()
        ending = Ending(
            told_of_balances(session, client_id),
            told_of_references(session, client_id),
            {claim_id: str(state) for claim_id, state in states},
            Counter(),
            len(posted),
            told_of_violations(session, client_id),
        )
    questions = practice.open_reasons()
    # That a file came twice is asked as often as it came.
    del questions["posting.duplicate_trace"]
    return replace(ending, questions=questions)


def _difference(ours: object, theirs: object) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        keys = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
        return "; ".join(f"{key}: {ours.get(key)} then {theirs.get(key)}" for key in keys)
    return f"{ours} then {theirs}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Play as many orders as the command line asks for."""
    parser = argparse.ArgumentParser(prog="tests.sweeps.orders")
    parser.add_argument("--orders", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    out = Console(highlight=False, soft_wrap=True)
    with tempfile.TemporaryDirectory(prefix="revcycle-orders-") as name:
        folder = Path(name)
        database = folder / "books.sqlite3"
        upgrade_database(f"sqlite:///{database}")
        prepared = prepare(folder / "payer", database, options.seed)
        expected = play(prepared, folder / "expected.sqlite3", None)
        out.print(f"{len(prepared.deliveries)} files; open work: {dict(expected.questions)}")
        for number in track(range(options.orders), "playing", console=out):
            chance = random.Random(f"{options.seed}-{number}")  # noqa: S311 - repeatable, not secret
            ending = play(prepared, folder / f"{number}.sqlite3", chance)
            if differences := expected.unlike(ending):
                out.print(f"order {number} of seed {options.seed} ends otherwise:")
                out.print("\n".join(differences))
                sys.exit(1)
    out.print(f"{options.orders} orders ended alike")


if __name__ == "__main__":
    main()
