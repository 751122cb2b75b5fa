"""The form of a client file: the JSON Schema for editors, and in words what a key allows."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from models.documents.client_config import ClientConfig
from revcycle.client_config.toml_lines import KeyPath

# Fields of ClientConfig that the reader fills from the folder's name and from fees.csv.
FILLED_BY_READER: Final = ("key", "fees", "revenue_codes")
SCHEMA_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def write_client_schema() -> str:
    """Return the JSON Schema of ``client.toml`` as text, for ``docs/reference``."""
    schema = {"$schema": SCHEMA_DIALECT, **_schema(), "title": "client.toml of a practice"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def allowed_at(path: KeyPath) -> str:
    """Say in words what may stand at a key path: ``a whole number from 1 to 3650``."""
    return _words(_node_at(path))


def keys_at(path: KeyPath) -> tuple[str, ...]:
    """List the keys that the table at a path knows."""
    return tuple(_node_at(path).get("properties", {}))


@cache
def _schema() -> Mapping[str, Any]:
    schema = ClientConfig.model_json_schema()
    for name in FILLED_BY_READER:
        schema["properties"].pop(name)
    schema["required"] = [name for name in schema["required"] if name not in FILLED_BY_READER]
    schema["description"] = "One practice, complete. See docs/reference/client-file.md."
    return schema


def _node_at(path: KeyPath) -> Mapping[str, Any]:
    node: Mapping[str, Any] = _schema()
    for part in path:
        if isinstance(part, int):
            inner = node.get("items")
        else:
            inner = node.get("properties", {}).get(part, node.get("additionalProperties"))
        node = _resolved(inner) if isinstance(inner, Mapping) else {}
    return node


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference, and take the first kind of an optional value."""
    if "anyOf" in node:
        node = node["anyOf"][0]
    if "$ref" in node:
        node = _schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


def _words(node: Mapping[str, Any]) -> str:
    if "enum" in node:
        return "one of " + ", ".join(repr(value) for value in node["enum"])
    if "const" in node:
        return repr(node["const"])
    if node.get("type") == "integer":
        return _range_words(node)
    if node.get("type") == "string":
        return str(node.get("description", "a text"))
    kinds = {"boolean": "true or false", "object": "a table"}
    at_least = ", at least one" if node.get("minItems") else ""
    return kinds.get(node.get("type", ""), f"a list{at_least}")


def _range_words(node: Mapping[str, Any]) -> str:
    lowest = node.get("minimum", node.get("exclusiveMinimum", -1) + 1)
    return f"a whole number from {lowest} to {node.get('maximum', 'any')}"
