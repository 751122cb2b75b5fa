"""Reading and checking the folders of practices."""

from pathlib import Path

import pytest

from models.documents.client_config import ClientConfig
from models.documents.finding import Severity, is_blocking
from models.errors import RejectedError
from revcycle.client_config import (
    ClientConfigError,
    check_client_configs,
    list_client_folders,
    read_client_config,
)
from revcycle.client_config.schema import write_client_schema
from tests.unit.client_config.client_file_copies import (
    CONFIGS,
    PRACTICES,
    errors_of,
    line_of,
    written,
)


def test_every_shipped_client_file_is_sound() -> None:
    assert check_client_configs(CONFIGS) == ()


def test_examples_are_no_practices_unless_asked_for() -> None:
    assert tuple(folder.name for folder in list_client_folders(CONFIGS)) == PRACTICES
    with_examples = list_client_folders(CONFIGS, include_examples=True)
    assert with_examples[0].name == "_example"


@pytest.mark.parametrize("key", PRACTICES)
def test_a_practice_is_read_with_its_folders_name_and_its_prices(key: str) -> None:
    config = read_client_config(CONFIGS / key)
    assert config.key == key
    assert 40 <= len(config.fees) <= 60
    assert config.connection(config.payers[0].connection).username == key
    assert 3 <= len(config.payers) <= 4


def test_the_practices_differ_where_practices_differ() -> None:
    configs = [read_client_config(CONFIGS / key) for key in PRACTICES]
    assert len({config.practice.time_zone for config in configs}) == 3
    assert len({config.intake[0].format for config in configs}) == 3
    assert len({config.practice.claim_form for config in configs}) == 2
    assert len({config.schedules.cycle for config in configs}) == 3
    assert len({config.statements.minimum for config in configs}) == 3


@pytest.mark.parametrize(
    ("old", "new", "field", "allowed"),
    [
        pytest.param(
            "filing_limit_days = 120",
            'filing_limit_days = "ninety"',
            "payers[0].filing_limit_days",
            '"ninety" is not allowed; allowed: a whole number from 1 to 3650',
            id="words-for-a-number",
        ),
        pytest.param(
            'npi = "1999900016"',
            'npi = "1999900017"',
            "providers[0].npi",
            '"1999900017" is not allowed; allowed: an NPI has ten digits and a valid check digit',
            id="npi-check-digit",
        ),
        pytest.param('tin = "85', 'tin = "00', "practice.tin", "a TIN has nine", id="tin-prefix"),
        pytest.param(
            'payer_id = "BHHP1"',
            "payer_id = 123",
            "payers[0].payer_id",
            "in quotes",
            id="number-for-an-identifier",
        ),
        pytest.param(
            'minimum = "5.00"',
            "minimum = 5.00",
            "statements.minimum",
            "in quotes",
            id="number-for-an-amount",
        ),
        pytest.param(
            'minimum = "5.00"',
            'minimum = "0.00"',
            "statements.minimum",
            "more than zero",
            id="statements-for-nothing",
        ),
        pytest.param(
            'time_zone = "America/Chicago"',
            'time_zone = "Central"',
            "practice.time_zone",
            "IANA name",
            id="time-zone",
        ),
        pytest.param(
            'cycle = "30 6 * * 1-5"',
            'cycle = "30 25 * * 1-5"',
            "schedules.cycle",
            "the hour is *, or numbers from 0 to 23",
            id="hour-25",
        ),
        pytest.param(
            'date_format = "%m/%d/%Y"',
            'date_format = "%m/%d"',
            "intake[0].date_format",
            "year, month and day",
            id="date-without-year",
        ),
        pytest.param(
            "statements = true",
            "statments = true",
            "stages.statments",
            "'denials' or 'statements'",
            id="misspelled-stage",
        ),
        pytest.param(
            "due_days = 30",
            "due_dais = 30",
            "statements.due_dais",
            "known keys: minimum, due_days",
            id="misspelled-key",
        ),
        pytest.param(
            'host_key = "env:REVCYCLE_SFTP_HOST_KEY"',
            "",
            "connections[0].host_key",
            "kind = 'sftp' needs it",
            id="sftp-without-host-key",
        ),
        pytest.param(
            'send_folder = "partners/example/to_payer"',
            'send_folder = "partners/example/from_payer"',
            "connections[1].collect_folder",
            "collect what we sent",
            id="one-folder-both-ways",
        ),
        pytest.param(
            'connection = "directory_partner"',
            'connection = "nowhere"',
            "payers[1].connection",
            "'nowhere' is not defined; allowed: clearinghouse, directory_partner",
            id="undefined-connection",
        ),
        pytest.param(
            'payer_id = "FEDSR"',
            'payer_id = "BHHP1"',
            "payers[1].payer_id",
            "'BHHP1' stands here and before",
            id="payer-id-twice",
        ),
        pytest.param(
            'name = "Federal Seniors Program"',
            'name = "BLUE HERON"',
            "payers[1].name",
            "stands here and before",
            id="one-name-for-two-payers",
        ),
        pytest.param(
            'patient_sex = "Sex"', "", "intake[0].columns", "lacks patient_sex", id="csv-column"
        ),
        pytest.param(
            'patient_sex = "Sex"',
            'patient_sex = "Sex"\npatient_shoe_size = "Shoe"',
            "intake[0].columns.patient_shoe_size",
            "not a column we read",
            id="unknown-csv-column",
        ),
        pytest.param(
            'format = "csv"',
            'format = "fhir"',
            "intake[0].columns",
            "no meaning",
            id="fhir-columns",
        ),
        pytest.param(
            'OV3 = "99213"',
            'OV3 = "9921"',
            "intake[0].procedure_codes.OV3",
            "not a CPT or HCPCS code",
            id="mapped-to-nonsense",
        ),
        pytest.param(
            'OV3 = "99213"',
            'OV3 = "99212"',
            "intake[0].procedure_codes.OV3",
            "no price",
            id="mapped-to-unpriced",
        ),
        pytest.param(
            "statements = true",
            "statements = false",
            "schedules.statements",
            "switched off",
            id="schedule-of-a-stage-that-is-off",
        ),
        pytest.param(
            'line1 = "100 Sample Street"',
            'line1 = "P.O. Box 12"',
            "practice.address.line1",
            "PO box",
            id="post-office-box",
        ),
        pytest.param(
            'zip_code = "606010100"',
            'zip_code = "60601"',
            "practice.address.zip_code",
            "nine digits",
            id="short-zip",
        ),
        pytest.param(
            'state = "IL"', 'state = "XX"', "practice.address.state", "US state", id="no-such-state"
        ),
        pytest.param(
            'place_of_service = "11"',
            'place_of_service = "30"',
            "practice.place_of_service",
            "not a place of service",
            id="no-such-place",
        ),
        pytest.param(
            'claim_form = "professional"',
            'claim_form = "institutional"',
            "practice.claim_form",
            "need a revenue_code",
            id="institutional-without-revenue-codes",
        ),
        pytest.param(
            'delimiters = "*^:~"',
            'delimiters = "**:~"',
            "connections[0].delimiters",
            "four different signs",
            id="a-delimiter-twice",
        ),
        pytest.param(
            "upper_case = true",
            "upper_case = false",
            "connections[0].upper_case",
            "characters = 'extended'",
            id="small-letters-of-the-basic-set",
        ),
        pytest.param(
            "[practice]\n",
            'key = "elm"\n[practice]\n',
            "key",
            "the folder's name is the key",
            id="key-written-in-the-file",
        ),
    ],
)
def test_an_error_names_the_line_the_key_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, field: str, allowed: str
) -> None:
    folder = written(tmp_path, (old, new))
    (error,) = errors_of(folder)
    assert error.field == field
    assert allowed in error.message
    assert error.position.startswith("elm_clinic/client.toml line ")


def test_the_line_is_that_of_the_wrong_value(tmp_path: Path) -> None:
    folder = written(tmp_path, ("filing_limit_days = 120", "filing_limit_days = 0"))
    (error,) = errors_of(folder)
    expected = line_of(folder, "filing_limit_days = 0")
    assert error.field == "payers[0].filing_limit_days"
    assert error.position == f"elm_clinic/client.toml line {expected}"


def test_a_missing_key_leads_to_its_table(tmp_path: Path) -> None:
    folder = written(tmp_path, ('payer_id = "FEDSR"\n', ""))
    (error,) = errors_of(folder)
    assert error.message.startswith("is missing; allowed: ")
    lines = (folder / "client.toml").read_text().splitlines()
    assert lines[int(error.position.rsplit(" ", 1)[1]) - 1] == "[[payers]]"


def test_only_medicare_may_leave_its_filing_limit_to_the_law(tmp_path: Path) -> None:
    folder = written(tmp_path, ('filing_indicator = "MB"', 'filing_indicator = "CI"'))
    (error,) = errors_of(folder)
    assert error.field == "payers[1].filing_limit_days"
    assert error.message == "is missing; the contract says it, no law does"


def test_a_filing_clock_of_the_contract_takes_the_place_of_the_limit(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        ('filing_indicator = "MB"', 'filing_indicator = "CI"'),
        ('kind = "records"\n', 'kind = "filing"\npayer = "federal_seniors"\n'),
    )
    assert read_client_config(folder).payers[1].filing_limit_days is None


def test_a_clock_needs_one_length_and_a_payer_that_there_is(tmp_path: Path) -> None:
    folder = written(tmp_path, ("months = 1\n", 'months = 1\ndays = 30\npayer = "nobody"\n'))
    assert [error.field for error in errors_of(folder)] == ["clocks[1].payer", "clocks[1].days"]


def test_toml_that_cannot_be_read_names_the_line(tmp_path: Path) -> None:
    folder = written(tmp_path, ('state = "IL"', "state = IL"))
    (error,) = errors_of(folder)
    expected = line_of(folder, "state = IL")
    assert error.rule_id == "client.syntax"
    assert error.position == f"elm_clinic/client.toml line {expected}"


def test_every_error_is_reported_at_once(tmp_path: Path) -> None:
    folder = written(
        tmp_path, ('tin = "85', 'tin = "00'), ('state = "IL"', 'state = "il"'), ("= 120", "= -1")
    )
    fields = [error.field for error in errors_of(folder)]
    assert fields == ["practice.tin", "practice.address.state", "payers[0].filing_limit_days"]


def test_a_secret_written_into_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        ("env:REVCYCLE_SFTP_KEY", "hunter2"),
        ('username = "example"', 'username = "example"\npassword = "swordfish"'),
    )
    with pytest.raises(ClientConfigError) as raised:
        read_client_config(folder)
    assert "a secret is named, never written" in str(raised.value)
    assert "hunter2" not in str(raised.value)
    assert "swordfish" not in str(raised.value)


def test_a_wrong_client_file_is_a_rejection_that_nobody_retries(tmp_path: Path) -> None:
    with pytest.raises(RejectedError, match=r"elm_clinic/client\.toml: client\.toml cannot be"):
        read_client_config(tmp_path / "elm_clinic")


def test_a_copied_practice_is_told_what_it_still_shares(tmp_path: Path) -> None:
    written(tmp_path, key="ash_clinic")
    written(tmp_path, key="elm_clinic")
    findings = check_client_configs(tmp_path)
    assert {finding.field: finding.severity for finding in findings} == {
        "practice.npi": Severity.ERROR,
        "providers[0].npi": Severity.WARNING,
        "connections[0].sender_id": Severity.ERROR,
        "connections[0].collect_folder": Severity.ERROR,
        "connections[1].sender_id": Severity.ERROR,
        "connections[1].collect_folder": Severity.ERROR,
        "bank.folder": Severity.ERROR,
        "intake[0].folder": Severity.ERROR,
        "intake[1].folder": Severity.ERROR,
    }
    assert all(finding.position.startswith("elm_clinic/client.toml") for finding in findings)
    assert "is also that of ash_clinic" in findings[0].message


def test_the_same_folder_written_another_way_is_still_the_same(tmp_path: Path) -> None:
    written(tmp_path, key="ash_clinic")
    written(tmp_path, ('"intake/example"', '"intake/./example/"'), key="elm_clinic")
    fields = [finding.field for finding in check_client_configs(tmp_path)]
    assert "intake[0].folder" in fields


def test_an_empty_folder_of_client_files_is_not_passed_over(tmp_path: Path) -> None:
    (finding,) = check_client_configs(tmp_path)
    assert finding.message == "holds no folder with a client.toml"


def test_a_folder_name_that_cannot_be_a_key_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, key="Elm Clinic")
    (error,) = errors_of(folder)
    assert error.field == "key"


def test_warnings_alone_do_not_stop_a_practice(tmp_path: Path) -> None:
    folder = written(tmp_path)
    text = (folder / "client.toml").read_text()
    start, end = text.index("# ---- Where encounters"), text.index("# ---- Which stages")
    (folder / "client.toml").write_text(text[:start] + text[end:])
    findings = check_client_configs(tmp_path)
    assert [finding.severity for finding in findings] == [Severity.WARNING]
    assert not is_blocking(findings)
    assert read_client_config(folder).intake == ()


def test_the_schema_for_editors_leaves_out_what_the_reader_fills() -> None:
    schema = write_client_schema()
    assert '"revenue_codes"' not in schema
    assert set(ClientConfig.model_fields) >= {"key", "fees", "revenue_codes"}
