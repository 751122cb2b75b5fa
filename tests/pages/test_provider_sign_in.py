"""Signing in through the company's own sign-in service, a real one on this machine."""

from collections.abc import Generator
from contextlib import suppress
from datetime import timedelta

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.access import Role
from revcycle.connectors.identity_provider import IdentityProvider, ProviderAddress
from revcycle.operations.access.keep_staff import disable_staff
from revcycle.rules.access.throttle import ADDRESS_FAILURES_MAX
from revcycle.store.session import transaction
from revcycle.store.staff_trail import list_staff_trail
from tests.pages.doors import send_form
from tests.pages.identity_service import (
    CLIENT_ID,
    CLIENT_SECRET,
    IdentityService,
    running_service,
)
from tests.people import COMMAND, KEY, NOON, invite, join
from workbench.pages.app import create_app
from workbench.pages.oidc import TIME_TO_ANSWER
from workbench.pages.provider_sign_in import ProviderSignIn

ADDRESS = "http://127.0.0.1:8000"
MIA = {"email": "Mia.Hill@billing.example", "email_verified": True}
PWD_AND_MFA = {"amr": ["pwd", "mfa"]}


@pytest.fixture
def service() -> Generator[IdentityService]:
    """A service at which Mia Hill signs in with one factor."""
    with running_service() as running:
        running.claims = dict(MIA)
        yield running


@pytest.fixture
def browser(database_url: str, service: IdentityService) -> Generator[TestClient]:
    """A browser at a workbench that trusts the service."""
    yield from browser_of(database_url, service)


def browser_of(
    url: str, service: IdentityService, *, trusts_mfa: bool = True
) -> Generator[TestClient]:
    address = ProviderAddress(service.issuer, CLIENT_ID, CLIENT_SECRET)
    provider = IdentityProvider(address)
    sign_in = ProviderSignIn(provider, "Company One", "email", "billing.example", trusts_mfa)
    app = create_app(url, key=KEY, now=lambda: service.at, provider=sign_in)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


def ask(browser: TestClient, after: str = "/") -> str:
    """Press the button; return the address at the service."""
    answer = browser.get("/sign-in/provider", params={"next": after}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def come_back(browser: TestClient, service: IdentityService, after: str = "/") -> Response:
    """Sign in at the service and come back."""
    return browser.get(service.approve(ask(browser, after)), follow_redirects=False)


def is_in(browser: TestClient) -> bool:
    return browser.get("/account", follow_redirects=False).status_code == 200


def told(url: str) -> list[str]:
    with transaction(url) as session:
        return [one.outcome for one in list_staff_trail(session, None)]


def test_the_page_offers_it_by_name_and_leads_back_to_where_one_was_going(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    page = browser.get("/sign-in?next=/queues/coding").text
    assert "Sign in with Company One" in page
    assert "/sign-in/provider?next=%2Fqueues%2Fcoding" in page
    join(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA
    answer = come_back(browser, service, "/queues/coding")
    assert answer.headers["location"] == "/queues/coding"
    assert is_in(browser)


def test_our_code_is_asked_when_the_service_asked_for_one_factor_only(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    colleague = join(database_url, "mia.hill", [Role.MANAGER])
    answer = come_back(browser, service)
    assert answer.headers["location"].startswith("/sign-in/code")
    assert not is_in(browser)
    send_form(browser, "/sign-in/code", "/sign-in/code", code=colleague.code())
    assert is_in(browser)


def test_our_code_is_asked_where_the_service_is_not_trusted_with_it(
    database_url: str, service: IdentityService
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA
    for browser in browser_of(database_url, service, trusts_mfa=False):
        assert come_back(browser, service).headers["location"].startswith("/sign-in/code")


def test_who_was_just_added_needs_no_password_of_ours(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    invite(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA
    come_back(browser, service)
    assert is_in(browser)


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"nonce": "another"}, id="another-nonce"),
        pytest.param({"nonce": None}, id="no-nonce"),
        pytest.param({"aud": "somebody else"}, id="for-somebody-else"),
        pytest.param({"iss": "https://elsewhere.example"}, id="by-somebody-else"),
        pytest.param({"exp": int((NOON - timedelta(hours=1)).timestamp())}, id="expired"),
        pytest.param({"sub": None}, id="of-nobody"),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    browser: TestClient,
    service: IdentityService,
    database_url: str,
    claims: dict[str, object],
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA | claims
    answer = come_back(browser, service)
    assert answer.status_code == 401
    assert "was refused" in answer.text
    assert not is_in(browser)
    assert told(database_url)[-1].startswith("provider_refused:")


@pytest.mark.parametrize("signs_with", ["another", "secret", "none"])
def test_a_token_that_the_service_did_not_sign_is_refused(
    browser: TestClient, service: IdentityService, database_url: str, signs_with: str
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA
    service.signs_with = signs_with
    assert come_back(browser, service).status_code == 401
    assert told(database_url)[-1] == "provider_refused:signature"


def test_a_new_key_of_the_service_is_fetched(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    come_back(browser, service)
    service.renew_key()
    assert come_back(browser, service).status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"email": "zoe.dale@billing.example"}, id="unknown"),
        pytest.param({"email": "mia.hill@elsewhere.example"}, id="another-domain"),
        pytest.param({"email_verified": False}, id="unverified"),
        pytest.param({"email": None}, id="no-address"),
        pytest.param({"email": ["mia.hill@billing.example"]}, id="not-a-text"),
    ],
)
def test_nobody_is_created_or_taken_for_another_by_signing_in(
    browser: TestClient,
    service: IdentityService,
    database_url: str,
    claims: dict[str, object],
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA | claims
    answer = come_back(browser, service)
    assert answer.status_code == 401
    assert "Ask an administrator" in answer.text
    assert not is_in(browser)


def test_a_disabled_person_stays_out(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    colleague = join(database_url, "mia.hill", [Role.MANAGER])
    with transaction(database_url) as session:
        disable_staff(session, StaffAct(COMMAND.actor, NOON), colleague.id)
    service.claims |= PWD_AND_MFA
    assert come_back(browser, service).status_code == 401


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    service.claims |= PWD_AND_MFA
    address = ask(browser)
    asked = dict(browser.cookies)
    back = service.approve(address)
    browser.cookies.clear()
    assert browser.get(back, follow_redirects=False).status_code == 401  # another browser
    browser.cookies.update(asked)
    assert browser.get(back, follow_redirects=False).status_code == 303
    for cookies in ({}, asked):  # sent again, with and without what the browser had kept
        browser.cookies.clear()
        browser.cookies.update(cookies)
        again = service.approve(address)  # the service gives another code for the same question
        assert browser.get(again, follow_redirects=False).status_code == 401


@pytest.mark.parametrize("change", ["state=x&code=y", "state=&code=", "error=access_denied", ""])
def test_an_answer_that_nobody_asked_for_is_refused(browser: TestClient, change: str) -> None:
    ask(browser)
    answer = browser.get(f"/sign-in/provider/done?{change}", follow_redirects=False)
    assert answer.status_code == 401
    assert "revcycle-provider" not in browser.cookies


def test_an_answer_that_took_too_long_is_refused(
    browser: TestClient, service: IdentityService, database_url: str
) -> None:
    join(database_url, "mia.hill", [Role.MANAGER])
    back = service.approve(ask(browser))
    service.at += TIME_TO_ANSWER
    assert browser.get(back, follow_redirects=False).status_code == 401


def test_a_service_that_is_down_leaves_the_password(
    browser: TestClient, service: IdentityService
) -> None:
    back = service.approve(ask(browser))
    service.is_down = True
    answer = browser.get(back, follow_redirects=False)
    assert answer.status_code == 503
    assert "does not answer" in answer.text
    assert 'name="password"' in answer.text


def test_a_service_that_nobody_can_reach_leaves_the_password(database_url: str) -> None:
    with running_service() as gone:
        pass
    for browser in browser_of(database_url, gone):
        answer = browser.get("/sign-in/provider", follow_redirects=False)
        assert answer.status_code == 503
        assert "does not answer" in answer.text


def test_who_tries_too_often_has_to_wait(browser: TestClient, service: IdentityService) -> None:
    for _ in range(ADDRESS_FAILURES_MAX):
        with suppress(KeyError):
            come_back(browser, service)
    assert come_back(browser, service).status_code == 429


def test_without_a_service_there_is_no_button_and_no_page(stranger: TestClient) -> None:
    assert "Sign in with" not in stranger.get("/sign-in").text
    assert stranger.get("/sign-in/provider").status_code == 404
    assert stranger.get("/sign-in/provider/done").status_code == 404


def test_secrets_travel_encrypted_or_not_at_all() -> None:
    with pytest.raises(RejectedError, match="https"):
        IdentityProvider(ProviderAddress("http://sign-in.example", CLIENT_ID))
