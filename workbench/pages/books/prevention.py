"""Edits that a practice's denials propose: evidence, back-test, decision and effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path, Query
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.learned_edit import EditPicture
from models.states.learned_edit import EDIT_TRANSITIONS, EditEvent
from models.values.access import Right
from models.values.money import Money, total
from revcycle.operations.prevention.explain_edit import EditEvidence, explain_edit
from revcycle.operations.prevention.propose_edits import CLAIMS_MAX, DAYS
from revcycle.rules.prevention.propose_edits import DENIED_MIN, PRECISION_MIN_PERMILLE
from revcycle.store import audit, claims, learned_edits
from revcycle.store.session import reading, transaction
from workbench.pages.access import CurrentVisitor, Visitor, person_of
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.books.prevention_texts import (
    SAID_OF_EDITS,
    STATE_WORDS,
    say_edit,
    say_reason,
)
from workbench.pages.claim_facts import claim_facts_of
from workbench.pages.practices import Practice, act_at, practice_of

router = books_router()
EditId = Annotated[UUID, Path()]
PAGE_SIZE: Final = 50


class EvidenceList(StrEnum):
    """Which claims behind which figure."""

    DENIED = "denied"
    HITS = "hits"
    FALSE_ALARMS = "false_alarms"
    TESTED = "tested"
    DENIED_BEFORE = "denied_before"
    DECIDED_BEFORE = "decided_before"
    DENIED_SINCE = "denied_since"
    DECIDED_SINCE = "decided_since"


LIST_WORDS: Final = {
    EvidenceList.DENIED: "Denied in this pattern",
    EvidenceList.HITS: "Hits: it would have stopped them, and they were denied",
    EvidenceList.FALSE_ALARMS: "False alarms: it would have stopped them, and they were paid",
    EvidenceList.TESTED: "Tried on: decided claims of this payer",
    EvidenceList.DENIED_BEFORE: "Denied in this pattern before it was switched on",
    EvidenceList.DECIDED_BEFORE: "Decided by this payer before it was switched on",
    EvidenceList.DENIED_SINCE: "Denied in this pattern since it is on",
    EvidenceList.DECIDED_SINCE: "Decided by this payer since it is on",
}


@dataclass(frozen=True, slots=True)
class EvidenceClaim:
    """A claim of a list, without its patient."""

    id: UUID
    number: str
    charge: Money
    state: str


@router.get("/prevention")
def show_prevention(visitor: CurrentVisitor, client: str) -> Response:
    """List what denials propose; counts and codes, nothing of a patient."""
    practice = practice_of(visitor, client)
    with reading(visitor.site.database_url, [practice.id]) as session:
        edits = learned_edits.list_edits(session, practice.id)
    return show_books(
        visitor,
        "prevention.html",
        practice,
        room="prevention",
        edits=edits,
        days=DAYS,
        claims_max=CLAIMS_MAX,
        denied_min=DENIED_MIN,
        precision_min=PRECISION_MIN_PERMILLE // 10,
        **_words(),
    )


@router.get("/prevention/{edit_id}")
def show_edit(
    visitor: CurrentVisitor,
    client: str,
    edit_id: EditId,
    shown: Annotated[EvidenceList, Query(alias="list")] = EvidenceList.DENIED,
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
    said: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show an edit with the claims behind each of its figures."""
    told = next((words for event, words in SAID_OF_EDITS.items() if event == said), "")
    return show_edit_page(visitor, practice_of(visitor, client), edit_id, shown, page, said=told)


def show_edit_page(
    visitor: Visitor,
    practice: Practice,
    edit_id: UUID,
    shown: EvidenceList,
    page: int,
    *,
    said: str = "",
    problem: str = "",
) -> Response:
    """Show an edit with one of its lists; never call it inside an open transaction."""
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        edit = learned_edits.get_edit(session, practice.id, edit_id)
        evidence = explain_edit(session, act, edit, practice=claim_facts_of(practice))
        lists = _lists(evidence)
        ids = lists.get(shown, ())
        start = (page - 1) * PAGE_SIZE
        rows = _claims(session, practice.id, ids[start : start + PAGE_SIZE])
        audit.record_act(session, practice.id, act, "see_edit", "learned_edit", edit_id)
    answer = show_books(
        visitor,
        "prevention_edit.html",
        practice,
        room="prevention",
        edit=edit,
        evidence=evidence,
        lists={one: len(found) for one, found in lists.items()},
        denied=evidence.denied if shown is EvidenceList.DENIED else {},
        denied_total=total(evidence.denied.values()),
        list_words=LIST_WORDS,
        shown=shown,
        rows=rows,
        page=page,
        pages=max(-(-len(ids) // PAGE_SIZE), 1),
        offered=_offered(visitor, edit),
        said=said,
        problem=problem,
        **_words(),
    )
    if problem:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


def _lists(evidence: EditEvidence) -> dict[EvidenceList, Sequence[UUID]]:
    """Name the claims behind each figure; those of its effect only once it was switched on."""
    lists: dict[EvidenceList, Sequence[UUID]] = {
        EvidenceList.DENIED: tuple(evidence.denied),
        EvidenceList.HITS: evidence.test.hits,
        EvidenceList.FALSE_ALARMS: evidence.test.false_alarms,
        EvidenceList.TESTED: evidence.tested,
    }
    if evidence.effect is not None:
        lists[EvidenceList.DENIED_BEFORE] = evidence.effect.denied_before
        lists[EvidenceList.DECIDED_BEFORE] = evidence.effect.decided_before
        lists[EvidenceList.DENIED_SINCE] = evidence.effect.denied_since
        lists[EvidenceList.DECIDED_SINCE] = evidence.effect.decided_since
    return lists


def _claims(session: Session, client_id: UUID, ids: Sequence[UUID]) -> list[EvidenceClaim]:
    rows = {row.id: row for row in claims.list_claims(session, client_id, ids)}
    return [
        EvidenceClaim(id_, rows[id_].control_number, rows[id_].charge_total, str(rows[id_].state))
        for id_ in ids
    ]


def _offered(visitor: Visitor, edit: EditPicture) -> frozenset[EditEvent]:
    if not person_of(visitor).may(Right.KEEP_BOOKS):
        return frozenset()
    return frozenset(event for state, event in EDIT_TRANSITIONS if state is edit.state)


def _words() -> dict[str, object]:
    return {"say_edit": say_edit, "say_reason": say_reason, "state_words": STATE_WORDS}
