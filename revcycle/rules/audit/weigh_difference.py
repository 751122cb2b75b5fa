"""Is a difference between two codings material or minor?"""

from models.documents.coding import CodingDocument
from models.values.coding_audit import Gravity
from revcycle.reference.modifiers import PAYMENT


def weigh_diagnosis(code: str, *codings: CodingDocument) -> Gravity:
    """Say how grave it is to have missed a diagnosis, or to have coded one too many.

    Material where it stands first or a service is for it in either coding: medical necessity is
    judged by it. A diagnosis beside these changes no payment of a professional claim.

    Source:
        ICD-10-CM Official Guidelines, section IV.G and IV.J; the definition of a material error
        follows AHIMA's and AAPC's usage: it changes payment or compliance risk.
    """
    return Gravity.MATERIAL if any(_decides(code, one) for one in codings) else Gravity.MINOR


def _decides(code: str, coding: CodingDocument) -> bool:
    numbers = [
        number for number, other in enumerate(coding.diagnoses, start=1) if other == code and code
    ]
    pointed = {pointer for service in coding.services for pointer in service.diagnosis_pointers}
    return any(number == 1 or number in pointed for number in numbers)


def weigh_modifier(modifier: str) -> Gravity:
    """Say how grave it is to have missed a modifier, or to have set one too many.

    Source:
        CMS, Medicare Claims Processing Manual, chapter 12, sections 20.4 and 40; chapter 23,
        section 20.3: modifiers that change payment come before those that inform.
    """
    return Gravity.MATERIAL if modifier in PAYMENT else Gravity.MINOR
