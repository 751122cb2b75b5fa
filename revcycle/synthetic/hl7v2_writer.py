"""Invented encounters as a file of HL7 v2 messages in a batch.

Coded encounters leave as DFT^P03, the others as ADT^A04 with the note in OBX segments.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument, SourceCoverage, SourceProcedure
from models.documents.party import Address, Person, Provider

_SEPARATORS: Final = "^~\\&"
_ESCAPES: Final = str.maketrans(
    {"\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\"}
)
_RELATIONSHIPS: Final = {"18": "SEL", "01": "SPO", "19": "CHD"}  # table 0063
_NOTE_CODE: Final = "11506-3^Progress note^LN"


def write_hl7v2(documents: Sequence[EncounterDocument], *, practice_name: str) -> bytes:
    """Write one batch with its header and trailer; segments end with CR."""
    sender = _text(practice_name)
    lines = [f"FHS|{_SEPARATORS}|EHR|{sender}", f"BHS|{_SEPARATORS}|EHR|{sender}"]
    for document in documents:
        lines += _message(document, sender)
    lines += [f"BTS|{len(documents)}", "FTS|1"]
    return "".join(f"{line}\r" for line in lines).encode()


def _message(document: EncounterDocument, sender: str) -> Iterator[str]:
    stamp = f"{document.service_date:%Y%m%d}1530"
    kind, event = ("DFT^P03", "P03") if document.procedures else ("ADT^A04", "A04")
    control_id = document.source_key
    yield f"MSH|{_SEPARATORS}|EHR|{sender}|BILLING|REVCYCLE|{stamp}||{kind}|{control_id}|P|2.5.1"
    yield f"EVN|{event}|{stamp}"
    yield _patient(document)
    yield _visit(document, stamp)
    if not document.procedures:
        yield from _notes(document)
    for number, diagnosis in enumerate(document.diagnoses, start=1):
        yield f"DG1|{number}||{diagnosis.code}^^I10|||F|||||||||{number}"
    if document.guarantor is not None:
        yield _guarantor(document.guarantor)
    for number, procedure in enumerate(document.procedures, start=1):
        yield _charge(number, procedure, document)
    for coverage in document.coverages:
        yield _insurance(coverage)


def _patient(document: EncounterDocument) -> str:
    person = document.patient
    number = document.identifiers[0][1]
    return (
        f"PID|1||{number}^^^^MR||{_name(person)}||{_day(person.birth_date)}|{person.sex}|||"
        f"{_address(person.address)}||{_phone(person)}"
    )


def _visit(document: EncounterDocument, stamp: str) -> str:
    fields = [""] * 45
    fields[0:3] = ["PV1", "1", "O"]
    fields[7] = _provider(document.rendering_provider)
    fields[19] = document.source_key
    fields[44] = stamp
    return "|".join(fields)


def _notes(document: EncounterDocument) -> Iterator[str]:
    author = _provider(document.rendering_provider)
    for note in document.notes:
        ending = f"||||||F|||{_day(note.written_on)}||{author}"
        for number, line in enumerate(note.text.splitlines(), start=1):
            yield f"OBX|{number}|TX|{_NOTE_CODE}||{_text(line)}{ending}"


def _guarantor(person: Person) -> str:
    fields = ["GT1", "1", "", _name(person), "", _address(person.address), _phone(person), ""]
    return "|".join([*fields, _day(person.birth_date), person.sex, "", "PAR"])


def _charge(number: int, procedure: SourceProcedure, document: EncounterDocument) -> str:
    fields = [""] * 27
    fields[0:2] = ["FT1", str(number)]
    fields[4] = _day(procedure.service_date)
    fields[6] = "CG"
    fields[7] = f"{procedure.code.code}^^C4"
    fields[10] = str(procedure.units)
    fields[19] = "~".join(
        f"{document.diagnoses[pointer - 1].code}^^I10" for pointer in procedure.diagnosis_pointers
    )
    fields[20] = _provider(document.rendering_provider)
    fields[25] = f"{procedure.code.code}^^C4"
    fields[26] = "~".join(procedure.modifiers)
    return "|".join(fields)


def _insurance(coverage: SourceCoverage) -> str:
    fields = [""] * 44
    fields[0:2] = ["IN1", str(coverage.rank)]
    fields[3] = coverage.payer_id
    fields[4] = _text(coverage.payer_name)
    fields[8] = coverage.group_number
    fields[12] = _day(coverage.valid_from)
    fields[17] = _RELATIONSHIPS.get(coverage.relationship, "OTH")
    fields[22] = str(coverage.rank)
    fields[36] = coverage.member_id
    holder = coverage.subscriber
    if holder is not None:
        fields[16] = _name(holder)
        fields[18] = _day(holder.birth_date)
        fields[19] = _address(holder.address)
        fields[43] = holder.sex
    return "|".join(fields)


def _name(person: Person) -> str:
    return "^".join(
        _text(part) for part in (person.last_name, person.first_name, person.middle_name)
    ).rstrip("^")


def _address(address: Address | None) -> str:
    if address is None:
        return ""
    parts = (address.line1, address.line2, address.city, address.state, address.zip_code)
    return "^".join(_text(part) for part in parts)


def _phone(person: Person) -> str:
    email = f"~^NET^Internet^{_text(person.email)}" if person.email else ""
    return f"{person.phone}^PRN^PH{email}"


def _provider(provider: Provider | None) -> str:
    if provider is None:
        return ""
    name = f"{_text(provider.last_name)}^{_text(provider.first_name)}"
    return f"{provider.npi}^{name}^^^^^^^^^^NPI"


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""


def _text(text: str) -> str:
    return text.translate(_ESCAPES)
