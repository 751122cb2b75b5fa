"""The PDF of a statement."""

from models.documents.party import Address, Organization, Person
from models.documents.statement import AGEING_LABELS, StatementDocument, StatementLine
from models.values.display import (
    to_dollars,
    to_long_date,
    to_phone_text,
    to_short_date,
    to_zip_text,
)
from models.values.money import Money, total
from revcycle.formats.pdf.typesetting import typeset

TEMPLATE = "statements/statement.typ"


def render_statement(document: StatementDocument) -> bytes:
    """Lay out a statement as a tagged PDF, US letter, one page or as many as it takes."""
    return typeset(TEMPLATE, statement_facts(document), on=document.statement_date)


def statement_facts(document: StatementDocument) -> dict[str, object]:
    """Write every fact of the statement the way it is printed."""
    return {
        "practice": _practice(document.practice),
        "guarantor": [person_name(document.guarantor), *address_lines(document.guarantor.address)],
        "salutation": document.guarantor.first_name or person_name(document.guarantor),
        "number": document.number,
        "account_number": document.account_number,
        "statement_date": to_long_date(document.statement_date),
        "due_date": to_long_date(document.due_date),
        "balance": _dollars(document.balance),
        "totals": _totals(document.lines),
        "lines": [_line(line) for line in document.lines],
        "ageing": [
            {"label": label, "amount": _dollars(amount), "is_zero": not amount}
            for label, amount in zip(AGEING_LABELS, document.ageing, strict=True)
        ],
        "pay_url": document.pay_url,
        "message": document.message,
        "reply_to": document.reply_to,
    }


def person_name(person: Person) -> str:
    """Write a name in the order of speech, without the parts that are not known."""
    parts = (person.first_name, person.middle_name, person.last_name, person.suffix)
    return " ".join(part for part in parts if part)


def _practice(practice: Organization) -> dict[str, object]:
    return {
        "name": practice.name,
        "address": address_lines(practice.address),
        "phone": to_phone_text(practice.contact_phone),
    }


def address_lines(address: Address | None) -> list[str]:
    """Write an address the way an envelope carries it; nothing if none is known."""
    if address is None:
        return []
    place = f"{address.city}, {address.state} {to_zip_text(address.zip_code)}"
    return [line for line in (address.line1, address.line2, place) if line]


def _line(line: StatementLine) -> dict[str, object]:
    return {
        "date": to_short_date(line.service_date),
        "patient": line.patient_name,
        "description": line.description,
        **_amounts((line,)),
    }


def _totals(lines: tuple[StatementLine, ...]) -> dict[str, object]:
    return _amounts(lines)


def _amounts(lines: tuple[StatementLine, ...]) -> dict[str, object]:
    """Add up and print; what lowers the bill is printed with a minus."""
    return {
        "charge": _dollars(total(line.charge for line in lines)),
        "insurance_paid": _less(total(line.insurance_paid for line in lines)),
        "adjusted": _less(total(line.adjusted for line in lines)),
        "patient_paid": _less(total(line.patient_paid for line in lines)),
        "balance": _dollars(total(line.balance for line in lines)),
    }


def _less(amount: Money) -> str:
    return _dollars(-amount)


def _dollars(amount: Money) -> str:
    """Print an amount with a typographer's minus, which lines up with digits."""
    return to_dollars(amount).replace("-", "\N{MINUS SIGN}")
