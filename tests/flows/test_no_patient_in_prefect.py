"""No patient in Prefect: not in its database, not in any log, not in the name of a file.

Real flows run against a real server over input of a patient whose name occurs nowhere else. Much
of it fails on purpose, because failures are where data leak.
"""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from itertools import count

import pytest

from revcycle.client_config import read_client_config
from revcycle.synthetic.day import SyntheticDay
from tests.architecture.repository import ROOT
from tests.flows.billing_home import TEMPLATE, BillingHome, billing_home
from tests.flows.prefect_server import PrefectServer, files_with
from workbench.commands.invented_input import invent_day

pytestmark = pytest.mark.prefect

KEY = "harmless_family"  # a marker that Prefect does hold
CANARIES = (
    "Zyxwillow",
    "Quobertina",
    "1931-07-23",
    "19310723",
    "Canarygate",
    "ZYX99887766",
    "zyx@canary.example.org",
    "6075550177",
    "canarynote",
)
VISIT = {
    "last": "Zyxwillow",
    "first": "Quobertina",
    "born": "1931-07-23",
    "phone": "6075550177",
    "email": "zyx@canary.example.org",
    "street": "77 Canarygate Mews",
    "member": "ZYX998877661",
    "note": "canarynote: a cough for a week",
}
BAD_NPI = "1999900116"
# What SQLite says when this fires is what a database says that quotes the row it refuses.
CRASH = """
CREATE TRIGGER refuse BEFORE INSERT ON encounter WHEN NEW.source_key LIKE '%CRASH%'
BEGIN SELECT RAISE(ABORT, 'refused: Zyxwillow, Quobertina, 1931-07-23, ZYX998877661'); END
"""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is left after the practice's day."""

    home: BillingHome
    server: PrefectServer
    exit_codes: list[int]


@pytest.fixture(scope="module")
def aftermath(
    prefect_server: PrefectServer, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Aftermath]:
    """Three cycles with the payer's answers between them, and a mail server that is away."""
    with billing_home(tmp_path_factory.mktemp("canary"), KEY) as home:
        home.open_payer()
        home.change_database(CRASH)
        drop_files(home)
        exit_codes = []
        with home.processes(1) as processes:
            for _ in range(3):  # ask the payer, send claims, post what it paid
                exit_codes += home.cycle(processes)
                home.let_payer_answer()
        yield Aftermath(home, prefect_server, exit_codes)


def flawless_day(service_date: date) -> SyntheticDay:
    """Invent a day in which the generator planted no error; what is bad here is bad on purpose."""
    config = read_client_config(ROOT / "client_configs" / TEMPLATE)
    days = (
        invent_day(config, encounters=4, seed=seed, service_date=service_date) for seed in count(5)
    )
    return next(day for day in days if not any(answer.defect for answer in day.answers))


def drop_files(home: BillingHome) -> None:
    """Leave good records, a bad one, unreadable files, and, last, one that crashes."""
    for file in flawless_day(home.today()).files:
        (home.records / file.name).write_bytes(file.content)
    home.drop_visits("1 Zyxwillow, Quobertina", [VISIT, {**VISIT, "npi": BAD_NPI}])
    (home.office / "2.csv").write_text("name\nZyxwillow 1931-07-23\n", "utf-8")
    (home.office / "3.json").write_text('{"resourceType": "Bundle", "x": "Zyxwillow', "utf-8")
    (home.office / "4.hl7").write_text("MSH|^~\\&|Zyxwillow\rPID|||Quobertina", "utf-8")
    home.drop_visits("CRASH", [VISIT])


def invented_people(home: BillingHome) -> list[str]:
    """List what the generator made up for its patients, and nobody else has."""
    columns = ("patient.email", "patient.line1", "patient.birth_date", "coverage.member_id")
    found = []
    for column in columns:
        table = column.partition(".")[0]
        found += home.rows(f"SELECT {column} FROM {table} WHERE {column} <> ''")  # noqa: S608 - our names
    return [str(value) for (value,) in found]


def test_the_day_went_as_badly_as_it_was_meant_to(aftermath: Aftermath) -> None:
    """Otherwise the search below would prove nothing."""
    home = aftermath.home
    assert aftermath.exit_codes == [1, 1, 1]
    outcomes = home.rows("SELECT outcome, count(*) FROM intake_record GROUP BY 1 ORDER BY 1")
    assert outcomes == [("accepted", 5), ("needs_fix", 1), ("quarantined", 1)]
    waiting = home.rows("SELECT recipient FROM message WHERE state = 'queued'")
    assert ("zyx@canary.example.org",) in waiting
    assert home.rows("SELECT count(*) FROM inbound_file WHERE state = 'quarantined'") == [(2,)]
    assert home.rows("SELECT count(*) > 0 FROM remittance") == [(1,)]
    assert "StepFailedError: IntegrityError" in home.output.read_text("utf-8")


def test_no_canary_is_in_prefect_or_in_any_log(aftermath: Aftermath) -> None:
    assert aftermath.server.places_of(CANARIES) == []
    assert files_with(aftermath.home.output, CANARIES) == []


def test_nobody_whom_the_generator_invented_is_there_either(aftermath: Aftermath) -> None:
    people = invented_people(aftermath.home)
    assert len(people) > len(CANARIES)
    assert aftermath.server.places_of(people) == []
    assert files_with(aftermath.home.output, people) == []


def test_the_search_finds_what_is_there(aftermath: Aftermath) -> None:
    places = set(aftermath.server.places_of([KEY]))
    assert {"flow_run.parameters", "flow_run.name", "log.message", "artifact.description"} <= places
    assert files_with(aftermath.home.output, [KEY]) == ["file output.log"]


def test_the_search_finds_names_of_files_and_their_content(
    prefect_server: PrefectServer,
) -> None:
    kept = prefect_server.home / "storage" / "Zyxmarker"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"\x80a pickle with Zyxcontent in it")
    try:
        assert prefect_server.places_of(["Zyxmarker"]) == ["name storage/Zyxmarker"]
        assert prefect_server.places_of(["Zyxcontent"]) == ["file storage/Zyxmarker"]
    finally:
        kept.unlink()
