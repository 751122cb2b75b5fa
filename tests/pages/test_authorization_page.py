"""The page of a patient's authorizations, and where else they are seen."""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.documents.authorization import NewAuthorization
from models.states.work_item import Queue
from models.tables import AuditEvent, Claim, Encounter, VisitAuthorization
from models.values.access import Role
from models.values.authorized import AuthorizationSource
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.operations.verification.keep_authorizations import keep_authorizations
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BilledClaim, BillingOffice
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.pages.money_examples import an_office_at
from tests.pages.page_examples import HOSTILE, YESTERDAY, rows_of
from tests.people import Colleague, join


@pytest.fixture
def office(database_url: str) -> BillingOffice:
    """The billing office of the Lakeside practice."""
    return an_office_at(database_url, "lakeside")


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A visit of a patient that is billed."""
    return office.bill(15_000)


def hire(office: BillingOffice, login: str, role: Role) -> Colleague:
    client_id = office.act.client_id
    colleague = join(office.database_url, login, [role], [client_id])
    act = Act(client_id, "tester", YESTERDAY, YESTERDAY.date())
    with transaction(office.database_url, client_id) as session:
        queue = Queue.CODING if role is Role.CODER else Queue.VERIFICATION
        assign_queues(session, act, colleague.id, [queue])
    return colleague


@pytest.fixture
def vera(stranger: TestClient, office: BillingOffice) -> TestClient:
    """A verifier of the practice."""
    sign_in_by_form(stranger, hire(office, "vera", Role.VERIFIER))
    return stranger


def page_of(claim: BilledClaim, practice: str = "lakeside") -> str:
    return f"/practices/{practice}/patients/{claim.patient_id}/authorizations"


def payer_key_in(page: str) -> str:
    found = re.search(r'<select id="payer_key".*?<option value="([^"]+)"', page)
    assert found
    return found[1]


def write(visitor: TestClient, claim: BilledClaim, **typed: str) -> str:
    """Fill the form in and send it; say where it led, or what the page says."""
    shown = visitor.get(page_of(claim)).text
    fields = {
        "form_token": form_token_of(shown),
        "payer_key": payer_key_in(shown),
        "number": "A-77",
        "allowed": "12",
        "procedures": "99202-99215",
        **typed,
    }
    answer = visitor.post(page_of(claim), data=fields, follow_redirects=False)
    return str(answer.headers.get("location") or answer.text)


def kept(office: BillingOffice) -> list[VisitAuthorization]:
    with transaction(office.database_url, office.act.client_id) as session:
        return list(session.exec(select(VisitAuthorization)))


def test_a_page_without_authorizations_says_so(vera: TestClient, claim: BilledClaim) -> None:
    page = vera.get(page_of(claim)).text
    assert "No payer's authorization is known for this patient." in page.replace("&#39;", "'")
    assert "authorizations" in vera.get(f"/practices/lakeside/patients/{claim.patient_id}").text


def test_a_verifier_writes_one_down_and_clicks_twice(
    vera: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    assert write(vera, claim).endswith("?said=authorization_added")
    assert write(vera, claim).endswith("?said=authorization_changed")
    assert write(vera, claim, allowed="2").endswith("?said=authorization_changed")
    (row,) = kept(office)
    assert (row.number, row.allowed, row.noted_by) == ("A-77", 2, "vera")
    with transaction(office.database_url, office.act.client_id) as session:
        actions = [one for one in session.exec(select(AuditEvent.action)) if "authoriz" in one]
    assert actions.count("add_authorization") == actions.count("change_authorization") == 1
    assert "see_authorizations" in actions


def test_what_is_left_is_counted_and_said(vera: TestClient, claim: BilledClaim) -> None:
    write(vera, claim, allowed="1", procedures="")
    (header, row) = rows_of(vera.get(page_of(claim)).text)
    assert header[4:7] == ["Allowed", "Used", "Left"]
    assert row[0] == "A-77"
    assert row[4:7] == ["1 visit", "1", "0 used up"]
    assert row[7] == "written down by vera"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param({"number": "  "}, "it goes on the claim", id="no-number"),
        pytest.param({"allowed": "a dozen"}, "as a whole number", id="no-count"),
        pytest.param({"procedures": "therapies"}, "codes such as 97110", id="no-procedure"),
        pytest.param({"payer_key": "nobody"}, "choose the payer", id="no-payer"),
        pytest.param({"valid_to": "soon"}, "year-month-day", id="no-day"),
        pytest.param(
            {"valid_from": "2026-11-02", "valid_to": "2026-11-01"}, "cannot end", id="ends-before"
        ),
    ],
)
def test_what_cannot_be_is_said_beside_what_was_typed(
    vera: TestClient, office: BillingOffice, claim: BilledClaim, typed: dict[str, str], says: str
) -> None:
    page = write(vera, claim, **{"number": "A-7788", **typed})
    assert says in page
    assert typed.get("number", "A-7788").strip() in page
    assert kept(office) == []


def test_hostile_text_stays_text(vera: TestClient, claim: BilledClaim) -> None:
    write(vera, claim, number=HOSTILE[:50])
    assert HOSTILE[:20] not in vera.get(page_of(claim)).text


def test_a_coder_sees_them_and_writes_none(
    stranger: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    authorize(office, claim.patient_id)
    sign_in_by_form(stranger, hire(office, "cody", Role.CODER))
    page = stranger.get(page_of(claim)).text
    assert "A-77" in page
    assert "Write one down" not in page
    token = form_token_of(page)
    answer = stranger.post(page_of(claim), data={"form_token": token, "number": "B"})
    assert answer.status_code == 403
    assert [row.number for row in kept(office)] == ["A-77"]


def authorize(office: BillingOffice, patient_id: UUID) -> None:
    with transaction(office.database_url, office.act.client_id) as session:
        payer_id = session.exec(select(Claim.payer_id)).first()
        assert payer_id is not None
        assert session.exec(select(Encounter.id)).first()
        new = NewAuthorization(patient_id, payer_id, "A-77", 12, valid_to=date(2026, 12, 31))
        keep_authorizations(session, office.act, [new], source=AuthorizationSource.FILE)
