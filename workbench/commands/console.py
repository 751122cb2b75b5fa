"""Two consoles: what was asked for goes to standard output, the rest to standard error."""

from typing import Any

from rich.console import Console
from rich.table import Column, Table

out = Console()
err = Console(stderr=True)


def table_of(*heads: str, **look: Any) -> Table:
    """Start a table in which a word that is wider than its column is broken, never cut.

    ``look`` is what ``rich.table.Table`` takes.
    """
    return Table(*(Column(head, overflow="fold") for head in heads), **look)
