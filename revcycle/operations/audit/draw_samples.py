"""Draw the charts that auditors code again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_audit import AuditPolicy, CodedChart
from models.errors import RejectedError
from models.values.coding_audit import CoderStanding, SampleMethod
from models.values.identifiers import new_id
from revcycle.operations.audit.audit_items import second_coding_items
from revcycle.operations.audit.judge_coders import standings
from revcycle.rules.audit.accuracy import Accuracy
from revcycle.rules.audit.chart_risk import weigh_chart
from revcycle.rules.audit.draw import draw_by_risk, draw_random
from revcycle.rules.audit.standing import stand_of
from revcycle.store import audited_cases, coded_charts, work_items
from revcycle.store.audit import record_act
from revcycle.store.audited_cases import SamplePlace
from revcycle.store.practice_days import Period

LOOK_BACK_DAYS: Final = 7  # of a full review: charts of days on which no flow ran


@dataclass(frozen=True, slots=True)
class DrawnSample:
    """A sample with what it was drawn from."""

    coder: str
    method: SampleMethod
    first_day: date
    last_day: date
    population: int
    drawn: int


def draw_samples(session: Session, act: Act, policy: AuditPolicy) -> list[DrawnSample]:
    """Draw what the practice's terms ask for today.

    Of a coder who is new or may be below the floor, every chart of the last days; of others a
    sample of the last month, once. Safe to repeat: a chart is drawn once, and a month once.
    """
    standing = standings(session, act, policy)
    unknown = stand_of(
        Accuracy(0, 0), cases=0, new_coder_cases=policy.new_coder_cases, floor=policy.floor
    )
    recent = Period(act.today - timedelta(days=LOOK_BACK_DAYS), act.today)
    drawn = []
    for coder, charts in _charts(session, act, policy, recent).items():
        if standing.get(coder, unknown) is not CoderStanding.COMPETENT:
            place = SamplePlace(coder, act.today, act.today, SampleMethod.FULL_REVIEW)
            drawn.append(_draw_all(session, act, policy, place, charts))
    month = month_before(act.today)
    for coder, charts in _charts(session, act, policy, month).items():
        if standing.get(coder, unknown) is CoderStanding.COMPETENT:
            drawn += _draw_month(session, act, policy, coder, month, charts)
    return [one for one in drawn if one.drawn]


def draw_sample(
    session: Session,
    act: Act,
    policy: AuditPolicy,
    place: SamplePlace,
    *,
    count: int,
    seed: str = "",
) -> DrawnSample:
    """Draw one sample that a person asks for.

    Args:
        session: The open transaction.
        act: Who draws.
        policy: The practice's terms.
        place: Of whom, of which days, and how.
        count: How many charts; all of them for a full review.
        seed: What decides; a new one if empty. It is kept with the sample.

    Raises:
        RejectedError: this sample was drawn before, or ends after today.
    """
    if place.last_day > act.today or place.first_day > place.last_day:
        msg = "a sample is of days that are over or under way, the first before the last"
        raise RejectedError(msg)
    if audited_cases.lock_sample(session, act.client_id, place) is not None:
        msg = "this sample was drawn before: it stays as it is"
        raise RejectedError(msg)
    period = Period(place.first_day, place.last_day)
    charts = _charts(session, act, policy, period).get(place.coder, [])
    return _draw(session, act, policy, place, charts, count=count, seed=seed)


def month_before(day: date) -> Period:
    """Return the month before the one of a day."""
    last = day.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def _charts(
    session: Session, act: Act, policy: AuditPolicy, period: Period
) -> dict[str, list[CodedChart]]:
    """List the charts of a period that are in no audit yet, by coder."""
    found = coded_charts.list_completions(session, act.client_id, *period.bounds(policy.time_zone))
    drawn = audited_cases.list_drawn_completions(session, act.client_id, [one.id for one in found])
    charts = coded_charts.picture_charts(
        session,
        act.client_id,
        [one for one in found if one.id not in drawn],
        new_since=period.first,
        zone=ZoneInfo(policy.time_zone),
    )
    by_coder: defaultdict[str, list[CodedChart]] = defaultdict(list)
    for chart in charts:
        by_coder[chart.coder].append(chart)
    return dict(sorted(by_coder.items()))


def _draw_all(
    session: Session,
    act: Act,
    policy: AuditPolicy,
    place: SamplePlace,
    charts: Sequence[CodedChart],
) -> DrawnSample:
    """Put every chart into the day's full review; what is coded later that day joins it."""
    sample = audited_cases.lock_sample(session, act.client_id, place)
    if sample is None:
        return _draw(session, act, policy, place, charts, count=len(charts))
    sample.population += len(charts)
    _open(session, act, policy, sample.id, place.method, charts)
    return _said(place, len(charts), len(charts))


def _draw_month(
    session: Session,
    act: Act,
    policy: AuditPolicy,
    coder: str,
    month: Period,
    charts: Sequence[CodedChart],
) -> list[DrawnSample]:
    """Draw a month at random first, then by risk among the rest."""
    drawn, left = [], list(charts)
    counts = {SampleMethod.RANDOM: policy.random_cases, SampleMethod.RISK: policy.risk_cases}
    for method, count in counts.items():
        place = SamplePlace(coder, month.first, month.last, method)
        if audited_cases.lock_sample(session, act.client_id, place) is not None:
            continue
        drawn.append(_draw(session, act, policy, place, left, count=count))
        taken = audited_cases.list_drawn_completions(
            session, act.client_id, [one.completion_id for one in left]
        )
        left = [one for one in left if one.completion_id not in taken]
    return drawn


def _draw(
    session: Session,
    act: Act,
    policy: AuditPolicy,
    place: SamplePlace,
    charts: Sequence[CodedChart],
    *,
    count: int,
    seed: str = "",
) -> DrawnSample:
    seed = seed or str(new_id())
    chosen = _choose(place.method, charts, count, seed)
    sample = audited_cases.add_sample(
        session, act.client_id, act, place, seed=seed, population=len(charts)
    )
    _open(session, act, policy, sample.id, place.method, chosen)
    record_act(session, act.client_id, act, "draw_sample", "audit_sample", sample.id)
    return _said(place, len(charts), len(chosen))


def _choose(
    method: SampleMethod, charts: Sequence[CodedChart], count: int, seed: str
) -> list[CodedChart]:
    by_id = {chart.encounter_id: chart for chart in charts}
    if method is SampleMethod.FULL_REVIEW:
        return list(charts)
    if method is SampleMethod.RISK:
        weights = {chart.encounter_id: weigh_chart(chart) for chart in charts}
        return [by_id[one] for one in draw_by_risk(weights, count, seed)]
    return [by_id[one] for one in draw_random(list(by_id), count, seed)]


def _open(
    session: Session,
    act: Act,
    policy: AuditPolicy,
    sample_id: UUID,
    method: SampleMethod,
    charts: Sequence[CodedChart],
) -> None:
    ids = audited_cases.add_cases(session, act.client_id, act, sample_id, charts)
    session.flush()  # items read the patient of their case from the database
    dates = [chart.coding.service_date for chart in charts]
    items = second_coding_items(zip(ids, dates, strict=True), method, policy)
    work_items.open_work_items(session, act.client_id, act, items)


def _said(place: SamplePlace, population: int, drawn: int) -> DrawnSample:
    return DrawnSample(
        place.coder, place.method, place.first_day, place.last_day, population, drawn
    )
