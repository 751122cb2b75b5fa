"""Contracts, step by step: price what leaves, compare what comes back."""

from datetime import date
from functools import cache
from uuid import UUID

from models.documents.contract import ContractBook
from revcycle.client_config.contracts import read_contracts
from revcycle.operations.contracts.compare_claims import compare_claims
from revcycle.operations.contracts.policies import ContractPolicy, contract_policy
from revcycle.operations.contracts.price_claims import price_claims
from revcycle.settings import settings
from revcycle.store import contracts
from tasks.runtime import (
    act_of,
    chunks,
    client_id_of,
    client_reading,
    client_transaction,
    config_of,
    step,
)

STAGE = "contracts"


@cache
def contracts_of(client_key: str) -> ContractBook:
    """Read the practice's contracts, once per process."""
    payers = [payer.key for payer in config_of(client_key).payers]
    folder = settings().client_configs / client_key
    return read_contracts(folder, payers, home=settings().home)


@step("list-unpriced-claims")
def list_unpriced_chunks_task(client_key: str) -> list[list[UUID]]:
    """List claims that left and were not priced since; none where no contract is kept."""
    if not contracts_of(client_key).terms:
        return []
    with client_reading(client_key) as session:
        return chunks(contracts.list_unpriced_claim_ids(session, client_id_of(client_key)))


@step("price-claims")
def price_claims_task(client_key: str, claim_ids: list[UUID], today: date) -> int:
    """Say what the lines of a chunk of claims should bring; return how many have an amount."""
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return price_claims(session, act, claim_ids, policy=_policy_of(client_key)).priced


@step("list-uncompared-claims")
def list_uncompared_chunks_task(client_key: str) -> list[list[UUID]]:
    """List decided claims that were not compared since; none where no contract is kept."""
    if not contracts_of(client_key).terms:
        return []
    with client_reading(client_key) as session:
        return chunks(contracts.list_uncompared_claim_ids(session, client_id_of(client_key)))


@step("compare-claims")
def compare_claims_task(client_key: str, claim_ids: list[UUID], today: date) -> int:
    """Hold what payers allowed of a chunk of claims against the contract; return new variances."""
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return compare_claims(session, act, claim_ids, policy=_policy_of(client_key)).opened


def _policy_of(client_key: str) -> ContractPolicy:
    return contract_policy(config_of(client_key), contracts_of(client_key))
