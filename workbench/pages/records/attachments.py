"""Files that people added to records, to be saved."""

from fastapi.responses import Response

from models.errors import NotFoundError
from models.values.access import FieldKind, FieldView
from revcycle.store import attachments, audit
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, NoRightError, person_of
from workbench.pages.practices import act_at, practice_of
from workbench.pages.records.downloads import attachment
from workbench.pages.records.record_page import RecordId, record_router

router = record_router()
ENDING_OF_TYPES = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/tiff": "tif",
    "text/plain": "txt",
}


@router.get("/attachments/{attachment_id}/download")
def save_attachment(visitor: CurrentVisitor, client: str, attachment_id: RecordId) -> Response:
    """Let the browser save a file; whoever does not see notes does not see what comes with them.

    Raises:
        NoRightError: the person does not see notes in full.
        NotFoundError: this practice has no such file.
    """
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        row = attachments.get_attachment(session, practice.id, attachment_id)
        if row is None:
            msg = f"no attachment {attachment_id}"
            raise NotFoundError(msg)
        if person_of(visitor).access.view_of(FieldKind.NOTE) is not FieldView.SHOWN:
            raise NoRightError
        audit.record_act(
            session, practice.id, act, "export_attachment", "attachment", attachment_id
        )
        content, ending = row.content, ENDING_OF_TYPES.get(row.media_type, "bin")
    return attachment(content, f"attachment-{attachment_id}.{ending}")
