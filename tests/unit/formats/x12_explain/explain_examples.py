"""Invented files for the tests of explanations, acknowledgements and repairs."""

from collections.abc import Iterable
from pathlib import Path

from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.explanations.explain import EVERYTHING, Wanted, explain
from revcycle.formats.x12.explanations.text import plain_text
from revcycle.formats.x12.judging import judge_of

CORPUS = Path(__file__).resolve().parents[4] / "../shared/data/x12_corpus"
NPI = "1234567893"  # numbers that pass the check digit and were never issued
RENDERING_NPI = "1245319599"

ISA = (
    "ISA*00*          *00*          *ZZ*LAKESIDE       *ZZ*SAMPLEPLAN     "
    "*261122*0930*^*00501*000000042*{asked}*T*:~\n"
)
CLAIM = f"""ST*837*0001*005010X222A1~
BHT*0019*00*B0001*20261122*0930*CH~
NM1*41*2*LAKESIDE TESTCLINIC*****46*DEMO01~
PER*IC*BILLING DESK*TE*5555550100~
NM1*40*2*SAMPLE HEALTH PLAN*****46*00123~
HL*1**20*1~
NM1*85*2*LAKESIDE TESTCLINIC*****XX*{NPI}~
N3*1 SAMPLE WAY~
N4*DAYTON*OH*454021234~
REF*EI*990000001~
HL*2*1*22*0~
SBR*P*18*GRP100******CI~
NM1*IL*1*TESTPERSON*ADA****MI*W123456789~
N3*2 INVENTED AVE~
N4*DAYTON*OH*454021234~
DMG*D8*19800229*F~
NM1*PR*2*SAMPLE HEALTH PLAN*****PI*00123~
CLM*A-1*1165.5***11:B:1*Y*A*Y*Y~
REF*G1*AUTH88~
HI*ABK:J069*ABF:Z23~
NM1*82*1*EXEMPLAR*RHEA****XX*{RENDERING_NPI}~
LX*1~
SV1*HC:99213:25*1125*UN*1***1:2~
DTP*472*D8*20261005~
REF*6R*A-1-1~
LX*2~
SV1*HC:90471*40.5*UN*1***2~
DTP*472*D8*20261005~
SE*29*0001~
"""
REMITTANCE = f"""ST*835*0001~
BPR*I*75*C*ACH*CCP*01*123456780*DA*998877*1512345678**01*123456780*DA*665544*20261130~
TRN*1*EFT777*1512345678~
DTM*405*20261129~
N1*PR*SAMPLE HEALTH PLAN~
N3*9 PLAN ROAD~
N4*DAYTON*OH*454021234~
PER*BL*HELP DESK*TE*5555550199~
N1*PE*LAKESIDE TESTCLINIC*XX*{NPI}~
LX*1~
CLP*A-1*1*125*80*20*12*ICN7~
NM1*QC*1*TESTPERSON*ADA****MI*W123456789~
SVC*HC:99213*125*80**1~
DTM*472*20261005~
CAS*CO*45*25~
CAS*PR*1*15**2*5~
REF*6R*A-1-1~
LQ*HE*M15~
PLB*{NPI}*20261231*WO:ICN5*5~
SE*20*0001~
"""


def a_file(
    *transactions: str, code: str = "HC", version: str = "005010X222A1", asked: int = 1
) -> str:
    """Wrap transactions in one group and one interchange."""
    group = f"GS*{code}*LAKESIDE*SAMPLEPLAN*20261122*0930*42*X*{version}~\n"
    ends = f"GE*{len(transactions)}*42~\nIEA*1*000000042~\n"
    return ISA.format(asked=asked) + group + "".join(transactions) + ends


def a_claim_file() -> str:
    return a_file(CLAIM)


def a_remittance_file() -> str:
    return a_file(REMITTANCE, code="HP", version="005010X221A1", asked=0)


def explained(
    text: str, wanted: Wanted = EVERYTHING, diagnostics: Iterable[Diagnostic] = ()
) -> str:
    """Explain a file as text."""
    lines = explain(text.encode("latin-1"), judge_of(diagnostics), wanted)
    return "".join(plain_text(line) + "\n" for line in lines)


def corpus_files() -> list[Path]:
    """List the public files, where they are at hand."""
    folders = sorted(CORPUS.iterdir()) if CORPUS.is_dir() else []
    return [file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir())]
