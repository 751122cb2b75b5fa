"""Clocks, questions and their lists, on SQLite and PostgreSQL alike."""

from dataclasses import replace
from datetime import timedelta

from models.documents.act import Act
from models.documents.clock import ClockKind
from models.tables import Client
from revcycle.operations.follow_up.keep_clocks import keep_clocks
from revcycle.operations.follow_up.policies import AskTerms
from revcycle.operations.follow_up.question_claims import question_claim, question_silent_claims
from revcycle.store import clocks, filing_proofs, status_checks
from revcycle.store.clocks import ClockChoice
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.follow_up.follow_up_office import POLICY, TERMS
from tests.integration.posting.billing_office import BillingOffice, a_decision, a_remittance

FILE_RECEIPT = replace(POLICY, ask_terms={"payer_1": AskTerms(takes_file_receipt=True)})


def test_what_runs_is_kept_and_listed(either_database_url: str) -> None:
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(either_database_url) as session:
        session.add(client)
    act = Act(client.id, "tester", NOON, TODAY)
    office = BillingOffice(either_database_url, act)
    waiting = office.bill(15_000)
    office.post(a_remittance(a_decision(office.bill(9_000), (0, [("CO", "16", 9_000)]))))
    with transaction(either_database_url, client.id) as session:
        kept = keep_clocks(session, act, policy=FILE_RECEIPT, terms=TERMS)
        assert keep_clocks(session, act, policy=FILE_RECEIPT, terms=TERMS).started == 0
        assert question_silent_claims(session, act, policy=POLICY, terms=TERMS).questions == 0
        question_claim(session, act, waiting.claim_id)
        session.flush()
        assert status_checks.claims_under_question(session, client.id, [waiting.claim_id])
        assert filing_proofs.get_filed_claim(session, client.id, waiting.claim_id).service_from
    choice = ClockChoice(frozenset({ClockKind.APPEAL, ClockKind.CORRECTED_CLAIM}))
    with transaction(either_database_url, client.id) as session:
        found = clocks.list_running_clocks(session, [client.id], choice, limit=1)
        after = replace(choice, after=(found[0].ends_on, found[0].id))
        rest = clocks.list_running_clocks(session, [client.id], after, limit=9)
        far = TODAY + timedelta(days=4000)
        counts = clocks.count_running_clocks(session, [client.id], choice, today=far)
    assert kept.started >= 2
    assert {one.kind for one in (*found, *rest)} == choice.kinds
    assert counts == dict.fromkeys(choice.kinds, (1, 1, 1))
