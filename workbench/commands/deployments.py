"""Make Prefect's deployments equal to what the client files say."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import anyio
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.utilities.callables import parameter_schema

from models.documents.client_config import ClientConfig
from models.errors import RejectedError

MANAGED_TAG = "managed-by:revcycle"
WORK_POOL = "revcycle"
PRUNE_FRACTION_MAX = 0.2
PAGE = 200
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class DeploymentSpec:
    """One deployment as it should be."""

    flow: str  # revenue-cycle, statements
    client_key: str
    entrypoint: str  # a module path; a file entrypoint would shadow modules
    cron: str
    time_zone: str

    @property
    def name(self) -> str:
        """How people know it: ``revenue-cycle/lakeside_family``."""
        return f"{self.flow}/{self.client_key}"

    @property
    def version(self) -> str:
        """A hash of everything here: equal means that nothing is to be done."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What differs between the client files and Prefect."""

    create: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...]
    same: int


def deployment_specs(configs: Sequence[ClientConfig]) -> list[DeploymentSpec]:
    """Say which deployments the client files ask for."""
    specs = []
    for config in configs:
        zone = config.practice.time_zone
        cycle = config.schedules.cycle
        specs.append(
            DeploymentSpec(
                "revenue-cycle",
                config.key,
                "flows.revenue_cycle.revenue_cycle_flow",
                cycle,
                zone,
            )
        )
        if config.schedules.statements:
            specs.append(
                DeploymentSpec(
                    "statements",
                    config.key,
                    "flows.statements.statements_flow",
                    config.schedules.statements,
                    zone,
                )
            )
    return specs


def sync_deployments(
    specs: Sequence[DeploymentSpec], *, is_dry_run: bool, is_forced: bool = False
) -> SyncPlan:
    """Create, update and delete until Prefect has what the client files say.

    Only deployments with our tag are touched; an operator's pause is kept.

    Raises:
        RejectedError: more than a fifth of the deployments would go and nobody said ``--force``.
    """
    return anyio.run(_sync, list(specs), is_dry_run, is_forced)


async def _sync(
    specs: Sequence[DeploymentSpec],
    is_dry_run: bool,  # noqa: FBT001 - as anyio.run hands it over
    is_forced: bool,  # noqa: FBT001 - as anyio.run hands it over
) -> SyncPlan:
    async with get_client() as client:
        present = {f"{one[0]}/{one[1].name}": one[1] for one in await _managed(client)}
        wanted = {spec.name: spec for spec in specs}
        plan = _plan(wanted, present)
        if len(plan.delete) > PRUNE_FRACTION_MAX * max(len(present), 1) and not is_forced:
            msg = f"{len(plan.delete)} of {len(present)} deployments would be deleted; use --force"
            raise RejectedError(msg)
        if not is_dry_run:
            await _ensure_pool(client)
            for name in (*plan.create, *plan.update):
                await _apply(client, wanted[name], present.get(name))
            for name in plan.delete:
                await client.delete_deployment(present[name].id)
    return plan


def _plan(wanted: dict[str, DeploymentSpec], present: dict[str, DeploymentResponse]) -> SyncPlan:
    changed = [
        name for name in wanted if name in present and present[name].version != wanted[name].version
    ]
    return SyncPlan(
        create=tuple(sorted(set(wanted) - set(present))),
        update=tuple(sorted(changed)),
        delete=tuple(sorted(set(present) - set(wanted))),
        same=len(set(wanted) & set(present)) - len(changed),
    )


async def _managed(client: PrefectClient) -> list[tuple[str, DeploymentResponse]]:
    managed = DeploymentFilter(tags=DeploymentFilterTags(all_=[MANAGED_TAG]))
    found: list[tuple[str, DeploymentResponse]] = []
    while True:
        page = await client.read_deployments(
            deployment_filter=managed, limit=PAGE, offset=len(found)
        )
        for deployment in page:
            flow = await client.read_flow(deployment.flow_id)
            found.append((flow.name, deployment))
        if len(page) < PAGE:
            return found


async def _ensure_pool(client: PrefectClient) -> None:
    try:
        await client.read_work_pool(WORK_POOL)
    except ObjectNotFound:
        await client.create_work_pool(_process_pool())


def _process_pool() -> WorkPoolCreate:
    return WorkPoolCreate(name=WORK_POOL, type="process")


async def _apply(
    client: PrefectClient, spec: DeploymentSpec, present: DeploymentResponse | None
) -> None:
    flow: Flow[..., object] = load_flow_from_entrypoint(spec.entrypoint)
    is_active = not (present and (present.paused or _is_schedule_off(present)))
    schedule = CronSchedule(cron=spec.cron, timezone=spec.time_zone)
    await client.create_deployment(
        flow_id=await client.create_flow(flow),
        name=spec.client_key,
        version=spec.version,
        parameters={"client_key": spec.client_key},
        tags=[MANAGED_TAG, f"client:{spec.client_key}", f"stage:{spec.flow}"],
        work_pool_name=WORK_POOL,
        entrypoint=spec.entrypoint,
        path=str(ROOT),
        pull_steps=[{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}],
        parameter_openapi_schema=parameter_schema(flow).model_dump_for_openapi(),
        enforce_parameter_schema=True,
        concurrency_limit=1,
        schedules=[
            DeploymentScheduleCreate(
                schedule=schedule,
                active=is_active,
                slug=f"{spec.flow}-{spec.client_key.replace('_', '-')}",
            )
        ],
        paused=not is_active,
    )


def _is_schedule_off(deployment: DeploymentResponse) -> bool:
    return bool(deployment.schedules) and not any(one.active for one in deployment.schedules)
