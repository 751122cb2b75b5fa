"""What a line has only now and then: facts of loop 2400, and loops 2410 to 2440."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from models.documents.claim import Adjustment, LineAdjudication
from models.documents.claim_details import Drug, SupportingForm
from models.documents.claim_supplements import DecidedService
from models.documents.finding import Severity
from models.values.money import Money
from revcycle.formats.x12.claims.reading_coordination import read_adjustments
from revcycle.formats.x12.claims.reading_details import (
    read_ambulance,
    read_attachment,
    read_claim_date,
    read_condition,
    read_contract,
    read_equipment,
    read_equipment_certification,
    read_form_answer,
    read_measurement,
    read_note,
    read_pricing,
    read_purchased_service,
    read_reference,
)
from revcycle.formats.x12.claims.reading_facts import Facts, read_fact
from revcycle.formats.x12.claims.reading_names import LINE_NAMES, read_name
from revcycle.formats.x12.claims.reading_procedures import Procedure, procedure_of
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.segments import ABSENT, Segment

LINE_FACTS = Facts(
    single={
        "CN1": ("contract", read_contract),
        "CR1": ("ambulance", read_ambulance),
        "CR3": ("equipment_certification", read_equipment_certification),
        "HCP": ("pricing", read_pricing),
        "PS1": ("purchased_service", read_purchased_service),
        "SV5": ("equipment", read_equipment),
    },
    repeated={
        "CRC": ("conditions", read_condition),
        "DTP": ("dates", read_claim_date),
        "MEA": ("measurements", read_measurement),
        "NTE": ("notes", read_note),
        "PWK": ("attachments", read_attachment),
        "REF": ("references", read_reference),
    },
    amounts={"T": "sales_tax", "F4": "postage", "GT": "service_tax", "N8": "facility_tax"},
    quantities={"PT": "ambulance_patients", "FL": "obstetric_units"},
)
DECISION_TAGS = frozenset({"CAS", "DTP", "AMT"})
DRUG_TAGS = frozenset({"CTP", "REF"})
DRUG_REFERENCES = frozenset({"XZ", "VY"})


class OwnService(NamedTuple):
    """What a line bills, to see whether a payer decided on something else."""

    procedure: Procedure
    revenue_code: str
    units: Decimal


@dataclass(slots=True)
class Decision:
    """A loop 2430, until its line is known."""

    segments: list[Segment]
    adjustments: tuple[Adjustment, ...]
    paid_on: date | None
    liability: Money | None


def read_more(reading: Reading, extra: dict[str, Any]) -> None:
    """Read what is no part of an ordinary line; the reading then stands behind it."""
    match reading.rows[reading.at][0]:
        case "NM1":
            read_name(reading, LINE_NAMES[reading.form], "2420", extra)
        case "SVD":
            extra.setdefault("decisions", []).append(_read_decision(reading))
        case "LIN":
            _read_drug(reading, extra)
        case "LQ":
            extra.setdefault("forms", []).append(_read_form(reading))
        case _:
            reading.at += 1
            read_fact(reading, LINE_FACTS, reading.segment(reading.at - 1), extra)


def _read_drug(reading: Reading, extra: dict[str, Any]) -> None:
    """Read 2410; the guide has room for one."""
    reading.loop = "2410"
    loop = reading.take_with(DRUG_TAGS)
    if "drug" in extra:
        reading.keep_all(loop)
        return
    item, amount, prescription = loop[0], ABSENT, None
    reading.check_spare(item, (2, 3))
    for one in loop[1:]:
        if one[0] == "CTP" and amount is ABSENT:
            amount = one
            reading.check_spare(one, (4, 5))
        elif one[0] == "REF" and prescription is None and one.get(1) in DRUG_REFERENCES:
            prescription = read_reference(reading, one)
        else:
            reading.keep(one)
    unit = amount.get(5)
    if reading.separator in unit:
        reading.report_spare(amount, 5)
        unit = unit.split(reading.separator)[0]
    quantity = reading.quantity(amount, 4)
    extra["drug"] = Drug(item.get(3), quantity, unit, item.get(2), prescription)


def _read_form(reading: Reading) -> SupportingForm:
    reading.loop = "2440"
    loop = reading.take_with({"FRM"})
    reading.check_spare(loop[0], (1, 2))
    answers = tuple(read_form_answer(reading, one) for one in loop[1:])
    return SupportingForm(loop[0].get(1), loop[0].get(2), answers)


def _read_decision(reading: Reading) -> Decision:
    """Read 2430 but its SVD."""
    reading.loop = "2430"
    segments = reading.take_with(DECISION_TAGS)
    adjustments: list[Adjustment] = []
    paid_on: date | None = None
    liability: Money | None = None
    for one in segments[1:]:
        tag, qualifier = one[0], one.get(1)
        if tag == "CAS":
            adjustments.extend(read_adjustments(reading, one))
        elif tag == "DTP" and qualifier == "573" and paid_on is None:
            paid_on = _read_day(reading, one)
        elif tag == "AMT" and qualifier == "EAF" and liability is None:
            reading.check_spare(one, (1, 2))
            liability = reading.amount(one, 2)
        else:
            reading.keep(one)
    return Decision(segments, tuple(adjustments), paid_on, liability)


def _read_day(reading: Reading, written: Segment) -> date | None:
    days = reading.period(written)
    if days is None:
        return None
    if days[1] is not None or any(written[4:]):
        reading.report_spare(written)
    return days[0]


def resolve(
    reading: Reading, decisions: list[Decision], own: OwnService
) -> tuple[LineAdjudication, ...]:
    """Complete decisions once their line is known; one without a day is kept as segments."""
    reading.loop = "2430"
    found = []
    for decision in decisions:
        if decision.paid_on is None:
            _keep_undated(reading, decision)
            continue
        written = decision.segments[0]
        found.append(
            LineAdjudication(
                payer_id=written.get(1),
                paid=reading.amount(written, 2),
                adjustments=decision.adjustments,
                paid_on=decision.paid_on,
                patient_liability=decision.liability,
                decided=_decided(reading, written, own),
            )
        )
    return tuple(found)


def _keep_undated(reading: Reading, decision: Decision) -> None:
    reading.kept = [kept for kept in reading.kept if kept.loop != "2430"]
    message = "the day of the decision is missing"
    start = decision.segments[0]
    reading.report(start, "x12.bad_value", Severity.ERROR, "DTP*573", message)
    reading.keep_all(decision.segments)


def _decided(reading: Reading, written: Segment, own: OwnService) -> DecidedService | None:
    """Read SVD03 to SVD06 where they are not simply what the line billed."""
    reading.check_spare(written, range(7))
    procedure = procedure_of(written.get(3), reading.separator)
    if not procedure.is_all:
        reading.report_spare(written, 3)
    units, bundled_line = reading.quantity(written, 5), reading.whole(written, 6)
    revenue_code = written.get(4)
    is_same = (procedure.qualifier, procedure[:2]) == (own.procedure.qualifier, own.procedure[:2])
    if (
        is_same
        and not procedure.description
        and (revenue_code, units) == own[1:]
        and bundled_line is None
    ):
        return None
    return DecidedService(
        procedure_qualifier=procedure.qualifier,
        procedure_code=procedure.code,
        modifiers=procedure.modifiers,
        description=procedure.description,
        revenue_code=revenue_code,
        units=units,
        bundled_line=bundled_line,
    )
