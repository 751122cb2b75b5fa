"""What a person knows besides queues."""

import re
from enum import StrEnum
from typing import Final


class SkillKind(StrEnum):
    """What kind of thing a person knows."""

    SPECIALTY = "specialty"  # of medicine, such as cardiology
    CERTIFICATION = "certification"  # of coders, such as CPC


# Capitals, so that no certification is ever taken for a specialty.
CERTIFICATION: Final = re.compile(r"[A-Z][A-Z0-9-]{1,11}", re.ASCII)
