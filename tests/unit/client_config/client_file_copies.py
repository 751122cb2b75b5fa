"""Copies of the example practice with something changed in them."""

import shutil
from pathlib import Path

import pytest

from models.documents.finding import Finding, Severity
from revcycle.client_config import (
    ClientConfigError,
    read_client_config,
)

CONFIGS = Path(__file__).resolve().parents[3] / "client_configs"
PRACTICES = ("harbor_outpatient", "lakeside_family", "summit_cardiology")


def written(root: Path, *changes: tuple[str, str], key: str = "elm_clinic") -> Path:
    """Copy the example under another key and change its text."""
    folder = root / key
    shutil.copytree(CONFIGS / "_example", folder)
    text = (folder / "client.toml").read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "client.toml").write_text(text)
    return folder


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "client.toml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def errors_of(folder: Path) -> list[Finding]:
    with pytest.raises(ClientConfigError) as raised:
        read_client_config(folder)
    return [item for item in raised.value.findings if item.severity is Severity.ERROR]
