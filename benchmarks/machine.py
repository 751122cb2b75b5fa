"""On what the numbers were measured."""

import os
import platform
import sqlite3
from importlib.metadata import version

PACKAGES = ("prefect", "sqlalchemy", "sqlmodel", "oxedi", "pyx12", "typst")


def machine_facts() -> dict[str, object]:
    """Describe the machine; its load says whether others were working on it."""
    return {
        "cpu_count": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def versions() -> dict[str, str]:
    """Name the versions that matter."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{package: version(package) for package in PACKAGES},
    }
