"""What pydantic found wrong, in words a biller can act on."""

import json
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.documents.client_config import ClientConfig
from revcycle.client_config.places import Problem
from revcycle.client_config.schema import allowed_at, keys_at
from revcycle.client_config.toml_lines import KeyPath

SHOWN_CHARACTERS_MAX: Final = 40
SECRET_KEYS: Final = frozenset({"private_key", "host_key"})  # what stands there may be the secret
KEY_OF_TABLE: Final = "[key]"  # how pydantic says that a key, not its value, is wrong


def explain(error: ValidationError, model: type[BaseModel] = ClientConfig) -> Iterator[Problem]:
    """Turn each error into a problem with its key path and what is allowed there."""
    for details in error.errors(include_url=False):
        if _is_echo(details):
            continue
        path: KeyPath = tuple(part for part in details["loc"] if part != KEY_OF_TABLE)
        yield Problem("client.value", path, _message(details, path, model))


def _is_echo(details: ErrorDetails) -> bool:
    """Tell whether a list is called short only because its members, reported too, are wrong."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _message(details: ErrorDetails, path: KeyPath, model: type[BaseModel]) -> str:
    if details["type"] == "missing":
        return f"is missing; allowed: {allowed_at(path, model)}"
    if details["type"] == "extra_forbidden":
        return f"is not known here; known keys: {', '.join(keys_at(path[:-1], model))}"
    if KEY_OF_TABLE in details["loc"]:
        return f"is not known here; known keys: {details['ctx']['expected']}"
    allowed = _allowed(details, path, model)
    return f"{_shown(details['input'], path)} is not allowed; allowed: {allowed}"


def _allowed(details: ErrorDetails, path: KeyPath, model: type[BaseModel]) -> str:
    """Prefer the words of our own checks; they know more than the schema."""
    if details["type"] == "value_error":
        return str(details["ctx"]["error"])
    if details["type"] == "string_type":
        return f"{allowed_at(path, model)}; in quotes"
    return allowed_at(path, model)


def _shown(value: Any, path: KeyPath) -> str:
    if SECRET_KEYS.intersection(path) or isinstance(value, dict | list):
        return "what stands here"
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= SHOWN_CHARACTERS_MAX else shown[:SHOWN_CHARACTERS_MAX] + "..."
