"""What the client file says about statements, as operations take it."""

from models.documents.client_config import ClientConfig
from models.documents.statement import StatementPolicy
from models.values.money import Money
from revcycle.operations.statements.release_statements import StatementSender


def statement_policy(config: ClientConfig) -> StatementPolicy:
    """Say who gets a statement and what it says."""
    section = config.statements
    return StatementPolicy(
        minimum=Money.parse(section.minimum),
        due_days=section.due_days,
        cycle_days=section.cycle_days,
        message=section.message,
        pay_url=section.pay_url,
    )


def statement_sender(config: ClientConfig, *, address: str) -> StatementSender:
    """Say who asks; ``address`` is the mailbox that statements leave from."""
    return StatementSender(
        practice=config.practice.to_document(),
        address=address,
        reply_to=config.statements.reply_to,
    )
