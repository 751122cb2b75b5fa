"""One 837 transaction: who sends it to whom, its levels, and its claims."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from models.documents.claim import ClaimBatchDocument, ClaimDocument, ClaimForm
from models.documents.party import Organization
from revcycle.formats.x12.claims.reading_claims import read_claim
from revcycle.formats.x12.claims.reading_frame import NO_ORGANIZATION, Frame, Level
from revcycle.formats.x12.claims.reading_levels import LOOPS, read_level
from revcycle.formats.x12.claims.reading_parties import (
    Party,
    keep_party,
    read_sender,
    role_of,
    take_party,
)
from revcycle.formats.x12.claims.reading_state import END, Reading, Window
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import ABSENT, Segment

HEADER_ENDS = frozenset({"HL", "CLM", "SE", ""})
HEADER_ROLES = frozenset({"41", "40"})
WINDOW_ROWS = 512
LEVEL_LOOPS = {"20": "2000A", "22": "2000B", "23": "2000C"}
SUBMITTER_QUALIFIER = "46"


def read_batch(place: Place, form: ClaimForm) -> ClaimBatchDocument:
    """Read a transaction of this form."""
    transaction = place.transaction
    separator = place.delimiters.component
    reading = Reading(place, form, transaction.separator, separator)
    kept = reading.kept
    windows = _windows(transaction)
    reading.open(next(windows))
    start, names = _take_header(reading)
    submitter, submitter_id = _read_submitter(reading, names.get("41"))
    receiver_name, receiver_id = _read_receiver(reading, names.get("40"))
    reading.loop = ""
    created_on = reading.day(start, 4)
    claims = _read_claims(reading, windows, Frame(created_on or date.min))
    return ClaimBatchDocument(
        form=form,
        submitter=submitter,
        submitter_id=submitter_id,
        receiver_name=receiver_name,
        receiver_id=receiver_id,
        reference=start.get(3),
        claims=claims,
        purpose=start.get(2),
        usage=start.get(6),
        kept=tuple(kept),
        created_on=created_on,
        created_time=start.get(5),
        control_number=transaction.control_number,
    )


def _windows(transaction: Transaction) -> Iterator[Window]:
    """Cut a transaction before levels, so that few segments are held as elements at a time."""
    pieces, separator, start = transaction.pieces, transaction.separator, 0
    level, total = f"HL{separator}", len(transaction.pieces)
    while start < total:
        end = min(start + WINDOW_ROWS, total)
        while end < total and pieces[end][:3] != level:
            end += 1
        texts = pieces[start:end]
        rows = [text.split(separator) for text in texts]
        rows.append(END)
        yield start, texts, rows
        start = end


def _take_header(reading: Reading) -> tuple[Segment, dict[str, Party]]:
    """Sort what stands before the first level: BHT and the names of sender and receiver."""
    start, names = ABSENT, dict[str, Party]()
    while (tag := reading.rows[reading.at][0]) not in HEADER_ENDS:
        reading.loop = ""
        if tag == "NM1":
            _take_name(reading, names)
            continue
        one = reading.segment(reading.at)
        reading.at += 1
        if tag == "BHT" and start is ABSENT:
            start = one
            if one.get(1) != "0019":
                reading.report_spare(one, 1)
            reading.check_spare(one, range(7))
        elif tag != "ST":
            reading.keep(one)
    return start, names


def _take_name(reading: Reading, names: dict[str, Party]) -> None:
    party = take_party(reading)
    role = role_of(reading, party)
    if role in HEADER_ROLES and role not in names:
        names[role] = party
    else:
        reading.loop = "1000"
        keep_party(reading, party)


def _read_submitter(reading: Reading, party: Party | None) -> tuple[Organization, str]:
    if party is None:
        return NO_ORGANIZATION, ""
    reading.loop = "1000A"
    submitter = read_sender(reading, party)
    number = submitter.other_identifier
    name = reading.segment(party[0])
    if number is None or number.qualifier != SUBMITTER_QUALIFIER:
        reading.report_spare(name)
    return replace(submitter, npi="", other_identifier=None), name.get(9)


def _read_receiver(reading: Reading, party: Party | None) -> tuple[str, str]:
    if party is None:
        return "", ""
    reading.loop = "1000B"
    name, *behind = reading.segments(*party)
    is_odd = name.get(2) != "2" or name.get(8) not in {"", SUBMITTER_QUALIFIER}
    if is_odd or any(name[4:8]) or any(name[10:]):
        reading.report_spare(name)
    reading.keep_all(behind)
    return name.get(3), name.get(9)


def _read_claims(
    reading: Reading, windows: Iterator[Window], frame: Frame
) -> tuple[ClaimDocument, ...]:
    """Read levels and claims to the end; what a level without a claim says is kept."""
    kept = reading.kept
    claims: list[ClaimDocument] = []
    levels: list[Level] = []
    _read_window(reading, frame, claims, levels)
    for window in windows:
        reading.open(window)
        _read_window(reading, frame, claims, levels)
    reading.kept = kept
    for level in levels:
        if not level.has_claim:
            _keep_level(reading, level)
    return tuple(claims)


def _read_window(
    reading: Reading, frame: Frame, claims: list[ClaimDocument], levels: list[Level]
) -> None:
    """Read the levels of a window with their claims."""
    rows, end, kept = reading.rows, len(reading.texts), reading.kept
    while reading.at < end:
        tag = rows[reading.at][0]
        if tag == "CLM":
            frame.mark()
            claims.append(read_claim(reading, frame))
        elif tag == "HL":
            levels.append(read_level(reading, frame))
        else:
            if tag != "SE":
                reading.loop = ""
                reading.kept = kept
                reading.keep(reading.segment(reading.at))
            reading.at += 1
    reading.kept = kept


def _keep_level(reading: Reading, level: Level) -> None:
    """Keep a level as segments, because no claim takes it with it."""
    transaction = reading.place.transaction
    pieces = transaction.pieces[level.start : level.end]
    rows = [piece.split(transaction.separator) for piece in pieces]
    reading.open((level.start, pieces, [*rows, END]))
    for one in reading.segments(0, len(rows)):
        if one[0] == "HL":
            reading.loop = LEVEL_LOOPS.get(one.get(3), "2000")
        elif one[0] == "NM1":
            reading.loop = LOOPS.get(one.get(1), "2010")
        reading.keep(one)
