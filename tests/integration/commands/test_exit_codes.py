"""The command line tells scripts what happened: 0 done, 1 problems, 2 refused, 3 unavailable."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.documents.eligibility import EligibilityBatchDocument, EligibilityInquiry
from models.documents.party import Organization
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t270 import write_inquiries
from tests.integration.intake_records import SERVICE_DATE, WREN
from workbench.commands.processes import free_port

ROOT = Path(__file__).parents[3]


def revcycle(
    *arguments: str | Path, home: Path, **environment: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "workbench.commands", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "REVCYCLE_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture
def x12_file(tmp_path: Path) -> Path:
    practice = Organization("Lakeside Family Medicine", npi="1999900107", tax_id="830000101")
    inquiry = EligibilityInquiry(
        "T1", "Blue Heron", "BHHP1", practice, WREN, "BHH0012340", SERVICE_DATE
    )
    batch = EligibilityBatchDocument("Blue Heron", "BHHP1", "B1", (inquiry,))
    envelope = Envelope("ZZ", "DEMO01", "ZZ", "PAYER", 1, datetime(2026, 11, 20, tzinfo=UTC))
    path = tmp_path / "good.x12"
    path.write_bytes(write_inquiries(batch, envelope))
    return path


def test_a_good_file_is_done(tmp_path: Path, x12_file: Path) -> None:
    assert revcycle("x12", "check", x12_file, home=tmp_path).returncode == 0


def test_a_file_with_a_wrong_count_has_problems_and_says_where(
    tmp_path: Path, x12_file: Path
) -> None:
    bad = tmp_path / "bad.x12"
    bad.write_bytes(x12_file.read_bytes().replace(b"SE*", b"SE*9"))
    done = revcycle("x12", "check", bad, "--json", home=tmp_path)
    assert done.returncode == 1
    rules = {finding["rule"] for finding in json.loads(done.stdout)["findings"]}
    assert "x12.se01_count" in rules


def test_a_file_that_is_not_x12_is_a_problem_and_the_others_are_judged(
    tmp_path: Path, x12_file: Path
) -> None:
    done = revcycle("x12", "check", ROOT / "README.md", x12_file, home=tmp_path)
    assert done.returncode == 1
    assert "x12.no_isa" in done.stdout
    assert "ok" in done.stdout


def test_json_holds_every_segment_of_the_file(tmp_path: Path, x12_file: Path) -> None:
    done = revcycle("x12", "json", x12_file, home=tmp_path)
    assert done.returncode == 0
    listing = json.loads(done.stdout)
    tags = json.dumps(listing)
    assert all(f'"{tag}"' in tags for tag in ("ISA", "GS", "ST", "BHT", "HL", "NM1", "SE", "IEA"))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("x12", "check", "no-such-file.x12"), id="a-file-that-is-not-there"),
        pytest.param(("verify",), id="no-database"),
        pytest.param(("work", "list"), id="no-database-for-work"),
        pytest.param(("unheard-of",), id="an-unknown-command"),
        pytest.param(("work", "list", "--queue", "none"), id="an-unknown-queue"),
        pytest.param(("synthesize", "nobody", "--out", "x"), id="an-unknown-practice"),
    ],
)
def test_wrong_input_is_refused_in_words(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = revcycle(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.strip() or done.stdout.strip()


def test_a_client_file_with_an_error_is_a_problem_with_its_line(tmp_path: Path) -> None:
    configs = tmp_path / "configs"
    shutil.copytree(ROOT / "client_configs", configs)
    client = configs / "lakeside_family" / "client.toml"
    client.write_text(client.read_text().replace('npi = "1999900107"', 'npi = "1999900108"'))
    done = revcycle("clients", "check", "--configs", configs, home=tmp_path)
    assert done.returncode == 1
    assert "lakeside_family/client.toml line " in done.stdout.replace("\n", " ")


def test_prefect_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    done = revcycle("db", "upgrade", home=tmp_path)
    assert done.returncode == 0
    url = f"http://127.0.0.1:{free_port()}/api"
    done = revcycle("clients", "sync", home=tmp_path, PREFECT_API_URL=url)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
