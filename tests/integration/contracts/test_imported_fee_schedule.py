"""Contracts that pay a percentage of Medicare's fee schedule take it from imported editions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.documents.act import Act
from models.documents.contract import ContractBook, ContractTerm, MpfsAmount, PriceMethod
from models.documents.reference import EditionFacts
from models.values.money import Money
from models.values.reference import ReferenceKind
from revcycle.operations.contracts.fill_fee_schedule import fill_fee_schedule
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.operations.reference.rollback_edition import rollback_edition
from revcycle.store.session import reading, transaction
from tests.integration.contracts.contract_office import PRACTICE, ContractOffice
from tests.integration.posting.billing_office import BillingOffice
from tests.integration.reference.editions import ACT, imported

YEAR = 2026
LOCALITY = "0123405"
TERM = ContractTerm(
    line=2,
    key="a term",
    payer_key="payer_1",
    valid_from=date(2026, 1, 1),
    method=PriceMethod.PERCENT_OF_MPFS,
    rate=Decimal(120),
    mpfs_year=YEAR,
    mpfs_locality=LOCALITY,
)
BOOK = ContractBook((TERM,), version="v1")
KEY = ("99213", "", YEAR, LOCALITY)


def import_schedule(database_url: str, factor: str, name: str, first_day: date) -> None:
    """Import one release in which the procedure is worth two units."""
    units = (Decimal("1.00"), Decimal("0.50"), Decimal("0.90"), Decimal("0.10"))
    row = ("99213", "", "A", *units, Decimal(factor), "XXX", "0", "0", "0", "0")
    imported(database_url, [row], EditionFacts(name, first_day), ReferenceKind.MPFS)


def import_indices(database_url: str, year: int = YEAR) -> None:
    """Import a year in which the locality is as dear as the nation."""
    row = ("01234", "05", "XX", "NAME", Decimal(1), Decimal(1), Decimal(1))
    facts = EditionFacts(str(year), date(year, 1, 1))
    imported(database_url, [row], facts, ReferenceKind.GPCI)


def filled(database_url: str, book: ContractBook = BOOK) -> ContractBook:
    with reading(database_url) as session:
        return fill_fee_schedule(session, book, ["99213", "85025"])


def test_amounts_come_from_the_last_release_of_the_year(either_database_url: str) -> None:
    import_indices(either_database_url)
    import_schedule(either_database_url, "30.00", "2026 Jan", date(2026, 1, 1))
    import_schedule(either_database_url, "33.00", "2026 Jul", date(2026, 7, 1))
    import_schedule(either_database_url, "40.00", "2027 Jan", date(2027, 1, 1))
    book = filled(either_database_url)
    assert book.mpfs == {KEY: MpfsAmount(Money(6600), Money(5280), "0", "0")}
    assert book.version == BOOK.version
    with transaction(either_database_url) as session:
        rollback_edition(session, ACT, ReferenceKind.MPFS, "2026 Jul")
    assert filled(either_database_url).mpfs[KEY].nonfacility == Money(6000)


def test_an_own_file_comes_before_the_imported_one(database_url: str) -> None:
    import_indices(database_url)
    import_schedule(database_url, "30.00", "2026 Jan", date(2026, 1, 1))
    own = {KEY: MpfsAmount(Money(9000), Money(8000))}
    assert filled(database_url, replace(BOOK, mpfs=own)).mpfs == own


def test_another_year_or_a_missing_list_gives_no_amount(database_url: str) -> None:
    assert filled(database_url) is BOOK
    import_schedule(database_url, "30.00", "2026 Jan", date(2026, 1, 1))
    assert filled(database_url) is BOOK
    import_indices(database_url, 2025)
    assert filled(database_url) is BOOK


def test_terms_that_name_no_fee_schedule_ask_for_none(database_url: str) -> None:
    book = ContractBook((replace(TERM, method=PriceMethod.FEE, mpfs_year=0, mpfs_locality=""),))
    assert filled(database_url, book) is book


def test_claims_are_priced_by_the_imported_schedule_when_they_leave(
    database_url: str, act: Act
) -> None:
    import_indices(database_url)
    import_schedule(database_url, "30.00", "2026 Jan", date(2026, 1, 1))
    office = BillingOffice(database_url, act)
    contract_office = ContractOffice(office, ContractPolicy(BOOK, PRACTICE))
    claim = office.bill(15_000, 3_000)
    contract_office.price_all()
    known = [row for row in contract_office.expected(claim) if row.amount is not None]
    assert [str(row.amount) for row in known] == ["72.00"], "120 % of two units of 30.00"
    assert "MPFS 2026 of locality 0123405" in known[0].arithmetic
