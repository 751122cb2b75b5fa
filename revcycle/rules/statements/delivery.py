"""Can, and should, a statement reach this guarantor?"""

import re
from datetime import date
from typing import Final

from models.documents.finding import Finding, Severity
from models.documents.party import Address
from models.documents.statement import StatementAccount

STOPPED: Final = "statements.stopped"
UNAPPLIED_CREDIT: Final = "statements.unapplied_credit"
MINOR: Final = "statements.minor_without_guarantor"
NO_EMAIL: Final = "statements.no_email"
NO_ADDRESS: Final = "statements.incomplete_address"
NEEDS_PERSON: Final = (UNAPPLIED_CREDIT, MINOR, NO_EMAIL, NO_ADDRESS)

ADULT_YEARS: Final = 18
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MAILBOX: Final = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def check_stop(account: StatementAccount) -> tuple[Finding, ...]:
    """Report an account whose statements somebody, or a refused address, has stopped.

    Source:
        45 CFR 164.522(b) (confidential communications), 11 U.S.C. 362 (bankruptcy), and disputes:
        reasons are recorded on the account by a person.
    """
    if not account.stopped:
        return ()
    message = f"statements are stopped: {account.stopped}"
    return (Finding(STOPPED, Severity.WARNING, "statements_stopped", message),)


def check_delivery(account: StatementAccount, *, today: date) -> tuple[Finding, ...]:
    """Report everything that a person must put right before this account is asked to pay.

    Source:
        A minor cannot owe: in most states a contract binds from 18 on. A credit is applied before
        more is asked for. A statement needs a mailbox to go to and an address for its window.
    """
    guarantor = account.guarantor
    problems = (
        (UNAPPLIED_CREDIT, "credit", bool(account.credit), "apply the patient's credit first"),
        (MINOR, "guarantor", _is_minor(guarantor.birth_date, today), "a minor needs a guarantor"),
        (NO_EMAIL, "email", not MAILBOX.fullmatch(account.email), "no usable e-mail address"),
        (NO_ADDRESS, "address", not _is_complete(guarantor.address), "the address is incomplete"),
    )
    return tuple(
        Finding(rule_id, Severity.ERROR, field, message)
        for rule_id, field, applies, message in problems
        if applies
    )


def _is_minor(birth_date: date | None, today: date) -> bool:
    if birth_date is None:
        return False
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday) < ADULT_YEARS


def _is_complete(address: Address | None) -> bool:
    return address is not None and all(
        (address.line1, address.city, address.state, address.zip_code)
    )
