"""Files as CMS lays them out, with invented rows: no row of a public file is copied."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

EXCERPTS = Path(__file__).resolve().parents[1] / "../shared/data/cms_excerpts_2026"
needs_excerpts = pytest.mark.skipif(
    not EXCERPTS.is_dir(), reason="../shared/data/cms_excerpts_2026 is absent"
)

PTP_HEADING = (
    ("A notice of who owns the codes.", "", "", "", "", "", ""),
    ("Column1/Column2 Edits", "", "", "", "", "", ""),
    ("Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier", "Rationale"),
    ("", "", "prior to 1996", "Date", "Date", "0=not allowed", ""),
    ("", "", "", "", "*=no data", "1=allowed", ""),
    ("", "", "", "", "", "9=not applicable", ""),
)
MUE_NOTICE = '"A notice of who owns the codes.\n\nIt has, with its blanks, several lines."\n'
MUE_TITLES = (
    '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
)
AOC_TITLES = (
    "AOC_Edit_Type", "Add-On_Code", "AOC_DelDT", "Primary_Code", "Primary_Code_DelDT",
    "AOC_Edit_EffDT", "AOC_Edit_DelDT", "Special_Instruction_Notes",
)  # fmt: skip
RVU_UPPER = ",,,STATUS,WORK,FACILITY,NON-FAC,MP,GLOB,MULT,BILAT,ASST,PCTC,CONV"
RVU_LOWER = "HCPCS,MOD,DESCRIPTION,CODE,RVU,PE RVU,PE RVU,RVU,DAYS,PROC,SURG,SURG,IND,FACTOR"
GPCI_TITLES = (
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with 1.0 Floor)***,2026 PE GPCI,2026 MP GPCI"
)


def a_pair(
    column_one: str = "A0001",
    column_two: str = "A0002",
    first: str = "20200101",
    last: str = "*",
    indicator: str = "1",
) -> tuple[str, ...]:
    """Write one line of a file of pairs."""
    return column_one, column_two, "", first, last, indicator, "why it is so"


def ptp_text(*pairs: Sequence[str], mark: str = "\t") -> str:
    """Write a file of pairs: tab-separated as published, or as CSV."""
    return "".join(mark.join(cells) + "\r\n" for cells in (*PTP_HEADING, *pairs))


def mue_text(*lines: str) -> str:
    """Write a file of unit limits."""
    return MUE_NOTICE + MUE_TITLES + "".join(f"{line}\n" for line in lines)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """Write a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rvu_text(*lines: str, has_factor: bool = True) -> str:
    """Write a file of relative values with its preamble."""
    upper, lower = (RVU_UPPER, RVU_LOWER) if has_factor else (RVU_UPPER[:-5], RVU_LOWER[:-7])
    preamble = ",,2026 Relative Value File\n,,A notice of who owns the words.\n,,,\n"
    return preamble + "\n".join([upper, lower, *lines]) + "\n"


def gpci_text(*lines: str) -> str:
    """Write a file of indices with its title and a footnote."""
    return "\n".join(["ADDENDUM E,,,,,,,", ",,,,,,,", GPCI_TITLES, *lines, "*** a footnote,,,,,,,"])
