"""Lists of edits in the database, for tests of codings; pairs, limits, policies are synthetic."""

from pathlib import Path

from models.documents.staff_act import StaffAct
from models.values.reference import ReferenceKind
from revcycle.operations.reference.import_edition import import_edition
from revcycle.reference.imports.edition_reader import read_edition
from revcycle.reference.imports.readers import READERS
from revcycle.store.session import transaction
from tests.conftest import NOON

STAFF = StaffAct("command:refdata:tester", NOON)
PTP_FILE = "ccipra-v323r0-f1.txt"  # the fourth quarter of 2026
MUE_FILE = "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv"


def import_list(url: str, folder: Path, kind: ReferenceKind, name: str, text: str) -> int:
    """Import a file with this text; return the number of its edition."""
    path = folder / name
    path.write_text(text)
    return import_file(url, kind, path)


def import_file(url: str, kind: ReferenceKind, path: Path) -> int:
    """Import a file; return the number of its edition."""
    edition, _ = read_edition(kind, READERS[kind], [path])
    with transaction(url) as session:
        return import_edition(session, STAFF, edition, attested_by="Ada").number
