"""The form of a client file: the JSON Schema for editors, and in words what a key allows."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from models.documents.client_config import ClientConfig
from revcycle.client_config.toml_lines import KeyPath

# Fields of ClientConfig that the reader fills from the folder's name and the files beside.
FILLED_BY_READER: Final = ("key", "fees", "revenue_codes", "plays")
SCHEMA_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def write_client_schema() -> str:
    """Return the JSON Schema of ``client.toml`` as text, for ``docs/reference``."""
    schema = {"$schema": SCHEMA_DIALECT, **_schema(), "title": "client.toml of a practice"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def allowed_at(path: KeyPath, model: type[BaseModel] = ClientConfig) -> str:
    """Say in words what may stand at a key path: ``a whole number from 1 to 3650``."""
    return _words(_node_at(path, model))


def keys_at(path: KeyPath, model: type[BaseModel] = ClientConfig) -> tuple[str, ...]:
    """List the keys that the table at a path knows."""
    return tuple(_node_at(path, model).get("properties", {}))


@cache
def _schema() -> Mapping[str, Any]:
    schema = ClientConfig.model_json_schema()
    for name in FILLED_BY_READER:
        schema["properties"].pop(name, None)
    schema["required"] = [name for name in schema["required"] if name not in FILLED_BY_READER]
    schema["description"] = "One practice, complete. See docs/reference/client-file.md."
    return schema


@cache
def _schema_of(model: type[BaseModel]) -> Mapping[str, Any]:
    return _schema() if model is ClientConfig else model.model_json_schema()


def _node_at(path: KeyPath, model: type[BaseModel]) -> Mapping[str, Any]:
    schema = _schema_of(model)
    node = schema
    for part in path:
        if isinstance(part, int):
            inner = node.get("items")
        else:
            inner = node.get("properties", {}).get(part, node.get("additionalProperties"))
        node = _resolved(inner, schema) if isinstance(inner, Mapping) else {}
    return node


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference, and take the first kind of an optional value."""
    if "anyOf" in node:
        node = node["anyOf"][0]
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
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
