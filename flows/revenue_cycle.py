"""One practice, one cycle: the stages in their order."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.client_report import client_report_flow
from flows.coding import coding_flow
from flows.denials import denials_flow
from flows.intake import intake_flow
from flows.posting import posting_flow
from flows.statements import statements_flow
from flows.submission import submission_flow
from flows.verification import verification_flow
from models.states.stage import Stage
from tasks.runs import finish_run, may_run, stage_run_name
from tasks.runtime import practice_day, reports_with_cycle, stages_of_cycle

FLOWS: dict[Stage, Any] = {
    Stage.INTAKE: intake_flow,
    Stage.VERIFICATION: verification_flow,
    Stage.CODING: coding_flow,
    Stage.SUBMISSION: submission_flow,
    Stage.POSTING: posting_flow,
    Stage.DENIALS: denials_flow,
    Stage.STATEMENTS: statements_flow,
}


@flow(name="revenue-cycle", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def revenue_cycle_flow(
    client_key: str, today: date | None = None, stages: Sequence[Stage] | None = None
) -> list[State[Any]]:
    """Run the stages that are on and not paused at this practice; ``stages`` narrows them further.

    Without ``stages``, statements and the practice's report are left to schedules of their own
    where the client file names such. A stage that fails does not stop the others: what they need
    is in the database or is not.
    """
    today = today or practice_day(client_key)
    chosen = list(stages) if stages else stages_of_cycle(client_key)
    states = [
        await FLOWS[stage](client_key, today, return_state=True)
        for stage in chosen
        if may_run(client_key, stage)
    ]
    if Stage.STATEMENTS in chosen if stages else reports_with_cycle(client_key):
        states.append(await client_report_flow(client_key, today, return_state=True))
    finish_run(client_key, "cycle", today)
    return [state for state in states if not state.is_completed()]
