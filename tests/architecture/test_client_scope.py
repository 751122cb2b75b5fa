"""No query forgets whose rows it asks for, and no key reaches into another practice (I-T1)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table, UniqueConstraint
from sqlmodel import SQLModel

import models.tables
from tests.architecture.repository import ROOT, place, syntax_of, tracked_files

QUERIES = frozenset({"select", "update", "delete", "insert"})
LIBRARIES = ("sqlalchemy", "sqlmodel")
SCOPE = "client_id"
SCOPES = frozenset({SCOPE, "client_ids"})  # one practice, or those that a person sees

# Queries that find out which practices there are, or whom nobody's practice owns.
WITHOUT_A_PRACTICE = {
    "clients.find_client": "finds a practice by the name of its folder",
    "clients.get_client_id": "finds a practice by the name of its folder",
    "clients.list_client_ids": "lists the practices themselves",
    "clients.list_clients": "lists the practices themselves",
    "clients.list_practice_names": "lists the practices themselves",
}
# Modules about people, and about lists that are the same for all, which belong to no practice:
# they may not import a table of a practice.
ABOUT_PEOPLE = frozenset(
    {
        "staff",
        "saved_views",
        "staff_sessions",
        "staff_trail",
        "break_glass",
        "billing_codes",
        "reference_editions",
        "reference_rows",
        "imported_editions",
        "procedure_limits",
        "relative_values",
        "diagnosis_notes",
        "code_lists",
        "coverage_policies",
    }
)
OWNED = [table for table in SQLModel.metadata.sorted_tables if SCOPE in table.columns]
NOT_OWNED = {
    "client": "is the practice",
    "billing_code": "is public, and the same for all",
    "reference_edition": "is of a list that is the same for all",
    "listed_code": "is of a list that is the same for all",
    "diagnosis_note": "is public, and the same for all",
    "ptp_pair": "is public, and the same for all",
    "unit_limit": "is public, and the same for all",
    "add_on_pair": "is public, and the same for all",
    "relative_value": "is public, and the same for all",
    "locality_index": "is public, and the same for all",
    "coverage_policy": "is a payer's, and the same for all",
    "staff_member": "works for the billing company, or for a practice",
    "staff_role": "is of a person",
    "staff_skill": "is of a person",
    "staff_specialty": "is of a person",
    "staff_practice": "says which practices a person may see, before any is chosen",
    "staff_credential": "is of a person",
    "recovery_code": "is of a person",
    "staff_session": "is of a person",
    "sign_in_attempt": "is of nobody that is known yet",
    "saved_view": "is of a person, and names no patient",
    "break_glass": "is judged for all practices together, and holds nothing of a patient",
    "staff_trail": "is the billing company's trail of people and sign-ins",
}


def query_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Find the functions of a module that build a query."""
    tree = syntax_of(path)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(LIBRARIES)
        for alias in node.names
        if alias.name in QUERIES
    }
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and any(
            is_query(node, names) for node in ast.walk(function)
        ):
            yield function


def is_query(node: ast.AST, names: set[str]) -> bool:
    """Tell whether a call is ``select(...)``, by whatever name, or ``x.insert(Table)``."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr == "insert" and len(node.args) == 1  # list.insert takes two
    return isinstance(node.func, ast.Name) and node.func.id in names


def uses_scope(function: ast.FunctionDef) -> bool:
    """Tell whether a function is given the practice, or several, and does something with it."""
    arguments = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return bool(SCOPES & arguments & used)


def test_every_query_is_of_one_practice() -> None:
    found = {
        f"{path.stem}.{function.name}": (function, place(path, function.lineno))
        for path in tracked_files("revcycle/store/*.py")
        if path.stem not in ABOUT_PEOPLE
        for function in query_functions(path)
    }
    unscoped = {name for name, (function, _) in found.items() if not uses_scope(function)}
    assert {found[name][1] for name in unscoped - set(WITHOUT_A_PRACTICE)} == set()
    assert set(WITHOUT_A_PRACTICE) - unscoped == set(), "no exception may outlive its reason"
    assert len(found) > len(WITHOUT_A_PRACTICE)


@pytest.mark.parametrize("module", sorted(ABOUT_PEOPLE))
def test_a_module_about_people_knows_no_table_of_a_practice(module: str) -> None:
    imported = {
        alias.name
        for node in ast.walk(syntax_of(ROOT / f"revcycle/store/{module}.py"))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("models.tables")
        for alias in node.names
    }
    assert imported
    names = {getattr(models.tables, name).__tablename__ for name in imported}
    assert names & {table.name for table in OWNED} == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("def find(session, key):\n  select(Claim)", False, id="not-given"),
        pytest.param("def find(session, client_id):\n  select(Claim)", False, id="not-used"),
        pytest.param(
            "def find(session, client_id):\n  select(Claim).where(Claim.client_id == client_id)",
            True,
            id="given-and-used",
        ),
    ],
)
def test_the_check_of_queries_bites(source: str, *, expected: bool) -> None:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert any(is_query(node, {"select"}) for node in ast.walk(function))
    assert uses_scope(function) is expected


def test_every_table_but_those_of_people_belongs_to_a_practice() -> None:
    assert models.tables.__all__
    others = {table.name for table in SQLModel.metadata.sorted_tables} - {one.name for one in OWNED}
    assert others == set(NOT_OWNED)


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_the_practice_is_in_every_key_of_its_tables(table: Table) -> None:
    assert not table.columns[SCOPE].nullable
    assert SCOPE in table.primary_key.columns
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert SCOPE in constraint.columns, constraint.name
    for index in table.indexes:
        if index.unique:
            assert SCOPE in index.columns, index.name


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_a_row_points_only_at_rows_of_its_practice(table: Table) -> None:
    for key in table.foreign_key_constraints:
        if key.referred_table.name not in NOT_OWNED:
            pairs = {(one.parent.name, one.column.name) for one in key.elements}
            assert (SCOPE, SCOPE) in pairs, key.name
