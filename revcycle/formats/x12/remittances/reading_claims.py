"""One claim of a remittance (loop 2100), with its services."""

from datetime import date

from models.documents.remittance import RemittanceClaim
from revcycle.formats.x12.remittances.conversions import AMOUNTS, DATES, NPI
from revcycle.formats.x12.remittances.drafts import ClaimDraft
from revcycle.formats.x12.remittances.reading_claim_supplements import CLAIM_DATES, ClaimMore
from revcycle.formats.x12.remittances.reading_lines import read_line
from revcycle.formats.x12.remittances.reading_names import MEMBER_ID, read_names
from revcycle.formats.x12.remittances.reading_state import (
    ONE_TRIPLET,
    Elements,
    Reading,
    Remains,
    read_adjustments,
    trimmed,
)

LOOP = "2100"
USUAL_LENGTH = 10  # CLP with CLP09 and nothing behind it
NM1_LENGTH = 10  # with NM109
REMARKS_AT = 3  # MOA03
MOA_LENGTH_MAX = 8
PAIR = 3  # a tag, a qualifier and a value
CLAIM_ENDS = frozenset({"SVC", "CLP", "LX", "TS3", "TS2", "PLB", "SE"})
USUAL_DATES = frozenset(
    {"", "232", "233", "050", "232233", "232050", "233050", "232233050", "050232", "050232233"}
)
PERSON = ["1", ""]  # NM102 and NM105: a person without a middle name


def read_claim(reading: Reading, group: int) -> RemittanceClaim:
    """Read the claim whose CLP is next, up to the segment that is none of its own.

    Raises:
        ValueError: an amount or a quantity that counts is none.
        IndexError: it is missing.
    """
    start, segment, more = reading.at, reading.segment, None
    if len(segment) > USUAL_LENGTH:
        more = ClaimMore(Remains(reading, LOOP), start, segment)
    elif len(segment) < USUAL_LENGTH:
        segment = [*segment, *[""] * (USUAL_LENGTH - len(segment))]
    claim = ClaimDraft(AMOUNTS[segment[3]], AMOUNTS[segment[4]], group)
    claim.claim_control_number = segment[1]
    claim.status = segment[2]
    if segment[5]:
        claim.patient_responsibility = AMOUNTS[segment[5]]
    claim.filing_indicator = segment[6]
    claim.payer_claim_control_number = segment[7]
    claim.facility_code = segment[8]
    claim.frequency_code = segment[9]
    more = _read_details(reading, claim, more)
    if more is not None:
        _take_more(claim, more, range(start, reading.at))
    if reading.segment[0] == "SVC":
        lines = [read_line(reading)]
        while reading.segment[0] == "SVC":
            lines.append(read_line(reading))
        claim.lines = tuple(lines)
    return claim.finished()


def _read_details(reading: Reading, claim: ClaimDraft, more: ClaimMore | None) -> ClaimMore | None:
    """Read what stands between a CLP and its first SVC."""
    pieces, separator, start, first = reading.pieces, reading.separator, reading.at, reading.segment
    dates, is_odd = "", False
    for at in range(start + 1, len(pieces)):
        segment = pieces[at].split(separator)
        if not segment[-1]:
            trimmed(segment)
        tag, size = segment[0], len(segment)
        if tag in CLAIM_ENDS:
            reading.at, reading.segment = at, segment
            break
        if tag == "NM1" and size == NM1_LENGTH and _is_name(reading, claim, segment, pieces[at]):
            continue
        if tag == "DTM" and size == PAIR and segment[1] in CLAIM_DATES:
            dates += segment[1] if _take_date(claim, segment) else "?"
        elif tag == "MOA" and not claim.remarks and _is_remarks_only(segment):
            claim.remarks = tuple(segment[REMARKS_AT:])
        elif tag == "CAS":
            is_odd = is_odd or bool(claim.adjustments) or size != ONE_TRIPLET
            claim.adjustments += read_adjustments(segment)
        else:
            more = more or ClaimMore(Remains(reading, LOOP), start, first)
            more.take(at, segment)
    else:
        reading.go_to(len(pieces))
    if is_odd or dates not in USUAL_DATES:
        more = more or ClaimMore(Remains(reading, LOOP), start, first)
        more.is_odd = True
    return more


def _is_name(reading: Reading, claim: ClaimDraft, segment: Elements, text: str) -> bool:
    """Take an NM1 of ten elements if it is one as usual: a patient with member id, or an NPI."""
    entity = segment[1]
    if entity == "QC" and not claim.member_id:
        if segment[8] == MEMBER_ID and segment[2:8:3] == PERSON and segment[6] == segment[7] == "":
            claim.patient_last_name = segment[3]
            claim.patient_first_name = segment[4]
            claim.member_id = segment[9]
            return True
    elif entity == "82" and not claim.rendering_provider_npi:
        claim.rendering_provider_npi = npi = reading.renderings[text]
        return npi != ""
    return False


def _take_date(claim: ClaimDraft, segment: Elements) -> date | None:
    """Take a DTM; the first of each kind counts."""
    day = DATES[segment[2]]
    if segment[1] == "050":
        claim.received_on = claim.received_on or day
    elif segment[1] == "232":
        claim.statement_from = claim.statement_from or day
    else:
        claim.statement_to = claim.statement_to or day
    return day


def _is_remarks_only(segment: Elements) -> bool:
    """Tell whether an MOA says nothing but remarks."""
    return (
        REMARKS_AT < len(segment) <= MOA_LENGTH_MAX
        and not (segment[1] or segment[2])
        and all(segment[REMARKS_AT:])
    )


def _take_more(claim: ClaimDraft, more: ClaimMore, positions: range) -> None:
    """Put together what a claim says that is not like most."""
    if claim.member_id:
        more.take_usual(
            "QC",
            "1",
            claim.patient_last_name,
            claim.patient_first_name,
            *("", "", ""),
            MEMBER_ID,
            claim.member_id,
        )
    if claim.rendering_provider_npi:
        more.take_usual("82", "1", *([""] * 5), NPI, claim.rendering_provider_npi)
    claim.remarks = more.remarks(claim.remarks)
    names = read_names(more.names, more.remains)
    claim.patient_last_name = names.patient.last_name
    claim.patient_first_name = names.patient.first_name
    claim.member_id = names.member_id
    claim.corrected_member_id = names.corrected_member_id
    claim.rendering_provider_npi = names.rendering_provider_npi
    claim.crossover_payer_name = names.crossover_name
    claim.crossover_payer_id = names.crossover_id
    more.check_order(positions)
    claim.supplement = more.supplement(names)
    claim.kept = more.remains.closed(positions)
