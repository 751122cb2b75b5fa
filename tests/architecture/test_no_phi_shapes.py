"""Nothing in the repository looks like a patient, a registry or the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.architecture.repository import place, tracked_files

# The brackets keep each pattern from finding itself.
SHAPES = {
    "a social security number": re.compile(
        rb"(?<![\d-])(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}(?![\d-])"
    ),
    "a host of packages": re.compile(
        rb"[p]ypi\.org|[p]ythonhosted|[n]pmjs|[a]rtifactory|[-]-(extra-)?index-url|[-]-find-links"
    ),
    "a path of one machine": re.compile(
        rb"(?<![\w./-])/([w]ork|[r]oot|[U]sers|[h]ome/[a-z][\w-]*)/|[C]:\\Users"
    ),
    "a private key": re.compile(rb"[-]----BEGIN [A-Z ]*PRIVATE KEY"),
}


def findings(path: Path, shape: re.Pattern[bytes]) -> list[str]:
    """Name the lines of a file with a shape in them, without repeating what stands there."""
    content = path.read_bytes()
    if b"\0" in content:  # a packed table or a picture
        return []
    lines = content.splitlines()
    return [place(path, number) for number, line in enumerate(lines, 1) if shape.search(line)]


@pytest.mark.parametrize("name", SHAPES)
def test_no_tracked_file_holds(name: str) -> None:
    assert [one for path in tracked_files() for one in findings(path, SHAPES[name])] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a social security number", f"SSN {123}-45-6789"),
        ("a host of packages", f"https://files.{'python'}hosted.org/x"),
        ("a path of one machine", f"see /{'home'}/ann/revcycle"),
        ("a private key", "-----BEGIN" + " OPENSSH PRIVATE KEY-----"),
    ],
)
def test_each_shape_is_recognized(name: str, text: str) -> None:
    assert SHAPES[name].search(text.encode())
