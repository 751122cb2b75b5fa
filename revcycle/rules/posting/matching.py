"""Whose is a claim of a remittance, and which of our lines does it judge?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from models.documents.posting import PostableClaim, PostableLine, Service
from models.documents.remittance import RemittanceClaim, RemittanceLine
from models.values.money import Money, total
from revcycle.rules.posting.line_likeness import size_of

_NO_CHARGES: Final[Mapping[UUID, Money]] = MappingProxyType({})
_NO_MEMBERS: Final[Mapping[str, Mapping[UUID, Counter[Service]]]] = MappingProxyType({})


def match_claim(
    decision: RemittanceClaim,
    *,
    by_control_number: Mapping[str, UUID],
    by_payer_number: Mapping[str, frozenset[UUID]],
    charges: Mapping[UUID, Money] = _NO_CHARGES,
    by_member: Mapping[str, Mapping[UUID, Counter[Service]]] = _NO_MEMBERS,
) -> UUID | None:
    """Find our claim by a number, else by everything that was done; never guess between two.

    Our number is ours for ever and goes first. Where the payer's number names another claim, and
    only that one charges what is judged, the two contradict each other: a person looks. Without
    any number a claim is known by its member and all its services together, each with code, day
    and charge.

    Args:
        decision: The payer's claim.
        by_control_number: Claims by the number we sent (CLM01), any version.
        by_payer_number: Claims by the number the payer gave before (CLP07).
        charges: What each of these claims charges.
        by_member: The services of claims, by member number.

    Source:
        ASC X12 005010X221A1 (835), CLP01 and CLP07; loop 2110 SVC and DTM*472.
    """
    ours = by_control_number.get(decision.claim_control_number)
    theirs = _only(by_payer_number.get(decision.payer_claim_control_number, ()))
    if ours is None:
        named = decision.payer_claim_control_number in by_payer_number
        return theirs if named else _by_services(decision, by_member)
    return None if _contradict(decision, ours, theirs, charges) else ours


def _only(found: frozenset[UUID] | tuple[()]) -> UUID | None:
    return next(iter(found)) if len(found) == 1 else None


def _contradict(
    decision: RemittanceClaim, ours: UUID, theirs: UUID | None, charges: Mapping[UUID, Money]
) -> bool:
    said = size_of(decision.charge)
    if theirs is None or theirs == ours:
        return False
    return charges.get(ours, said) != said and charges.get(theirs) == said


def _by_services(
    decision: RemittanceClaim, by_member: Mapping[str, Mapping[UUID, Counter[Service]]]
) -> UUID | None:
    said = Counter(_service(line, decision.statement_from) for line in decision.lines)
    if not said or not decision.member_id:
        return None
    claims = by_member.get(decision.member_id, {})
    return _only(frozenset(claim_id for claim_id, done in claims.items() if done == said))


def _service(line: RemittanceLine, day: date | None) -> Service:
    code = line.submitted_procedure_code or line.procedure_code
    return code, line.service_date or day, size_of(line.charge)


def match_lines(
    lines: Sequence[RemittanceLine], claim: PostableClaim
) -> tuple[PostableLine | None, ...]:
    """Find our line for each of the payer's: by the number we gave it, else by what it is.

    A line is known by procedure and charge, then by day, then by modifiers; lines that nothing
    tells apart are taken in order where there are as many of ours. Several lines of one procedure
    that together charge what one of ours does are that one, split.

    Source:
        ASC X12 005010X221A1 (835), loop 2110 REF*6R, SVC01 and SVC06; section 1.10.2.6 (split
        lines).
    """
    by_number = {str(line.number): line for line in claim.lines}
    found = {
        place: by_number[line.line_control_number]
        for place, line in enumerate(lines)
        if line.line_control_number in by_number
    }
    found |= dict(_alike(lines, claim.lines, found))
    found |= dict(_split(lines, claim.lines, found))
    return tuple(found.get(place) for place in range(len(lines)))


def merged_lines(
    lines: Sequence[RemittanceLine], claim: PostableClaim, found: Sequence[PostableLine | None]
) -> dict[int, tuple[PostableLine, ...]]:
    """Find, by place from 1, the lines of the payer that stand for several of ours together.

    They charge exactly what ours do: those of the same procedure, or all that are left when it is
    the payer's last line.

    Args:
        lines: The payer's.
        claim: Ours.
        found: Our line for each of the payer's, as ``match_lines`` found it.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.6 (bundled lines).
    """
    if all(own and not _charges_more(line, own) for line, own in zip(lines, found, strict=True)):
        return {}
    taken = {one.claim_line_id for one in found if one}
    merged = {}
    for place, (line, own) in enumerate(zip(lines, found, strict=True)):
        left = [our for our in claim.lines if our.claim_line_id not in taken]
        alone = all(found[other] for other in range(len(lines)) if other != place)
        parts = _parts(line, own, left, alone=alone)
        if parts:
            merged[place + 1] = parts
            taken |= {our.claim_line_id for our in parts}
    return merged


def _alike(
    lines: Sequence[RemittanceLine],
    ours: Sequence[PostableLine],
    found: Mapping[int, PostableLine],
) -> Iterator[tuple[int, PostableLine]]:
    """Yield places with our lines; alike ones in order, if there are as many on both sides."""
    left = _left(ours, found)
    groups: dict[tuple[PostableLine, ...], list[int]] = {}
    for place, line in enumerate(lines):
        if place not in found:
            groups.setdefault(_candidates(line, left), []).append(place)
    for candidates, places in groups.items():
        if len(candidates) == len(places):
            yield from zip(places, candidates, strict=True)


def _candidates(line: RemittanceLine, ours: Sequence[PostableLine]) -> tuple[PostableLine, ...]:
    charge = size_of(line.charge)
    alike = [our for our in ours if our.procedure_code in _codes(line) and our.charge == charge]
    for tells in (_same_day, _same_modifiers):
        if len(alike) > 1:
            alike = [our for our in alike if tells(line, our)] or alike
    return tuple(alike)


def _split(
    lines: Sequence[RemittanceLine],
    ours: Sequence[PostableLine],
    found: Mapping[int, PostableLine],
) -> Iterator[tuple[int, PostableLine]]:
    """Yield the places of lines that together are one of ours."""
    left = _left(ours, found)
    codes = Counter(our.procedure_code for our in left)
    for our in left:
        places = [
            place
            for place, line in enumerate(lines)
            if place not in found and our.procedure_code in _codes(line)
        ]
        charged = total(size_of(lines[place].charge) for place in places)
        if codes[our.procedure_code] == 1 and len(places) > 1 and charged == our.charge:
            yield from ((place, our) for place in places)


def _parts(
    line: RemittanceLine, own: PostableLine | None, left: Sequence[PostableLine], *, alone: bool
) -> tuple[PostableLine, ...]:
    known = (own,) if own else ()
    if own and not _charges_more(line, own):
        return ()
    same_code = (*known, *(our for our in left if our.procedure_code in _codes(line)))
    for parts in (same_code, (*known, *left) if alone else ()):
        charged = total(our.charge for our in parts)
        if len(parts) > 1 and charged == size_of(line.charge):
            return tuple(sorted(parts, key=lambda our: our.number))
    return ()


def _charges_more(line: RemittanceLine, our: PostableLine) -> bool:
    return size_of(line.charge) > our.charge


def _left(
    ours: Sequence[PostableLine], found: Mapping[int, PostableLine]
) -> tuple[PostableLine, ...]:
    taken = {our.claim_line_id for our in found.values()}
    return tuple(our for our in ours if our.claim_line_id not in taken)


def _same_day(line: RemittanceLine, our: PostableLine) -> bool:
    return line.service_date is not None and our.service_date == line.service_date


def _same_modifiers(line: RemittanceLine, our: PostableLine) -> bool:
    return our.modifiers == line.modifiers


def _codes(line: RemittanceLine) -> frozenset[str]:
    return frozenset({line.procedure_code, line.submitted_procedure_code} - {""})
