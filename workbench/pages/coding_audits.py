"""Audits of coding in figures: of each practice and coder, and the cases they are made of."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from models.states.audited_case import CLOSED_CASE_STATES
from models.values.access import Right
from models.values.coding_audit import CodePart, CoderStanding
from revcycle.operations.audit.draw_samples import month_before
from revcycle.operations.audit.judge_coders import JudgedCoder, judge_coders, stand_in
from revcycle.operations.audit.policies import audit_policy
from revcycle.rules.audit.education import PART_WORDS
from revcycle.rules.audit.name_services import name_services
from revcycle.rules.audit.say_accuracy import say_accuracy, say_kappa
from revcycle.rules.audit.sum_up import DEFINITIONS
from revcycle.store import audited_cases
from revcycle.store.audit import record_act
from revcycle.store.audited_cases import CaseFilter
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.client_files import find_client_file
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.panes.adjudication import list_services, to_lines
from workbench.pages.practices import act_at, list_practices, practice_of

router = APIRouter(prefix="/coding", dependencies=[needs(Right.AUDIT_CODES)])
STANDING_WORDS: Final = {
    CoderStanding.NEW: "new: every chart is audited",
    CoderStanding.BELOW_FLOOR: "may be below the floor: every chart is audited",
    CoderStanding.COMPETENT: "samples are enough",
}
Day = Annotated[date | None, Query()]


@dataclass(frozen=True, slots=True)
class CoderRow:
    """The figures of one coder, in words where a page needs words."""

    judged: JudgedCoder
    standing: str
    is_full: bool
    codes: str
    cases: str
    kappa: str
    parts: tuple[tuple[str, str], ...]


@router.get("/audits")
def show_practices(visitor: CurrentVisitor) -> Response:
    """List the practices, each with what its audits of this and the last month say."""
    practices = list_practices(visitor)
    rows = []
    with reading(visitor.site.database_url, [one.id for one in practices]) as session:
        for practice in practices:
            act = act_at(visitor, practice)
            wanted = CaseFilter(month_before(act.today).first, act.today)
            judged = judge_coders(session, [practice.id], wanted)
            closed = sum(one.figures.cases.count for one in judged)
            rows.append((practice, len(judged), sum(one.drawn for one in judged), closed))
    return visitor.show("coding_audits_front.html", here="coding_audits", rows=rows)


@router.get("/{client}/audits")
def show_audits(
    visitor: CurrentVisitor,
    client: str,
    first: Day = None,
    last: Day = None,
    coder: Annotated[str, Query(max_length=80)] = "",
    page: PageNumber = 1,
) -> Response:
    """Show the figures of each coder for the days of coding, and the cases."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    policy = audit_policy(find_client_file(practice.key))
    since, until = first or month_before(act.today).first, last or act.today
    wanted = CaseFilter(since, until, coder.strip())
    with transaction(visitor.site.database_url, practice.id) as session:
        judged = judge_coders(session, [practice.id], CaseFilter(since, until))
        counts = audited_cases.count_cases(session, [practice.id], wanted)
        shown = page_of(page, sum(counts.values()))
        cases = audited_cases.list_case_facts(
            session, practice.id, wanted, limit=LINES_OF_PAGE, offset=shown.offset
        )
        record_act(session, practice.id, act, "see_coding_audits", "audited_case", None)
    asked = {"first": since.isoformat(), "last": until.isoformat()}
    return visitor.show(
        "coding_audits.html",
        here="coding_audits",
        practice=practice,
        has_anomalies=person_of(visitor).may(Right.SEE_BOARD),
        first=since,
        last=until,
        coder=wanted.coder,
        rows=[
            CoderRow(
                one,
                STANDING_WORDS[stand_in(one, policy)],
                stand_in(one, policy) is not CoderStanding.COMPETENT,
                say_accuracy(one.figures.codes),
                say_accuracy(one.figures.cases),
                say_kappa(one.figures.kappa),
                tuple(
                    (PART_WORDS[part], say_accuracy(one.figures.by_part[part])) for part in CodePart
                ),
            )
            for one in judged
        ],
        cases=cases,
        page=shown,
        asked=urlencode(asked),
        kept=urlencode({**asked, "coder": wanted.coder} if wanted.coder else asked),
        floor=f"{policy.floor * 100:f}".rstrip("0").rstrip("."),
        definitions=DEFINITIONS,
    )


@router.get("/{client}/audits/{case_id}")
def show_case(visitor: CurrentVisitor, client: str, case_id: UUID) -> Response:
    """Show one case; its codes only when it is closed, so that nobody who audits sees them."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        facts = audited_cases.get_case_facts(session, practice.id, case_id)
        case = audited_cases.see_case(session, practice.id, case_id)
        is_closed = facts.state in CLOSED_CASE_STATES
        codes = audited_cases.list_codes(session, practice.id, case_id)
        rows = name_services(audited_cases.to_judged(row) for row in codes)
        lines = to_lines(session, rows, {}, case.service_date) if is_closed else []
        services = list_services(case.coder_coding, case.auditor_coding) if is_closed else []
        record_act(session, practice.id, act, "see_audited_case", "audited_case", case_id)
    return visitor.show(
        "coding_audit_case.html",
        here="coding_audits",
        practice=practice,
        case=facts,
        is_closed=is_closed,
        lines=lines,
        services=services,
    )
