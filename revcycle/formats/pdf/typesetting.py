"""Typst, as this product uses it: our templates, one font, facts as data, the same bytes twice."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

import font_source_sans_pro
import typst

from revcycle.formats.pdf.printable import to_printable

TEMPLATES: Final = Path(__file__).parents[3] / "templates"


def typeset(template: str, facts: Mapping[str, object], *, on: date) -> bytes:
    """Lay out a template with the facts it names, as an accessible PDF.

    The facts travel as JSON in ``sys.inputs``: what a patient or payer wrote is always data and
    never template source. No network and no font of the machine is used, and ``on`` is the date
    the PDF carries, so that the same facts give the same bytes.
    """
    compiler = typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=our_fonts(),
        sys_inputs={"facts": json.dumps(to_printable(facts))},
    )
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(on, time(), UTC),
    )
    assert isinstance(pdf, bytes), "one PDF comes back when no output file is named"  # noqa: S101
    return pdf


@cache
def our_fonts() -> typst.Fonts:
    """Load the font package once per process; the fonts of the machine are left out."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_source_sans_pro.font_directory],
    )
