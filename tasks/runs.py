"""How runs are named, and what managers see of them in Prefect."""

from datetime import date

from prefect import get_run_logger, runtime
from prefect.artifacts import create_table_artifact
from prefect.events import emit_event

from models.documents.client_report import DayCounts
from models.states.stage import Stage
from revcycle.operations.reports.count_day import count_day
from revcycle.settings import settings
from tasks.runtime import (
    act_of,
    client_id_of,
    client_reading,
    is_stage_on,
    is_stage_paused,
    practice_day,
    step,
)


def stage_run_name() -> str:
    """Name a run ``submission lakeside_family 2026-11-22``: flow, practice, the practice's day."""
    parameters = runtime.flow_run.parameters
    client_key = parameters["client_key"]
    today = parameters.get("today") or practice_day(client_key)
    return f"{runtime.flow_run.flow_name} {client_key} {today}"


def may_run(client_key: str, stage: Stage) -> bool:
    """Tell whether a stage begins now: it is on for the practice, and nobody has paused it.

    Asked before each stage, so that a pause in the middle of a cycle counts from the next one on.
    A pause is said in the log of the run.
    """
    if not is_stage_on(client_key, stage):
        return False
    if is_stage_paused(client_key, stage):
        get_run_logger().warning("%s of %s is paused and was skipped", stage, client_key)
        return False
    return True


def finish_run(client_key: str, name: str, today: date) -> None:
    """Say that a flow is done; one that a manager looks at gets the counts of the day.

    A stage inside a cycle leaves the table to the cycle, whose run shows them all.
    """
    emit_event(
        f"revcycle.{name}.finished",
        resource={"prefect.resource.id": f"revcycle.client.{client_id_of(client_key)}"},
        payload={"today": today.isoformat()},
    )
    if runtime.flow_run.parent_flow_run_id is None:
        publish_day_task(client_key, name, today)


@step("publish-day")
def publish_day_task(client_key: str, name: str, today: date) -> None:
    """Leave a table of counts with the run; sums only, it names no patient."""
    with client_reading(client_key) as session:
        counts = count_day(session, act_of(client_key, name, today))
    create_table_artifact(
        key=f"day-{client_key.replace('_', '-')}",
        table=_rows(counts),
        description=f"{client_key}, {today}, after {name}{_link_to_board(client_key)}",
    )


def _link_to_board(client_key: str) -> str:
    """Write where the figures can be looked into; nothing where nobody said where the pages are."""
    address = settings().workbench_url.rstrip("/")
    return f". [Look into these figures]({address}/board?client={client_key})" if address else ""


def _rows(counts: DayCounts) -> list[dict[str, str]]:
    today = counts.today
    figures = [
        ("encounters received", today.encounters_received),
        ("claims sent", today.claims_sent),
        ("claims accepted", today.claims_accepted),
        ("claims rejected", today.claims_rejected),
        ("claims denied", today.claims_denied),
        ("claims paid", today.claims_paid),
        ("charges", today.charges),
        ("payments", today.payments),
        ("adjustments", today.adjustments),
        ("receivable now", counts.balances.receivable),
        ("statements sent", today.statements_sent),
        *((f"open work: {one.name}", one.count) for one in counts.open_work),
        *((f"encounters {one.name}", one.count) for one in counts.encounters),
        *((f"claims {one.name}", one.count) for one in counts.claims),
    ]
    return [{"figure": name, "value": str(value)} for name, value in figures]
