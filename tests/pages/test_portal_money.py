"""What the portal shows of money: claims and who acts next, statements to patients, reports."""

import csv
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.claim import ClaimState
from models.tables import AuditEvent, Patient
from models.values.access import Role
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.list_drafted_statements import list_drafted_statements
from revcycle.operations.statements.queue_client_report import queue_client_report
from revcycle.operations.statements.release_statements import release_statements
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
)
from tests.integration.statements.practice import POLICY, SENDER, Practice
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import add_practice, rows_of
from tests.people import join

FORMULA = "=HYPERLINK(1)"
DENIED = ((9_000, [("CO", "45", 4_000), ("PR", "3", 2_000)]), (0, [("CO", "50", 4_000)]))


def bill_claims(url: str, act: Act) -> dict[str, BilledClaim]:
    """Have a claim for each party that may have to act next, and one that nobody has to."""
    office = BillingOffice(url, act)
    found = {
        "denied": office.bill(15_000, 4_000),
        "patient": office.bill(10_000),
        "settled": office.bill(7_000),
        "payer": office.bill(9_000),
        "held": office.bill(5_000, state=ClaimState.HELD),
    }
    office.post(
        a_remittance(
            a_decision(found["denied"], *DENIED),
            a_decision(found["patient"], (8_000, [("PR", "3", 2_000)])),
            a_decision(found["settled"], (6_000, [("CO", "45", 1_000)])),
        )
    )
    return found


def send_statement_and_report(url: str, act: Act) -> None:
    """Ask a patient for money, and report the day to the practice."""
    practice = Practice(url, act)
    practice.add_encounter(practice.add_patient())
    with transaction(url, act.client_id) as session:
        draft_statements(session, act, policy=POLICY)
        session.flush()
        found = list_drafted_statements(session, act)
        release_statements(session, act, found, sender=SENDER, policy=POLICY)
        queue_client_report(session, act, ["office@lakeside.example"], sender=SENDER)


@pytest.fixture
def claims(database_url: str, act: Act) -> dict[str, BilledClaim]:
    """Claims of the practice, by who acts next."""
    return bill_claims(database_url, act)


@pytest.fixture
def olaf(stranger: TestClient, database_url: str, client_id: UUID) -> TestClient:
    """An office manager of the practice."""
    sign_in_by_form(stranger, join(database_url, "olaf", [Role.OFFICE_MANAGER], [client_id]))
    return stranger


def number_of(claim: BilledClaim) -> str:
    """The number of a claim without that of its version, which payers get."""
    return claim.control_number[:-2]


def table_of(visitor: TestClient, address: str) -> dict[str, list[str]]:
    """Export claims; find the line of each by its number, without the number."""
    answer = visitor.get(address)
    assert answer.headers["content-type"] == "application/octet-stream"
    _, *lines = csv.reader(answer.text.splitlines())
    return {line[3]: line for line in lines}


def test_every_claim_says_what_was_paid_what_is_owed_and_who_acts_next(
    olaf: TestClient, claims: dict[str, BilledClaim]
) -> None:
    rows = {row[3]: row[4:] for row in rows_of(olaf.get("/portal/claims").text)[1:]}
    said = {name: rows[number_of(claim)] for name, claim in claims.items()}
    assert said["denied"][1:4] == ["Charge $190.00", "Paid $90.00", "Balance $60.00"]
    assert said["denied"][4].startswith("The billing company : work the denial by 1")
    assert said["patient"][1:] == [
        "Charge $100.00",
        "Paid $80.00",
        "Balance $20.00",
        "The patient : pay what insurance left",
    ]
    assert said["payer"][2:] == [
        "Paid $0.00",
        "Balance $90.00",
        "The payer : decide and send a remittance",
    ]
    assert said["held"][4].startswith("The billing company : put right what an edit found by ")
    assert said["settled"][3:] == [
        "Balance $0.00",
        "This software : close the claim when nothing of it is open",
    ]


def test_claims_of_one_state_are_what_the_overview_counts(
    olaf: TestClient, claims: dict[str, BilledClaim]
) -> None:
    rows = {row[0]: row[1:] for row in rows_of(olaf.get("/portal").text)}
    assert rows["All"] == ["5", "$500.00"]
    page = olaf.get("/portal/claims?state=held").text
    assert [row[3] for row in rows_of(page)[1:]] == [number_of(claims["held"])]
    assert "/portal/claims/export?state=held" in page
    assert list(table_of(olaf, "/portal/claims/export?state=held")) == [number_of(claims["held"])]


def test_no_cell_of_a_saved_table_is_a_formula(
    olaf: TestClient, database_url: str, claims: dict[str, BilledClaim]
) -> None:
    with transaction(database_url) as session:
        for patient in session.exec(select(Patient)):
            patient.last_name = FORMULA
    lines = table_of(olaf, "/portal/claims/export")
    assert len(lines) == len(claims)
    assert {line[1] for line in lines.values()} == {f"'{FORMULA}, Otto"}
    assert lines[number_of(claims["patient"])][5:9] == [
        "$100.00",
        "$80.00",
        "$20.00",
        "the patient",
    ]


class TestStatementsAndReports:
    @pytest.fixture(autouse=True)
    def _sent(self, database_url: str, act: Act) -> None:
        """A statement that a patient was sent, and a report of the day."""
        send_statement_and_report(database_url, act)

    @pytest.mark.parametrize(
        ("kind", "said", "act_word"),
        [
            pytest.param("statements", "Quillfeather, Alma", "export_statement", id="statement"),
            pytest.param("reports", "PDF of", "export_report", id="report"),
        ],
    )
    def test_what_was_sent_is_listed_and_saved_as_it_was_sent(
        self, olaf: TestClient, database_url: str, kind: str, said: str, act_word: str
    ) -> None:
        page = olaf.get(f"/portal/{kind}").text
        assert said in " ".join(cell for row in rows_of(page) for cell in row)
        saved = olaf.get(address_of_pdf(page))
        assert saved.content.startswith(b"%PDF")
        assert saved.headers["content-disposition"].startswith("attachment")
        assert "Alma" not in saved.headers["content-disposition"]
        with transaction(database_url) as session:
            acts = session.exec(select(AuditEvent.action).where(AuditEvent.actor == "olaf")).all()
        assert act_word in acts

    @pytest.mark.parametrize("kind", ["statements", "reports"])
    def test_another_practice_saves_nothing_of_it(
        self, olaf: TestClient, database_url: str, kind: str
    ) -> None:
        address = address_of_pdf(olaf.get(f"/portal/{kind}").text)
        olaf.cookies.clear()
        other = add_practice(database_url, "summit_cardiology")
        sign_in_by_form(olaf, join(database_url, "otto", [Role.OFFICE_MANAGER], [other]))
        assert olaf.get(address).status_code == 404
        assert "Quillfeather" not in olaf.get(f"/portal/{kind}").text


def address_of_pdf(page: str) -> str:
    """Find where the first PDF of a page is saved from."""
    return page.split('/pdf"', maxsplit=1)[0].rsplit('href="', 1)[1] + "/pdf"
