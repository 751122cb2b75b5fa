"""Intake, step by step."""

from datetime import date
from uuid import UUID

from models.documents.client_config import ClientConfig
from models.errors import RejectedError
from models.states.work_item import Queue
from revcycle.operations.intake.finish_intake_file import (
    finish_intake_file,
    quarantine_intake_file,
)
from revcycle.operations.intake.intake_kind import CSV, FHIR, HL7V2, intake_kind
from revcycle.operations.intake.known_payers import known_payers
from revcycle.operations.intake.read_records import read_records
from revcycle.operations.intake.record_encounters import (
    IntakeCount,
    IntakePolicy,
    record_encounters,
)
from revcycle.store.inbound_files import get_inbound_file
from tasks.collecting import collect_waiting
from tasks.runtime import (
    CHUNK_SIZE,
    act_of,
    client_id_of,
    client_transaction,
    config_of,
    intake_drop_of,
    received_file_ids,
    step,
)

STAGE = "intake"
DEFAULT_SERVICE_HOURS = 24


@step("collect-intake-files")
async def collect_intake_files_task(client_key: str, source_key: str, today: date) -> int:
    """Store what the practice dropped; return how many files were new."""
    section = next(one for one in config_of(client_key).intake if one.key == source_key)
    drop = intake_drop_of(section)
    return await collect_waiting(
        client_key, source_key, drop, intake_kind, stage=STAGE, today=today
    )


@step("list-received-files")
def list_received_files_task(client_key: str) -> list[UUID]:
    """List intake files that nothing was made of yet."""
    return received_file_ids(client_key, [FHIR, HL7V2, CSV])


@step("record-encounters")
def record_encounters_task(client_key: str, inbound_file_id: UUID, today: date) -> IntakeCount:
    """Give every record of a file its outcome, a chunk per transaction."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        file = get_inbound_file(session, client_id_of(client_key), inbound_file_id)
    try:
        records = read_records(config, file.kind, file.source, file.content)
    except RejectedError as error:
        with client_transaction(client_key) as session:
            act = act_of(client_key, STAGE, today)
            quarantine_intake_file(
                session, act, inbound_file_id, reason="intake.unreadable", detail=str(error)
            )
        return IntakeCount()
    count = IntakeCount()
    for start in range(0, len(records), CHUNK_SIZE):
        with client_transaction(client_key) as session:
            count += record_encounters(
                session,
                act_of(client_key, STAGE, today),
                inbound_file_id,
                records[start : start + CHUNK_SIZE],
                policy=_policy(config),
            )
    with client_transaction(client_key) as session:
        finish_intake_file(session, act_of(client_key, STAGE, today), inbound_file_id)
    return count


def _policy(config: ClientConfig) -> IntakePolicy:
    queue = config.queues.get(Queue.INTAKE)
    return IntakePolicy(
        payers=known_payers(config),
        place_of_service=config.practice.place_of_service,
        service_hours=queue.service_hours if queue else DEFAULT_SERVICE_HOURS,
    )
