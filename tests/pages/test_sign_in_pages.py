"""Signing in, one's own account and emergencies, page by page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.values.access import Role
from revcycle.rules.access.throttle import ACCOUNT_FAILURES_MAX
from tests.pages.doors import form_token_of, send_form, sign_in_by_form
from tests.pages.page_examples import (
    HOSTILE,
    NOON,
    add_practice,
    items_in,
    rows_of,
    without_own_scripts,
)
from tests.people import KEY, ONE_TIME, PASSWORD, Colleague, invite, join
from workbench.pages.app import create_app

ADDRESS = "http://127.0.0.1:8000"
HTTPS = "https://workbench.example"
REASON = "payer deadline today, the team is ill"
Browser = Callable[..., TestClient]


class Clock:
    """A clock that goes on when a test says so."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.at

    def go_on(self, **span: int) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(database_url: str, clock: Clock) -> Browser:
    """Open another browser."""
    app = create_app(database_url, key=KEY, hosts=["127.0.0.1", "workbench.example"], now=clock)
    return lambda address=ADDRESS: TestClient(
        app, base_url=address, raise_server_exceptions=False, follow_redirects=False
    )


@pytest.fixture
def ann(database_url: str) -> Colleague:
    return join(database_url, "ann", [Role.CODER])


def password_given(one: TestClient, password: str = PASSWORD, login: str = "ann") -> Response:
    return send_form(one, "/sign-in", "/sign-in", login=login, password=password)


def test_a_wrong_password_and_an_unknown_login_read_the_same(
    browser: Browser, ann: Colleague
) -> None:
    texts = []
    for login in (ann.login, "nobody"):
        answer = password_given(browser(), "wrong password", login)
        assert answer.status_code == 401
        texts.append(answer.text.replace(f'"{login}"', "").replace(form_token_of(answer.text), ""))
    assert texts[0] == texts[1]
    assert "wrong password" not in texts[0]


def test_a_hostile_login_stays_text(browser: Browser) -> None:
    answer = password_given(browser(), HOSTILE, HOSTILE[:80])
    assert answer.status_code == 401
    assert "<script" not in without_own_scripts(answer.text)


@pytest.mark.usefixtures("ann")
def test_too_many_tries_are_told_so_in_words(browser: Browser, clock: Clock) -> None:
    for _ in range(ACCOUNT_FAILURES_MAX):
        assert password_given(browser(), "wrong").status_code == 401
    clock.go_on(minutes=1)
    answer = password_given(browser())
    assert answer.status_code == 429
    assert "Nothing is looked at for 15 minutes" in answer.text
    assert int(answer.headers["retry-after"]) == 14 * 60 + 1
    assert answer.headers["cache-control"] == "no-store"
    clock.go_on(seconds=14 * 60 + 1)
    assert password_given(browser()).status_code == 303


def test_one_comes_back_to_where_one_wanted_to_go(browser: Browser, ann: Colleague) -> None:
    one = browser()
    answer = one.get("/queues/coding?page=1")
    assert answer.headers["location"] == "/sign-in?next=%2Fqueues%2Fcoding%3Fpage%3D1"
    page = answer.headers["location"]
    answer = send_form(
        one, page, "/sign-in", login="ann", password=PASSWORD, next="/queues/coding?page=1"
    )
    assert answer.headers["location"] == "/sign-in/code?next=%2Fqueues%2Fcoding%3Fpage%3D1"
    answer = send_form(
        one, "/sign-in/code", "/sign-in/code", code=ann.code(), next="/queues/coding?page=1"
    )
    assert answer.headers["location"] == "/queues/coding?page=1"


@pytest.mark.parametrize(
    "next_address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere",
        "javascript:x",
        "/sign-in",
    ],
)
def test_nobody_is_led_to_another_site(browser: Browser, ann: Colleague, next_address: str) -> None:
    one = browser()
    password_given(one)
    answer = send_form(one, "/sign-in/code", "/sign-in/code", code=ann.code(), next=next_address)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("address", "name", "is_secure"),
    [(ADDRESS, "revcycle-session", False), (HTTPS, "__Host-revcycle-session", True)],
    ids=["on-this-machine", "by-https"],
)
def test_the_cookie_is_for_this_site_and_no_script(
    browser: Browser, ann: Colleague, address: str, name: str, *, is_secure: bool
) -> None:
    one = browser(address)
    answer = password_given(one)
    half = answer.headers["set-cookie"]
    assert half.startswith(f"{name}=")
    words = {word.strip().lower() for word in half.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= words
    assert ("secure" in words) is is_secure
    assert not any(word.startswith(("domain", "max-age", "expires")) for word in words)
    answer = send_form(one, "/sign-in/code", "/sign-in/code", code=ann.code())
    assert answer.headers["set-cookie"].split(";")[0] != half.split(";")[0]
    hsts = one.get("/").headers.get("strict-transport-security")
    assert bool(hsts) is is_secure


def test_a_page_is_kept_by_no_browser_and_runs_nothing(browser: Browser, ann: Colleague) -> None:
    one = browser()
    sign_in_by_form(one, ann)
    for page in ("/", "/account", "/emergency"):
        answer = one.get(page)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "<script" not in without_own_scripts(answer.text)
        assert "style=" not in answer.text


def test_after_a_quarter_of_an_hour_one_signs_in_again(
    browser: Browser, ann: Colleague, clock: Clock
) -> None:
    one = browser()
    sign_in_by_form(one, ann)
    clock.go_on(minutes=14)
    assert one.get("/").status_code == 200
    clock.go_on(minutes=15)
    assert one.get("/").headers["location"] == "/sign-in"
    token = form_token_of(one.get("/sign-in").text)
    answer = one.post("/account/sessions/end-others", data={"form_token": token})
    assert answer.headers["location"] == "/sign-in"


def test_a_used_code_is_refused_in_words(browser: Browser, ann: Colleague) -> None:
    sign_in_by_form(browser(), ann)
    second = browser()
    password_given(second)
    answer = send_form(second, "/sign-in/code", "/sign-in/code", code=ann.code())
    assert answer.status_code == 401
    assert "was used already" in answer.text
    assert second.get("/").headers["location"] == "/sign-in/code"


def test_a_recovery_code_lets_in(browser: Browser, ann: Colleague) -> None:
    one = browser()
    password_given(one)
    send_form(one, "/sign-in/code", "/sign-in/code", code=ann.recovery_codes[0])
    assert "You have 9 left" in one.get("/account").text


def test_signing_out_ends_the_session_for_good(browser: Browser, ann: Colleague) -> None:
    one = browser()
    sign_in_by_form(one, ann)
    stolen = dict(one.cookies)
    send_form(one, "/account", "/sign-out")
    thief = browser()
    thief.cookies.update(stolen)
    assert thief.get("/").headers["location"] == "/sign-in"


def test_steps_of_signing_in_cannot_be_skipped(browser: Browser, database_url: str) -> None:
    invite(database_url, "ann", [Role.CODER])
    one = browser()
    assert password_given(one, ONE_TIME).headers["location"] == "/sign-in/password"
    for page in ("/", "/account", "/queues/coding", "/sign-in/app", "/sign-in/code"):
        assert one.get(page).headers["location"] == "/sign-in/password", page
    assert one.get("/sign-in/app.svg").status_code == 303
    for password, repeated, words in (
        ("short", "short", "at least 12"),
        ("correct lantern otter", "correct lantern", "not the same"),
        ("passwordpassword", "passwordpassword", "too easy"),
    ):
        answer = send_form(
            one, "/sign-in/password", "/sign-in/password", password=password, repeated=repeated
        )
        assert answer.status_code == 401
        assert words in answer.text


def test_sessions_are_listed_and_ended(browser: Browser, ann: Colleague, clock: Clock) -> None:
    first, second = browser(), browser()
    sign_in_by_form(first, ann)
    clock.go_on(seconds=60)
    sign_in_by_form(second, ann, clock.at)
    rows = rows_of(second.get("/account").text)[1:]
    assert [row[-1] for row in rows] == ["this one", "End"]
    action = second.get("/account").text.split('action="/account/sessions/')[1].split('"')[0]
    assert send_form(second, "/account", f"/account/sessions/{action}").status_code == 303
    assert first.get("/").status_code == 303
    assert second.get("/").status_code == 200


def test_a_password_is_changed_by_who_knows_it(browser: Browser, ann: Colleague) -> None:
    one = browser()
    sign_in_by_form(one, ann)
    fresh = "seven quiet brass lanterns"
    for present, password, status, words in (
        ("wrong", fresh, 409, "present password is wrong"),
        (PASSWORD, "too short", 409, "at least 12"),
        (PASSWORD, fresh, 200, "The password is changed"),
    ):
        fields = {"present": present, "password": password, "repeated": password}
        answer = send_form(one, "/account", "/account/password", **fields)
        assert (answer.status_code, words in answer.text) == (status, True)
    assert password_given(browser()).status_code == 401
    assert password_given(browser(), fresh).status_code == 303


def test_new_recovery_codes_cost_a_code_of_the_app(
    browser: Browser, ann: Colleague, clock: Clock
) -> None:
    one = browser()
    sign_in_by_form(one, ann)
    page = send_form(one, "/account", "/account/recovery-codes", code=ann.code())
    assert page.status_code == 409
    clock.go_on(seconds=60)
    page = send_form(one, "/account", "/account/recovery-codes", code=ann.code(clock.at))
    assert page.text.count("<li><code>") == 10


def test_a_form_that_is_no_form_is_refused(browser: Browser) -> None:
    one = browser()
    token = form_token_of(one.get("/sign-in").text)
    fields = {"form_token": token, "login": "x" * 400, "password": "x"}
    assert one.post("/sign-in", data=fields).status_code == 400
    long = {"form_token": token, "login": "x" * 70_000}
    assert one.post("/sign-in", data=long).status_code == 413


@pytest.mark.usefixtures("ann")
def test_what_no_keyboard_types_is_left_out(browser: Browser) -> None:
    one = browser()
    token = form_token_of(one.get("/sign-in").text)
    fields = {"form_token": token, "login": "\0ann\u202e", "password": PASSWORD}
    answer = one.post("/sign-in", data=fields, headers={"User-Agent": "a\tbrowser"})
    assert answer.status_code == 303


@pytest.mark.postgres
def test_signing_in_and_an_emergency_work_on_postgresql(postgres_url: str) -> None:
    elm = add_practice(postgres_url, "elm", items_in(Queue.CODING, 1, detail="of Elm"))
    add_practice(postgres_url, "oak", items_in(Queue.CODING, 1, detail="of Oak"))
    app = create_app(postgres_url, key=KEY, now=lambda: NOON)
    one = TestClient(app, base_url=ADDRESS, follow_redirects=False)
    sign_in_by_form(one, join(postgres_url, "ann", [Role.CODER], [elm]))
    page = one.get("/queues/coding").text
    assert ("of Elm" in page, "of Oak" in page) == (True, False)
    send_form(one, "/emergency", "/emergency", client="oak", reason=f"{REASON}\0")
    assert "of Oak" in one.get("/queues/coding").text
    assert send_form(one, "/account", "/sign-out", login="\0").status_code == 303


@pytest.fixture
def oak(database_url: str) -> UUID:
    """A practice with work, to which nobody is assigned."""
    return add_practice(database_url, "oak", items_in(Queue.CODING, 1, detail="of Oak"))


@pytest.mark.usefixtures("oak")
def test_an_emergency_opens_a_practice_and_alarms_compliance(
    browser: Browser, ann: Colleague, database_url: str, clock: Clock
) -> None:
    cora = join(database_url, "cora", [Role.COMPLIANCE])
    coder, reviewer = browser(), browser()
    sign_in_by_form(coder, ann)
    sign_in_by_form(reviewer, cora)
    assert coder.get("/queues/coding?client=oak").status_code == 404
    answer = send_form(coder, "/emergency", "/emergency", client="oak", reason="because")
    assert answer.status_code == 409
    assert "say why" in answer.text
    answer = send_form(coder, "/emergency", "/emergency", client="nowhere", reason=REASON)
    assert answer.status_code == 404
    assert "alarm" not in reviewer.get("/").text
    send_form(coder, "/emergency", "/emergency", client="oak", reason=f"{REASON} {HOSTILE}")
    assert "of Oak" in coder.get("/queues/coding?client=oak").text
    assert 'class="alarm">1<' in reviewer.get("/").text
    reviews = reviewer.get("/emergency/reviews").text
    assert REASON in reviews
    assert "<script" not in without_own_scripts(reviews)
    action = "/emergency/" + reviews.split('action="/emergency/')[1].split('"')[0]
    assert send_form(reviewer, "/emergency/reviews", action, verdict="?").status_code == 409
    answer = send_form(reviewer, "/emergency/reviews", action, verdict="objected", note="no")
    assert answer.headers["location"] == "/emergency/reviews"
    assert coder.get("/queues/coding?client=oak").status_code == 404
    assert "Nothing waits for a review" in reviewer.get("/emergency/reviews").text
    assert clock.at == NOON


@pytest.mark.usefixtures("oak")
def test_an_emergency_is_over_after_an_hour_or_when_given_back(
    browser: Browser, ann: Colleague, clock: Clock
) -> None:
    one = browser()
    sign_in_by_form(one, ann)
    fields = {"client": "oak", "reason": REASON}
    send_form(one, "/emergency", "/emergency", **fields)
    for _ in range(5):
        clock.go_on(minutes=10)
        assert one.get("/queues/coding?client=oak").status_code == 200
    clock.go_on(minutes=10)
    assert one.get("/queues/coding?client=oak").status_code == 404
    send_form(one, "/emergency", "/emergency", **fields)
    assert one.get("/queues/coding?client=oak").status_code == 200
    page = one.get("/emergency").text
    action = "/emergency/" + page.split('action="/emergency/')[1].split('"')[0]
    send_form(one, "/emergency", action)
    assert one.get("/queues/coding?client=oak").status_code == 404
