"""What is owed, by age: the buckets sum to the books, and each sum is the sum of charges."""

from datetime import date, timedelta

import pytest

from models.documents.act import Act
from models.documents.books import AgeBucket, AgedCharge, AgedSum
from models.tables import Charge, Client
from models.values.accounts import RECEIVABLES, Account
from models.values.identifiers import new_id
from models.values.money import Money, total
from revcycle.rules.ledger.ageing import bucket_starts
from revcycle.store.ageing import AgedPlace, AgeingWanted, list_aged_charges, sum_by_age
from revcycle.store.ledger import trial_balance
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.posting.billing_office import (
    PAID_ON,
    SERVICE_DATE,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)

THIRTY = AgeingWanted(bucket_starts(SERVICE_DATE + timedelta(days=30)))
SHARED = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])


@pytest.fixture
def office(either_database_url: str) -> BillingOffice:
    """A billing office on SQLite, and on PostgreSQL in a second run."""
    client = Client(id=new_id(), key="demo_practice", name="Demo", time_zone="America/New_York")
    with transaction(either_database_url) as session:
        session.add(client)
    return BillingOffice(either_database_url, Act(client.id, "tester", NOON, TODAY))


def sums(office: BillingOffice, wanted: AgeingWanted = THIRTY) -> list[AgedSum]:
    with transaction(office.database_url, office.act.client_id) as session:
        return sum_by_age(session, office.act.client_id, wanted)


def charges(
    office: BillingOffice, wanted: AgeingWanted, after: AgedPlace | None = None, limit: int = 50
) -> list[AgedCharge]:
    with transaction(office.database_url, office.act.client_id) as session:
        return list_aged_charges(session, office.act.client_id, wanted, after=after, limit=limit)


def figures(found: list[AgedSum]) -> set[tuple[str, str, str, int]]:
    return {(one.account, one.payer_key, one.bucket, one.amount.cents) for one in found}


def date_service(office: BillingOffice, claim: BilledClaim, days_ago: int, as_of: date) -> None:
    with transaction(office.database_url, office.act.client_id) as session:
        charge = session.get_one(Charge, (office.act.client_id, claim.charge_ids[0]))
        charge.service_date = as_of - timedelta(days=days_ago)


def test_who_owes_what_since_when(office: BillingOffice) -> None:
    first = office.bill(15_000, coverages=(1, 2))
    office.bill_next(first)
    denied, mine = office.bill(4_000), office.bill(15_000)
    office.post(
        a_remittance(
            a_decision(first, SHARED),
            a_decision(denied, (0, [("CO", "97", 4_000)])),
            a_decision(mine, SHARED),
        )
    )
    office.bill(900, coverages=(3,))  # its claim is the first one, at payer 3
    assert figures(sums(office)) == {
        ("AR:INS2", "payer_2", "0-30", 2_500),
        ("AR:INS:DENIED", "payer_1", "0-30", 4_000),
        ("AR:PAT", "", "0-30", 2_500),
        ("AR:INS1", "payer_3", "0-30", 900),
    }


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        pytest.param(-3, AgeBucket.DAYS_30, id="a service of tomorrow"),
        pytest.param(0, AgeBucket.DAYS_30, id="today"),
        pytest.param(30, AgeBucket.DAYS_30, id="the thirtieth day"),
        pytest.param(31, AgeBucket.DAYS_60, id="the day after"),
        pytest.param(60, AgeBucket.DAYS_60, id="sixty"),
        pytest.param(61, AgeBucket.DAYS_90, id="sixty-one"),
        pytest.param(90, AgeBucket.DAYS_90, id="ninety"),
        pytest.param(91, AgeBucket.DAYS_120, id="ninety-one"),
        pytest.param(120, AgeBucket.DAYS_120, id="the last day of the last bucket"),
        pytest.param(121, AgeBucket.OLDER, id="older"),
    ],
)
def test_ages_count_from_the_date_of_service(
    database_url: str, act: Act, days: int, bucket: AgeBucket
) -> None:
    office = BillingOffice(database_url, act)
    date_service(office, office.bill(1_000), days, TODAY)
    (found,) = sums(office, AgeingWanted(bucket_starts(TODAY)))
    assert found.bucket is bucket


def test_an_old_day_may_be_the_first_of_all_days() -> None:
    assert bucket_starts(date.min)[-1] == (AgeBucket.DAYS_120, date.min)


def test_the_buckets_sum_to_what_is_owed_and_each_to_its_charges(office: BillingOffice) -> None:
    claims = [office.bill(1_000 + number, 2_000) for number in range(4)]
    for number, claim in enumerate(claims):
        date_service(office, claim, 40 * number, SERVICE_DATE + timedelta(days=30))
    office.post(a_remittance(a_decision(claims[0], (1_000, []), (500, [("PR", "1", 1_500)]))))
    with transaction(office.database_url, office.act.client_id) as session:
        booked = trial_balance(session, office.act.client_id)
    found = sums(office)
    owed = total(booked.get(account, Money(0)) for account in RECEIVABLES)
    assert total(one.amount for one in found) == owed
    for one in found:
        behind = charges(
            office,
            AgeingWanted(
                THIRTY.starts, account=one.account, payer_key=one.payer_key, bucket=one.bucket
            ),
        )
        assert total(row.amount for row in behind) == one.amount
        assert len(behind) == one.charges


def test_charges_come_page_by_page_without_a_gap(office: BillingOffice) -> None:
    for _ in range(3):
        office.bill(1_000, 2_000)
    seen: list[AgedCharge] = []
    while page := charges(
        office,
        THIRTY,
        AgedPlace(seen[-1].charge_id, seen[-1].account) if seen and seen[-1].charge_id else None,
        4,
    ):
        seen += page
    assert len({one.charge_id for one in seen}) == len(seen) == 6


def test_what_takes_effect_later_is_left_out_of_an_earlier_day(office: BillingOffice) -> None:
    claim = office.bill(15_000)
    office.post(a_remittance(a_decision(claim, SHARED)))
    before = AgeingWanted(THIRTY.starts, booked_until=PAID_ON - timedelta(days=1))
    assert {one.account for one in sums(office, before)} == {Account.AR_INSURANCE_1}
    assert {one.account for one in sums(office)} == {Account.AR_PATIENT}


def test_what_is_owed_to_another_practice_is_not_ours(office: BillingOffice) -> None:
    office.bill(1_000)
    with transaction(office.database_url, office.act.client_id) as session:
        assert sum_by_age(session, new_id(), THIRTY) == []
