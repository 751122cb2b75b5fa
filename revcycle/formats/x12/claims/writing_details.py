"""Segments that a claim or a line has only now and then: transport, equipment, prices, notes."""

from collections.abc import Mapping, Sequence

from models.documents.claim_codes import ClaimDate, ClaimDateKind
from models.documents.claim_details import (
    AmbulanceStop,
    AmbulanceTransport,
    Attachment,
    Condition,
    Contract,
    Drug,
    Equipment,
    EquipmentCertification,
    Measurement,
    Note,
    Pricing,
    PurchasedService,
    SpinalManipulation,
    SupportingForm,
)
from models.documents.party import Reference
from models.values.money import Money
from revcycle.formats.x12.claims.writing_names import put_address, put_reference
from revcycle.formats.x12.claims.writing_pen import Pen, shown

ATTACHMENTS_MAX = 10
FILE_INFORMATION_MAX = 10
CONDITION_CODES_MAX = 5
MEASUREMENTS_MAX = 5
ANSWERS_MAX = 99
NOTE_LIMIT = 80
LAST = 99  # the place of what a guide does not know
CERTIFICATE_TRANSMISSIONS = frozenset({"AB", "AD", "AF", "AG", "NS"})  # PWK02 of PWK*CT

Order = Mapping[str, int]


def order_of(*groups: str) -> dict[str, int]:
    """Number qualifiers by their place in a guide; those of one group share a place."""
    return {one: place for place, group in enumerate(groups) for one in group.split("/")}


def refuse_parts(pen: Pen, holder: str, parts: Mapping[str, object]) -> None:
    """Refuse what the other form has room for and this one has not, so that nothing is left out.

    Args:
        pen: Where to.
        holder: A claim or line of a form.
        parts: By the words a refusal has for them; None, nothing and an empty text are absent.
    """
    for name, part in parts.items():
        if part is not None and part not in ((), ""):
            pen.refuse(f"{holder} has no room for {name}")


def put_dates(pen: Pen, dates: Sequence[ClaimDate], order: Order) -> None:
    """DTP, in the order of the guide.

    Args:
        pen: Where to.
        dates: All but the service date.
        order: The kinds that the loop has room for, with their places.
    """
    for one in sorted(dates, key=lambda found: order.get(found.kind, LAST)):
        if one.kind not in order:
            pen.refuse(f"there is no room for a date of kind {one.kind} here")
        put_date(pen, one)


def put_date(pen: Pen, one: ClaimDate) -> None:
    """DTP of a day, a period, a moment or an hour."""
    kind: ClaimDateKind = one.kind
    if one.time:
        form = "TM" if one.first is None else "DT"
        time = pen.code(one.time, 4, f"time of DTP*{kind}", 4)
        pen.put("DTP", kind, form, f"{pen.optional_day(one.first)}{time}")
    elif one.first is not None:
        pen.out.append(f"DTP*{kind}*{pen.period(one.first, one.last)}")
    else:
        pen.refuse(f"the date of kind {kind} is missing")


def put_sorted_references(
    pen: Pen, references: Sequence[Reference], order: Order, owner: str
) -> None:
    """REF, in the order of the guide."""
    for one in sorted(references, key=lambda found: order.get(found.qualifier, LAST)):
        if one.qualifier not in order:
            pen.refuse(
                f"there is no room for a number of kind {shown(one.qualifier)} on the {owner}"
            )
        put_reference(pen, one, owner)


def put_attachments(pen: Pen, attachments: Sequence[Attachment]) -> None:
    """PWK; on a line the one about a certificate of medical necessity comes last."""
    if len(attachments) > ATTACHMENTS_MAX + 1:
        pen.refuse(f"attachments must number 0 to {ATTACHMENTS_MAX}")
    for one in sorted(attachments, key=_is_certificate):
        number = pen.optional_code(one.control_number, 80, "attachment control number")
        pen.put(
            "PWK",
            pen.code(one.report_type, 2, "attachment report type"),
            pen.code(one.transmission, 2, "attachment transmission"),
            "",
            "",
            "AC" if number else "",
            number,
        )


def _is_certificate(one: Attachment) -> bool:
    return one.report_type == "CT" and one.transmission in CERTIFICATE_TRANSMISSIONS


def put_contract(pen: Pen, contract: Contract | None) -> None:
    """CN1."""
    if contract is not None:
        pen.put(
            "CN1",
            pen.code(contract.kind, 2, "contract type"),
            pen.optional_amount(contract.amount),
            pen.optional_quantity(contract.percent),
            pen.optional_code(contract.code, 50, "contract code"),
            pen.optional_quantity(contract.discount_percent),
            pen.optional_code(contract.version, 30, "contract version"),
        )


def put_amount(pen: Pen, qualifier: str, amount: Money | None) -> None:
    """AMT."""
    if amount is not None:
        pen.out.append(f"AMT*{qualifier}*{pen.amount(amount, f'AMT*{qualifier}')}")


def put_file_information(pen: Pen, texts: Sequence[str]) -> None:
    """K3, whose columns have a meaning, so that blanks are left as they are."""
    if len(texts) > FILE_INFORMATION_MAX:
        pen.refuse(f"file information must number 0 to {FILE_INFORMATION_MAX}")
    for text in texts:
        pen.out.append(f"K3*{pen.code(text, NOTE_LIMIT, 'file information')}")


def put_notes(pen: Pen, notes: Sequence[Note], limits: Mapping[str, int]) -> None:
    """NTE.

    Args:
        pen: Where to.
        notes: In their order; those of the kinds named last in ``limits`` come last.
        limits: How many notes there may be of kinds that are written as ``ADD/DCP``.
    """
    left = list(notes)
    for kinds, most in limits.items():
        of_kinds = [note for note in left if note.kind in kinds.split("/")]
        left = [note for note in left if note not in of_kinds]
        if len(of_kinds) > most:
            pen.refuse(f"notes of kind {kinds} must number 0 to {most}")
        for note in of_kinds:
            _put_note(pen, note)
    for note in left:
        pen.refuse(f"there is no room for a note of kind {shown(note.kind)} here")
        _put_note(pen, note)


def _put_note(pen: Pen, note: Note) -> None:
    kind = pen.code(note.kind, 3, "note kind")
    pen.put("NTE", kind, pen.required_text(note.text, NOTE_LIMIT, f"text of NTE*{shown(kind)}"))


def put_ambulance(pen: Pen, ride: AmbulanceTransport | None) -> None:
    """CR1: weight in pounds, distance in miles."""
    if ride is None:
        return
    if ride.miles is None:
        pen.refuse("the distance of an ambulance transport is missing")
    pen.put(
        "CR1",
        "LB" if ride.weight_pounds is not None else "",
        pen.optional_quantity(ride.weight_pounds, "patient weight"),
        "",
        pen.optional_code(ride.reason, 1, "ambulance transport reason"),
        "DH" if ride.miles is not None else "",
        pen.optional_quantity(ride.miles, "transport distance"),
        "",
        "",
        pen.text(ride.round_trip_purpose, NOTE_LIMIT, "round trip purpose"),
        pen.text(ride.stretcher_purpose, NOTE_LIMIT, "stretcher purpose"),
    )


def put_spinal(pen: Pen, spinal: SpinalManipulation | None) -> None:
    """CR2."""
    if spinal is not None:
        condition = pen.optional_code(spinal.condition, 1, "spinal condition")
        description = pen.text(spinal.description, NOTE_LIMIT, "spinal condition description")
        more = pen.text(spinal.more_description, NOTE_LIMIT, "spinal condition description")
        pen.put("CR2", *[""] * 7, condition, "", description, more)


def put_conditions(pen: Pen, conditions: Sequence[Condition], order: Order) -> None:
    """CRC, in the order of the guide."""
    for one in sorted(conditions, key=lambda found: order.get(found.category, LAST)):
        if one.category not in order:
            pen.refuse(f"there is no room for conditions of category {shown(one.category)} here")
        if not 1 <= len(one.codes) <= CONDITION_CODES_MAX:
            pen.refuse(f"condition codes must number 1 to {CONDITION_CODES_MAX}")
        codes = (pen.code(code, 3, "condition code") for code in one.codes)
        category = pen.code(one.category, 2, "condition category")
        pen.put("CRC", category, "Y" if one.applies else "N", *codes)


def put_pricing(pen: Pen, pricing: Pricing | None) -> None:
    """HCP."""
    if pricing is None:
        return
    pen.put(
        "HCP",
        pen.optional_code(pricing.methodology, 2, "pricing methodology"),
        pen.optional_amount(pricing.allowed),
        pen.optional_amount(pricing.saving),
        pen.optional_code(pricing.organization_id, 50, "repricing organization"),
        pen.optional_quantity(pricing.rate),
        pen.optional_code(pricing.group_code, 50, "repriced group"),
        pen.optional_amount(pricing.group_amount),
        pen.optional_code(pricing.revenue_code, 48, "repriced revenue code"),
        pen.optional_code(pricing.procedure_qualifier, 2, "repriced procedure qualifier"),
        pen.optional_code(pricing.procedure_code, 48, "repriced procedure code"),
        pen.optional_code(pricing.unit, 2, "repriced unit"),
        pen.optional_quantity(pricing.quantity),
        pen.optional_code(pricing.reject_reason, 2, "repricing reject reason"),
        pen.optional_code(pricing.compliance, 2, "repricing compliance"),
        pen.optional_code(pricing.exception, 2, "repricing exception"),
    )


def put_equipment(pen: Pen, equipment: Equipment | None) -> None:
    """SV5."""
    if equipment is not None:
        pen.put(
            "SV5",
            f"HC:{pen.code(equipment.procedure_code, 48, 'equipment procedure code')}",
            "DA",
            pen.optional_quantity(equipment.necessity_days, "length of medical necessity"),
            pen.optional_amount(equipment.rental_price),
            pen.optional_amount(equipment.purchase_price),
            pen.optional_code(equipment.rental_period, 1, "rental period"),
        )


def put_equipment_certification(pen: Pen, certified: EquipmentCertification | None) -> None:
    """CR3, in months."""
    if certified is not None:
        months = pen.optional_quantity(certified.months, "months of certification")
        pen.put(
            "CR3",
            pen.code(certified.kind, 1, "certification kind"),
            "MO" if months else "",
            months,
        )


def put_measurements(pen: Pen, measurements: Sequence[Measurement]) -> None:
    """MEA."""
    if len(measurements) > MEASUREMENTS_MAX:
        pen.refuse(f"test results must number 0 to {MEASUREMENTS_MAX}")
    for one in measurements:
        pen.put(
            "MEA",
            pen.optional_code(one.reference, 2, "measurement reference"),
            pen.optional_code(one.kind, 3, "measurement kind"),
            pen.optional_quantity(one.value, "test result"),
        )


def put_purchased_service(pen: Pen, bought: PurchasedService | None) -> None:
    """PS1."""
    if bought is not None:
        seller = pen.code(bought.provider_id, 50, "purchased service provider")
        pen.put("PS1", seller, pen.optional_amount(bought.charge))


def put_drug(pen: Pen, drug: Drug | None) -> None:
    """LIN, CTP and REF of loop 2410."""
    if drug is None:
        return
    if drug.qualifier == "N4" and not (len(drug.code) == 11 and drug.code.isdigit()):  # noqa: PLR2004 - an NDC
        pen.refuse("a national drug code must have 11 digits")
    code = pen.code(drug.code, 48, "drug code")
    pen.out.append(f"LIN**{pen.code(drug.qualifier, 2, 'drug code qualifier')}*{code}")
    if drug.quantity is None or not drug.unit:
        pen.refuse("a drug needs its quantity and unit")
    if drug.quantity is not None or drug.unit:
        quantity = pen.optional_quantity(drug.quantity, "drug quantity")
        pen.put("CTP", "", "", "", quantity, pen.optional_code(drug.unit, 2, "drug unit"))
    if drug.prescription is not None:
        put_reference(pen, drug.prescription, "drug")


def put_stop(pen: Pen, code: str, stop: AmbulanceStop | None, owner: str) -> None:
    """NM1*PW or NM1*45 with its address."""
    if stop is not None:
        pen.put("NM1", code, "2", pen.text(stop.name, 60, owner))
        put_address(pen, stop.address, owner)


def put_forms(pen: Pen, forms: Sequence[SupportingForm]) -> None:
    """LQ and FRM of loops 2440."""
    for form in forms:
        if not 1 <= len(form.answers) <= ANSWERS_MAX:
            pen.refuse(f"answers of a form must number 1 to {ANSWERS_MAX}")
        pen.put(
            "LQ",
            pen.optional_code(form.code_list, 3, "form code list"),
            pen.optional_code(form.code, 30, "form"),
        )
        for answer in form.answers:
            pen.put(
                "FRM",
                pen.code(answer.question, 20, "form question"),
                pen.optional_code(answer.response, 1, "form response"),
                pen.text(answer.text, 50, "form response"),
                pen.optional_day(answer.response_date),
                pen.optional_quantity(answer.percent),
            )
