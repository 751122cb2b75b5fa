"""``revcycle denials``: lists, explanations and sums, of ids and codes and nobody's name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import time_machine
from typer.testing import CliRunner, Result

from models.errors import NotFoundError
from models.states.cause_party import CauseParty
from models.values.reference import ReferenceKind
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.integration.reference.editions import list_of_words
from tests.pages.denial_office import KEY, PAYER_OF_FILE, DenialOffice, open_office
from tests.pages.page_examples import NOON
from tests.people import approver
from workbench.commands.denials import denials_app


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[DenialOffice]:
    """A practice of a client file, on a machine whose database is ours, two days after posting."""
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", database_url)
    settings.cache_clear()
    with time_machine.travel(NOON, tick=False):
        yield open_office(database_url)


def run(*arguments: str) -> Result:
    """Run a command that ends well."""
    done = CliRunner().invoke(denials_app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def read(*arguments: str) -> Any:
    """Run a command for a program."""
    return json.loads(run(*arguments, "--json").output)


def give_up(office: DenialOffice, denial_id: UUID, reason: str, cause: CauseParty) -> None:
    """Have two persons write a denial off."""
    act = office.office.act
    with transaction(office.url, office.client_id) as session:
        request_write_off(session, act, denial_id, reason=reason, cause=cause)
    with transaction(office.url, office.client_id) as session:
        second = replace(act, actor="second")
        approve_write_off(session, second, denial_id, approver=approver(cents=100_000))


def test_nothing_is_said_to_be_nothing(office: DenialOffice) -> None:
    assert office.client_id
    assert "Nothing is denied." in run("list", KEY).output
    assert "Nothing was given up." in run("write-offs", KEY).output
    assert "Nothing was denied." in run("patterns", KEY).output
    assert read("list", KEY) == read("write-offs", KEY) == read("patterns", KEY) == []


def test_denials_are_listed_by_what_they_are_worth_and_narrowed(office: DenialOffice) -> None:
    small = office.deny("CO", "16", remarks=["N290"], cents=4_000)
    large = office.deny("CO", "197")
    assert [one["id"] for one in read("list", KEY)] == [str(large), str(small)]
    (found,) = read("list", KEY, "--category", office.denial(small).category)
    assert (found["carc"], found["rarc"], found["amount"]) == ("16", ["N290"], "40.00")
    assert read("list", KEY, "--payer", "nobody") == []
    assert read("list", KEY, "--state", "closed") == []
    assert read("list", KEY, "--page", "2") == []
    assert "Marmalade" not in run("list", KEY).output


def test_a_denial_is_explained_by_its_play_and_its_worth(office: DenialOffice) -> None:
    denial_id = office.deny("CO", "197")
    said = run("explain", KEY, str(denial_id)).output
    assert f"denial: {denial_id}, open, CO-197" in said
    assert f"payer: {PAYER_OF_FILE}" in said
    for name in ("play", "category", "first", "due", "worth", "chance", "priority"):
        assert f"\n{name}: " in said
    assert "Marmalade" not in said


def test_codes_are_said_in_the_words_of_the_lists_that_were_imported(office: DenialOffice) -> None:
    denial_id = office.deny("CO", "197", remarks=["N290"])
    assert "\nreason 197:" not in run("explain", KEY, str(denial_id)).output
    list_of_words(office.url, ReferenceKind.ADJUSTMENT_REASON, _197="Words under a licence.")
    list_of_words(office.url, ReferenceKind.REMARK, N290="More such words.")
    said = run("explain", KEY, str(denial_id)).output
    assert "\nreason 197: Words under a licence.\nremark N290: More such words.\n" in said
    of_code = run("explain", "--group", "CO", "--carc", "197").output
    assert "\nreason 197: Words under a licence." in of_code


def test_a_denial_that_nobody_works_on_any_more_is_not_ranked(office: DenialOffice) -> None:
    denial_id = office.deny("CO", "29")
    give_up(office, denial_id, "timely_filing", CauseParty.CLIENT)
    assert "worth: not ranked: it is not open" in run("explain", KEY, str(denial_id)).output


def test_a_denial_that_does_not_exist_is_refused(office: DenialOffice) -> None:
    assert office.client_id
    with pytest.raises(NotFoundError):
        run("explain", KEY, "00000000-0000-7000-8000-000000000000")


def test_what_was_given_up_stands_by_cause_and_reason(office: DenialOffice) -> None:
    late, large = office.deny("CO", "29", cents=4_000), office.deny("CO", "197")
    give_up(office, late, "timely_filing", CauseParty.BPO)
    give_up(office, large, "appeals_exhausted", CauseParty.PAYER)
    lines = run("write-offs", KEY).output.splitlines()
    (avoidable,) = [line for line in lines if "timely_filing" in line]
    assert "bpo" in avoidable
    assert "yes" in avoidable
    assert "40.00" in avoidable
    (other,) = [line for line in lines if "appeals_exhausted" in line]
    assert " no " in other
    found = {one["id"]: one for one in read("write-offs", KEY)}
    assert found[str(late)]["cause_party"] == "bpo"
    assert found[str(large)]["amount"] == "150.00"
    assert read("write-offs", KEY, "--days", "1") == []


def test_what_is_denied_again_and_again_stands_with_its_money(office: DenialOffice) -> None:
    office.deny("CO", "197", cents=5_000)
    office.deny("CO", "197", cents=6_000)
    office.deny("CO", "16", remarks=["N290", "MA130"], cents=4_000)
    first, second = read("patterns", KEY)
    assert first == {
        "payer": PAYER_OF_FILE,
        "group": "CO",
        "carc": "197",
        "rarc": "",
        "procedure": "99213",
        "denials": 2,
        "claims": 2,
        "amount": "110.00",
    }
    assert (second["carc"], second["rarc"], second["amount"]) == ("16", "N290", "40.00")
    assert read("patterns", KEY, "--top", "1") == [first]
    assert read("patterns", KEY, "--days", "1") == []
    assert "CO-16 N290" in run("patterns", KEY).output
