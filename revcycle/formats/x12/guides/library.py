"""The guides that we know, read once from the data beside this module."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from revcycle.formats.x12.guides.notation import (
    Dictionary,
    logical_lines,
    read_elements,
    read_lists,
    read_loops,
    read_segments,
)
from revcycle.formats.x12.guides.rules import Guide

FOLDER = Path(__file__).parent
# ST01 and how ST03 or GS08 begins; what follows (A1, A2, E1) are addenda and errata.
GUIDES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("837", "005010X222"): "837P",
        ("837", "005010X223"): "837I",
        ("835", "005010X221"): "835",
        ("270", "005010X279"): "270",
        ("271", "005010X279"): "271",
        ("276", "005010X212"): "276",
        ("277", "005010X212"): "277",
        ("277", "005010X214"): "277CA",
        ("997", "005010X230"): "997",
        ("999", "005010X231"): "999",
    }
)
VERSION_LENGTH = len("005010X222")
FUNCTIONAL_CODES = {
    "837": "HC",
    "835": "HP",
    "270": "HS",
    "271": "HB",
    "276": "HR",
    "277": "HN",
    "997": "FA",
    "999": "FA",
}


def guide_for(kind: str, version: str, functional_code: str = "") -> Guide | None:
    """Find the guide of a transaction.

    Args:
        kind: ST01.
        version: ST03, or GS08 where ST03 is not used, with or without addenda.
        functional_code: GS01, where it is known; it must go with ``kind``.

    Returns:
        The guide, or ``None`` for what we have no guide of: dental claims (X224),
        predeterminations (X291, X292), post-adjudicated claims (X298), 834 ...
    """
    if functional_code and FUNCTIONAL_CODES.get(kind) != functional_code:
        return None
    name = GUIDES.get((kind, version[:VERSION_LENGTH]))
    tail = version[VERSION_LENGTH:]
    if name is None or tail[:1].isdigit():
        return None
    return guide_named(name)


@cache
def guide_named(name: str) -> Guide:
    """Read a guide by the name of its file: ``837P``, ``277CA`` ...

    Raises:
        FileNotFoundError: there is no such guide.
    """
    lines = list(logical_lines(_text(name)))
    head = {line.split()[0]: line.split()[1:] for line in lines[: _body_at(lines)]}
    kind, version = head["matches"]
    dictionary = _dictionary()
    root = read_loops(lines[_body_at(lines) :], dictionary)
    return Guide(name, kind, version, root, dictionary.segments)


def _body_at(lines: list[str]) -> int:
    """Find where the rules begin, behind the words in lower case of the head."""
    return next(at for at, line in enumerate(lines) if line[0].isupper())


@cache
def _dictionary() -> Dictionary:
    segments, notes = read_segments(_text("segments"))
    return Dictionary(read_elements(_text("elements")), segments, notes, read_lists(_text("lists")))


def _text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
