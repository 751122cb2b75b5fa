"""Files of reference data in zips and folders."""

import zipfile
from pathlib import Path

import pytest

from models.errors import NotFoundError, RejectedError
from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from tests.cms_files import PTP_HEADING, a_pair, mue_text, ptp_text, workbook

PAIRS = ReferenceKind.PTP_PRACTITIONER
NAME = "ccipra-v322r0-f1"


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def codes_of(*paths: Path) -> list[object]:
    edition, _ = read_edition(PAIRS, READERS[PAIRS], paths)
    return [row[0] for row in edition.rows]


def test_a_zip_is_read_in_place_and_its_text_before_its_workbook(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "readme.pdf": b"%PDF",
        f"folder/{NAME}.TXT": ptp_text(a_pair("A0001")),
        f"folder/{NAME}.xlsx": workbook([*PTP_HEADING, a_pair("A0009")]),
    }
    assert codes_of(zipped(tmp_path / "f1.zip", members)) == ["A0001"]


def test_a_folder_of_zips_and_files_is_one_edition_in_the_order_of_its_parts(
    tmp_path: Path,
) -> None:
    zipped(tmp_path / "b.zip", {f"{NAME}.txt": ptp_text(a_pair("A0001"))})
    zipped(tmp_path / "a.zip", {"ccipra-v322r0-f2.txt": ptp_text(a_pair("A0002"))})
    (tmp_path / "ccipra-v322r0-f3.txt").write_text(ptp_text(a_pair("A0003")))
    (tmp_path / "notes.txt").write_text("of somebody else")
    assert codes_of(tmp_path) == ["A0001", "A0002", "A0003"]


def test_the_same_bytes_are_the_same_edition_in_a_zip_and_without(tmp_path: Path) -> None:
    plain = tmp_path / f"{NAME}.txt"
    plain.write_text(ptp_text(a_pair()), newline="")
    packed = zipped(tmp_path / "packed.zip", {plain.name: plain.read_bytes()})
    one, another = (read_edition(PAIRS, READERS[PAIRS], [path])[0] for path in (plain, packed))
    assert one.sha256 == another.sha256
    assert another.file_name == f"packed.zip:{plain.name}"


def test_a_complaint_names_the_member_of_the_zip(tmp_path: Path) -> None:
    wrong = zipped(tmp_path / "f1.zip", {f"{NAME}.txt": ptp_text(a_pair(indicator="x"))})
    with pytest.raises(RejectedError, match=rf"f1\.zip:{NAME}\.txt, line 7, Modifier"):
        codes_of(wrong)


def test_a_zip_that_would_fill_the_disk_is_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "f1.zip", {f"{NAME}.txt": b"0" * 30_000_000})
    with pytest.raises(RejectedError, match="grows more than 200 times"):
        codes_of(bomb)


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path) -> None:
    crowd = zipped(tmp_path / "f1.zip", {f"{number}.txt": "" for number in range(201)})
    with pytest.raises(RejectedError, match="more than 200 files"):
        codes_of(crowd)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "f1.zip", {f"{NAME}.txt": ptp_text(*[a_pair()] * 2_000)})
    content = bytearray(path.read_bytes())
    content[100:110] = b"\0" * 10
    path.write_bytes(content)
    with pytest.raises(RejectedError, match="damaged"):
        codes_of(path)
    path.write_bytes(b"no zip at all")
    with pytest.raises(RejectedError, match="is no zip"):
        codes_of(path)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no file"):
        codes_of(tmp_path / "absent.txt")
    with pytest.raises(RejectedError, match="nothing to read"):
        codes_of(zipped(tmp_path / "f1.zip", {"MCR_MUE.csv": mue_text()}))


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(RejectedError, match="is no workbook"):
        codes_of(path)
