"""Queries that look for records and files that break a promise. Each returns count and ids."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.claim import FrequencyCode
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.states.encounter import ENCOUNTER_TRANSITIONS
from models.states.file import (
    INBOUND_FILE_TRANSITIONS,
    OUTBOUND_FILE_TRANSITIONS,
    InboundFileState,
    OutboundFileState,
)
from models.tables import (
    Acknowledgement,
    Claim,
    ClaimVersion,
    ControlNumber,
    Encounter,
    InboundFile,
    OutboundFile,
    StateChange,
    WorkItem,
)
from revcycle.store.state_changes import CREATED

Violations = tuple[int, tuple[str, ...]]
CHUNK = 50  # files are read into memory a few at a time

_TABLES: Final[Mapping[str, Any]] = {
    "encounter": Encounter,
    "claim": Claim,
    "inbound_file": InboundFile,
    "outbound_file": OutboundFile,
}
_TRANSITIONS: Final[Mapping[str, Mapping[Any, StrEnum]]] = {
    "encounter": ENCOUNTER_TRANSITIONS,
    "claim": CLAIM_TRANSITIONS,
    "inbound_file": INBOUND_FILE_TRANSITIONS,
    "outbound_file": OUTBOUND_FILE_TRANSITIONS,
}
_SENT_STATES: Final = (
    ClaimState.SUBMITTED,
    ClaimState.RECEIVED,
    ClaimState.ACCEPTED,
    ClaimState.REJECTED,
    ClaimState.PAID,
    ClaimState.DENIED,
    ClaimState.REVERSED,
)
# After one of these an original claim may go out again: the payer holds none, or wants a new one.
_ENDS_OF_A_VERSION: Final = (
    ClaimEvent.REJECT,
    ClaimEvent.PAY,
    ClaimEvent.DENY,
    ClaimEvent.REVERSE,
)


def states_unlike_history(session: Session, client_id: UUID) -> Violations:
    """Replay each record's moves; they must lead from its creation to its present state.

    Moves of one run share their instant, so they are replayed as a path: every state is left as
    often as it is entered, but for the one where the record stands.
    """
    checked = 0
    wrong: list[str] = []
    for noun, table in _TABLES.items():
        present: dict[UUID, str] = dict(
            session.exec(select(table.id, table.state).where(table.client_id == client_id)).all()
        )
        balance = _balance_of_moves(session, client_id, noun)
        checked += len(present)
        wrong.extend(
            f"{noun} {id_}"
            for id_, state in present.items()
            if balance[id_] != {"": -1, str(state): 1}
        )
    return checked, tuple(wrong)


def _balance_of_moves(
    session: Session, client_id: UUID, noun: str
) -> defaultdict[UUID, dict[str, int]]:
    moves: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for subject_id, before, after in session.exec(
        select(StateChange.subject_id, StateChange.from_state, StateChange.to_state).where(
            StateChange.client_id == client_id, StateChange.noun == noun
        )
    ):
        moves[subject_id][before] -= 1
        moves[subject_id][after] += 1
    return defaultdict(
        dict,
        {id_: {state: net for state, net in one.items() if net} for id_, one in moves.items()},
    )


def moves_outside_tables(session: Session, client_id: UUID) -> Violations:
    """Compare every kind of move with the transition table of its noun."""
    rows = session.execute(
        select_columns(
            col(StateChange.noun),
            col(StateChange.event),
            col(StateChange.from_state),
            col(StateChange.to_state),
            func.count(),
        )
        .where(col(StateChange.client_id) == client_id, col(StateChange.noun).in_(_TABLES))
        .group_by(
            col(StateChange.noun),
            col(StateChange.event),
            col(StateChange.from_state),
            col(StateChange.to_state),
        )
    ).all()
    wrong = [
        f"{noun}: {before} -{event}-> {after}"
        for noun, event, before, after, _ in rows
        if not _is_edge(noun, event, before, after)
    ]
    return sum(row[4] for row in rows), tuple(wrong)


def _is_edge(noun: str, event: str, before: str, after: str) -> bool:
    if event == CREATED:
        return before == ""
    return str(_TRANSITIONS[noun].get((before, event), "")) == after


def versions_out_of_order(session: Session, client_id: UUID) -> Violations:
    """Look for claims whose versions have gaps, repeat an original, or name no original."""
    versions = session.execute(
        select_columns(
            col(ClaimVersion.claim_id),
            func.count(),
            func.max(ClaimVersion.number),
            func.count().filter(col(ClaimVersion.frequency_code) == FrequencyCode.ORIGINAL),
        )
        .where(col(ClaimVersion.client_id) == client_id)
        .group_by(col(ClaimVersion.claim_id))
    ).all()
    ended = _count_events(session, client_id, _ENDS_OF_A_VERSION)
    nameless = session.exec(
        select(Claim.id).where(
            Claim.client_id == client_id,
            Claim.frequency_code != FrequencyCode.ORIGINAL,
            Claim.original_reference == "",
        )
    ).all()
    wrong = [
        str(claim_id)
        for claim_id, count, last, originals in versions
        if count != last or originals - 1 > ended[claim_id]
    ]
    return len(versions), (*wrong, *map(str, nameless))


def control_numbers_with_gaps(session: Session, client_id: UUID) -> Violations:
    """Compare each counter with the files towards its partner: 1, 2, 3 ... and none left out."""
    files = {
        row[0]: (row[1], row[2], row[3])
        for row in session.execute(
            select_columns(
                col(OutboundFile.connection_id),
                func.count(),
                func.min(OutboundFile.control_number),
                func.max(OutboundFile.control_number),
            )
            .where(col(OutboundFile.client_id) == client_id)
            .group_by(col(OutboundFile.connection_id))
        )
    }
    counters = session.exec(
        select(ControlNumber.connection_id, ControlNumber.last_value).where(
            ControlNumber.client_id == client_id
        )
    ).all()
    wrong = [
        str(connection_id)
        for connection_id, last in counters
        if files.get(connection_id, (0, 1, 0)) != (last, 1, last)
    ]
    wrong.extend(
        str(one) for one in files.keys() - {connection_id for connection_id, _ in counters}
    )
    return sum(count for count, _, _ in files.values()), tuple(wrong)


def files_unlike_hash(session: Session, client_id: UUID) -> Violations:
    """Hash every file again."""
    checked = 0
    wrong: list[str] = []
    for table in (OutboundFile, InboundFile):
        kept: Any = table
        rows = session.execute(
            select_columns(kept.id, kept.sha256, kept.content)
            .where(kept.client_id == client_id)
            .execution_options(yield_per=CHUNK)
        )
        for id_, sha256, content in rows:
            checked += 1
            if hashlib.sha256(content).hexdigest() != sha256:
                wrong.append(str(id_))
    return checked, tuple(wrong)


def claims_unlike_files(session: Session, client_id: UUID) -> Violations:
    """Look for claims sent without a file, or not as often as they were submitted."""
    claims = session.exec(select(Claim.id, Claim.state).where(Claim.client_id == client_id)).all()
    versions = dict(
        session.exec(
            select(ClaimVersion.claim_id, func.count())
            .where(ClaimVersion.client_id == client_id)
            .group_by(col(ClaimVersion.claim_id))
        ).all()
    )
    submitted = _count_events(session, client_id, [ClaimEvent.SUBMIT])
    wrong = [
        str(claim_id)
        for claim_id, state in claims
        if versions.get(claim_id, 0) != submitted[claim_id]
        or (state in _SENT_STATES and claim_id not in versions)
    ]
    return len(claims), tuple(wrong)


def files_unlike_contents(session: Session, client_id: UUID) -> Violations:
    """Look for 837 files that say they hold another number of claims than they do."""
    rows = session.exec(
        select(OutboundFile.id, OutboundFile.record_count, func.count(col(ClaimVersion.id)))
        .outerjoin(
            ClaimVersion,
            (col(ClaimVersion.client_id) == OutboundFile.client_id)
            & (col(ClaimVersion.outbound_file_id) == OutboundFile.id),
        )
        .where(OutboundFile.client_id == client_id, col(OutboundFile.kind).in_(["837P", "837I"]))
        .group_by(col(OutboundFile.id), col(OutboundFile.record_count))
    ).all()
    return len(rows), tuple(str(id_) for id_, says, holds in rows if says != holds)


def answers_without_evidence(session: Session, client_id: UUID) -> Violations:
    """Look for claims accepted or rejected with no stored word of the partner."""
    claims = session.exec(
        select(Claim.id, Claim.state).where(
            Claim.client_id == client_id,
            col(Claim.state).in_([ClaimState.ACCEPTED, ClaimState.REJECTED]),
        )
    ).all()
    said = session.execute(
        select_columns(
            col(Acknowledgement.claim_id),
            col(Acknowledgement.outbound_file_id),
            col(Acknowledgement.is_accepted),
        ).where(col(Acknowledgement.client_id) == client_id)
    ).all()
    accepted = {claim_id for claim_id, _, is_accepted in said if is_accepted}
    refused = {claim_id for claim_id, _, is_accepted in said if not is_accepted}
    refused_files = {
        file_id for claim_id, file_id, is_accepted in said if not (is_accepted or claim_id)
    }
    refused |= _claims_of_files(session, client_id, refused_files)
    wrong = [
        str(claim_id)
        for claim_id, state in claims
        if claim_id not in (accepted if state == ClaimState.ACCEPTED else refused)
    ]
    return len(claims), tuple(wrong)


def _claims_of_files(
    session: Session, client_id: UUID, file_ids: Iterable[UUID | None]
) -> set[UUID]:
    """Collect claims of files that were refused, by an acknowledgement or at the door."""
    refused = select(OutboundFile.id).where(
        OutboundFile.client_id == client_id, OutboundFile.state == OutboundFileState.REFUSED
    )
    ids = {*session.exec(refused).all(), *filter(None, file_ids)}
    versions = session.exec(
        select(ClaimVersion.claim_id).where(
            ClaimVersion.client_id == client_id, col(ClaimVersion.outbound_file_id).in_(ids)
        )
    )
    return set(versions.all())


def troubles_without_work(session: Session, client_id: UUID) -> Violations:
    """Look for files in quarantine, in doubt, or with unknown references that nobody is told of."""
    troubled = {
        *_ids(session, InboundFile, client_id, InboundFileState.QUARANTINED),
        *_ids(session, OutboundFile, client_id, OutboundFileState.UNCERTAIN),
        *session.exec(
            select(Acknowledgement.inbound_file_id).where(
                Acknowledgement.client_id == client_id,
                col(Acknowledgement.outbound_file_id).is_(None),
            )
        ).all(),
    }
    told = set(
        session.exec(
            select(WorkItem.subject_id).where(
                WorkItem.client_id == client_id,
                col(WorkItem.subject_kind).in_(["inbound_file", "outbound_file"]),
            )
        ).all()
    )
    return len(troubled), tuple(sorted(str(id_) for id_ in troubled - told))


def _ids(session: Session, table: Any, client_id: UUID, state: StrEnum) -> list[UUID]:
    return list(
        session.exec(
            select(table.id).where(table.client_id == client_id, table.state == state)
        ).all()
    )


def _count_events(
    session: Session, client_id: UUID, events: Iterable[ClaimEvent]
) -> defaultdict[UUID, int]:
    rows = session.exec(
        select(StateChange.subject_id, func.count())
        .where(
            StateChange.client_id == client_id,
            StateChange.noun == "claim",
            col(StateChange.event).in_(list(events)),
        )
        .group_by(col(StateChange.subject_id))
    ).all()
    return defaultdict(int, dict(rows))
