"""What every task needs: retries, masked failures, the practice, its day and its connections."""

import inspect
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from models.documents.act import Act
from models.documents.client_config import (
    BankSection,
    ClientConfig,
    ConnectionSection,
    IntakeSourceSection,
)
from models.errors import RevcycleError, UnavailableError
from models.states.file import InboundFileState
from models.states.stage import Stage
from revcycle.client_config import read_client_config
from revcycle.connectors import clock
from revcycle.connectors.factory import DropAddress, open_drop
from revcycle.connectors.failure_log import note_failure
from revcycle.connectors.file_drop import FileDrop
from revcycle.formats.x12.claims.writing_profile import CharacterSet, WriteProfile
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.segments import Delimiters
from revcycle.settings import settings
from revcycle.store import clients, inbound_files, stage_pauses
from revcycle.store.busy import is_busy
from revcycle.store.session import Transaction, reading, transaction

P = ParamSpec("P")
R = TypeVar("R")

CHUNK_SIZE = 500  # rows per transaction: a task run costs milliseconds, a claim must not
RETRY_DELAYS_SECONDS: list[float] = [5, 30, 120]


class StepFailedError(RevcycleError):
    """A task met a bug. The text is an id: the story is in our own log, not in Prefect's."""

    def __init__(self, kind: str, error_id: UUID) -> None:
        super().__init__(f"{kind} {error_id}")


def if_unavailable(_task: object, _run: object, state: Any) -> bool:
    """Tell Prefect to retry only what can get better by waiting."""
    failure = getattr(state.data, "result", state.data)
    return isinstance(failure, UnavailableError)


def step(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a retryable task of a function that returns ids and counts.

    Nothing is cached or persisted: a remembered answer of a database step is wrong, and Prefect
    must hold no data of patients. For the same reason an unexpected exception is replaced by its
    type and an id, because its text may quote a row.
    """

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        guarded = _guard_async(function) if inspect.iscoroutinefunction(function) else None
        return task(
            name=name,
            retries=len(RETRY_DELAYS_SECONDS),
            retry_delay_seconds=RETRY_DELAYS_SECONDS,
            retry_jitter_factor=0.2,
            retry_condition_fn=if_unavailable,
            cache_policy=NO_CACHE,
            persist_result=False,
            log_prints=False,
        )(cast("Callable[P, R]", guarded) if guarded else _guard(function))

    return decorate


def _guard(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except RevcycleError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place that masks bugs for Prefect
            raise _masked(error) from None

    return guarded


def _guard_async(function: Callable[P, R]) -> Callable[P, Awaitable[Any]]:
    @wraps(function)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return await cast("Awaitable[Any]", function(*args, **kwargs))
        except RevcycleError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place that masks bugs for Prefect
            raise _masked(error) from None

    return guarded


def _masked(error: Exception) -> RevcycleError:
    """Say that the database is busy or away, which waiting can mend; all else is a bug."""
    if is_busy(error):
        return UnavailableError("the database is busy or does not answer")
    return StepFailedError(type(error).__name__, note_failure("step_failed", error))


@cache
def config_of(client_key: str) -> ClientConfig:
    """Read the practice's client file, once per process."""
    return read_client_config(settings().client_configs / client_key)


@cache
def client_id_of(client_key: str) -> UUID:
    """Look the practice's id up, once per process."""
    with reading(settings().database) as session:
        return clients.get_client_id(session, client_key)


def act_of(client_key: str, stage: str, today: date) -> Act:
    """Say that a flow acts for a practice, now."""
    return Act(client_id_of(client_key), f"flow:{stage}", clock.now(), today)


def client_transaction(client_key: str) -> Transaction:
    """Open a transaction in which only this practice's rows can be seen."""
    return transaction(settings().database, client_id_of(client_key))


def client_reading(client_key: str) -> Transaction:
    """Look at this practice's rows; on SQLite no writer is waited for, and none waits."""
    return reading(settings().database, [client_id_of(client_key)])


def practice_day(client_key: str) -> date:
    """Today, in the practice's time zone."""
    return clock.today_in(config_of(client_key).zone())


def drop_of(section: ConnectionSection) -> FileDrop:
    """Make the file drop of a connection; ``REVCYCLE_SFTP_HOST`` may point it at the sandbox."""
    address = DropAddress(
        kind=section.kind,
        send_folder=_folder(section.kind, section.send_folder),
        collect_folder=_folder(section.kind, section.collect_folder),
        host=settings().sftp_host or section.host,
        port=settings().sftp_port or section.port,
        username=section.username,
        private_key=section.private_key,
        host_key=section.host_key,
    )
    return open_drop(address, os.environ)


def intake_drop_of(section: IntakeSourceSection) -> FileDrop:
    """Make the file drop of an intake source; we only collect from it."""
    folder = _folder(section.kind, section.folder)
    address = DropAddress(
        kind=section.kind,
        send_folder=folder,
        collect_folder=folder,
        host=section.host,
        port=section.port,
        username=section.username,
        private_key=section.private_key,
        host_key=section.host_key,
    )
    return open_drop(address, os.environ)


def bank_drop_of(section: BankSection) -> FileDrop | None:
    """Make the file drop of a bank's folder, from which we only collect.

    None where nobody leaves statements, or where the folder on this machine is not there.
    """
    if section.folder is None:
        return None
    folder = _folder(section.kind, section.folder)
    if section.kind == "directory" and not Path(folder).is_dir():
        return None
    address = DropAddress(
        kind=section.kind,
        send_folder=folder,
        collect_folder=folder,
        host=section.host,
        port=section.port,
        username=section.username,
        private_key=section.private_key,
        host_key=section.host_key,
    )
    return open_drop(address, os.environ)


def _folder(kind: str, folder: str) -> str:
    """Resolve a directory against REVCYCLE_HOME; a path on a server stays as it is."""
    return str(settings().home.resolve() / folder) if kind == "directory" else folder


def connection_keys(client_key: str) -> list[str]:
    """List the connections of a practice."""
    return [connection.key for connection in config_of(client_key).connections]


def intake_source_keys(client_key: str) -> list[str]:
    """List the drop folders of a practice."""
    return [source.key for source in config_of(client_key).intake]


def is_stage_on(client_key: str, stage: Stage) -> bool:
    """Tell whether a stage runs for a practice."""
    return config_of(client_key).is_on(stage)


def is_stage_paused(client_key: str, stage: Stage) -> bool:
    """Tell whether somebody has paused a stage of a practice."""
    with client_reading(client_key) as session:
        return stage_pauses.is_paused(session, client_id_of(client_key), stage)


def stages_of_cycle(client_key: str) -> list[Stage]:
    """List the stages of a scheduled cycle: all but statements with a schedule of their own."""
    has_own = config_of(client_key).schedules.statements is not None
    return [stage for stage in Stage if stage is not Stage.STATEMENTS or not has_own]


def reports_with_cycle(client_key: str) -> bool:
    """Tell whether the practice's report has no schedule of its own."""
    return config_of(client_key).schedules.client_report is None


def chunks(ids: Sequence[UUID]) -> list[list[UUID]]:
    """Cut ids into chunks of one transaction each."""
    return [list(ids[start : start + CHUNK_SIZE]) for start in range(0, len(ids), CHUNK_SIZE)]


def envelope_of(section: ConnectionSection) -> Envelope:
    """Say who sends to whom; the control number is set where the file is written."""
    return Envelope(
        sender_qualifier=section.sender_qualifier,
        sender_id=section.sender_id,
        receiver_qualifier=section.receiver_qualifier,
        receiver_id=section.receiver_id,
        control_number=0,
        created_at=clock.now(),
        usage=section.usage,
    )


def write_profile(section: ConnectionSection) -> WriteProfile:
    """Say with which signs and characters claims are written for a partner."""
    return WriteProfile(
        Delimiters(*section.delimiters),
        characters=CharacterSet(section.characters),
        upper_case=section.upper_case,
        line_breaks=section.line_breaks,
    )


def received_file_ids(client_key: str, kinds: Sequence[str]) -> list[UUID]:
    """List inbound files of these kinds that nothing was made of yet, oldest first."""
    with client_reading(client_key) as session:
        files = inbound_files.list_inbound_files(
            session, client_id_of(client_key), state=InboundFileState.RECEIVED, kinds=kinds
        )
    return [file.id for file in files]
