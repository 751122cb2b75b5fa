"""read_encounters of HL7 v2 files."""

from datetime import date
from decimal import Decimal

import pytest

from models.documents.encounter import CodeSystem
from models.documents.finding import Severity
from models.errors import RejectedError
from models.values.money import Money
from revcycle.formats.hl7v2.encounters import MESSAGE_TYPES, read_encounters

PID = "PID|1||P1^^^^MR~999001111^^^^SS||Fernmoor^Lumora^J||19800229|F|||1 Moss Way^^Foxhollow^Ohio^44101-1234||2165550100^PRN^PH"  # noqa: E501 - one segment
PV1 = "PV1|1|E|||||1234567893^Reedvale^Tamvin^^^^^^^^^^NPI||||||||||||V100|||||||||||||||||||||||||202611201530"  # noqa: E501 - one segment


def msh(kind: str) -> str:
    return f"MSH|^~\\&|EHR|CLINIC|||20261120||{kind}|M1|P|2.5.1"


def charge(number: int, code: str, amount: str = "", kind: str = "CG") -> str:
    return (
        f"FT1|{number}|||20261119||{kind}|{code}|||2|{amount}||||||||"
        f"I10^^I10~E11.9^^I10||||||{code}^^C4|25~59"
    )


def a_file(*segments: str, end: str = "\r") -> bytes:
    return end.join(segments).encode()


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=["CR", "LF", "CRLF"])
def test_every_line_end_gives_the_same_encounter(end: str) -> None:
    data = a_file(msh("ADT^A04"), PID, PV1, end=end)
    (record,) = read_encounters(data)
    assert record.encounter is not None
    assert record.encounter.source_key == "V100"
    assert record.encounter.place_of_service == "23"
    assert record.encounter.service_date == date(2026, 11, 20)


def test_the_patient_is_read_with_the_record_number_and_without_the_social_one() -> None:
    (record,) = read_encounters(a_file(msh("ADT^A04"), PID, PV1))
    assert record.encounter is not None
    patient = record.encounter.patient
    assert record.encounter.identifiers == (("MR", "P1"),)
    assert (patient.last_name, patient.first_name, patient.sex) == ("Fernmoor", "Lumora", "F")
    assert patient.birth_date == date(1980, 2, 29)
    assert patient.address is not None
    assert (patient.address.state, patient.address.zip_code) == ("OH", "441011234")


def test_repeated_charges_and_diagnoses_are_all_kept_with_their_pointers() -> None:
    data = a_file(
        msh("DFT^P03"), PID, PV1,
        "DG1|1||E11.9^^I10|||F|||||||||2", "DG1|2||I10^^I10|||F|||||||||1",
        charge(1, "99213", "100&USD"), charge(2, "83036", "45.50"), "PR1|1||83036^^C4||20261119",
    )  # fmt: skip
    (record,) = read_encounters(data)
    assert record.encounter is not None
    first, second = record.encounter.procedures
    assert [code.code for code in record.encounter.diagnoses] == ["I10", "E119"]
    assert first.diagnosis_pointers == (1, 2)
    assert (first.charge, second.charge) == (Money(10_000), Money(4_550))
    assert (first.units, first.modifiers) == (Decimal(2), ("25", "59"))
    assert record.encounter.service_date == date(2026, 11, 19)


def test_a_payment_among_the_charges_is_left_out_with_a_warning() -> None:
    data = a_file(msh("DFT^P03"), PID, PV1, charge(1, "99213"), charge(2, "COPAY", kind="PY"))
    (record,) = read_encounters(data)
    assert record.encounter is not None
    assert len(record.encounter.procedures) == 1
    assert [(one.field, one.severity) for one in record.findings] == [("FT1-6", Severity.WARNING)]


def test_an_odd_time_zone_does_not_move_the_birth_date() -> None:
    data = a_file(msh("ADT^A04"), PID.replace("19800229", "198002290026+0215"), PV1)
    (record,) = read_encounters(data)
    assert record.encounter is not None
    assert record.encounter.patient.birth_date == date(1980, 2, 29)


def test_the_event_of_the_header_counts_when_evn_differs() -> None:
    (record,) = read_encounters(a_file(msh("ADT^A08"), "EVN|A01|20261120", PID, PV1))
    assert record.encounter is not None
    assert [(one.field, one.severity) for one in record.findings] == [("EVN-1", Severity.INFO)]


def test_another_message_type_is_quarantined_with_what_is_allowed() -> None:
    bad, good = read_encounters(a_file(msh("ORU^R01"), PID, msh("ADT^A01"), PID, PV1))
    (finding,) = bad.findings
    assert bad.encounter is None
    assert finding.rule_id == "intake.message_type"
    assert finding.position == "message 1"
    assert "ORU^R01" in finding.message
    assert all(kind in finding.message for kind in MESSAGE_TYPES)
    assert good.encounter is not None


def test_batch_envelopes_are_read_over_and_their_count_is_checked() -> None:
    message = (msh("ADT^A04"), PID, PV1)
    records = read_encounters(
        a_file("FHS|^~\\&|EHR", "BHS|^~\\&|EHR", *message, *message, "BTS|3", "FTS|1")
    )
    assert [record.encounter is not None for record in records] == [True, True]
    assert records[-1].findings[-1].rule_id == "intake.batch_count"


def test_msh_inside_a_field_starts_no_message() -> None:
    records = read_encounters(a_file(msh("ADT^A04"), PID + "|||S|MSH|123", PV1))
    assert len(records) == 1


def test_a_line_break_inside_a_field_is_joined_with_a_warning() -> None:
    broken = "OBX|1|TX|NOTE||first half\nand second half||||||F"
    (record,) = read_encounters(a_file(msh("ADT^A04"), PID, PV1, broken))
    assert record.encounter is not None
    assert record.encounter.notes[0].text == "first half and second half"
    assert record.findings[0].severity is Severity.WARNING


def test_lines_before_the_first_message_are_a_record_that_cannot_be_read() -> None:
    junk, good = read_encounters(a_file("hello", msh("ADT^A04"), PID, PV1))
    assert junk.encounter is None
    assert good.encounter is not None


def test_a_file_without_msh_is_refused() -> None:
    with pytest.raises(RejectedError, match="no segment is an MSH"):
        read_encounters(b"last,first\nFernmoor,Lumora\n")


def test_a_message_without_a_patient_is_quarantined() -> None:
    (record,) = read_encounters(a_file(msh("ADT^A04"), PV1))
    assert record.encounter is None
    assert record.findings[0].field == "PID"


def test_coverages_follow_their_priority_and_no_more_than_three_are_kept() -> None:
    insurances = [
        f"IN1|{number}||PAY{number}|Payer {number}" + "|" * 18 + f"{5 - number}"
        for number in range(1, 5)
    ]
    (record,) = read_encounters(a_file(msh("ADT^A04"), PID, PV1, *insurances))
    assert record.encounter is not None
    assert [(one.rank, one.payer_id) for one in record.encounter.coverages] == [
        (1, "PAY4"),
        (2, "PAY3"),
        (3, "PAY2"),
    ]
    assert record.findings[0].field == "IN1"


def test_a_parent_answers_for_a_minor_without_guarantor() -> None:
    child = PID.replace("19800229", "20150229").replace("20150229", "20150227")
    parent = "NK1|1|Fernmoor^Alora|MTH"
    (minor,) = read_encounters(a_file(msh("ADT^A04"), child, PV1, parent))
    (adult,) = read_encounters(a_file(msh("ADT^A04"), PID, PV1, parent))
    assert minor.encounter is not None
    assert minor.encounter.guarantor is not None
    assert minor.encounter.guarantor.first_name == "Alora"
    assert adult.encounter is not None
    assert adult.encounter.guarantor is None


def test_snomed_and_icd9_are_kept_under_their_names() -> None:
    data = a_file(
        msh("ADT^A04"), PID, PV1, "DG1|1||29857009^Pain^SCT", "DG1|2|I9|71596^Old code^I9"
    )
    (record,) = read_encounters(data)
    assert record.encounter is not None
    assert [code.system for code in record.encounter.diagnoses] == [
        CodeSystem.SNOMED,
        CodeSystem.UNKNOWN,
    ]


def test_escapes_become_their_characters() -> None:
    data = a_file(msh("ADT^A04"), PID, PV1, "OBX|1|TX|N||salt \\T\\ water\\.br\\twice||||||P")
    (record,) = read_encounters(data)
    assert record.encounter is not None
    (note,) = record.encounter.notes
    assert note.text == "salt & water\ntwice"
    assert not note.is_signed


@pytest.mark.parametrize("amount", ["1e999999999", "12.345", "free"])
def test_an_amount_that_is_none_is_an_error_and_the_charge_stays(amount: str) -> None:
    (record,) = read_encounters(a_file(msh("DFT^P03"), PID, PV1, charge(1, "99213", amount)))
    assert record.encounter is not None
    (service,) = record.encounter.procedures
    assert service.charge is None
    assert [one.field for one in record.findings] == ["FT1-11"]
