"""Queries on ledger entries that nothing took back yet."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.documents.ledger import BookedEntry, EntryKind, LedgerSubject, PostingDraft
from models.tables import LedgerEntry, Posting
from models.values.accounts import Account
from revcycle.store.ledger import in_chunks


def unreversed_entries(
    session: Session, client_id: UUID, claim_ids: Collection[UUID], kinds: Collection[EntryKind]
) -> list[BookedEntry]:
    """List entries about claims that nothing took back yet, oldest first."""
    return [
        entry
        for ids in in_chunks(claim_ids)
        for entry in _booked_entries(session, client_id, kinds, col(Posting.claim_id).in_(ids))
    ]


def unreversed_entries_of_sources(
    session: Session,
    client_id: UUID,
    source_keys: Collection[str],
    kinds: Collection[EntryKind],
) -> list[BookedEntry]:
    """List entries of these source keys that nothing took back yet, oldest first."""
    return [
        entry
        for keys in in_chunks(source_keys)
        for entry in _booked_entries(
            session, client_id, kinds, col(LedgerEntry.source_key).in_(keys)
        )
    ]


def unreversed_entries_of_charges(
    session: Session, client_id: UUID, charge_ids: Collection[UUID], kinds: Collection[EntryKind]
) -> list[BookedEntry]:
    """List entries about charges that nothing took back yet, oldest first."""
    return [
        entry
        for ids in in_chunks(charge_ids)
        for entry in _booked_entries(session, client_id, kinds, col(Posting.charge_id).in_(ids))
    ]


def count_entries_of_charges(
    session: Session, client_id: UUID, charge_ids: Collection[UUID], kind: EntryKind
) -> dict[UUID, int]:
    """Count the entries of a kind about each charge, taken back or not; none is left out."""
    counts: dict[UUID, int] = {}
    for ids in in_chunks(charge_ids):
        statement = (
            select(Posting.charge_id, func.count(func.distinct(col(LedgerEntry.id))))
            .join(
                LedgerEntry,
                (col(LedgerEntry.client_id) == Posting.client_id)
                & (col(LedgerEntry.id) == Posting.ledger_entry_id),
            )
            .where(
                Posting.client_id == client_id,
                col(Posting.charge_id).in_(ids),
                LedgerEntry.kind == kind,
            )
            .group_by(col(Posting.charge_id))
        )
        counts.update({one: count for one, count in session.exec(statement) if one})
    return counts


def _booked_entries(
    session: Session,
    client_id: UUID,
    kinds: Collection[EntryKind],
    about: ColumnElement[bool],
) -> Iterator[BookedEntry]:
    reversing = aliased(LedgerEntry)
    taken_back = exists().where(
        col(reversing.client_id) == client_id, col(reversing.reverses_id) == col(LedgerEntry.id)
    )
    statement = (
        select(LedgerEntry, Posting)
        .join(
            Posting,
            (col(Posting.client_id) == LedgerEntry.client_id)
            & (col(Posting.ledger_entry_id) == LedgerEntry.id),
        )
        .where(
            LedgerEntry.client_id == client_id,
            col(LedgerEntry.kind).in_(kinds),
            about,
            ~taken_back,
        )
        .order_by(col(LedgerEntry.id), col(Posting.id))
    )
    postings: dict[UUID, list[PostingDraft]] = defaultdict(list)
    entries: dict[UUID, LedgerEntry] = {}
    for entry, posting in session.exec(statement):
        entries[entry.id] = entry
        postings[entry.id].append(_draft(posting))
    for entry_id, entry in entries.items():
        lines = tuple(postings[entry_id])
        yield BookedEntry(entry_id, EntryKind(entry.kind), entry.source_key, lines)


def _draft(posting: Posting) -> PostingDraft:
    return PostingDraft(
        Account(posting.account),
        posting.amount,
        LedgerSubject(
            posting.patient_id, posting.charge_id, posting.claim_id, posting.remittance_id
        ),
        posting.group,
        posting.reason,
        posting.reference,
    )
