"""Start the cycle of a practice, or one stage of it, now: through Prefect, once."""

from fastapi import APIRouter
from fastapi.responses import Response

from models.errors import RejectedError, UnavailableError
from models.states.stage import Stage
from models.values.access import Right
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.board.prefect_runs import prefect_at
from workbench.pages.board.stages import back_to, show_page
from workbench.pages.form_texts import Text
from workbench.pages.practices import act_at, practice_of

router = APIRouter(prefix="/stages", dependencies=[needs(Right.PAUSE_STAGES)])
NO_WORD = "Nothing was started: this page is not whole. Load it again."
NO_PREFECT = "Nobody told the workbench where Prefect is, so nothing can be started from here."


@router.post("/{client}/run")
def run_now(visitor: CurrentVisitor, client: str, stage: Text = "", once: Text = "") -> Response:
    """Ask Prefect for one run; the same form sent twice is the same run.

    A paused stage is skipped by the run, which says so.
    """
    practice = practice_of(visitor, client)
    if not visitor.site.prefect_url:
        return show_page(visitor, client, problem=NO_PREFECT)
    if not once:
        return show_page(visitor, client, problem=NO_WORD)
    try:
        stages = [Stage(stage)] if stage else []
    except ValueError:
        return show_page(visitor, client, problem="There is no such stage.")
    try:
        prefect = prefect_at(visitor.site.prefect_url)
        run_id = prefect.start_cycle(practice.key, stages, once=once)
    except (UnavailableError, RejectedError) as error:
        return show_page(visitor, client, problem=f"Nothing was started: {error}.")
    with transaction(visitor.site.database_url, practice.id) as session:
        act = act_at(visitor, practice)
        outcome = stage or "cycle"
        record_act(session, practice.id, act, "run_now", "flow_run", run_id, outcome=outcome)
    return back_to(client, said="run_started", run=str(run_id))
