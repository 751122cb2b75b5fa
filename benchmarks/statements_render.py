"""statements.render: one statement becomes a tagged PDF."""

import random
from datetime import date, timedelta

from benchmarks.claim_files import SEED, practice_config
from benchmarks.cpu_time import cpu_seconds
from benchmarks.measurement import Measurement
from benchmarks.practice_database import TODAY
from benchmarks.sizes import Sizes
from models.documents.statement import StatementDocument, StatementLine
from models.values.money import Money
from revcycle.formats.pdf.statement import render_statement
from revcycle.synthetic.panel import Panel
from workbench.commands.invented_input import synthetic_practice

LINES_MAX = 12


def measure_statements(sizes: Sizes) -> Measurement:
    """Measure the layout of statements of one to twelve visits; fonts are loaded before."""
    first, *documents = _statements(sizes.statements + 1)
    render_statement(first)
    seconds = cpu_seconds(lambda: [render_statement(document) for document in documents])
    return Measurement(
        name="statements.render",
        value=1_000 * seconds / len(documents),
        unit="ms",
        note=f"{len(documents)} statements of 1 to {LINES_MAX} lines; CPU time of all threads",
    )


def _statements(count: int) -> list[StatementDocument]:
    panel = Panel(synthetic_practice(practice_config()), SEED)
    rng = random.Random(SEED)
    practice = practice_config().practice.to_document()
    return [
        StatementDocument(
            number=f"2611-{number:08d}",
            practice=practice,
            guarantor=panel.patient(number).person,
            account_number=f"P{number}",
            statement_date=TODAY,
            due_date=date(2026, 12, 20),
            period="2026-11",
            lines=tuple(_line(rng) for _ in range(rng.randint(1, LINES_MAX))),
            message="Call us if you need more time.",
        )
        for number in range(count)
    ]


def _line(rng: random.Random) -> StatementLine:
    charge = Money(rng.randrange(5_000, 60_000))
    insurance_paid, adjusted, patient_paid, balance = charge.allocate((5, 3, 1, 1))
    return StatementLine(
        service_date=TODAY - timedelta(days=rng.randrange(200)),
        patient_name="Alma Quillfeather",
        description="Visit with Odette Quillfeather",
        charge=charge,
        insurance_paid=insurance_paid,
        adjusted=adjusted,
        patient_paid=patient_paid,
        balance=balance,
    )
