"""Invented 837 files as text, for tests that read one segment or loop at a time."""

from models.documents.claim import ClaimDocument
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.diagnostics import Diagnostic

ISA = (
    "ISA*00*          *00*          *ZZ*SUB001         *ZZ*RCV001         "
    "*261122*0930*^*00501*000000042*0*T*:"
)
HEADER = (
    "BHT*0019*00*B0001*20261122*0930*CH",
    "NM1*41*2*SAMPLE BILLING COMPANY*****46*SUB001",
    "PER*IC*EDI DESK*TE*5555550101",
    "NM1*40*2*SAMPLE CLEARING*****46*RCV001",
)
BILLING = (
    "HL*1**20*1",
    "PRV*BI*PXC*207Q00000X",
    "NM1*85*2*LAKESIDE TESTCLINIC*****XX*1234567893",
    "N3*1 SAMPLE WAY",
    "N4*DAYTON*OH*454021234",
    "REF*EI*990000001",
)
POLICY = (
    "HL*2*1*22*0",
    "SBR*P*18*GRP100******CI",
    "NM1*IL*1*TESTPERSON*ADA****MI*W123456789",
    "N3*2 INVENTED AVE*NO 4",
    "N4*DAYTON*OH*45402",
    "DMG*D8*19800229*F",
    "NM1*PR*2*SAMPLE HEALTH PLAN*****PI*00123",
)
CLAIM = ("CLM*A-1*125***11:B:1*Y*A*Y*Y",)
DIAGNOSES = ("HI*ABK:J069*ABF:Z23",)
LINE = (
    "LX*1",
    "SV1*HC:99213:25*125*UN*1***1",
    "DTP*472*D8*20261005",
    "REF*6R*A-1-1",
)
STAY = (
    "CLM*A-5*900***13:A:1**A*Y*Y",
    "DTP*434*RD8*20261005-20261009",
    "CL1*1*7*30",
)
STAY_DIAGNOSES = ("HI*ABK:M25511",)
STAY_LINE = (
    "LX*1",
    "SV2*0420*HC:97110*900*UN*4",
    "DTP*472*D8*20261005",
    "REF*6R*A-5-1",
)


def a_file(*segments: str, version: str = "005010X222A1") -> bytes:
    """Wrap the segments of one transaction, BHT to the last line."""
    group = f"GS*HC*SUB001*RCV001*20261122*0930*42*X*{version}"
    ends = (f"SE*{len(segments) + 2}*0001", "GE*1*42", "IEA*1*000000042")
    whole = (ISA, group, f"ST*837*0001*{version}", *segments, *ends)
    return "".join(f"{segment}~" for segment in whole).encode()


def professional(
    *,
    header: tuple[str, ...] = HEADER,
    billing: tuple[str, ...] = BILLING,
    policy: tuple[str, ...] = POLICY,
    claim: tuple[str, ...] = CLAIM,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    line: tuple[str, ...] = LINE,
    behind: tuple[str, ...] = (),
) -> bytes:
    """Write an 837P; ``before`` and ``after`` stand around its HI, ``behind`` after its line."""
    return a_file(*header, *billing, *policy, *claim, *before, *DIAGNOSES, *after, *line, *behind)


def institutional(
    *,
    claim: tuple[str, ...] = STAY,
    diagnoses: tuple[str, ...] = STAY_DIAGNOSES,
    after: tuple[str, ...] = (),
    line: tuple[str, ...] = STAY_LINE,
    behind: tuple[str, ...] = (),
) -> bytes:
    """Write an 837I."""
    segments = (*HEADER, *BILLING, *POLICY, *claim, *diagnoses, *after, *line, *behind)
    return a_file(*segments, version="005010X223A2")


def read_one(data: bytes) -> tuple[ClaimDocument, tuple[Diagnostic, ...]]:
    """Read the only claim of a file, of whichever form."""
    reader = t837i if b"X223A2" in data else t837p
    (claim,), diagnostics = reader.read_claims(data)
    return claim, diagnostics


def read_clean(data: bytes) -> ClaimDocument:
    """Read the only claim of a file that gives no reason to say anything."""
    claim, diagnostics = read_one(data)
    assert diagnostics == ()
    assert claim.kept == ()
    assert [line.kept for line in claim.lines] == [()] * len(claim.lines)
    return claim
