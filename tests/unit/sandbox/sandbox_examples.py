"""Invented claims and interchanges for the tests of the sandbox payer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from models.documents.claim import (
    Adjustment,
    ClaimBatchDocument,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    InstitutionalDetail,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.party import Address, Organization, Person, Provider
from models.values.money import Money
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.interchange import Envelope
from revcycle.sandbox.rulebook import Rulebook, read_rulebook

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SERVICE_DATE = date(2026, 10, 5)
DECIDED_ON = date(2026, 11, 2)
PRACTICE = Organization(
    name="SANDBOX TESTCLINIC",
    npi="1234567893",
    tax_id="990000001",
    taxonomy="207Q00000X",
    address=Address("1 SAMPLE WAY", "DAYTON", "OH", "454021234"),
)
PATIENT = Person(
    last_name="TESTPERSON",
    first_name="ADA",
    birth_date=date(1980, 2, 29),
    sex="F",
    address=Address("2 INVENTED AVE", "DAYTON", "OH", "45402"),
)
PAYER = ClaimPayer("SAMPLE HEALTH PLAN", "SMPL1", "P", "CI")
SECOND_PAYER = ClaimPayer("SECOND SAMPLE PLAN", "SMPL2", "S", "CI")
MEDICARE_LIKE = ClaimPayer("FEDERAL SENIORS PROGRAM", "FEDSR", "P", "MB")
NOTHING_HAPPENS = {
    "rejection": 0,
    "denial": 0,
    "partial_denial": 0,
    "denied_again": 0,
    "deductible": 0,
    "copay": 0,
    "reversal": 0,
    "late": 0,
    "duplicate": 0,
}
NO_DELAYS = {"remittance": 0, "late": 0, "duplicate": 0, "reversal": 0, "crossover": 0}


def rules(tmp_path: Path, text: str = "", **rates: float) -> Path:
    """Write a rule file in which nothing happens but what is named, and at once."""
    path = tmp_path / "rules.toml"
    chosen = {name: str(rate) for name, rate in (NOTHING_HAPPENS | rates).items()}
    lines = [text, "[rates]", *(f"{name} = {rate}" for name, rate in chosen.items())]
    lines += ["[delays]", *(f"{name} = {seconds}" for name, seconds in NO_DELAYS.items())]
    path.write_text("\n".join(lines))
    return path


def a_rulebook(tmp_path: Path, text: str = "", **rates: float) -> Rulebook:
    """Read such a file."""
    return read_rulebook(rules(tmp_path, text, **rates))


def a_claim(number: str = "C-1", *cents: int, payer: ClaimPayer = PAYER) -> ClaimDocument:
    """A visit with one line per amount."""
    lines = tuple(
        ClaimDocumentLine(
            number=ordinal,
            procedure_code="99213" if ordinal == 1 else "90471",
            service_date=SERVICE_DATE,
            charge=Money(amount),
            diagnosis_pointers=(1,),
            line_control_number=str(ordinal),
        )
        for ordinal, amount in enumerate(cents or (12_500,), start=1)
    )
    return ClaimDocument(
        control_number=number,
        form=ClaimForm.PROFESSIONAL,
        billing_provider=PRACTICE,
        patient=PATIENT,
        subscriber=Subscriber(PATIENT, "W123456780"),
        payer=payer,
        diagnoses=("J069",),
        lines=lines,
    )


def with_member(claim: ClaimDocument, member_id: str) -> ClaimDocument:
    """The same visit under another member number."""
    return replace(claim, subscriber=replace(claim.subscriber, member_id=member_id))


def with_other_payer(claim: ClaimDocument, payer: ClaimPayer = SECOND_PAYER) -> ClaimDocument:
    """The same visit of somebody with a second payer, not asked yet."""
    subscriber = Subscriber(replace(PATIENT, birth_date=None, sex=""), "S222222221")
    return replace(claim, other_payers=(OtherPayer(payer, subscriber),))


def secondary_claim(number: str = "C-2") -> ClaimDocument:
    """125.00, of which the first payer paid 80.00, cut 30.00 and left 15.00 to the patient."""
    decision = LineAdjudication(
        PAYER.payer_id,
        Money(8_000),
        (Adjustment("CO", "45", Money(3_000)), Adjustment("PR", "2", Money(1_500))),
        DECIDED_ON,
    )
    claim = a_claim(number, payer=SECOND_PAYER)
    first = OtherPayer(
        PAYER,
        Subscriber(replace(PATIENT, birth_date=None, sex=""), "W123456780"),
        paid=Money(8_000),
        paid_on=DECIDED_ON,
    )
    line = replace(claim.lines[0], adjudications=(decision,))
    return replace(claim, lines=(line,), other_payers=(first,))


def hospital_claim(number: str = "H-1") -> ClaimDocument:
    """A hospital's outpatient claim; one line has a revenue code only."""
    claim = a_claim(number, 30_000, 4_500)
    therapy, supplies = (replace(line, diagnosis_pointers=()) for line in claim.lines)
    return replace(
        claim,
        form=ClaimForm.INSTITUTIONAL,
        lines=(
            replace(therapy, procedure_code="97110", revenue_code="0420", units=Decimal(2)),
            replace(supplies, procedure_code="", revenue_code="0270"),
        ),
        institutional=InstitutionalDetail(
            "0131", attending_provider=Provider("1245319599", "EXEMPLAR", "RHEA")
        ),
    )


def an_envelope(control_number: int = 1) -> Envelope:
    """The practice's envelope."""
    return Envelope("ZZ", "TESTCLINIC", "ZZ", "SANDBOXCH", control_number, NOON)


def a_claim_file(*claims: ClaimDocument, control_number: int = 1) -> bytes:
    """An 837 with these claims."""
    batch = ClaimBatchDocument(
        form=claims[0].form,
        submitter=Organization(
            "SAMPLE BILLING COMPANY", contact_name="EDI DESK", contact_phone="5555550101"
        ),
        submitter_id="TESTCLINIC",
        receiver_name="SANDBOX CLEARINGHOUSE",
        receiver_id="SANDBOXCH",
        reference=f"B{control_number:06d}",
        claims=claims,
    )
    is_institutional = claims[0].form is ClaimForm.INSTITUTIONAL
    write_claims = t837i.write_claims if is_institutional else t837p.write_claims
    return write_claims(batch, an_envelope(control_number))
