"""``revcycle coding anomalies``: what stands out, from the command line."""

import json

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from models.errors import RejectedError
from models.tables import AuditEvent
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.integration.coding.coded_practice import NOTE, TODAY, CodedPractice, two_practices
from tests.pages.page_examples import add_practice
from workbench.commands.coding import coding_app

DAYS = ("--from", "2026-08-23", "--to", "2026-11-20")


def ask(*arguments: str) -> str:
    """Run the command and let its errors through."""
    done = CliRunner().invoke(
        coding_app, ("anomalies", "--client", "lakeside", *arguments), catch_exceptions=False
    )
    settings.cache_clear()
    return done.stdout


@pytest.fixture
def lakeside(database_url: str, monkeypatch: pytest.MonkeyPatch) -> CodedPractice:
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()
    return CodedPractice(database_url, add_practice(database_url, "lakeside"))


def test_what_stands_out_is_said_in_words_and_in_json(
    lakeside: CodedPractice, database_url: str
) -> None:
    assert "No figure of a provider stands out." in ask(*DAYS)
    odette = two_practices(database_url, lakeside.client_id, add_practice(database_url, "summit"))[
        "Odette"
    ]
    lakeside.see(odette, ["97110"] * 28, first=TODAY, units=4, every=80, note=NOTE)
    said = " ".join(ask(*DAYS).split())
    assert "more than a day has" in said
    assert "To look at, not to judge by." in said
    assert "finding1" not in said
    found = json.loads(ask(*DAYS, "--json"))
    levels = [one for one in found["anomalies"] if one["what"].startswith("mean level")]
    assert {(one["against"], one["own"], one["other"]) for one in levels} == {
        ("past", "47/10", "17/5"),
        ("peers", "47/10", "17/5"),
    }
    assert [len(one["encounters"]) for one in found["full_days"]] == [28]
    assert found["notes_read"] == 28


def test_the_trail_says_who_looked(lakeside: CodedPractice, database_url: str) -> None:
    ask(*DAYS, "--json")
    with transaction(database_url, lakeside.client_id) as session:
        seen = select(AuditEvent).where(AuditEvent.action == "see_coding_anomalies")
        events = session.exec(seen).all()
    assert {one.subject_kind for one in events} == {"encounter", "clinical_note"}
    assert {one.actor.partition(":")[0] for one in events} == {"command"}


@pytest.mark.usefixtures("lakeside")
def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(RejectedError, match="behind the last"):
        ask("--from", "2026-11-20", "--to", "2026-11-01")
