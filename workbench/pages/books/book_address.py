"""What stands in addresses of the books: months, accounts, ages; and how a list goes on."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from models.errors import NotFoundError
from models.values.accounts import Account
from models.values.months import parse_month, to_month_text
from workbench.pages.records.money_words import say_account, say_entry

MonthText = Annotated[str, Query(max_length=10)]
DayText = Annotated[str, Query(max_length=10)]
AccountText = Annotated[str, Query(max_length=20)]


def read_month(text: str) -> date | None:
    """Read a month such as ``2026-11``; nothing is no month.

    Raises:
        NotFoundError: nobody gave this address.
    """
    try:
        return parse_month(text) if text else None
    except ValueError as error:
        raise NotFoundError(str(error)) from None


def read_day(text: str) -> date | None:
    """Read a day such as ``2026-11-20``; nothing is no day.

    Raises:
        NotFoundError: nobody gave this address.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        msg = "there is no such day"
        raise NotFoundError(msg) from None


def read_account(text: str) -> Account | None:
    """Read an account such as ``AR:PAT``; nothing is no account.

    Raises:
        NotFoundError: the books have no such account.
    """
    try:
        return Account(text) if text else None
    except ValueError:
        msg = "the books have no such account"
        raise NotFoundError(msg) from None


def query(**parts: object) -> str:
    """Write the part of an address after the question mark; a month as its text."""
    texts = {
        name: to_month_text(part) if name == "period" and isinstance(part, date) else part
        for name, part in parts.items()
        if part is not None
    }
    return urlencode(texts)


def words() -> dict[str, object]:
    """Collect what templates of the books say things with."""
    return {
        "month": to_month_text,
        "query": query,
        "say_account": say_account,
        "say_entry": say_entry,
        "accounts": tuple(Account),
    }
