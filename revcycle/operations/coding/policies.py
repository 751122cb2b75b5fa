"""The parts of a client file that rules of coding need, as plain values."""

from models.documents.client_config import ClientConfig
from models.documents.coding_policy import CodingPolicy
from revcycle.operations.coding.remind_practice import Reminder
from revcycle.rules.work.needs import NeedsPolicy
from revcycle.store.messages import MessageKind


def coding_policy(config: ClientConfig) -> CodingPolicy:
    """Read how grave findings are for a practice and its payers, and on which form it bills."""
    return CodingPolicy(
        weights=config.coding.severity,
        payer_weights=config.coding.payer_severity,
        form=config.practice.claim_form,
    )


def needs_policy(config: ClientConfig) -> NeedsPolicy:
    """Read what a practice asks of whoever codes its charts."""
    skills = config.coding.skills
    return NeedsPolicy(skills.specialties, skills.certification or "")


def reminders(config: ClientConfig) -> tuple[Reminder, ...]:
    """Read after how many days whom a mail reminds of questions that nobody answers."""
    section, office = config.coding.queries, config.practice.email
    wanted = (
        (MessageKind.QUERY_REMINDER, section.remind_days, office),
        (MessageKind.QUERY_ESCALATION, section.escalate_days, section.manager or office),
    )
    return tuple(Reminder(kind, days, to) for kind, days, to in wanted if days is not None)
