"""A payment far below its contract is let be by two persons, never by one."""

from pathlib import Path

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.variance import VarianceState
from models.states.work_item import Queue
from models.tables import WorkItem
from models.values.access import Role
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.pages.contract_house import KEY, ContractHouse, keep_contracts, let_in, open_house
from tests.pages.denial_office import act_on, take
from tests.pages.doors import sign_in_by_form
from tests.people import hire

WHY = "the payer reads the amendment otherwise"


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ContractHouse:
    """A practice with a payment 10.00 below its contract, where one person decides up to 5.00."""
    configs = tmp_path / "configs"
    keep_contracts(configs)
    file = configs / KEY / "client.toml"
    file.write_text(file.read_text() + '\n[approvals]\nvariance = "5.00"\n')
    monkeypatch.setenv("REVCYCLE_CLIENT_CONFIGS", str(configs))
    settings.cache_clear()
    return open_house(database_url, configs)


@pytest.fixture
def lee(stranger: TestClient, database_url: str, house: ContractHouse) -> TestClient:
    """A team lead, who asks."""
    let_in(stranger, database_url, house, "lee", Role.TEAM_LEAD)
    take(stranger, house.address)
    act_on(stranger, house.address, "let-be", note=WHY, then="list")
    return stranger


@pytest.fixture
def mia(lee: TestClient, database_url: str, house: ContractHouse) -> TestClient:
    """A manager, who decides."""
    client = TestClient(lee.app, base_url=str(lee.base_url))
    practice = [house.contracts.act.client_id]
    sign_in_by_form(client, hire(database_url, "mia", Role.MANAGER, practice, Queue.APPROVAL))
    return client


def question(house: ContractHouse) -> str:
    """Name the page on which a second person decides."""
    office = house.contracts.office
    with transaction(office.database_url, office.act.client_id) as session:
        item = session.exec(
            select(WorkItem).where(WorkItem.queue == Queue.APPROVAL, WorkItem.state == "open")
        ).one()
    return f"/queues/approval/{KEY}/{item.id}"


def state(house: ContractHouse) -> VarianceState:
    (variance,) = house.contracts.variances()
    return VarianceState(variance.state)


def test_who_asks_does_not_decide(lee: TestClient, house: ContractHouse) -> None:
    assert state(house) is VarianceState.OPEN
    page = lee.get(question(house)).text
    assert "You asked for it, so somebody else decides." in page
    assert house.contracts.items() == []


def test_a_second_person_lets_it_be(mia: TestClient, house: ContractHouse) -> None:
    page = mia.get(question(house)).text
    assert "$10.00" in page
    assert WHY in page
    act_on(mia, question(house), "approve-letting-be")
    assert state(house) is VarianceState.WRITTEN_OFF


def test_refused_it_comes_back_to_be_worked(mia: TestClient, house: ContractHouse) -> None:
    act_on(mia, question(house), "refuse-letting-be")
    assert state(house) is VarianceState.OPEN
    (item,) = house.contracts.items()
    assert item.detail == "A second person refused to let it be: ask the payer"
