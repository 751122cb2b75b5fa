"""A practice with pages, contract files of its own, and a claim that was paid too little."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.values.access import Role
from revcycle.client_config.contracts import read_contracts
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.rules.access.rights import ACCESS_OF_ROLES
from tests.integration.contracts.contract_office import PRACTICE, ContractOffice
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import YESTERDAY, add_practice
from tests.people import hire

KEY = "lakeside_family"
PAYERS = ("payer_1", "commonweal", "federal_seniors", "empire_care")
HEADER = (
    "payer,plan,provider_npi,taxonomy,place_of_service,valid_from,valid_to,codes,modifier,method,"
    "rate,mpfs_year,mpfs_locality,multiple,bilateral,lesser_of_charge,tolerance,"
    "tolerance_percent,note\n"
)
FEE_99213 = "payer_1,,,,,2026-01-01,,99213,,fee,{},,,,,,,,amendment\n"
TERMS = (
    HEADER
    + FEE_99213.format("90.00")
    + ("payer_1,,,,,2025-01-01,2025-12-31,99213,,fee,80.00,,,,,,,,last year\n")
)


def keep_contracts(folder: Path, text: str = TERMS) -> None:
    """Put a practice's client file and contracts into a folder; its first payer is ours."""
    place = folder / KEY
    shutil.copytree(Path("client_configs") / KEY, place)
    file = place / "client.toml"
    file.write_text(file.read_text().replace('"blue_heron"', '"payer_1"'))
    (place / "contracts.csv").write_text(text)


@dataclass(frozen=True, slots=True)
class ContractHouse:
    """A practice, its contracts, and the one item of its variance."""

    contracts: ContractOffice
    claim_id: UUID

    @property
    def address(self) -> str:
        """Where the open item of the variance is."""
        (item,) = self.contracts.items()
        return f"/queues/variance/{KEY}/{item.id}"


def open_house(database_url: str, configs: Path) -> ContractHouse:
    """Bill a claim of two lines, pay the first as in the year before, and compare."""
    client_id = add_practice(database_url, KEY)
    act = Act(client_id, "tester", YESTERDAY, YESTERDAY.date())
    office = BillingOffice(database_url, act)
    book = read_contracts(configs / KEY, PAYERS)
    contracts = ContractOffice(office, ContractPolicy(book, PRACTICE))
    claim = office.bill(15_000, 3_000)
    contracts.price_all()
    short = (8_000, [("CO", "45", 7_000)])
    office.post(a_remittance(a_decision(claim, short, (1_000, [("CO", "45", 2_000)]))))
    contracts.compare_all()
    return ContractHouse(contracts, claim.claim_id)


def let_in(visitor: TestClient, url: str, house: ContractHouse, login: str, role: Role) -> None:
    """Sign somebody in who works at the practice, on variances where the role does."""
    practice = [house.contracts.act.client_id]
    queues = {Queue.VARIANCE} & ACCESS_OF_ROLES[role].queues
    sign_in_by_form(visitor, hire(url, login, role, practice, *queues))
