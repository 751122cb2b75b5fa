"""Who pays and who is paid (loops 1000A and 1000B)."""

from collections.abc import Sequence

from models.documents.claim_codes import KeptSegment
from models.documents.party import Address, Organization, Reference
from models.documents.remittance_supplements import (
    PayerContact,
    PayerContactKind,
    RemittanceDelivery,
)
from revcycle.formats.x12.remittances.reading_state import (
    Elements,
    Remains,
    element,
    is_contact_odd,
    read_contact_numbers,
)

TRACE_ID_LENGTH = 10  # TRN03: a 1 and the nine digits of the payer's tax id
PAIR = 3
PAYER_ID = "2U"
TAX_ID = "TJ"
N1_ELEMENTS = 4
N3_ELEMENTS = 2
N4_ELEMENTS = 7
N4_UNUSED = (5, 6)
RDM_ELEMENTS = 3
CONTACT_KINDS = {kind.value: kind for kind in PayerContactKind}
PAYER_LOOP = "1000A"
PAYEE_LOOP = "1000B"


class Party:
    """The segments of one party, taken one by one, each with its index."""

    def __init__(self, remains: Remains) -> None:
        self.remains = remains
        self.positions: list[int] = []
        self.name = ""
        self.identifier: Reference | None = None
        self.references: list[Reference] = []
        self.contacts: list[PayerContact] = []
        self.delivery: RemittanceDelivery | None = None
        self._lines: Elements = []
        self._city: Elements = []

    def take(self, at: int, segment: Elements) -> None:
        """Take a segment, or keep it as it is."""
        self.positions.append(at)
        if not self._is_taken(at, segment):
            self.remains.keep(at, segment)

    def closed(self) -> tuple[KeptSegment, ...]:
        """Return what no field holds."""
        return self.remains.closed(self.positions)

    @property
    def address(self) -> Address | None:
        """N3 and N4."""
        if not self._lines and not self._city:
            return None
        return Address(
            line1=element(self._lines, 1),
            city=element(self._city, 1),
            state=element(self._city, 2),
            zip_code=element(self._city, 3),
            line2=element(self._lines, 2),
            country=element(self._city, 4),
            subdivision=element(self._city, 7),
        )

    def read_payer(self, trace_id: str) -> tuple[Organization, str]:
        """Read the payer and its id with us."""
        first, others = _leading(self.references, PAYER_ID)
        references = self.references if self.identifier else others
        payer_id = self.identifier.value if self.identifier else first
        if not payer_id:
            numbers = (one.value for one in self.references if one.qualifier == PAYER_ID)
            payer_id = next(numbers, "")
        is_tax_id = len(trace_id) == TRACE_ID_LENGTH and trace_id.startswith("1")
        contact = _contact(self.contacts)
        organization = Organization(
            name=self.name,
            tax_id=trace_id[1:] if is_tax_id else "",
            address=self.address,
            contact_name=contact.name,
            contact_phone=_phone(contact),
            references=tuple(references),
            other_identifier=self.identifier,
        )
        return organization, payer_id

    def read_payee(self) -> Organization:
        """Read the payee with NPI and tax id."""
        first, others = _leading(self.references, TAX_ID)
        numbers = (one.value for one in self.references if one.qualifier == TAX_ID)
        tax_id = first or next(numbers, "")
        identifier = self.identifier or Reference("", "")
        is_tax_id = identifier.qualifier == "FI" and identifier.value != "" and not tax_id
        is_npi = identifier.qualifier == "XX" and identifier.value != ""
        return Organization(
            name=self.name,
            npi=identifier.value if is_npi else "",
            tax_id=identifier.value if is_tax_id else tax_id,
            address=self.address,
            references=tuple(others),
            other_identifier=None if is_tax_id or is_npi else self.identifier,
        )

    def unusual_contacts(self) -> tuple[PayerContact, ...]:
        """Return every contact, unless name and telephone of the payer say it all."""
        contact = _contact(self.contacts)
        is_usual = (
            len(self.contacts) == 1
            and contact.kind is PayerContactKind.TECHNICAL
            and len(contact.numbers) == (1 if _phone(contact) else 0)
        )
        return () if is_usual else tuple(self.contacts)

    def _is_taken(self, at: int, segment: Elements) -> bool:
        tag, qualifier = segment[0], element(segment, 1)
        if tag == "N1" and not self.name:
            self._take_name(at, segment)
        elif tag == "N3" and not self._lines:
            self._lines = segment
            if len(segment) == 1:
                self.remains.odd.add(tag)
            self.remains.check_length(at, segment, N3_ELEMENTS)
        elif tag == "N4" and not self._city:
            self._take_city(at, segment)
        elif tag == "REF" and len(segment) == PAIR:
            self.references.append(Reference(qualifier, segment[2]))
        elif tag == "PER" and qualifier in CONTACT_KINDS and self.remains.loop == PAYER_LOOP:
            self._take_contact(segment)
        elif tag == "RDM" and self.delivery is None and self.remains.loop == PAYEE_LOOP:
            self.delivery = RemittanceDelivery(qualifier, element(segment, 2), element(segment, 3))
            self.remains.check_length(at, segment, RDM_ELEMENTS)
        else:
            return False
        return True

    def _take_name(self, at: int, segment: Elements) -> None:
        self.name = element(segment, 2)
        qualifier, value = element(segment, 3), element(segment, 4)
        if qualifier or value:
            self.identifier = Reference(qualifier, value)
        elif not self.name:
            self.remains.odd.add("N1")
        self.remains.check_length(at, segment, N1_ELEMENTS)

    def _take_city(self, at: int, segment: Elements) -> None:
        self._city = segment
        if len(segment) == 1:
            self.remains.odd.add("N4")
        self.remains.check_length(at, segment, N4_ELEMENTS)
        for number in N4_UNUSED:
            if element(segment, number):
                self.remains.spare(at, segment, number)

    def _take_contact(self, segment: Elements) -> None:
        kind = CONTACT_KINDS[segment[1]]
        self.contacts.append(PayerContact(kind, element(segment, 2), read_contact_numbers(segment)))
        if is_contact_odd(segment):
            self.remains.odd.add("PER")


def _leading(references: Sequence[Reference], qualifier: str) -> tuple[str, list[Reference]]:
    """Take the first number off, where it is the only one of its kind; it has a field."""
    kinds = [one.qualifier for one in references]
    if kinds[:1] == [qualifier] and kinds.count(qualifier) == 1:
        return references[0].value, list(references[1:])
    return "", list(references)


def _contact(contacts: Sequence[PayerContact]) -> PayerContact:
    """Choose whom to call: who knows the file, else who knows the business."""
    of_kind = {contact.kind: contact for contact in reversed(contacts)}
    chosen = of_kind.get(PayerContactKind.TECHNICAL) or of_kind.get(PayerContactKind.BUSINESS)
    return chosen or PayerContact(PayerContactKind.TECHNICAL)


def _phone(contact: PayerContact) -> str:
    first = contact.numbers[0] if contact.numbers else None
    return first.value if first is not None and first.kind == "TE" else ""
