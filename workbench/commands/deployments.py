"""Make Prefect's deployments equal to what the client files say."""

import hashlib
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import anyio
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowFilter,
    FlowFilterId,
)
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.client.schemas.sorting import DeploymentSort
from prefect.exceptions import ObjectNotFound
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.utilities.callables import parameter_schema

from models.documents.client_config import ClientConfig
from models.errors import RejectedError, UnavailableError

MANAGED_TAG = "managed-by:revcycle"
WORK_POOL = "revcycle"
PRUNE_FRACTION_MAX = 0.2
PAGE = 200
ROOT = Path(__file__).parents[2]
REVENUE_CYCLE = "revenue-cycle"
SAMPLES_MARK = "  # ---- Samples: written by `sample_entries`, do not edit below ----\n"


@dataclass(frozen=True, slots=True)
class DeploymentSpec:
    """One deployment as it should be."""

    flow: str  # revenue-cycle, statements, client-report, suggestions
    client_key: str
    entrypoint: str  # a module path; a file entrypoint would shadow modules
    cron: str
    time_zone: str

    @property
    def name(self) -> str:
        """How people know it: ``revenue-cycle/lakeside_family``."""
        return f"{self.flow}/{self.client_key}"

    @property
    def tags(self) -> list[str]:
        """What managers filter by, and our mark."""
        return [MANAGED_TAG, f"client:{self.client_key}", f"stage:{self.flow}"]

    @property
    def slug(self) -> str:
        """The name of its one schedule."""
        return f"{self.flow}-{self.client_key.replace('_', '-')}"

    @property
    def version(self) -> str:
        """A hash of all that a deployment is made of, the code's folder and signature included.

        Equal means that nothing is to be done.
        """
        parts = {**asdict(self), "folder": str(ROOT), "schema": _schema(self.entrypoint)}
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What differs between the client files and Prefect."""

    create: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...]
    same: int


ENTRYPOINTS: Final = MappingProxyType(
    {
        REVENUE_CYCLE: "flows.revenue_cycle.revenue_cycle_flow",
        "statements": "flows.statements.statements_flow",
        "client-report": "flows.client_report.client_report_flow",
        "suggestions": "flows.suggestions.suggestions_flow",
    }
)


def deployment_specs(configs: Sequence[ClientConfig]) -> list[DeploymentSpec]:
    """Say which deployments the client files ask for: one per schedule they name.

    Suggestions of codes are learned at night unless the file says that there are none.
    """
    return [
        DeploymentSpec(flow, config.key, ENTRYPOINTS[flow], cron, config.practice.time_zone)
        for config in configs
        for flow, cron in _schedules(config).items()
        if cron is not None
    ]


def _schedules(config: ClientConfig) -> dict[str, str | None]:
    return {
        REVENUE_CYCLE: config.schedules.cycle,
        "statements": config.schedules.statements,
        "client-report": config.schedules.client_report,
        "suggestions": _night_of(config.key) if config.coding.suggestions else None,
    }


def _night_of(key: str) -> str:
    """Choose a minute after one at night by the practice's key, so that few learn at once."""
    return f"{hashlib.sha256(key.encode()).digest()[0] % 60} 1 * * *"


def sample_entries(specs: Sequence[DeploymentSpec]) -> str:
    """Write deployments as entries of ``prefect.yaml``, as ``clients sync`` would make them.

    JSON strings are YAML strings, so nothing in a client file can become something else.
    """
    return "\n".join(_sample_entry(spec) for spec in specs)


def _sample_entry(spec: DeploymentSpec) -> str:
    return f"""\
  - name: {json.dumps(spec.client_key)}
    entrypoint: {json.dumps(spec.entrypoint)}
    tags: {json.dumps(spec.tags)}
    parameters: {json.dumps({"client_key": spec.client_key})}
    work_pool: *pool
    concurrency_limit: 1
    schedules:
      - cron: {json.dumps(spec.cron)}
        timezone: {json.dumps(spec.time_zone)}
        slug: {json.dumps(spec.slug)}
"""


def sync_deployments(
    specs: Sequence[DeploymentSpec], *, is_dry_run: bool, is_forced: bool = False
) -> SyncPlan:
    """Create, update and delete until Prefect has what the client files say.

    Only deployments with our tag are touched; an operator's pause is kept. A dry run says what
    would change, also where a real one would be refused.

    Raises:
        RejectedError: more than a fifth of the deployments would go and nobody said ``--force``,
            or a deployment that somebody made by hand has the name of one of ours.
        UnavailableError: Prefect's server does not answer.
    """
    return anyio.run(_sync, list(specs), is_dry_run, is_forced)


async def _sync(
    specs: Sequence[DeploymentSpec],
    is_dry_run: bool,  # noqa: FBT001 - as anyio.run hands it over
    is_forced: bool,  # noqa: FBT001 - as anyio.run hands it over
) -> SyncPlan:
    async with connected() as client:
        present = await _managed(client)
        wanted = {spec.name: spec for spec in specs}
        plan = _plan(wanted, present)
        if not is_dry_run:
            if not is_forced:
                _check_deletions(plan, len(present))
            await _check_names(client, [wanted[name] for name in plan.create])
            await _ensure_pool(client)
            for name in (*plan.create, *plan.update):
                await _apply(client, wanted[name], present.get(name))
            for name in plan.delete:
                await client.delete_deployment(present[name].id)
    return plan


@asynccontextmanager
async def connected() -> AsyncGenerator[PrefectClient]:
    """Talk to Prefect's server.

    Raises:
        UnavailableError: it does not answer.
    """
    async with get_client() as client:
        if await client.api_healthcheck() is not None:
            msg = f"Prefect's server does not answer at {client.api_url}; is PREFECT_API_URL right?"
            raise UnavailableError(msg)
        yield client


def _plan(wanted: dict[str, DeploymentSpec], present: dict[str, DeploymentResponse]) -> SyncPlan:
    changed = [
        name
        for name, spec in wanted.items()
        if name in present and not _is_as_wanted(spec, present[name])
    ]
    return SyncPlan(
        create=tuple(sorted(set(wanted) - set(present))),
        update=tuple(sorted(changed)),
        delete=tuple(sorted(set(present) - set(wanted))),
        same=len(set(wanted) & set(present)) - len(changed),
    )


def _is_as_wanted(spec: DeploymentSpec, present: DeploymentResponse) -> bool:
    """Compare the hash, and the schedule itself: that may have been edited in Prefect's pages."""
    schedules = [one.schedule for one in present.schedules]
    return present.version == spec.version and schedules == [_schedule(spec)]


def _check_deletions(plan: SyncPlan, present: int) -> None:
    if len(plan.delete) > PRUNE_FRACTION_MAX * present:
        msg = f"{len(plan.delete)} of {present} deployments would be deleted; use --force"
        raise RejectedError(msg)


async def _check_names(client: PrefectClient, specs: Sequence[DeploymentSpec]) -> None:
    """Refuse to write over what somebody made by hand: creating one would replace it."""
    for spec in specs:
        try:
            await client.read_deployment_by_name(spec.name)
        except ObjectNotFound:
            continue
        msg = f"the deployment {spec.name} was not made by us; delete it or tag it {MANAGED_TAG}"
        raise RejectedError(msg)


async def _managed(client: PrefectClient) -> dict[str, DeploymentResponse]:
    """Read every deployment with our tag. Its name is unique within a flow, so pages are stable."""
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=[MANAGED_TAG]))
    found: dict[str, DeploymentResponse] = {}
    for flow in await client.read_flows(deployment_filter=ours):
        offset = 0
        while page := await client.read_deployments(
            flow_filter=FlowFilter(id=FlowFilterId(any_=[flow.id])),
            deployment_filter=ours,
            sort=DeploymentSort.NAME_ASC,
            limit=PAGE,
            offset=offset,
        ):
            found |= {f"{flow.name}/{deployment.name}": deployment for deployment in page}
            offset += len(page)
    return found


async def _ensure_pool(client: PrefectClient) -> None:
    try:
        await client.read_work_pool(WORK_POOL)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=WORK_POOL, type="process"))


async def _apply(
    client: PrefectClient, spec: DeploymentSpec, present: DeploymentResponse | None
) -> None:
    """Create a deployment or replace it; both of an operator's switches stay as they are."""
    await client.create_deployment(
        flow_id=await client.create_flow(_flow(spec.entrypoint)),
        name=spec.client_key,
        version=spec.version,
        parameters={"client_key": spec.client_key},
        tags=spec.tags,
        work_pool_name=WORK_POOL,
        entrypoint=spec.entrypoint,
        path=str(ROOT),
        pull_steps=[{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}],
        parameter_openapi_schema=_schema(spec.entrypoint),
        enforce_parameter_schema=True,
        concurrency_limit=1,
        schedules=[
            DeploymentScheduleCreate(
                schedule=_schedule(spec), active=_is_schedule_on(present), slug=spec.slug
            )
        ],
        paused=bool(present and present.paused),
    )


def _schedule(spec: DeploymentSpec) -> CronSchedule:
    return CronSchedule(cron=spec.cron, timezone=spec.time_zone)


def _is_schedule_on(present: DeploymentResponse | None) -> bool:
    if present is None or not present.schedules:
        return True
    return any(one.active for one in present.schedules)


def _flow(entrypoint: str) -> Flow[..., Any]:
    return load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)


@cache
def _schema(entrypoint: str) -> dict[str, Any]:
    return parameter_schema(_flow(entrypoint)).model_dump_for_openapi()
