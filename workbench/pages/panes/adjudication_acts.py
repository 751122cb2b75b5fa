"""What the third person does: say of each difference what is right."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.errors import NotFoundError, RejectedError
from models.states.work_item import Queue
from models.values.access import Right
from revcycle.operations.audit.audit_items import SUBJECT
from revcycle.operations.audit.complete_second_coding import CaseInHand
from revcycle.operations.audit.decide_case import decide_case
from revcycle.operations.audit.policies import audit_policy
from revcycle.store import audited_cases
from workbench.pages.access import CurrentVisitor, needs
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import LongText
from workbench.pages.item_page import ItemPlace, Then, work
from workbench.pages.items import ThenField, Token
from workbench.pages.panes.coding_form import Cells
from workbench.pages.panes.places import place_in, prefix_of
from workbench.pages.panes.typing_acts import forget_typing, keep_typing

router = APIRouter(prefix=prefix_of(Queue.ADJUDICATION), dependencies=[needs(Right.AUDIT_CODES)])
HERE = place_in(Queue.ADJUDICATION)
Numbers = Annotated[list[int], Form(default_factory=list, max_length=200)]


class Choice(StrEnum):
    """What may be chosen of a difference."""

    FIRST = "first"
    SECOND = "second"
    OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Rulings:
    """Everything that the third person sent, one entry of each list for each difference."""

    numbers: tuple[int, ...]
    choices: tuple[str, ...]
    others: tuple[str, ...]

    def to_typed(self) -> dict[str, str]:
        """Write it down for the page that shows it again."""
        typed = {}
        for number, choice, other in zip(self.numbers, self.choices, self.others, strict=False):
            typed[f"choice-{number}"], typed[f"other-{number}"] = choice, other
        return typed

    def to_right(self, coder: dict[int, str], auditor: dict[int, str]) -> dict[int, str]:
        """Say what is right of each difference that was decided.

        Raises:
            RejectedError: neither is chosen, and nothing is typed.
        """
        right = {}
        for number, choice, other in zip(self.numbers, self.choices, self.others, strict=False):
            if choice == Choice.FIRST:
                right[number] = coder.get(number, "")
            elif choice == Choice.SECOND:
                right[number] = auditor.get(number, "")
            elif choice == Choice.OTHER:
                right[number] = _typed(number, other)
        return right


def _typed(number: int, other: str) -> str:
    if not other.strip():
        msg = f"type what is right of number {number}, or choose one of the two"
        raise RejectedError(msg)
    return other


def read_rulings(number: Numbers, choice: Cells, other: Cells) -> Rulings:
    """Put the fields of the rows together."""
    return Rulings(tuple(number), tuple(choice), tuple(other))


Sent = Annotated[Rulings, Depends(read_rulings)]


@router.post("/typed")
def keep_typed(
    visitor: CurrentVisitor,
    rulings: Sent,
    token: Token,
    remark: LongText = "",
    place: ItemPlace = HERE,
) -> Response:
    """Keep what is chosen and typed so far for whoever decides; the case stays as it is."""
    return keep_typing(visitor, place, token, {**rulings.to_typed(), "remark": remark})


@router.post("/forget")
def forget(visitor: CurrentVisitor, token: Token, place: ItemPlace = HERE) -> Response:
    """Throw away what was chosen and not saved."""
    return forget_typing(visitor, place, token)


@router.post("/decide")
def decide(
    visitor: CurrentVisitor,
    rulings: Sent,
    token: Token,
    remark: LongText = "",
    then: ThenField = Then.LIST,
    place: ItemPlace = HERE,
) -> Response:
    """Decide every difference; the coder learns of what was wrong."""
    policy = audit_policy(find_client_file(place.client))

    def do(session: Session, act: Act, line: WorkLine) -> str:
        if line.subject_kind != SUBJECT:
            msg = f"work item {line.id} is about no audited case"
            raise NotFoundError(msg)
        rows = audited_cases.list_codes(session, act.client_id, line.subject_id)
        right = rulings.to_right(
            {row.number: row.coder_code for row in rows},
            {row.number: row.auditor_code for row in rows},
        )
        in_hand = CaseInHand(line.subject_id, line.id, token)
        wrong = decide_case(session, act, in_hand, right, remark=remark, policy=policy)
        return "audit_decided" if wrong else "audit_coder_right"

    return work(visitor, place, do, then=then, typed={**rulings.to_typed(), "remark": remark})
