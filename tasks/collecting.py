"""Collect what waits in a folder: store the bytes first, then move the file aside."""

from collections.abc import Callable
from datetime import date

import structlog

from revcycle.connectors.file_drop import FileDrop
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.settings import settings
from revcycle.store.exclusive import exclusive
from tasks.runtime import act_of, client_transaction

log = structlog.get_logger()


async def collect_waiting(
    client_key: str,
    source_key: str,
    drop: FileDrop,
    kind_of: Callable[[bytes], str],
    *,
    stage: str,
    today: date,
    keep: Callable[[bytes], bytes] = bytes,
) -> int:
    """Store every complete file of a folder; return how many were new.

    A crash between storing and moving aside only means that the same bytes come again, and those
    are stored once. Links and strange names are reported, never skipped in silence. ``keep`` says
    what of the bytes may be kept: all of them, unless a number in them may stand nowhere.
    """
    new = 0
    with exclusive(settings().database, f"collect-{client_key}-{source_key}") as is_ours:
        if not is_ours:
            return 0  # another run is collecting from this folder
        async with drop:
            refused = await drop.count_refused()
            if refused:
                log.warning("names_refused", client=client_key, count=refused)
            for name in await drop.names():
                content = await drop.get(name)
                with client_transaction(client_key) as session:
                    stored = store_inbound_file(
                        session,
                        act_of(client_key, stage, today),
                        source=source_key,
                        kind=kind_of(content),
                        name=name,
                        content=keep(content),
                    )
                await drop.archive(name)
                new += stored.is_new
    return new
