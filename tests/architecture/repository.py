"""The files of the repository, as git knows them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked_files(pattern: str = "*") -> tuple[Path, ...]:
    """List the tracked files that exist, whose path matches a pattern of git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", pattern], cwd=ROOT, check=True, capture_output=True
    ).stdout.decode()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def syntax_of(path: Path) -> ast.Module:
    """Read a module as a tree."""
    return ast.parse(path.read_bytes())


def place(path: Path, line: int = 0) -> str:
    """Name a place the way an editor opens it."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{line}" if line else name
