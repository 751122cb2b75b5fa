"""``revcycle verify``: do the books, the files and the queues hold what we promise?"""

import json
from typing import Annotated

import typer

from models.documents.invariant import InvariantResult
from revcycle.operations.verify.verify_client import verify_client
from revcycle.settings import settings
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices


def verify(
    client: Annotated[str, typer.Option(help="key of one practice; all without it")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="machine-readable")] = False,
) -> None:
    """Evaluate every invariant; exit 1 if one is violated."""
    results = verify_all(client)
    if as_json:
        out.print_json(json.dumps([_row(key, result) for key, result in results]))
    else:
        print_results(results)
    if any(result.violations for _, result in results):
        raise typer.Exit(1)


def verify_all(client: str = "") -> list[tuple[str, InvariantResult]]:
    """Evaluate every invariant for one practice, or for all, each in a transaction of its own."""
    results: list[tuple[str, InvariantResult]] = []
    for key, client_id in chosen_practices(client):
        with transaction(settings().database, client_id) as session:
            results.extend((key, result) for result in verify_client(session, client_id))
    return results


def print_results(results: list[tuple[str, InvariantResult]]) -> None:
    """Print one line per invariant over all practices, and the rows in violation."""
    table = table_of("invariant", "what must hold", "checked", "violated", title="revcycle verify")
    by_id: dict[str, list[tuple[str, InvariantResult]]] = {}
    for key, result in results:
        by_id.setdefault(result.id, []).append((key, result))
    for invariant_id, group in by_id.items():
        violated = sum(len(result.violations) for _, result in group)
        checked = sum(result.checked for _, result in group)
        style = "red" if violated else None
        table.add_row(
            invariant_id, group[0][1].description, str(checked), str(violated), style=style
        )
    out.print(table)
    for key, result in results:
        for violation in result.violations:
            out.print(f"{result.id} {key}: {violation}", markup=False)


def _row(key: str, result: InvariantResult) -> dict[str, object]:
    return {
        "client": key,
        "id": result.id,
        "description": result.description,
        "checked": result.checked,
        "violations": list(result.violations),
    }
