"""Type a paper remittance: the claims, what was paid of each line, and why not all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.posting import PostableClaim
from models.documents.remittance import RemittanceClaim
from models.errors import NotFoundError, RejectedError
from models.values.access import Right
from models.values.money import ZERO
from revcycle.operations.deposits.post_typed_remittance import post_typed_remittance
from revcycle.operations.posting.policies import remittance_policy
from revcycle.store.audit import record_act
from revcycle.store.postable_claims import index_claims
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.books.eob_form import (
    ADJUSTMENTS_OF_LINE,
    GROUPS,
    METHODS,
    ClaimRow,
    TypedFields,
    claim_numbers,
    claim_rows,
    read_typed,
    typed_total,
)
from workbench.pages.client_files import find_client_file
from workbench.pages.form_texts import without_controls
from workbench.pages.practices import Practice, act_at, practice_of

router = books_router(Right.POST_MONEY)
FIELD_LENGTH: Final = 1_000
NO_FIELDS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, repr=False)
class _Desk:
    """One form on its way: whose, what was typed, and our claims that it names."""

    visitor: Visitor
    practice: Practice
    config: ClientConfig
    act: Act
    typed: TypedFields
    numbers: list[str]
    rows: list[ClaimRow]


async def read_fields(request: Request) -> Mapping[str, str]:
    """Read a form whose fields depend on the claims it names."""
    form = await request.form()
    return {
        name: without_controls(text)[:FIELD_LENGTH]
        for name, text in form.items()
        if isinstance(text, str)
    }


Fields = Annotated[Mapping[str, str], Depends(read_fields)]


@router.get("/eob/new")
def begin(visitor: CurrentVisitor, client: str) -> Response:
    """Show the empty form."""
    return _show(_desk(visitor, client, NO_FIELDS))


@router.post("/eob/check")
def check(visitor: CurrentVisitor, client: str, fields: Fields) -> Response:
    """Find the claims that were named and say whether the amounts balance; nothing is booked."""
    return _show(_desk(visitor, client, fields))


@router.post("/eob/new")
def post(visitor: CurrentVisitor, client: str, fields: Fields) -> Response:
    """Post what was typed, or say why not and keep everything that was typed."""
    desk = _desk(visitor, client, fields)
    unknown = _unknown(desk)
    typed = read_typed(desk.typed, desk.rows, desk.config.payers, today=desk.act.today)
    if typed is None or unknown:
        return _show(desk, problems=[*desk.typed.problems, *unknown])
    try:
        with transaction(visitor.site.database_url, desk.practice.id) as session:
            remittance_id = post_typed_remittance(
                session,
                desk.act,
                typed,
                payee=desk.config.practice.to_document(),
                policy=remittance_policy(desk.config),
            )
    except RejectedError as error:
        return _show(desk, problems=[str(error)])
    address = f"/practices/{desk.practice.key}/remittances/{remittance_id}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _desk(visitor: Visitor, client: str, fields: Mapping[str, str]) -> _Desk:
    practice = practice_of(visitor, client)
    config = find_client_file(practice.key)
    if config is None:
        msg = "the client file of this practice is not on this machine"
        raise NotFoundError(msg)
    act = act_at(visitor, practice)
    numbers = claim_numbers(fields)
    with transaction(visitor.site.database_url, practice.id) as session:
        claims = _find_claims(session, act, numbers)
    rows = claim_rows(numbers, claims)
    return _Desk(visitor, practice, config, act, TypedFields(fields), numbers, rows)


def _find_claims(session: Session, act: Act, numbers: Sequence[str]) -> dict[str, PostableClaim]:
    """Find our claims by their numbers; that they were seen is written down."""
    asked = [RemittanceClaim(number, "1", ZERO, ZERO) for number in numbers]
    index = index_claims(session, act.client_id, asked)
    found = {
        number: index.claims[index.by_control_number[number]]
        for number in numbers
        if number in index.by_control_number
    }
    for claim in found.values():
        record_act(session, act.client_id, act, "see_claim", "claim", claim.claim_id)
    return found


def _unknown(desk: _Desk) -> list[str]:
    known = {row.control_number for row in desk.rows}
    return [f"Claims: {one} is none of ours" for one in desk.numbers if one not in known]


def _show(desk: _Desk, *, problems: Sequence[str] = ()) -> Response:
    """Show the form with everything typed, its claims, and whether it balances."""
    reading = TypedFields(desk.typed.fields)
    explained = typed_total(reading, desk.rows)
    amount = reading.money("amount", "Amount")
    response = show_books(
        desk.visitor,
        "eob.html",
        desk.practice,
        room="eob",
        typed=desk.typed,
        rows=desk.rows,
        unknown=_unknown(desk),
        payers=desk.config.payers,
        methods=METHODS,
        groups=GROUPS,
        places=range(ADJUSTMENTS_OF_LINE),
        amount=amount,
        explained=explained,
        gap=amount - explained,
        open_lines=_open_lines(desk),
        problems=problems,
    )
    if problems:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def _open_lines(desk: _Desk) -> list[str]:
    """Say of which lines charge less adjustments is not what was paid."""
    reading = TypedFields(desk.typed.fields)
    said = []
    for row in desk.rows:
        for line in row.lines:
            left = line.charge - reading.money(f"{line.name}-paid", "")
            for place in range(ADJUSTMENTS_OF_LINE):
                left -= reading.money(f"{line.name}-{place}-amount", "")
            if left:
                said.append(f"Claim {row.control_number}, line {line.number}: {left} unexplained")
    return said
