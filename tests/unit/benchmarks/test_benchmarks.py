"""Every benchmark does its work on a small input, and the file holds what it promises."""

import gc
from pathlib import Path

import orjson
import pytest

from benchmarks.measurement import Measurement
from benchmarks.report import to_file
from benchmarks.run import BENCHMARKS
from benchmarks.sizes import QUICK

DOCUMENTED = Path(__file__).resolve().parents[3] / "docs" / "reference" / "benchmarks.md"


@pytest.fixture(scope="module", autouse=True)
def nobody_elses_garbage() -> None:
    """Hide what other tests keep from the collector, which each measurement calls many times."""
    gc.collect()
    gc.freeze()


@pytest.mark.parametrize("measure", BENCHMARKS, ids=lambda measure: measure.__name__)
def test_a_benchmark_does_its_work_and_is_documented(measure: object) -> None:
    assert callable(measure)
    measurement = measure(QUICK)
    assert measurement.value > 0 or measurement.target == 0  # such as errors: none is right
    assert all(value > 0 for value in measurement.peers.values())
    assert f"`{measurement.name}`" in DOCUMENTED.read_text(encoding="utf-8")


def test_the_file_holds_every_number_with_machine_and_versions() -> None:
    written = to_file(
        [Measurement("x12.read_835", 12.3456, "x floor", 10.0, 0.1, {"oxedi.parse": 4.0}, "small")],
        machine={"cpu_count": 2},
        versions={"python": "3.11.7"},
        measured_at="2026-11-20T17:00:00+00:00",
        is_quick=True,
    )
    assert orjson.loads(written) == {
        "measured_at": "2026-11-20T17:00:00+00:00",
        "quick": True,
        "machine": {"cpu_count": 2},
        "versions": {"python": "3.11.7"},
        "benchmarks": [
            {
                "name": "x12.read_835",
                "value": 12.35,
                "unit": "x floor",
                "target": 10.0,
                "met": False,
                "floor": 0.1,
                "peers": {"oxedi.parse": 4.0},
                "note": "small",
            }
        ],
    }


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        pytest.param(10.0, 10.0, True, id="the-target-itself-is-met"),
        pytest.param(10.1, 10.0, False, id="more-is-not"),
        pytest.param(10.0, None, None, id="without-a-target-there-is-no-verdict"),
    ],
)
def test_a_target_is_the_most_that_is_allowed(
    value: float, target: float | None, *, expected: bool | None
) -> None:
    assert Measurement("a", value, "ms", target).met is expected
