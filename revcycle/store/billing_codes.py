"""Queries on public code lists, which belong to no practice.

Words are found through ``billing_code_search``: an FTS5 table on SQLite, a table with a
``tsvector`` and its index on PostgreSQL. Both hold the same words, which ``to_search_words`` makes,
and are searched by what a word begins with. Finds come in the order that the loader gave: no rank
is computed, so that a search ends as soon as it has enough.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, TextClause, delete, func, insert, or_, select, table, text
from sqlalchemy import column as named_column
from sqlmodel import Session, col

from models.documents.billing_code import BillingCodeDocument
from models.tables import BillingCode
from models.values.billing_codes import CodeSystem, to_search_words

ROWS_A_STATEMENT: Final = 5_000
SEARCH_TEXT_MAX: Final = 2_000  # of the table's column
NO_WORDS: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})
# A system's codes lie together, and the lists with titles before the bare numbers of price lists.
FIRST_ID_OF_SYSTEM: Final = {
    CodeSystem.ICD10CM: 0,
    CodeSystem.HCPCS: 1_000_000,
    CodeSystem.CPT: 2_000_000,
    CodeSystem.PRICED: 3_000_000,
}
_SEARCH: Final = table("billing_code_search", named_column("rowid"))
_REBUILD_ON_SQLITE: Final = "INSERT INTO billing_code_search(billing_code_search) VALUES('rebuild')"
_REBUILD_ON_POSTGRESQL: Final = (
    "TRUNCATE billing_code_search",
    (
        "INSERT INTO billing_code_search (rowid, words)"
        " SELECT id, array_to_tsvector(string_to_array(search_text, ' ')) FROM billing_code"
    ),
    "ANALYZE billing_code, billing_code_search",  # else the planner believes them empty
)
_IS_MATCH_ON_SQLITE: Final = "billing_code_search MATCH :words"
_IS_MATCH_ON_POSTGRESQL: Final = "billing_code_search.words @@ CAST(:words AS tsquery)"
# Very many words begin with the one or two letters that somebody has typed of the next word. Beside
# longer words each row found is looked at; the empty vector keeps the index out of it.
SHORT: Final = 2
_IS_SHORT_MATCH_ON_POSTGRESQL: Final = (
    "(billing_code_search.words || CAST('' AS tsvector)) @@ CAST(:short AS tsquery)"
)


def replace_codes(
    session: Session,
    system: CodeSystem,
    codes: Sequence[BillingCodeDocument],
    words: Mapping[str, Sequence[str]] = NO_WORDS,
) -> Iterator[int]:
    """Put a list in the place of the one that was there; yield how many rows are written so far.

    The order of ``codes`` is the order in which they will be found. ``words`` has further words by
    which a code is found, beside its title; they are written as ``to_search_words`` does.
    """
    session.execute(delete(BillingCode).where(col(BillingCode.system) == system))
    first_id = FIRST_ID_OF_SYSTEM[system]
    for start in range(0, len(codes), ROWS_A_STATEMENT):
        part = codes[start : start + ROWS_A_STATEMENT]
        rows = [
            _row(row_id, code, words.get(code.code, ()))
            for row_id, code in enumerate(part, first_id + start)
        ]
        session.execute(insert(BillingCode), rows)
        yield start + len(rows)
    _rebuild_search(session)


def count_codes(session: Session) -> dict[CodeSystem, int]:
    """Count the rows of each list; a list that was never loaded is left out."""
    system = col(BillingCode.system)
    statement = select(system, func.count()).group_by(system)
    return {CodeSystem(name): int(count) for name, count in session.execute(statement)}


def list_by_beginning(
    session: Session,
    systems: Collection[CodeSystem],
    beginning: str,
    on: date,
    *,
    is_valid: bool,
    limit: int,
) -> list[BillingCodeDocument]:
    """List codes that begin with a text, in the order of codes.

    Args:
        session: The database.
        systems: Of which lists.
        beginning: Letters and digits as codes have them, see ``to_code_beginning``.
        on: The date of service.
        is_valid: Those that may be billed on that date, or those that may not.
        limit: How many at most.
    """
    statement = (
        select(BillingCode)
        .where(
            _begins(session, beginning),
            col(BillingCode.system).in_(systems),
            _is_valid(on) if is_valid else ~_is_valid(on),
        )
        .order_by(col(BillingCode.code), col(BillingCode.id))
        .limit(limit)
    )
    return [_document(row) for row in session.scalars(statement)]


def list_by_words(
    session: Session,
    systems: Collection[CodeSystem],
    words: Sequence[str],
    on: date,
    *,
    is_valid: bool,
    limit: int,
) -> list[BillingCodeDocument]:
    """List codes whose words begin with each of ``words``, in any order.

    Arguments are those of ``list_by_beginning``; ``words`` are at least one of ``to_search_words``.
    """
    statement = (
        select(BillingCode)
        .join(_SEARCH, _SEARCH.c.rowid == col(BillingCode.id))
        .where(
            _has_words(session, words),
            col(BillingCode.system).in_(systems),
            _is_valid(on) if is_valid else ~_is_valid(on),
        )
        .order_by(_SEARCH.c.rowid)
        .limit(limit)
    )
    return [_document(row) for row in session.scalars(statement)]


def list_by_codes(
    session: Session, systems: Collection[CodeSystem], codes: Collection[str]
) -> list[BillingCodeDocument]:
    """List every period of some codes, those with a title first; unknown codes are left out."""
    statement = (
        select(BillingCode)
        .where(col(BillingCode.code).in_(codes), col(BillingCode.system).in_(systems))
        .order_by(col(BillingCode.id))
    )
    return [_document(row) for row in session.scalars(statement)]


def list_titles(
    session: Session, system: CodeSystem, codes: Collection[str], on: date | None
) -> dict[str, str]:
    """Map codes to their titles on a day; those of which none is known are left out.

    Of several periods the one that holds the day is taken, else the latest; so where ``on`` is
    None because nobody knows the day.
    """
    statement = (
        select(
            col(BillingCode.code),
            col(BillingCode.title),
            col(BillingCode.valid_from),
            col(BillingCode.valid_to),
        )
        .where(
            col(BillingCode.system) == system,
            col(BillingCode.code).in_(codes),
            col(BillingCode.title) != "",
        )
        .order_by(col(BillingCode.valid_from))
    )
    titles: dict[str, str] = {}
    settled: set[str] = set()
    for code, title, first, last in session.execute(statement):
        if code not in settled:
            titles[code] = title
        if on is not None and first <= on and (last is None or on <= last):
            settled.add(code)
    return titles


def _row(row_id: int, code: BillingCodeDocument, words: Sequence[str]) -> dict[str, object]:
    """Make a row; a word stands once, and words that do not fit are left out whole."""
    all_words = dict.fromkeys([*to_search_words(f"{code.code} {code.title}"), *words])
    search_text = " ".join(all_words)
    if len(search_text) > SEARCH_TEXT_MAX:
        search_text = search_text[:SEARCH_TEXT_MAX].rpartition(" ")[0]
    return {
        "id": row_id,
        "system": code.system,
        "code": code.code,
        "title": code.title,
        "valid_from": code.valid_from,
        "valid_to": code.valid_to,
        "is_billable": code.is_billable,
        "search_text": search_text,
    }


def _document(row: BillingCode) -> BillingCodeDocument:
    return BillingCodeDocument(
        CodeSystem(row.system),
        row.code,
        row.title,
        row.valid_from,
        row.valid_to,
        row.is_billable,
    )


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _rebuild_search(session: Session) -> None:
    statements = _REBUILD_ON_POSTGRESQL if _is_postgres(session) else (_REBUILD_ON_SQLITE,)
    for statement in statements:
        session.execute(text(statement))


def _is_valid(on: date) -> ColumnElement[bool]:
    code = BillingCode
    has_not_ended = or_(col(code.valid_to).is_(None), col(code.valid_to) >= on)
    return (col(code.valid_from) <= on) & has_not_ended & col(code.is_billable)


def _begins(session: Session, beginning: str) -> ColumnElement[bool]:
    """Ask so that the index is used: LIKE on PostgreSQL, a range on SQLite, which sorts bytes."""
    code = col(BillingCode.code)
    if _is_postgres(session):
        return code.startswith(beginning, autoescape=True)
    return (code >= beginning) & (code < beginning + "~")


def _has_words(session: Session, words: Sequence[str]) -> TextClause:
    """Ask for each word by its beginning; words hold nothing that either language reads."""
    if not _is_postgres(session):
        asked = " ".join(f'"{word}"*' for word in words)
        return text(_IS_MATCH_ON_SQLITE).bindparams(words=asked)
    long = [word for word in words if len(word) > SHORT]
    short = [word for word in words if len(word) <= SHORT]
    if not long or not short:
        return text(_IS_MATCH_ON_POSTGRESQL).bindparams(words=_to_tsquery(words))
    both = f"{_IS_MATCH_ON_POSTGRESQL} AND {_IS_SHORT_MATCH_ON_POSTGRESQL}"
    return text(both).bindparams(words=_to_tsquery(long), short=_to_tsquery(short))


def _to_tsquery(words: Sequence[str]) -> str:
    return " & ".join(f"'{word}':*" for word in words)
