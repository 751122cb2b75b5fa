"""May this payment of a patient be written down as it is?"""

import re
from datetime import date
from typing import Final

from models.documents.finding import Finding, Severity
from models.documents.patient_money import PaymentForm
from models.states.patient_payment import PaymentMethod
from models.values.money import ZERO, Money

RULE_ID: Final = "patient_payment.form"
CARD_DIGITS_MIN: Final = 12  # card numbers have 12 to 19 digits (ISO/IEC 7812-1)
AMOUNT_MAX: Final = Money(10_000_000)
DAYS_BACK_MAX: Final = 366
LAST_FOUR: Final = re.compile(r"[0-9]{4}", re.ASCII)
CHECK_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,11}", re.ASCII)


def looks_like_card_number(text: str) -> bool:
    """Tell whether a text holds as many digits as a card number, however it is spaced.

    Source:
        PCI DSS 4.0, requirement 3.3: what is never written down cannot be lost; ISO/IEC 7812-1.
    """
    return sum(character.isdigit() for character in text) >= CARD_DIGITS_MIN


def check_payment(form: PaymentForm, *, today: date) -> tuple[Finding, ...]:
    """Report what is wrong with a payment before anything is booked.

    Args:
        form: What somebody typed.
        today: The practice's day; a payment may be written down up to a year late, never early.

    Source:
        PCI DSS 4.0, requirements 3.3 and 3.4 (at most the last four digits are kept).
    """
    return tuple(
        Finding(RULE_ID, Severity.ERROR, field, message)
        for field, message in (*_amount(form), *_day(form, today), *_reference(form))
    )


def _amount(form: PaymentForm) -> list[tuple[str, str]]:
    if form.amount <= ZERO:
        return [("amount", "an amount above zero, such as 25.00")]
    return [("amount", f"at most {AMOUNT_MAX}")] if form.amount > AMOUNT_MAX else []


def _day(form: PaymentForm, today: date) -> list[tuple[str, str]]:
    days = (today - form.received_on).days
    if days < 0:
        return [("received_on", "the day is still to come")]
    return [("received_on", "more than a year ago")] if days > DAYS_BACK_MAX else []


def _reference(form: PaymentForm) -> list[tuple[str, str]]:
    if looks_like_card_number(form.reference):
        text = "this looks like a whole card number: write its last four digits only"
        return [("reference", text)]
    if form.method is PaymentMethod.CARD and not LAST_FOUR.fullmatch(form.reference):
        return [("reference", "the last four digits of the card")]
    if form.method is PaymentMethod.CHECK and not CHECK_NUMBER.fullmatch(form.reference):
        return [("reference", "the number of the check, at most 12 letters and digits")]
    if form.method is PaymentMethod.CASH and form.reference:
        return [("reference", "cash has no number")]
    return []
