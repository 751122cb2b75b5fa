"""In which queue a claim of a remittance waits for a person."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.documents.remittance import RemittanceClaim
from models.tables import WorkItem
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)


def places(office: BillingOffice) -> dict[str, str]:
    """Map the reasons of open work to the queues where it waits."""
    with transaction(office.database_url, office.act.client_id) as session:
        statement = select(WorkItem).where(
            WorkItem.client_id == office.act.client_id, WorkItem.state == "open"
        )
        return {row.reason: str(row.queue) for row in session.exec(statement)}


def unknown(decision: RemittanceClaim) -> RemittanceClaim:
    """Give a decision numbers that nobody knows."""
    return replace(decision, claim_control_number="NOBODYS", payer_claim_control_number="X")


def test_money_that_nobody_owns_waits_as_unapplied(office: BillingOffice) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(unknown(a_decision(claim, (10_000, [])))))
    assert places(office) == {"posting.unmatched": "unapplied"}


def test_a_denial_of_nobody_keeps_no_money_and_is_an_exception(office: BillingOffice) -> None:
    claim = office.bill(10_000)
    office.post(a_remittance(unknown(a_decision(claim, (0, [("CO", "29", 10_000)])))))
    assert places(office) == {"posting.unmatched": "posting"}


def test_money_taken_back_by_an_unknown_reversal_waits_as_unapplied(office: BillingOffice) -> None:
    claim = office.bill(10_000)
    reversal = unknown(reversed_decision(a_decision(claim, (10_000, []))))
    office.post(a_remittance(reversal, plb=[("WO", "FCN", -10_000)]))
    assert places(office)["posting.unknown_original"] == "unapplied"


@pytest.mark.parametrize(("paid", "queue"), [(5_000, "unapplied"), (0, "posting")])
def test_a_line_that_is_not_ours_waits_where_its_money_is(
    office: BillingOffice, paid: int, queue: str
) -> None:
    claim = office.bill(10_000, 5_000)
    said = [] if paid else [("CO", "29", 5_000)]
    decision = a_decision(claim, (10_000, []), (paid, said))
    foreign = replace(decision.lines[1], procedure_code="0001U", line_control_number="9")
    office.post(a_remittance(replace(decision, lines=(decision.lines[0], foreign))))
    assert places(office)["posting.unmatched_line"] == queue
