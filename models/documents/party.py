"""People and organizations as claims, inquiries and statements name them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """A postal address in the United States or Canada."""

    line1: str
    city: str
    state: str  # two letters
    zip_code: str  # 5 or 9 digits without a hyphen, or a Canadian postal code
    line2: str = ""
    country: str = ""  # N404, only where the postal code does not tell it
    subdivision: str = ""  # N407, outside the United States and Canada


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A patient, subscriber or guarantor. ``repr`` shows nothing: this is PHI."""

    last_name: str  # of an organization that holds a policy, its name
    first_name: str
    middle_name: str = ""
    suffix: str = ""
    birth_date: date | None = None
    sex: str = ""  # F, M or U, as in DMG03; empty when not known
    address: Address | None = None
    phone: str = ""
    email: str = ""
    is_organization: bool = False  # NM102 2: an employer whose policy pays for an injury


@dataclass(frozen=True, slots=True, repr=False)
class Reference:
    """A number by which somebody is, or something is, known to somebody (REF).

    Attributes:
        qualifier: REF01, whose number it is: 0B state license, G2 the payer's own, SY a social
            security number ...
        value: REF02.
        description: REF03.
        payer_id: REF04-2 where REF04-1 is 2U: the payer that gave it, if not the one addressed.
    """

    qualifier: str
    value: str
    description: str = ""
    payer_id: str = ""


@dataclass(frozen=True, slots=True)
class ContactNumber:
    """One way to reach somebody."""

    kind: str  # PER03, 05, 07: TE telephone, EX extension, FX fax, EM e-mail, ED access number
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to ask, and how (one PER segment)."""

    name: str = ""  # PER02
    numbers: tuple[ContactNumber, ...] = ()  # at most three


@dataclass(frozen=True, slots=True)
class Provider:
    """Who renders, refers, orders, attends, operates or supervises; mostly a person with an NPI.

    Attributes:
        npi: NM109 with qualifier XX; empty where the file gives none.
        last_name: Of an organization, its name.
        other_identifier: NM108 and NM109 where they are not an NPI.
        references: REF segments of the loop, in their order.
    """

    npi: str
    last_name: str
    first_name: str = ""
    taxonomy: str = ""
    middle_name: str = ""
    suffix: str = ""
    is_organization: bool = False  # NM102 2
    references: tuple[Reference, ...] = ()
    address: Address | None = None  # an ordering provider only
    contact: Contact | None = None  # an ordering provider only
    other_identifier: Reference | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """A billing group, a service facility or a submitter.

    Attributes:
        name: Of a person who bills or sends in their own name, last name first.
        references: REF segments of the loop but the tax id, in their order.
        contacts: Every PER in full, only where ``contact_name`` and ``contact_phone`` do not say
            it all.
        person: The parts of the name of a person who bills or sends (NM102 1).
        other_identifier: NM108 and NM109 where they are not an NPI.
    """

    name: str
    npi: str = ""
    tax_id: str = ""  # nine digits
    taxonomy: str = ""
    address: Address | None = None
    contact_name: str = ""
    contact_phone: str = ""  # ten digits
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    person: Person | None = None
    is_tax_id_personal: bool = False  # REF*SY, a social security number, in place of REF*EI
    other_identifier: Reference | None = None
