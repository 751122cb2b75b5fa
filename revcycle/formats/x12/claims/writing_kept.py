"""Segments that no field holds, written back into their loops at the guide's place."""

from collections.abc import Sequence

from models.documents.claim_codes import KeptSegment
from revcycle.formats.x12.claims.writing_pen import Pen
from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.guides.order import canonical_order
from revcycle.formats.x12.segments import Segment

# The loops that begin with a name, by form and place, with the codes of that name.
NAMES = {
    "1000A": {"41"},
    "1000B": {"40"},
    "2010AA": {"85"},
    "2010AB": {"87"},
    "2010AC": {"PE"},
    "2010BA": {"IL"},
    "2010BB": {"PR"},
    "2010CA": {"QC"},
    "2330A": {"IL"},
    "2330B": {"PR"},
}
FORM_NAMES = {
    "837P": {
        "2310A": {"DN", "P3"},
        "2310B": {"82"},
        "2310C": {"77"},
        "2310D": {"DQ"},
        "2310E": {"PW"},
        "2310F": {"45"},
        "2330C": {"DN", "P3"},
        "2330D": {"82"},
        "2330E": {"77"},
        "2330F": {"DQ"},
        "2330G": {"85"},
        "2420A": {"82"},
        "2420B": {"QB"},
        "2420C": {"77"},
        "2420D": {"DQ"},
        "2420E": {"DK"},
        "2420F": {"DN", "P3"},
        "2420G": {"PW"},
        "2420H": {"45"},
    },
    "837I": {
        "2310A": {"71"},
        "2310B": {"72"},
        "2310C": {"ZZ"},
        "2310D": {"82"},
        "2310E": {"77"},
        "2310F": {"DN"},
        "2330C": {"71"},
        "2330D": {"72"},
        "2330E": {"ZZ"},
        "2330F": {"77"},
        "2330G": {"82"},
        "2330H": {"DN"},
        "2330I": {"85"},
        "2420A": {"72"},
        "2420B": {"ZZ"},
        "2420C": {"82"},
        "2420D": {"DN"},
    },
}
OPENERS = {"2320": "SBR", "2410": "LIN", "2430": "SVD", "2440": "LQ"}
STARTS = frozenset({"NM1", "SBR", "LX", "LIN", "SVD", "LQ"})  # each begins a loop below
BEHIND = {"2310": ("SBR",), "2410": ("NM1", "SVD", "LQ"), "2420": ("SVD", "LQ"), "2430": ("LQ",)}
# Segments of which a loop has one; of the others element 01 tells which one is meant.
SINGLE = frozenset(
    {"CLM", "SV1", "SV2", "SV5", "N3", "N4", "DMG", "SBR", "PAT", "PRV", "CUR", "BHT", "CL1", "CR1"}
    | {"CR2", "CR3", "CN1", "HCP", "LIN", "CTP", "OI", "MIA", "MOA", "PS1", "LX", "HL", "PER"}
)

Chunk = list[Segment]


def put_back(pen: Pen, start: int, kept: Sequence[KeptSegment], guide_name: str) -> None:
    """Put kept segments among those that were written since ``start``, which begin a loop."""
    if not kept:
        return
    chunk = [Segment(text.split("*")) for text in pen.out[start:]]
    names = NAMES | FORM_NAMES[guide_name]
    replaced: set[int] = set()  # ids of segments that stand in already
    for place, one in enumerate(kept):
        segment = Segment(one.elements)
        at = _twin(chunk, one, segment, names, replaced) if one.stands_in else None
        if at is not None:
            chunk[at] = segment
        else:
            _insert(chunk, one, segment, names, is_first=_opens(kept, place))
        replaced.add(id(segment))
    ordered = canonical_order(guide_named(guide_name), chunk)
    pen.out[start:] = [_text(pen, segment) for segment in ordered]


def _text(pen: Pen, segment: Segment) -> str:
    if any(sign in element for element in segment for sign in "*~"):
        pen.refuse(f"a segment {segment.tag} that was kept holds a delimiter")
    return "*".join(segment).rstrip("*")


def _opens(kept: Sequence[KeptSegment], place: int) -> bool:
    """Tell whether a kept segment begins a loop of its own."""
    return kept[place].elements[0] in STARTS and not kept[place].stands_in


def _loops(chunk: Chunk, loop: str, names: dict[str, set[str]]) -> list[tuple[int, int]]:
    """Find from where to where each such loop of the chunk goes."""
    codes, opener = names.get(loop), OPENERS.get(loop)
    if codes is None and opener is None:
        return [] if _is_inner(loop) else [(0, _end(chunk, 0))]
    return [
        (at, _end(chunk, at))
        for at, one in enumerate(chunk)
        if one[0] == opener or (codes and one[0] == "NM1" and one.get(1) in codes)
    ]


def _is_inner(loop: str) -> bool:
    """Tell a loop of a name that we do not know from the loop the chunk is about."""
    return loop in {"1000", "2010", "2310", "2330", "2420"} or loop[:4] in {"2010", "2310", "2330"}


def _end(chunk: Chunk, start: int) -> int:
    has_information = chunk[start][0] == "HL" and chunk[start + 1 : start + 2] != []
    end = start + (2 if has_information and chunk[start + 1][0] == "SBR" else 1)
    while end < len(chunk) and chunk[end][0] not in STARTS:
        end += 1
    return end


def _twin(
    chunk: Chunk,
    kept: KeptSegment,
    segment: Segment,
    names: dict[str, set[str]],
    replaced: set[int],
) -> int | None:
    """Find what was written for a segment that the fields tell a part of only: the most alike."""
    twins = [
        at
        for start, end in _loops(chunk, kept.loop, names) or [(0, len(chunk))]
        for at in range(start, end)
        if chunk[at][0] == segment[0]
        and id(chunk[at]) not in replaced
        and (segment[0] in SINGLE or _use(chunk[at]) == _use(segment))
    ]
    return max(twins, key=lambda at: _likeness(chunk[at], segment), default=None)


def _likeness(one: Segment, other: Segment) -> int:
    return sum(left == right for left, right in zip(one, other, strict=False))


def _use(segment: Segment) -> str:
    return segment.get(1).partition(":")[0]


def _insert(
    chunk: Chunk,
    kept: KeptSegment,
    segment: Segment,
    names: dict[str, set[str]],
    *,
    is_first: bool,
) -> None:
    found = [] if is_first else _loops(chunk, kept.loop, names)
    chunk.insert(found[-1][1] if found else _behind(chunk, kept.loop), segment)


def _behind(chunk: Chunk, loop: str) -> int:
    """Find where a loop that the document does not have may stand."""
    later = BEHIND.get(loop[:4], ())
    return next((at for at, one in enumerate(chunk) if at and one[0] in later), len(chunk))
