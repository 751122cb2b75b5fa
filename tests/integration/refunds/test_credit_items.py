"""Items of credits say what the credits hold."""

from dataclasses import replace
from datetime import timedelta

from models.values.money import Money
from revcycle.store.session import transaction
from revcycle.store.work_items import list_open_work_items
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance
from tests.integration.refunds.test_refunds import approve, ask, look, overpaid, pay, take


def asked_amounts(office: BillingOffice) -> list[Money | None]:
    with transaction(office.database_url, office.act.client_id) as session:
        found = list_open_work_items(session, office.act.client_id)
        return [item.amount for item in found if item.reason == "posting.credit_balance"]


def test_an_item_says_what_the_credit_holds_and_not_what_the_service_costs(
    office: BillingOffice,
) -> None:
    overpaid(office)
    assert asked_amounts(office) == [Money(1_000)]
    refund_id = ask(office, 400)
    approve(office, refund_id)
    pay(office, refund_id)
    look(office)
    assert asked_amounts(office) == [Money(600)]


def test_an_item_of_money_paid_ahead_says_how_much_of_it_is_left(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, (7_500, [("CO", "45", 7_500)]))))
    take(office, claim, 1_000)
    look(office, act=replace(office.act, today=office.act.today + timedelta(days=30)))
    assert asked_amounts(office) == [Money(1_000)]
