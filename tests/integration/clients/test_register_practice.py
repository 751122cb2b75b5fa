"""Client files become rows, once, and never take rows away."""

from pathlib import Path

import pytest

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.errors import NotFoundError
from models.tables import Provider
from revcycle.client_config import read_client_config
from revcycle.operations.clients.register_client import register_client
from revcycle.operations.clients.register_partners import PartnerCount, register_partners
from revcycle.store.clients import find_connections, find_payers, get_client_id, list_client_ids
from revcycle.store.encounters import find_providers
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY

EXAMPLE = Path(__file__).resolve().parents[3] / "client_configs" / "_example"


@pytest.fixture
def config() -> ClientConfig:
    return read_client_config(EXAMPLE)


def register(url: str, config: ClientConfig) -> PartnerCount:
    with transaction(url) as session:
        client_id = register_client(session, config)
    with transaction(url, client_id) as session:
        act = Act(client_id, "tester", NOON, TODAY)
        return register_partners(session, act, config)


def test_registering_again_updates_and_adds_no_row(database_url: str, config: ClientConfig) -> None:
    counts = register(database_url, config)
    renamed = config.payers[0].model_copy(update={"name": "INVENTED RENAMED"})
    register(database_url, config.model_copy(update={"payers": (renamed, *config.payers[1:])}))
    with transaction(database_url) as session:
        client_id = get_client_id(session, config.key)
        payers = find_payers(session, client_id)
        connections = find_connections(session, client_id)
        npis = [section.npi for section in config.providers]
        providers = find_providers(session, client_id, npis)
    assert counts == PartnerCount(len(connections), len(payers), len(providers))
    assert payers[config.payers[0].key].name == "INVENTED RENAMED"
    assert all(payer.connection_id for payer in payers.values())
    assert all(isinstance(provider, Provider) for provider in providers.values())


def test_what_left_the_client_file_keeps_its_row(database_url: str, config: ClientConfig) -> None:
    register(database_url, config)
    register(database_url, config.model_copy(update={"payers": config.payers[:1]}))
    with transaction(database_url) as session:
        client_id = get_client_id(session, config.key)
        assert len(find_payers(session, client_id)) == len(config.payers)
        assert list_client_ids(session) == [(config.key, client_id)]


def test_a_practice_that_was_never_registered_is_not_found(database_url: str) -> None:
    with pytest.raises(NotFoundError), transaction(database_url) as session:
        get_client_id(session, "nobody")
