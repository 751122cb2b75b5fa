"""A function fits on a screen and a module can be read at one sitting."""

import ast

from tests.architecture.repository import place, syntax_of, tracked_files

MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
GENERATED = "migrations/"  # DDL that Alembic wrote


def test_no_module_is_longer_than_one_can_read() -> None:
    too_long = [
        f"{place(path)} has {lines} lines"
        for path in tracked_files("*.py")
        if not place(path).startswith(GENERATED)
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES_MAX
    ]
    assert too_long == []


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{place(path, node.lineno)} {node.name} has {lines} lines"
        for path in tracked_files("*.py")
        if not place(path).startswith(GENERATED)
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
    ]
    assert too_long == []
