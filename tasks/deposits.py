"""Deposits, step by step: what the bank leaves, and what stays open of it."""

from datetime import date
from uuid import UUID

from revcycle.formats.bank.reading import mask_accounts
from revcycle.operations.deposits.import_bank_file import BANK_FILE, ImportCount, import_bank_file
from revcycle.operations.deposits.note_bank_folder import note_bank_folder
from revcycle.operations.deposits.policies import deposit_policy, find_deposit_policy
from revcycle.operations.deposits.settle_deposits import SettledCount, settle_deposits
from tasks.collecting import collect_waiting
from tasks.runtime import (
    act_of,
    bank_drop_of,
    client_transaction,
    config_of,
    received_file_ids,
    step,
)

STAGE = "posting"
SOURCE = "bank"


@step("collect-bank-files")
async def collect_bank_files_task(client_key: str, today: date) -> int:
    """Store the statements that the bank left, account numbers masked; return how many are new."""
    config = config_of(client_key)
    if config.bank is None or config.bank.folder is None:
        return 0
    drop = bank_drop_of(config.bank)
    with client_transaction(client_key) as session:
        note_bank_folder(session, act_of(client_key, STAGE, today), is_there=drop is not None)
    if drop is None:
        return 0
    form = deposit_policy(config).form
    return await collect_waiting(
        client_key,
        SOURCE,
        drop,
        lambda _: BANK_FILE,
        stage=STAGE,
        today=today,
        keep=lambda content: mask_accounts(content, form),
    )


@step("list-bank-files")
def list_bank_files_task(client_key: str) -> list[UUID]:
    """List statements that nothing was made of yet."""
    return received_file_ids(client_key, [BANK_FILE])


@step("import-bank-file")
def import_bank_file_task(client_key: str, inbound_file_id: UUID, today: date) -> ImportCount:
    """Take a statement in, or refuse it as a whole with the reason."""
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        policy = deposit_policy(config_of(client_key))
        return import_bank_file(session, act, inbound_file_id, policy)


@step("settle-deposits")
def settle_deposits_task(client_key: str, today: date) -> SettledCount | None:
    """Match what is sure and ask about the rest; nothing where nobody watches the account."""
    policy = find_deposit_policy(config_of(client_key))
    if policy is None:
        return None
    with client_transaction(client_key) as session:
        return settle_deposits(session, act_of(client_key, STAGE, today), policy)
