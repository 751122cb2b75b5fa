"""The PDF of a letter: tagged, on letter paper, the same bytes twice, hostile text inert."""

import io
from dataclasses import replace

import pikepdf

from revcycle.formats.letters.appeal_wording import write_appeal
from revcycle.formats.pdf.letter import LetterDocument, render_letter
from tests.unit.formats.letters.letter_examples import DAY, FACTS, PRACTICE

DOCUMENT = LetterDocument(PRACTICE, DAY, "Commonweal Mutual", write_appeal("clinical", FACTS))


def test_a_letter_is_tagged_and_its_title_names_no_patient() -> None:
    with pikepdf.open(io.BytesIO(render_letter(DOCUMENT))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        title = str(pdf.docinfo["/Title"])
        assert title == "Letter to Commonweal Mutual from Lakeside Family Medicine"
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


def test_the_same_letter_has_the_same_bytes() -> None:
    assert render_letter(DOCUMENT) == render_letter(DOCUMENT)


def test_text_that_looks_like_a_template_is_only_text() -> None:
    hostile = '#panic("x") #import "@preview/x:1.0.0" $x$ *b* <a> \\ @ref `code`'
    pdf = render_letter(replace(DOCUMENT, text=f"{hostile}\n\nSubject: {hostile}"))
    assert pdf.startswith(b"%PDF-")


def test_a_long_letter_takes_more_pages() -> None:
    long = replace(DOCUMENT, text="\n\n".join(["A paragraph of a long letter. " * 20] * 20))
    with pikepdf.open(io.BytesIO(render_letter(long))) as pdf:
        assert len(pdf.pages) > 1
