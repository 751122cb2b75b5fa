"""Lists of the books as CSV, each export noted in the practice's trail first."""

from collections.abc import Iterable, Sequence

from fastapi.responses import StreamingResponse

from revcycle.formats.csv.lines import write_lines
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from workbench.pages.access import Visitor
from workbench.pages.practices import Practice, act_at


def send_csv(
    visitor: Visitor,
    practice: Practice,
    action: str,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> StreamingResponse:
    """Send rows as a file, and note who took it; spreadsheets compute nothing in it."""
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        record_act(session, practice.id, act, action, "ledger_entry", None)
    return StreamingResponse(
        write_lines(heads, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
