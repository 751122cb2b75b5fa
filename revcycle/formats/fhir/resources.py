"""A FHIR file as resources that can be found by their references."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from models.errors import RejectedError
from revcycle.formats.fhir.nodes import EMPTY, Node, node, nodes, text

_VERSION_MARK: Final = "/_history/"


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One entry of a bundle, or one line of a bulk export.

    Attributes:
        position: For people: ``entry 7`` or ``line 7``.
        resource: The resource; empty if there is none.
        full_url: What references in the bundle may call it.
        problem: Why there is no resource.
    """

    position: str
    resource: Node
    full_url: str = ""
    problem: str = ""

    @property
    def kind(self) -> str:
        """The resource type."""
        return text(self.resource, "resourceType")


@dataclass(slots=True, repr=False)
class Resources:
    """All resources of a file, with indexes for references."""

    entries: tuple[Entry, ...]
    _by_reference: dict[str, Node] = field(default_factory=dict)
    _by_identifier: dict[tuple[str, str, str], Node] = field(default_factory=dict)
    _by_kind: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index every resource under each name that a reference may use."""
        for entry in self.entries:
            self._by_kind[entry.kind].append(entry.resource)
            for name in _names(entry):
                self._by_reference.setdefault(name, entry.resource)
            for identifier in nodes(entry.resource, "identifier"):
                key = (entry.kind, text(identifier, "system"), text(identifier, "value"))
                self._by_identifier.setdefault(key, entry.resource)

    def list_kind(self, kind: str) -> tuple[Node, ...]:
        """List the resources of a type in the order of the file."""
        return tuple(self._by_kind.get(kind, ()))

    def resolve(self, reference: Node, owner: Node = EMPTY) -> Node:
        """Return the resource that a Reference means; empty if the file does not hold it.

        Args:
            reference: A Reference: ``urn:uuid:..``, ``Type/id``, an absolute URL, a conditional
                ``Type?identifier=system|value``, ``#id``, or only a logical ``identifier``.
            owner: The resource that holds the reference, for ``#id``.
        """
        target = text(reference, "reference")
        if target.startswith("#"):
            contained = nodes(owner, "contained")
            wanted = target.removeprefix("#")
            return next((one for one in contained if text(one, "id") == wanted), EMPTY)
        if "?" in target:
            return self._by_identifier.get(conditional_key(target), EMPTY)
        if target:
            name = target.split(_VERSION_MARK)[0]
            return self._by_reference.get(name) or self._by_reference.get(_tail(name), EMPTY)
        key = (
            text(reference, "type"),
            text(reference, "identifier", "system"),
            text(reference, "identifier", "value"),
        )
        return self._by_identifier.get(key, EMPTY)


def conditional_key(target: str) -> tuple[str, str, str]:
    """Take ``Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893`` apart."""
    kind, _, query = target.partition("?")
    pairs = (part.partition("=") for part in query.split("&"))
    value = next((value for name, _, value in pairs if name == "identifier"), "")
    system, _, number = value.rpartition("|")
    return kind.rpartition("/")[2], system, number


def read_resources(data: bytes) -> Resources:
    """Read a bundle, a single resource, or NDJSON with one resource a line.

    Raises:
        RejectedError: it is no JSON, or JSON that is no FHIR resource.
    """
    try:
        parsed = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return Resources(tuple(_read_lines(data)))
    kind = text(parsed, "resourceType")
    if not isinstance(parsed, dict) or not kind:
        msg = "the file is JSON but no FHIR resource: it has no resourceType"
        raise RejectedError(msg)
    if kind != "Bundle":
        return Resources((Entry("entry 1", parsed),))
    return Resources(tuple(_read_bundle(parsed)))


def describe_kinds(resources: Resources) -> str:
    """Say which resources a file holds, such as ``Coverage 4, Patient 1``."""
    counts = Counter(entry.kind or "unreadable" for entry in resources.entries)
    return ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))


def _read_bundle(bundle: Node) -> Iterator[Entry]:
    entries = bundle.get("entry") or []
    for ordinal, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        resource = node(entry, "resource")
        yield _entry(f"entry {ordinal}", resource, text(entry, "fullUrl"))


def _read_lines(data: bytes) -> Iterator[Entry]:
    """Read NDJSON; the first line that holds anything must be JSON, or the file is not."""
    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    parsed = [(number, _parse_line(line)) for number, line in lines]
    if not any(text(value, "resourceType") for _, value in parsed):
        msg = "the file is no JSON: neither a FHIR bundle nor one resource a line"
        raise RejectedError(msg)
    for number, value in parsed:
        yield _entry(f"line {number}", value if isinstance(value, dict) else EMPTY, "")


def _parse_line(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except json.JSONDecodeError:
        return None


def _entry(position: str, resource: Node, full_url: str) -> Entry:
    if not resource:
        return Entry(position, EMPTY, full_url, "there is no resource that can be read")
    if not text(resource, "resourceType"):
        return Entry(position, EMPTY, full_url, "the resource has no resourceType")
    return Entry(position, resource, full_url)


def _names(entry: Entry) -> Iterator[str]:
    if entry.full_url:
        yield entry.full_url
    own_id = text(entry.resource, "id")
    if own_id:
        yield f"{entry.kind}/{own_id}"
    if own_id and not entry.full_url:
        yield f"urn:uuid:{own_id}"


def _tail(reference: str) -> str:
    """Return ``Type/id`` of an absolute URL."""
    return "/".join(reference.split("/")[-2:])
