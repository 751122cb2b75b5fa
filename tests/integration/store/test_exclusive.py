"""A lock that one holder has at a time."""

from pathlib import Path

from revcycle.store.exclusive import exclusive


def test_a_second_sender_is_told_that_one_is_at_work(database_url: str) -> None:
    with exclusive(database_url, "send-demo") as first, exclusive(database_url, "send-demo") as two:
        assert (first, two) == (True, False)


def test_the_lock_is_free_again_after_the_block(database_url: str) -> None:
    with exclusive(database_url, "send-demo"):
        pass
    with exclusive(database_url, "send-demo") as held:
        assert held


def test_locks_of_other_names_do_not_meet(database_url: str, tmp_path: Path) -> None:
    with exclusive(database_url, "one") as one, exclusive(database_url, "other") as other:
        assert one
        assert other
    assert (tmp_path / "locks").is_dir()
