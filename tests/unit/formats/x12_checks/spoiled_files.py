"""Two sound invented files, and ways to spoil them by one defect at a time."""

from collections.abc import Callable
from dataclasses import dataclass

ENVELOPE = (
    "ISA*00*          *00*          *ZZ*SUB001         *ZZ*RCV001         "
    "*261122*0930*^*00501*000000042*1*T*:"
)
CLAIM_FILE = (
    ENVELOPE,
    "GS*HC*SUB001*RCV001*20261122*0930*42*X*005010X222A1",
    "ST*837*0001*005010X222A1",
    "BHT*0019*00*B0001*20261122*0930*CH",
    "NM1*41*2*SAMPLE BILLING COMPANY*****46*SUB001",
    "PER*IC*EDI DESK*TE*5555550101",
    "NM1*40*2*SAMPLE CLEARING*****46*RCV001",
    "HL*1**20*1",
    "PRV*BI*PXC*207Q00000X",
    "NM1*85*2*LAKESIDE TESTCLINIC*****XX*1234567893",
    "N3*1 SAMPLE WAY",
    "N4*DAYTON*OH*454021234",
    "REF*EI*990000001",
    "HL*2*1*22*0",
    "SBR*P*18*GRP100******CI",
    "NM1*IL*1*TESTPERSON*ADA****MI*W123456789",
    "N3*2 INVENTED AVE",
    "N4*DAYTON*OH*45402",
    "DMG*D8*19800229*F",
    "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*00123",
    "CLM*A-1*165.5***11:B:1*Y*A*Y*Y",
    "REF*G1*AUTH88",
    "HI*ABK:J069*ABF:Z23",
    "NM1*82*1*EXEMPLAR*RHEA****XX*1245319599",
    "PRV*PE*PXC*207Q00000X",
    "LX*1",
    "SV1*HC:99213*125*UN*1***1",
    "DTP*472*D8*20261005",
    "REF*6R*A-1-1",
    "LX*2",
    "SV1*HC:90471:25:59*40.5*UN*1***2:1",
    "DTP*472*D8*20261005",
    "REF*6R*A-1-2",
    "HL*3*1*22*1",
    "SBR*P********BL",
    "NM1*IL*1*MODELPARENT*CORA****MI*W987654321",
    "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*00123",
    "HL*4*3*23*0",
    "PAT*19",
    "NM1*QC*1*MODELCHILD*BEN",
    "N3*3 MADE UP LANE",
    "N4*DAYTON*OH*45402",
    "DMG*D8*20160701*M",
    "CLM*A-2*90***11:B:1*Y*A*Y*Y",
    "HI*ABK:J029",
    "LX*1",
    "SV1*HC:99212*90*UN*1***1",
    "DTP*472*RD8*20261006-20261007",
    "SE*47*0001",
    "GE*1*42",
    "IEA*1*000000042",
)
REMITTANCE_FILE = (
    ENVELOPE,
    "GS*HP*SUB001*RCV001*20261122*0930*42*X*005010X221A1",
    "ST*835*0001",
    "BPR*I*170*C*ACH*CCP*01*011000015*DA*99990001*1999999999**01*011000028*DA*99990002*20261118",
    "TRN*1*EFT000001*1999999999",
    "REF*EV*SUB001",
    "DTM*405*20261118",
    "N1*PR*SAMPLE HEALTH PLAN",
    "N3*1 PAYER PLAZA",
    "N4*COLUMBUS*OH*432151234",
    "REF*2U*00123",
    "PER*BL*PROVIDER LINE*TE*5555550199",
    "N1*PE*LAKESIDE TESTCLINIC*XX*1234567893",
    "N3*1 SAMPLE WAY",
    "N4*DAYTON*OH*454021234",
    "REF*TJ*990000001",
    "LX*1",
    "CLP*A-1*1*165.5*100.5*25*12*ICN0001*11*1",
    "NM1*QC*1*TESTPERSON*ADA****MI*W123456789",
    "NM1*82*1*EXEMPLAR*RHEA****XX*1245319599",
    "DTM*050*20261012",
    "SVC*HC:99213*125*75**1",
    "DTM*472*20261005",
    "CAS*CO*45*30",
    "CAS*PR*2*20",
    "REF*6R*A-1-1",
    "AMT*B6*95",
    "LQ*HE*N130",
    "SVC*HC:90471*40.5*25.5**1",
    "DTM*472*20261005",
    "CAS*CO*45*10",
    "CAS*PR*3*5",
    "REF*6R*A-1-2",
    "CLP*A-2*1*90*79.5*0*12*ICN0002*11*1",
    "CAS*CO*45*10.5",
    "NM1*QC*1*MODELCHILD*BEN****MI*W987654321",
    "DTM*232*20261006",
    "PLB*1234567893*20261231*WO:ICN0000*10",
    "SE*37*0001",
    "GE*1*42",
    "IEA*1*000000042",
)
Edit = Callable[[list[str]], None]


def written(segments: tuple[str, ...] | list[str]) -> bytes:
    """Write segments as they are."""
    return "".join(f"{one}~\n" for one in segments).encode("latin-1")


def spoiled(segments: tuple[str, ...], edit: Edit) -> bytes:
    """Apply an edit, and correct SE01 so that it stays the only defect."""
    edited = list(segments)
    edit(edited)
    if segments[find(list(segments), "SE*")] in edited:
        _recount(edited)
    return written(edited)


def _recount(segments: list[str]) -> None:
    start = 0
    for at, one in enumerate(segments):
        if one.startswith("ST*"):
            start = at
        if one.startswith("SE*"):
            segments[at] = f"SE*{at - start + 1}*{one.split('*')[2]}"


def find(segments: list[str], beginning: str, nth: int = 1) -> int:
    """Find the nth segment that begins so."""
    places = [at for at, one in enumerate(segments) if one.startswith(beginning)]
    return places[nth - 1]


def position(data: bytes, beginning: str, nth: int = 1) -> int:
    """Tell the number of a segment in its transaction, ST being 1."""
    segments = data.decode("latin-1").split("~\n")
    at = find(segments, beginning, nth)
    start = max(place for place, one in enumerate(segments[: at + 1]) if one.startswith("ST*"))
    return at - start + 1


def replace(old: str, new: str, nth: int = 1) -> Edit:
    """Replace the nth segment that begins so."""

    def edit(segments: list[str]) -> None:
        segments[find(segments, old, nth)] = new

    return edit


def drop(beginning: str, nth: int = 1) -> Edit:
    """Leave the nth segment that begins so out."""

    def edit(segments: list[str]) -> None:
        del segments[find(segments, beginning, nth)]

    return edit


def insert(before: str, *new: str, nth: int = 1) -> Edit:
    """Insert segments before the nth that begins so."""

    def edit(segments: list[str]) -> None:
        at = find(segments, before, nth)
        segments[at:at] = new

    return edit


def both(*edits: Edit) -> Edit:
    """Apply several edits that make one defect together."""

    def edit(segments: list[str]) -> None:
        for one in edits:
            one(segments)

    return edit


def repeat_transaction(segments: list[str]) -> None:
    """Add the transaction once more, with the same ST02 and other claims."""
    start, end = find(segments, "ST*"), find(segments, "SE*")
    copy = [one.replace("CLM*A-", "CLM*B-") for one in segments[start : end + 1]]
    segments[end + 1 : end + 1] = copy
    segments[find(segments, "GE*")] = "GE*2*42"


@dataclass(frozen=True)
class Defect:
    """One defect and where it must be found.

    Attributes:
        edit: How the sound file is spoiled.
        subject: Tag and element as they must be reported.
        at: How the segment begins that must be named, in the spoiled file; empty outside.
        nth: Which of them.
    """

    edit: Edit
    subject: str
    at: str = ""
    nth: int = 1
