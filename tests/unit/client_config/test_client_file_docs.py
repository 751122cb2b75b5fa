"""What is written about client files is complete and current.

``REVCYCLE_REWRITE=1 pytest tests/unit/client_config/test_client_file_docs.py`` writes the schema
anew after the model changed.
"""

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.documents.intake_columns import INTAKE_COLUMNS
from revcycle.client_config.schema import write_client_schema

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = ROOT / "docs/reference/client.schema.json"
REFERENCE = ROOT / "docs/reference/client-file.md"
EXAMPLE = ROOT / "client_configs/_example/client.toml"
OPEN_TABLES = {"columns", "procedure_codes"}  # their keys are the practice's own


def keys_in(value: Any, table: str = "") -> Iterator[str]:
    """Yield every key as ``payers.key``, without the numbers of array elements."""
    if isinstance(value, list):
        for element in value:
            yield from keys_in(element, table)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield f"{table}.{key}".removeprefix(".")
            if key not in OPEN_TABLES:
                yield from keys_in(inner, f"{table}.{key}".removeprefix("."))


def keys_of_schema(node: dict[str, Any], schema: dict[str, Any], table: str = "") -> Iterator[str]:
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    if node.get("type") == "array":
        yield from keys_of_schema(node["items"], schema, table)
    names = node.get("properties") or {key: {} for key in enum_keys(node, schema)}
    inner_default = node.get("additionalProperties")
    for key, inner in names.items():
        yield f"{table}.{key}".removeprefix(".")
        below = inner or inner_default
        if isinstance(below, dict):
            yield from keys_of_schema(below, schema, f"{table}.{key}".removeprefix("."))


def enum_keys(node: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Return the keys of a table whose keys are an enum, such as the queues."""
    reference = node.get("propertyNames", {}).get("$ref", "")
    return schema["$defs"][reference.rsplit("/", 1)[-1]]["enum"] if reference else []


def schema_keys() -> set[str]:
    schema = json.loads(write_client_schema())
    return set(keys_of_schema(schema, schema))


def test_the_schema_for_editors_is_current() -> None:
    if os.environ.get("REVCYCLE_REWRITE"):
        SCHEMA.write_text(write_client_schema(), encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == write_client_schema()


def test_the_example_shows_every_key_there_is() -> None:
    example = set(keys_in(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))))
    assert {"queues.coding.service_hours", "intake.columns", "stages.denials"} <= schema_keys()
    assert schema_keys() - example == set()


def test_the_reference_names_every_key_and_every_column() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    leaves = {key.rsplit(".", 1)[-1] for key in schema_keys()}
    assert [key for key in sorted(leaves) if f"`{key}`" not in text] == []
    assert [name for name in sorted(INTAKE_COLUMNS) if f"`{name}`" not in text] == []
