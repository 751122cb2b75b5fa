"""Invented visits for the sweeps: what was done, who pays, and the claim that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.documents.claim import (
    Adjustment,
    ClaimBatchDocument,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.party import Organization
from models.values.money import Money, total
from revcycle.formats.x12.t837p import write_claims
from revcycle.sandbox.case import Case
from revcycle.sandbox.cases import LATER_PAYER, mark_of
from revcycle.sandbox.meaning import LineMeaning
from tests.unit.sandbox.sandbox_examples import PATIENT, PRACTICE, SERVICE_DATE, an_envelope

FIRST = ClaimPayer("BLUE HERON HEALTH PLAN", "BHHP1", "P", "CI")
FEDERAL = ClaimPayer("FEDERAL SENIORS PROGRAM", "FEDSR", "P", "MB")
SECOND = ClaimPayer("COMMONWEAL MUTUAL", "CWMUT", "S", "CI")
THIRD = ClaimPayer("NORTHERN LAKES HMO", "NLHMO", "T", "CI")
# A patient has one of these; the federal one sends claims on to the others by itself.
COVERAGES = (
    (FIRST,),
    (FIRST, SECOND),
    (FIRST, SECOND, THIRD),
    (FEDERAL,),
    (FEDERAL, SECOND),
    (FEDERAL, SECOND, THIRD),
)
CODES = ("99213", "85025", "71046", "80053")
RANK_CODES = "PST"
DECIDED_ON = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a patient who comes once.

    Attributes:
        charges: One for each service; the services have different codes.
        payers: Who covers the patient, the first payer first.
    """

    number: int
    charges: tuple[Money, ...]
    payers: tuple[ClaimPayer, ...]
    mark: str = ""

    @property
    def control_numbers(self) -> tuple[str, ...]:
        """CLM01 towards each payer."""
        return tuple(f"SW{self.number:06d}{place}01" for place in RANK_CODES[: len(self.payers)])

    def member_id(self, rank: int) -> str:
        """The member number at the payer of this rank."""
        return f"{self.mark}W{self.number:06d}{rank}"


def invented_visits(count: int, after: int = 0) -> Iterator[Visit]:
    """Invent visits of one to three services, with all kinds of coverage."""
    for number in range(after + 1, after + count + 1):
        lines = range(number % 3 + 1)
        charges = tuple(Money(8_000 + number * 37 % 30_011 + place * 1_501) for place in lines)
        # Half of the patients have one payer that sends nothing on: there most cases happen.
        kind = (number // 2) % len(COVERAGES) if number % 2 else 0
        yield Visit(number, charges, COVERAGES[kind])


def marked_visits() -> Iterator[Visit]:
    """Invent one visit for each case, and some that payers send on."""
    for number, case in enumerate(Case, start=1):
        charges = (Money(15_001 + 7 * number), Money(4_003 + number))
        later = case in LATER_PAYER
        payers: tuple[ClaimPayer, ...] = COVERAGES[4] if later else COVERAGES[0]
        yield Visit(number, charges, payers, mark_of(case))
    for number, held in enumerate(COVERAGES[1:], start=len(Case) + 1):
        yield Visit(number, (Money(21_507), Money(3_333)), held)


def claim_of(
    visit: Visit, rank: int, earlier: Sequence[Sequence[LineMeaning]] = ()
) -> ClaimDocument:
    """Write the claim to the payer of a rank.

    Args:
        visit: What was done.
        rank: Whom to ask.
        earlier: What each earlier payer decided, by line; empty for the first.
    """
    payer = replace(visit.payers[rank - 1], responsibility=RANK_CODES[rank - 1])
    lines = tuple(
        ClaimDocumentLine(
            number=number,
            procedure_code=CODES[number - 1],
            service_date=SERVICE_DATE,
            charge=charge,
            modifiers=("25",) if number == 1 else (),
            diagnosis_pointers=(1,),
            line_control_number=str(number),
            adjudications=_adjudications(visit, number, earlier),
        )
        for number, charge in enumerate(visit.charges, start=1)
    )
    return ClaimDocument(
        control_number=visit.control_numbers[rank - 1],
        form=ClaimForm.PROFESSIONAL,
        billing_provider=PRACTICE,
        patient=PATIENT,
        subscriber=Subscriber(PATIENT, visit.member_id(rank)),
        payer=payer,
        diagnoses=("J069",),
        lines=lines,
        other_payers=tuple(_others(visit, rank, earlier)),
    )


def claim_file(claims: Sequence[ClaimDocument], control_number: int) -> bytes:
    """Write an 837 of claims."""
    batch = ClaimBatchDocument(
        form=ClaimForm.PROFESSIONAL,
        submitter=Organization(
            "SAMPLE BILLING COMPANY", contact_name="EDI DESK", contact_phone="5555550101"
        ),
        submitter_id="TESTCLINIC",
        receiver_name="SANDBOX CLEARINGHOUSE",
        receiver_id="SANDBOXCH",
        reference=f"B{control_number:06d}",
        claims=tuple(claims),
    )
    return write_claims(batch, an_envelope(control_number))


def _adjudications(
    visit: Visit, number: int, earlier: Sequence[Sequence[LineMeaning]]
) -> tuple[LineAdjudication, ...]:
    """Say what earlier payers did to a line; the latest decided a day after the one before."""
    said = []
    charge = visit.charges[number - 1]
    for place, meanings in enumerate(earlier):
        own = next(one for one in meanings if one.number == number)
        adjustments = (
            Adjustment("CO", "45", charge - own.paid - own.patient),
            Adjustment("PR", "2", own.patient),
        )
        day = DECIDED_ON.replace(day=DECIDED_ON.day - len(earlier) + place + 1)
        payer_id = visit.payers[place].payer_id
        told = tuple(one for one in adjustments if one.amount)
        said.append(LineAdjudication(payer_id, own.paid, told, day))
    return tuple(said)


def _others(
    visit: Visit, rank: int, earlier: Sequence[Sequence[LineMeaning]]
) -> Iterator[OtherPayer]:
    person = replace(PATIENT, birth_date=None, sex="")
    for place, payer in enumerate(visit.payers):
        if place == rank - 1:
            continue
        paid = total(one.paid for one in earlier[place]) if place < len(earlier) else None
        yield OtherPayer(
            replace(payer, responsibility=RANK_CODES[place]),
            Subscriber(person, visit.member_id(place + 1)),
            paid=paid,
            paid_on=None if paid is None else DECIDED_ON,
        )
