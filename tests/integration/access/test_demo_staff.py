"""The invented people of a demonstration can sign in, and are entered once."""

import io
import shutil
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from models.errors import NotFoundError
from models.tables import Client
from models.values.access import Role
from revcycle.connectors import clock
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.pages.doors import send_form
from workbench.commands.demo_staff import (
    FILE_NAME,
    DemoSignIn,
    enter_demo_staff,
    print_demo_staff,
    read_demo_staff,
)
from workbench.commands.practices import read_clients
from workbench.commands.secret_key import sealing_key
from workbench.pages.app import create_app


@pytest.fixture
def home(
    tmp_path: Path, migrated_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Path]:
    """A home whose database knows the practices of the client files."""
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path))
    settings.cache_clear()
    shutil.copy(migrated_database, tmp_path / "revcycle.sqlite3")
    with transaction(settings().database) as session:
        for config in read_clients():
            session.add(Client(key=config.key, name=config.practice.name, time_zone="UTC"))
    yield tmp_path
    settings.cache_clear()


def sign_in(person: DemoSignIn) -> TestClient:
    """Sign in as a newcomer does with what the demo printed, a step of the app later."""
    later = clock.now() + timedelta(seconds=30)
    app = create_app(settings().database, key=sealing_key(), now=lambda: later)
    browser = TestClient(app, base_url="http://127.0.0.1")
    send_form(browser, "/sign-in", "/sign-in", login=person.login, password=person.password)
    answer = send_form(browser, "/sign-in/code", "/sign-in/code", code=person.code(later))
    assert answer.status_code == 303, answer.text
    return browser


def test_one_of_each_role_signs_in_with_what_was_printed(home: Path) -> None:
    people = enter_demo_staff(read_clients())
    assert {one.role for one in people} == set(Role)
    assert len({one.login for one in people}) == len(people)
    assert (home / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert sign_in(people[0]).get("/").status_code == 200
    said = io.StringIO()
    print_demo_staff(people, Console(file=said, width=120))
    assert all(one.secret in said.getvalue() for one in people)
    assert people[0].password in said.getvalue()


def test_a_second_run_enters_nobody_and_prints_the_same(home: Path) -> None:
    configs = read_clients()
    first = enter_demo_staff(configs)
    assert enter_demo_staff(configs) == first == read_demo_staff()
    assert home.exists()


def test_a_run_that_was_interrupted_starts_anew(home: Path) -> None:
    configs = read_clients()
    earlier = enter_demo_staff(configs)
    (home / FILE_NAME).unlink()
    again = enter_demo_staff(configs)
    assert [one.login for one in again] == [one.login for one in earlier]
    assert {one.secret for one in again} & {one.secret for one in earlier} == set()
    assert sign_in(again[2]).get("/queues/coding").status_code == 200


def test_without_a_demonstration_nobody_is_told_a_code(home: Path) -> None:
    assert home.exists()
    with pytest.raises(NotFoundError, match="no demonstration"):
        read_demo_staff()
