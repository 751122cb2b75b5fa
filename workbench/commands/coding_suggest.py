"""``revcycle coding search``, ``suggest`` and ``train``."""

import getpass
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.markup import escape

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.values.billing_codes import CodeSystem, to_code_beginning, to_code_text
from models.values.suggestions import Source
from revcycle.connectors import clock
from revcycle.connectors.code_book import get_code_book
from revcycle.reference.icd10 import is_valid_icd10
from revcycle.rules.suggestions.book import BookIndex, search_book
from revcycle.rules.suggestions.stored import ForeignBytesError, read_learned
from revcycle.rules.suggestions.suggest import Learned, Suggestion, suggest_codes
from revcycle.settings import settings
from revcycle.store.audit import record_act
from revcycle.store.session import reading, transaction
from revcycle.store.suggestion_models import read_model
from workbench.commands.accepted_notes import read_accepted_notes
from workbench.commands.console import out, table_of
from workbench.commands.nightly_learning import learn_at_once
from workbench.commands.practices import chosen_practices, today_at

STANDARD_INPUT: Final = "-"
Day = Annotated[str, typer.Option("--date", help="date of service, YYYY-MM-DD; without it today")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="so many codes at most")]
Json = Annotated[bool, typer.Option("--json", help="one line of JSON for each query or note")]


def search(
    text: Annotated[list[str] | None, typer.Argument(help="words, or how a code begins")] = None,
    batch: Annotated[Path | None, typer.Option(help="file with one query a line")] = None,
    day: Day = "",
    limit: Limit = 10,
    *,
    as_json: Json = False,
) -> None:
    """Find ICD-10-CM codes by words of their titles and terms, or by how a code begins."""
    queries = _lines_of(batch) if batch else [" ".join(text or ())]
    if not any(one.strip() for one in queries):
        msg = "type words, or name a file with --batch"
        raise RejectedError(msg)
    on = _day(day)
    book = get_code_book(settings().home)
    for query in queries:
        _show("query", query, _search(book, query, on, limit), as_json=as_json)


def suggest(
    note: Annotated[str, typer.Argument(help="file with a note; - reads standard input")] = "",
    client: Annotated[str, typer.Option("--client", help="key of the practice")] = "",
    batch: Annotated[Path | None, typer.Option(help="folder with notes as *.txt")] = None,
    day: Day = "",
    limit: Limit = 10,
    *,
    as_json: Json = False,
) -> None:
    """Suggest codes for a note, each with the clause that supports it; a coder decides.

    What the practice's own accepted codes taught (revcycle coding train) is used where there is
    some; else the titles and terms of ICD-10-CM alone.
    """
    if not client or bool(note) == bool(batch):
        msg = "name the practice with --client, and one note or a folder with --batch"
        raise RejectedError(msg)
    book = get_code_book(settings().home)
    learned, today = _learned_of(client, book)
    on = _day(day) if day else today
    for name, text in _notes_of(batch) if batch else [(note, _read_note(note))]:
        found = suggest_codes(book, learned, text, on, limit=limit)
        _show("note", name, [_to_json(one) for one in found], as_json=as_json)


def train(
    client: Annotated[str, typer.Option("--client", help="key of the practice")] = "",
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="folder with notes as *.txt, codes beside each in *.codes, or in a *.tsv of "
            "note and code; without it the practice's completed charts",
        ),
    ] = None,
) -> None:
    """Learn from notes and the codes that were accepted for them; the same notes change nothing."""
    if not client:
        msg = "name the practice with --client"
        raise RejectedError(msg)
    ((_, client_id),) = chosen_practices(client)
    given = read_accepted_notes(source) if source else None
    book = get_code_book(settings().home)
    with reading(settings().database, [client_id]) as session:
        actor = f"command:coding:{getpass.getuser()}"[:80]
        act = Act(client_id, actor, clock.now(), today_at(session, client_id))
    facts = learn_at_once(act, book, given)
    if facts is None:
        out.print("Nothing was learned: fewer than two completed charts have a note.")
    else:
        out.print(
            f"Learned from {facts.note_count} notes with {facts.code_count} different codes.",
            highlight=False,
        )


def _learned_of(client: str, book: BookIndex) -> tuple[Learned | None, date]:
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        today = today_at(session, client_id)
        actor = f"command:coding:{getpass.getuser()}"[:80]
        act = Act(client_id, actor, clock.now(), today)
        record_act(session, client_id, act, "suggest_codes", "client", client_id)
        content = read_model(session, client_id)
    try:
        return (read_learned(content, book) if content else None), today
    except ForeignBytesError as error:
        msg = "what was learned is of another version; run revcycle coding train again"
        raise RejectedError(msg) from error


def _search(book: BookIndex, query: str, on: date, limit: int) -> list[dict[str, Any]]:
    """Find by how a code begins where the query looks like one, else by words."""
    beginning = to_code_beginning(query)
    if beginning and any(one.isdigit() for one in beginning):
        codes = [
            code for code in book.codes if code.startswith(beginning) and is_valid_icd10(code, on)
        ]
        return [
            _result(code, book.title_of(code), 1.0, code, Source.BOOK) for code in codes[:limit]
        ]
    return [
        _result(one.code, one.title, one.score, one.name, Source.BOOK)
        for one in search_book(book, query, on, limit)
    ]


def _to_json(one: Suggestion) -> dict[str, Any]:
    evidence = one.evidence and {
        "text": one.evidence.text,
        "start": one.evidence.start,
        "end": one.evidence.end,
    }
    return _result(one.code, one.title, one.score, evidence, one.source)


def _result(
    code: str, title: str, score: float, evidence: object, source: Source
) -> dict[str, Any]:
    return {
        "code": to_code_text(CodeSystem.ICD10CM, code),
        "title": title,
        "score": round(score, 4),
        "evidence": evidence,
        "source": str(source),
    }


def _show(kind: str, name: str, results: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({kind: name, "results": results}) + "\n")
        return
    table = table_of("code", "title", "score", "because of", "by", box=None, title=None)
    for one in results:
        evidence = one["evidence"]
        words = evidence["text"] if isinstance(evidence, dict) else evidence or ""
        # A note is anybody's words: its brackets are no markup.
        texts = (one["code"], one["title"], f"{one['score']:.2f}", words, one["source"])
        table.add_row(*map(escape, texts))
    out.print(f"[bold]{kind}[/bold]", end=" ")
    out.print(name, markup=False, highlight=False)
    out.print(table if results else "Nothing is found.")


def _notes_of(folder: Path) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        msg = f"there is no folder {folder}"
        raise NotFoundError(msg)
    for path in sorted(folder.rglob("*.txt")):
        yield path.stem, path.read_text(encoding="utf-8", errors="replace")


def _read_note(name: str) -> str:
    if name == STANDARD_INPUT:
        return sys.stdin.read()
    if not Path(name).is_file():
        msg = f"there is no file {name}"
        raise NotFoundError(msg)
    return Path(name).read_text(encoding="utf-8", errors="replace")


def _lines_of(path: Path) -> Iterable[str]:
    if not path.is_file():
        msg = f"there is no file {path}"
        raise NotFoundError(msg)
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _day(text: str) -> date:
    if not text:
        return clock.now().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        msg = f"not a day in the form YYYY-MM-DD: {text}"
        raise RejectedError(msg) from error
