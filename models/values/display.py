"""How amounts, dates and numbers look to a person in the United States."""

from datetime import date

from models.values.money import Money

PHONE_DIGITS = 10
ZIP_DIGITS = 9


def to_dollars(amount: Money) -> str:
    """Write an amount as ``$1,234.50``, and a credit as ``-$20.00``."""
    sign = "-" if amount.cents < 0 else ""
    dollars, cents = divmod(abs(amount.cents), 100)
    return f"{sign}${dollars:,}.{cents:02d}"


def to_long_date(day: date) -> str:
    """Write a date as ``November 20, 2026``."""
    return f"{day:%B} {day.day}, {day.year}"


def to_short_date(day: date) -> str:
    """Write a date as ``11/20/2026``."""
    return f"{day:%m/%d/%Y}"


def to_phone_text(phone: str) -> str:
    """Write ten digits as ``(207) 555-0142``; anything else stays as it is."""
    if len(phone) != PHONE_DIGITS or not phone.isdigit():
        return phone
    return f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"


def to_zip_text(zip_code: str) -> str:
    """Write nine digits as ``04101-1234``; anything else stays as it is."""
    if len(zip_code) != ZIP_DIGITS or not zip_code.isdigit():
        return zip_code
    return f"{zip_code[:5]}-{zip_code[5:]}"
