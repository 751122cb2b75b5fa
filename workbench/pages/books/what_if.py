"""What the services of a period would have brought under other terms. Nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response
from pydantic import AfterValidator

from models.documents.contract import ContractBook
from models.errors import RejectedError
from models.values.money import total
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.operations.contracts.what_if import last_quarter, price_under_other_terms
from revcycle.rules.contracts.reprice import Repricing
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.books.contract_files import (
    KeptContracts,
    find_contracts,
    read_proposed_terms,
)
from workbench.pages.form_texts import without_controls
from workbench.pages.practices import Practice, act_at, practice_of

router = books_router()
TERMS_LENGTH_MAX = 900_000
FINDINGS_SHOWN = 20
NO_FILE = "The client file of this practice is not on this machine, so nothing can be priced here."
Terms = Annotated[str, Form(max_length=TERMS_LENGTH_MAX), AfterValidator(without_controls)]
Word = Annotated[str, Form(max_length=60), AfterValidator(without_controls)]


@dataclass(frozen=True, slots=True)
class AskedTerms:
    """What a person asks: these terms, over the services of this period."""

    kept: KeptContracts | None
    text: str
    first: date
    last: date


@router.get("/what-if")
def ask_what_if(visitor: CurrentVisitor, client: str) -> Response:
    """Show the terms as they are, to be changed and tried."""
    practice = practice_of(visitor, client)
    first, last = last_quarter(act_at(visitor, practice).today)
    kept = find_contracts(practice)
    return _show(visitor, practice, AskedTerms(kept, kept.text if kept else "", first, last))


@router.post("/what-if")
def price_again(
    visitor: CurrentVisitor,
    client: str,
    first: Annotated[date, Form()],
    last: Annotated[date, Form()],
    terms: Terms = "",
    look_into: Word = "",
) -> Response:
    """Price the period by the changed terms; the lines of one group are listed if asked."""
    practice = practice_of(visitor, client)
    asked = AskedTerms(find_contracts(practice), terms, first, last)
    if asked.kept is None:
        return _show(visitor, practice, asked, problems=[NO_FILE])
    proposed, findings = read_proposed_terms(practice, asked.kept, terms)
    if findings:
        problems = [f"{one.position} {one.field}: {one.message}" for one in findings]
        return _show(visitor, practice, asked, problems=problems[:FINDINGS_SHOWN])
    try:
        repriced = _reprice(
            visitor, practice, asked, proposed, policy=asked.kept.policy, look_into=look_into
        )
    except RejectedError as error:
        return _show(visitor, practice, asked, problems=[str(error)])
    return _show(visitor, practice, asked, repriced=repriced, looked_into=look_into)


def _reprice(
    visitor: Visitor,
    practice: Practice,
    asked: AskedTerms,
    proposed: ContractBook,
    *,
    policy: ContractPolicy,
    look_into: str,
) -> Repricing:
    payer_key, _, code = look_into.partition(":")
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        return price_under_other_terms(
            session,
            act,
            proposed,
            policy=policy,
            period=(asked.first, asked.last),
            look_into=(payer_key, code) if code else None,
        )


def _show(
    visitor: Visitor,
    practice: Practice,
    asked: AskedTerms,
    *,
    repriced: Repricing | None = None,
    problems: Sequence[str] = (),
    looked_into: str = "",
) -> Response:
    groups = repriced.ordered() if repriced else []
    book = asked.kept.book if asked.kept else ContractBook()
    answer = show_books(
        visitor,
        "what_if.html",
        practice,
        room="what_if",
        has_terms=bool(book.terms),
        version=book.version,
        text=asked.text,
        first=asked.first,
        last=asked.last,
        problems=problems,
        repriced=repriced,
        groups=groups,
        lines=sum(one.lines for one in groups),
        now=total(one.now for one in groups),
        then=total(one.then for one in groups),
        looked_into=looked_into,
    )
    if problems:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer
