"""What every table of a client file has in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the file: every key is known, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
