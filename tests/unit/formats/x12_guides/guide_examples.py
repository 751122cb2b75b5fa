"""Small invented transactions without a flaw, one line for each segment."""

from collections.abc import Sequence

from revcycle.formats.x12.checks.guide import check_guide
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.segments import Delimiters

PROFESSIONAL = """\
ST*837*0001*005010X222A1
BHT*0019*00*BATCH1*20261122*0930*CH
NM1*41*2*LAKESIDE BILLING*****46*LAKESIDE01
PER*IC*ADA OFFICE*TE*5550100200
NM1*40*2*HERON HEALTH*****46*HERON
HL*1**20*1
PRV*BI*PXC*207Q00000X
NM1*85*2*LAKESIDE FAMILY PRACTICE*****XX*1234567893
N3*1 LAKE LANE
N4*FERNWICK*OH*441011234
REF*EI*999999999
HL*2*1*22*0
SBR*P*18*GROUP7******CI
NM1*IL*1*INVENTED*OTTO****MI*HH0000001
N3*2 POND ROAD
N4*FERNWICK*OH*441011234
DMG*D8*19700101*M
NM1*PR*2*HERON HEALTH*****PI*HERON
CLM*CLAIM1*150***11:B:1*Y*A*Y*Y
REF*G1*AUTH1
HI*ABK:I10*ABF:E119
NM1*82*1*INVENTED*MARTHA****XX*1234567893
PRV*PE*PXC*207Q00000X
LX*1
SV1*HC:99213:25*100*UN*1***1:2
DTP*472*D8*20261105
REF*6R*CLAIM1-1
LX*2
SV1*HC:85025*50*UN*1***1
DTP*472*RD8*20261105-20261106
REF*6R*CLAIM1-2
HL*3*1*22*1
SBR*P**GROUP8******CI
NM1*IL*1*INVENTED*ANNA****MI*HH0000002
NM1*PR*2*HERON HEALTH*****PI*HERON
HL*4*3*23*0
PAT*19
NM1*QC*1*INVENTED*BERTA
N3*3 POND ROAD
N4*FERNWICK*OH*441011234
DMG*D8*20150101*F
CLM*CLAIM2*75***11:B:1*Y*A*Y*Y
HI*ABK:J069
LX*1
SV1*HC:99213*75*UN*1***1
DTP*472*D8*20261105
SE*47*0001"""

REMITTANCE = """\
ST*835*0001
BPR*I*80*C*CHK************20261118
TRN*1*EFT1*1999999999
DTM*405*20261118
N1*PR*HERON HEALTH
N3*1 HERON LANE
N4*FERNWICK*OH*441011234
PER*BL*PROVIDER LINE
N1*PE*LAKESIDE FAMILY PRACTICE*XX*1234567893
REF*TJ*999999999
LX*1
CLP*CLAIM1*1*100*80*20*12*ICN1*11*1
NM1*QC*1*INVENTED*OTTO****MI*HH0000001
NM1*82*1*INVENTED*MARTHA****XX*1234567893
DTM*050*20261110
SVC*HC:99213*100*80**1
DTM*472*20261105
CAS*PR*1*20
REF*6R*CLAIM1-1
AMT*B6*100
SE*21*0001"""

INSTITUTIONAL = """\
ST*837*0001*005010X223A2
BHT*0019*00*BATCH1*20261122*0930*CH
NM1*41*2*LAKESIDE BILLING*****46*LAKESIDE01
PER*IC*ADA OFFICE*TE*5550100200
NM1*40*2*HERON HEALTH*****46*HERON
HL*1**20*1
NM1*85*2*LAKESIDE HOSPITAL*****XX*1234567893
N3*1 LAKE LANE
N4*FERNWICK*OH*441011234
REF*EI*999999999
HL*2*1*22*0
SBR*P*18*******CI
NM1*IL*1*INVENTED*OTTO****MI*HH0000001
NM1*PR*2*HERON HEALTH*****PI*HERON
CLM*CLAIM1*500***13:A:1**A*Y*Y
DTP*434*RD8*20261105-20261106
DTP*435*DT*202611050930
CL1*1**01
HI*ABK:I10:::::::Y
HI*BBR:0DTJ4ZZ:D8:20261105
NM1*71*1*INVENTED*MARTHA****XX*1234567893
LX*1
SV2*0450*HC:99283*500*UN*1
DTP*472*D8*20261105
SE*25*0001"""

ELIGIBILITY_RESPONSE = """\
ST*271*0001*005010X279A1
BHT*0022*11*REQUEST1*20261122*0930
HL*1**20*1
NM1*PR*2*HERON HEALTH*****PI*HERON
HL*2*1*21*1
NM1*1P*2*LAKESIDE FAMILY PRACTICE*****XX*1234567893
HL*3*2*22*0
TRN*2*TRACE1*9999999999
NM1*IL*1*INVENTED*OTTO****MI*HH0000001
DMG*D8*19700101*M
DTP*291*D8*20261122
EB*1**30^98**HERON PLAN
EB*C*IND*30****500
DTP*292*RD8*20260101-20261231
LS*2120
NM1*P3*1*INVENTED*MARTHA
LE*2120
SE*18*0001"""

EXAMPLES = {
    "837P": PROFESSIONAL,
    "837I": INSTITUTIONAL,
    "835": REMITTANCE,
    "271": ELIGIBILITY_RESPONSE,
}
DELIMITERS = Delimiters()


def transaction_of(text: str | Sequence[str], version: str = "") -> Transaction:
    """Make a transaction of lines; the version is ST03, or that of the 835."""
    pieces = text.splitlines() if isinstance(text, str) else list(text)
    start = [*pieces[0].split("*"), "", "", ""]
    return Transaction(start[1], start[2], version or start[3] or "005010X221A1", "*", pieces)


def check(text: str | Sequence[str]) -> list[Diagnostic]:
    """Check a transaction written as lines."""
    return check_guide(transaction_of(text), delimiters=DELIMITERS)


def changed(text: str, old: str, new: str) -> str:
    """Replace what stands there exactly once; a line replaced by nothing is taken out."""
    assert text.count(old) == 1, old
    return "\n".join(line for line in text.replace(old, new).splitlines() if line)


def where(diagnostic: Diagnostic) -> tuple[str, int, str, str, str]:
    """Say what was reported and where: rule, segment, loop, subject, code."""
    return (
        diagnostic.rule_id.removeprefix("x12."),
        diagnostic.segment,
        diagnostic.loop,
        diagnostic.subject,
        diagnostic.code,
    )
