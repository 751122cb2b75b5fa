"""A PDF as an answer: to keep or to print, under a name that tells nothing of a patient."""

from fastapi.responses import Response


def pdf_answer(pdf: bytes, name: str) -> Response:
    """Give a PDF; ``name`` is made by us, of letters, digits and hyphens."""
    disposition = f'attachment; filename="{name}.pdf"'
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": disposition})
