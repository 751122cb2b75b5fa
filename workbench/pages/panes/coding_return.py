"""What a coder is told of a chart that came back from its claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.values.money import Money
from revcycle.store import claims
from revcycle.store.claim_pictures import find_claim_picture
from workbench.pages.panes.claim_texts import Edit
from workbench.pages.panes.intake import VOID_REASONS
from workbench.pages.panes.pane import OpenedItem


@dataclass(frozen=True, slots=True)
class ReturnedChart:
    """The claim that waits for the new codes of a chart.

    Attributes:
        edits: What our edits last found about the claim.
        file_by: The last day on which its payer takes it.
        void_reasons: Why nothing of the visit might be billed, codes and words.
    """

    address: str
    payer_name: str
    charge_total: Money
    file_by: date
    days_left: int
    edits: Sequence[Edit]
    void_reasons: Mapping[str, str]


def find_returned_chart(session: Session, opened: OpenedItem) -> ReturnedChart | None:
    """Find the claim that waits for this chart; None for a chart that no claim waits for."""
    client_id = opened.act.client_id
    claim_id = claims.find_claim_of_recoding(session, client_id, opened.line.subject_id)
    claim = find_claim_picture(session, client_id, claim_id) if claim_id else None
    if claim is None:
        return None
    return ReturnedChart(
        address=f"/practices/{opened.practice.key}/claims/{claim.id}",
        payer_name=claim.payer_name,
        charge_total=claim.charge_total,
        file_by=claim.file_by,
        days_left=(claim.file_by - opened.act.today).days,
        edits=[
            Edit(row.rule_id, row.severity, row.field, row.message)
            for row in claims.list_findings(session, client_id, [claim.id])
        ],
        void_reasons=VOID_REASONS,
    )
