"""A remittance is posted exactly if it adds up, whatever was done to its amounts."""

from benchmarks.remittance_files import remittance_file
from tests.fuzz.remittance_amounts import add, adds_up, amounts_of, cut
from tests.fuzz.remittance_balance import judge

FILES = 300


def test_what_does_not_add_up_is_refused_and_nothing_else() -> None:
    judged = [judge(seed=835, number=number) for number in range(FILES)]
    assert [one for one, (is_even, is_posted) in enumerate(judged) if is_even != is_posted] == []
    assert {is_even for is_even, _ in judged} == {True, False}


def test_the_judgement_beside_ours_misses_no_cent_of_any_adjustment() -> None:
    assert adds_up(cut(remittance_file(3)))
    for place, segment in enumerate(cut(remittance_file(3))):
        if segment[0] in {"CAS", "PLB"}:
            segments = cut(remittance_file(3))
            add(segments[place], amounts_of(segment)[0], 1)
            assert not adds_up(segments)
