"""A whole business day, run as a newcomer runs it, judged by others' tools and plain SQL."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pikepdf
import pyotp
import pytest
from starlette.testclient import TestClient

from models.states.work_item import Queue
from models.values.money import Money, total
from revcycle.sandbox import record
from tests.acceptance.demo_run import DATABASE_NAME, ROOT, DemoRun, revcycle, run_demo
from tests.acceptance.oracles import oxedi_says, pyx12_accepts
from tests.pages.doors import send_form
from workbench.commands.evening_post import TRACE_PREFIX
from workbench.pages.app import create_app

pytestmark = pytest.mark.prefect

ENCOUNTERS, SEED = 8, 7
PRACTICES = {"harbor_outpatient", "lakeside_family", "summit_cardiology"}
MONEY_MOVED = ("insurance payments", "patient payments", "adjustments")
MONEY_OWED = ("owed by insurance", "denied, being worked", "owed by patients")
SHARED = ROOT / "../shared/data"
OLD_BUNDLES, NEW_BUNDLES = SHARED / "synthea_r4_2019_2021", SHARED / "pysynthea_r4_2026"
HL7_MESSAGES = SHARED / "hl7v2_ms"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """The day of three practices, one of which hands its files over itself."""
    folder = tmp_path_factory.mktemp("day")
    revcycle(
        *("synthesize", "lakeside_family", "--encounters", str(ENCOUNTERS)),
        *("--seed", "3", "--out", str(folder / "invented")),
        home=folder / "home",
    )
    inboxes = {"lakeside_family": folder / "invented" / "records"}
    return run_demo(folder / "home", encounters=ENCOUNTERS, seed=SEED, inboxes=inboxes)


def test_the_day_ends_well_and_every_invariant_holds(day: DemoRun) -> None:
    assert day.exit_code == 0, day.words
    summary = day.summary()
    assert (summary["is_good"], summary["failed_cycles"]) == (True, [])
    assert [one for one in summary["invariants"] if one["violations"]] == []
    assert {one["client"] for one in summary["invariants"]} >= PRACTICES
    assert set(summary["practices"]) == set(summary["staff"]) == PRACTICES


def test_work_waits_in_every_queue_for_the_next_morning(day: DemoRun) -> None:
    waiting = day.summary()["waiting"]
    assert set(waiting) == {queue.value for queue in Queue}
    assert [queue for queue, count in waiting.items() if not count] == []
    open_items = dict(
        day.rows("SELECT queue, count(*) FROM work_item WHERE state = 'open' GROUP BY 1")
    )
    assert open_items == waiting


def test_what_waits_has_a_cause_of_its_own(day: DemoRun) -> None:
    """Nobody puts an item into a queue for show: each comes from a record, a file, an answer."""
    reasons = set(day.rows("SELECT queue, reason FROM work_item WHERE state = 'open'"))
    assert reasons >= {
        ("intake", "intake.required_identity"),
        ("patient_match", "intake.patient_match.likeness"),
        ("verification", "AAA-75"),
        ("provider_query", "coding.provider_query"),
        ("coding_audit", "audit.full_review"),
        ("adjudication", "audit.disputed"),
        ("rejection", "A3:33"),
        ("posting", "posting.unbalanced"),
        ("unapplied", "posting.unmatched"),
        ("denial", "CO-50"),
        ("appeal", "appeal_prepared"),
        ("statement", "statements.no_email"),
        ("transport", "ack.unknown"),
        ("bpo_inbox", "posting.wrong_payee"),
        ("follow_up", "clock.filing"),
        ("variance", "variance.below_contract"),
        ("deposit", "deposit.no_remittance"),
        ("deposit", "deposit.amount_differs"),
        ("credit_balance", "posting.credit_balance"),
        ("approval", "refund_requested"),
        ("approval", "write_off_requested"),
    }


def test_the_summary_says_what_the_day_brought_and_how_much_posted_by_itself(day: DemoRun) -> None:
    booked = {
        (key, state): (count, Money(cents))
        for key, state, count, cents in day.rows(
            "SELECT client.key, bank_line.state, count(*), sum(amount) FROM bank_line"
            " JOIN client ON client.id = bank_line.client_id GROUP BY 1, 2"
        )
    }
    found = dict(
        day.rows(
            "SELECT client.key, count(*) FROM variance"
            " JOIN client ON client.id = variance.client_id GROUP BY 1"
        )
    )
    for key, figures in day.summary()["practices"].items():
        for name, state in (("matched", "matched"), ("not explained", "unmatched")):
            count, amount = booked.get((key, state), (0, Money(0)))
            assert figures[f"deposits {name}"] == count
            assert Money.parse(figures[f"deposits {name}, money"]) == amount
        assert figures["variances from contracts"] == found.get(key, 0)
        untouched, lines = map(
            int, re.findall(r"[0-9]+", figures["lines posted by themselves"])[:2]
        )
        assert 0 < untouched <= lines
    assert sum(count for (_, state), (count, _) in booked.items() if state == "matched") > 0


def test_an_invented_coder_signs_in_to_the_workbench_with_what_the_demo_left(day: DemoRun) -> None:
    people = {one["login"]: one for one in json.loads((day.home / "staff.json").read_text())}
    assert f"revcycle up --home {day.home}" in day.words
    assert "as mia.hill" in day.words
    assert not any(one["password"] in day.words for one in people.values())
    key = bytes.fromhex((day.home / "keys" / "sealing").read_text())
    app = create_app(f"sqlite:///{day.home / DATABASE_NAME}", key=key)
    cleo = people["cleo.reed"]
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        send_form(browser, "/sign-in", "/sign-in", login="cleo.reed", password=cleo["password"])
        code = pyotp.TOTP(cleo["secret"]).now()
        send_form(browser, "/sign-in/code", "/sign-in/code", code=code)
        assert browser.get("/queues/coding").status_code == 200
        assert browser.get("/queues/denial").status_code == 403


def test_what_was_charged_was_paid_adjusted_or_is_owed(day: DemoRun) -> None:
    for figures in day.summary()["practices"].values():
        parts = [Money.parse(figures[name]) for name in (*MONEY_MOVED, *MONEY_OWED)]
        assert Money.parse(figures["charges"]) == total(parts)


def test_every_record_has_one_outcome_and_every_visit_came_from_one(day: DemoRun) -> None:
    outcomes = Counter(dict(day.rows("SELECT outcome, count(*) FROM intake_record GROUP BY 1")))
    (encounters,) = day.rows("SELECT count(*) FROM encounter")[0]
    assert outcomes["accepted"] + outcomes["needs_fix"] == encounters
    assert outcomes.total() >= len(PRACTICES) * ENCOUNTERS
    assert day.rows("SELECT count(*) FROM inbound_file WHERE state = 'received'") == [(0,)]


def test_charts_were_coded_audited_and_learned_from_by_people_who_can_sign_in(day: DemoRun) -> None:
    logins = {one["login"] for one in json.loads((day.home / "staff.json").read_text())}
    audited = day.rows("SELECT coder, auditor, decided_by, education FROM audited_case")
    names = {name for row in audited for name in row[:3] if name}
    assert {"cleo.reed", "nell.wade", "ada.moss", "tom.lake"} <= names <= logins
    assert any("right is" in education for *_, education in audited)
    settled = "SELECT DISTINCT decided_by FROM suggested_code WHERE outcome = 'accepted'"
    assert set(day.rows(settled)) == {("cleo.reed",), ("nell.wade",)}


@pytest.mark.parametrize("kind", ["837P", "837I"])
def test_pyx12_takes_every_claim_file_that_left(day: DemoRun, kind: str) -> None:
    files = day.exported("outbound", kind)
    assert files
    assert [content for content in files if not pyx12_accepts(content)] == []


def test_oxedi_and_pyx12_take_every_remittance_but_those_we_refuse_too(day: DemoRun) -> None:
    files = day.exported("inbound", "835")
    assert len(files) >= len(PRACTICES)
    assert [content for content in files if not pyx12_accepts(content)] == []
    refused = day.rows("SELECT content FROM inbound_file WHERE reason = 'posting.unbalanced'")
    assert {content for content in files if oxedi_says(content)} == {one for (one,) in refused}


def test_the_payer_took_each_claim_version_once_and_paid_what_we_posted(day: DemoRun) -> None:
    sandbox = day.home / "sandbox"
    ours = set(
        day.rows(
            "SELECT client.key, control_number FROM claim_version"
            " JOIN client ON client.id = claim_version.client_id"
        )
    )
    theirs = {(account, number) for account, number, _ in record.accepted_claim_versions(sandbox)}
    assert {times for _, _, times in record.accepted_claim_versions(sandbox)} == {1}
    assert theirs <= ours
    posted = dict(
        day.rows(
            "SELECT client.key, sum(amount) FROM remittance"
            " JOIN client ON client.id = remittance.client_id"
            " WHERE trace_number NOT LIKE ? GROUP BY 1",
            f"{TRACE_PREFIX}%",  # of another payer than the sandbox
        )
    )
    paid = {key: one.paid.cents for key, one in record.summary(sandbox).items()}
    assert posted == paid


def statement_mails(day: DemoRun) -> Iterator[tuple[EmailMessage, str, bytes]]:
    """Every mail that carries a statement, with the statement's number and its PDF."""
    for path in sorted((day.home / "mails").glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=SMTP)
        for attachment in mail.iter_attachments():
            name = attachment.get_filename() or ""
            if name.startswith("statement-"):
                number = name.removeprefix("statement-").removesuffix(".pdf")
                yield mail, number, attachment.get_content()


def test_a_statement_asks_for_what_the_books_say_and_nobody_for_nothing(day: DemoRun) -> None:
    owed = dict(
        day.rows(
            "SELECT statement.number, sum(posting.amount) FROM statement"
            " JOIN posting ON posting.client_id = statement.client_id"
            " AND posting.patient_id = statement.patient_id AND posting.account = 'AR:PAT'"
            " JOIN charge ON charge.id = posting.charge_id"
            " JOIN statement_line ON statement_line.statement_id = statement.id"
            " AND statement_line.encounter_id = charge.encounter_id"
            " WHERE statement.state = 'released' GROUP BY 1"
        )
    )
    asked = dict(day.rows("SELECT number, balance FROM statement WHERE state = 'released'"))
    mailed = Counter(number for _, number, _ in statement_mails(day))
    assert asked == owed
    assert min(asked.values()) > 0
    assert mailed == Counter(asked.keys())


def test_a_statement_is_tagged_and_prints_its_total(day: DemoRun, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing: apt-get install poppler-utils")
    balances = dict(day.rows("SELECT number, balance FROM statement"))
    path = tmp_path / "statement.pdf"
    for mail, number, content in statement_mails(day):
        path.write_bytes(content)
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert number in str(pdf.docinfo["/Title"])
        words = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        dollars = f"${Money(balances[number])}"
        printed = re.sub(r"(?<=\d),(?=\d{3})", "", words)
        body = mail.get_body()
        assert dollars in printed
        assert body is not None
        assert dollars in body.get_content().replace(",", "")


def test_no_work_is_open_about_what_is_settled(day: DemoRun) -> None:
    """An item whose cause went away would send a person after nothing."""
    states = {
        "encounter": ("encounter", ("needs_fix", "coding", "queried", "coded", "billed")),
        # Of a claim that only the clearinghouse has, the filing limit is still running.
        "claim": ("claim", ("held", "rejected", "received", "paid", "denied", "reversed")),
        "denial": ("denial", ("open", "write_off_requested", "appealed")),
    }
    for subject_kind, (table, fitting) in states.items():
        found = day.rows(
            f"SELECT work_item.reason, {table}.state FROM work_item"  # noqa: S608 - our own names
            f" JOIN {table} ON {table}.id = work_item.subject_id"
            " WHERE work_item.state = 'open' AND work_item.subject_kind = ?"
            # A claim that was paid in full may carry codes that an audit found wrong.
            " AND work_item.reason <> 'audit.corrected_claim'",
            subject_kind,
        )
        assert [pair for pair in found if pair[1] not in fitting] == []


def test_nothing_waits_without_somebody_who_is_told(day: DemoRun) -> None:
    stuck = day.rows(
        "SELECT encounter.state FROM encounter WHERE state IN ('needs_fix', 'coding', 'coded')"
        " AND NOT EXISTS (SELECT 1 FROM work_item WHERE work_item.subject_id = encounter.id"
        " AND work_item.state = 'open')"
        " UNION ALL SELECT claim.state FROM claim WHERE state IN ('held', 'rejected')"
        " AND NOT EXISTS (SELECT 1 FROM work_item WHERE work_item.subject_id = claim.id"
        " AND work_item.state = 'open')"
    )
    assert stuck == []


@pytest.fixture(scope="module")
def shared_day(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """A day over some of the files that other projects wrote."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/data is not beside the checkout")
    folder = tmp_path_factory.mktemp("shared")
    bundles, messages = folder / "bundles", folder / "messages"
    for target, files in (
        (bundles, [*sorted(OLD_BUNDLES.glob("*.json"))[:2], *NEW_BUNDLES.glob("*.json")]),
        (messages, sorted(HL7_MESSAGES.glob("*.hl7"))),
    ):
        target.mkdir()
        for file in files:
            shutil.copy(file, target)
    inboxes = {"lakeside_family": bundles, "harbor_outpatient": messages}
    return run_demo(folder / "home", encounters=2, seed=SEED, inboxes=inboxes)


def test_files_of_others_are_accounted_for_record_by_record(shared_day: DemoRun) -> None:
    assert shared_day.exit_code == 0, shared_day.words
    bundles = (shared_day.home.parent / "bundles").glob("*.json")
    visits = sum(
        len(re.findall(r'"resourceType"\s*:\s*"Encounter"', path.read_text())) for path in bundles
    )
    messages = len(list((shared_day.home.parent / "messages").iterdir()))
    counted = dict(
        shared_day.rows(
            "SELECT client.key, count(*) FROM intake_record"
            " JOIN client ON client.id = intake_record.client_id GROUP BY 1"
        )
    )
    assert (counted["lakeside_family"], counted["harbor_outpatient"]) == (visits, messages)


def test_files_of_others_become_claims_that_pyx12_takes(shared_day: DemoRun) -> None:
    files = shared_day.exported("outbound", "837P")
    assert [content for content in files if not pyx12_accepts(content)] == []
    assert shared_day.rows("SELECT count(*) FROM encounter WHERE state = 'needs_fix'")[0][0] <= 3
