"""What Prefect says of the runs of the practices, as the board shows it."""

from dataclasses import dataclass
from functools import cache

from models.errors import UnavailableError
from models.states.stage import Stage
from revcycle.connectors.prefect_api import CYCLE, PrefectApi, PrefectRun
from workbench.pages.practices import Practice
from workbench.pages.site import Site

FLOWS = (CYCLE, *Stage, "client-report", "suggestions")
BAD_STATES = frozenset({"FAILED", "CRASHED", "CANCELLED", "CANCELLING"})


@dataclass(frozen=True, slots=True)
class RunCell:
    """The last run of one flow of a practice, with the way to it."""

    run: PrefectRun
    address: str

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look."""
        return self.run.state_type in BAD_STATES


@dataclass(frozen=True, slots=True)
class RunRow:
    """The last runs of one practice, in the order of ``FLOWS``; None: it never ran."""

    practice: Practice
    cells: tuple[RunCell | None, ...]


@dataclass(frozen=True, slots=True)
class RunTable:
    """The last runs of practices; ``problem`` says why there is none."""

    rows: tuple[RunRow, ...] = ()
    problem: str = ""


@cache
def prefect_at(address: str) -> PrefectApi:
    """Keep one connection to the Prefect of an address, with what it said last."""
    return PrefectApi(address)


def read_runs(site: Site, practices: list[Practice]) -> RunTable:
    """Ask Prefect; that it is silent hides nothing else of the board."""
    if not site.prefect_url:
        return RunTable(problem="Nobody told the workbench where Prefect is: --prefect-url.")
    prefect = prefect_at(site.prefect_url)
    try:
        found = {(run.client_key, run.flow): run for run in prefect.list_latest_runs()}
    except UnavailableError:
        return RunTable(problem="Prefect does not answer now. All other figures are our own.")
    return RunTable(tuple(_row(prefect, practice, found) for practice in practices))


def _row(
    prefect: PrefectApi, practice: Practice, found: dict[tuple[str, str], PrefectRun]
) -> RunRow:
    runs = [found.get((practice.key, flow)) for flow in FLOWS]
    return RunRow(
        practice,
        tuple(run if run is None else RunCell(run, prefect.link_to(run.id)) for run in runs),
    )
