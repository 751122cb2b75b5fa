"""The line of a key in a TOML text."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from revcycle.client_config.toml_lines import KeyPath, find_line, locate_keys, path_text

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "client_configs").glob("*/client.toml"))

TEXT = '''\
# a comment with [brackets] and = signs
title = "it # is = not [a] comment"

[practice]
name = "Elm"
address.city = "Elmton"
"quoted key" = 1
days = [ 1, 2,
  3, # three
]
message = """
[not.a.table]
key = 1
"""
pattern = 'C:\\[x]'
when = 2026-11-20 07:30:00
rate = 1.5

[[payers]]
key = "first"
aliases = ["a", "b"]

[[payers]]
key = "second"
limits = { filing = 90, appeal = [1, 2] }

[payers.contact]
name = "Ann"

[[payers.plans]]
name = "Gold"

[[payers.plans]]
name = "Silver"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("practice",), 4),
        (("practice", "name"), 5),
        (("practice", "address", "city"), 6),
        (("practice", "quoted key"), 7),
        (("practice", "days", 1), 8),
        (("practice", "days", 2), 9),
        (("practice", "message"), 11),
        (("practice", "pattern"), 15),
        (("practice", "when"), 16),
        (("practice", "rate"), 17),
        (("payers", 0), 19),
        (("payers", 0, "key"), 20),
        (("payers", 0, "aliases", 1), 21),
        (("payers", 1), 23),
        (("payers", 1, "limits", "filing"), 25),
        (("payers", 1, "limits", "appeal", 1), 25),
        (("payers", 1, "contact", "name"), 28),
        (("payers", 1, "plans", 0, "name"), 31),
        (("payers", 1, "plans", 1, "name"), 34),
    ],
)
def test_a_key_is_found_on_its_line(path: KeyPath, line: int) -> None:
    assert locate_keys(TEXT)[path] == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("payers", 1, "filing_limit_days"), 23, id="missing-key-leads-to-its-table"),
        pytest.param(("statements", "minimum"), 1, id="missing-table-leads-to-the-top"),
    ],
)
def test_a_missing_key_leads_to_where_it_should_stand(path: KeyPath, line: int) -> None:
    assert find_line(locate_keys(TEXT), path) == line


def test_a_key_path_is_written_as_people_say_it() -> None:
    assert path_text(("payers", 1, "filing_limit_days")) == "payers[1].filing_limit_days"
    assert path_text(("stages",)) == "stages"


def every_path(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from every_path(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from every_path(inner, (*path, index))


@pytest.mark.parametrize("text", [TEXT, *(path.read_text() for path in FILES)])
def test_every_key_that_toml_reads_has_a_line_that_names_it(text: str) -> None:
    lines, written = locate_keys(text), text.splitlines()
    paths = list(every_path(tomllib.loads(text)))
    unnamed = [
        path
        for path in paths
        if isinstance(path[-1], str) and path[-1] not in written[lines[path] - 1]
    ]
    assert len(paths) > 10
    assert unnamed == []
