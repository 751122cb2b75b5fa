"""Who may import whom: the contracts of pyproject.toml hold, and each of them bites."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
PACKAGES = ("models", "revcycle", "tasks", "flows", "workbench")

# One import that each contract forbids: contract, module, line.
FORBIDDEN = (
    (
        "workbench over flows over tasks over revcycle over models",
        "revcycle/settings.py",
        "import workbench.pages.app",
    ),
    ("inside models", "models/values/money.py", "import models.documents.act"),
    ("rules and formats are pure", "revcycle/formats/x12/segments.py", "import sqlalchemy"),
    (
        "rules and formats do not know each other",
        "revcycle/rules/__init__.py",
        "import revcycle.formats.x12.segments",
    ),
    (
        "operations touch neither the network nor a framework",
        "revcycle/store/session.py",
        "import asyncssh",
    ),
    ("connectors know no business", "revcycle/connectors/clock.py", "import revcycle.store.audit"),
    (
        "the sandbox and the generator do not share our truth",
        "revcycle/sandbox/__init__.py",
        "import revcycle.rules.ledger",
    ),
    ("tasks write no SQL", "tasks/runtime.py", "import sqlmodel"),
    ("flows only order tasks", "flows/__init__.py", "import revcycle.settings"),
    ("pages never import the orchestrator", "workbench/pages/app.py", "import prefect"),
)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, check=False, capture_output=True, text=True
    )


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def test_every_contract_is_kept() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def verdict_on_forbidden_imports(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says about a copy of the code with every forbidden import in it."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    for _, module, line in FORBIDDEN:
        with (folder / module).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    result = lint_imports(folder)
    assert result.returncode != 0
    return result.stdout


@pytest.mark.parametrize("contract", [contract for contract, _, _ in FORBIDDEN])
def test_a_forbidden_import_is_caught(verdict_on_forbidden_imports: str, contract: str) -> None:
    assert f"{contract} BROKEN" in verdict_on_forbidden_imports


def test_every_contract_is_tried() -> None:
    assert [contract for contract, _, _ in FORBIDDEN] == contracts()
