"""The PDF of a statement: accessible, whole, and the same bytes twice."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest

from models.documents.party import Address, Organization, Person
from models.documents.statement import StatementDocument, StatementLine
from models.values.money import ZERO, Money, total
from revcycle.formats.pdf.printable import PRINTED_MARKS, PRINTED_RANGES, to_printable
from revcycle.formats.pdf.statement import render_statement, statement_facts

STATEMENT_DATE = date(2026, 11, 20)


def a_line(age_days: int = 10, balance: Money = Money(7500)) -> StatementLine:  # noqa: B008 - Money is frozen
    return StatementLine(
        service_date=STATEMENT_DATE - timedelta(days=age_days),
        patient_name="Alma Quillfeather",
        description="Visit with Osric Pennyfeather",
        charge=Money(42_500) + balance,
        insurance_paid=Money(30_000),
        adjusted=Money(12_500),
        patient_paid=ZERO,
        balance=balance,
    )


def a_statement(*lines: StatementLine, first_name: str = "Alma") -> StatementDocument:
    return StatementDocument(
        number="2611-7KQ2M9TX",
        practice=Organization(
            "Lakeside Family Medicine",
            address=Address("12 Shoreline Avenue", "Portland", "ME", "041015512"),
            contact_phone="2075550142",
        ),
        guarantor=Person(
            "Quillfeather", first_name, address=Address("48 Harrow Lane", "Bath", "ME", "04530")
        ),
        account_number="P-1",
        statement_date=STATEMENT_DATE,
        due_date=date(2026, 12, 20),
        period="2026-11",
        lines=lines or (a_line(),),
    )


def opened(document: StatementDocument) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_statement(document)))


def test_the_same_statement_is_the_same_bytes() -> None:
    assert render_statement(a_statement()) == render_statement(a_statement())


def test_a_screen_reader_finds_language_title_and_structure() -> None:
    with opened(a_statement()) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.docinfo["/Title"] == "Statement 2611-7KQ2M9TX from Lakeside Family Medicine"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (3, 1), (60, 4)])
def test_a_short_statement_is_one_page_and_a_long_one_goes_on(lines: int, pages: int) -> None:
    with opened(a_statement(*[a_line()] * lines)) as pdf:
        assert len(pdf.pages) == pages


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('#eval("1") $x$ *b* <a> @b \\', id="text-that-looks-like-a-template"),
        pytest.param("Maximiliana Bartholomea " * 6, id="a-very-long-name"),
        pytest.param(
            "\u674e \u0623\u062d\u0645\u062f \U0001f600 \x00", id="scripts-we-cannot-print"
        ),
        pytest.param("Zo\u00eb \u0141ukasz Nguy\u1ec5n", id="accents"),
    ],
)
def test_any_name_prints(name: str) -> None:
    with opened(a_statement(first_name=name)) as pdf:
        assert len(pdf.pages) >= 1


def test_the_font_has_everything_we_let_through() -> None:
    letters = "".join(
        chr(code) for first, last in PRINTED_RANGES for code in range(first, last + 1)
    )
    words = " ".join(letters[start : start + 20] for start in range(0, len(letters), 20))
    text = words + "".join(PRINTED_MARKS)
    assert to_printable(text) == text
    assert render_statement(replace(a_statement(), message=text))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("Zoe\u0308", "Zo\u00eb", id="composed"),
        pytest.param("\ufb01nch", "finch", id="ligature-taken-apart"),
        pytest.param("a\u200b\x07b", "ab", id="invisible-characters-go"),
        pytest.param("\u674e", "?", id="another-script-is-seen-to-be-missing"),
    ],
)
def test_printable(text: str, printed: str) -> None:
    assert to_printable(text) == printed


def test_what_lowers_the_bill_is_printed_with_a_minus() -> None:
    facts = statement_facts(a_statement(a_line(), a_line(balance=Money(100_000))))
    assert facts["balance"] == "$1,075.00"
    assert facts["totals"] == {
        "charge": "$1,925.00",
        "insurance_paid": "\N{MINUS SIGN}$600.00",
        "adjusted": "\N{MINUS SIGN}$250.00",
        "patient_paid": "$0.00",
        "balance": "$1,075.00",
    }


@pytest.mark.parametrize(
    ("age_days", "bucket"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (900, 3)]
)
def test_ageing_counts_from_the_visit(age_days: int, bucket: int) -> None:
    ageing = a_statement(a_line(age_days)).ageing
    assert [index for index, amount in enumerate(ageing) if amount] == [bucket]


def test_the_ageing_sums_to_the_balance() -> None:
    document = a_statement(*(a_line(age, Money(100 + age)) for age in range(0, 200, 7)))
    assert total(document.ageing) == document.balance
