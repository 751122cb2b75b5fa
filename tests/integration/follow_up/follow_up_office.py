"""What the tests of follow-up do with the invented practice."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.states.work_item import Queue
from models.tables import Claim, OutboundFile, StatusCheck, WorkItem
from revcycle.operations.follow_up.apply_statuses import AppliedStatuses, apply_statuses
from revcycle.operations.follow_up.ask_about_claims import AskedAboutClaims, ask_about_claims
from revcycle.operations.follow_up.policies import AskTerms, ClockPolicy
from revcycle.operations.follow_up.question_claims import (
    QuestionedClaims,
    question_silent_claims,
)
from revcycle.operations.submission.policies import WorkTerms
from revcycle.reference.clocks import standard_clocks
from revcycle.store.session import transaction
from tests.integration.submission.office import PARTNER, PRACTICE, Office

TERMS = WorkTerms(48, 4)
POLICY = ClockPolicy(standard_clocks(), {"acme": "CI"}, {}, ZoneInfo("America/New_York"))
WITHOUT_276 = replace(POLICY, ask_terms={"acme": AskTerms(answers_status=False)})
FORM = ClaimForm.PROFESSIONAL


def later(act: Act, days: int) -> Act:
    """The same person so many days on."""
    step = timedelta(days=days)
    return replace(act, at=act.at + step, today=act.today + step)


def question(office: Office, act: Act, policy: ClockPolicy = POLICY) -> QuestionedClaims:
    """Open questions about what is silent."""
    with transaction(office.url) as session:
        return question_silent_claims(session, act, policy=policy, terms=TERMS)


def ask(office: Office, act: Act) -> AskedAboutClaims:
    """Write the questions into files."""
    with transaction(office.url) as session:
        return ask_about_claims(
            session,
            act,
            practice=PRACTICE,
            envelopes={"exchange": replace(PARTNER.envelope, created_at=act.at)},
            terms=TERMS,
        )


def hear(office: Office, act: Act, content: bytes) -> AppliedStatuses:
    """Take a 277."""
    inbound_file_id = office.store(content)
    with transaction(office.url) as session:
        return apply_statuses(session, act, inbound_file_id, terms=TERMS)


def asked_file(office: Office) -> OutboundFile:
    """The latest 276."""
    return [file for file in office.all(OutboundFile) if file.kind == "276"][-1]


def follow_ups(office: Office) -> list[WorkItem]:
    """Open items of follow-up."""
    return office.open_items(Queue.FOLLOW_UP)


def claim_id(office: Office) -> UUID:
    """The one claim."""
    (claim,) = office.all(Claim)
    return claim.id


def verdicts(office: Office) -> list[str]:
    """What came of each question."""
    return [str(check.verdict or check.state) for check in office.all(StatusCheck)]
