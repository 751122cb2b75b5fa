"""What would the services of a period have brought under other terms? Nothing is changed."""

from datetime import date, timedelta

from sqlmodel import Session

from models.documents.act import Act
from models.documents.contract import ContractBook
from models.errors import RejectedError
from revcycle.operations.contracts.fill_fee_schedule import fill_fee_schedule, named_schedules
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.rules.contracts.price_claim import Pricer
from revcycle.rules.contracts.reprice import Repricing, reprice_claims
from revcycle.store.audit import record_act
from revcycle.store.contracts import stream_services_of_period

PERIOD_DAYS_MAX = 400
MONTHS_OF_QUARTER = 3


def price_under_other_terms(
    session: Session,
    act: Act,
    proposed: ContractBook,
    *,
    policy: ContractPolicy,
    period: tuple[date, date],
    look_into: tuple[str, str] | None = None,
) -> Repricing:
    """Price the services of a period, by their day, by the terms now and by the proposed ones.

    Raises:
        RejectedError: the period ends before it begins, or is longer than ``PERIOD_DAYS_MAX``.
    """
    first, last = period
    if not first <= last <= first + timedelta(days=PERIOD_DAYS_MAX):
        msg = f"a period ends after it begins, and has at most {PERIOD_DAYS_MAX} days"
        raise RejectedError(msg)
    client_id, practice = act.client_id, policy.practice
    claims = stream_services_of_period(session, client_id, first, last, practice)
    in_period = (
        [one for one in services if first <= one.service_date <= last] for _, services in claims
    )
    now, then = policy.book, proposed
    if named_schedules(now) | named_schedules(then):
        seen = stream_services_of_period(session, client_id, first, last, practice)
        codes = {one.code for _, services in seen for one in services}
        now, then = (fill_fee_schedule(session, book, codes) for book in (now, then))
    repriced = reprice_claims(in_period, Pricer(now), Pricer(then), look_into=look_into)
    record_act(session, act.client_id, act, "price_what_if", "claim", None)
    return repriced


def last_quarter(today: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter before the one of a day."""
    this = date(today.year, (today.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1, 1)
    last = this - timedelta(days=1)
    return date(last.year, last.month - MONTHS_OF_QUARTER + 1, 1), last
