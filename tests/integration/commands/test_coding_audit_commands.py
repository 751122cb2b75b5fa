"""``revcycle coding audit``: samples, figures, and sheets for auditors outside."""

import csv
import io
import json
from pathlib import Path

import pytest
import time_machine
from typer.testing import CliRunner, Result

from models.documents.act import Act
from models.errors import RejectedError
from models.states.audited_case import AuditedCaseState
from models.states.work_item import Queue
from revcycle.formats.sheets.writing import write_sheet
from revcycle.operations.audit.external_codings import COLUMNS
from revcycle.settings import settings
from tests.integration.audit.coding_office import CODER, VISIT, CodingOffice, a_coding
from tests.pages.page_examples import NOON, add_practice
from workbench.commands.coding_audit import audit_app

KEY = "lakeside_family"
DAYS = ("--from", "2026-11-01", "--to", NOON.date().isoformat())


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> CodingOffice:
    """A practice of the product's example files, with three charts of one coder."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "180")
    settings.cache_clear()
    client_id = add_practice(database_url, KEY)
    office = CodingOffice(database_url, Act(client_id, "tester", NOON, NOON.date()))
    office.receive(3)
    office.code([VISIT] * 3)
    return office


def audit(*arguments: str) -> Result:
    """Run the command at noon of the tests' day; what it refuses is raised."""
    with time_machine.travel(NOON, tick=False):
        done = CliRunner().invoke(audit_app, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_what_is_due_is_drawn_once(office: CodingOffice) -> None:
    assert "full_review" in audit("sample", KEY).output
    assert "Nothing is to be drawn today" in audit("sample", KEY).output
    assert len(office.cases()) == 3


def test_a_sample_of_one_coder_is_drawn_as_asked(office: CodingOffice) -> None:
    asked = ("sample", KEY, "--coder", CODER, *DAYS, "--cases", "2", "--seed", "7")
    assert CODER in audit(*asked).output
    assert len(office.cases()) == 2
    with pytest.raises(RejectedError, match="drawn before"):
        audit(*asked)


@pytest.mark.usefixtures("office")
def test_a_report_says_nothing_of_nothing_and_defines_its_words() -> None:
    output = audit("report", KEY).output
    assert "No chart of these days was audited." in output
    assert "Wilson" in output


def test_a_sheet_goes_out_and_comes_back_twice_and_counts_once(
    office: CodingOffice, tmp_path: Path
) -> None:
    audit("sample", KEY)
    blank = tmp_path / "blank.csv"
    assert "3 rows" in audit("export", KEY, str(blank)).output
    text = blank.read_text(encoding="utf-8-sig")
    assert CODER not in text
    assert "I10" not in text
    cases = [row["case"] for row in csv.DictReader(io.StringIO(text))]
    rows = [
        *rows_of(cases[0], ("I10", "E11.9"), "99213"),
        *rows_of(cases[1], ("I10", "E11.9"), "99214"),
        (cases[2], "", "", "", "", "", ""),
    ]
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(write_sheet(filled.name, "codes", COLUMNS, rows))
    given = ("import", KEY, str(filled), "--auditor", "Oak Audits")
    assert "1 agreed, 1 differ and wait for a third person, 0 came before" in audit(*given).output
    assert "0 agreed, 0 differ and wait for a third person, 2 came before" in audit(*given).output
    states = sorted(case.state for case in office.cases())
    assert states == [
        AuditedCaseState.AGREED,
        AuditedCaseState.DISPUTED,
        AuditedCaseState.SAMPLED,
    ]
    assert {case.auditor for case in office.cases()} == {"", "external:Oak Audits"}
    other = audit("import", KEY, str(filled), "--auditor", "Elm Audits")
    assert other.exit_code == 1
    assert "already; nothing was changed" in other.output


def rows_of(case: str, diagnoses: tuple[str, ...], procedure: str) -> list[tuple[str, ...]]:
    return [
        *((case, "", "diagnosis", code, "", "", "") for code in diagnoses),
        (case, "", "procedure", procedure, "", "1", "1"),
    ]


def test_a_sheet_with_mistakes_takes_what_is_good_and_says_what_is_not(
    office: CodingOffice, tmp_path: Path
) -> None:
    audit("sample", KEY)
    taken = office.take(Queue.CODING_AUDIT, "ada").case_id  # in somebody's hands
    first = str(taken)
    second, third = (str(case.id) for case in office.cases() if case.id != taken)
    rows = [
        *rows_of(first, ("I10",), "99213"),
        *rows_of(second, ("I10",), "99-213"),
        (third, "", "drug", "J1100", "", "", ""),
        *rows_of("no such case", ("I10",), "99213"),
    ]
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(write_sheet(sheet.name, "codes", COLUMNS, rows))
    done = audit("import", KEY, str(sheet), "--auditor", "Oak Audits")
    assert done.exit_code == 1
    for why in (
        "line 2: somebody codes this case now",
        "line 4: services[1].procedure_code",
        "line 6: kind is diagnosis or procedure",
        "line 7: no such case of this practice",
    ):
        assert why in done.output
    assert {case.state for case in office.cases()} == {AuditedCaseState.SAMPLED}


def test_a_case_that_is_refused_stays_free_for_others(office: CodingOffice, tmp_path: Path) -> None:
    audit("sample", KEY)
    case = str(office.cases()[0].id)
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(
        write_sheet(sheet.name, "codes", COLUMNS, [(case, "", "diagnosis", "", "", "", "")])
    )
    assert "nothing stands here yet" in audit(
        "import", KEY, str(sheet), "--auditor", "Oak Audits"
    ).output.replace("\n", " ")
    assert {item.lease_holder for item in office.items(Queue.CODING_AUDIT)} == {None}


def test_a_report_and_its_rows_agree(office: CodingOffice, tmp_path: Path) -> None:
    audit("sample", KEY)
    for coding in (VISIT, VISIT, a_coding("I10", procedure="99213")):
        office.audit(coding)
    (item,) = office.items(Queue.ADJUDICATION)
    assert item is not None
    office.decide({2: ""})
    report = json.loads(audit("report", KEY, *DAYS, "--json").output)
    (coder,) = report["coders"]
    assert (coder["codes"]["right"], coder["codes"]["count"]) == (8, 9)
    assert (coder["material"], coder["minor"]) == (0, 1)
    assert (coder["cases"]["right"], coder["cases"]["count"]) == (3, 3)
    assert coder["standing"] == "new"
    assert CODER in audit("report", KEY, *DAYS).output
    path = tmp_path / "findings.csv"
    audit("export", KEY, str(path), "--what", "findings", *DAYS)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    codes = [one for one in rows if one["part"] in {"diagnosis", "level"}]
    assert len(codes) == coder["codes"]["count"]
    assert sum(one["verdict"] in {"same", "coder"} for one in codes) == coder["codes"]["right"]


@pytest.mark.usefixtures("office")
def test_an_auditor_has_a_name_and_a_sheet_is_a_file(tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match="has a name"):
        audit("import", KEY, str(tmp_path / "a.csv"), "--auditor", " ")
    with pytest.raises(RejectedError, match="No such file"):
        audit("import", KEY, str(tmp_path / "a.csv"), "--auditor", "Oak")
