"""From bytes to segments: whatever surrounds and separates them."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revcycle.formats.x12.interchange import Interchange, read_interchanges, walk_file
from revcycle.formats.x12.lexing import Limits
from revcycle.formats.x12.segments import NotX12Error

ISA = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
    "*261122*0930*^*00501*000000001*0*T*:~"
)
BODY = "GS*HC*A*B*20261122*0930*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019~"
END = "SE*3*0001~GE*1*1~IEA*1*000000001~"
FILE = ISA + BODY + END


def tags(interchange: Interchange) -> list[str]:
    return [one.tag for part in interchange.transactions for one in part.segments]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FILE, id="nothing-between-segments"),
        pytest.param(FILE.replace("~", "~\n"), id="a-line-feed-behind-each"),
        pytest.param(FILE.replace("~", "~\r\n"), id="a-carriage-return-too"),
        pytest.param(FILE.replace("~", "~\n    "), id="indentation"),
        pytest.param("\ufeff" + FILE, id="a-byte-order-mark"),
        pytest.param(FILE.replace("~", "\n"), id="the-line-feed-is-the-terminator"),
        pytest.param(FILE.replace("~", "\r"), id="the-carriage-return-is-the-terminator"),
        pytest.param(FILE.replace("*", "|").replace("~", "!"), id="other-delimiters"),
        pytest.param(FILE.replace("SENDER  ", "SENDER"), id="a-header-that-lost-its-padding"),
        pytest.param(FILE.replace("~", "\u00a7").encode("latin-1").decode("latin-1"), id="a-sign"),
    ],
)
def test_what_surrounds_segments_is_no_data(text: str) -> None:
    data = text.encode("utf-8" if text[0] == "\ufeff" else "latin-1")
    [interchange] = read_interchanges(data)
    assert tags(interchange) == ["ST", "BHT", "SE"]
    assert interchange.trailer is not None
    assert (interchange.sender_id, interchange.control_number) == ("SENDER", "000000001")


def test_several_interchanges_may_have_their_own_delimiters() -> None:
    other = FILE.replace("*", "|").replace("~", "\n").replace("000000001", "000000002")
    first, second = read_interchanges((FILE + "\n" + other).encode())
    assert (tags(first), tags(second)) == (["ST", "BHT", "SE"],) * 2
    assert (first.delimiters.element, second.delimiters.element) == ("*", "|")


def test_a_patient_called_lisa_begins_no_interchange() -> None:
    [interchange] = read_interchanges(FILE.replace("BHT*0019", "NM1*QC*1*LISA*LISA").encode())
    assert tags(interchange) == ["ST", "NM1", "SE"]


def test_text_before_and_behind_is_kept_and_not_read() -> None:
    [interchange] = read_interchanges(f"mail from the payer\n{FILE}\nthe end".encode())
    assert [loose.tag for loose in interchange.loose] == ["mail from the payer", "the end"]


def test_an_acknowledgement_may_stand_before_the_groups() -> None:
    [interchange] = read_interchanges(
        (ISA + "TA1*000000001*261122*0930*A*000~" + BODY + END).encode()
    )
    assert [loose.tag for loose in interchange.loose] == ["TA1"]


def test_a_transaction_without_its_end_is_not_lost() -> None:
    [interchange] = read_interchanges((ISA + BODY).encode())
    assert (tags(interchange), interchange.trailer) == (["ST", "BHT"], None)


def test_a_header_that_was_cut_off_is_kept_as_what_it_is() -> None:
    [interchange] = read_interchanges((FILE + "ISA*00*    ").encode())
    assert [loose.tag for loose in interchange.loose] == ["ISA"]


@pytest.mark.parametrize("data", [b"", b"ISA", b"name,amount\n", b"PK\x03\x04", FILE[:90].encode()])
def test_a_file_without_a_header_is_refused(data: bytes) -> None:
    with pytest.raises(NotX12Error):
        read_interchanges(data)


@given(st.integers(1, 400), st.sampled_from(["~", "~\n", "~\r\n  "]))
def test_it_does_not_matter_how_the_file_is_cut_into_blocks(size: int, terminator: str) -> None:
    text = (FILE + FILE.replace("000000001", "000000002")).replace("~", terminator)
    cut = read_interchanges(text.encode(), Limits(block_bytes=size))
    assert cut == read_interchanges(text.encode())


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail(noise: bytes) -> None:
    data = (ISA + BODY).encode() + noise + END.encode()
    assert read_interchanges(data)[0].control_number == "000000001"


def test_a_stream_holds_one_transaction_at_a_time() -> None:
    passages = list(walk_file(BytesIO(FILE.encode())))
    assert [(one.group is None, one.transaction is None) for one in passages] == [
        (False, False),
        (False, True),
        (True, True),
    ]
    assert passages[-1].interchange.groups == []
    assert passages[-1].interchange.count == 1


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(bytes_max=50), "the file is larger than 50 bytes"),
        (Limits(segments_max=2), "a transaction has more than 2 segments"),
        (Limits(is_overdue=lambda: True), "reading took longer than it may"),
    ],
)
def test_reading_stops_at_its_limits_and_says_so(limits: Limits, reason: str) -> None:
    [interchange] = read_interchanges((ISA + BODY + "HL*1~" * 5).encode(), limits)
    assert interchange.stopped == reason


def test_a_segment_without_end_does_not_fill_the_memory() -> None:
    data = (ISA + BODY + "NTE*ADD*" + "A" * 2_000).encode()
    [interchange] = read_interchanges(data, Limits(element_length_max=1_000))
    assert interchange.stopped == "a segment is longer than 1000 characters"


def test_a_header_without_a_repetition_separator_separates_no_repetitions() -> None:
    damaged = FILE.replace("*^*", "**").replace("SENDER   ", "SENDER")
    [interchange] = read_interchanges(damaged.encode())
    assert (interchange.delimiters.repetition, tags(interchange)) == ("U", ["ST", "BHT", "SE"])
