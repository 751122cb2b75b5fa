"""Whatever is asked, and whatever a form holds, no page fails: only "no" is said, and in words."""

import re
import shutil
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.python import asgi
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.values.access import Right, Role
from revcycle.rules.access.rights import ACCESS_OF_ROLES
from revcycle.rules.access.secret_texts import form_token
from revcycle.store import work_leases
from revcycle.store.session import engine_for, transaction
from tests.pages.conftest import ADDRESS
from tests.pages.full_practice import FullPractice, add_full_practice
from tests.pages.page_examples import NOON, a_mail, add_practice, items_in
from tests.people import KEY, hire, join, sign_in
from workbench.pages.access import SESSION_COOKIE, guarded_routes
from workbench.pages.app import create_app

# Who asks for a page is the first of these who may: the two who see most go first.
ASKING: Final = (
    Role.TEAM_LEAD,
    Role.OFFICE_MANAGER,
    Role.MANAGER,
    Role.COMPLIANCE,
    Role.ADMINISTRATOR,
)
HIDDEN: Final = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
VIEWS: Final = "/queues/coding/views"
MAIL: Final = "20261120T170000.000001Z-1.eml"
# Work on claims and on money has one address for several queues; here is one that has both.
QUEUE_OF_ACTS: Final = {
    **dict.fromkeys(("match", "unmatch", "find", "use-credit", "read-file-again"), Queue.UNAPPLIED),
    **dict.fromkeys(("release", "redirect", "self-pay", "claim-to-patient"), Queue.SCRUB),
}


@dataclass
class House:
    """The application, a practice with work of every kind in somebody's hands, and sessions."""

    url: str
    path: Path
    kept: Path
    practice: FullPractice
    tokens: dict[Role, str]
    client: asgi.ASGIClient

    def restore(self) -> None:
        """Let everything be as it was in the morning."""
        engine_for(self.url).dispose()
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)

    @contextmanager
    def sitting(self, role: Role) -> Iterator[asgi.ASGIClient]:
        """Let a browser be that of somebody of a role."""
        self.client.cookies.clear()
        self.client.cookies.set(SESSION_COOKIE, self.tokens[role])
        yield self.client
        self.client.cookies.clear()


def make_schema() -> tuple[Any, dict[str, Right | None]]:
    """Describe every route of the application, as it describes itself."""
    app = create_app("sqlite://", key=KEY)
    rights = {route.path: route.gate.right for route in guarded_routes(app)}
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.config.generation.update(modes=[GenerationMode.POSITIVE])
    schema.config.phases.coverage.enabled = False
    schema.config.phases.examples.enabled = False
    return schema, rights


schema, RIGHTS = make_schema()


@pytest.fixture(scope="module")
def made_house(
    migrated_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[House]:
    """A practice where everything waits, made once."""
    folder = tmp_path_factory.mktemp("house")
    path, mails = folder / "house.sqlite3", folder / "mails"
    mails.mkdir()
    (mails / MAIL).write_bytes(bytes(a_mail()))
    shutil.copy(migrated_database, path)
    url = f"sqlite:///{path}"
    practice = add_full_practice(url, "lakeside_family", "Wrenfield")
    tokens = {role: _sign_in(url, role, practice) for role in ASKING}
    _take_all(url, practice)
    engine_for(url).dispose()
    kept = folder / "kept.sqlite3"
    shutil.copy(path, kept)
    app = create_app(url, key=KEY, hosts=[asgi.HOST], mail_folder=mails, now=lambda: NOON)
    with asgi.get_client(app) as client:  # type: ignore[arg-type] # ASGI, in two spellings
        yield House(url, path, kept, practice, tokens, client)
    engine_for(url).dispose()


def _sign_in(url: str, role: Role, practice: FullPractice) -> str:
    if role is Role.ADMINISTRATOR or not ACCESS_OF_ROLES[role].queues:
        return sign_in(url, join(url, role.value, [role], [practice.id]))
    return sign_in(url, hire(url, role.value, role, [practice.id], *ACCESS_OF_ROLES[role].queues))


def _take_all(url: str, practice: FullPractice) -> None:
    """Give the team lead an item of every queue in hand: forms do something only then."""
    with transaction(url, practice.id) as session:
        for item_id in practice.items.values():
            work_leases.lease_work_item(
                session, practice.id, item_id, holder=Role.TEAM_LEAD, at=NOON
            )


@pytest.fixture
def house(made_house: House) -> House:
    """The same practice, untouched."""
    made_house.restore()
    return made_house


@schema.parametrize()  # type: ignore[untyped-decorator] # schemathesis does not say
@settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
def test_no_request_makes_a_page_fail(case: Case[Any], house: House) -> None:
    role = who_may(RIGHTS[case.path])
    with house.sitting(role) as client:
        name_real_records(case, house.practice)
        if case.method == "POST":
            fill_in(case, client, form_token(house.tokens[role]))
        answer = case.call(session=client, allow_redirects=False)
    case.validate_response(answer, checks=[not_a_server_error])


def who_may(right: Right | None) -> Role:
    """Choose who asks; a page for nobody in particular is asked for by the first."""
    return next(role for role in ASKING if right is None or ACCESS_OF_ROLES[role].may(right))


def name_real_records(case: Case[Any], practice: FullPractice) -> None:
    """Name records that are there, but for every fourth example: those ask for nobody's."""
    path = case.path_parameters
    queue = _queue_of(case)
    words = {
        **practice.ids,
        "client": practice.key,
        "file_id": practice.files["out" if "/files/out/" in case.path else "in"],
        "item_id": practice.items[queue],
        "name": MAIL,
        "number": 1,
        "login": Role.TEAM_LEAD,
    }
    if "queue" in path and "item_id" in path:
        path["queue"] = queue
    for fields in (path, case.query, case.body):
        if isinstance(fields, dict):
            for word in words.keys() & fields.keys():
                if zlib.crc32(str(fields[word]).encode(errors="replace")) % 4 or word == "client":
                    fields[word] = str(words[word])


def _queue_of(case: Case[Any]) -> Queue:
    """Find the queue that an address is about."""
    parts = case.path.split("/")
    if parts[1] == "portal":
        return Queue.PROVIDER_QUERY
    named = next((one for one in Queue if one in parts), None)
    given = case.path_parameters.get("queue")
    return named or QUEUE_OF_ACTS.get(parts[-1]) or Queue(str(given or Queue.CODING))


def fill_in(case: Case[Any], client: asgi.ASGIClient, token: str) -> None:
    """Fill in a form as its page gives it: with our token and what the page hides in it."""
    if not isinstance(case.body, dict):
        case.body = {}
        case.media_type = case.media_type or "application/x-www-form-urlencoded"
    page = client.get(case.formatted_path.rsplit("/", 1)[0], allow_redirects=False).text
    form = page.partition(f'action="{case.formatted_path}"')[2].partition("</form>")[0]
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    case.body = {**case.body, **hidden, "form_token": token}


@pytest.mark.postgres
def test_an_address_or_a_form_with_a_nul_is_refused_and_fails_nowhere(postgres_url: str) -> None:
    """PostgreSQL stores no NUL and fails where it is asked for one; SQLite takes it."""
    practice_id = add_practice(postgres_url, "lakeside", items_in(Queue.CODING, 1))
    colleague = hire(postgres_url, "lea", Role.TEAM_LEAD, [practice_id], Queue.CODING)
    lead = sign_in(postgres_url, colleague)
    app = create_app(postgres_url, key=KEY, now=lambda: NOON)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as browser:
        browser.cookies.set(SESSION_COOKIE, lead)
        for address in (
            "/queues/coding?payer=a%00",
            "/codes?q=a%00",
            "/people/a%00",
            "/?client=%00",
        ):
            assert browser.get(address).status_code == 404, address
        for address, name in (("/search", "typed"), (VIEWS, "name"), (f"{VIEWS}/drop", "name")):
            fields = {name: "a\x00b", "form_token": form_token(lead)}
            assert browser.post(address, data=fields).status_code == 200, address
