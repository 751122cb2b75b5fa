"""What is read of bank statements: every movement once, no account number, and no guess."""

import random
from datetime import date

import pytest

from models.documents.deposit import BankFormat, BankLineKind
from models.values.money import Money
from revcycle.formats.bank.reading import BankForm, mask_accounts, read_statement
from revcycle.formats.bank.statement_csv import CsvForm
from tests.bank_files import ACCOUNT, BAI2, CSV, Movement, an_eft, bai2, bai2_lines, bank_csv


def test_an_electronic_payment_is_read_with_its_trace_and_payer() -> None:
    statement = read_statement(bai2(an_eft(88_250, "EFT1", "BLUE HERON, HEALTH PLAN")), BAI2)
    assert (statement.problems, statement.refused) == ((), ())
    (entry,) = statement.entries
    assert (entry.posted_on, entry.amount) == (date(2026, 11, 18), Money(88_250))
    assert (entry.trace_number, entry.payer_trace_id) == ("EFT1", "1999999999")
    assert entry.kind is BankLineKind.EFT
    assert entry.account == "4321"
    assert "BLUE HERON, HEALTH PLAN" in entry.text


def test_a_trace_that_the_bank_wrapped_in_the_middle_is_whole_again() -> None:
    lines = bai2_lines([Movement("165", 500, text="ADDENDA TRN*1*12345")])
    lines[3:4] = ["16,165,500,,R1,,ADDENDA TRN*1*12345", "88,678*1999999999*CODE\\"]
    lines[4 + 1 :] = ["49,100500,4/", "98,100500,1,6/", "99,100500,1,8/"]
    (entry,) = read_statement("\n".join(lines).encode(), BAI2).entries
    assert (entry.trace_number, entry.payer_trace_id) == ("12345678", "1999999999")


@pytest.mark.parametrize(
    ("record", "reference"),
    [
        ("16,165,500,,R1,C1,text/", "R1"),
        ("16,165,500,0,R1,C1,text/", "R1"),
        ("16,165,500,V,261118,0900,R1,C1,text/", "R1"),
        ("16,165,500,S,100,200,200,R1,C1,text/", "R1"),
        ("16,165,500,D,2,0,300,1,200,R1,C1,text/", "R1"),
        ("16,165,500,Z,,C1,text/", "C1"),
    ],
    ids=["none", "same day", "value day", "three days", "distributed", "customer's number"],
)
def test_the_days_of_availability_hide_no_reference(record: str, reference: str) -> None:
    lines = bai2_lines([Movement("165", 500)])
    lines[3] = record
    (entry,) = read_statement("\n".join(lines).encode(), BAI2).entries
    assert (entry.reference, entry.text) == (reference, "text")


def test_credits_and_debits_are_told_apart_by_their_type() -> None:
    content = bai2(
        Movement("115", 1_000, text="LOCKBOX CHECK NO 4711"),
        Movement("195", 2_000),
        Movement("399", 3_000),
        Movement("555", 400),
        Movement("455", 500, trace="EFT9"),
        Movement("698", 60),
        Movement("475", 700),
    )
    entries = read_statement(content, BAI2).entries
    assert [(one.kind.value, one.amount.cents) for one in entries] == [
        ("check", 1_000),
        ("eft", 2_000),
        ("other", 3_000),
        ("return", -400),
        ("return", -500),
        ("fee", -60),
        ("payment", -700),
    ]
    assert entries[0].check_number == "4711"


def test_one_line_of_an_unknown_type_is_named_and_the_others_go_on() -> None:
    statement = read_statement(bai2(an_eft(100, "A"), Movement("999", 5), an_eft(7, "B")), BAI2)
    assert [one.trace_number for one in statement.entries] == ["A", "B"]
    (problem,) = statement.refused
    assert str(problem) == "line 6, type code: is not known; allowed: 100 to 699"
    assert statement.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("49,100500", "49,100501", "control total"),
        ("98,100500", "98,1", "control total"),
        ("99,100500", "99,", "control total"),
        ("49,100500,3", "49,100500,4", "number of records"),
        ("98,100500,1", "98,100500,2", "number of accounts"),
        ("99,100500,1", "99,100500,0", "number of groups"),
        ("16,165,500", "16,165,5x0", "control total"),
        ("16,165,500", "17,165,500", "record code"),
        ("261118,0600", "269918,0600", "as-of date"),
        (",USD,015", ",EUR,015", "currency"),
    ],
)
def test_a_file_that_does_not_add_up_is_refused_whole(old: str, new: str, field: str) -> None:
    text = "\n".join(bai2_lines([Movement("165", 500)]))
    assert old in text
    statement = read_statement(text.replace(old, new).encode(), BAI2)
    assert field in [problem.field for problem in statement.problems]


def test_a_file_that_breaks_off_anywhere_is_refused_whole() -> None:
    lines = bai2_lines([an_eft(500, "EFT1"), an_eft(600, "EFT2")])
    for count in range(len(lines)):
        assert read_statement("\n".join(lines[:count]).encode(), BAI2).problems


def test_movements_of_other_accounts_are_counted_and_left_alone() -> None:
    statement = read_statement(bai2(an_eft(500, "EFT1"), account="111122223333"), BAI2)
    assert (statement.entries, statement.others, statement.problems) == ((), 1, ())


def test_no_account_number_is_kept_anywhere() -> None:
    content = bai2(an_eft(500, "EFT1", f"TO ACCOUNT {ACCOUNT}"))
    masked = mask_accounts(content, BAI2)
    assert ACCOUNT.encode() not in masked
    assert b"********4321" in masked
    assert mask_accounts(masked, BAI2) == masked
    assert len(read_statement(masked, BAI2).entries) == 1


def test_a_bank_export_is_read_by_the_columns_of_the_client_file() -> None:
    content = bank_csv(
        '11/18/2026,"1,234.50",BLUE HERON TRN*1*EFT1*1999999999\\,R1,000987654321',
        "11/18/2026,(12.00),MONTHLY SERVICE CHARGE,R2,000987654321",
        "11/19/2026,$80.00,LOCKBOX CHECK 4711,R3,000987654321",
        "11/19/2026,-80.00,RETURNED ITEM,R4,000987654321",
        "11/19/2026,0.00,NOTHING,R5,000987654321",
        "11/19/2026,9.00,OTHER ACCOUNT,R6,1234",
    )
    statement = read_statement(content, CSV)
    assert [(one.kind.value, one.amount.cents) for one in statement.entries] == [
        ("eft", 123_450),
        ("fee", -1_200),
        ("check", 8_000),
        ("return", -8_000),
    ]
    assert statement.others == 1
    assert statement.entries[0].trace_number == "EFT1"
    assert statement.entries[2].check_number == "4711"
    assert ACCOUNT.encode() not in mask_accounts(content, CSV)


def test_a_bad_line_of_an_export_is_named_with_what_is_allowed() -> None:
    content = bank_csv(
        "18.11.2026,5.00,A,,4321",
        "11/18/2026,5.005,B,,4321",
        "11/18/2026,5",
        "11/18/2026,5,C,,4321",
    )
    statement = read_statement(content, CSV)
    assert [str(one) for one in statement.refused] == [
        "line 2, date: is not a day; allowed: %m/%d/%Y",
        "line 3, amount: is not an amount; allowed: 125.00, -125.00, (125.00)",
        "line 4, cells: 2 stand here, 5 in the header",
    ]
    assert len(statement.entries) == 1


def test_credit_and_debit_may_stand_in_two_columns() -> None:
    form = BankForm("4321", BankFormat.CSV, CsvForm({"date": "D", "credit": "In", "debit": "Out"}))
    content = b"D,In,Out\n2026-11-18,5.00,\n2026-11-18,,4.00\n2026-11-18,1,1\n"
    statement = read_statement(content, form)
    assert [one.amount.cents for one in statement.entries] == [500, -400]
    assert [one.line for one in statement.refused] == [4]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", CSV),
        (b"Date,Amount\n", CSV),
        (b'Date,Amount,Description,Reference,Account\n"11', CSV),
        (bai2(an_eft(5, "A")), CSV),
        (b"", BAI2),
        (b"ISA*00*", BAI2),
        (b"Date,Amount,Description,Reference,Account\n", BAI2),
    ],
)
def test_the_wrong_file_is_refused_whole(content: bytes, form: BankForm) -> None:
    statement = read_statement(content, form)
    assert statement.problems
    assert statement.entries == ()


def test_no_spoiled_statement_raises_or_changes_a_total_unseen() -> None:
    chance = random.Random(14)  # noqa: S311 - no secret
    content = bai2(an_eft(88_250, "EFT1"), Movement("555", 400), an_eft(75, "EFT2"))
    known = {(one.amount, one.kind) for one in read_statement(content, BAI2).entries}
    for _ in range(2_000):
        spoiled = bytearray(content)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(spoiled))
            spoiled[place : place + chance.randint(0, 2)] = bytes([chance.randrange(256)])
        statement = read_statement(bytes(spoiled), BAI2)
        mask_accounts(bytes(spoiled), BAI2)
        amounts = {abs(one.amount.cents) for one in statement.entries}
        if not statement.problems:
            assert amounts <= {abs(amount.cents) for amount, _ in known}
