"""Folders of notes with codes, in both forms, and what is wrong with them in words."""

from pathlib import Path

import pytest

from models.errors import NotFoundError, RejectedError
from workbench.commands.accepted_notes import read_accepted_notes


def test_codes_stand_beside_a_note_or_in_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cough.")
    (tmp_path / "a.codes").write_text("R05.9\nj18.9, R05.9")
    (tmp_path / "b.txt").write_text("Fever.")
    (tmp_path / "notes.tsv").write_text("b\tr50.9\nc\tI10\n")
    (tmp_path / "places.tsv").write_text("b\tDX\tr50.9\tfever\t0 5\n")
    found = read_accepted_notes(tmp_path)
    assert [one.codes for one in found] == [("R059", "J189"), ("R509",)]


def test_a_code_that_is_none_is_named_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cough.")
    (tmp_path / "a.codes").write_text("R05.9\nlooks fine")
    with pytest.raises(RejectedError, match=r"a\.codes, line 2"):
        read_accepted_notes(tmp_path)


def test_a_folder_without_codes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cough.")
    with pytest.raises(RejectedError, match="has codes"):
        read_accepted_notes(tmp_path)
    with pytest.raises(NotFoundError):
        read_accepted_notes(tmp_path / "nowhere")
