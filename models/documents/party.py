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


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A patient, subscriber or guarantor. ``repr`` shows nothing: this is PHI."""

    last_name: str
    first_name: str
    middle_name: str = ""
    suffix: str = ""
    birth_date: date | None = None
    sex: str = ""  # F, M or U, as in DMG03; empty when not known
    address: Address | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A person with an NPI who renders, refers, orders, attends or supervises."""

    npi: str
    last_name: str
    first_name: str = ""
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """A billing group, a service facility or a submitter."""

    name: str
    npi: str = ""
    tax_id: str = ""  # nine digits
    taxonomy: str = ""
    address: Address | None = None
    contact_name: str = ""
    contact_phone: str = ""  # ten digits
