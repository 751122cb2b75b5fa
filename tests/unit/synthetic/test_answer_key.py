"""The answer key as JSON lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RejectedError
from revcycle.synthetic.answers import Answer, AnswerProcedure, read_answers, write_answers

codes = st.text("ABCDEFGHIJ0123456789", min_size=2, max_size=7)
procedures = st.builds(
    AnswerProcedure,
    code=codes,
    modifiers=st.lists(codes, max_size=4).map(tuple),
    units=st.integers(1, 12),
    pointers=st.lists(st.integers(1, 12), max_size=4).map(tuple),
    revenue_code=st.sampled_from(["", "0420"]),
)
answers = st.builds(
    Answer,
    source_key=st.text(min_size=1, max_size=30),
    icd10_codes=st.lists(codes, max_size=12).map(tuple),
    procedures=st.lists(procedures, max_size=3).map(tuple),
    place_of_service=st.sampled_from(["11", "22"]),
    arrives_coded=st.booleans(),
    defect=st.sampled_from(["", "bad_npi"]),
    corrections=st.lists(st.tuples(codes, codes), max_size=2).map(tuple),
)


@given(st.lists(answers, max_size=5, unique_by=lambda answer: answer.source_key))
def test_what_is_written_is_read_back(written: list[Answer]) -> None:
    assert list(read_answers(write_answers(written)).values()) == written


@pytest.mark.parametrize("line", [b"no json", b"{}", b"[1]", b'{"source_key": 1}'])
def test_a_broken_line_is_refused_by_its_number(line: bytes) -> None:
    good = write_answers([Answer("V1", ("I10",), (), "11", arrives_coded=True)])
    with pytest.raises(RejectedError, match="line 2"):
        read_answers(good + line)
