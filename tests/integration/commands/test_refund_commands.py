"""``revcycle credits`` and ``revcycle refunds``: ids and amounts, and nobody's name."""

import json

import pytest
from sqlmodel import select
from typer import Typer
from typer.testing import CliRunner, Result

from models.documents.act import Act
from models.documents.patient_money import PaymentForm, RefundPolicy
from models.states.patient_payment import PaymentMethod
from models.tables import Client
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.operations.patient_money.take_payment import take_payment
from revcycle.operations.refunds.request_refund import RefundRequest, request_refund
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import BillingOffice
from workbench.commands.refunds import credits_app, refunds_app


@pytest.fixture
def key(database_url: str, act: Act, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the practice, on a machine whose database is ours."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()
    with transaction(database_url) as session:
        return session.exec(select(Client.key).where(Client.id == act.client_id)).one()


def run(app: Typer, *arguments: str) -> Result:
    """Run a command."""
    done = CliRunner().invoke(app, ["list", *arguments])
    assert done.exit_code == 0, done.output
    return done


def test_nothing_is_said_to_be_nothing(key: str) -> None:
    assert "No credit stands." in run(credits_app, key).output
    assert "Nothing was refunded." in run(refunds_app, key).output
    assert json.loads(run(credits_app, key, "--json").output) == []


def test_credits_and_refunds_are_listed_by_id_and_amount(
    key: str, database_url: str, act: Act
) -> None:
    office = BillingOffice(database_url, act)
    claim = office.bill(15_000)
    with transaction(database_url, act.client_id) as session:
        form = PaymentForm(PaymentMethod.CASH, Money(1_000), act.today, "form-1")
        take_payment(session, act, claim.patient_id, form)
    request = RefundRequest(
        account=Account.PATIENT_CREDIT,
        receivable=Account.AR_PATIENT,
        patient_id=claim.patient_id,
        charge_id=None,
        amount=Money(400),
        reason="asked_back",
    )
    with transaction(database_url, act.client_id) as session:
        request_refund(session, act, request, policy=RefundPolicy(ZERO, 60))
    (credit,) = json.loads(run(credits_app, key, "--json").output)
    assert credit["amount"] == "10.00"
    assert credit["subject"] == f"patient {claim.patient_id}"
    (refund,) = json.loads(run(refunds_app, key, "--state", "requested", "--json").output)
    assert (refund["amount"], refund["payee"]) == ("4.00", "patient")
    assert "Marmalade" not in run(refunds_app, key).output
    assert "Together 10.00." in run(credits_app, key).output
