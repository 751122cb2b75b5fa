"""Has the payer's deadline for this claim passed?"""

from datetime import date

from models.documents.claim import ClaimDocument, ClaimForm
from models.documents.clock import ClockRule
from models.documents.finding import Finding, Severity
from revcycle.rules.clocks.clock_end import clock_end, service_start

RULE_ID = "scrub.timely_filing"


def filing_deadline(
    form: ClaimForm, service_date: date, service_end_date: date | None, *, rule: ClockRule
) -> date:
    """Return the last day on which a first claim may reach the payer; that day still counts.

    The clock starts on the first day of service of a professional claim and on the last one of an
    institutional claim, unless its rule names the day itself.

    Source:
        Limits are contractual and live in client_configs; for where the clock starts, CMS,
        Medicare Claims Processing Manual, chapter 1, section 70.1 ("From" date of a professional
        line, "Through" date of an institutional claim), and 42 CFR 424.44(a).
    """
    return clock_end(rule, service_start(rule, form, service_date, service_end_date))


def later_filing_deadline(decided_on: date, *, rule: ClockRule) -> date:
    """Return the last day for a claim to the next payer, counted from the earlier decision.

    Source:
        Payer contracts: a later payer's clock starts with the remittance of the one before, whose
        decision the claim must carry.
    """
    return clock_end(rule, decided_on)


def check_timely_filing(
    claim: ClaimDocument,  # noqa: ARG001 - every rule of the stage judges a claim
    *,
    file_by: date,
    warning_days: int,
    today: date,
) -> tuple[Finding, ...]:
    """Report a claim that is past, or close to, the payer's filing limit.

    Args:
        claim: The claim to judge.
        file_by: The last day, fixed when the claim was built (or its denial was posted), so that
            a change of configuration never moves it.
        warning_days: A claim that leaves fewer days than this before the limit is pointed out.
        today: The day on which the claim would leave, in the practice's time zone.

    Returns:
        No finding, or exactly one: an error once the limit has passed, a warning before.

    Source:
        Payer contracts; for Medicare 42 CFR 424.44(a), one calendar year.
    """
    days_left = (file_by - today).days
    if days_left < 0:
        message = f"filing limit passed on {file_by}"
        return (Finding(RULE_ID, Severity.ERROR, "service_date", message),)
    if days_left < warning_days:
        return (Finding(RULE_ID, Severity.WARNING, "service_date", f"file by {file_by}"),)
    return ()
