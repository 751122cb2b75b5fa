"""``revcycle staff``: from the first administrator to somebody who leaves."""

import re
import shutil
from collections.abc import Generator
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.tables import Client
from models.values.access import Role
from revcycle.connectors import clock
from revcycle.settings import settings
from revcycle.store import clients, staff
from revcycle.store.session import transaction
from revcycle.store.staff_assignments import list_assigned_queues
from tests.people import give_password
from workbench.commands.secret_key import sealing_key
from workbench.commands.staff import staff_app

PASSWORD = re.compile(r"One-time password\s+([a-z0-9-]{24})")


@pytest.fixture
def home(
    tmp_path: Path, migrated_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Path]:
    """A home with a database and two practices."""
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path))
    settings.cache_clear()
    shutil.copy(migrated_database, tmp_path / "revcycle.sqlite3")
    with transaction(settings().database) as session:
        for key in ("elm", "oak"):
            session.add(Client(key=key, name=key.title(), time_zone="UTC"))
    yield tmp_path
    settings.cache_clear()


def staff_command(*words: str) -> str:
    result = CliRunner().invoke(staff_app, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def member_id(login: str) -> UUID:
    with transaction(settings().database) as session:
        member = staff.find_staff_member(session, login)
        assert member
        return member.id


def specialties_of(login: str) -> dict[str, list[str]]:
    with transaction(settings().database) as session:
        return {str(kind): keys for kind, keys in staff.list_specialties(session, login).items()}


def queues_at(key: str, login: str) -> frozenset[Queue]:
    person_id = member_id(login)
    with transaction(settings().database) as session:
        from_key = dict(clients.list_client_ids(session))
    with transaction(settings().database, from_key[key]) as session:
        return list_assigned_queues(session, from_key[key], person_id)


@pytest.mark.usefixtures("home")
def test_the_first_administrator_comes_in_with_a_printed_password() -> None:
    said = staff_command("add", "ada.elm", "Ada Elm", "--role", "administrator")
    match = PASSWORD.search(said)
    assert match
    assert give_password(settings().database, "ada.elm", match[1], at=clock.now())
    assert "administrator" in staff_command("list")
    assert match[1] not in staff_command("list")


@pytest.mark.usefixtures("home")
def test_a_person_is_assigned_to_practices_queues_skills_and_a_capacity() -> None:
    staff_command("add", "ann", "Ann", "--role", "coder", "--role", "auditor")
    staff_command(
        *("assign", "ann", "--client", "elm", "--client", "oak", "--queue", "coding"),
        *("--skill", "cardiology", "--capacity", "80"),
    )
    assert queues_at("oak", "ann") == {Queue.CODING}
    staff_command("assign", "ann", "--client", "elm")
    assert queues_at("oak", "ann") == frozenset()
    assert {Queue.CODING, Queue.PROVIDER_QUERY, Queue.CODING_AUDIT} <= queues_at("elm", "ann")
    person_id = member_id("ann")
    with transaction(settings().database) as session:
        assert staff.list_skills(session, person_id) == {"cardiology"}
        assert staff.list_roles(session, person_id) == {Role.CODER, Role.AUDITOR}


@pytest.mark.usefixtures("home")
def test_a_coder_has_specialties_and_certifications_until_they_are_taken_away() -> None:
    staff_command("add", "ann", "Ann", "--role", "coder")
    staff_command("assign", "ann", "--specialty", "cardiology", "--certification", "CPC")
    staff_command("assign", "ann", "--capacity", "40")
    assert specialties_of("ann") == {"specialty": ["cardiology"], "certification": ["CPC"]}
    staff_command("assign", "ann", "--specialty", "none")
    assert specialties_of("ann") == {"specialty": [], "certification": ["CPC"]}


@pytest.mark.usefixtures("home")
def test_whoever_leaves_is_out_and_may_come_back_as_on_the_first_day() -> None:
    staff_command("add", "ann", "Ann", "--role", "coder")
    staff_command("disable", "ann")
    assert "disabled" in staff_command("list")
    match = PASSWORD.search(staff_command("enable", "ann"))
    assert match
    reset = PASSWORD.search(staff_command("reset-mfa", "ann"))
    assert reset
    assert give_password(settings().database, "ann", match[1], at=clock.now()) is None
    assert give_password(settings().database, "ann", reset[1], at=clock.now())


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("disable", "nobody"), id="nobody-of-this-login"),
        pytest.param(("assign", "ann", "--client", "fir"), id="unknown-practice"),
        pytest.param(("assign", "ann", "--client", "elm", "--queue", "denial"), id="other-queue"),
        pytest.param(("add", "ann", "Ann", "--role", "coder"), id="login-taken"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...]) -> None:
    staff_command("add", "ann", "Ann", "--role", "coder")
    with pytest.raises(RejectedError):
        staff_command(*words)


def test_without_a_database_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVCYCLE_HOME", str(tmp_path / "empty"))
    settings.cache_clear()
    with pytest.raises(NotFoundError, match="revcycle db upgrade"):
        staff_command("list")
    settings.cache_clear()


def test_the_key_is_made_once_and_only_its_owner_may_read_it(home: Path) -> None:
    key = sealing_key()
    assert key == sealing_key()
    assert len(key) == 32
    assert (home / "keys" / "sealing").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["nonsense", "00ff"])
def test_a_key_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVCYCLE_SECRET_KEY", text)
    settings.cache_clear()
    with pytest.raises(RejectedError) as refused:
        sealing_key()
    settings.cache_clear()
    assert text not in str(refused.value)
