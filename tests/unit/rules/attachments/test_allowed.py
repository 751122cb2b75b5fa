"""check_attachment and find_media_type."""

import pytest

from revcycle.rules.attachments.allowed import BYTES_MAX, check_attachment, find_media_type


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"%PDF-1.7 a letter", "application/pdf", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", "image/png", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0....", "image/jpeg", id="jpeg"),
        pytest.param(b"II*\x00....", "image/tiff", id="tiff-of-a-fax"),
        pytest.param(b"MM\x00*....", "image/tiff", id="tiff-of-another-fax"),
        pytest.param(b"Left knee, acute.\r\n", "text/plain", id="text"),
        pytest.param("naïve".encode(), "text/plain", id="text-beyond-ascii"),
        pytest.param("naïve".encode("latin-1"), "", id="text-of-another-encoding"),
        pytest.param(b"MZ\x90\x00", "", id="program"),
        pytest.param(b"PK\x03\x04\x00", "", id="archive"),
        pytest.param(b"words\x00words", "", id="text-with-a-nul"),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, expected: str) -> None:
    assert find_media_type(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b"%PDF-" + b"." * BYTES_MAX, "10 MB are allowed", id="too-big"),
        pytest.param(b"MZ\x90\x00", "PDF, PNG, JPEG, TIFF and plain text", id="program"),
    ],
)
def test_what_may_not_be_added_is_told_with_what_may(content: bytes, expected: str) -> None:
    (finding,) = check_attachment(content)
    assert expected in finding.message


def test_a_file_of_exactly_the_limit_may_be_added() -> None:
    assert check_attachment(b"%PDF-".ljust(BYTES_MAX, b".")) == ()
