"""tell_claim_story, and what a record belongs to."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.documents.act import Act
from models.documents.records import StoryEvent
from models.tables import Acknowledgement, Denial, InboundFile, OutboundFile, RemittanceClaimRow
from models.values.identifiers import new_id
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.store.audit import record_act
from revcycle.store.claim_story import tell_claim_story
from revcycle.store.session import engine_for, transaction
from revcycle.store.subject_chain import NOTHING, STATEMENT_OF_KINDS, find_chain
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

DECISION = ((9_000, [("CO", "45", 4_000), ("PR", "3", 2_000)]), (0, [("CO", "50", 4_000)]))


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


def story_of(office: BillingOffice, claim: BilledClaim) -> list[StoryEvent]:
    """Tell the story of a claim."""
    with transaction(office.database_url, office.act.client_id) as session:
        return tell_claim_story(session, office.act.client_id, claim.claim_id)


def told(story: list[StoryEvent]) -> set[tuple[str, str]]:
    """Name what a story tells."""
    return {(one.noun, one.event) for one in story}


def test_a_story_goes_from_the_practices_file_to_the_denial(
    office: BillingOffice, claim: BilledClaim
) -> None:
    story = story_of(office, claim)
    assert told(story) >= {
        ("inbound_file", "arrive"),
        ("remittance", "decide"),
        ("claim", "deny"),
        ("denial", "create"),
        ("work_item", "open"),
    }
    assert [one.at for one in story] == sorted((one.at for one in story), reverse=True)


def test_what_came_from_outside_is_told_before_what_followed_in_the_same_instant(
    office: BillingOffice, claim: BilledClaim
) -> None:
    nouns = [one.noun for one in reversed(story_of(office, claim))]
    assert nouns.index("remittance") < nouns.index("claim") < nouns.index("denial")


def test_a_reversal_stands_beside_the_decision_that_it_takes_back(
    office: BillingOffice, claim: BilledClaim
) -> None:
    back = reversed_decision(a_decision(claim, *DECISION))
    office.post(a_remittance(back, trace="EFT2", plb=[("WO", "X", -9_000)]))
    assert told(story_of(office, claim)) >= {
        ("remittance", "decide"),
        ("remittance", "reverse"),
        ("claim", "reverse"),
        ("denial", "reverse"),
    }


def test_an_answer_about_a_whole_file_is_told_of_each_claim_in_it(
    office: BillingOffice, claim: BilledClaim
) -> None:
    client_id = office.act.client_id
    later = office.act.at + timedelta(hours=1)
    answer = InboundFile(
        client_id=client_id, source="sandbox", kind="999", name="a", sha256="a", content=b"",
        received_at=later,
    )  # fmt: skip
    other = office.bill(1_000)
    with transaction(office.database_url, client_id) as session:
        sent = session.exec(
            select(OutboundFile).where(OutboundFile.name == f"{claim.claim_id}.837")
        ).one()
        session.add_all(
            [
                answer,
                Acknowledgement(
                    client_id=client_id, inbound_file_id=answer.id, ordinal=1, kind="999",
                    is_accepted=True, code="A", outbound_file_id=sent.id,
                ),
            ]
        )  # fmt: skip
    (first, *_) = story_of(office, claim)
    assert (first.noun, first.event, first.state, first.at) == (
        "acknowledgement",
        "accept",
        "999",
        later,
    )
    assert first.file
    assert first.file.id == answer.id
    assert ("acknowledgement", "accept") not in told(story_of(office, other))


def test_who_looked_is_not_part_of_the_story_and_an_act_is_told_once(
    office: BillingOffice, claim: BilledClaim
) -> None:
    client_id, act = office.act.client_id, office.act
    with transaction(office.database_url, client_id) as session:
        record_act(session, client_id, act, "see_claim", "claim", claim.claim_id)
        record_act(session, client_id, act, "export_file", "claim", claim.claim_id)
        denial_id = session.exec(select(Denial.id)).one()
        request_write_off(session, act, denial_id, reason="too_small")
    story = story_of(office, claim)
    assert not any(one.event.startswith(("see_", "export_")) for one in story)
    assert [one.noun for one in story if one.event == "request_write_off"] == ["denial"]


def test_a_long_story_costs_no_more_queries_than_a_short_one(office: BillingOffice) -> None:
    claim = office.bill(15_000, 4_000)
    short = count_queries(office, claim)
    for number in range(1, 4):
        decision = a_decision(claim, *DECISION)
        office.post(a_remittance(decision, trace=f"EFT{number}"))
        office.post(
            a_remittance(
                reversed_decision(decision), trace=f"BACK{number}", plb=[("WO", "X", -9_000)]
            )
        )
    assert len(story_of(office, claim)) > 20
    assert count_queries(office, claim) <= short


def count_queries(office: BillingOffice, claim: BilledClaim) -> int:
    """Count the statements that telling a story takes."""
    statements: list[str] = []
    engine = engine_for(office.database_url)

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        story_of(office, claim)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_every_kind_of_record_leads_to_its_patient(
    office: BillingOffice, claim: BilledClaim
) -> None:
    client_id = office.act.client_id
    with transaction(office.database_url, client_id) as session:
        ids = {
            "encounter": claim.encounter_id,
            "patient": claim.patient_id,
            "charge": claim.charge_ids[0],
            "claim": claim.claim_id,
            "denial": session.exec(select(Denial.id)).one(),
            "remittance_claim": session.exec(select(RemittanceClaimRow.id)).one(),
        }
        chains = {kind: find_chain(session, client_id, kind, one) for kind, one in ids.items()}
    assert {chain.patient_id for chain in chains.values()} == {claim.patient_id}
    assert chains["denial"].claim_id == chains["remittance_claim"].claim_id == claim.claim_id


@pytest.mark.parametrize("kind", [*STATEMENT_OF_KINDS, "unheard_of"])
def test_a_record_that_is_gone_or_another_practices_belongs_to_nothing(
    database_url: str, client_id: UUID, kind: str
) -> None:
    with transaction(database_url, client_id) as session:
        assert find_chain(session, client_id, kind, new_id()) == NOTHING
