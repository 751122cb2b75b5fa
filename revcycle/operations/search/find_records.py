"""Find records of every kind over the practices that a person sees."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.search import FoundKind, FoundRecord, SearchQuestion
from revcycle.store import audit, finding

Search = tuple[FoundKind, bool, Callable[..., Sequence[FoundRecord]]]


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one kind.

    Attributes:
        records: At most as many as were asked for.
        is_exact: Whether they have the very number that was typed.
        has_more: Whether there are more than these.
    """

    kind: FoundKind
    records: Sequence[FoundRecord]
    is_exact: bool
    has_more: bool


def find_records(
    session: Session,
    client_ids: Collection[UUID],
    question: SearchQuestion,
    act: Act,
    *,
    limit: int,
    kinds: Collection[FoundKind] = tuple(FoundKind),
    sees_member_ids: bool = False,
) -> list[FoundGroup]:
    """Find records, the best guess first; the trail of each practice keeps that some were shown.

    What has the number that was typed comes before what a name or a code led to; else the kinds
    come in the order of ``FoundKind``. What found nothing is left out.

    Args:
        session: The database, with the practices opened.
        client_ids: The practices of the person who asks; others are not looked at.
        question: What was typed.
        act: Who asks, when.
        limit: How many of a kind at most.
        kinds: Which kinds are wanted.
        sees_member_ids: Whether the person sees payers' numbers of patients in full; to find
            somebody by such a number is to learn whose it is.
    """
    if not client_ids:
        return []
    groups = []
    for kind, is_exact, search in _searches(
        session, client_ids, question, sees_member_ids=sees_member_ids
    ):
        records = search(limit=limit + 1) if kind in kinds else ()
        if records:
            groups.append(FoundGroup(kind, records[:limit], is_exact, len(records) > limit))
    _note(session, groups, act)
    return sorted(groups, key=lambda group: not group.is_exact)


def _searches(
    session: Session,
    client_ids: Collection[UUID],
    asked: SearchQuestion,
    *,
    sees_member_ids: bool,
) -> Iterator[Search]:
    """Say which queries a question needs: a name needs one, a number one of each kind."""

    def ask(
        query: Callable[..., Sequence[FoundRecord]], *about: object
    ) -> Callable[..., Sequence[FoundRecord]]:
        return lambda *, limit: query(session, client_ids, *about, limit=limit)

    kind = FoundKind
    if asked.names or asked.birth_date:
        by_name = ask(finding.find_patients_by_name, asked.names, asked.birth_date)
        yield kind.PATIENT, False, by_name
    if asked.numbers:
        of_patients = partial(finding.find_patients_by_number, sees_member_ids=sees_member_ids)
        yield kind.PATIENT, True, ask(of_patients, asked.numbers)
        yield kind.CLAIM, True, ask(finding.find_claims, asked.numbers)
        yield kind.ENCOUNTER, True, ask(finding.find_encounters_by_number, asked.numbers)
    if asked.code:
        yield kind.ENCOUNTER, False, ask(finding.find_encounters_by_code, asked.code)
    if asked.numbers:
        yield kind.REMITTANCE, True, ask(finding.find_remittances, asked.numbers)
        yield kind.STATEMENT, True, ask(finding.find_statements, asked.numbers)
        yield kind.FILE, True, ask(finding.find_files, asked.numbers, asked.file_number)


def _note(session: Session, groups: Sequence[FoundGroup], act: Act) -> None:
    shown = chain.from_iterable(group.records for group in groups)
    seen = sorted({record.client_id for record in shown})
    kinds = sorted({group.kind for group in groups})
    audit.record_search(session, seen, act, ",".join(kinds))
