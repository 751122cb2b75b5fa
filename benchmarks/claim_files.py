"""Seeded 837P files: claims of invented patients, two services each on average."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from models.documents.claim import (
    ClaimBatchDocument,
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    Subscriber,
)
from models.documents.client_config import ClientConfig
from models.documents.encounter import SourceCoverage
from models.documents.party import Person
from models.values.money import Money
from revcycle.client_config import read_client_config
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t837p import write_claims
from revcycle.synthetic.panel import Panel, PanelPatient
from workbench.commands.invented_input import synthetic_practice

SEED = 20261122
PRACTICE = Path(__file__).parents[1] / "client_configs" / "lakeside_family"
WRITTEN_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FIRST_SERVICE_DATE = date(2026, 1, 5)
PROCEDURES = ("99213", "99214", "85025", "71046", "80053", "93000", "36415", "97110")
DIAGNOSES = ("I10", "E119", "J069", "M545", "Z0000", "R079", "K219", "N390")
MODIFIERS = ((), (), (), ("25",), ("59",), ("GP", "59"))
LINES = (1, 1, 2, 2, 3, 3)


@cache
def practice_config() -> ClientConfig:
    """Read the client file of the practice that all benchmarks work for."""
    return read_client_config(PRACTICE)


@cache
def claim_file(claims: int) -> bytes:
    """Write a file of so many professional claims; the same number gives the same bytes."""
    return write_claims(claim_batch(claims), envelope(), verify=False)


def envelope() -> Envelope:
    """Address a file."""
    return Envelope("ZZ", "LAKESIDE01", "ZZ", "SANDBOXCH", 1, WRITTEN_AT)


def claim_batch(claims: int) -> ClaimBatchDocument:
    """Invent a batch of so many professional claims."""
    return ClaimBatchDocument(
        form=ClaimForm.PROFESSIONAL,
        submitter=practice_config().practice.to_document(),
        submitter_id="LAKESIDE01",
        receiver_name="SANDBOX CLEARINGHOUSE",
        receiver_id="SANDBOXCH",
        reference="BENCHMARK1",
        claims=tuple(invented_claims(claims)),
    )


def invented_claims(count: int) -> Iterator[ClaimDocument]:
    """Invent claims; every patient comes once."""
    panel = Panel(synthetic_practice(practice_config()), SEED)
    rng = random.Random(SEED)
    for number in range(1, count + 1):
        yield _claim(f"BENCH{number:07d}", panel.patient(number), rng)


def _claim(control_number: str, patient: PanelPatient, rng: random.Random) -> ClaimDocument:
    config = practice_config()
    coverage = patient.coverages[0]
    service_date = FIRST_SERVICE_DATE + timedelta(days=rng.randrange(300))
    lines = range(1, rng.choice(LINES) + 1)
    return ClaimDocument(
        control_number=control_number,
        form=ClaimForm.PROFESSIONAL,
        billing_provider=config.practice.to_document(),
        patient=patient.person,
        subscriber=_subscriber(patient.person, coverage),
        payer=ClaimPayer(coverage.payer_name, coverage.payer_id, "P"),
        diagnoses=tuple(rng.sample(DIAGNOSES, rng.randint(1, 4))),
        lines=tuple(_line(control_number, number, service_date, rng) for number in lines),
        rendering_provider=rng.choice(config.providers).to_document(),
        prior_authorization=f"AUTH{rng.randrange(10**6):06d}" if rng.random() < 0.1 else "",  # noqa: PLR2004 - one in ten
    )


def _subscriber(patient: Person, coverage: SourceCoverage) -> Subscriber:
    holder = coverage.subscriber
    person = patient if holder is None else Person(holder.last_name, holder.first_name)
    return Subscriber(person, coverage.member_id, coverage.relationship, coverage.group_number)


def _line(
    control_number: str, number: int, service_date: date, rng: random.Random
) -> ClaimDocumentLine:
    return ClaimDocumentLine(
        number=number,
        procedure_code=rng.choice(PROCEDURES),
        service_date=service_date,
        charge=Money(rng.randrange(1_000, 60_000)),
        modifiers=rng.choice(MODIFIERS),
        diagnosis_pointers=(1,),
        line_control_number=f"{control_number}-{number}",
    )
