"""How much posts by itself, and what payers take back, as pages of the books."""

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from models.values.access import Role
from models.values.money import Money
from tests.integration.posting.billing_office import (
    PAID_ON,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.denial_office import KEY, open_office
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.people import join

PAID = (5_000, [("CO", "45", 10_000)])
PERIOD = "first=2026-11-01&last=2026-11-30"


@pytest.fixture
def office(database_url: str) -> BillingOffice:
    return open_office(database_url).office


@pytest.fixture
def poster(stranger: TestClient, office: BillingOffice) -> TestClient:
    login = join(office.database_url, "pat.reed", [Role.POSTER], [office.act.client_id])
    sign_in_by_form(stranger, login)
    return stranger


@pytest.fixture
def paid(office: BillingOffice) -> BilledClaim:
    """A claim that was paid, beside the payment of one that nobody knows."""
    claim = office.bill(15_000)
    stranger = replace(
        a_decision(claim, PAID), claim_control_number="XYZ", payer_claim_control_number="UNHEARD"
    )
    office.post(a_remittance(a_decision(claim, PAID), stranger))
    return claim


def send(poster: TestClient, claim: BilledClaim, **typed: str) -> str:
    """Note a letter of the payer, and return the page that follows."""
    page = poster.get(f"/books/{KEY}/recoveries").text
    letter = {
        "claim_number": claim.control_number,
        "reference": "FCN9",
        "amount": "20.00",
        "dated": PAID_ON.isoformat(),
    }
    fields = {"form_token": form_token_of(page), **letter, **typed}
    answer = poster.post(f"/books/{KEY}/letters", data=fields)
    assert answer.status_code == 200
    return answer.text


def test_the_rate_is_the_share_of_lines_that_nobody_touched(
    poster: TestClient, paid: BilledClaim
) -> None:
    assert paid.charges
    page = poster.get(f"/books/{KEY}/posting?{PERIOD}").text
    assert "50.0 %" in page
    assert "no claim of ours fits for sure" in page


def test_each_number_leads_to_the_questions_behind_it(
    poster: TestClient, paid: BilledClaim
) -> None:
    assert paid.charges
    page = poster.get(f"/books/{KEY}/posting?{PERIOD}").text
    (link,) = re.findall(r'href="([^"]*reason=posting\.unmatched)#asked"', page)
    narrowed = poster.get(link.replace("&amp;", "&")).text
    assert "its payment" in narrowed
    assert "of the chosen number" in narrowed
    other = poster.get(f"/books/{KEY}/posting?{PERIOD}&reason=posting.unbalanced").text
    assert "No question is in this number" in other


def test_each_figure_leads_to_the_list_that_sums_to_it(
    poster: TestClient, paid: BilledClaim
) -> None:
    page = poster.get(f"/books/{KEY}/posting?{PERIOD}").text
    foot = page[page.index("<tfoot>") : page.index("</tfoot>")]
    links = re.findall(r'<a href="([^"]+)">(\d+)</a>', foot)
    assert [number for _, number in links] == ["1", "2", "2", "1", "1"]
    feet = []
    for address, _ in links:
        found = poster.get(address.replace("&amp;", "&"))
        assert found.status_code == 200
        feet.append(found.text[found.text.index("<tfoot>") : found.text.index("</tfoot>")])
    assert "1 payment in all" in feet[0]
    assert "$100.00" in feet[0]
    assert ["2 claims in all" in foot for foot in feet] == [False, True, True, False, False]
    by_itself = poster.get(f"/books/{KEY}/posting/claims?{PERIOD}&which=untouched").text
    assert f"/practices/{KEY}/claims/{paid.claim_id}" in by_itself
    asked = poster.get(f"/books/{KEY}/posting/claims?{PERIOD}&which=asked").text
    assert "not known" in asked
    assert "by itself</span>" not in asked


def test_lists_of_posting_go_on_on_a_second_page_and_say_where_they_end(
    poster: TestClient, office: BillingOffice
) -> None:
    claims = [office.bill(15_000) for _ in range(51)]
    office.post(a_remittance(*(a_decision(claim, PAID) for claim in claims)))
    page = poster.get(f"/books/{KEY}/posting/claims?{PERIOD}").text
    assert page.count("our claim</a>") == 50
    assert "51 claims in all" in page
    (further,) = re.findall(r'rel="next" href="([^"]+)"', page)
    second = poster.get(further.replace("&amp;", "&")).text
    assert second.count("our claim</a>") == 1
    assert "51 claims in all" in second
    nobody = poster.get(f"/books/{KEY}/posting/claims?{PERIOD}&payer=Nobody").text
    assert "No claim" in nobody
    none = poster.get(f"/books/{KEY}/posting/payments?first=2025-01-01&last=2025-01-31").text
    assert "No payment is dated in this period" in none


def test_a_period_without_payments_says_so(poster: TestClient, paid: BilledClaim) -> None:
    assert paid.charges
    page = poster.get(f"/books/{KEY}/posting?first=2025-01-01&last=2025-01-31").text
    assert "No payment in this period" in page


def test_a_day_that_does_not_exist_is_no_address(poster: TestClient) -> None:
    assert poster.get(f"/books/{KEY}/posting?first=2026-02-31").status_code == 404


def test_a_file_that_does_not_add_up_is_listed(poster: TestClient, office: BillingOffice) -> None:
    decision = a_decision(office.bill(15_000), PAID)
    office.post(replace(a_remittance(decision), amount=Money(1)))
    page = poster.get(f"/books/{KEY}/posting").text
    assert "it does not add up" in page
    (link,) = re.findall(r'href="(/practices/[^"]+/files/in/[^"]+)"', page)
    assert poster.get(link).status_code == 200


def test_a_file_for_another_practice_is_not_listed(
    poster: TestClient, office: BillingOffice
) -> None:
    decision = a_decision(office.bill(15_000), PAID)
    office.post(a_remittance(decision, npi="1999900016", tin="990009999"))
    assert "every one that came is posted" in poster.get(f"/books/{KEY}/posting").text


def test_a_letter_stands_as_what_the_payer_has_still_to_take(
    poster: TestClient, office: BillingOffice, paid: BilledClaim
) -> None:
    assert "Everything is level" in poster.get(f"/books/{KEY}/recoveries").text
    page = send(poster, paid)
    assert "the payer has still to take it" in page
    assert "FCN9" in page
    assert office.books()["RECOUP_DUE"] == -2_000


def test_a_letter_that_is_sent_twice_counts_once(
    poster: TestClient, office: BillingOffice, paid: BilledClaim
) -> None:
    send(poster, paid)
    assert "noted before" in send(poster, paid)
    assert office.books()["RECOUP_DUE"] == -2_000


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"claim_number": "NOBODYS"}, id="no-claim"),
        pytest.param({"amount": "50.01"}, id="more-than-was-paid"),
        pytest.param({"amount": "much"}, id="no-amount"),
        pytest.param({"dated": ""}, id="no-date"),
        pytest.param({"dated": "2999-01-01"}, id="the-future"),
        pytest.param({"reference": " "}, id="no-reference"),
    ],
)
def test_a_letter_that_cannot_be_booked_says_why(
    poster: TestClient, office: BillingOffice, paid: BilledClaim, typed: dict[str, str]
) -> None:
    assert 'role="alert"' in send(poster, paid, **typed)
    assert "RECOUP_DUE" not in office.books()


def test_what_is_still_open_leads_to_the_questions_that_wait(
    poster: TestClient, paid: BilledClaim
) -> None:
    assert paid.charges
    page = poster.get(f"/books/{KEY}/posting?{PERIOD}").text
    (link,) = re.findall(r'href="([^"]*waiting=1)#asked"', page)
    narrowed = poster.get(link.replace("&amp;", "&")).text
    assert narrowed.count("its payment") == 1


def test_a_balance_leads_to_the_entries_that_it_adds_up(
    poster: TestClient, office: BillingOffice, paid: BilledClaim
) -> None:
    page = send(poster, paid)
    office.post(a_remittance(trace="EFT2", plb=[("WO", "FCN9", 500), ("FB", "NEXT", -500)]))
    page = poster.get(f"/books/{KEY}/recoveries").text
    assert "FCN9" in page
    addresses = re.findall(r'<a href="(/books/[^"]+/entries[?]alike=[^"]+)">([^<]+)</a>', page)
    assert [amount for _, amount in addresses] == ["-$5.00", "-$15.00"]
    for address, amount in addresses:
        assert "FCN9" not in address  # numbers of payers are of patients, too
        entries = poster.get(address).text
        assert f"All pages add up to <strong>{amount}</strong>, for one reference" in entries


def test_the_second_page_of_balances_goes_on_where_the_first_ended(
    poster: TestClient, office: BillingOffice
) -> None:
    taken = [("WO", f"FCN{number:03}", 10) for number in range(51)]
    office.post(a_remittance(a_decision(office.bill(15_000), PAID), plb=taken))
    first = poster.get(f"/books/{KEY}/recoveries").text
    assert re.findall(r"<code>(FCN[0-9]+)</code>", first) == [one for _, one, _ in taken[:50]]
    (link,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = poster.get(link).text
    assert re.findall(r"<code>(FCN[0-9]+)</code>", second) == ["FCN050"]
    assert "Next page" not in second
