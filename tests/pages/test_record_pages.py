"""What the pages of records say of a claim, an encounter, a patient, a payment and a file."""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.act import Act
from models.states.work_item import Queue
from models.tables import (
    AuditEvent,
    Client,
    ClinicalNote,
    Denial,
    InboundFile,
    OutboundFile,
    Patient,
    Remittance,
)
from models.values.access import Role
from models.values.identifiers import new_id
from revcycle.store import work_items, work_lists
from revcycle.store.session import transaction
from revcycle.store.work_items import NewWorkItem
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import HOSTILE, rows_of
from tests.people import KEY, NOON, join, who
from tests.people import sign_in as sign_in_at
from workbench.pages.access import Visitor
from workbench.pages.item_facts import build_facts
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.practices import Practice
from workbench.pages.site import Site

BASE = "/practices/demo_practice"
DECISION = (
    (9_000, [("CO", "45", 4_000), ("PR", "3", 2_000)]),
    (0, [("CO", "50", 4_000)]),
)


@pytest.fixture
def office(database_url: str, act: Act) -> BillingOffice:
    """A billing office of the practice."""
    return BillingOffice(database_url, act)


@pytest.fixture
def claim(office: BillingOffice) -> BilledClaim:
    """A claim of two lines, the second of them denied."""
    claim = office.bill(15_000, 4_000)
    office.post(a_remittance(a_decision(claim, *DECISION)))
    return claim


def sign_in(stranger: TestClient, url: str, role: Role, client_id: UUID) -> TestClient:
    """Let somebody of a role sign in who works for the practice."""
    sign_in_by_form(stranger, join(url, "lena", [role], [client_id]))
    return stranger


@pytest.fixture
def lead(stranger: TestClient, database_url: str, client_id: UUID) -> TestClient:
    """A team lead of the practice."""
    return sign_in(stranger, database_url, Role.TEAM_LEAD, client_id)


def text_of(visitor: TestClient, address: str) -> str:
    """Read a page as its words."""
    answer = visitor.get(BASE + address)
    assert answer.status_code == 200, answer.text
    main = answer.text.split("<main")[1].split("</main>")[0]
    words = " ".join(re.sub(r"<[^>]*>", " ", main).split())
    return words.replace("\N{MINUS SIGN}", "-")


def one_id(office: BillingOffice, table: Any, *conditions: Any) -> UUID:
    """Find the first row of a table."""
    with transaction(office.database_url, office.act.client_id) as session:
        found = session.exec(select(table.id).where(*conditions)).first()
    assert isinstance(found, UUID)
    return found


def acts(office: BillingOffice) -> set[tuple[str, UUID | None]]:
    """List what the trail says lena did."""
    with transaction(office.database_url, office.act.client_id) as session:
        rows = session.exec(select(AuditEvent).where(AuditEvent.actor == "lena")).all()
    return {(row.action, row.subject_id) for row in rows}


def test_a_claim_says_who_must_act_and_where_every_cent_went(
    lead: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    page = text_of(lead, f"/claims/{claim.claim_id}")
    assert "Next: the billing company — work the denial, by 1" in page
    assert (
        "Still owed $60.00 = charged $190.00 - paid by payers $90.00 - reduced $40.00"
        " - written off $0.00 - paid by the patient $0.00" in page
    )
    assert "payers owe $0.00, $40.00 is denied and being worked, the patient owes $20.00" in page
    assert "CO-45 $40.00 above the contracted fee" in page
    assert "not known" in page  # what the contract would pay
    assert ("see_claim", claim.claim_id) in acts(office)


def test_every_figure_of_a_claim_leads_to_postings_that_sum_to_it(
    lead: TestClient, claim: BilledClaim
) -> None:
    answer = lead.get(f"{BASE}/claims/{claim.claim_id}").text
    for anchor in re.findall(r'href="#(books-\d)"', answer):
        assert f'id="{anchor}"' in answer
    first = answer.split('id="books-1"')[1].split("</details>")[0]
    sums = {row[0]: row[-1] for row in rows_of(first) if row[0].startswith("Sum of")}
    assert sums == {
        "Sum of owed by the first payer AR:INS1": "$0.00",
        "Sum of charged CHARGES": "-$150.00",
        "Sum of paid by a payer REMIT_CLEARING": "$90.00",
        "Sum of contractual reduction CONTRACTUAL": "$40.00",
        "Sum of owed by the patient AR:PAT": "$20.00",
    }


def test_a_claim_tells_that_a_payer_took_its_decision_back(
    lead: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    back = reversed_decision(a_decision(claim, *DECISION))
    office.post(a_remittance(back, trace="EFT2", plb=[("WO", "X", -9_000)]))
    page = text_of(lead, f"/claims/{claim.claim_id}")
    assert "Next: the payer — send its new decision; no date is set" in page
    assert "taken back later" in page
    assert "The payer took its decision back" in page
    assert "Denial taken back by the payer" in page


def test_an_encounter_shows_its_note_only_to_those_who_see_notes(
    stranger: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    url, client_id = office.database_url, office.act.client_id
    with transaction(url, client_id) as session:
        session.add(
            ClinicalNote(
                client_id=client_id, encounter_id=claim.encounter_id, ordinal=1, text="A sore knee"
            )
        )
    address = f"/encounters/{claim.encounter_id}"
    biller = sign_in(stranger, url, Role.BILLER, client_id)
    page = text_of(biller, address)
    assert "A sore knee" not in page
    assert "Your roles do not include notes" in page
    assert "Payer 1 first payer, member M1" in page
    sign_in_by_form(biller, join(url, "cora", [Role.CODER], [client_id]))
    page = text_of(biller, address)
    assert "A sore knee" in page
    assert "member •••" in page


def test_a_patient_is_masked_as_the_roles_say(
    stranger: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    url, client_id = office.database_url, office.act.client_id
    with transaction(url, client_id) as session:
        patient = session.exec(select(Patient).where(Patient.id == claim.patient_id)).one()
        patient.phone, patient.line1, patient.city = "2075550142", "1 Heron Lane", "Fernwick"
        patient.statements_stopped = "bad_address"
    poster = sign_in(stranger, url, Role.POSTER, client_id)
    page = text_of(poster, f"/patients/{claim.patient_id}")
    assert "Marmalade, Otto" in page
    assert "Heron" not in page
    assert "555-0142" not in page
    assert "no statements: bad address" in page
    assert "Still owed $60.00 = charged $190.00" in page
    assert "Otto" not in poster.get(f"{BASE}/patients/{claim.patient_id}").text.split("</title>")[0]
    sign_in_by_form(poster, join(url, "bea", [Role.BILLER], [client_id]))
    assert "(207) 555-0142" in text_of(poster, f"/patients/{claim.patient_id}")


def test_a_payment_shows_its_equation(
    lead: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    page = text_of(lead, f"/remittances/{one_id(office, Remittance)}")
    assert "Payment $90.00 = paid for 1 claim $90.00 - moved outside of claims $0.00" in page
    assert "The equation does not hold" not in page
    assert claim.control_number in page


def test_a_file_is_explained_in_words_and_masked_for_those_who_see_less(
    stranger: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    url, client_id = office.database_url, office.act.client_id
    file_id = one_id(office, InboundFile, InboundFile.kind == "835")
    poster = sign_in(stranger, url, Role.POSTER, client_id)
    whole = text_of(poster, f"/files/in/{file_id}/explained")
    assert "MARMALADE" in whole.upper()
    one = text_of(poster, f"/files/in/{file_id}/explained?claim={claim.claim_id}")
    assert claim.control_number in one
    saved = poster.get(f"{BASE}/files/in/{file_id}/download")
    assert saved.content.startswith(b"ISA")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["x-content-type-options"] == "nosniff"
    name = re.fullmatch(
        r'attachment; filename="835-[0-9a-f]{12}\.txt"', saved.headers["content-disposition"]
    )
    assert name
    assert ("export_file", file_id) in acts(office)
    sign_in_by_form(poster, join(url, "bea", [Role.BILLER], [client_id]))
    masked = text_of(poster, f"/files/in/{file_id}/explained")
    assert "MARMALADE" not in masked.upper()
    assert "are masked" in masked
    assert poster.get(f"{BASE}/files/in/{file_id}/download").status_code == 403


def test_what_is_no_x12_is_shown_as_text_and_never_run(
    stranger: TestClient, office: BillingOffice
) -> None:
    url, client_id = office.database_url, office.act.client_id
    file = InboundFile(
        client_id=client_id, source="front desk", kind="CSV", name=HOSTILE, sha256="1",
        content=f"name\n{HOSTILE}".encode(), received_at=office.act.at,
    )  # fmt: skip
    with transaction(url, client_id) as session:
        session.add(file)
    lead = sign_in(stranger, url, Role.TEAM_LEAD, client_id)
    for address in (f"/files/in/{file.id}", f"/files/in/{file.id}/explained"):
        page = lead.get(BASE + address).text
        assert "<svg onload" not in page
        assert "&lt;svg onload" in page
    sign_in_by_form(lead, join(url, "bea", [Role.BILLER], [client_id]))
    page = text_of(lead, f"/files/in/{file.id}/explained")
    assert "Nothing of this file can be shown to you" in page
    assert "Canary" not in page


def test_a_record_of_another_practice_does_not_exist(
    lead: TestClient, office: BillingOffice, claim: BilledClaim
) -> None:
    other = Client(key="summit", name="Summit", time_zone="America/New_York")
    with transaction(office.database_url) as session:
        session.add(other)
    pages = [
        f"claims/{claim.claim_id}",
        f"encounters/{claim.encounter_id}",
        f"patients/{claim.patient_id}",
        f"remittances/{one_id(office, Remittance)}",
        f"files/out/{one_id(office, OutboundFile)}",
    ]
    for page in pages:
        assert lead.get(f"{BASE}/{page}").status_code == 200, page
        assert lead.get(f"/practices/summit/{page}").status_code == 404, page
        gone = page.rsplit("/", 1)[0] + f"/{new_id()}"
        assert lead.get(f"{BASE}/{gone}").status_code == 404, gone


def test_every_kind_of_subject_has_its_facts(office: BillingOffice, claim: BilledClaim) -> None:
    url, client_id, act = office.database_url, office.act.client_id, office.act
    subjects = {
        "encounter": claim.encounter_id,
        "claim": claim.claim_id,
        "charge": claim.charge_ids[0],
        "denial": one_id(office, Denial),
        "patient": claim.patient_id,
        "remittance": one_id(office, Remittance),
        "inbound_file": one_id(office, InboundFile, InboundFile.kind == "835"),
        "outbound_file": one_id(office, OutboundFile),
        "eligibility_check": new_id(),
        "intake_record": new_id(),
        "unheard_of": new_id(),
    }
    colleague = join(url, "bea", [Role.BILLER], [client_id])
    person = who(url, sign_in_at(url, colleague))
    site = Site(url, KEY, "", None, lambda: NOON)
    visitor = Visitor(site, "", "", is_https=False, person=person)
    practice = Practice(client_id, "demo_practice", "Demo Practice", "America/New_York")
    found = {}
    with transaction(url, client_id) as session:
        work = [
            NewWorkItem(Queue.TRANSPORT, f"t:{kind}", kind, one, f"of.{kind}", service_hours=4)
            for kind, one in subjects.items()
        ]
        work_items.open_work_items(session, client_id, act, work)
        session.flush()
        for line in work_lists.list_work_of_subject(session, client_id, list(subjects.items())):
            opened = OpenedItem(visitor, practice, act, line)
            found[line.subject_kind] = build_facts(session, opened)["patient"] is not None
    assert {kind for kind, has_patient in found.items() if has_patient} == {
        "encounter",
        "claim",
        "charge",
        "denial",
        "patient",
    }
    assert set(found) == set(subjects)


def test_a_story_names_whoever_did_something_and_the_file_behind_it(
    lead: TestClient, claim: BilledClaim
) -> None:
    page = text_of(lead, f"/claims/{claim.claim_id}").split("Everything that happened")[1]
    assert "Line denied CO-50 $40.00" in page
    assert "Remittance: decided as first payer $90.00" in page
    assert "835 file · explained" in page
    assert "File arrived from the practice" in page
