"""The statement of the day's activity, for the practice."""

from datetime import date

from prefect import flow

from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day
from tasks.statements import queue_client_report_task, send_messages_task


@flow(name="client-report", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def client_report_flow(client_key: str, today: date | None = None) -> None:
    """Count the day, and mail it to the practice's recipients once."""
    today = today or practice_day(client_key)
    queue_client_report_task(client_key, today)
    await send_messages_task(client_key, today)
    finish_run(client_key, "client-report", today)
