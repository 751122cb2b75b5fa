"""Records of another practice do not exist: every route, every role, with ids that are real."""

import shutil
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.values.access import Reach, Role
from revcycle.rules.access.rights import ACCESS_OF_ROLES, Access
from revcycle.rules.access.secret_texts import form_token
from revcycle.store import work_leases
from revcycle.store.session import engine_for, transaction
from tests.pages.conftest import ADDRESS
from tests.pages.full_practice import FullPractice, add_full_practice
from tests.pages.page_examples import NOON
from tests.pages.test_all_routes import EXAMPLES, ROUTES
from tests.people import KEY, join, sign_in
from workbench.pages.access import SESSION_COOKIE, GuardedRoute
from workbench.pages.app import create_app

OWN, FOREIGN = "lakeside_family", "summit_cardiology"
OWN_WORDS, FOREIGN_WORDS = "Wintergreen", "Foxglove"
# Nothing of a practice is in these: they name a person, a session, a mail or a visit of one's own.
OF_NO_PRACTICE: Final = ("{login}", "{session_id}", "{glass_id}", "{name}")
# Nobody has made a packet yet; whose encounters are meant says the question after the address.
NOT_THERE: Final = ("/packet.pdf", "/anomalies/encounters")
OF_RECORDS: Final = ("{client}", "_id}")
SCHEMA: Final[Mapping[str, Any]] = create_app("sqlite://", key=KEY).openapi()


@dataclass(frozen=True)
class Town:
    """Two practices with records of every kind, and somebody of each role who works for one."""

    url: str
    own: FullPractice
    foreign: FullPractice
    browser: TestClient
    tokens: dict[Role, str]


@dataclass(frozen=True)
class Asked:
    """A route, asked with the ids of one practice in the path of another."""

    route: GuardedRoute
    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def town(migrated_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Town]:
    path = tmp_path_factory.mktemp("town") / "town.sqlite3"
    shutil.copy(migrated_database, path)
    url = f"sqlite:///{path}"
    foreign = add_full_practice(url, FOREIGN, FOREIGN_WORDS)
    own = add_full_practice(url, OWN, OWN_WORDS)
    tokens = {role: sign_in(url, join(url, role.value, [role], [own.id])) for role in Role}
    _hold_all(url, own, Role.TEAM_LEAD)
    app = create_app(url, key=KEY, now=lambda: NOON)
    with TestClient(
        app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False
    ) as browser:
        yield Town(url, own, foreign, browser, tokens)
    engine_for(url).dispose()


def _hold_all(url: str, practice: FullPractice, holder: str) -> None:
    with transaction(url, practice.id) as session:
        for item_id in practice.items.values():
            work_leases.lease_work_item(session, practice.id, item_id, holder=holder, at=NOON)


ROUTES_OF_RECORDS = [
    route
    for route in ROUTES
    if any(word in route.path for word in OF_RECORDS)
    and not any(word in route.path for word in OF_NO_PRACTICE)
]
LISTS = [route for route in ROUTES if "GET" in route.methods and "{" not in route.path]


OF_SOME = [role for role in Role if ACCESS_OF_ROLES[role].reach is not Reach.ALL]


@pytest.mark.parametrize("role", list(Role))
def test_ids_of_one_practice_in_the_path_of_another_lead_nowhere(town: Town, role: Role) -> None:
    access = ACCESS_OF_ROLES[role]
    for asked in crossed(town, access):
        answer = ask(town, role, asked)
        may = asked.route.gate.right in access.rights
        expected = {403, 404} if may else {403}  # some roles do not work in the queue of a route
        if asked.path.endswith("/keep"):
            expected.add(409)  # what it says of any item that is not in one's hands
        assert answer.status_code in expected, (asked.method, asked.path)
        assert FOREIGN_WORDS not in answer.text, (asked.method, asked.path)


@pytest.mark.parametrize("role", OF_SOME)
def test_a_foreign_practice_has_no_records_at_all(town: Town, role: Role) -> None:
    for asked in asked_with(ACCESS_OF_ROLES[role], town.foreign, town.foreign):
        answer = ask(town, role, asked)
        assert answer.status_code in {403, 404}, (asked.method, asked.path)
        assert FOREIGN_WORDS not in answer.text, (asked.method, asked.path)


@pytest.mark.parametrize("role", OF_SOME)
def test_no_list_shows_anything_of_a_foreign_practice(town: Town, role: Role) -> None:
    for route in LISTS:
        for params in ({}, {"client": FOREIGN}, {"patient": str(town.foreign.ids["patient_id"])}):
            answer = ask(town, role, Asked(route, "GET", route.path, params))
            assert FOREIGN_WORDS not in answer.text, (route.path, params)
            # An emergency is when somebody opens a practice by its name that is not theirs.
            if route.path != "/emergency":
                assert "Summit" not in answer.text, (route.path, params)


def test_what_a_form_names_of_a_foreign_practice_is_not_found(town: Town) -> None:
    for asked in asked_with(ACCESS_OF_ROLES[Role.TEAM_LEAD], town.own, town.own, town.foreign):
        answer = ask(town, Role.TEAM_LEAD, asked)
        assert answer.status_code < 500, (asked.method, asked.path)
        assert FOREIGN_WORDS not in answer.text, (asked.method, asked.path)


def test_ones_own_records_are_there(town: Town) -> None:
    """The routes that refuse above answer where nothing is crossed: the ids are real."""
    access = ACCESS_OF_ROLES[Role.TEAM_LEAD]
    found = {
        asked.path: ask(town, Role.TEAM_LEAD, asked).status_code
        for asked in asked_with(access, town.own, town.own)
        if asked.method == "GET" and asked.route.gate.right in access.rights
    }
    of_money = ("/unapplied/", "/posting/")
    found = {path: code for path, code in found.items() if not path.endswith(NOT_THERE)}
    assert {
        path: code
        for path, code in found.items()
        if code != 200 and (not path.endswith("/match") or any(one in path for one in of_money))
    } == {}


def crossed(town: Town, access: Access) -> Iterator[Asked]:
    """Put the ids of each practice into the path of the other."""
    yield from asked_with(access, town.own, town.foreign)
    if access.reach is Reach.ALL:  # to others the whole practice does not exist
        own = asked_with(access, town.foreign, town.own)
        yield from (asked for asked in own if "{client}" in asked.route.path)


def asked_with(
    access: Access, path: FullPractice, ids: FullPractice, named: FullPractice | None = None
) -> Iterator[Asked]:
    """Ask every route about records, under the key of one practice with the ids of another.

    Args:
        access: Decides which queues are asked for.
        path: Whose key stands in the address.
        ids: Whose records stand in it.
        named: Whose records the query and the form name; None: those of the address.
    """
    for route in ROUTES_OF_RECORDS:
        if "_id}" not in route.path and path is not ids:
            continue  # nothing but the practice is named
        for method in sorted(route.methods):
            for queue in _queues(access, route):
                address = _address(route, path, ids, queue)
                params, data = _filled(route, method, named or ids)
                yield Asked(route, method, address, params, data)


def _queues(access: Access, route: GuardedRoute) -> list[Queue]:
    """Choose queues: all of a role to look at, one where something is done."""
    if "{queue}" not in route.path:
        return [next((one for one in Queue if one in route.path.split("/")), Queue.PROVIDER_QUERY)]
    own = sorted(access.queues) or [Queue.CODING]
    return own if "GET" in route.methods else own[:1]


def _address(route: GuardedRoute, path: FullPractice, ids: FullPractice, queue: Queue) -> str:
    file_id = ids.files["out" if "/files/out/" in route.path else "in"]
    words = {word.strip("{}"): example for word, example in EXAMPLES.items()}
    words |= {word: str(one) for word, one in ids.ids.items()}
    words |= {"client": path.key, "queue": queue, "file_id": str(file_id)}
    words["item_id"] = str(ids.items[queue])
    return route.path.format_map(words)


def _filled(
    route: GuardedRoute, method: str, ids: FullPractice
) -> tuple[dict[str, str], dict[str, Any]]:
    """Fill in the query and the form as the application describes them."""
    said = SCHEMA["paths"][route.path][method.lower()]
    params = {
        one["name"]: str(ids.ids[one["name"]])
        for one in said.get("parameters", ())
        if one["in"] == "query" and one["name"] in ids.ids
    }
    content = said.get("requestBody", {}).get("content", {})
    shapes = [_resolved(one["schema"]) for one in content.values()]
    data = {
        name: str(ids.ids[name]) if name in ids.ids else _example(_resolved(shape))
        for one in shapes
        for name, shape in one.get("properties", {}).items()
        if name in one.get("required", ()) or name in ids.ids
    }
    return params, data


def _resolved(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    name = shape.get("$ref", "").rpartition("/")[2]
    return SCHEMA["components"]["schemas"][name] if name else shape


def _example(shape: Mapping[str, Any]) -> Any:
    """Fill in a field so that its form can be read."""
    if "anyOf" in shape:
        return _example(_resolved(shape["anyOf"][0]))
    if "enum" in shape:
        return shape["enum"][0]
    if shape.get("type") == "array":
        return [_example(_resolved(shape["items"]))]
    forms = {"uuid": EXAMPLES["{item_id}"], "date": "2026-11-25", "date-time": NOON.isoformat()}
    if shape.get("format") in forms:
        return forms[shape["format"]]
    if shape.get("type") == "boolean":
        return "true"
    return "1" * shape.get("minLength", 1)


def ask(town: Town, role: Role, asked: Asked) -> Response:
    """Ask as somebody of a role, with a form of ours."""
    town.browser.cookies.clear()
    town.browser.cookies.set(SESSION_COOKIE, town.tokens[role])
    data = {**asked.data, "form_token": form_token(town.tokens[role])}
    return town.browser.request(
        asked.method,
        asked.path,
        params=asked.params or None,
        data=data if asked.method == "POST" else None,
    )
