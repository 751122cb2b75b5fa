"""Every route, asked by nobody, by every role, and for another practice."""

import shutil
from collections.abc import Generator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.values.access import Reach, Right, Role
from revcycle.rules.access.rights import ACCESS_OF_ROLES, Access
from revcycle.store.session import engine_for
from tests.pages.conftest import ADDRESS
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.page_examples import NOON, add_practice, items_in
from tests.people import KEY, join, sign_in
from workbench.pages.access import SESSION_COOKIE, GuardedRoute, guarded_routes, needs, open_to_all
from workbench.pages.app import create_app

NO_ID = "00000000-0000-7000-8000-000000000000"
EXAMPLES = {
    "{queue}": Queue.CODING,
    "{name}": "20261120T170000.000001Z-1.eml",
    "{number}": "1",
    "{session_id}": NO_ID,
    "{glass_id}": NO_ID,
    "{client}": "lakeside",
    "{item_id}": NO_ID,
    "{login}": "ann",
    "{claim_id}": NO_ID,
    "{encounter_id}": NO_ID,
    "{patient_id}": NO_ID,
    "{remittance_id}": NO_ID,
    "{file_id}": NO_ID,
    "{statement_id}": NO_ID,
    "{bank_line_id}": NO_ID,
    "{attachment_id}": NO_ID,
    "{message_id}": NO_ID,
    "{edit_id}": NO_ID,
    "{entry_id}": NO_ID,
    "{payment_id}": NO_ID,
    "{refund_id}": NO_ID,
    "{case_id}": NO_ID,
}
OPEN = {
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/provider"),
    ("GET", "/sign-in/provider/done"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("GET", "/sign-in/password"),
    ("POST", "/sign-in/password"),
    ("GET", "/sign-in/app"),
    ("GET", "/sign-in/app.svg"),
    ("POST", "/sign-in/app"),
    ("POST", "/sign-out"),
    ("GET", "/healthz"),
}
ROUTES = guarded_routes(create_app("sqlite://", key=KEY))
ASKED = [(method, route) for route in ROUTES for method in sorted(route.methods)]
CLOSED = [(method, route) for method, route in ASKED if (method, route.path) not in OPEN]
FORMS = [(method, route) for method, route in ASKED if method == "POST"]


def called(asked: list[tuple[str, GuardedRoute]]) -> list[str]:
    """Name the parameters of tests."""
    return [f"{method} {route.path}" for method, route in asked]


def address_of(route: GuardedRoute) -> str:
    """Fill in a path, with ids of records that are nobody's."""
    path = route.path
    for word, example in EXAMPLES.items():
        path = path.replace(word, example)
    assert "{" not in path, "name an example of this part of the path"
    return path


@pytest.fixture(scope="module")
def door(
    migrated_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[TestClient, str]]:
    """The doors of a house in which nothing changes, and the session of a manager."""
    path = tmp_path_factory.mktemp("door") / "door.sqlite3"
    shutil.copy(migrated_database, path)
    url = f"sqlite:///{path}"
    session = sign_in(url, join(url, "mia.hill", [Role.MANAGER]))
    app = create_app(url, key=KEY, now=lambda: NOON)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as browser:
        yield browser, session
    engine_for(url).dispose()


@pytest.fixture
def outside(door: tuple[TestClient, str]) -> TestClient:
    """Somebody who has not signed in."""
    door[0].cookies.clear()
    return door[0]


@pytest.fixture
def inside(outside: TestClient, door: tuple[TestClient, str]) -> TestClient:
    """A manager who has signed in."""
    outside.cookies.set(SESSION_COOKIE, door[1])
    return outside


@pytest.fixture(params=list(Role))
def role(request: pytest.FixtureRequest) -> Role:
    assert isinstance(request.param, Role)
    return request.param


@pytest.fixture
def practices(database_url: str) -> dict[str, UUID]:
    """Two practices with work in every queue, under names that a page must not show to all."""
    return {
        key: add_practice(
            database_url, key, [one for queue in Queue for one in items_in(queue, 1, detail=key)]
        )
        for key in ("lakeside", "foreign_meadow")
    }


@pytest.fixture
def person(
    stranger: TestClient, database_url: str, role: Role, practices: dict[str, UUID]
) -> TestClient:
    """Somebody of each role, assigned to one of the two practices."""
    sign_in_by_form(stranger, join(database_url, "ann", [role], [practices["lakeside"]]))
    return stranger


@pytest.fixture(scope="module")
def quiet_office(
    migrated_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[TestClient]:
    """Pages that many requests are refused by; none of them changes anything."""
    path = tmp_path_factory.mktemp("office") / "quiet.sqlite3"
    shutil.copy(migrated_database, path)
    url = f"sqlite:///{path}"
    app = create_app(url, key=KEY, now=lambda: NOON)
    app.state.url = url
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def outsider(quiet_office: TestClient) -> TestClient:
    """A browser without any cookie of ours."""
    return TestClient(quiet_office.app, base_url=ADDRESS, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def insider(quiet_office: TestClient) -> TestClient:
    """A manager's browser."""
    mia = join(quiet_office.app.state.url, "mia.hill", [Role.MANAGER])  # type: ignore[attr-defined] # FastAPI's
    sign_in_by_form(quiet_office, mia)
    return quiet_office


def test_only_signing_in_and_health_are_open() -> None:
    assert {
        (method, route.path)
        for route in ROUTES
        if route.gate.right is None
        for method in route.methods
    } == OPEN


def test_a_route_without_a_gate_is_refused() -> None:
    for dependencies in ([], [needs(Right.CODE), open_to_all()]):
        router = APIRouter(dependencies=dependencies)
        router.get("/forgotten")(lambda: "everything")
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.include_router(router)
        with pytest.raises(AssertionError, match="/forgotten"):
            guarded_routes(app)


@pytest.mark.parametrize(("method", "route"), CLOSED, ids=called(CLOSED))
def test_nobody_gets_in_without_signing_in(
    outsider: TestClient, method: str, route: GuardedRoute
) -> None:
    answer = outsider.request(method, address_of(route), follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
    assert answer.text == ""


@pytest.mark.parametrize(("method", "route"), FORMS, ids=called(FORMS))
def test_no_form_is_taken_that_is_not_ours(
    insider: TestClient, method: str, route: GuardedRoute
) -> None:
    for fields in ({}, {"form_token": "0" * 64}):
        answer = insider.request(method, address_of(route), data=fields, follow_redirects=False)
        assert answer.status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert insider.post(address_of(route), headers=elsewhere).status_code == 403
    origin = {"Origin": "https://elsewhere.example"}
    assert insider.post(address_of(route), headers=origin).status_code == 403
    assert insider.get("/account").status_code == 200  # still signed in


def test_every_role_gets_exactly_what_the_table_says(person: TestClient, role: Role) -> None:
    access = ACCESS_OF_ROLES[role]
    token = form_token_of(person.get("/account").text)
    for route in ROUTES:
        if route.gate.right is None:
            continue
        for method in route.methods:
            data = {"form_token": token} if method == "POST" else None
            answer = person.request(method, address_of(route), data=data, follow_redirects=False)
            is_unreadable = method == "POST" and answer.status_code in {400, 422}
            if not is_unreadable:  # a form without its fields is refused before anybody is asked
                is_refused = answer.status_code == 403
                assert is_refused != may_ask(access, route), (method, route.path)
            assert answer.status_code < 500, (method, route.path)


def may_ask(access: Access, route: GuardedRoute) -> bool:
    """Tell what the table says: the right of the gate, and a role that works in the queue."""
    assert route.gate.right is not None
    works_there = Queue.CODING in access.queues or "{queue}" not in route.path
    return access.may(route.gate.right) and works_there


def test_every_queue_is_seen_by_its_roles_only(person: TestClient, role: Role) -> None:
    access = ACCESS_OF_ROLES[role]
    for queue in Queue:
        assert (person.get(f"/queues/{queue}").status_code == 200) == (queue in access.queues)


def test_another_practice_does_not_exist(person: TestClient, role: Role) -> None:
    access = ACCESS_OF_ROLES[role]
    sees_all = access.reach is Reach.ALL
    pages = ["/", *(f"/queues/{queue}" for queue in access.queues)]
    if not access.may(Right.SEE_WORK):
        pages = []
    for page in pages:
        text = person.get(page).text
        assert ("oreign" in text) is sees_all, page
        for key, expected in (("foreign_meadow", 200 if sees_all else 404), ("nowhere", 404)):
            assert person.get(page, params={"client": key}).status_code == expected, page
        if access.reach is Reach.ASSIGNED:
            assert person.get(page, params={"client": "lakeside"}).status_code == 200


def test_another_persons_session_and_emergency_do_not_exist(person: TestClient) -> None:
    token = form_token_of(person.get("/account").text)
    answer = person.post(f"/account/sessions/{NO_ID}/end", data={"form_token": token})
    assert answer.status_code == 404


def test_the_day_begins_with_the_queues_in_the_portal_or_on_the_own_account(
    person: TestClient, role: Role
) -> None:
    begins = person.get("/sign-in", follow_redirects=False).headers["location"]
    sees_work = ACCESS_OF_ROLES[role].may(Right.SEE_WORK)
    looks_in = ACCESS_OF_ROLES[role].may(Right.SEE_REPORTS)
    assert begins == ("/" if sees_work else "/portal" if looks_in else "/account")
    assert person.get(begins).status_code == 200
    menu = person.get("/account").text
    assert ('href="/"' in menu.split("<nav")[1].split("</nav>")[0]) is sees_work
