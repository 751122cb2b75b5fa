"""What was given up of what payers refused, as a page of the books."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from models.states.cause_party import CauseParty
from models.values.access import Role
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.store.session import transaction
from tests.pages.denial_office import KEY, DenialOffice, open_office
from tests.pages.doors import sign_in_by_form
from tests.people import approver, join

PAGE = f"/books/{KEY}/write-offs"
PERIOD = "first=2026-11-01&last=2026-11-30"


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    return open_office(database_url)


@pytest.fixture
def manager(stranger: TestClient, office: DenialOffice) -> TestClient:
    sign_in_by_form(stranger, join(office.url, "mia.hill", [Role.MANAGER], [office.client_id]))
    return stranger


def give_up(office: DenialOffice, carc: str, reason: str, cause: CauseParty, cents: int) -> str:
    """Deny an amount and have two persons write it off; return the number of its claim."""
    denial_id = office.deny("CO", carc, cents=cents)
    act = office.office.act
    with transaction(office.url, office.client_id) as session:
        request_write_off(session, act, denial_id, reason=reason, cause=cause)
    with transaction(office.url, office.client_id) as session:
        second = replace(act, actor="second")
        approve_write_off(session, second, denial_id, approver=approver(cents=100_000))
    return office.office.claim(office.claims[f"CO-{carc}"]).control_number


def test_nothing_given_up_says_how_something_would_come_here(manager: TestClient) -> None:
    page = manager.get(PAGE).text
    assert "Nothing was given up in this period" in page
    assert "second person approves it" in page


def test_what_could_have_been_avoided_stands_apart(
    manager: TestClient, office: DenialOffice
) -> None:
    give_up(office, "29", "timely_filing", CauseParty.BPO, 4_000)
    give_up(office, "197", "no_authorization", CauseParty.CLIENT, 5_000)
    give_up(office, "50", "appeals_exhausted", CauseParty.PAYER, 6_000)
    page = manager.get(f"{PAGE}?{PERIOD}").text
    avoided, rest = page.split("Could have been avoided</th>")[1].split("Could not</th>")
    assert '<td class="n">2</td><td class="n">$90.00</td>' in avoided
    assert "the billing company" in avoided
    assert "the practice" in avoided
    assert '<td class="n">1</td><td class="n">$60.00</td>' in rest.split("<tfoot>")[0]
    assert "$150.00" in rest
    assert "Marmalade" not in page


def test_each_sum_leads_to_the_claims_that_it_is_made_of(
    manager: TestClient, office: DenialOffice
) -> None:
    late = give_up(office, "29", "timely_filing", CauseParty.BPO, 4_000)
    other = give_up(office, "197", "no_authorization", CauseParty.CLIENT, 5_000)
    page = manager.get(f"{PAGE}?{PERIOD}").text
    link = re.findall(r'href="([^"]*reason=timely_filing)#rows"', page)[0].replace("&amp;", "&")
    narrowed = manager.get(link).text
    assert "of the chosen sum" in narrowed
    assert late in narrowed
    assert other not in narrowed
    (claim,) = re.findall(rf'href="([^"]*)"><code>{late}</code>', narrowed)
    assert manager.get(claim).status_code == 200
    assert office.trail("see_write_offs") == 2


def test_a_period_without_any_and_a_sum_without_any_say_so(
    manager: TestClient, office: DenialOffice
) -> None:
    give_up(office, "29", "timely_filing", CauseParty.BPO, 4_000)
    empty = manager.get(f"{PAGE}?first=2025-01-01&last=2025-01-31").text
    assert "Nothing was given up in this period" in empty
    unsaid = manager.get(f"{PAGE}?{PERIOD}&party=unsaid").text
    assert "No write-off is in this sum." in unsaid
    assert manager.get(f"{PAGE}?{PERIOD}&page=2").status_code == 404
    assert manager.get(f"{PAGE}?first=yesterday").status_code == 404


def test_a_sum_is_exported_as_it_is_shown_and_the_trail_says_so(
    manager: TestClient, office: DenialOffice
) -> None:
    late = give_up(office, "29", "timely_filing", CauseParty.BPO, 4_000)
    give_up(office, "197", "no_authorization", CauseParty.CLIENT, 5_000)
    link = re.findall(r'href="([^"]*\.csv[^"]*)"', manager.get(f"{PAGE}?{PERIOD}").text)[0]
    whole = manager.get(link.replace("&amp;", "&")).text.splitlines()
    assert len(whole) == 3
    answer = manager.get(f"{PAGE}.csv?{PERIOD}&party=bpo&reason=timely_filing")
    (_, row) = answer.text.splitlines()
    assert row.endswith(
        f"{late},commonweal,denial,the billing company,"
        '"filed too late, and nothing proves otherwise",40.00'
    )
    assert office.trail("export_write_offs") == 2
