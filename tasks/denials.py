"""Denials, step by step. What staff decide are operations that pages and commands call."""

from datetime import date

from revcycle.operations.denials.escalate_denials import escalate_denials
from revcycle.operations.denials.policies import plays_of, terms_of
from revcycle.operations.denials.rank_denials import rank_denials
from revcycle.operations.denials.verify_again import verify_denied_coverages
from revcycle.operations.patient_money.policies import refund_policy, small_balance_policies
from revcycle.operations.patient_money.write_off_small_balances import write_off_small_balances
from revcycle.operations.prevention.propose_edits import propose_edits
from revcycle.operations.refunds.identify_credits import identify_credits
from revcycle.operations.refunds.settle_acknowledged_refunds import settle_acknowledged_refunds
from revcycle.operations.submission.policies import practice_facts
from tasks.runtime import act_of, client_transaction, config_of, step

STAGE = "denials"


@step("verify-denied-coverages")
def verify_denied_coverages_task(client_key: str, today: date) -> int:
    """Ask payers again about coverages that denials say were not in force; return how many."""
    config = config_of(client_key)
    keys = [payer.key for payer in config.payers if payer.verifies]
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return verify_denied_coverages(session, act, verifying_payer_keys=keys)


@step("rank-denials")
def rank_denials_task(client_key: str, today: date) -> int:
    """Put open denials in order; return how many items changed their place."""
    config = config_of(client_key)
    terms = {payer.key: terms_of(payer) for payer in config.payers}
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return rank_denials(session, act, plays=plays_of(config), terms=terms).moved


@step("propose-edits")
def propose_edits_task(client_key: str, today: date) -> int:
    """Look for patterns in denials that an edit would prevent; return how many were not known."""
    practice = practice_facts(config_of(client_key))
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return propose_edits(session, act, practice=practice).proposed


@step("escalate-denials")
def escalate_denials_task(client_key: str, today: date) -> int:
    """Put open denials whose date comes close before the others; return how many moved."""
    with client_transaction(client_key) as session:
        return escalate_denials(session, act_of(client_key, STAGE, today))


@step("keep-credits")
def keep_credits_task(client_key: str, today: date) -> int:
    """Give small balances up, level refunds, start the clocks of credits; return how many stand."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        settle_acknowledged_refunds(session, act)
        write_off_small_balances(session, act, policies=small_balance_policies(config))
        return identify_credits(session, act, policy=refund_policy(config)).standing
