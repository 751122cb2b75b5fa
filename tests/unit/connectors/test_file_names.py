"""The names of files that go out and come in."""

import pytest

from models.errors import RejectedError
from revcycle.connectors.file_names import check_collect_name, check_send_name, is_collectable

NEVER = [
    pytest.param("../x.837", id="climbs-out"),
    pytest.param("a/b.837", id="path-separator"),
    pytest.param("a\\b.837", id="windows-separator"),
    pytest.param("/etc.837", id="absolute"),
    pytest.param("..", id="parent"),
    pytest.param(".hidden", id="dotfile"),
    pytest.param("", id="empty"),
    pytest.param("a.837.part", id="partial"),
    pytest.param("a.837.PART", id="partial-in-capitals"),
    pytest.param("a\n.837", id="line-break"),
    pytest.param("a.837\n", id="line-break-at-the-end"),
    pytest.param("a\x00.837", id="null-byte"),
    pytest.param("x" * 201, id="too-long"),
    pytest.param("\udcff.835", id="not-decodable"),
]


@pytest.mark.parametrize("name", NEVER)
def test_some_names_are_never_used(name: str) -> None:
    assert not is_collectable(name)
    with pytest.raises(RejectedError):
        check_collect_name(name)
    with pytest.raises(RejectedError):
        check_send_name(name)


@pytest.mark.parametrize("name", ["Zoë_Invented1.json", "export (2).csv", "O'Made-Up 3.hl7"])
def test_others_name_their_files_more_freely_than_we(name: str) -> None:
    assert is_collectable(name)
    with pytest.raises(RejectedError):
        check_send_name(name)


def test_a_refusal_does_not_repeat_the_name() -> None:
    with pytest.raises(RejectedError) as refusal:
        check_collect_name("Zoë/Invented")
    assert "Invented" not in str(refusal.value)
