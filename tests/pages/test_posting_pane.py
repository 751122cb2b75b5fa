"""Posting exceptions on pages: the numbers that do not add up, both versions, and what to do."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.tables import WorkItem
from models.values.access import Role
from models.values.money import Money
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.pages.doors import sign_in_by_form
from tests.pages.money_examples import address_of, an_office_at, hire, nobodys, send
from tests.pages.page_examples import HOSTILE, rows_of


@pytest.fixture
def office(database_url: str) -> BillingOffice:
    """The billing office of the Lakeside practice."""
    return an_office_at(database_url, "lakeside")


@pytest.fixture
def pia(stranger: TestClient, database_url: str, office: BillingOffice) -> TestClient:
    """A poster of the practice."""
    sign_in_by_form(stranger, hire(database_url, "pia", Role.POSTER, office))
    return stranger


def addresses(office: BillingOffice) -> Mapping[str, str]:
    """Map the reasons of open work to where it waits."""
    with transaction(office.database_url, office.act.client_id) as session:
        statement = select(WorkItem).where(
            WorkItem.client_id == office.act.client_id, WorkItem.state == "open"
        )
        return {row.reason: address_of(row, "lakeside") for row in session.exec(statement)}


def test_a_payment_that_does_not_add_up_shows_its_equation(
    pia: TestClient, office: BillingOffice
) -> None:
    remittance = a_remittance(a_decision(office.bill(5_000), (5_000, [])), plb=[("L6", "X", -100)])
    office.post_file(office.receive(replace(remittance, amount=Money(9_900))))
    page = pia.get(addresses(office)["posting.unbalanced"]).text
    assert ["$50.00", "-$1.00", "$51.00", "$99.00"] in [row[-4:] for row in rows_of(page)]
    assert "payment 99.00 is not claims less provider adjustments 51.00" in page


def test_both_versions_of_a_repeated_trace_stand_side_by_side(
    pia: TestClient, office: BillingOffice
) -> None:
    claim, other = office.bill(5_000), office.bill(7_000)
    office.post(a_remittance(a_decision(claim, (5_000, []))))
    again = a_decision(claim, (4_000, [("CO", "45", 1_000)]))
    office.post_file(office.receive(a_remittance(again, a_decision(other, (7_000, [])))))
    address = addresses(office)["posting.trace_reused"]
    rows = rows_of(pia.get(address).text)
    assert [claim.control_number, "$50.00", "$50.00", "$50.00", "$40.00"] in rows
    assert [other.control_number, "not there", "$70.00", "$70.00"] in rows
    assert ["Payment", "$50.00", "$110.00"] in rows


def test_a_file_is_read_again_after_its_cause_was_put_right(
    pia: TestClient, office: BillingOffice
) -> None:
    claim = office.bill(5_000)
    office.post(a_remittance(a_decision(claim, (5_000, []))))
    office.post_file(office.receive(a_remittance(a_decision(claim, (5_000, [])))))
    address = addresses(office)["posting.duplicate_trace"]
    assert send(pia, address, f"{address}/read-file-again", token="0").status_code == 409
    send(pia, address, f"{address}/take")
    assert send(pia, address, f"{address}/read-file-again", token="1").status_code == 303
    assert addresses(office) == {}


def test_money_outside_claims_is_explained(pia: TestClient, office: BillingOffice) -> None:
    decision = a_decision(office.bill(5_000), (5_000, []))
    office.post(a_remittance(decision, plb=[("CS", "NOTE", 1_000), ("WO", "FCN", 500)]))
    page = pia.get(addresses(office)["posting.provider_adjustment"]).text
    assert "An adjustment without a reason: ask the payer." in page
    assert "to be explained: $10.00" in " ".join(page.split())
    page = pia.get(addresses(office)["posting.unannounced_recovery"]).text
    assert "Look for the letter or the reversal" in page


def test_what_a_file_says_is_text_and_nothing_else(pia: TestClient, office: BillingOffice) -> None:
    decision = nobodys(office.bill(15_000))
    hostile = HOSTILE.replace("{", "").replace("}", "").replace("*", "")[:30]
    remittance = a_remittance(decision, trace=hostile)
    office.post_file(office.receive(replace(remittance, amount=Money(1))))
    text = pia.get(addresses(office)["posting.unbalanced"]).text
    assert "<svg" not in text.lower()
    assert "svg onload" in text.lower()


def test_acts_about_another_kind_of_thing_do_not_exist(
    pia: TestClient, office: BillingOffice
) -> None:
    office.post(a_remittance(nobodys(office.bill(15_000))))
    address = addresses(office)["posting.unmatched"]
    act = f"{address}/read-file-again"
    assert send(pia, address, act, token="1").status_code == 404
    assert pia.get(f"{address.replace('unapplied', 'posting')}/match").status_code == 404
