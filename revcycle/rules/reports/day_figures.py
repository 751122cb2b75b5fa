"""The statement of the day's activity: every number with its formula, population and period."""

from typing import Final

from models.documents.client_report import (
    Activity,
    ClientReportDocument,
    DayCounts,
    Figure,
    ReportSection,
    StateCount,
)
from models.values.money import Money

FLOW: Final = "flow"  # happened: for the day, and to date
STOCK: Final = "stock"  # stands: as of the report


def client_report(practice_name: str, counts: DayCounts) -> ClientReportDocument:
    """Put the counts of a day into the sections of the report.

    Source:
        Every number states its formula, its population and its period.
    """
    sections = (
        ReportSection("Encounters", _encounters(counts)),
        ReportSection("Claims", _claims(counts)),
        ReportSection("Money", _money(counts)),
        ReportSection("Owed", _owed(counts)),
        ReportSection("Sent", _sent(counts)),
        ReportSection("Open work, by queue", _work(counts.open_work)),
    )
    return ClientReportDocument(practice_name, counts, sections)


def _encounters(counts: DayCounts) -> tuple[Figure, ...]:
    received = _flow(
        counts,
        "Received",
        "encounters_received",
        "encounters made from your files",
        "records, without duplicates",
    )
    return received, *_states(counts.encounters, "encounter")


def _claims(counts: DayCounts) -> tuple[Figure, ...]:
    every = "all claims, each once a period"
    flows = (
        ("Sent", "claims_sent", "claims put into a file for the payer"),
        ("Accepted", "claims_accepted", "claims whose acceptance the payer confirmed (277CA)"),
        ("Rejected", "claims_rejected", "claims refused before any decision (TA1, 999, 277CA)"),
        ("Denied", "claims_denied", "claims decided with at least one line denied (835)"),
        ("Paid", "claims_paid", "claims decided with no line denied (835)"),
    )
    return (
        *(_flow(counts, label, name, formula, every) for label, name, formula in flows),
        *_states(counts.claims, "claim"),
    )


def _money(counts: DayCounts) -> tuple[Figure, ...]:
    booked = "ledger entries about charges, by posting time"
    flows = (
        ("Charges", "charges", "charges posted less charges reversed"),
        ("Insurance payments", "insurance_payments", "paid by payers less what they took back"),
        ("Patient payments", "patient_payments", "paid by patients and applied to charges"),
        ("Payments", "payments", "insurance payments + patient payments"),
        ("Adjustments", "adjustments", "contractual discounts + sequestration + write-offs"),
    )
    return tuple(_flow(counts, label, name, formula, booked) for label, name, formula in flows)


def _owed(counts: DayCounts) -> tuple[Figure, ...]:
    owed, every = counts.balances, "all charges"
    return (
        _stock("By insurance", owed.insurance, "charges waiting for a payer's decision", every),
        _stock("Denied", owed.denied, "denied, not written off, being worked on", every),
        _stock("By patients", owed.patients, "what payers left to the patient, unpaid", every),
        _stock("Receivable", owed.receivable, "by insurance + denied + by patients", every),
        _stock(
            "Credits",
            owed.credits,
            "overpaid + money whose owner is not known",
            "all payments",
        ),
    )


def _sent(counts: DayCounts) -> tuple[Figure, ...]:
    return (
        _flow(
            counts,
            "Statements",
            "statements_sent",
            "statements that the mail server took over",
            "statements to your patients",
        ),
        _flow(
            counts,
            "Reports",
            "reports_sent",
            "reports that the mail server took over",
            "reports like this one, sent before it",
        ),
    )


def _work(open_work: tuple[StateCount, ...]) -> tuple[Figure, ...]:
    return tuple(
        _stock(
            _words(queue.name),
            queue.count,
            "items not completed or cancelled",
            f"items in the queue {_words(queue.name).lower()}",
        )
        for queue in open_work
    )


def _states(states: tuple[StateCount, ...], noun: str) -> tuple[Figure, ...]:
    return tuple(
        _stock(
            f"Now {_words(one.name).lower()}",
            one.count,
            f"{noun}s in this state",
            f"all {noun}s",
        )
        for one in states
    )


def _flow(counts: DayCounts, label: str, name: str, formula: str, population: str) -> Figure:
    return Figure(
        label, _value(counts.today, name), _value(counts.to_date, name), formula, population, FLOW
    )


def _stock(label: str, value: int | Money, formula: str, population: str) -> Figure:
    return Figure(label, None, value, formula, population, STOCK)


def _value(activity: Activity, name: str) -> int | Money:
    value: int | Money = getattr(activity, name)
    return value


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
