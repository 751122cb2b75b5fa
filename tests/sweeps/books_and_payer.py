"""Compare our books with a payer's record, to the cent.

``python -m tests.sweeps.books_and_payer --claims 5000 --seed 1``: the sandbox payer judges the
claims and writes every kind of remittance, we post them. Exits with 1 if any amount differs, an
invariant of ``revcycle verify`` is broken, money is left unapplied, or a case never occurred.
"""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from rich.console import Console

from models.values.money import ZERO, Money, total
from revcycle.sandbox.case import Case
from revcycle.sandbox.meaning import WHOLE_CLAIM, LineMeaning
from revcycle.store.schema import upgrade_database
from revcycle.store.session import transaction
from tests.sweeps.invented_visits import FEDERAL, Visit, claim_of, invented_visits, marked_visits
from tests.sweeps.payer_desk import AMOUNTS, Amounts, PayerDesk, Told, open_desk
from tests.sweeps.swept_practice import SweptPractice, bill_next, open_practice
from tests.sweeps.told_by_books import (
    MOVED,
    told_of_charges,
    told_of_payments,
    told_of_references,
)

CLAIMS_A_FILE = 250
Earlier = list[list[LineMeaning]]  # of each payer, by line
SHOWN = 20
EXPECTED = (
    *(f"case {case}" for case in Case),
    *(f"outcome {outcome}" for outcome in ("paid", "denied", "partly_denied")),
    *(f"asked as {rank}" for rank in "PST"),
    *(f"status {status}" for status in ("1", "2", "3", "19", "20", "21", "22", "23", "25")),
    *("decision", "reversal", "correction", "onward"),
    *(f"PLB {pair}" for pair in ("WO +", "WO -", "FB +", "FB -", "72 -", "L6 -", "CT -")),
    *(f"PLB {reason} +" for reason in ("CS", "J1", "IR", "LE", "E3", "50")),
    *("sequestered line", "file that came twice", "payment of nothing"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a sweep came to.

    Attributes:
        occurred: How often each case occurred, by its name.
        differences: Ids and amounts only.
    """

    occurred: Counter[str]
    differences: tuple[str, ...]
    files: int
    open_work: Counter[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Cases that never occurred."""
        return tuple(name for name in EXPECTED if not self.occurred[name])


def compare(home: Path, database: Path, visits: Sequence[Visit], seed: int) -> Comparison:
    """Let the payer judge all visits, post what it writes, and compare.

    Args:
        home: A folder for the payer's record.
        database: An empty, migrated database.
        visits: What was done.
        seed: Of the payer.
    """
    practice = open_practice(database, visits)
    with open_desk(home, seed=seed) as desk:
        _bill(practice, desk, visits)
        differences = tuple(_differences(practice, desk))
        occurred, files = desk.occurrences(), len(desk.remittances)
    open_work = practice.open_reasons()
    practice.close()
    return Comparison(occurred, differences, files, open_work)


def _bill(practice: SweptPractice, desk: PayerDesk, visits: Sequence[Visit]) -> None:
    """Ask every payer of every visit in turn, and post all that comes."""
    for rank in (1, 2, 3):
        told = desk.meanings()
        claims = {
            visit: claim_of(visit, rank, earlier)
            for visit in visits
            if (earlier := earlier_decisions(visit, rank, told)) is not None
        }
        if rank > 1:
            bill_next(practice, list(claims), rank)
        documents = list(claims.values())
        for start in range(0, len(documents), CLAIMS_A_FILE):
            _post(practice, desk.send(documents[start : start + CLAIMS_A_FILE]))
        _post(practice, desk.wait())


def earlier_decisions(visit: Visit, rank: int, told: Told) -> Earlier | None:
    """Return what each earlier payer finally said, by line; None if the next one is not asked."""
    is_sent_on = rank > 1 and visit.payers[0] == FEDERAL
    if len(visit.payers) < rank or is_sent_on:
        return None
    earlier = []
    for number, payer in list(zip(visit.control_numbers, visit.payers, strict=True))[: rank - 1]:
        said = told.get((number, payer.payer_id), {})
        left = total(line.patient for line in said.values())
        if WHOLE_CLAIM in said or left <= ZERO:
            return None
        earlier.append([said[line] for line in sorted(said)])
    return earlier


def _post(practice: SweptPractice, files: Sequence[bytes]) -> None:
    for content in files:
        practice.receive(content)


def _differences(practice: SweptPractice, desk: PayerDesk) -> Iterator[str]:
    """Yield everything on which our books and the payer's record do not agree."""
    with transaction(practice.url, practice.act.client_id) as session:
        client_id = practice.act.client_id
        ours = told_of_charges(session, client_id)
        payments = told_of_payments(session, client_id)
        references = told_of_references(session, client_id)
    yield from unlike_claims(desk.meanings(), ours, practice.charges())
    yield from unlike_sums("payment", desk.payments(), payments)
    moved: dict[tuple[str, str], Money] = defaultdict(lambda: ZERO)
    for (reason, reference), amount in desk.moved().items():
        moved[MOVED[reason], reference] += amount
    yield from unlike_sums("sub-ledger", moved, references)
    for name, count in practice.violations().items():
        yield f"invariant {name}: {count} violations"


def unlike_claims(
    told: Told,
    ours: Mapping[tuple[UUID, str], Amounts],
    charges: Mapping[str, Sequence[UUID]],
) -> Iterator[str]:
    """Yield what a payer said of lines and the books do not, or the other way round.

    Args:
        told: What payers finally said.
        ours: What the books hold, by charge and payer.
        charges: Our charges of each claim, in the order of its lines.
    """
    theirs: dict[tuple[str, str, int], Amounts] = {}
    books: dict[tuple[str, str, int], Amounts] = {}
    for (number, payer_id), lines in told.items():
        by_line = WHOLE_CLAIM not in lines
        for place, charge_id in enumerate(charges[number], start=1):
            line = place if by_line else WHOLE_CLAIM
            booked = ours.get((charge_id, payer_id), dict.fromkeys(AMOUNTS, ZERO))
            _add(books, (number, payer_id, line), booked)
        for place, meaning in lines.items():
            amounts = {name: getattr(meaning, name) for name in AMOUNTS}
            _add(theirs, (number, payer_id, place if by_line else WHOLE_CLAIM), amounts)
    for key in sorted(theirs.keys() | books.keys()):
        for name in AMOUNTS:
            said, booked_ = theirs.get(key, {}).get(name, ZERO), books.get(key, {}).get(name, ZERO)
            if said != booked_:
                yield f"{name} of {key[0]} line {key[2]} by {key[1]}: {said} said, {booked_} booked"
    asked = {(charge_id, payer) for number, payer in told for charge_id in charges[number]}
    for charge_id, payer_id in ours.keys() - asked:
        if any(ours[charge_id, payer_id].values()):
            yield f"charge {charge_id} by {payer_id}: booked, never said"


def _add(
    sums: dict[tuple[str, str, int], Amounts], key: tuple[str, str, int], amounts: Amounts
) -> None:
    held = sums.setdefault(key, dict.fromkeys(AMOUNTS, ZERO))
    for name, amount in amounts.items():
        held[name] += amount


def unlike_sums(
    what: str, said: Mapping[tuple[str, str], Money], booked: Mapping[tuple[str, str], Money]
) -> Iterator[str]:
    """Yield sums that differ, with what they are of."""
    for key in sorted(said.keys() | booked.keys()):
        theirs, ours = said.get(key, ZERO), booked.get(key, ZERO)
        if theirs != ours:
            yield f"{what} {' '.join(key)}: {theirs} said, {ours} booked"


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare as many claims as the command line asks for."""
    parser = argparse.ArgumentParser(prog="tests.sweeps.books_and_payer")
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    out = Console(highlight=False, soft_wrap=True)
    marked = list(marked_visits())
    visits = marked + list(invented_visits(max(0, options.claims - len(marked)), len(marked)))
    with tempfile.TemporaryDirectory(prefix="revcycle-sweep-") as folder:
        database = Path(folder) / "books.sqlite3"
        upgrade_database(f"sqlite:///{database}")
        found = compare(Path(folder) / "payer", database, visits, options.seed)
    for name, count in sorted(found.occurred.items()):
        out.print(f"{count:7} {name}")
    out.print(f"{len(visits)} visits, {found.files} files; open work: {dict(found.open_work)}")
    for name in found.missing:
        out.print(f"never occurred: {name}")
    for difference in found.differences[:SHOWN]:
        out.print(difference)
    if found.differences or found.missing:
        out.print(f"{len(found.differences)} differences, {len(found.missing)} cases missing")
        sys.exit(1)
    out.print("our books and the payer's record agree to the cent, and every invariant holds")


if __name__ == "__main__":
    main()
