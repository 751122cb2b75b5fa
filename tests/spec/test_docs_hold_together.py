"""Links between pages lead somewhere, and every dependency has its reason."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#([^)\s]+))?\)")
DEPENDENCIES = ROOT / "docs/decisions/0003-dependencies.md"
REQUIREMENT = re.compile(r"[A-Za-z0-9-]+")


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def anchors(page: Path) -> set[str]:
    """List what a link can point at in a page: its headings, in the spelling of web pages."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> Iterator[str]:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve()
        if not path.exists() or (anchor and anchor not in anchors(path)):
            yield f"{page.relative_to(ROOT)}: {target}{'#' if anchor else ''}{anchor}"


def test_every_link_leads_to_a_page() -> None:
    assert [broken for page in pages() for broken in broken_links(page)] == []


def test_every_page_can_be_reached_from_the_index() -> None:
    docs = ROOT / "docs"
    linked = {
        (page.parent / target).resolve()
        for page in (docs / "README.md", docs / "decisions/README.md")
        for target, _ in LINK.findall(page.read_text(encoding="utf-8"))
    }
    assert [page for page in docs.rglob("*.md") if page not in linked | {docs / "README.md"}] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    text = DEPENDENCIES.read_text(encoding="utf-8")
    names = [match[0] for one in required if (match := REQUIREMENT.match(one))]
    assert len(names) == len(required)
    assert [name for name in names if not re.search(rf"`{name}[`\[]", text)] == []
