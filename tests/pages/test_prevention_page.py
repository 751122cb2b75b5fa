"""Prevention: a seeded practice, what it proposes, who decides, and what the scrubber does then."""

from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.documents.learned_edit import EditSeverity
from models.documents.party import Organization
from models.documents.practice import PracticeFacts
from models.states.learned_edit import EditEvent, EditState
from models.states.transition import IllegalTransitionError
from models.tables import Claim, Encounter, LearnedEdit
from models.values.access import Role
from revcycle.operations.prevention.decide_edit import decide_edit
from revcycle.operations.prevention.propose_edits import ProposalCount, propose_edits
from revcycle.operations.submission.scrub_claims import judge_claims
from revcycle.rules.submission.scrub import ScrubPolicy
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import a_decision, a_remittance
from tests.pages.denial_office import KEY, DenialOffice, open_office
from tests.pages.doors import form_token_of, sign_in_by_form
from tests.people import join

PRACTICE = PracticeFacts(Organization("Lakeside"))
DENIED, ALARMS, AUTHORIZED = 4, 2, 3
HERE = f"/books/{KEY}/prevention"


@pytest.fixture
def office(database_url: str) -> DenialOffice:
    """A practice whose truth is known.

    One payer denies a service without an authorization four times, pays it twice without one, and
    three times with one.
    """
    office = open_office(database_url)
    for _ in range(DENIED):
        office.deny("CO", "197")
    for number in range(ALARMS + AUTHORIZED):
        claim = office.office.bill(15_000)
        office.office.post(a_remittance(a_decision(claim, (15_000, [])), trace=f"PAID{number}"))
        if number >= ALARMS:
            with transaction(database_url, office.client_id) as session:
                row = session.exec(
                    select(Encounter).where(Encounter.id == claim.encounter_id)
                ).one()
                row.prior_authorization = "AUTH1"
    return office


def propose(office: DenialOffice) -> ProposalCount:
    with transaction(office.url, office.client_id) as session:
        return propose_edits(session, office.office.act, practice=PRACTICE)


def the_edit(office: DenialOffice) -> LearnedEdit:
    with transaction(office.url, office.client_id) as session:
        return session.exec(select(LearnedEdit)).one()


@pytest.fixture
def edit_id(office: DenialOffice) -> UUID:
    """The edit that the practice's denials propose."""
    propose(office)
    return the_edit(office).id


def signed_in(visitor: TestClient, office: DenialOffice, role: Role) -> TestClient:
    sign_in_by_form(visitor, join(office.url, "mia", [role], [office.client_id]))
    return visitor


def decide(visitor: TestClient, edit_id: UUID, event: EditEvent, **typed: str) -> int:
    token = form_token_of(visitor.get(f"{HERE}/{edit_id}").text)
    fields = {"form_token": token, "event": str(event), **typed}
    answer = visitor.post(f"{HERE}/{edit_id}/decide", data=fields, follow_redirects=False)
    return answer.status_code


def test_denials_propose_an_edit_with_evidence_and_back_test_and_once(
    office: DenialOffice,
) -> None:
    assert propose(office) == ProposalCount(proposed=1, counted=0)
    edit = the_edit(office)
    assert (edit.kind, edit.procedure_code) == ("requires_authorization", "99213")
    assert (edit.denied_claims, edit.denied_amount.cents) == (DENIED, DENIED * 15_000)
    assert (edit.tested_claims, edit.hits, edit.false_alarms) == (9, DENIED, ALARMS)
    assert edit.state == EditState.PROPOSED
    assert propose(office) == ProposalCount(proposed=0, counted=1)
    assert the_edit(office).id == edit.id


def test_what_was_decided_is_not_counted_anew(office: DenialOffice, edit_id: UUID) -> None:
    with transaction(office.url, office.client_id) as session:
        decide_edit(session, office.office.act, edit_id, EditEvent.REJECT)
    office.deny("CO", "197")
    assert propose(office) == ProposalCount(proposed=0, counted=0)
    assert the_edit(office).denied_claims == DENIED


def test_an_edit_that_is_on_judges_claims_of_its_payer(office: DenialOffice, edit_id: UUID) -> None:
    act = office.office.act

    def found() -> set[tuple[str, str]]:
        with transaction(office.url, office.client_id) as session:
            rows = session.exec(select(Claim)).all()
            judged = judge_claims(session, act, rows, policy=ScrubPolicy(), practice=PRACTICE)
        return {
            (one.rule_id, str(one.severity))
            for findings in judged.values()
            for one in findings
            if one.rule_id.startswith("scrub.learned")
        }

    assert not found()
    with transaction(office.url, office.client_id) as session:
        decide_edit(session, act, edit_id, EditEvent.SWITCH_ON, severity=EditSeverity.ERROR)
    assert found() == {(f"scrub.learned.{edit_id}", "error")}
    with transaction(office.url, office.client_id) as session:
        decide_edit(session, act, edit_id, EditEvent.SWITCH_OFF)
    assert not found()


def test_an_edit_is_switched_on_once(office: DenialOffice, edit_id: UUID) -> None:
    with transaction(office.url, office.client_id) as session:
        decide_edit(session, office.office.act, edit_id, EditEvent.SWITCH_ON)
    with (
        pytest.raises(IllegalTransitionError),
        transaction(office.url, office.client_id) as session,
    ):
        decide_edit(session, office.office.act, edit_id, EditEvent.SWITCH_ON)


def test_a_practice_without_patterns_is_told_when_one_is_proposed(
    stranger: TestClient, office: DenialOffice
) -> None:
    page = signed_in(stranger, office, Role.MANAGER).get(HERE).text
    assert "Denials propose nothing yet" in page


def test_each_figure_leads_to_its_claims(
    stranger: TestClient, office: DenialOffice, edit_id: UUID
) -> None:
    mia = signed_in(stranger, office, Role.MANAGER)
    page = mia.get(HERE).text
    assert "99213 needs an authorization" in page
    assert "66 %" in page
    edit = mia.get(f"{HERE}/{edit_id}").text
    assert f"{DENIED} claims in all" in edit
    assert f'{HERE}/{edit_id}?list=tested"' in edit
    for name, count in (("denied", DENIED), ("hits", DENIED), ("false_alarms", ALARMS)):
        assert f"{HERE}/{edit_id}?list={name}" in page
        listed = mia.get(f"{HERE}/{edit_id}?list={name}").text
        assert listed.count(f"/practices/{KEY}/claims/") == count
    assert "No claim is in this list" in mia.get(f"{HERE}/{edit_id}?list=hits&page=2").text
    assert "Otto" not in page + listed
    assert office.trail("see_edit") == 5


def test_a_manager_switches_it_on_after_looking_and_off_again(
    stranger: TestClient, office: DenialOffice, edit_id: UUID
) -> None:
    mia = signed_in(stranger, office, Role.MANAGER)
    assert decide(mia, edit_id, EditEvent.SWITCH_ON, severity="error") == 422
    assert the_edit(office).state == EditState.PROPOSED
    assert decide(mia, edit_id, EditEvent.SWITCH_ON, severity="error", confirmed="yes") == 303
    edit = the_edit(office)
    assert (edit.state, edit.severity, edit.decided_by) == ("on", "error", "mia")
    assert "an error: claims are held" in mia.get(f"{HERE}/{edit_id}").text
    assert decide(mia, edit_id, EditEvent.SWITCH_ON, confirmed="yes") == 422
    assert decide(mia, edit_id, EditEvent.SWITCH_OFF) == 303
    assert the_edit(office).state == EditState.OFF
    assert office.trail("switch_on_edit") == office.trail("switch_off_edit") == 1


def test_a_team_lead_sees_proposals_and_decides_nothing(
    stranger: TestClient, office: DenialOffice, edit_id: UUID
) -> None:
    lea = signed_in(stranger, office, Role.TEAM_LEAD)
    page = lea.get(f"{HERE}/{edit_id}").text
    assert "Switch it on" not in page
    fields = {"form_token": form_token_of(page), "event": "reject"}
    assert lea.post(f"{HERE}/{edit_id}/decide", data=fields).status_code == 403
    assert the_edit(office).state == EditState.PROPOSED
