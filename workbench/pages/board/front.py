"""The managers' board: how the work stands at all practices one sees, or at one of them."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from models.states.claim import ClaimState
from models.states.stage import Stage
from models.states.work_item import Queue
from models.values.access import Right
from models.values.money import total
from revcycle.rules.reports.collection import matured_days, recent_first
from revcycle.store import (
    board_figures,
    claim_figures,
    claim_firsts,
    collection_figures,
    file_figures,
    money_figures,
    stage_pauses,
)
from revcycle.store.practice_days import Period
from revcycle.store.session import reading
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.board import board_charts as charts
from workbench.pages.board.board_address import DAY_CHOICES, BoardView, CurrentBoard
from workbench.pages.board.board_rows import (
    CollectionRow,
    add_up,
    by_place,
    list_workers,
    rates_of,
)
from workbench.pages.board.board_texts import FLOW_TEXTS, TROUBLE_TEXTS
from workbench.pages.board.prefect_runs import read_runs
from workbench.pages.queue_texts import QUEUE_TEXTS

router = APIRouter(dependencies=[needs(Right.SEE_BOARD)])


@router.get("/board")
def show_board(visitor: CurrentVisitor, view: CurrentBoard) -> HTMLResponse:
    """Show every figure as of one moment: they are read in one transaction."""
    site = visitor.site
    with reading(site.database_url, view.client_ids) as session:
        work = _work(session, visitor, view)
        results = _results(session, view)
        pauses = stage_pauses.list_pauses(session, view.client_ids)
    return visitor.show(
        "board.html",
        here="board",
        at=site.now(),
        view=view,
        day_choices=DAY_CHOICES,
        runs=read_runs(site, view.chosen),
        flow_texts=FLOW_TEXTS,
        may_pause=person_of(visitor).may(Right.PAUSE_STAGES),
        stages=list(Stage),
        work=work,
        results=results,
        pauses=[(view.practice(pause.client_id), pause) for pause in pauses],
    )


def _work(session: Session, visitor: Visitor, view: BoardView) -> dict[str, object]:
    """What waits, what was done in time, by whom: nothing of it is of a patient."""
    ids, today = view.client_ids, Period(view.today, view.today)
    waiting = board_figures.count_waiting(session, ids, visitor.site.now())
    closed = board_figures.count_closed(session, ids, view.period)
    opened = board_figures.count_opened_by_day(session, ids, view.period)
    hands = board_figures.count_hands(session, ids, today)
    throughput = charts.throughput_of(view.period.days, opened, closed)
    return {
        "all_work": add_up(waiting, closed),
        "by_queue": by_place(waiting, closed, Queue, lambda one: one.queue),
        "by_practice": by_place(
            waiting, closed, [practice.id for practice in view.chosen], lambda one: one.client_id
        ),
        "queue_texts": QUEUE_TEXTS,
        "throughput": throughput,
        "throughput_chart": charts.chart_throughput(throughput),
        "workers": list_workers(session, ids, hands),
    }


def _results(session: Session, view: BoardView) -> dict[str, object]:
    """Where claims stand, what came in, why payers denied, and which files are in trouble."""
    ids, period = view.client_ids, view.period
    standing = claim_figures.count_claims_by_day(session, ids, period)
    claims = [charts.ClaimsOfDay(day, standing[day]) for day in period.days]
    money = charts.money_of(period.days, money_figures.sum_money_by_day(session, ids, period))
    causes = money_figures.count_denials_by_cause(session, ids, period)
    troubles = file_figures.count_trouble(session, ids)
    return {
        "collections": _collections(session, view),
        "matured": matured_days(period.last),
        "recent_first": recent_first(period.last),
        "rates": rates_of(claim_firsts.count_firsts(session, ids, period)),
        "claims": claims,
        "claim_states": [state for state in ClaimState if any(row.counts[state] for row in claims)],
        "claims_chart": charts.chart_claims(claims),
        "money": money,
        "money_insurance": total(row.insurance for row in money),
        "money_patient": total(row.patient for row in money),
        "money_chart": charts.chart_money(money),
        "causes": causes,
        "denied": total(cause.amount for cause in causes),
        "denial_count": sum(cause.count for cause in causes),
        "troubles": [(view.practice(one.client_id), one) for one in troubles],
        "trouble_texts": TROUBLE_TEXTS,
    }


def _collections(session: Session, view: BoardView) -> list[CollectionRow]:
    """How long money takes to come and how much of it comes, by practice in the order of names."""
    found = collection_figures.sum_collection(session, view.client_ids, view.period.last)
    return [CollectionRow(practice, found[practice.id]) for practice in view.chosen]
