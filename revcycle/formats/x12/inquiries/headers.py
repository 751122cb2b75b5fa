"""BHT, both ways."""

from collections.abc import Sequence

from models.documents.claim_codes import KeptSegment
from models.documents.inquiry import InquiryHeader
from revcycle.formats.x12.elements import write_date
from revcycle.formats.x12.inquiries.codecs import Codec
from revcycle.formats.x12.inquiries.loops import LoopReader, only, with_kept
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.segments import Segment, segment


def header_codec(structure: str) -> Codec[InquiryHeader]:
    """Read and write BHT; ``structure`` is BHT01."""

    def read(one: Segment, place: Place) -> InquiryHeader:
        purpose, reference, time, kind = one.get(2), one.get(3), one.get(5), one.get(6)
        return InquiryHeader(reference, purpose, kind, place.date(one, 4), time)

    def write(header: InquiryHeader) -> Segment:
        day = write_date(header.created_on) if header.created_on else ""
        when = (day, header.created_time)
        return segment("BHT", structure, header.purpose, header.reference, *when, header.kind)

    return Codec(read, write)


def read_header(
    segments: Sequence[Segment], structure: str, place: Place
) -> tuple[InquiryHeader, tuple[KeptSegment, ...]]:
    """Read what stands before the first level."""
    reader = LoopReader(place, "HEADER")
    behind_start = [one for one in segments if one[0] != "ST"]
    found = reader.gather(behind_start, {"BHT": header_codec(structure)}, {"BHT"})
    return only(found, "BHT") or InquiryHeader("", ""), tuple(reader.kept)


def write_header(
    header: InquiryHeader, structure: str, kept: Sequence[KeptSegment]
) -> list[Segment]:
    """Write what stands before the first level."""
    return with_kept([header_codec(structure).write(header)], kept, ("BHT",))
