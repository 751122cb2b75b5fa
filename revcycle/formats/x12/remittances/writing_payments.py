"""One remittance, from BPR to PLB, written."""

from collections.abc import Iterator, Sequence

from models.documents.claim_codes import KeptSegment
from models.documents.party import Address, ContactNumber, Reference
from models.documents.remittance import ProviderAdjustment, RemittanceDocument
from models.documents.remittance_summaries import RemittanceGroup
from models.documents.remittance_supplements import (
    BankAccount,
    PayerContact,
    PayerContactKind,
)
from models.errors import RejectedError
from revcycle.formats.x12.elements import write_amount, write_date
from revcycle.formats.x12.remittances.adjudication_elements import (
    INPATIENT_SUMMARY_AMOUNTS,
    INPATIENT_SUMMARY_QUANTITIES,
    SUMMARY_AMOUNTS,
    SUMMARY_QUANTITIES,
)
from revcycle.formats.x12.remittances.writing_claims import claim_segments
from revcycle.formats.x12.remittances.writing_numbers import numbered_elements
from revcycle.formats.x12.remittances.writing_text import (
    IDENTIFIER_LIMIT,
    Pen,
    chunked,
    contact_segment,
    date_segments,
    optional_date,
    reference_segments,
    with_kept,
)
from revcycle.formats.x12.segments import Segment, segment

PAIRS_MAX = 6  # of one PLB
ADDRESS_LIMIT = 55
CITY_LIMIT = 30
HANDLING_CODES = frozenset("CDHIPUX")
METHODS = frozenset({"ACH", "BOP", "CHK", "FWT", "NON"})
USUAL_GROUPS = (RemittanceGroup(),)
LOST_LOOPS = frozenset({"2100", "2110"})  # claims that could not be read


def payment_segments(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    """Write everything between ST and SE.

    Raises:
        RejectedError: something required is missing or cannot be carried.
    """
    yield from with_kept(pen, _header(pen, document), _kept_in(document, "HEADER"))
    yield from with_kept(pen, _payer(pen, document), _kept_in(document, "1000A"))
    yield from with_kept(pen, _payee(pen, document), _kept_in(document, "1000B"))
    yield from _claims(pen, document)
    for one in document.kept:
        if one.loop in LOST_LOOPS:
            yield pen.kept(one)
    yield from with_kept(pen, _provider_adjustments(pen, document), _kept_in(document, "FOOTER"))


def _kept_in(document: RemittanceDocument, loop: str) -> list[KeptSegment]:
    return [one for one in document.kept if one.loop == loop]


def _header(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    supplement = document.supplement
    yield _payment(pen, document)
    trace_id = document.payer_trace_id
    if not trace_id and not pen.is_copy:
        trace_id = f"1{document.payer.tax_id}"
    yield segment(
        "TRN",
        "1",
        pen.required(document.trace_number, "trace number"),
        pen.required(trace_id, "payer trace id", 10),
        pen.optional(supplement.trace_code, "supplemental code of the trace"),
    )
    if supplement.currency:
        yield segment("CUR", "PR", pen.required(supplement.currency, "currency", 3))
    if supplement.receiver_id:
        yield segment("REF", "EV", pen.required(supplement.receiver_id, "receiver id"))
    if supplement.version:
        yield segment("REF", "F2", pen.required(supplement.version, "version of the payer"))
    yield from date_segments("405", document.production_date)


def _payment(pen: Pen, document: RemittanceDocument) -> Segment:
    transfer = document.supplement.transfer
    return segment(
        "BPR",
        pen.code(document.handling_code, "handling code (BPR01)", HANDLING_CODES),
        write_amount(document.amount),
        "C" if document.is_credit else "D",
        pen.code(document.method, "payment method (BPR04)", METHODS),
        pen.optional(transfer.payment_format, "payment format", 10),
        *_account(pen, transfer.sender),
        pen.optional(transfer.payer_id, "payer identifier (BPR10)", 10),
        pen.optional(transfer.supplemental_code, "supplemental code (BPR11)", 9),
        *_account(pen, transfer.receiver),
        write_date(document.payment_date),
    )


def _account(pen: Pen, account: BankAccount) -> tuple[str, ...]:
    return (
        pen.optional(account.bank_qualifier, "kind of bank number", 2),
        pen.optional(account.bank_id, "bank number", 12),
        pen.optional(account.account_qualifier, "kind of account", 3),
        pen.optional(account.account_number, "account number", 35),
    )


def _payer(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    payer = document.payer
    if (payer.address is None or not payer.address.line1) and not pen.is_copy:
        msg = "the payer's address is required"
        raise RejectedError(msg)
    number = payer.other_identifier
    if payer.name or number or not pen.is_copy:
        yield _party(pen, "PR", pen.required_name(payer.name, "payer name"), number)
    yield from _address(pen, payer.address)
    is_payer_id_said = number is not None or _has(payer.references, "2U")
    if document.payer_id and not is_payer_id_said:
        yield segment("REF", "2U", pen.required(document.payer_id, "payer id"))
    yield from reference_segments(pen, payer.references, "number of the payer")
    yield from _contacts(pen, document)


def _contacts(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    payer, supplement = document.payer, document.supplement
    phone = (ContactNumber("TE", payer.contact_phone),) if payer.contact_phone else ()
    usual = PayerContact(PayerContactKind.TECHNICAL, payer.contact_name, phone)
    if supplement.is_contact_missing and pen.is_copy:
        return
    for contact in supplement.payer_contacts or (usual,):
        yield contact_segment(pen, contact.kind.value, contact)


def _payee(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    payee, delivery = document.payee, document.supplement.delivery
    number = payee.other_identifier
    if number is None and payee.npi:
        number = Reference("XX", payee.npi)
    elif number is None and (payee.tax_id or not pen.is_copy):
        number = Reference("FI", pen.required(payee.tax_id, "payee identifier"))
    is_tax_id_said = number == Reference("FI", payee.tax_id) or _has(payee.references, "TJ")
    if payee.name or number or not pen.is_copy:
        yield _party(pen, "PE", pen.required_name(payee.name, "payee name"), number)
    yield from _address(pen, payee.address)
    if payee.tax_id and not is_tax_id_said:
        yield segment("REF", "TJ", pen.required(payee.tax_id, "payee tax id"))
    yield from reference_segments(pen, payee.references, "number of the payee")
    if delivery is not None:
        method = pen.required(delivery.method, "delivery method", 2)
        address = pen.optional(delivery.address, "delivery address", 256)
        yield segment("RDM", method, pen.name(delivery.name, "delivery name"), address)


def _party(pen: Pen, entity: str, name: str, number: Reference | None) -> Segment:
    qualifier, value = (number.qualifier, number.value) if number else ("", "")
    field = f"number of N1*{entity}"
    return segment(
        "N1",
        entity,
        name,
        pen.optional(qualifier, field, 2),
        pen.optional(value, field, IDENTIFIER_LIMIT),
    )


def _has(references: Sequence[Reference], qualifier: str) -> bool:
    return any(one.qualifier == qualifier for one in references)


def _address(pen: Pen, address: Address | None) -> Iterator[Segment]:
    if address is None:
        return
    line1 = pen.name(address.line1, "address line 1", ADDRESS_LIMIT)
    line2 = pen.name(address.line2, "address line 2", ADDRESS_LIMIT)
    if line1 or line2:
        yield segment("N3", line1, line2)
    city = (
        pen.name(address.city, "city", CITY_LIMIT),
        pen.name(address.state, "state", 2),
        pen.optional(address.zip_code, "postal code", 15),
        pen.optional(address.country, "country", 3),
        "",
        "",
        pen.optional(address.subdivision, "country subdivision", 3),
    )
    if any(city):
        yield segment("N4", *city)


def _claims(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    """Write the claims below their groups, in the order of the groups."""
    groups = document.groups or (USUAL_GROUPS if _needs_group(document) else ())
    ordinals = [claim.group for claim in document.claims]
    if ordinals != sorted(ordinals) or (ordinals and ordinals[-1] > len(groups)):
        msg = "claims must stand in the order of their groups"
        raise RejectedError(msg)
    if ordinals and not ordinals[0] and not pen.is_copy:
        msg = "a claim belongs to no group (LX)"
        raise RejectedError(msg)
    if set(ordinals) - {0} != set(range(1, len(groups) + 1)) and not pen.is_copy:
        msg = "a group (LX) has no claims"
        raise RejectedError(msg)
    claims = iter([*document.claims, None])
    claim = next(claims)
    for ordinal, group in enumerate((None, *groups)):
        if group is not None:
            yield from with_kept(pen, _group(pen, group), group.kept)
        while claim is not None and claim.group == ordinal:
            yield from claim_segments(pen, claim)
            claim = next(claims)


def _needs_group(document: RemittanceDocument) -> bool:
    return any(claim.group for claim in document.claims)


def _group(pen: Pen, group: RemittanceGroup) -> Iterator[Segment]:
    yield segment("LX", pen.required(group.number, "number of a group", 6))
    if group.summary is not None:
        said = group.summary
        elements = numbered_elements(said, SUMMARY_AMOUNTS, SUMMARY_QUANTITIES)
        elements[0] = pen.required(said.provider_id, "provider of a group")
        elements[1] = pen.required(said.facility_code, "facility of a group", 2)
        elements[2] = optional_date(said.fiscal_period_end)
        yield segment("TS3", *elements)
    if group.inpatient is not None:
        elements = numbered_elements(
            group.inpatient, INPATIENT_SUMMARY_AMOUNTS, INPATIENT_SUMMARY_QUANTITIES
        )
        yield segment("TS2", *elements)


def _provider_adjustments(pen: Pen, document: RemittanceDocument) -> Iterator[Segment]:
    """Write one PLB for each run of a provider and fiscal period, another behind six pairs."""
    written = chunked(
        document.provider_adjustments,
        lambda one: (one.provider_id, one.fiscal_period_end),
        PAIRS_MAX,
        document.supplement.provider_adjustment_counts,
    )
    for chunk in written:
        provider = pen.required(chunk[0].provider_id, "provider id")
        elements = (element for one in chunk for element in _pair(pen, one))
        yield segment("PLB", provider, write_date(chunk[0].fiscal_period_end), *elements)


def _pair(pen: Pen, adjustment: ProviderAdjustment) -> tuple[str, str]:
    reason = pen.required(adjustment.reason, "provider adjustment reason", 2)
    reference = pen.optional(adjustment.reference, "provider adjustment reference")
    return pen.composite(reason, reference), write_amount(adjustment.amount)
