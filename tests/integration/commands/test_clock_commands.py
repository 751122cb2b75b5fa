"""``revcycle clocks``: last days by numbers, and nobody's name."""

import json

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from models.documents.act import Act
from models.tables import Client
from revcycle.operations.follow_up.keep_clocks import keep_clocks
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.integration.follow_up.follow_up_office import POLICY, TERMS
from tests.integration.submission.office import Office, open_office
from workbench.commands.clocks import clocks_app


@pytest.fixture
def key(database_url: str, act: Act, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of a practice with a claim that left, on a machine whose database is ours."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()
    office: Office = open_office(database_url, act.client_id, act)
    office.submit()
    with transaction(database_url) as session:
        keep_clocks(session, act, policy=POLICY, terms=TERMS)
    with transaction(database_url) as session:
        return session.exec(select(Client.key).where(Client.id == act.client_id)).one()


def listed(*arguments: str) -> str:
    done = CliRunner().invoke(clocks_app, ["list", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_clocks_are_listed_by_their_end_without_a_name(key: str) -> None:
    rows = json.loads(listed(key, "--json"))
    assert [row["kind"] for row in rows] == ["silent", "filing"]
    assert rows[1]["by"] == "2027-01-31"
    assert "Testperson" not in listed(key)


def test_one_kind_and_a_period_narrow_the_list(key: str) -> None:
    assert [row["kind"] for row in json.loads(listed(key, "--kind", "filing", "--json"))] == [
        "filing"
    ]
    assert json.loads(listed(key, "--kind", "appeal", "--json")) == []
    assert "No such clock runs." in listed(key, "--kind", "appeal")


def test_the_list_says_how_many_run(key: str) -> None:
    assert "2 run, " in listed(key, "--within", "3650")
