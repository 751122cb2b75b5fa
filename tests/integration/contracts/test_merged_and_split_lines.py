"""What a payer merged or split is held against the contract as a sum, from files as they came."""

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.tables import VarianceLine
from revcycle.store.session import transaction
from tests.golden.posting.posting_scenarios import SCENARIOS, Desk
from tests.golden.posting.test_golden_postings import FOLDER, receive
from tests.integration.contracts.contract_office import ContractOffice
from tests.integration.posting.billing_office import BillingOffice

IN_PARTS = (
    "fee 90.00 = 90.00; allowed 20.00 + 40.00 = 60.00: that is 66.7 % of what the contract says"
)
AS_ONE = (
    "99213 and 85025 should bring 90.00 + 20.00 = 110.00 together; "
    "the payer judged them as one 80050 and allowed 100.01"
)
Line = tuple[bool, str, str, str]  # of one of our lines, expected, allowed, the arithmetic


@pytest.mark.parametrize(
    ("file", "lines"),
    [
        pytest.param(
            "one_service_in_two_lines",
            [
                (
                    True,
                    "90.00",
                    "60.00",
                    IN_PARTS,
                ),
                (
                    True,
                    "20.00",
                    "40.00",
                    "fee 20.00 = 20.00; allowed 40.00: that is 200.0 % of what the contract says",
                ),
            ],
            id="a service that came back in two parts",
        ),
        pytest.param(
            "two_services_in_one_line",
            [
                (
                    False,
                    "110.00",
                    "100.01",
                    AS_ONE,
                )
            ],
            id="two services that came back as one",
        ),
        pytest.param(
            "two_services_in_one_line_beside_a_third",
            [
                (
                    False,
                    "110.00",
                    "100.01",
                    AS_ONE,
                )
            ],
            id="two that came back as one, beside a third as agreed",
        ),
    ],
)
def test_a_file_leaves_the_sums_that_differ(
    file: str, lines: list[Line], database_url: str, act: Act
) -> None:
    office = BillingOffice(database_url, act)
    SCENARIOS[file](Desk(office))
    contract = ContractOffice(office)
    contract.price_all()
    receive(office, FOLDER / f"{file}.1.835")
    assert contract.compare_all().opened == 1
    assert contract.compare_all().opened == 0
    with transaction(database_url) as session:
        rows = session.exec(select(VarianceLine).order_by("ordinal")).all()
    assert [
        (row.claim_line_id is not None, str(row.expected), str(row.allowed), row.arithmetic)
        for row in rows
    ] == lines
