"""Files of payers as they would send them: everything the guides allow, in segments."""

from collections import Counter
from collections.abc import Sequence
from types import ModuleType

from models.errors import RejectedError
from revcycle.formats.x12 import t270, t271, t276, t277, t277ca
from revcycle.formats.x12.guides.library import guide_named
from revcycle.formats.x12.guides.order import canonical_order
from revcycle.formats.x12.inquiries.codecs import in_our_delimiters
from revcycle.formats.x12.interchange import read_interchanges
from revcycle.formats.x12.segments import Segment
from tests.unit.formats.x12_inquiries.inquiry_strategies import ENVELOPE

ISA = (
    "ISA*00*          *00*          *ZZ*INVENTEDPAYER  *ZZ*LAKESIDE       "
    "*260302*0615*^*00501*000000009*0*T*:"
)
GUIDES = {
    "270": ("HS", "005010X279A1", t270),
    "271": ("HB", "005010X279A1", t271),
    "276": ("HR", "005010X212", t276),
    "277": ("HN", "005010X212", t277),
    "277CA": ("HN", "005010X214", t277ca),
}

ASKED = (
    "BHT*0022*13*B-9*20260302*0615*RT",
    "HL*1**20*1",
    "NM1*PR*2*INVENTED HEALTH PLAN*****PI*IHP01",
    "HL*2*1*21*1",
    "NM1*1P*1*SPECIMEN*VERA*Q***XX*1234500027",
    "REF*TJ*990000002",
    "REF*EO*77",
    "N3*1 SHORE ROAD*SUITE 2",
    "N4*MADISON*WI*53703",
    "PRV*BI*PXC*207Q00000X",
    "HL*3*2*22*0",
    "TRN*1*T-1*1990000002*EAST",
    "TRN*1*CLEARING-7*9880000001",
    "NM1*IL*1*EXAMPLE*ADA*Q***MI*IHP900000101",
    "REF*6P*GROUP7",
    "REF*SY*990000003",
    "N3*1 SHORE ROAD",
    "N4*MADISON*WI*53703",
    "PRV*RF*PXC*207Q00000X",
    "DMG*D8*19800203*F",
    "INS*Y*18***************2",
    "HI*ABK:E119*ABF:I10",
    "DTP*291*RD8*20260301-20260331",
    "EQ*30^98^UC**FAM",
    "EQ**HC:99213:25:59***1:2",
    "AMT*R*37.5",
    "AMT*PB*200",
    "III*ZZ*11",
    "REF*G1*AUTH-1",
    "DTP*291*D8*20260315",
    "HL*4*2*22*1",
    "NM1*IL*1*SAMPLE*IDA****MI*IHP900000102",
    "HL*5*4*23*0",
    "TRN*1*T-2*1990000002",
    "NM1*03*1*SAMPLE*BO",
    "DMG*D8*20150203*M",
    "INS*N*19",
    "DTP*291*D8*20260303",
    "EQ*30",
)
ANSWERED = (
    "BHT*0022*11*B-9*20260302*0615",
    "HL*1**20*1",
    "AAA*Y**42*R",
    "NM1*PR*2*INVENTED HEALTH PLAN*****PI*IHP01",
    "PER*IC*MEMBER SERVICES*TE*6085550100*FX*6085550101*UR*WWW.EXAMPLE.ORG",
    "AAA*N**T4*P",
    "HL*2*1*21*1",
    "NM1*1P*2*LAKESIDE*****XX*1234500019",
    "REF*TJ*990000002",
    "N3*1 SHORE ROAD",
    "N4*MADISON*WI*53703",
    "AAA*N**43*C",
    "PRV*BI*PXC*207Q00000X",
    "HL*3*2*22*1",
    "TRN*2*T-1*1990000002",
    "TRN*1*THEIRS-1*9880000001*EAST",
    "NM1*IL*1*EXAMPLE*ADA*Q**JR*MI*IHP900000101",
    "REF*6P*GROUP7*EXAMPLE WORKS",
    "REF*18*PLAN-3",
    "N3*1 SHORE ROAD*UNIT 3",
    "N4*MADISON*WI*53703",
    "AAA*Y**71*C",
    "PRV*PC*PXC*207Q00000X",
    "DMG*D8*19800203*F",
    "INS*Y*18*001*25",
    "HI*ABK:E119",
    "DTP*346*D8*20260101",
    "DTP*347*D8*20261231",
    "DTP*636*D8*20260201",
    "MPI*C*AE*C*RESERVES*P1*D8*20200101",
    "EB*1*FAM*30^98*HM*GOLD PLAN",
    "HSD*VS*12*WK*1*23*2*A*D",
    "REF*9F*REFERRAL-1",
    "DTP*348*RD8*20260101-20261231",
    "AAA*Y**52*C",
    "MSG*SEE THE MEMBER BOOK",
    "MSG*COPAY MAY DIFFER",
    "III*ZZ*11",
    "LS*2120",
    "NM1*P3*1*SPECIMEN*VERA****XX*1234500027",
    "N3*2 LAKE ROAD",
    "N4*MADISON*WI*53704",
    "PER*IC**TE*6085550102",
    "PRV*PC*PXC*207Q00000X",
    "NM1*PR*2*SECOND PLAN*****PI*SIP02",
    "LE*2120",
    "EB*B*IND***PLAN*27*20*****Y*HC:99213*1:2",
    "EB*C*IND*30***29*450.5**DY*3*Y*N",
    "EB*A*IND*30*****0.2",
    "HL*4*3*23*0",
    "TRN*2*T-2*1990000002",
    "NM1*03*1*EXAMPLE*BO",
    "DMG*D8*20150203*M",
    "INS*N*19",
    "EB*1**30",
)
STATUS_ASKED = (
    "BHT*0010*13*B-2*20260302*0615",
    "HL*1**20*1",
    "NM1*PR*2*INVENTED HEALTH PLAN*****PI*IHP01",
    "HL*2*1*21*1",
    "NM1*41*2*INVENTED BILLING*****46*IB01",
    "HL*3*2*19*1",
    "NM1*1P*2*LAKESIDE*****XX*1234500019",
    "HL*4*3*22*0",
    "DMG*D8*19800203*F",
    "NM1*IL*1*EXAMPLE*ADA****MI*IHP900000301",
    "TRN*1*S-1",
    "REF*1K*IHP26061000031",
    "REF*BLT*131",
    "REF*LU*LOCATION1",
    "REF*6P*GROUP7",
    "REF*EJ*LFM000000301",
    "REF*XZ*7654321",
    "REF*D9*CLEARING-1",
    "AMT*T3*150",
    "DTP*472*RD8*20260203-20260205",
    "SVC*HC:99213:25*100**0450***1",
    "REF*FJ*LINE-1",
    "DTP*472*D8*20260203",
    "SVC*HC:99214*50*****1",
    "DTP*472*D8*20260205",
    "HL*5*3*22*1",
    "NM1*IL*1*SAMPLE*IDA****MI*IHP900000302",
    "HL*6*5*23",
    "DMG*D8*20150203*M",
    "NM1*QC*1*SAMPLE*BO",
    "TRN*1*S-2",
    "REF*EJ*LFM000000302",
    "AMT*T3*80.5",
    "DTP*472*D8*20260203",
    "TRN*1*S-3",
    "REF*EJ*LFM000000303",
    "AMT*T3*81",
    "DTP*472*D8*20260204",
)
STATUS_TOLD = (
    "BHT*0010*08*277-1*20260302*0615*DG",
    "HL*1**20*1",
    "NM1*PR*2*INVENTED HEALTH PLAN*****PI*IHP01",
    "PER*IC*CLAIMS*TE*6085550100*EX*12",
    "HL*2*1*21*1",
    "NM1*41*2*INVENTED BILLING*****46*IB01",
    "TRN*2*B-2",
    "STC*E0:0:41*20260302",
    "HL*3*2*19*1",
    "NM1*1P*2*LAKESIDE*****XX*1234500019",
    "TRN*1*0",
    "STC*E0:24:1P*20260302",
    "HL*4*3*22*0",
    "NM1*IL*1*EXAMPLE*ADA****MI*IHP900000301",
    "TRN*2*S-1",
    "STC*F1:65*20260301**150*120*20260228**20260301*CHECK77*F1:3:QC*F1:4",
    "STC*F1:80::RX*20260301",
    "REF*1K*IHP26061000031",
    "REF*BLT*131",
    "REF*EJ*LFM000000301",
    "REF*XZ*7654321",
    "REF*VV*VOUCHER-1",
    "REF*D9*CLEARING-1",
    "DTP*472*RD8*20260203-20260205",
    "SVC*HC:99213:25*100*80*0450***1",
    "STC*F1:65*20260301",
    "STC*F1:3*20260301",
    "REF*FJ*LINE-1",
    "DTP*472*D8*20260203",
    "HL*5*3*22*1",
    "NM1*IL*1*SAMPLE*IDA****MI*IHP900000302",
    "HL*6*5*23",
    "NM1*QC*1*SAMPLE*BO",
    "TRN*2*S-2",
    "STC*D0:35:QC*20260301**80.5",
    "REF*EJ*LFM000000302",
)
ACKNOWLEDGED = (
    "BHT*0085*08*277CA-1*20260302*0615*TH",
    "HL*1**20*1",
    "NM1*PR*2*INVENTED HEALTH PLAN*****46*IHP01",
    "TRN*1*RECEIPT-1",
    "DTP*050*D8*20260301",
    "DTP*009*D8*20260302",
    "HL*2*1*21*1",
    "NM1*41*2*INVENTED BILLING*****46*IB01",
    "TRN*2*B0001",
    "STC*A1:19:PR*20260302*WQ*400",
    "QTY*90*1",
    "QTY*AA*1",
    "AMT*YU*150",
    "AMT*YY*250",
    "HL*3*2*19*1",
    "NM1*85*2*LAKESIDE*****XX*1234500019",
    "TRN*1*0",
    "STC*A1:19:PR**WQ*400",
    "REF*TJ*990000002",
    "QTY*QA*1",
    "QTY*QC*1",
    "AMT*YU*150",
    "AMT*YY*250",
    "HL*4*3*PT",
    "NM1*QC*1*EXAMPLE*ADA****MI*IHP900000301",
    "TRN*2*LFM000000301",
    "STC*A2:20:PR*20260302*WQ*150",
    "REF*1K*IHP26061000031",
    "REF*D9*CLEARING-1",
    "REF*BLT*131",
    "DTP*472*D8*20260203",
    "HL*5*3*PT",
    "NM1*QC*1*SAMPLE*IDA****MI*IHP900000302",
    "TRN*2*LFM000000302",
    "STC*A7:562:85*20260302*U*250******A7:128:85*A8:496*NPI AND TAX ID DO NOT MATCH",
    "STC*A3:21*20260302*U*250",
    "DTP*472*RD8*20260203-20260205",
    "SVC*HC:99213*250*****1",
    "STC*A7:454:85*20260302*U",
    "REF*FJ*LINE-1",
    "DTP*472*D8*20260203",
)
EVERYTHING = {
    "270": ASKED,
    "271": ANSWERED,
    "276": STATUS_ASKED,
    "277": STATUS_TOLD,
    "277CA": ACKNOWLEDGED,
}


def a_file(kind: str, segments: Sequence[str], version: str = "") -> bytes:
    """A file of one transaction, from its segments between ST and SE."""
    code, guide, _ = GUIDES[kind]
    version = version or guide
    lines = [
        ISA,
        f"GS*{code}*SENDER*RECEIVER*20260302*0615*9*X*{version}",
        f"ST*{kind[:3]}*0001*{version}",
    ]
    lines += [*segments, f"SE*{len(segments) + 2}*0001", "GE*1*9", "IEA*1*000000009"]
    return "".join(f"{line}~" for line in lines).encode("latin-1")


def guide_of(kind: str) -> ModuleType:
    return GUIDES[kind][2]


def canonical_segments(data: bytes) -> Counter[tuple[str, ...]]:
    """Every segment within transactions, without empty ends; numbers without empty decimals."""
    return Counter(
        _canonical(in_our_delimiters(one, interchange.delimiters))
        for interchange in read_interchanges(data)
        for transaction in interchange.transactions
        for one in transaction.segments[1:]
        if one.tag != "SE"
    )


def in_order(kind: str, data: bytes) -> list[tuple[str, ...]]:
    """The segments of all transactions as the guide orders them, in canonical form."""
    guide = guide_named(kind)
    return [
        _canonical(one)
        for interchange in read_interchanges(data)
        for transaction in interchange.transactions
        for one in canonical_order(
            guide,
            [
                Segment(in_our_delimiters(one, interchange.delimiters))
                for one in transaction.segments
            ],
        )
        if one.tag not in {"ST", "SE"}
    ]


def _canonical(elements: Sequence[str]) -> tuple[str, ...]:
    kept = [_number(element.rstrip(":")) for element in elements]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _number(text: str) -> str:
    whole, point, decimals = text.partition(".")
    if not (point and (whole + decimals).isdecimal()):
        return text
    return f"{whole.lstrip('0')}.{decimals}".rstrip("0").rstrip(".") or "0"


def written_again(kind: str, data: bytes) -> bytes | None:
    """What we write of a file that we read; None where it may not be written."""
    guide = guide_of(kind)
    documents, _ = guide.read_documents(data)
    try:
        written: bytes = guide.write_documents(documents, ENVELOPE)
    except RejectedError:
        return None
    return written
