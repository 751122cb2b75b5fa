"""A lossless listing of any X12 file as plain data: what ``revcycle x12 json`` prints."""

from typing import Any

from revcycle.formats.x12.interchange import (
    Group,
    Interchange,
    Transaction,
    read_interchanges,
)
from revcycle.formats.x12.segments import Delimiters, Segment

# A delimiter inside ISA itself is data of the header, never of a composite.
UNSPLIT_TAGS = frozenset({"ISA"})


def to_json(data: bytes) -> dict[str, Any]:
    """List interchanges, groups, transactions and segments with their elements.

    An element is a text; a composite is a list of texts; a repeated element is a dictionary
    with one entry ``repeated`` that lists its repetitions.

    Raises:
        NotX12Error: there is no ISA.
    """
    return {"interchanges": [_interchange(found) for found in read_interchanges(data)]}


def _interchange(interchange: Interchange) -> dict[str, Any]:
    delimiters = interchange.delimiters
    return {
        "delimiters": {
            "element": delimiters.element,
            "repetition": delimiters.repetition,
            "component": delimiters.component,
            "terminator": delimiters.terminator,
        },
        "header": _segment(interchange.header, delimiters),
        "loose": [_segment(segment, delimiters) for segment in interchange.loose],
        "groups": [_group(group, delimiters) for group in interchange.groups],
        "trailer": _optional(interchange.trailer, delimiters),
    }


def _group(group: Group, delimiters: Delimiters) -> dict[str, Any]:
    return {
        "header": _segment(group.header, delimiters),
        "transactions": [_transaction(found, delimiters) for found in group.transactions],
        "trailer": _optional(group.trailer, delimiters),
    }


def _transaction(transaction: Transaction, delimiters: Delimiters) -> dict[str, Any]:
    return {
        "kind": transaction.kind,
        "control_number": transaction.control_number,
        "version": transaction.version,
        "segments": [_segment(segment, delimiters) for segment in transaction.segments],
    }


def _optional(segment: Segment | None, delimiters: Delimiters) -> dict[str, Any] | None:
    return None if segment is None else _segment(segment, delimiters)


def _segment(segment: Segment, delimiters: Delimiters) -> dict[str, Any]:
    elements: list[Any] = list(segment.elements)
    if segment.tag not in UNSPLIT_TAGS:
        elements = [_element(element, delimiters) for element in elements]
    return {"tag": segment.tag, "elements": elements}


def _element(text: str, delimiters: Delimiters) -> str | list[str] | dict[str, Any]:
    if delimiters.repetition in text and not delimiters.repetition.isalnum():
        parts = text.split(delimiters.repetition)
        return {"repeated": [_composite(part, delimiters) for part in parts]}
    return _composite(text, delimiters)


def _composite(text: str, delimiters: Delimiters) -> str | list[str]:
    return text.split(delimiters.component) if delimiters.component in text else text
