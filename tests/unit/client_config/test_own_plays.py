"""A practice's own plays: read beside the client file, checked with the line of each mistake."""

from pathlib import Path

import pytest

from revcycle.client_config import read_client_config
from revcycle.operations.posting.policies import remittance_policy
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.find_play import find_play
from tests.unit.client_config.client_file_copies import CONFIGS, PRACTICES, errors_of, written

PLAYBOOK = "playbook.toml"


def line_with(folder: Path, text: str) -> int:
    lines = (folder / PLAYBOOK).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def changed(root: Path, old: str, new: str) -> Path:
    folder = written(root)
    text = (folder / PLAYBOOK).read_text()
    assert old in text
    (folder / PLAYBOOK).write_text(text.replace(old, new, 1))
    return folder


def test_the_plays_of_a_practice_go_before_ours_when_it_posts(tmp_path: Path) -> None:
    policy = remittance_policy(read_client_config(written(tmp_path)))
    plays = (*policy.plays, *standard_plays())
    own = find_play("CO", "197", (), "blue_heron", plays, procedure_code="70553")
    assert (own.id, own.is_own) == ("own.blue_heron_authorization", True)
    assert own.first_action.startswith("ask Blue Heron")
    other = find_play("CO", "197", (), "blue_heron", plays, procedure_code="99213")
    assert (other.id, other.is_own) == ("authorization", False)


@pytest.mark.parametrize("key", PRACTICES)
def test_a_practice_without_plays_of_its_own_uses_ours(key: str) -> None:
    assert read_client_config(CONFIGS / key).plays == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('carc = ["197"]', 'carcs = ["197"]', "carcs", "is not known here"),
        ("due_days = 2", "due_days = 0", "due_days", "a whole number from 1 to 365"),
        ('path = "corrected_claim"', 'path = "pray"', "path", "one of 'corrected_claim'"),
        ('group = ["CO"]', 'group = ["XX"]', "group", "one of 'CO'"),
        ('"blue_heron"]', '"red_heron"]', "payer", "is not a payer of the client file"),
        ('category = "authorization"', 'category = "luck"', "category", "is not a category"),
        ('id = "own.blue', 'id = "filing_limit" #', "id", "the product's own"),
        ("verified_on = 2026-11-01", "", "", "is missing"),
    ],
)
def test_a_mistake_is_reported_with_its_line(
    tmp_path: Path, old: str, new: str, place: str, message: str
) -> None:
    folder = changed(tmp_path, old, new)
    (error,) = errors_of(folder)
    at = line_with(folder, f"{place} =") if place else line_with(folder, "[[play]]")
    assert message in error.message
    assert error.position == f"elm_clinic/playbook.toml line {at}"


def test_a_playbook_that_is_no_toml_is_reported(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / PLAYBOOK).write_text("[[play]\n")
    (error,) = errors_of(folder)
    assert (error.field, error.position) == (PLAYBOOK, "elm_clinic/playbook.toml line 1")


def test_a_play_that_fits_everything_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path)
    text = (folder / PLAYBOOK).read_text().splitlines()
    kept = [one for one in text if not one.startswith(("group", "carc", "payer", "procedure"))]
    (folder / PLAYBOOK).write_text("\n".join(kept))
    (error,) = errors_of(folder)
    assert "fits every denial" in error.message
