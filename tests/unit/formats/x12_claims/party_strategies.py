"""Generated parts of claims: words, numbers, days, people and places."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import strategies as st

from models.documents.claim import ClaimPayer
from models.documents.party import Address, Organization, Person, Provider
from models.values.identifiers import is_npi
from models.values.money import Money

NPIS = [
    npi
    for tail, check in product(range(0, 900, 37), range(10))
    if is_npi(npi := f"199{tail:06d}{check}")
]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
days = st.dates(date(2020, 1, 1), date(2026, 10, 31))
amounts = st.integers(0, 10**8).map(Money)
npis = st.sampled_from(NPIS)
codes = st.text(LETTERS + DIGITS, min_size=2, max_size=12)


def words(limit: int) -> st.SearchStrategy[str]:
    """Text that is already clean."""
    word = st.text(LETTERS + DIGITS + "'-.,&/()", min_size=1, max_size=max(1, limit // 2 - 1))
    return st.lists(word, min_size=1, max_size=2).map(" ".join)


def references(limit: int) -> st.SearchStrategy[str]:
    """Identifiers as partners make them."""
    return st.text(LETTERS + LETTERS.lower() + DIGITS + "-_.", min_size=2, max_size=limit)


def addresses_of(states: list[str], postal_codes: str) -> st.SearchStrategy[Address]:
    """Addresses in some states, with postal codes of one form."""
    return st.builds(
        Address,
        line1=words(55),
        city=words(30).filter(lambda city: len(city) > 1),
        state=st.sampled_from(states),
        zip_code=st.from_regex(postal_codes),
        line2=st.just("") | words(55),
    )


addresses = addresses_of(["OH", "TX"], r"\A([0-9]{5}|[0-9]{9})\Z") | addresses_of(
    ["ON"], r"\AK[0-9]A[0-9]B[0-9]\Z"
)
business_addresses = addresses_of(["OH", "TX"], r"\A[0-9]{9}\Z")
persons = st.builds(
    Person,
    last_name=words(60),
    first_name=words(35),
    middle_name=st.just("") | words(25),
    suffix=st.sampled_from(["", "JR", "III"]),
    birth_date=st.dates(date(1900, 1, 1), date(2019, 12, 31)),
    sex=st.sampled_from(["F", "M", "U"]),
    address=addresses,
)
named_only = st.builds(replace, persons, birth_date=st.none(), sex=st.just(""), address=st.none())
billing_providers = st.builds(
    Organization,
    name=words(60),
    npi=npis,
    tax_id=st.from_regex(r"\A99[0-9]{6}1\Z"),
    taxonomy=st.sampled_from(["", "207Q00000X"]),
    address=business_addresses,
    contact_name=st.just("BILLING DESK"),
    contact_phone=st.from_regex(r"\A[0-9]{10}\Z"),
)
facilities = st.builds(Organization, name=words(60), npi=npis, address=business_addresses)
providers = st.builds(
    Provider, npi=npis, last_name=words(60), first_name=words(35), taxonomy=st.just("")
)
specialists = st.builds(replace, providers, taxonomy=st.sampled_from(["", "207RC0000X"]))
payers = st.builds(
    ClaimPayer,
    name=words(60),
    payer_id=references(20),
    responsibility=st.just("P"),
    filing_indicator=st.sampled_from(["CI", "HM", "12"]),
)
