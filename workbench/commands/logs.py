"""Logs: one JSON object a line, with allow-listed fields only."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

ALLOWED_FIELDS: Final = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "client",
        "stage",
        "count",
        "counts",
        "code",
        "error_id",
        "error_type",
        "where",
        "file_id",
        "claim_id",
        "encounter_id",
        "remittance_id",
        "work_item_id",
        "message_id",
        "connection",
        "kind",
        "port",
        "path",
        "seconds",
        "state",
    }
)
"""Ids, counts and codes. A field that is not here is dropped: a name can never slip through."""


def configure_logs() -> None:
    """Send our logs to standard error as JSON."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_allowed_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def keep_allowed_fields(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every field that is not known to be free of patients' data."""
    return {key: value for key, value in event.items() if key in ALLOWED_FIELDS}
