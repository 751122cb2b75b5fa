"""Open denials in order: what expires first, then what is worth most."""

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import select

from models.documents.work import Worker
from models.states.denial import DenialState
from models.tables import WorkItem
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.rank_denials import RankCount, rank_denials
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.work.open_item import get_item
from revcycle.operations.work.take_next import why_this
from revcycle.store.denials import DenialFilter, list_denials
from revcycle.store.session import transaction
from tests.integration.denials.test_denials_to_the_end import PLAYS, deny
from tests.integration.posting.billing_office import (
    BillingOffice,
)
from tests.people import approver


def rank(office: BillingOffice, today: date | None = None) -> RankCount:
    act = replace(office.act, today=today or office.act.today)
    with transaction(office.database_url, office.act.client_id) as session:
        return rank_denials(session, act, plays=PLAYS)


def priorities(office: BillingOffice) -> dict[str, int]:
    with transaction(office.database_url, office.act.client_id) as session:
        return {item.reason: item.priority for item in session.exec(select(WorkItem))}


def test_open_denials_are_put_in_order_once_a_day(office: BillingOffice) -> None:
    deny(office, "50", cents=200_000)
    deny(office, "11", cents=1_000)
    assert rank(office) == RankCount(ranked=2, moved=2)
    assert priorities(office) == {"CO-50": 3, "CO-11": 6}
    assert rank(office) == RankCount(ranked=2, moved=0)
    with transaction(office.database_url, office.act.client_id) as session:
        lines = list_denials(session, office.act.client_id, DenialFilter(DenialState.OPEN))
    assert [(one.reason, one.expected_value) for one in lines] == [
        ("50", Money(100_000)),
        ("11", Money(500)),
    ]


def test_the_item_says_in_one_sentence_what_it_is_worth(office: BillingOffice) -> None:
    deny(office, "50", cents=200_000)
    rank(office)
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        (item,) = session.exec(select(WorkItem)).all()
        line = get_item(session, client_id, item.id)
        worker = Worker(new_id(), "dana")
        sentence = why_this(session, line, worker, at=office.act.at)
    assert sentence.endswith("due in 14 days; $2,000.00 with a chance of 50 % is worth $1,000.00.")


def test_what_expires_moves_up_and_what_a_person_chose_stays(office: BillingOffice) -> None:
    deny(office, "50", cents=1_000)
    deny(office, "11", cents=1_000)
    with transaction(office.database_url, office.act.client_id) as session:
        item = session.exec(select(WorkItem).where(WorkItem.reason == "CO-11")).one()
        item.priority = 8
    rank(office)
    assert priorities(office) == {"CO-50": 6, "CO-11": 8}
    rank(office, office.act.today + timedelta(days=12))
    assert priorities(office) == {"CO-50": 1, "CO-11": 8}


def test_the_practices_own_outcomes_move_the_chance(office: BillingOffice) -> None:
    for _ in range(3):
        _, denial = deny(office, "50", coverages=(1,))
        with transaction(office.database_url, office.act.client_id) as session:
            request_write_off(session, office.act, denial.id, reason="not_worth_it")
            approve_write_off(
                session, replace(office.act, actor="second"), denial.id, approver=approver()
            )
    deny(office, "50", coverages=(1,))
    rank(office)
    (waiting,) = (one for one in office.denials() if one.state == DenialState.OPEN)
    # 5/13 in all, 50/169 of the category, 500/2197 like it
    assert waiting.chance_permille == 228
    assert waiting.expected_value == Money(3_420)
