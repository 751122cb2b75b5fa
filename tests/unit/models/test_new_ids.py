"""new_id: the names of rows."""

from models.values.identifiers import new_id


def test_ids_made_one_after_the_other_sort_in_that_order() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_an_id_is_a_version_7_uuid() -> None:
    one = new_id()
    assert one.version == 7
    assert str(one)[19] in "89ab"  # RFC 9562, section 4.1: the variant
