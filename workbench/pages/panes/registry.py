"""Which pane each queue has."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.states.work_item import Queue
from workbench.pages.panes.adjudication import build_adjudication
from workbench.pages.panes.appeal import build_appeal
from workbench.pages.panes.approval import build_approval
from workbench.pages.panes.bpo_inbox import build_bpo_inbox
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.claim_edit import build_claim
from workbench.pages.panes.coding import build_coding
from workbench.pages.panes.coding_audit import build_coding_audit
from workbench.pages.panes.credit_balance import build_credit_balance
from workbench.pages.panes.denial import build_denial
from workbench.pages.panes.deposit import build_deposit
from workbench.pages.panes.follow_up import build_follow_up
from workbench.pages.panes.intake import build_intake
from workbench.pages.panes.pane import PaneBuilder
from workbench.pages.panes.patient_match import build_patient_match
from workbench.pages.panes.posting import build_posting
from workbench.pages.panes.provider_query import build_provider_query
from workbench.pages.panes.statement_hold import build_statement_hold
from workbench.pages.panes.transport import build_transport
from workbench.pages.panes.unapplied import build_unapplied
from workbench.pages.panes.variance import build_variance
from workbench.pages.panes.verification import build_verification

PANE_OF_QUEUES: Final[Mapping[Queue, PaneBuilder]] = MappingProxyType(
    {
        Queue.BPO_INBOX: build_bpo_inbox,
        Queue.INTAKE: build_intake,
        Queue.PATIENT_MATCH: build_patient_match,
        Queue.VERIFICATION: build_verification,
        Queue.STATEMENT: build_statement_hold,
        Queue.CODING: build_coding,
        Queue.PROVIDER_QUERY: build_provider_query,
        Queue.CODING_AUDIT: build_coding_audit,
        Queue.ADJUDICATION: build_adjudication,
        Queue.POSTING: build_posting,
        Queue.UNAPPLIED: build_unapplied,
        Queue.DEPOSIT: build_deposit,
        Queue.SCRUB: build_claim,
        Queue.REJECTION: build_claim,
        Queue.DENIAL: build_denial,
        Queue.APPEAL: build_appeal,
        Queue.TRANSPORT: build_transport,
        Queue.FOLLOW_UP: build_follow_up,
        Queue.VARIANCE: build_variance,
        Queue.APPROVAL: build_approval,
        Queue.CREDIT_BALANCE: build_credit_balance,
    }
)


def pane_of(queue: Queue) -> PaneBuilder:
    """Find the pane of a queue; one of its own is not needed to finish work by hand."""
    return PANE_OF_QUEUES.get(queue, build_by_hand)
