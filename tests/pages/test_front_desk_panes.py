"""Patient matches and misrouted files: decided by people, once, with the consequences said."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.tables import AuditEvent, Encounter, InboundFile, Patient, RemittanceClaimRow
from models.values.access import Role
from models.values.money import Money
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.t835 import write_remittances
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import post_remittance_file
from revcycle.store.session import transaction
from tests.integration.intake_records import WREN, a_record
from tests.integration.posting.billing_office import BilledClaim, a_decision, a_remittance
from tests.pages.front_desk_office import (
    act_of,
    add_office,
    fill,
    hire,
    items_of,
    receive,
    replaced,
    take,
)

KEY, OTHER_KEY = "lakeside_family", "summit_cardiology"
OTHER_NPI, OTHER_TIN = "1999900206", "840000202"
MARRIED = replace(WREN, last_name="Wrenfield-Mossbank", phone="6075550199")
PAYEE = RemittancePolicy(frozenset({"1999900107"}), "830000101")


@pytest.fixture
def lakeside(database_url: str) -> UUID:
    return add_office(database_url)


class TestPatientMatches:
    @pytest.fixture
    def vera(self, stranger: TestClient, database_url: str, lakeside: UUID) -> TestClient:
        """A verifier, at a practice where a patient came back under another last name."""
        again = replaced(
            a_record(2), source_key="V-2", patient=MARRIED, identifiers=(("other", "7"),)
        )
        receive(database_url, lakeside, [a_record(1), again])
        return hire(stranger, database_url, [lakeside], Role.VERIFIER, Queue.PATIENT_MATCH)

    def take(self, vera: TestClient, url: str, lakeside: UUID) -> str:
        (item,) = items_of(url, lakeside, Queue.PATIENT_MATCH)
        return take(vera, KEY, item)

    def visits(self, url: str, lakeside: UUID) -> list[tuple[UUID | None, str]]:
        with transaction(url, lakeside) as session:
            return list(session.exec(select(Encounter.patient_id, Encounter.state)).all())

    def test_two_records_stand_side_by_side_with_what_each_has(
        self, vera: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        page = vera.get(self.take(vera, database_url, lakeside)).text
        assert "Wrenfield-Mossbank" in page
        assert re.search(r"[789][0-9] % alike", page)
        for chip in ("same", "differs"):
            assert f">{chip}</span>" in page
        assert "This cannot be undone." in page
        assert "Blue Heron Health Plan BHH0012340" in page

    def test_the_same_person_gets_all_visits(
        self, vera: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        address = self.take(vera, database_url, lakeside)
        data = fill(vera, address, then="list")
        data["same_as"] = re.findall(r'name="same_as" value="([^"]+)"', vera.get(address).text)[0]
        codes = [
            vera.post(f"{address}/same", data=data, follow_redirects=False).status_code
            for _ in range(2)
        ]
        assert codes == [303, 409]
        visits = self.visits(database_url, lakeside)
        assert len({patient_id for patient_id, _ in visits}) == 1
        assert {state for _, state in visits} == {EncounterState.REGISTERED}

    def test_two_people_stay_two(self, vera: TestClient, database_url: str, lakeside: UUID) -> None:
        address = self.take(vera, database_url, lakeside)
        vera.post(f"{address}/apart", data=fill(vera, address, then="list"))
        visits = self.visits(database_url, lakeside)
        assert len({patient_id for patient_id, _ in visits}) == 2
        assert {state for _, state in visits} == {EncounterState.REGISTERED}

    def test_nobody_joins_what_was_not_compared(
        self, vera: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        address = self.take(vera, database_url, lakeside)
        (encounter,) = [one for one in self.visits(database_url, lakeside) if one[1] == "needs_fix"]
        wrong = fill(vera, address, same_as=str(encounter[0]))
        assert vera.post(f"{address}/same", data=wrong).status_code == 422
        stale = fill(vera, address)
        with transaction(database_url, lakeside) as session:
            for patient in session.exec(select(Patient)):
                patient.birth_date = date(1981, 5, 17)
        answer = vera.post(f"{address}/apart", data=stale)
        assert answer.status_code == 409
        assert "changed since you compared them" in answer.text


class TestMisroutedFiles:
    @pytest.fixture
    def summit(self, database_url: str) -> UUID:
        return add_office(database_url, OTHER_KEY)

    def misroute(self, url: str, client_id: UUID, npi: str, tin: str) -> None:
        """Let a payment to somebody else reach a practice."""
        nobody = client_id
        claim = BilledClaim(nobody, nobody, nobody, "C-1", (nobody,), (Money(15_000),))
        decision = a_decision(claim, (15_000, ()))
        envelope = Envelope(
            "ZZ", "SANDBOXCH", "ZZ", "DEMO01", 1, datetime(2026, 11, 18, tzinfo=UTC)
        )
        content = write_remittances([a_remittance(decision, npi=npi, tin=tin)], envelope)
        act = act_of(client_id)
        with transaction(url, client_id) as session:
            file = store_inbound_file(
                session, act, source="sandbox", kind="835", name="r.835", content=content
            )
            post_remittance_file(session, act, file.id, policy=PAYEE)

    def lead(self, stranger: TestClient, url: str, *practices: UUID) -> TestClient:
        return hire(stranger, url, practices, Role.TEAM_LEAD, Queue.BPO_INBOX)

    def files(self, url: str, client_id: UUID) -> list[str]:
        with transaction(url, client_id) as session:
            rows = select(InboundFile.state).where(InboundFile.client_id == client_id)
            return [str(state) for state in session.exec(rows)]

    def test_a_file_goes_to_the_practice_its_payee_is(
        self, stranger: TestClient, database_url: str, lakeside: UUID, summit: UUID
    ) -> None:
        self.misroute(database_url, lakeside, OTHER_NPI, OTHER_TIN)
        lead = self.lead(stranger, database_url, lakeside, summit)
        (item,) = items_of(database_url, lakeside, Queue.BPO_INBOX)
        address = take(lead, KEY, item)
        page = lead.get(address).text
        assert OTHER_NPI in page
        assert "It fits Summit Cardiology" in page
        assert "Marmalade" not in page
        data = fill(lead, address, to=OTHER_KEY, then="list")
        codes = [
            lead.post(f"{address}/hand-on", data=data, follow_redirects=False).status_code
            for _ in range(2)
        ]
        assert codes == [303, 409]
        assert self.files(database_url, lakeside) == ["quarantined"]
        assert self.files(database_url, summit) == ["received"]
        with transaction(database_url) as session:
            assert not session.exec(select(RemittanceClaimRow)).all()
            acted = set(session.exec(select(AuditEvent.client_id, AuditEvent.action)).all())
        assert {(lakeside, "hand_file_on"), (summit, "take_file_over")} <= acted

    def test_a_practice_somebody_does_not_see_is_not_named(
        self, stranger: TestClient, database_url: str, lakeside: UUID, summit: UUID
    ) -> None:
        self.misroute(database_url, lakeside, OTHER_NPI, OTHER_TIN)
        lead = self.lead(stranger, database_url, lakeside)
        (item,) = items_of(database_url, lakeside, Queue.BPO_INBOX)
        address = take(lead, KEY, item)
        page = lead.get(address).text
        assert "Summit" not in page
        assert "fits none of the other practices that you see" in page
        answer = lead.post(f"{address}/hand-on", data=fill(lead, address, to=OTHER_KEY))
        assert answer.status_code == 404
        assert self.files(database_url, summit) == []

    def test_a_file_is_not_handed_to_a_practice_it_does_not_name(
        self, stranger: TestClient, database_url: str, lakeside: UUID, summit: UUID
    ) -> None:
        self.misroute(database_url, lakeside, "1999900016", "990009999")
        lead = self.lead(stranger, database_url, lakeside, summit)
        (item,) = items_of(database_url, lakeside, Queue.BPO_INBOX)
        address = take(lead, KEY, item)
        answer = lead.post(f"{address}/hand-on", data=fill(lead, address, to=OTHER_KEY))
        assert answer.status_code == 422
        empty = lead.post(f"{address}/return", data=fill(lead, address, note=" "))
        assert "say who was told" in empty.text
        lead.post(f"{address}/return", data=fill(lead, address, note="Told the exchange"))
        assert items_of(database_url, lakeside, Queue.BPO_INBOX) == []
        assert self.files(database_url, summit) == []

    def test_a_poster_does_not_see_the_inbox(
        self, stranger: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        self.misroute(database_url, lakeside, OTHER_NPI, OTHER_TIN)
        poster = hire(stranger, database_url, [lakeside], Role.POSTER, Queue.POSTING)
        (item,) = items_of(database_url, lakeside, Queue.BPO_INBOX)
        assert poster.get(f"/queues/bpo_inbox/{KEY}/{item.id}").status_code == 403
