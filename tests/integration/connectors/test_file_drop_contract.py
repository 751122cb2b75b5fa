"""What every file drop promises, in memory, by directory and by SFTP."""

import hashlib
from pathlib import Path

import pytest

from models.errors import NotFoundError, RejectedError
from revcycle.connectors.file_drop import FileDrop, FoundFile
from tests.integration.connectors.partners import (
    SIZE_BYTES_MAX,
    DirectoryPartner,
    Keys,
    MemoryPartner,
    Partner,
    SftpPartner,
    make_keys,
)

CLAIMS = b"ISA*00*invented~" * 3_000


@pytest.fixture(scope="module")
def keys() -> Keys:
    return make_keys()


@pytest.fixture(params=["memory", "directory", "sftp"])
def partner(request: pytest.FixtureRequest, tmp_path: Path, keys: Keys) -> Partner:
    if request.param == "memory":
        return MemoryPartner()
    if request.param == "directory":
        return DirectoryPartner(tmp_path)
    return SftpPartner(tmp_path, keys)


def test_a_file_arrives_under_its_final_name_only(partner: Partner) -> None:
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert partner.received() == {"batch-1.837": CLAIMS}


def test_an_empty_file_arrives(partner: Partner) -> None:
    partner.meet(lambda drop: drop.put("empty.837", b""))
    assert partner.received() == {"empty.837": b""}


def test_one_connection_serves_a_batch(partner: Partner) -> None:
    async def send_three(drop: FileDrop) -> None:
        for number in range(3):
            await drop.put(f"batch-{number}.837", CLAIMS)

    partner.meet(send_three)
    assert sorted(partner.received()) == ["batch-0.837", "batch-1.837", "batch-2.837"]


def test_sending_the_same_file_again_is_done(partner: Partner) -> None:
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert partner.received() == {"batch-1.837": CLAIMS}


def test_other_bytes_under_a_used_name_are_refused(partner: Partner) -> None:
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    with pytest.raises(RejectedError, match=r"batch-1\.837"):
        partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS[:-1] + b"!"))
    assert partner.received() == {"batch-1.837": CLAIMS}


def test_a_file_the_partner_has_taken_is_not_sent_again(partner: Partner) -> None:
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    partner.take("batch-1.837")
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert partner.received() == {}


def test_a_file_is_found_where_we_left_it_and_where_the_partner_archived_it(
    partner: Partner,
) -> None:
    expected = FoundFile("batch-1.837", len(CLAIMS), hashlib.sha256(CLAIMS).hexdigest())
    partner.meet(lambda drop: drop.put("batch-1.837", CLAIMS))
    assert partner.meet(lambda drop: drop.find("batch-1.837")) == expected
    partner.take("batch-1.837")
    assert partner.meet(lambda drop: drop.find("batch-1.837")) == expected


def test_a_file_that_never_arrived_is_not_found(partner: Partner) -> None:
    assert partner.meet(lambda drop: drop.find("batch-1.837")) is None


def test_a_path_is_not_a_name(partner: Partner) -> None:
    with pytest.raises(RejectedError):
        partner.meet(lambda drop: drop.put("../batch-1.837", CLAIMS))
    with pytest.raises(RejectedError):
        partner.meet(lambda drop: drop.find("archive/batch-1.837"))
    with pytest.raises(RejectedError):
        partner.meet(lambda drop: drop.get("../send/batch-1.837"))
    with pytest.raises(RejectedError):
        partner.meet(lambda drop: drop.archive("../send/batch-1.837"))


def test_waiting_files_are_listed_oldest_first(partner: Partner) -> None:
    for name in ("c.835", "a.835", "Zoë_Invented b.json"):
        partner.leave(name, b"ISA")
    assert partner.meet(lambda drop: drop.names()) == ["c.835", "a.835", "Zoë_Invented b.json"]


def test_files_that_are_still_being_written_are_not_listed(partner: Partner) -> None:
    for name in ("a.835", "b.835.part", ".c.835", "D.835.PART"):
        partner.leave(name, b"ISA")
    assert partner.meet(lambda drop: drop.names()) == ["a.835"]
    assert partner.meet(lambda drop: drop.count_refused()) == 0


def test_names_we_do_not_take_are_counted_for_a_person(partner: Partner) -> None:
    for name in ("a.835", "b;rm.835", "$c.835"):
        partner.leave(name, b"ISA")
    assert partner.meet(lambda drop: drop.names()) == ["a.835"]
    assert partner.meet(lambda drop: drop.count_refused()) == 2


def test_a_waiting_file_is_read_whole(partner: Partner) -> None:
    partner.leave("a.835", CLAIMS)
    assert partner.meet(lambda drop: drop.get("a.835")) == CLAIMS
    assert partner.meet(lambda drop: drop.names()) == ["a.835"]


def test_a_file_of_the_greatest_size_is_read_and_one_byte_more_is_refused(
    partner: Partner,
) -> None:
    partner.leave("a.835", b"x" * SIZE_BYTES_MAX)
    partner.leave("b.835", b"x" * (SIZE_BYTES_MAX + 1))
    assert len(partner.meet(lambda drop: drop.get("a.835"))) == SIZE_BYTES_MAX
    with pytest.raises(RejectedError, match="more than 1000000 bytes"):
        partner.meet(lambda drop: drop.get("b.835"))


def test_a_file_that_does_not_wait_is_not_found(partner: Partner) -> None:
    with pytest.raises(NotFoundError):
        partner.meet(lambda drop: drop.get("a.835"))
    with pytest.raises(NotFoundError):
        partner.meet(lambda drop: drop.archive("a.835"))


def test_an_archived_file_waits_no_more_and_is_kept(partner: Partner) -> None:
    partner.leave("a.835", CLAIMS)
    partner.meet(lambda drop: drop.archive("a.835"))
    assert partner.meet(lambda drop: drop.names()) == []
    assert partner.done() == {"a.835": CLAIMS}


def test_archiving_again_after_a_crash_is_harmless(partner: Partner) -> None:
    partner.leave("a.835", CLAIMS)
    partner.meet(lambda drop: drop.archive("a.835"))
    partner.meet(lambda drop: drop.archive("a.835"))
    assert partner.done() == {"a.835": CLAIMS}


def test_a_partner_that_reuses_a_name_loses_no_file(partner: Partner) -> None:
    for content in (b"monday", b"tuesday", b"wednesday"):
        partner.leave("daily.835", content)
        partner.meet(lambda drop: drop.archive("daily.835"))
    assert partner.done() == {
        "daily.835": b"monday",
        "daily.835.2": b"tuesday",
        "daily.835.3": b"wednesday",
    }
