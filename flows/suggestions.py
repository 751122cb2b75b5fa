"""What a practice's completed charts teach the suggestions of codes, learned anew every night."""

from datetime import date

from prefect import flow

from tasks.runs import finish_run, stage_run_name
from tasks.runtime import practice_day
from tasks.suggestions import make_code_book_task, train_suggestions_task


@flow(name="suggestions", flow_run_name=stage_run_name, persist_result=False, log_prints=False)
async def suggestions_flow(client_key: str, today: date | None = None) -> None:
    """Make the book of names where it is missing, and learn from the charts of the practice."""
    today = today or practice_day(client_key)
    make_code_book_task(client_key)
    train_suggestions_task(client_key, today)
    finish_run(client_key, "suggestions", today)
