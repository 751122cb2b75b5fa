"""The contracts of a practice: every term with its validity, and the version in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from models.documents.contract import ContractTerm, PriceMethod
from revcycle.rules.contracts.code_ranges import is_in_range
from revcycle.rules.contracts.find_term import is_in_force
from workbench.pages.access import CurrentVisitor
from workbench.pages.books.books_page import books_router, show_books
from workbench.pages.books.contract_files import find_contracts
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, page_of
from workbench.pages.practices import act_at, practice_of

router = books_router()
Word = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class TermText:
    """One term in words."""

    line: int
    payer: str
    services: str
    pays: str
    rules: str
    narrows: str
    valid_from: date
    valid_to: date | None
    is_in_force: bool
    note: str


@router.get("/contracts")
def show_contracts(
    visitor: CurrentVisitor,
    client: str,
    payer: Word = "",
    code: Word = "",
    every: Annotated[str, Query(max_length=1)] = "",
    page: PageNumber = 1,
) -> Response:
    """Show the terms in force today, or all of them; nothing of a patient is among them."""
    practice = practice_of(visitor, client)
    today = act_at(visitor, practice).today
    kept = find_contracts(practice)
    terms = kept.book.terms if kept else ()
    wanted = list(_wanted(terms, payer, code.strip().upper(), None if every else today))
    shown = page_of(page, len(wanted))
    names = kept.payer_names if kept else {}
    part = wanted[shown.offset : shown.offset + LINES_OF_PAGE]
    return show_books(
        visitor,
        "contracts.html",
        practice,
        room="contracts",
        kept=kept,
        version=kept.book.version if kept else "",
        findings=kept.findings if kept else (),
        count=len(terms),
        terms=[_text(term, names, today) for term in part],
        payers=sorted(names.items(), key=lambda one: one[1]),
        asked={"payer": payer, "code": code, "every": "1" if every else ""},
        page=shown,
        today=today,
    )


def _wanted(
    terms: Iterable[ContractTerm], payer: str, code: str, on: date | None
) -> Iterable[ContractTerm]:
    return (
        term
        for term in terms
        if (not payer or term.payer_key == payer)
        and (not code or is_in_range(code, term.code_low, term.code_high))
        and (on is None or is_in_force(term, on))
    )


def _text(term: ContractTerm, names: dict[str, str], today: date) -> TermText:
    codes = (
        term.code_low if term.code_low == term.code_high else f"{term.code_low} to {term.code_high}"
    )
    return TermText(
        line=term.line,
        payer=names.get(term.payer_key, term.payer_key),
        services=" ".join(filter(None, (codes or "every code", term.modifier))),
        pays=say_method(term),
        rules=", ".join(_rules(term)),
        narrows=", ".join(_narrows(term)),
        valid_from=term.valid_from,
        valid_to=term.valid_to,
        is_in_force=is_in_force(term, today),
        note=term.note,
    )


def say_method(term: ContractTerm) -> str:
    """Say what a term pays."""
    match term.method:
        case PriceMethod.FEE:
            return f"${term.rate:.2f} each unit"
        case PriceMethod.PER_UNIT:
            return f"${term.rate} each unit"
        case PriceMethod.CASE_RATE:
            return f"${term.rate:.2f} the line"
        case PriceMethod.PERCENT_OF_CHARGE:
            return f"{term.rate} % of the charge"
        case PriceMethod.PERCENT_OF_MPFS:
            return f"{term.rate} % of MPFS {term.mpfs_year}, locality {term.mpfs_locality}"
        case PriceMethod.CARVE_OUT:
            return "carved out: nothing by this contract"


def _rules(term: ContractTerm) -> Iterable[str]:
    if term.multiple:
        yield f"several a day {'/'.join(map(_plain, term.multiple))} %"
    if term.has_multiple_of_mpfs:
        yield "several a day as the schedule says"
    if term.bilateral is not None:
        yield f"both sides {_plain(term.bilateral)} %"
    if term.has_bilateral_of_mpfs:
        yield "both sides as the schedule says"
    if term.is_lesser_of_charge:
        yield "never above the charge"
    if term.tolerance:
        yield f"within ${term.tolerance}"
    if term.tolerance_percent:
        yield f"within {_plain(term.tolerance_percent)} %"


def _narrows(term: ContractTerm) -> Iterable[str]:
    for label, value in (
        ("plan", term.plan),
        ("provider", term.provider_npi),
        ("specialty", term.taxonomy),
        ("place", term.place_of_service),
    ):
        if value:
            yield f"{label} {value}"


def _plain(number: Decimal) -> str:
    return f"{number:f}"
