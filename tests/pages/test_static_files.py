"""Style, script and the kept copy of htmx."""

import re
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from workbench.pages.static_files import ASK_AGAIN, KEEP, STATIC, to_static_address

HTMX = STATIC / "vendor" / "htmx"


def test_the_kept_htmx_is_the_one_that_was_read() -> None:
    kept, name = (HTMX / "SHA256SUMS").read_text().split()
    assert sha256((HTMX / name).read_bytes()).hexdigest() == kept


def test_the_licence_of_htmx_is_kept_beside_it() -> None:
    assert "Zero-Clause BSD" in (HTMX / "LICENSE").read_text()


@pytest.mark.parametrize("name", ["workbench.css", "workbench.js", "vendor/htmx/htmx.min.js"])
def test_a_browser_keeps_a_file_that_is_asked_for_by_its_content(
    stranger: TestClient, name: str
) -> None:
    answer = stranger.get(to_static_address(name))
    assert answer.content == (STATIC / name).read_bytes()
    assert answer.headers["Cache-Control"] == KEEP


@pytest.mark.parametrize("query", ["", "?v=0000000000000000", "?w=1"])
def test_a_browser_asks_again_for_any_other_address(stranger: TestClient, query: str) -> None:
    answer = stranger.get(f"/static/workbench.css{query}")
    assert answer.headers["Cache-Control"] == ASK_AGAIN


def test_every_file_that_a_page_names_is_named_by_its_content(stranger: TestClient) -> None:
    page = stranger.get("/sign-in").text
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert named
    assert [one for one in named if one != to_static_address(one[8:].split("?")[0])] == []


def test_no_file_outside_of_the_folder_is_given(stranger: TestClient) -> None:
    assert stranger.get("/static/%2e%2e/pages/app.py?v=x").status_code == 404
