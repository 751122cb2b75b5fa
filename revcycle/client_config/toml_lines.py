"""On which line of a TOML text does a key stand?

``tomllib`` reads values without their places. This scanner finds the places without the values;
it expects a text that ``tomllib`` has accepted, so it need not recognize mistakes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

KeyPath = tuple[str | int, ...]  # such as ("payers", 1, "filing_limit_days")

_TOKEN: Final = re.compile(
    r"""
    (?P<newline>\n)
    | (?P<comment>\#[^\n]*)
    | (?P<multiline>\"{3}(?:\\.|[^\\])*?\"{3}\"{0,2} | '{3}.*?'{3}'{0,2})
    | (?P<quoted>"(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def locate_keys(text: str) -> Mapping[KeyPath, int]:
    """Return the line, from 1, of every table, key and array element of a TOML text."""
    scanner = _Scanner(_tokens(text))
    scanner.scan_document()
    return scanner.lines


def find_line(lines: Mapping[KeyPath, int], path: Sequence[str | int]) -> int:
    """Return the line of a key, or of the nearest table around it; 1 if there is none.

    A key that is missing has no line: the reader is led to the table where it should stand.
    """
    for length in range(len(path), 0, -1):
        if tuple(path[:length]) in lines:
            return lines[tuple(path[:length])]
    return 1


def path_text(path: Sequence[str | int]) -> str:
    """Write a key path for people: ``payers[1].filing_limit_days``."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "comment":
            tokens.append(_Token(kind, match.group(), line))
        line += match.group().count("\n")
    return [*tokens, _Token("newline", "\n", line)]


class _Scanner:
    """Walks the tokens once and notes the line of every key."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._tokens = tokens
        self._at = 0
        self._counts: dict[KeyPath, int] = {}  # tables seen so far of each array of tables

    def scan_document(self) -> None:
        table: KeyPath = ()
        while self._at < len(self._tokens):
            if self._here.kind == "newline":
                self._at += 1
            elif self._here.text == "[":
                table = self._scan_header()
            else:
                self._scan_pair(table)

    @property
    def _here(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _scan_header(self) -> KeyPath:
        line = self._take().line
        is_array = self._here.text == "["
        self._at += is_array
        path = self._resolve(self._scan_key())
        self._at += 2 if is_array else 1
        if is_array:
            index = self._counts.get(path, 0)
            self._counts[path] = index + 1
            self.lines.setdefault(path, line)
            path = (*path, index)
        self.lines[path] = line
        return path

    def _scan_key(self) -> tuple[str, ...]:
        parts = [_unquoted(self._take())]
        while self._here.text == "." and self._here.kind == "mark":
            self._at += 1
            parts.append(_unquoted(self._take()))
        return tuple(parts)

    def _resolve(self, key: tuple[str, ...]) -> KeyPath:
        """Point through arrays of tables to their latest table, as TOML does."""
        path: KeyPath = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return (*path, key[-1])

    def _scan_pair(self, table: KeyPath) -> None:
        line = self._here.line
        path: KeyPath = table
        for part in self._scan_key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._scan_value(path)

    def _scan_value(self, path: KeyPath) -> None:
        if self._here.kind == "mark" and self._here.text == "[":
            self._scan_array(path)
        elif self._here.kind == "mark" and self._here.text == "{":
            self._scan_inline_table(path)
        else:
            self._skip_scalar()

    def _skip_scalar(self) -> None:
        """Pass over one value: dates and fractions are several tokens."""
        while self._here.kind != "newline" and self._here.text not in (",", "]", "}"):
            self._at += 1

    def _scan_array(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while self._here.text != "]":
            if self._here.kind == "newline" or self._here.text == ",":
                self._at += 1
                continue
            self.lines[*path, index] = self._here.line
            self._scan_value((*path, index))
            index += 1
        self._at += 1

    def _scan_inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._here.text != "}":
            if self._here.kind == "newline" or self._here.text == ",":
                self._at += 1
                continue
            self._scan_pair(path)
        self._at += 1


def _unquoted(token: _Token) -> str:
    return token.text[1:-1] if token.kind == "quoted" else token.text
