"""A play as ``playbook.toml`` says it: the product's own file, and one beside a client file."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.documents.playbook import Play, PlayClock, PlayPath

PlayName = Annotated[str, Field(pattern=r"^[a-z0-9_.]{3,60}$", description="letters, digits, _ .")]
ShortText = Annotated[str, Field(min_length=3, max_length=80, description="3 to 80 characters")]
Category = Annotated[str, Field(pattern=r"^[a-z_]{3,40}$", description="small letters and _")]
ReasonCode = Annotated[str, Field(pattern=r"^[A-Z]?[0-9]{1,3}$", description="such as 16 or B7")]
RemarkCode = Annotated[str, Field(pattern=r"^[A-Z]{1,2}[0-9]{1,4}$", description="such as N290")]
CodeBeginning = Annotated[
    str, Field(pattern=r"^[A-Z0-9]{1,5}$", description="the beginning of a procedure code")
]


class PlaySection(BaseModel):
    """One ``[[play]]``: every key is known, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: PlayName
    group: tuple[Literal["CO", "PR", "OA", "PI", "CR"], ...] = ()
    carc: tuple[ReasonCode, ...] = ()
    rarc: tuple[RemarkCode, ...] = ()
    payer: tuple[str, ...] = ()
    procedure: tuple[CodeBeginning, ...] = ()
    category: Category
    stage: Annotated[str, Field(max_length=40)] = ""
    owner: Annotated[str, Field(max_length=60)] = ""
    first_action: ShortText
    due_days: Annotated[int, Field(gt=0, le=365)]
    path: PlayPath
    clock: PlayClock
    appeal: bool = True
    source: Annotated[str, Field(min_length=8, max_length=200, description="law, guide or page")]
    verified_on: date

    def to_play(self, *, is_own: bool = False) -> Play:
        """Turn it into the play that rules take."""
        return Play(
            id=self.id,
            category=self.category,
            first_action=self.first_action,
            due_days=self.due_days,
            groups=frozenset(self.group),
            carcs=frozenset(self.carc),
            rarcs=frozenset(self.rarc),
            payer_keys=frozenset(self.payer),
            procedures=frozenset(self.procedure),
            stage=self.stage,
            owner=self.owner,
            path=self.path,
            clock=self.clock,
            takes_appeal=self.appeal,
            source=self.source,
            verified_on=self.verified_on,
            is_own=is_own,
        )


class PlaybookFile(BaseModel):
    """A whole ``playbook.toml``, in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    play: tuple[PlaySection, ...] = ()
