"""People and organizations of the product as the parties that inquiries name, both ways."""

from dataclasses import replace

from models.documents.inquiry import NamedParty, Specialty
from models.documents.party import Organization, Person, Reference
from models.errors import RejectedError

NPI = "XX"
TAX_ID, PERSONAL_TAX_ID = "TJ", "SY"  # REF01 of who asks
BILLING, TAXONOMY = "BI", "PXC"  # PRV01, PRV02
MEMBER = "MI"  # NM108


def required(party: NamedParty) -> NamedParty:
    """Return a party that has a name and a number.

    Raises:
        RejectedError: either is missing.
    """
    if not party.id_number:
        msg = f"identifier of NM1*{party.role} is required"
        raise RejectedError(msg)
    return named(party)


def named(party: NamedParty) -> NamedParty:
    """Return a party that has a name.

    Raises:
        RejectedError: it is missing.
    """
    if not party.name:
        msg = f"name of NM1*{party.role} is required"
        raise RejectedError(msg)
    return party


def organization_party(role: str, name: str, qualifier: str, number: str) -> NamedParty:
    """Name a payer, a submitter or a receiver.

    Raises:
        RejectedError: name or number is missing.
    """
    return required(NamedParty(role, name, id_qualifier=qualifier, id_number=number))


def provider_party(role: str, provider: Organization) -> NamedParty:
    """Name a provider by NPI or, without one, by another number; a person by their own name.

    Raises:
        RejectedError: name or number is missing.
    """
    other = provider.other_identifier or Reference(NPI, "")
    number = Reference(NPI, provider.npi) if provider.npi else other
    party = NamedParty(role, provider.name)
    if provider.person:
        party = replace(person_party(role, provider.person), is_person=True)
    party = replace(party, id_qualifier=number.qualifier, id_number=number.value)
    return required(party)


def asking_party(provider: Organization) -> NamedParty:
    """Name the provider who asks, with address, tax id, other numbers and specialty.

    Raises:
        RejectedError: name or number is missing.
    """
    tax_kind = PERSONAL_TAX_ID if provider.is_tax_id_personal else TAX_ID
    tax_id = (Reference(tax_kind, provider.tax_id),) if provider.tax_id else ()
    taxonomy = provider.taxonomy
    return replace(
        provider_party("1P", provider),
        references=(*tax_id, *provider.references),
        address=provider.address,
        specialties=(Specialty(BILLING, taxonomy, TAXONOMY),) if taxonomy else (),
    )


def provider_of(party: NamedParty | None) -> Organization:
    """Read a provider; the tax id is the first of its kind, the taxonomy the first PRV."""
    if party is None:
        return Organization(name="")
    kinds = {TAX_ID, PERSONAL_TAX_ID}
    tax_id = next((one for one in party.references if one.qualifier in kinds), None)
    number = Reference(party.id_qualifier, party.id_number)
    is_other = party.id_qualifier != NPI and bool(party.id_qualifier or party.id_number)
    return Organization(
        name=f"{party.name} {party.first_name}".strip(),
        npi=party.id_number if party.id_qualifier == NPI else "",
        tax_id=tax_id.value if tax_id else "",
        taxonomy=party.specialties[0].code if party.specialties else "",
        address=party.address,
        references=tuple(one for one in party.references if one is not tax_id),
        contacts=party.contacts,
        person=person_of(party) if party.is_person else None,
        is_tax_id_personal=tax_id is not None and tax_id.qualifier == PERSONAL_TAX_ID,
        other_identifier=number if is_other else None,
    )


def person_party(role: str, person: Person, member_id: str = "") -> NamedParty:
    """Name a person, or an organization that holds a policy; the address comes too."""
    return NamedParty(
        role=role,
        name=person.last_name,
        is_person=not person.is_organization,
        first_name=person.first_name,
        middle_name=person.middle_name,
        suffix=person.suffix,
        id_qualifier=MEMBER if member_id else "",
        id_number=member_id,
        address=person.address,
    )


def person_of(party: NamedParty | None) -> Person:
    """Read a person; birth date and sex stand elsewhere."""
    if party is None:
        return Person(last_name="", first_name="")
    return Person(
        last_name=party.name,
        first_name=party.first_name,
        middle_name=party.middle_name,
        suffix=party.suffix,
        address=party.address,
        is_organization=not party.is_person,
    )
