"""The PDF of what a payer decided on one claim, for a packet."""

from datetime import date
from typing import Final

from models.documents.packet import RemittanceLinePage, RemittancePage
from models.values.display import to_dollars, to_long_date
from revcycle.formats.pdf.statement import address_lines
from revcycle.formats.pdf.typesetting import typeset

TEMPLATE: Final = "letters/remittance_page.typ"
NOT_SAID: Final = "not said"


def render_remittance_page(page: RemittancePage, *, on: date) -> bytes:
    """Lay out a decision as a tagged PDF, US letter: who paid what, and why not the rest."""
    return typeset(TEMPLATE, remittance_facts(page), on=on)


def remittance_facts(page: RemittancePage) -> dict[str, object]:
    """Write every fact of the decision the way it is printed."""
    rows = (
        ("Payer", page.payer_name),
        ("Payment", f"{page.trace_number}, {to_long_date(page.paid_on)}"),
        ("Patient", page.patient_name),
        ("Our claim", page.claim_number),
        ("Payer's claim", page.payer_claim_number),
        ("Decision", page.status),
        ("Charged", to_dollars(page.charge)),
        ("Paid", to_dollars(page.paid)),
    )
    return {
        "practice": page.practice.name,
        "address": ", ".join(address_lines(page.practice.address)),
        "payer": page.payer_name,
        "rows": [{"label": label, "value": value} for label, value in rows if value],
        "lines": [_line(line) for line in page.lines],
    }


def _line(line: RemittanceLinePage) -> dict[str, object]:
    adjustments = [f"{words}: {to_dollars(amount)}" for words, amount in line.adjustments]
    return {
        "service": line.service,
        "charge": to_dollars(line.charge),
        "allowed": NOT_SAID if line.allowed is None else to_dollars(line.allowed),
        "paid": to_dollars(line.paid),
        "why": [*adjustments, *line.remarks],
    }
