"""Whatever happens, in whatever legal order: the books hold, and agree with books kept on paper.

``make ledger-sweep`` runs the same machine ten thousand times.
"""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.ledger.refunds_machine import RefundsMachine

SHORT = settings(
    max_examples=12,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a sequence that fails is short enough to read
    suppress_health_check=list(HealthCheck),
)


def test_real_books_agree_with_plain_ones_after_every_step(database_url: str) -> None:
    machine = type("BooksMachineHere", (RefundsMachine,), {"database_url": database_url})
    run_state_machine_as_test(machine, settings=SHORT)
