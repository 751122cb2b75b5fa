"""What a client file says of coding: who is audited, how grave findings are."""

from typing import Annotated

from pydantic import Field

from models.documents.client_section import Section
from models.documents.client_texts import Certification, Email, Key, ShareText
from models.documents.coding_policy import Weight


class CodingAuditSection(Section):
    """How many charts of each coder are coded a second time."""

    random_cases: Annotated[int, Field(ge=0, le=500)] = 20  # of each coder and month
    risk_cases: Annotated[int, Field(ge=0, le=500)] = 10  # besides, the riskier the likelier
    new_coder_cases: Annotated[int, Field(ge=0, le=500)] = 30  # closed ones, before samples do
    window_days: Annotated[int, Field(ge=30, le=730)] = 180  # how far back cases count


class CodingSkillsSection(Section):
    """What whoever codes a chart must know; ``revcycle staff assign`` says who knows what."""

    specialties: bool = False  # a chart goes to coders of its provider's specialty
    certification: Certification | None = None  # what all must hold; None: nothing


class CodingQueriesSection(Section):
    """When the practice is reminded of questions that nobody answers. Mails name no patient."""

    remind_days: Annotated[int, Field(ge=1, le=90)] | None = None  # None: no mail
    escalate_days: Annotated[int, Field(ge=1, le=180)] | None = None  # None: none to the manager
    manager: Email | None = None  # the office manager; None: the practice's own address


class CodingSection(Section):
    """What is asked of coders."""

    accuracy_floor: ShareText = "0.95"  # of codes; below it every chart is audited
    suggestions: bool = True  # of codes, beside the note; learned from completed charts at night
    skills: CodingSkillsSection = CodingSkillsSection()
    queries: CodingQueriesSection = CodingQueriesSection()
    audit: CodingAuditSection = CodingAuditSection()
    severity: dict[str, Weight] = {}  # by the rule's id
    payer_severity: dict[Key, dict[str, Weight]] = {}  # by payer, before ``severity``
