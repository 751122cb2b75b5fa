"""What a client file says about audits of coding."""

from dataclasses import replace
from decimal import Decimal

from models.documents.client_config import ClientConfig
from models.documents.coding_audit import AuditPolicy
from models.states.work_item import Queue

USUAL = AuditPolicy()


def audit_policy(config: ClientConfig | None) -> AuditPolicy:
    """Say how much is audited; the standard where there is no client file."""
    if config is None:
        return USUAL
    section, queues = config.coding.audit, config.queues
    policy = replace(
        USUAL,
        floor=Decimal(config.coding.accuracy_floor),
        random_cases=section.random_cases,
        risk_cases=section.risk_cases,
        new_coder_cases=section.new_coder_cases,
        window_days=section.window_days,
        time_zone=config.practice.time_zone,
    )
    if own := queues.get(Queue.CODING_AUDIT):
        policy = replace(policy, audit_hours=own.service_hours, audit_priority=own.priority)
    if own := queues.get(Queue.ADJUDICATION):
        policy = replace(policy, decision_hours=own.service_hours, decision_priority=own.priority)
    if own := queues.get(Queue.FOLLOW_UP):
        policy = replace(policy, correction_hours=own.service_hours)
    return policy
