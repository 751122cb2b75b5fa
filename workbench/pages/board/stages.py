"""The stages of each practice: pause one, let it go on, run it now."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from models.documents.act import Act
from models.errors import RejectedError
from models.states.stage import Stage
from models.values.access import Right
from revcycle.operations.work.pause_stage import REASON_LENGTH_MAX, pause_stage, resume_stage
from revcycle.rules.access.secret_texts import invent_token
from revcycle.store import stage_pauses
from revcycle.store.session import reading, transaction
from revcycle.store.stage_pauses import PausedStage
from workbench.pages.access import CurrentVisitor, Visitor, needs, person_of
from workbench.pages.board.board_address import ShortText
from workbench.pages.board.board_texts import FLOW_TEXTS
from workbench.pages.board.prefect_runs import FLOWS, RunCell, prefect_at, read_runs
from workbench.pages.form_texts import Text
from workbench.pages.item_page import SEE_OTHER
from workbench.pages.practices import (
    Practice,
    act_at,
    choose_practices,
    list_practices,
    practice_of,
)
from workbench.pages.said import Said, to_said

router = APIRouter(prefix="/stages")
CONFLICT = 409
ChosenStage = Annotated[Stage, Form()]


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of a practice: whether it is paused, and its last run."""

    stage: Stage
    label: str
    pause: PausedStage | None
    run: RunCell | None


@dataclass(frozen=True, slots=True)
class PracticeStages:
    """The stages of one practice, and the last run of its cycle."""

    practice: Practice
    rows: tuple[StageRow, ...]
    cycle: RunCell | None
    once: str


@router.get("", dependencies=[needs(Right.SEE_BOARD)])
def show_stages(
    visitor: CurrentVisitor, client: ShortText = "", said: Said = "", run: UUID | None = None
) -> Response:
    """Show the stages of the practices one sees, or of one."""
    return show_page(visitor, client, said=to_said(said), run=run)


@router.post("/{client}/pause", dependencies=[needs(Right.PAUSE_STAGES)])
def pause(visitor: CurrentVisitor, client: str, stage: ChosenStage, reason: Text = "") -> Response:
    """Pause a stage; what was typed is kept when the reason is refused."""
    practice = practice_of(visitor, client)
    try:
        with transaction(visitor.site.database_url, practice.id) as session:
            is_new = pause_stage(session, act_at(visitor, practice), stage, reason=reason)
    except RejectedError as error:
        return show_page(visitor, client, problem=str(error), typed={stage: reason})
    return back_to(client, said="stage_paused" if is_new else "stage_was_paused")


@router.post("/{client}/resume", dependencies=[needs(Right.PAUSE_STAGES)])
def resume(visitor: CurrentVisitor, client: str, stage: ChosenStage) -> Response:
    """Let a stage go on."""
    practice = practice_of(visitor, client)
    act: Act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        resume_stage(session, act, stage)
    return back_to(client, said="stage_resumed")


def back_to(client: str, **parts: str) -> Response:
    """Go back to the stages of a practice."""
    return RedirectResponse(f"/stages?{urlencode({'client': client, **parts})}", SEE_OTHER)


def show_page(
    visitor: Visitor,
    client: str,
    *,
    said: str = "",
    run: UUID | None = None,
    problem: str = "",
    typed: dict[Stage, str] | None = None,
) -> Response:
    """Show the page, with what was typed if it was refused.

    Raises:
        NotFoundError: this person sees no such practice.
    """
    practices = list_practices(visitor)
    chosen = choose_practices(practices, client)
    ids = [practice.id for practice in chosen]
    with reading(visitor.site.database_url, ids) as session:
        pauses = {(one.client_id, one.stage): one for one in stage_pauses.list_pauses(session, ids)}
    runs = read_runs(visitor.site, chosen)
    cells = {row.practice.id: dict(zip(FLOWS, row.cells, strict=True)) for row in runs.rows}
    prefect_url = visitor.site.prefect_url
    return visitor.show(
        "board_stages.html",
        here="board",
        status_code=CONFLICT if problem else 200,
        at=visitor.site.now(),
        practices=practices,
        client=client,
        each=[_stages_of(practice, pauses, cells.get(practice.id, {})) for practice in chosen],
        runs=runs,
        said=said,
        run_address=prefect_at(prefect_url).link_to(run) if run and prefect_url else "",
        problem=problem,
        typed=typed or {},
        may_pause=person_of(visitor).may(Right.PAUSE_STAGES),
        reason_max=REASON_LENGTH_MAX,
    )


def _stages_of(
    practice: Practice,
    pauses: dict[tuple[UUID, Stage], PausedStage],
    cells: dict[str, RunCell | None],
) -> PracticeStages:
    rows = tuple(
        StageRow(stage, FLOW_TEXTS[stage], pauses.get((practice.id, stage)), cells.get(stage))
        for stage in Stage
    )
    return PracticeStages(practice, rows, cells.get(FLOWS[0]), once=invent_token())
