"""Every flow in ``flows/`` can be started, is on the board, and stands in the docs."""

import os
from importlib import import_module
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # comes with Prefect, without types
from prefect import Flow

from flows.revenue_cycle import FLOWS as FLOWS_OF_STAGES
from models.states.stage import Stage
from revcycle.connectors.prefect_api import CYCLE
from tests.architecture.repository import ROOT
from workbench.pages.board.board_texts import FLOW_TEXTS
from workbench.pages.board.prefect_runs import FLOWS

PAGE = ROOT / "docs" / "reference" / "flows.md"
BEGIN = "<!-- generated: begin -->\n"
END = "<!-- generated: end -->\n"
# What starts each flow that is no stage, in words; statements may have a schedule of their own.
BEGINS = {
    CYCLE: "the practice's schedule (`[schedules] cycle`), *Run now*, `revcycle cycle`",
    Stage.STATEMENTS: "the cycle; `[schedules] statements`",
    "client-report": "the cycle; `[schedules] client_report`",
    "suggestions": "every night after one, unless `[coding] suggestions = false`",
}


@pytest.fixture(scope="module")
def flows() -> dict[str, Flow[..., Any]]:
    """Every flow that a module in ``flows/`` defines, by its name."""
    modules = [import_module(f"flows.{path.stem}") for path in (ROOT / "flows").glob("*.py")]
    return {
        value.name: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Flow)
    }


def test_the_folder_is_read(flows: dict[str, Flow[..., Any]]) -> None:
    assert set(flows) > set(Stage)


def test_every_flow_has_a_deployment_or_is_a_stage_of_the_cycle(
    flows: dict[str, Flow[..., Any]],
) -> None:
    entries = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    deployed = {one["entrypoint"].rpartition(".")[2] for one in entries}
    in_cycle = {one.name for one in FLOWS_OF_STAGES.values()}
    startable = in_cycle | {name for name, one in flows.items() if one.fn.__name__ in deployed}
    assert startable == set(flows)


def test_every_flow_is_on_the_board_with_its_word(flows: dict[str, Flow[..., Any]]) -> None:
    assert set(FLOWS) == set(flows) == set(FLOW_TEXTS)


def test_every_flow_is_named_after_what_it_runs_for(flows: dict[str, Flow[..., Any]]) -> None:
    """The board finds runs by their names."""
    named = {name: getattr(one.flow_run_name, "__name__", "") for name, one in flows.items()}
    assert named == dict.fromkeys(flows, "stage_run_name")


def test_the_page_of_flows_is_current(flows: dict[str, Flow[..., Any]]) -> None:
    """``REVCYCLE_REWRITE=1`` writes its table anew."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    written, after = rest.split(END)
    wanted = "\n".join(table_lines(flows)) + "\n"
    if os.environ.get("REVCYCLE_REWRITE"):
        PAGE.write_text(before + BEGIN + wanted + END + after, encoding="utf-8")
        written = wanted
    assert written == wanted


def table_lines(flows: dict[str, Flow[..., Any]]) -> list[str]:
    """Write a row for each flow in the order of the board."""
    rows = ["| flow | what it does | what starts it |", "|---|---|---|"]
    for name in FLOWS:
        does = (flows[name].fn.__doc__ or "").splitlines()[0].replace("``", "`")
        rows.append(f"| `{name}` | {does} | {BEGINS.get(name, 'the cycle')} |")
    return rows
