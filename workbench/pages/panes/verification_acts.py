"""What people do about a coverage that a payer did not confirm."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue, WorkItemState
from models.tables import Coverage, EligibilityCheck
from models.values.access import FieldKind, FieldView, Right
from revcycle.operations.files.release_inbound_file import release_inbound_file
from revcycle.operations.verification.add_coverage import NewCoverage, add_coverage
from revcycle.operations.verification.ask_again import ask_again
from revcycle.operations.verification.resolve_check import confirm_coverage, end_coverage
from revcycle.operations.work.open_item import get_item
from revcycle.store import eligibility, work_items, work_notes
from workbench.pages.access import CurrentVisitor, needs, person_of
from workbench.pages.form_texts import Text, without_controls
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.unchanged import require_unchanged
from workbench.pages.panes.verification import seen_of

router = APIRouter(
    prefix=prefix_of(Queue.VERIFICATION), dependencies=[needs(Right.VERIFY_COVERAGE)]
)
Place = Annotated[ItemPlace, place_in(Queue.VERIFICATION)]
Seen = Annotated[str, Form(max_length=64)]
Day = Annotated[str, Form(max_length=10)]
Step = Callable[[Session, Act, WorkLine, EligibilityCheck, Coverage], str]
LABELS = (
    ("state", "The question"),
    ("answer", "The answer"),
    ("member_id", "Member id"),
    ("valid_to", "The coverage's last day"),
)
RANKS = ("1", "2", "3")
OTHER_COVERAGE = "other_coverage"


class OtherCoverageForm(BaseModel):
    """What the card of the other coverage says."""

    token: int
    seen: str = Field(max_length=64)
    then: Then = Then.LIST
    payer_key: str = Field(default="", max_length=80)
    new_member_id: str = Field(default="", max_length=80)
    rank: str = Field(default="1", max_length=1)
    group_number: str = Field(default="", max_length=50)
    valid_from: str = Field(default="", max_length=10)
    ended_on: str = Field(default="", max_length=10)


@router.post("/confirm")
def confirm(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    who: Text = "",
    reference: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Take the coverage as active: the payer said so on the telephone."""

    def step(
        session: Session, act: Act, line: WorkLine, check: EligibilityCheck, _coverage: Coverage
    ) -> str:
        if not who.strip() or not reference.strip():
            msg = "say who at the payer confirmed it, and under which reference number"
            raise RejectedError(msg)
        text = f"Confirmed by telephone: {who.strip()}, reference {reference.strip()}"
        work_notes.add_note(session, act.client_id, act, line.id, text)
        confirm_coverage(session, act, check.id)
        return "coverage_confirmed"

    typed = {"form": "confirm", "who": who, "reference": reference}
    return _work(visitor, place, step, token, seen, then, typed)


@router.post("/end")
def end(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    last_day: Day = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Write down when the coverage ended."""

    def step(
        session: Session, act: Act, _line: WorkLine, check: EligibilityCheck, _coverage: Coverage
    ) -> str:
        day = _read_day("the last day", last_day)
        if day is None:
            msg = "say on which day the coverage ended"
            raise RejectedError(msg)
        if day >= check.service_date:
            msg = "on the day of service it would still be in force; then confirm it instead"
            raise RejectedError(msg)
        end_coverage(session, act, check.id, last_day=day)
        return "coverage_ended"

    return _work(visitor, place, step, token, seen, then, {"form": "end", "last_day": last_day})


@router.post("/self-pay")
def self_pay(
    visitor: CurrentVisitor, place: Place, token: Token, seen: Seen, then: ThenField = Then.LIST
) -> Response:
    """Say that this payer does not cover the visit: without another coverage the patient pays."""

    def step(
        session: Session, act: Act, _line: WorkLine, check: EligibilityCheck, _coverage: Coverage
    ) -> str:
        end_coverage(session, act, check.id, last_day=check.service_date - timedelta(days=1))
        return "coverage_ended"

    return _work(visitor, place, step, token, seen, then, {"form": "self-pay"})


@router.post("/other")
def other(
    visitor: CurrentVisitor, place: Place, form: Annotated[OtherCoverageForm, Form()]
) -> Response:
    """Write down the coverage that the patient has instead, or before this one."""
    texts = form.model_dump(exclude={"token", "seen", "then"})
    typed = {"form": "other", **{name: without_controls(text) for name, text in texts.items()}}

    def step(
        session: Session, act: Act, line: WorkLine, check: EligibilityCheck, coverage: Coverage
    ) -> str:
        new = _new_coverage(typed)
        ended = _read_day("the day the other one ended", typed["ended_on"])
        if ended:
            end_coverage(session, act, check.id, last_day=ended)
        add_coverage(session, act, coverage.patient_id, new)
        session.flush()
        _close(session, act, line, form.token)
        return "coverage_added"

    return _work(visitor, place, step, form.token, form.seen, form.then, typed)


@router.post("/ask-again")
def ask_once_more(
    visitor: CurrentVisitor,
    place: Place,
    token: Token,
    seen: Seen,
    member_id: Text = "",
    then: ThenField = Then.LIST,
) -> Response:
    """Ask the payer again, with the member id as it should have been."""
    access = person_of(visitor).access
    sees_number = access.view_of(FieldKind.MEMBER_ID) is FieldView.SHOWN

    def step(
        session: Session, act: Act, _line: WorkLine, check: EligibilityCheck, coverage: Coverage
    ) -> str:
        is_changed = sees_number and member_id.strip() != coverage.member_id
        ask_again(session, act, check.id, member_id=member_id if is_changed else None)
        return "asked_again"

    typed = {"form": "again", "member_id": member_id} if sees_number else {"form": "again"}
    return _work(visitor, place, step, token, seen, then, typed)


@router.post("/read-again")
def read_again(visitor: CurrentVisitor, place: Place, token: Token) -> Response:
    """Let the next run read a file of answers anew."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        release_inbound_file(session, act, line.id, token=token)
        return "read_again"

    return work(visitor, place, do, then=Then.LIST)


def _work(
    visitor: CurrentVisitor,
    place: ItemPlace,
    step: Step,
    token: int,
    seen: str,
    then: Then,
    typed: Mapping[str, str],
) -> Response:
    """Do a step about a check whose lease is ours and which is still as it was shown."""

    def do(session: Session, act: Act, line: WorkLine) -> str:
        work_items.require_lease(session, act.client_id, act, line.id, token=token)
        check = eligibility.get_check(session, act.client_id, line.subject_id)
        (coverage,) = eligibility.list_coverages_by_id(session, act.client_id, [check.coverage_id])
        require_unchanged(seen, seen_of(check, coverage), typed, LABELS)
        try:
            return step(session, act, line, check, coverage)
        except NotFoundError as error:  # a payer that the form names, not the page itself
            raise RejectedError(str(error)) from None

    return work(visitor, place, do, then=then, typed=typed)


def _close(session: Session, act: Act, line: WorkLine, token: int) -> None:
    """Close the item unless ending the other coverage closed it."""
    if get_item(session, act.client_id, line.id).state is WorkItemState.OPEN:
        work_items.close_leased_work_item(
            session, act.client_id, act, line.id, token=token, resolution=OTHER_COVERAGE
        )


def _new_coverage(typed: Mapping[str, str]) -> NewCoverage:
    if not typed["payer_key"]:
        msg = "choose the payer of the other coverage"
        raise RejectedError(msg)
    if typed["rank"] not in RANKS:
        msg = "a payer is asked first, second or third"
        raise RejectedError(msg)
    return NewCoverage(
        payer_key=typed["payer_key"],
        member_id=typed["new_member_id"],
        rank=int(typed["rank"]),
        group_number=typed["group_number"],
        valid_from=_read_day("the first day", typed["valid_from"]),
    )


def _read_day(label: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{label}: write the day as year-month-day, such as 2026-11-20"
        raise RejectedError(msg) from None
