"""A coding in a JSON file, from outside.

```json
{
  "service_date": "2026-11-18",
  "diagnoses": ["E11.9", "I10"],
  "services": [{"procedure": "99213", "modifiers": "25", "units": "1", "pointers": "1 2"}],
  "place_of_service": "11"
}
```
"""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from models.documents.coding_case import ChartFacts, PatientFacts
from models.errors import RejectedError
from revcycle.rules.coding.typed_coding import TypedCoding, TypedService


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FiledService(_Part):
    """One service, as a coder would type it."""

    procedure: str
    modifiers: str = ""
    units: str = ""
    pointers: str = ""
    service_date: str = ""
    revenue_code: str = ""


class FiledCoding(_Part):
    """A coding, and what little may be said of the patient and the place."""

    service_date: date
    diagnoses: tuple[str, ...]
    services: tuple[FiledService, ...] = ()
    place_of_service: str = ""
    payer: str = ""  # our key of the payer asked first
    birth_date: date | None = None
    sex: Literal["", "F", "M"] = ""

    def typed(self) -> TypedCoding:
        """Return the codes the way they would stand on a coder's page."""
        services = tuple(TypedService(**one.model_dump()) for one in self.services)
        return TypedCoding(self.diagnoses, services)

    def chart(self) -> ChartFacts:
        """Return the place and the payer."""
        return ChartFacts(place_of_service=self.place_of_service, payer=self.payer)

    def patient(self) -> PatientFacts:
        """Return birth date and sex."""
        return PatientFacts(self.birth_date, self.sex)


def read_coding_file(path: Path) -> FiledCoding:
    """Read a file; what is wrong is named by its place, never by what stands there.

    Raises:
        RejectedError: it cannot be read, is no JSON, or lacks or misspells a key.
    """
    try:
        return FiledCoding.model_validate_json(path.read_bytes())
    except OSError as error:
        msg = f"cannot read {path}"
        raise RejectedError(msg) from error
    except ValidationError as error:
        raise RejectedError(_complaints(path, error)) from None


def _complaints(path: Path, error: ValidationError) -> str:
    found = (
        f"{'.'.join(str(part) for part in one['loc']) or 'the file'}: {one['msg']}"
        for one in error.errors(include_input=False, include_url=False)
    )
    return f"{path.name}: {'; '.join(found)}"
