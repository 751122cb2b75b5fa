"""Files to and from a partner: the network between two transactions, never inside one."""

from collections.abc import Callable
from datetime import date

from models.errors import RejectedError
from revcycle.connectors.file_drop import FileDrop
from revcycle.operations.files.doubt_outbound_files import PartnerLook, doubt_outbound_files
from revcycle.operations.files.file_kind import file_kind
from revcycle.operations.files.report_outbound_file import record_outbound_sent
from revcycle.operations.files.take_outbound_file import take_outbound_file
from revcycle.settings import settings
from revcycle.store import outbound_files
from revcycle.store.exclusive import exclusive
from revcycle.store.outbound_files import OutboundFileFacts
from tasks.collecting import collect_waiting
from tasks.runtime import (
    act_of,
    client_id_of,
    client_reading,
    client_transaction,
    config_of,
    drop_of,
    step,
)

STAGE = "transport"


@step("send-outbound-files")
async def send_outbound_files_task(client_key: str, connection_key: str, today: date) -> int:
    """Send everything that is ready; return how many files the partner now holds.

    First the files of a sender that never reported are looked up at the partner, so that after a
    crash nothing is sent twice and nothing is forgotten.
    """
    with exclusive(settings().database, f"send-{client_key}-{connection_key}") as is_ours:
        if not is_ours or not _has_files(client_key, connection_key):
            return 0  # another sender is at work and takes them all, or there are none
        async with drop_of(config_of(client_key).connection(connection_key)) as drop:
            await _settle_doubt(client_key, connection_key, drop, today)
            return await _send_ready(client_key, connection_key, drop, today)


def _has_files(client_key: str, connection_key: str) -> bool:
    return bool(
        _files(client_key, connection_key, outbound_files.list_sending_files)
        or _files(client_key, connection_key, outbound_files.list_ready_files)
    )


def _files(
    client_key: str, connection_key: str, query: Callable[..., list[OutboundFileFacts]]
) -> list[OutboundFileFacts]:
    with client_reading(client_key) as session:
        return query(session, client_id_of(client_key), connection_key=connection_key)


async def _settle_doubt(client_key: str, connection_key: str, drop: FileDrop, today: date) -> None:
    looks = []
    for file in _files(client_key, connection_key, outbound_files.list_sending_files):
        found = await drop.find(file.name)
        looks.append(PartnerLook(file.id, found.sha256 if found else None))
    policy = config_of(client_key).connection(connection_key).resend_policy
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        doubt_outbound_files(session, act, looks, resend_policy=policy)


async def _send_ready(client_key: str, connection_key: str, drop: FileDrop, today: date) -> int:
    """Send file by file; one that the partner refuses stops no other and fails the task at last.

    What was refused stays marked as being sent: the next run looks at the partner and decides by
    the resend policy. A wrong permission must not reject the claims inside.
    """
    sent = 0
    refusal: RejectedError | None = None
    for file in _files(client_key, connection_key, outbound_files.list_ready_files):
        with client_transaction(client_key) as session:
            taken = take_outbound_file(session, act_of(client_key, STAGE, today), file.id)
        try:
            await drop.put(taken.name, taken.content)
        except RejectedError as error:
            refusal = error
            continue
        with client_transaction(client_key) as session:
            record_outbound_sent(session, act_of(client_key, STAGE, today), file.id)
        sent += 1
    if refusal is not None:
        raise refusal
    return sent


@step("collect-partner-files")
async def collect_partner_files_task(client_key: str, connection_key: str, today: date) -> int:
    """Store what the partner left; return how many files were new."""
    drop = drop_of(config_of(client_key).connection(connection_key))
    return await collect_waiting(
        client_key, connection_key, drop, file_kind, stage=STAGE, today=today
    )
