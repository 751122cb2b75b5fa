"""Count what happened at a practice on one day, and what stands."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_report import Activity, Balances, DayCounts, StateCount
from models.states.claim import ClaimEvent
from models.values.accounts import INSURANCE_RECEIVABLES, Account
from models.values.money import Money, total
from revcycle.store import client_report as counts
from revcycle.store.messages import MessageKind
from revcycle.store.statements import PAID_BY_INSURANCE, PAID_BY_PATIENT
from revcycle.store.work_items import count_open_by_queue

CREDITS: Final = (Account.PATIENT_CREDIT, Account.INSURANCE_CREDIT, Account.UNAPPLIED)
ADJUSTED: Final = (
    Account.CONTRACTUAL,
    Account.SEQUESTRATION,
    Account.CHARITY,
    Account.ADMINISTRATIVE_WRITE_OFF,
    Account.SMALL_BALANCE,
    Account.BAD_DEBT,
    Account.WITHHOLD,
)


def count_day(session: Session, act: Act) -> DayCounts:
    """Count the practice's day that ``act.at`` falls into, and everything to date.

    The day is cut at midnight in the practice's time zone and counted by when things were
    recorded, so that a day replayed later under another date is still counted once.
    """
    zone = counts.get_time_zone(session, act.client_id)
    start = datetime.combine(act.at.astimezone(ZoneInfo(zone)), time(), ZoneInfo(zone))
    end = datetime.combine(start + timedelta(days=1), time(), ZoneInfo(zone))
    return DayCounts(
        day=act.today,
        day_start=start,
        as_of=act.at,
        time_zone=zone,
        today=_activity(session, act, counts.Window(start, end)),
        to_date=_activity(session, act, counts.Window(None, None)),
        encounters=counts.count_encounters_by_state(session, act.client_id),
        claims=counts.count_claims_by_state(session, act.client_id),
        balances=_balances(session, act),
        open_work=tuple(
            StateCount(str(queue.queue), queue.open)
            for queue in count_open_by_queue(session, act.client_id, act.at)
        ),
    )


def _activity(session: Session, act: Act, window: counts.Window) -> Activity:
    claims = counts.count_claims_by_event(session, act.client_id, window)
    booked = counts.sum_of_charges(session, act.client_id, window)
    messages = counts.count_messages_sent(session, act.client_id, window)
    return Activity(
        encounters_received=counts.count_encounters_received(session, act.client_id, window),
        claims_sent=claims[ClaimEvent.SUBMIT],
        claims_accepted=claims[ClaimEvent.ACCEPT],
        claims_rejected=claims[ClaimEvent.REJECT],
        claims_denied=claims[ClaimEvent.DENY],
        claims_paid=claims[ClaimEvent.PAY],
        charges=-booked[Account.CHARGES],
        insurance_payments=_sum(booked, PAID_BY_INSURANCE),
        patient_payments=_sum(booked, PAID_BY_PATIENT),
        adjustments=_sum(booked, ADJUSTED),
        statements_sent=messages.get(MessageKind.STATEMENT, 0),
        reports_sent=messages.get(MessageKind.CLIENT_REPORT, 0),
    )


def _balances(session: Session, act: Act) -> Balances:
    booked = counts.sum_by_account(session, act.client_id)
    return Balances(
        insurance=_sum(booked, INSURANCE_RECEIVABLES),
        denied=booked[Account.AR_DENIED],
        patients=booked[Account.AR_PATIENT],
        credits=-_sum(booked, CREDITS),
    )


def _sum(booked: dict[Account, Money], accounts: tuple[Account, ...]) -> Money:
    return total(booked[account] for account in accounts)
