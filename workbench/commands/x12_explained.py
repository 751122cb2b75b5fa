"""An explanation on the screen: colors and hanging lines in a terminal, plain text in a pipe."""

import sys
from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from revcycle.formats.x12.explanations.explain import Line, LineKind
from revcycle.formats.x12.explanations.text import Piece, Role, body, margin, plain_text

STYLES: Final = {
    Role.POSITION: "dim",
    Role.LOOP: "bold cyan",
    Role.TAG: "bold",
    Role.WORDS: "green",
    Role.LABEL: "dim",
    Role.VALUE: "",
    Role.MEANING: "italic",
    Role.MASKED: "dim",
    Role.ERROR: "bold red",
    Role.WARNING: "yellow",
    Role.NOTE: "dim",
    Role.SUMMARY: "bold",
    Role.SPACE: "dim",
}
NARROWEST_BODY: Final = 30  # columns; a terminal narrower than that gets plain lines


def print_explanation(lines: Iterable[Line], console: Console) -> None:
    """Print line by line, so that a long file appears at once."""
    for line in lines:
        if console.is_terminal:
            _print_styled(line, console)
        else:
            sys.stdout.write(plain_text(line) + "\n")


def _print_styled(line: Line, console: Console) -> None:
    left, right = _styled(margin(line)), _styled(body(line))
    room = console.width - left.cell_len
    if room < NARROWEST_BODY:
        console.print(left + right)
        return
    if line.kind is LineKind.SUMMARY:
        console.print(right)
        return
    grid = Table.grid()
    grid.add_column(width=left.cell_len, no_wrap=True)
    grid.add_column(width=room)
    grid.add_row(left, right)
    console.print(grid)


def _styled(pieces: Iterable[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        text.append(piece.text, style=STYLES[piece.role])
    return text
