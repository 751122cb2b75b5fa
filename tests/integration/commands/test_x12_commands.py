"""``revcycle x12``: explain, ack, repair and canonical, as typed."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from models.errors import RejectedError
from revcycle.formats.x12.explanations.explain import explain
from revcycle.formats.x12.t999 import read_functional_acknowledgements
from tests.unit.formats.x12_explain.explain_examples import a_claim_file
from workbench.commands.x12 import x12_app
from workbench.commands.x12_explained import print_explanation

RUNNER = CliRunner()


def typed(*arguments: str | Path) -> Result:
    return RUNNER.invoke(x12_app, [str(one) for one in arguments])


@pytest.fixture
def claim_file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.837"
    path.write_text(a_claim_file())
    return path


def test_an_explanation_in_a_pipe_is_plain_and_masked(claim_file: Path) -> None:
    done = typed("explain", claim_file)
    assert done.exit_code == 0
    assert "\x1b" not in done.output
    assert "billing provider: organization · name LAKESIDE TESTCLINIC" in done.output
    assert "TESTPERSON" not in done.output
    assert "1 claim · charged 1,165.50" in done.output


def test_who_asks_sees_the_patient(claim_file: Path) -> None:
    assert "name TESTPERSON" in typed("explain", claim_file, "--show-phi").output


def test_one_claim_or_one_segment_can_be_asked_for(claim_file: Path) -> None:
    assert "charge 1,165.50" in typed("explain", claim_file, "--claim", "A-1").output
    assert "NM1*85" not in typed("explain", claim_file, "--segment", "18").output


def test_what_is_wrong_is_left_out_when_not_wanted(claim_file: Path) -> None:
    claim_file.write_text(a_claim_file().replace("SE*29", "SE*28"))
    assert "x12.se01_count" in typed("explain", claim_file).output
    assert "x12.se01_count" not in typed("explain", claim_file, "--unchecked").output


@pytest.mark.parametrize("width", [30, 80, 200])
def test_a_terminal_of_any_width_shows_every_value(width: int) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=width, color_system="standard")
    print_explanation(explain(a_claim_file().encode()), console)
    said = screen.getvalue()
    assert "\x1b[" in said
    assert "J069" in said
    assert "1,165.50" in said


def test_an_answer_is_written_where_wanted(claim_file: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.999"
    done = typed("ack", claim_file, "--out", answer, "--control-number", "77")
    assert done.exit_code == 0
    ([group], _) = read_functional_acknowledgements(answer.read_bytes())
    assert group.group_control_number == "42"
    assert b"*000000077*" in answer.read_bytes()


def test_an_answer_goes_to_standard_output_otherwise(claim_file: Path) -> None:
    assert "AK1*HC*42*005010X222A1~" in typed("ack", claim_file).output


def test_an_acknowledgement_is_not_answered(claim_file: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.999"
    claim_file.write_text(a_claim_file().replace("*00501*000000042*1*", "*00501*000000042*0*"))
    typed("ack", claim_file, "--out", answer)
    done = typed("ack", answer)
    assert done.exit_code == 0
    assert "ISA" not in done.output


def test_a_repair_is_listed_masked_and_written(claim_file: Path, tmp_path: Path) -> None:
    claim_file.write_text(a_claim_file().replace("REF*EI*990000001", "REF*EI*99-0000001"))
    mended = tmp_path / "mended.837"
    done = typed("repair", claim_file, "--out", mended)
    assert done.exit_code == 0
    assert "segment 10: REF02 punctuation of the tax id removed" in done.output
    assert "0000001" not in done.output.replace("ISA 000000042", "")
    assert mended.read_text() == a_claim_file()
    assert "'99-0000001' -> '990000001'" in typed("repair", claim_file, "--show-phi").output


def test_the_canonical_form_of_a_file_is_written(claim_file: Path) -> None:
    claim_file.write_text(a_claim_file().replace("1165.5*", "01165.50*").replace("~\n", "~\r\n"))
    assert typed("canonical", claim_file).output == a_claim_file()


@pytest.mark.parametrize("command", ["explain", "ack", "repair", "canonical"])
def test_a_file_that_is_not_there_or_not_x12_is_refused(command: str, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("nothing of the kind")
    for path in (tmp_path / "missing.837", other):
        assert isinstance(typed(command, path).exception, RejectedError)
