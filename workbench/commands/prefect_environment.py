"""How Prefect is set up beside our state: nothing leaves the machine, and history ends."""

from pathlib import Path
from typing import Final

DAY_SECONDS: Final = 86_400
RUNS_KEPT_DAYS: Final = 30  # what happened is in our own database, for as long as the law asks
EVENTS_KEPT_DAYS: Final = 2  # most of what Prefect writes: 14 of 18 kB of a task


def prefect_variables(home: Path) -> dict[str, str]:
    """Name Prefect's folder under ours and switch off what would call home."""
    return {
        "PREFECT_HOME": str((home / "prefect").resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # of a command without a server
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",  # it calls an analytics host from the browser
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "60",  # automations.py calls five minutes without dead
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(RUNS_KEPT_DAYS * DAY_SECONDS),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{EVENTS_KEPT_DAYS}D",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }
