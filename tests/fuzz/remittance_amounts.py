"""Ways to change the amounts of an 835, and an independent judgement of whether it adds up."""

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

Segment = list[str]
Change = Callable[[random.Random, list[Segment]], None]
CENTS_MAX: Final = 90_000
PAID_OF_CLAIM, PAID_OF_LINE, CHARGE_OF_CLAIM, CHARGE_OF_LINE = 4, 3, 3, 2
FIRST_AMOUNT = {"CAS": 3, "PLB": 4}  # then one every third, and every second, element
STEP = {"CAS": 3, "PLB": 2}


def cut(content: bytes) -> list[Segment]:
    """Cut a file into segments of elements."""
    return [one.split("*") for one in content.decode().replace("\n", "").split("~") if one]


def join(segments: Sequence[Segment]) -> bytes:
    """Write segments with the counts that belong to them, so that only amounts can be wrong."""
    start = 0
    for place, segment in enumerate(segments):
        if segment[0] == "ST":
            start = place
        if segment[0] == "SE":
            segment[1] = str(place - start + 1)
    return "~\n".join("*".join(segment) for segment in segments).encode() + b"~\n"


def adds_up(segments: Sequence[Segment]) -> bool:
    """Judge every equation of the 835 by plain sums over the text.

    Source:
        ASC X12 005010X221A1, section 1.10.2.1 (balancing).
    """
    is_even = True
    payment = claim = line = Decimal(0)  # what is left to explain of each
    lines: Decimal | None = None  # what is left of the claim's charge after its lines'
    for segment in [*segments, ["SE"]]:
        tag = segment[0]
        if tag in {"SVC", "CLP", "PLB", "SE"}:
            is_even &= line == 0
            line = Decimal(0)
        if tag in {"CLP", "PLB", "SE"}:
            is_even &= claim == 0 and not lines
            claim, lines = Decimal(0), None
        if tag == "BPR":
            payment = amount(segment, 2) * (1 if segment[3] == "C" else -1)
        elif tag == "CLP":
            claim = amount(segment, CHARGE_OF_CLAIM) - amount(segment, PAID_OF_CLAIM)
            payment -= amount(segment, PAID_OF_CLAIM)
            charge = amount(segment, CHARGE_OF_CLAIM)
        elif tag == "SVC":
            line = amount(segment, CHARGE_OF_LINE) - amount(segment, PAID_OF_LINE)
            lines = (charge if lines is None else lines) - amount(segment, CHARGE_OF_LINE)
        elif tag == "CAS":
            adjusted = sum((amount(segment, at) for at in amounts_of(segment)), Decimal(0))
            claim -= adjusted
            line -= adjusted if lines is not None else 0
        elif tag == "PLB":
            payment += sum((amount(segment, at) for at in amounts_of(segment)), Decimal(0))
        elif tag == "SE":
            is_even &= payment == 0
            payment = Decimal(0)
    return is_even


def amount(segment: Segment, at: int) -> Decimal:
    """Read an amount; one that is not there is nothing."""
    return Decimal(segment[at]) if at < len(segment) and segment[at] else Decimal(0)


def amounts_of(segment: Segment) -> list[int]:
    """List the places of the amounts of a CAS or PLB."""
    return [
        at for at in range(FIRST_AMOUNT[segment[0]], len(segment), STEP[segment[0]]) if segment[at]
    ]


def add(segment: Segment, at: int, cents: int) -> None:
    """Change one amount by so many cents."""
    segment[at] = format((amount(segment, at) + Decimal(cents) / 100).normalize(), "f")


def any_amount(chance: random.Random, segments: list[Segment]) -> None:
    """Change one amount that an equation names."""
    places = [(segment, 2) for segment in segments if segment[0] == "BPR"]
    places += [(segment, at) for segment in segments if segment[0] == "CLP" for at in (3, 4)]
    places += [(segment, at) for segment in segments if segment[0] == "SVC" for at in (2, 3)]
    places += [
        (segment, at) for segment in segments if segment[0] in STEP for at in amounts_of(segment)
    ]
    segment, at = chance.choice(places)
    add(segment, at, some_cents(chance))


def lost_adjustment(chance: random.Random, segments: list[Segment]) -> None:
    """Leave one CAS or PLB out."""
    places = [at for at, segment in enumerate(segments) if segment[0] in STEP]
    if places:
        del segments[chance.choice(places)]


def repeated_adjustment(chance: random.Random, segments: list[Segment]) -> None:
    """Say one CAS or PLB twice."""
    places = [at for at, segment in enumerate(segments) if segment[0] in STEP]
    if places:
        at = chance.choice(places)
        segments.insert(at, list(segments[at]))


def shifted_share(chance: random.Random, segments: list[Segment]) -> None:
    """Move cents from one adjustment to the one behind it, of the same line or of another."""
    found = [segment for segment in segments if segment[0] == "CAS"]
    if len(found) > 1:
        at = chance.randrange(len(found) - 1)
        cents = some_cents(chance)
        add(found[at], 3, -cents)
        add(found[at + 1], 3, cents)


def paid_less(chance: random.Random, segments: list[Segment]) -> None:
    """Pay one line less by what its adjustment takes more, in line, claim and payment."""
    at = chance.choice([place for place, one in enumerate(segments) if one[0] == "CAS"])
    cents = some_cents(chance)
    add(segments[at], 3, cents)
    for tag, place in (("SVC", PAID_OF_LINE), ("CLP", PAID_OF_CLAIM), ("BPR", 2)):
        segment = next(one for one in reversed(segments[:at]) if one[0] == tag)
        add(segment, place, -cents)


def moved_outside(chance: random.Random, segments: list[Segment]) -> None:
    """Take cents out of the payment by a PLB of any reason."""
    cents = some_cents(chance)
    at = next(place for place, one in enumerate(segments) if one[0] == "SE")
    reason = chance.choice(["WO:A1", "FB:A2", "L6:A3", "CS:A4", "72:A5"])
    plb = ["PLB", "1999900107", "20261231", reason, "0"]
    add(plb, 4, cents)
    segments.insert(at, plb)
    add(next(one for one in segments if one[0] == "BPR"), 2, -cents)


def told_allowed(chance: random.Random, segments: list[Segment]) -> None:
    """Change an amount that no equation names."""
    found = [segment for segment in segments if segment[0] == "AMT"]
    if found:
        add(chance.choice(found), 2, abs(some_cents(chance)))


def repeated_claim(chance: random.Random, segments: list[Segment]) -> None:
    """Pay the last claim of the payment once more, with or without the money."""
    at = max(place for place, one in enumerate(segments) if one[0] == "CLP")
    end = next(place for place, one in enumerate(segments) if place > at and one[0] in ENDS)
    segments[end:end] = [list(one) for one in segments[at:end]]
    if chance.random() < 0.5:
        paid = int(amount(segments[at], PAID_OF_CLAIM) * 100)
        add(next(one for one in segments if one[0] == "BPR"), 2, paid)


def some_cents(chance: random.Random) -> int:
    """Draw a difference, a single cent as often as a large one; never nothing."""
    size = chance.choice([1, 1, 100, chance.randint(1, CENTS_MAX)])
    return size * chance.choice([1, -1])


ENDS: Final = frozenset({"PLB", "SE"})
CHANGES: Final[Sequence[Change]] = (
    any_amount,
    any_amount,
    lost_adjustment,
    repeated_adjustment,
    shifted_share,
    paid_less,
    paid_less,
    moved_outside,
    told_allowed,
    repeated_claim,
)
