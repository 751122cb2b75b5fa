"""Files that others wrote, whole and damaged: nothing raises, nothing is lost."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.finding import Severity
from revcycle.formats.x12 import t270, t271, t276, t277, t277ca
from tests.unit.formats.x12_inquiries.inquiry_files import (
    EVERYTHING,
    a_file,
    canonical_segments,
    guide_of,
    in_order,
    written_again,
)
from tests.unit.formats.x12_inquiries.inquiry_strategies import ENVELOPE

CORPUS = (Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus").resolve()
KINDS = ("270", "271", "276", "277")
PUBLIC = [(path.parent.name, path) for kind in KINDS for path in sorted((CORPUS / kind).glob("*"))]
READERS = (
    t270.read_inquiries,
    t271.read_answers,
    t276.read_status_inquiries,
    t277.read_statuses,
    t277ca.read_claim_acknowledgements,
)
ASKED_LEVELS = EVERYTHING["276"]
JUNK = ("", "*", "X", "9.9.9", "20261301", "-", ":", "^^", "A:B:C:D:E:F:G:H:I", "0", "1E5")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/data/x12_corpus is absent")
@pytest.mark.parametrize(("kind", "path"), PUBLIC, ids=lambda value: getattr(value, "name", value))
def test_a_public_file_is_written_again_as_it_was(kind: str, path: Path) -> None:
    data = path.read_bytes()
    written = written_again(kind, data)
    assert written is not None
    assert in_order(kind, written) == in_order(kind, data)
    assert guide_of(kind).read_documents(written)[0] == guide_of(kind).read_documents(data)[0]


@pytest.mark.parametrize("kind", EVERYTHING)
def test_a_file_with_everything_is_written_again_in_the_same_order(kind: str) -> None:
    data = a_file(kind, EVERYTHING[kind])
    _, findings = guide_of(kind).read_documents(data)
    assert [finding.message for finding in findings if finding.severity is Severity.ERROR] == []
    written = written_again(kind, data)
    assert written is not None
    lines = written.decode().replace("~\n", "~").split("~")
    assert lines[3:-4] == list(EVERYTHING[kind])
    assert in_order(kind, written) == in_order(kind, data)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(list(EVERYTHING)),
    seed=st.randoms(use_true_random=False),
    damage=st.sampled_from(["shuffle", "drop", "repeat", "junk", "bare", "cut"]),
)
def test_a_damaged_file_loses_nothing(kind: str, seed: random.Random, damage: str) -> None:
    data = a_file(kind, damaged(list(EVERYTHING[kind]), seed, damage))
    assert all(len(read(data)) == 2 for read in READERS)
    _, findings = guide_of(kind).read_documents(data)
    assert all(finding.position for finding in findings)
    written = written_again(kind, data)
    if written is None:
        return
    assert damage == "shuffle" or written_again(kind, written) == written
    lost = canonical_segments(data) - canonical_segments(written)
    assert not [one for one in lost if one[0] not in {"LS", "LE"}]


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(list(EVERYTHING)),
    end=st.integers(0, 2000),
    strange=st.binary(max_size=6),
)
def test_a_file_cut_off_anywhere_is_read_as_far_as_it_goes(
    kind: str, end: int, strange: bytes
) -> None:
    data = a_file(kind, EVERYTHING[kind])[:end] + strange
    assert all(isinstance(finding.rule_id, str) for read in READERS for finding in read(data)[1])


def test_a_correction_takes_the_place_of_what_was_kept() -> None:
    odd = [one.replace("REF*6P*GROUP7", "REF*6P*GROUP7**ZZ:9") for one in EVERYTHING["276"]]
    (document,), _ = t276.read_documents(a_file("276", odd))
    (payer,) = document.levels
    assert b"REF*6P*GROUP7**ZZ:9~" in t276.write_documents([document], ENVELOPE)
    (receiver,) = payer.children
    (provider,) = receiver.children
    adult = provider.children[0]
    numbers = tuple(
        replace(one, value="GROUP8") if one.qualifier == "6P" else one
        for one in adult.traced[0].references
    )
    corrected = replace(adult, traced=(replace(adult.traced[0], references=numbers),))
    branch = replace(provider, children=(corrected, *provider.children[1:]))
    whole = replace(payer, children=(replace(receiver, children=(branch,)),))
    written = t276.write_documents([replace(document, levels=(whole,))], ENVELOPE)
    assert b"REF*6P*GROUP8~" in written
    assert b"ZZ:9" not in written


def test_numbers_of_levels_are_kept_until_levels_are_added() -> None:
    gaps = [one.replace("HL*5*3*", "HL*50*3*").replace("*5*23", "*50*23") for one in ASKED_LEVELS]
    (document,), findings = t276.read_documents(a_file("276", gaps))
    assert [one.subject for one in findings] == ["HL", "HL"]
    assert b"HL*50*3*22*1~" in t276.write_documents([document], ENVELOPE)
    twice = replace(document, levels=(*document.levels, *document.levels))
    again, findings = t276.read_documents(t276.write_documents([twice], ENVELOPE))
    assert len(again[0].levels) == 2
    assert all(one.severity is Severity.INFO for one in findings)


def damaged(segments: list[str], seed: random.Random, damage: str) -> list[str]:
    place = seed.randrange(len(segments))
    match damage:
        case "shuffle":
            seed.shuffle(segments)
        case "drop":
            del segments[place]
        case "repeat":
            segments.insert(seed.randrange(len(segments)), segments[place])
        case "cut":
            del segments[place + 1 :]
        case "bare":
            segments[place] = segments[place].split("*")[0]
        case "junk":
            elements = segments[place].split("*")
            elements[seed.randrange(len(elements))] = seed.choice(JUNK)
            segments[place] = "*".join(elements)
    return segments
