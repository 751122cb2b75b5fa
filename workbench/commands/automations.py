"""Make Prefect's automations what we need: runs that nobody ends are ended, and people are told.

What they are stands in ``automation_specs``; ``clients sync`` and ``up`` make Prefect equal to it.

Source:
    Prefect 3.9, ``prefect.events.schemas.automations``, and its guide "Detect zombie flows".
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

import anyio
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, CallWebhook, ChangeFlowRunState, DoNothing
from prefect.events.schemas.automations import Automation, AutomationCore, EventTrigger, Posture
from prefect.exceptions import ObjectNotFound
from prefect.types import SecretDict
from pydantic import SecretStr

from workbench.commands.deployments import MANAGED_TAG, SyncPlan, connected

MARK: Final = "revcycle: "  # begins the name of each automation that is ours
BLOCK: Final = "revcycle-alerts"
HEARTBEAT_LOST_AFTER: Final = timedelta(minutes=5)  # a run gives one each minute
PENDING_AT_MOST: Final = timedelta(minutes=5)
LATE_AT_MOST: Final = timedelta(
    minutes=15
)  # a worker that is busy is not yet a worker that is gone
RUN: Final[dict[str, str | list[str]]] = {"prefect.resource.id": "prefect.flow-run.*"}
OURS: Final[dict[str, str | list[str]]] = {
    "prefect.resource.id": f"prefect.tag.{MANAGED_TAG}",
    "prefect.resource.role": "tag",
}
EACH_RUN: Final = {"prefect.resource.id"}
BAD_ENDS: Final = ("Failed", "Crashed", "TimedOut")
ENDS: Final = (*BAD_ENDS, "Completed", "Cancelled")
BEGUN: Final = (*ENDS, "Pending", "Running")


def automation_specs(block_id: UUID | None) -> list[AutomationCore]:
    """Say which automations there should be.

    Args:
        block_id: Prefect's record of where alerts go; without one they are only an event in
            Prefect.
    """
    return [
        AutomationCore(
            name=f"{MARK}a run died",
            description="No sign of life for five minutes: its machine or worker is gone. The next"
            " run takes whatever is ready.",
            trigger=_absent("heartbeat", ("heartbeat", *ENDS), HEARTBEAT_LOST_AFTER),
            actions=[_crash("No sign of life for five minutes.")],
        ),
        AutomationCore(
            name=f"{MARK}a run does not begin",
            description="It would hold the practice's only place for ever.",
            trigger=_absent("Pending", (*ENDS, "Running"), PENDING_AT_MOST),
            actions=[_crash("Pending for five minutes.")],
        ),
        AutomationCore(
            name=f"{MARK}a run failed",
            description="Says so, once a run; a stage inside a cycle is told of by its cycle.",
            trigger=EventTrigger(
                expect=_events(BAD_ENDS),
                match=RUN,
                match_related=OURS,
                for_each=EACH_RUN,
                posture=Posture.Reactive,
            ),
            actions=[_tell(block_id, "ended badly")],
        ),
        AutomationCore(
            name=f"{MARK}a run is late",
            description="Says so when a run has not begun fifteen minutes after its time: no"
            " worker takes runs, or all are busy.",
            trigger=_absent("Late", BEGUN, LATE_AT_MOST),
            actions=[_tell(block_id, "is late by more than 15 minutes")],
        ),
    ]


def _absent(after: str, expected: tuple[str, ...], within: timedelta) -> EventTrigger:
    """Fire for a run when nothing of what is expected came in time after something did."""
    return EventTrigger(
        after=_events((after,)),
        expect=_events(expected),
        match=RUN,
        for_each=EACH_RUN,
        posture=Posture.Proactive,
        within=within,
    )


def _events(names: tuple[str, ...]) -> set[str]:
    return {f"prefect.flow-run.{name}" for name in names}


def _crash(message: str) -> ChangeFlowRunState:
    return ChangeFlowRunState(state=StateType.CRASHED, name="Crashed", message=message, force=False)


def _tell(block_id: UUID | None, what: str) -> ActionTypes:
    """Post a line of keys, days and an address: nothing of a patient is in Prefect."""
    if block_id is None:
        return DoNothing()
    words = "{{ flow.name }}/{{ deployment.name }} " + what
    text = f'"{words}: {{{{ flow_run.name }}}} {{{{ flow_run | ui_url }}}}"'
    return CallWebhook(block_document_id=block_id, payload=f'{{"text": {text}}}')


def sync_automations(alert_url: SecretStr, *, is_dry_run: bool) -> SyncPlan:
    """Create, update and delete until Prefect has our automations, and only these of ours.

    What an operator switched off stays off. Automations without our mark are left alone.

    Args:
        alert_url: Where alerts are posted as ``{"text": ...}``; empty: nowhere.
        is_dry_run: Only say what would change.

    Raises:
        UnavailableError: Prefect's server does not answer.
    """
    return anyio.run(_sync, alert_url, is_dry_run)


async def _sync(alert_url: SecretStr, is_dry_run: bool) -> SyncPlan:  # noqa: FBT001 - as anyio.run hands it over
    async with connected() as client:
        block_id = await _find_block(client)
        if not is_dry_run:
            block_id = await _keep_block(client, block_id, alert_url)
        elif not alert_url.get_secret_value():
            block_id = None
        wanted = {one.name: one for one in automation_specs(block_id)}
        present = {
            one.name: one for one in await client.read_automations() if one.name.startswith(MARK)
        }
        plan = _plan(wanted, present)
        if not is_dry_run:
            await _follow(client, plan, wanted, present)
    return plan


async def _find_block(client: PrefectClient) -> UUID | None:
    try:
        return (await client.read_block_document_by_name(BLOCK, "webhook")).id
    except ObjectNotFound:
        return None


async def _keep_block(
    client: PrefectClient, block_id: UUID | None, alert_url: SecretStr
) -> UUID | None:
    """Write down where alerts go, or forget it: Prefect keeps it sealed, and shows it to nobody."""
    if alert_url.get_secret_value():
        block = Webhook(url=alert_url, headers=SecretDict({"Content-Type": "application/json"}))
        return await block.asave(BLOCK, overwrite=True, client=client)
    if block_id is not None:
        await client.delete_block_document(block_id)
    return None


def _plan(wanted: dict[str, AutomationCore], present: dict[str, Automation]) -> SyncPlan:
    changed = [
        name for name, one in wanted.items() if name in present and not _is_same(one, present[name])
    ]
    return SyncPlan(
        create=tuple(sorted(set(wanted) - set(present))),
        update=tuple(sorted(changed)),
        delete=tuple(sorted(set(present) - set(wanted))),
        same=len(set(wanted) & set(present)) - len(changed),
    )


def _is_same(wanted: AutomationCore, present: Automation) -> bool:
    return (wanted.description, wanted.trigger, wanted.actions) == (
        present.description,
        present.trigger,
        present.actions,
    )


async def _follow(
    client: PrefectClient,
    plan: SyncPlan,
    wanted: dict[str, AutomationCore],
    present: dict[str, Automation],
) -> None:
    for name in plan.create:
        await client.create_automation(wanted[name])
    for name in plan.update:
        kept = wanted[name].model_copy(update={"enabled": present[name].enabled})
        await client.update_automation(present[name].id, kept)
    for name in plan.delete:
        await client.delete_automation(present[name].id)
