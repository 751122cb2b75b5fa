"""May this much of a credit go back, and to whom?"""

import re
from datetime import date, timedelta
from typing import Final

from models.documents.finding import Finding, Severity
from models.states.refund import RefundPayee
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.rules.patient_money.check_payment import looks_like_card_number

RULE_ID: Final = "refund.form"
LAW_DAYS: Final = 60
PREPAYMENT_WAIT_DAYS: Final = 30
URGENT_DAYS: Final = 14
INSTRUMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", re.ASCII)
REASONS: Final = {
    "paid_twice": "paid twice",
    "payer_paid_too_much": "the payer paid more than it owed",
    "share_was_lower": "the patient's share turned out lower",
    "asked_back": "whose money it is asks for it",
    "not_ours": "paid for somebody who is no patient of the practice",
    "visit_cancelled": "paid ahead for a visit that did not take place",
}


def payee_of(account: Account) -> RefundPayee:
    """Say whose money a credit is.

    Source:
        The chart of accounts: each credit has one owner.
    """
    return RefundPayee.PATIENT if account is Account.PATIENT_CREDIT else RefundPayee.PAYER


def check_refund(
    amount: Money, *, credit: Money, spoken_for: Money, reason: str
) -> tuple[Finding, ...]:
    """Report why an amount may not be asked for.

    Args:
        amount: What should go back.
        credit: What the credit holds.
        spoken_for: What open refunds of the same credit hold already.
        reason: A word of ``REASONS``.

    Source:
        A refund never exceeds the credit that it gives back.
    """
    wrong = []
    if amount <= ZERO:
        wrong.append(("amount", "an amount above zero"))
    elif amount > credit - spoken_for:
        wrong.append(("amount", f"at most {max(credit - spoken_for, ZERO)} of this credit is free"))
    if reason not in REASONS:
        wrong.append(("reason", "choose a reason of the list"))
    return tuple(Finding(RULE_ID, Severity.ERROR, field, text) for field, text in wrong)


def check_instrument(instrument: str) -> tuple[Finding, ...]:
    """Report why a text is no number of a check or transfer.

    Source:
        PCI DSS 4.0, requirement 3.3: no card number is written down.
    """
    if INSTRUMENT.fullmatch(instrument) and not looks_like_card_number(instrument):
        return ()
    text = "the number of the check or transfer: letters, digits and hyphens, at most 20"
    return (Finding(RULE_ID, Severity.ERROR, "instrument", text),)


def return_by(identified_on: date, *, return_days: int) -> date:
    """Return the last day on which a credit must be back, counted from the day it was known.

    Source:
        42 CFR 401.305(b)(1): an overpayment of Medicare is reported and returned within 60 days
        after it was identified; a practice may choose fewer days for all its credits.
    """
    return identified_on + timedelta(days=min(return_days, LAW_DAYS))


def is_owed_back(*, waits_for_payers: Money, is_prepayment: bool, days_old: int) -> bool:
    """Tell whether a patient's credit that no charge can use should go back now.

    Money paid ahead waits while a payer may still leave a share to the patient, and as long as the
    visit that it was paid for may still take place.

    Source:
        Practice of the field: credits are refunded when the account has nothing open.
    """
    if not is_prepayment:
        return True
    return not waits_for_payers and days_old >= PREPAYMENT_WAIT_DAYS
