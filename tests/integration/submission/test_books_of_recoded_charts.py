"""What the books hold of charts that are coded anew, and what ``verify`` notices of a breach."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from models.documents.coding import CodedService
from models.tables import Charge, Claim, Encounter, LedgerEntry
from models.values.accounts import Account
from models.values.money import Money
from revcycle.operations.books.close_period import close_period
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.operations.submission.build_claims import build_claims
from revcycle.store.session import transaction
from tests.integration.submission.office import POLICY, Office
from tests.integration.submission.test_charts_go_back import (
    COUNT,
    LACKS_BIRTH_DATE,
    VISIT,
    balances,
    code_anew,
    held,
    lines_of,
    owed,
    send_back,
    violations,
)


def test_a_month_closes_while_a_recoded_service_waits_for_its_fee(office: Office) -> None:
    claim = held(office, "99213", "85025")
    send_back(office, claim)
    code_anew(office, claim, replace(COUNT, units=Decimal(2)), CodedService("99499", (1,)))
    assert office.build(claim.encounter_id).held == 1
    assert violations(office) == []
    december = replace(office.act, today=date(2026, 12, 1))
    with transaction(office.url, office.act.client_id) as session:
        close_period(session, december, date(2026, 11, 1))
        fees = {**POLICY.fees, "99499": Money(1_000)}
        build_claims(session, december, [claim.encounter_id], policy=replace(POLICY, fees=fees))
    assert lines_of(office) == [(1, "85025", 6_000), (2, "99499", 1_000)]
    assert balances(office) == owed(7_000)
    late = {one.period for one in office.all(LedgerEntry)}
    assert late == {date(2026, 11, 1), date(2026, 12, 1)}
    assert violations(office) == []


def test_what_a_patient_paid_ahead_on_a_withdrawn_service_is_their_credit(office: Office) -> None:
    claim = held(office, "99213", "85025")
    (encounter,) = office.all(Encounter)
    assert encounter.patient_id is not None
    with transaction(office.url, office.act.client_id) as session:
        record_patient_payment(
            session, office.act, encounter.patient_id, amount=Money(2_000), payment_key="desk"
        )
    send_back(office, claim)
    code_anew(office, claim, VISIT)
    office.build(claim.encounter_id)
    assert balances(office) == {
        **owed(12_500),
        Account.BANK: Money(2_000),
        Account.PATIENT_CREDIT: Money(-2_000),
    }
    assert violations(office) == []


def test_a_recoded_service_keeps_the_price_the_practice_sent(office: Office) -> None:
    encounter_id = office.add_encounter("99213", "99499", **LACKS_BIRTH_DATE)
    with transaction(office.url, office.act.client_id) as session:
        charge = session.get(Charge, (office.act.client_id, office.all(Charge)[1].id))
        assert charge is not None
        charge.amount = Money(7_700)
    office.build(encounter_id)
    office.scrub()
    (claim,) = office.all(Claim)
    send_back(office, claim)
    code_anew(office, claim, CodedService("99499", (1,)))
    office.build(encounter_id)
    assert lines_of(office) == [(1, "99499", 7_700)]
    assert balances(office) == owed(7_700)


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        pytest.param("UPDATE encounter SET state = 'billed'", "I-C13", id="a-chart-nobody-codes"),
        pytest.param("UPDATE claim SET state = 'held'", "I-C13", id="a-claim-that-goes-on-alone"),
        pytest.param(
            "UPDATE charge SET is_withdrawn = true, amount = NULL; "
            "UPDATE encounter SET state = 'billed'",
            "I-M3c",
            id="a-withdrawn-service-that-is-still-charged",
        ),
        pytest.param(
            "UPDATE encounter SET state = 'voided'", "I-M3c", id="a-voided-visit-still-charged"
        ),
    ],
)
def test_a_breach_of_the_promises_is_noticed(office: Office, tampering: str, expected: str) -> None:
    send_back(office, held(office))
    with transaction(office.url, office.act.client_id) as session:
        for statement in tampering.split(";"):
            session.connection().execute(text(statement))
    assert expected in violations(office)
