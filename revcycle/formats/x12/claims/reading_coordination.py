"""Coordination of benefits (2320, 2330, 2430), read."""

from collections.abc import Sequence
from datetime import date

from models.documents.claim import (
    ClaimDocumentLine,
    ClaimPayer,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from revcycle.formats.x12.adjustments import read_adjustments
from revcycle.formats.x12.claims.reading_parties import (
    read_person,
)
from revcycle.formats.x12.loops import Loop, loop_of, named_loops
from revcycle.formats.x12.notes import Notes
from revcycle.formats.x12.segments import Segment


def read_line_adjudications(
    blocks: Sequence[list[Segment]], notes: Notes
) -> tuple[LineAdjudication, ...]:
    """Read the loops 2430 of a line."""
    decisions = []
    for loop in map(Loop, blocks):
        head = loop.take("SVD")
        paid_on = notes.date(loop.take("DTP", "573"))
        adjustments = read_adjustments(loop, notes)
        if paid_on is None:
            notes.report("x12.bad_value", head, "DTP*573", "the day of the decision is missing")
        else:
            paid = notes.amount(head, 2)
            decisions.append(LineAdjudication(head.get(1), paid, adjustments, paid_on))
        notes.unread(loop)
    return tuple(decisions)


def read_other_payers(
    blocks: Sequence[list[Segment]], lines: Sequence[ClaimDocumentLine], notes: Notes
) -> tuple[OtherPayer, ...]:
    """Read the loops 2320 of a claim; a date given only on lines counts for the claim."""
    return tuple(_read_other_payer(block, lines, notes) for block in blocks)


def _read_other_payer(
    block: list[Segment], lines: Sequence[ClaimDocumentLine], notes: Notes
) -> OtherPayer:
    loop, names = named_loops(block)
    information = loop.take("SBR")
    insured, payer_loop = loop_of(names, "IL"), loop_of(names, "PR")
    payer_name = payer_loop.take("NM1")
    person, member_id = read_person(insured, notes)
    payer_id = payer_name.get(9)
    other = OtherPayer(
        payer=ClaimPayer(payer_name.get(3), payer_id, information.get(1), information.get(9)),
        subscriber=Subscriber(
            person, member_id, information.get(2), information.get(3), information.get(4)
        ),
        paid=notes.optional_amount(loop.take("AMT", "D"), 2),
        adjustments=read_adjustments(loop, notes),
        paid_on=notes.date(payer_loop.take("DTP", "573")) or _decided_on(lines, payer_id),
        payer_claim_control_number=payer_loop.take("REF", "F8").get(2),
    )
    loop.take("OI")
    notes.unread(loop, insured, payer_loop, *names)
    return other


def _decided_on(lines: Sequence[ClaimDocumentLine], payer_id: str) -> date | None:
    days = [
        decision.paid_on
        for line in lines
        for decision in line.adjudications
        if decision.payer_id == payer_id
    ]
    return max(days, default=None)
