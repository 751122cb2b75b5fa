"""Codings judged by imported lists: the edition of the day, other encounters, the payer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import ClaimForm
from models.documents.coding_case import CodingCase
from models.documents.coding_policy import CodingPolicy
from models.documents.encounter import CodeSystem, IntakeRecord, SourceCode, SourceProcedure
from models.states.encounter import EncounterState
from models.states.work_item import Queue
from models.values.reference import ReferenceKind
from revcycle.operations.coding.gather_cases import gather_stored_cases
from revcycle.operations.coding.queue_encounters import QueuedEncounters, queue_encounters
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.store import encounters, work_items
from revcycle.store.session import engine_for, transaction
from tests.cms_files import (
    EXCERPTS,
    a_pair,
    mue_text,
    needs_excerpts,
    ptp_text,
    rvu_text,
)
from tests.integration.coding.coding_lists import MUE_FILE, PTP_FILE, import_file, import_list
from tests.integration.intake_records import SERVICE_DATE, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

POLICY = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")


def a_visit(number: int, *codes: str, on: date = SERVICE_DATE) -> IntakeRecord:
    """Write a visit down; modifiers stand behind a dash."""
    procedures = []
    for text in codes:
        code, *modifiers = text.split("-")
        procedures.append(
            SourceProcedure(
                SourceCode(CodeSystem.CPT_HCPCS, code),
                diagnosis_pointers=(1,),
                modifiers=tuple(modifiers),
            )
        )
    return a_record(
        number,
        source_key=f"V-{number}",
        service_date=on,
        diagnoses=(SourceCode(CodeSystem.ICD10CM, "I10"),),
        procedures=tuple(procedures),
        notes=(),
    )


@pytest.fixture
def register(database_url: str, act: Act) -> Callable[..., list[UUID]]:
    """Record visits of one patient with one provider; return the encounters, in order."""
    with transaction(database_url) as session:
        add_partners(session, act.client_id)

    def record(*visits: IntakeRecord) -> list[UUID]:
        with transaction(database_url) as session:
            file = store_inbound_file(
                session, act, source="ehr", kind="FHIR", name="a.json", content=b"{}"
            )
            record_encounters(session, act, file.id, list(visits), policy=POLICY)
        with transaction(database_url) as session:
            state = EncounterState.REGISTERED
            return list(encounters.list_encounter_ids(session, act.client_id, state))

    return record


def judge(
    url: str, act: Act, ids: list[UUID], form: ClaimForm = ClaimForm.PROFESSIONAL
) -> list[str]:
    """Send encounters on; return why those that wait for a coder do."""
    with transaction(url) as session:
        policy = CodingPolicy(form=form)
        queue_encounters(session, act, ids, service_hours=48, policy=policy)
    with transaction(url) as session:
        return [
            item.reason
            for item in work_items.list_open_work_items(session, act.client_id, Queue.CODING)
        ]


def cases_of(session: Session, act: Act, ids: list[UUID]) -> dict[UUID, CodingCase]:
    rows = encounters.list_encounters(session, act.client_id, ids)
    return gather_stored_cases(session, act.client_id, rows, ClaimForm.PROFESSIONAL)


Register = Callable[..., list[UUID]]
PAIRS = ptp_text(a_pair("A0021", "A0080", indicator="1"), a_pair("A0021", "A0090", indicator="0"))


def test_a_pair_waits_for_a_coder_and_its_modifier_lets_it_pass(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    import_list(database_url, tmp_path, ReferenceKind.PTP_PRACTITIONER, PTP_FILE, PAIRS)
    ids = register(
        a_visit(1, "A0021", "A0080", on=date(2026, 11, 16)),
        a_visit(2, "A0021", "A0080-59", on=date(2026, 11, 17)),
        a_visit(3, "A0021", "A0090-59", on=date(2026, 11, 18)),
    )
    assert judge(database_url, act, ids) == ["coding.procedure_pairs"] * 2


def test_pairs_of_doctors_do_not_judge_hospitals(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    import_list(database_url, tmp_path, ReferenceKind.PTP_PRACTITIONER, PTP_FILE, PAIRS)
    ids = register(a_visit(1, "A0021", "A0080"))
    assert judge(database_url, act, ids, ClaimForm.INSTITUTIONAL) == []


def test_another_encounter_of_the_day_holds_the_later_one_only(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    import_list(database_url, tmp_path, ReferenceKind.PTP_PRACTITIONER, PTP_FILE, PAIRS)
    ids = register(a_visit(1, "A0021"), a_visit(2, "A0090"), a_visit(3, "A0080"))
    assert judge(database_url, act, ids) == ["coding.procedure_pairs"] * 2
    with transaction(database_url) as session:
        cases = cases_of(session, act, ids)
        assert [len(cases[one].past) for one in ids] == [0, 1, 2]


def test_the_edition_of_the_day_of_service_answers(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    kind = ReferenceKind.MUE_PRACTITIONER
    summer = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    rows = "A0080,{},2 Date of Service Edit: Policy,invented"
    import_list(database_url, tmp_path, kind, summer, mue_text(rows.format(9)))
    import_list(database_url, tmp_path, kind, MUE_FILE, mue_text(rows.format(1)))
    twice = ("A0080", "A0080-76")
    ids = register(a_visit(1, *twice, on=date(2026, 9, 30)), a_visit(2, *twice))
    assert judge(database_url, act, ids) == ["coding.unit_limits"]


def test_add_ons_and_global_days_are_asked_for_too(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    add_ons = "1A0090       A0021       2020001       \n"
    name = "AOC_V2026Q4-MCR.txt"
    import_list(database_url, tmp_path, ReferenceKind.ADD_ON, name, add_ons)
    values = rvu_text(
        "99213,,,A,1.00,1.00,1.00,1.00,XXX,0,0,0,0,33.4009",
        "A0080,,,A,1.00,1.00,1.00,1.00,010,0,0,0,0,33.4009",
    )
    import_list(database_url, tmp_path, ReferenceKind.MPFS, "PPRRVU2026_Oct.csv", values)
    ids = register(
        a_visit(1, "A0090", on=date(2026, 11, 1)),
        a_visit(2, "A0080", on=date(2026, 11, 10)),
        a_visit(3, "99213", on=date(2026, 11, 20)),
        a_visit(4, "99213", on=date(2026, 11, 21)),
    )
    assert sorted(judge(database_url, act, ids)) == ["coding.add_on_codes", "coding.global_period"]


def test_the_reading_of_a_laboratory_test_is_a_service_of_its_own(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    values = rvu_text(
        "84165,,,X,0.00,0.00,0.00,0.00,XXX,9,9,9,9,33.4009",
        "84165,26,,A,0.37,0.20,0.20,0.02,XXX,0,0,0,6,33.4009",
    )
    import_list(database_url, tmp_path, ReferenceKind.MPFS, "PPRRVU2026_Oct.csv", values)
    ids = register(a_visit(1, "84165-26"))
    assert judge(database_url, act, ids) == []


def test_a_policy_of_the_payer_who_is_asked_first(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    titles = "policy,payer,procedure,diagnoses,from,to,supports,visits a year,source"
    lines = (f"P-{key},{key},{code},E10-E14,2020-01-01,,yes,," for key, code in PAYERS_AND_CODES)
    text = "\n".join([titles, *lines]) + "\n"
    import_list(database_url, tmp_path, ReferenceKind.COVERAGE_POLICY, "policies.csv", text)
    ids = register(
        a_visit(1, "A0080", on=date(2026, 11, 10)), a_visit(2, "A0090", on=date(2026, 11, 11))
    )
    assert judge(database_url, act, ids) == ["coding.supporting_diagnoses"]
    with transaction(database_url) as session:
        assert {case.chart.payer for case in cases_of(session, act, ids).values()} == {"blue_heron"}


HCPCS_TITLES = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,ACT EFF DT,TERM DT"


def test_the_list_of_hcpcs_says_which_codes_and_modifiers_were_in_force(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    rows = (
        "A0080,0010,3,An invented ride,Ride,20000101,20000101,",
        "A0090,0010,3,An invented wait,Wait,20000101,20000101,20261115",
        "   LT,0010,7,An invented side,Side,20000101,20000101,",
        "   QQ,0010,7,An invented reason,Reason,20000101,20000101,20261115",
    )
    text = "\n".join([HCPCS_TITLES, *rows]) + "\n"
    name = "HCPC2026_OCT_ANWEB.csv"
    import_list(database_url, tmp_path, ReferenceKind.HCPCS, name, text)
    ids = register(
        a_visit(1, "A0090-QQ", on=date(2026, 11, 15)),  # the last day of both
        a_visit(2, "A0090", on=date(2026, 11, 16)),
        a_visit(3, "A0080-QQ", on=date(2026, 11, 17)),
        a_visit(4, "A0070", on=date(2026, 11, 18)),
        a_visit(5, "A0070", on=date(2026, 9, 30)),  # before the list
        a_visit(6, "99213", on=date(2026, 11, 19)),  # of another list, which nobody loaded
    )
    assert sorted(judge(database_url, act, ids)) == [
        "coding.listed_procedures",
        "coding.listed_procedures",
        "coding.modifier_codes",
    ]


PAYERS_AND_CODES = (("blue_heron", "A0080"), ("commonweal", "A0090"))


@contextmanager
def counted(url: str) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engine = engine_for(url)
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_many_encounters_are_gathered_by_as_many_statements_as_one(
    database_url: str, act: Act, register: Register, tmp_path: Path
) -> None:
    import_list(database_url, tmp_path, ReferenceKind.PTP_PRACTITIONER, PTP_FILE, PAIRS)
    limit = mue_text("A0080,1,2 Date of Service Edit: Policy,invented")
    import_list(database_url, tmp_path, ReferenceKind.MUE_PRACTITIONER, MUE_FILE, limit)
    codes = ("A0021", "A0080", "A0090")
    ids = register(*(a_visit(number, *codes) for number in range(1, 13)))
    with transaction(database_url) as session, counted(database_url) as for_one:
        assert len(cases_of(session, act, ids[-1:])) == 1
    with transaction(database_url) as session, counted(database_url) as for_all:
        assert len(cases_of(session, act, ids)) == len(ids)
    assert len(for_all) == len(for_one)


@needs_excerpts
def test_public_rows_behave_at_their_edges(database_url: str, act: Act, register: Register) -> None:
    pairs, limits = ReferenceKind.PTP_PRACTITIONER, ReferenceKind.MUE_PRACTITIONER
    import_file(database_url, pairs, EXCERPTS / "ccipra-v322r0-f1.excerpt.txt")
    limits_file = "MCR_MUE_PractitionerServices_Eff_07-01-2026.excerpt.csv"
    import_file(database_url, limits, EXCERPTS / limits_file)
    last_day, day_after = date(2026, 6, 30), date(2026, 7, 1)
    ids = register(
        a_visit(1, "0001U", "0029U", on=last_day),  # the last day of the edit still counts
        a_visit(2, "0001U", "0029U", on=day_after),
        a_visit(3, "0001U", "0030U-59", on=date(2026, 7, 2)),  # indicator 1
        a_visit(4, "0001A", "G0008", on=date(2022, 1, 1)),  # indicator 9: never in force
        a_visit(5, "0009U", "0009U-91", on=date(2026, 7, 3)),  # two a day are likely
        a_visit(6, "0001U", "0001U-91", on=date(2026, 7, 4)),  # one a day, absolute
        a_visit(7, "0008U", "0008U-91", on=date(2026, 7, 5)),  # reviewable: a warning
    )
    assert sorted(judge(database_url, act, ids)) == [
        "coding.procedure_pairs",
        "coding.unit_limits",
    ]


def test_the_same_encounters_judged_again_are_left_out(
    database_url: str, act: Act, register: Register
) -> None:
    ids = register(a_visit(1, "A0021"))
    judge(database_url, act, ids)
    with transaction(database_url) as session:
        again = queue_encounters(session, act, ids, service_hours=48, policy=CodingPolicy())
    assert again == QueuedEncounters(coded=0, queued=0)
