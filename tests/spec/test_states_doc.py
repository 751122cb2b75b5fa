"""``docs/reference/states.md`` says what the transition tables say.

``REVCYCLE_REWRITE=1 pytest tests/spec/test_states_doc.py`` writes the page anew after a state, an
event or a transition changed. The meaning of a state is the comment beside it.
"""

import importlib
import inspect
import os
import pkgutil
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import models.states
from models.states import (
    appeal,
    audited_case,
    balance_write_off,
    bank_line,
    break_glass,
    claim,
    clock,
    coverage_correction,
    denial,
    eligibility,
    encounter,
    file,
    learned_edit,
    patient_payment,
    refund,
    staff,
    staff_session,
    statement,
    status_check,
    variance,
    work_item,
)
from models.states.transition import IllegalTransitionError, follow

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/states.md"
MEMBER = re.compile(r'^    (?P<name>[A-Z0-9_]+) = "[^"]+"(?:  # (?P<comment>.*))?$', re.MULTILINE)


@dataclass(frozen=True)
class Machine:
    """One noun with a life, and in which states it may be made."""

    title: str
    table: str
    states: type[StrEnum]
    transitions: Mapping[Any, Any]  # Mapping is invariant in its key; each noun has its own enums
    first: Collection[StrEnum]
    last: Collection[StrEnum]


MACHINES = (
    Machine(
        "Encounter",
        "encounter",
        encounter.EncounterState,
        encounter.ENCOUNTER_TRANSITIONS,
        (encounter.EncounterState.NEEDS_FIX, encounter.EncounterState.REGISTERED),
        encounter.TERMINAL_ENCOUNTER_STATES,
    ),
    Machine(
        "Audited case",
        "audited_case",
        audited_case.AuditedCaseState,
        audited_case.AUDITED_CASE_TRANSITIONS,
        (audited_case.AuditedCaseState.SAMPLED,),
        audited_case.TERMINAL_CASE_STATES,
    ),
    Machine(
        "Eligibility check",
        "eligibility_check",
        eligibility.EligibilityState,
        eligibility.ELIGIBILITY_TRANSITIONS,
        (eligibility.EligibilityState.OPEN,),
        eligibility.TERMINAL_ELIGIBILITY_STATES,
    ),
    Machine(
        "Claim",
        "claim",
        claim.ClaimState,
        claim.CLAIM_TRANSITIONS,
        (claim.ClaimState.DRAFT,),
        claim.TERMINAL_CLAIM_STATES,
    ),
    Machine(
        "Denial",
        "denial",
        denial.DenialState,
        denial.DENIAL_TRANSITIONS,
        (denial.DenialState.OPEN,),
        denial.TERMINAL_DENIAL_STATES,
    ),
    Machine(
        "Appeal",
        "appeal",
        appeal.AppealState,
        appeal.APPEAL_TRANSITIONS,
        (appeal.AppealState.PREPARED,),
        appeal.TERMINAL_APPEAL_STATES,
    ),
    Machine(
        "Learned edit",
        "learned_edit",
        learned_edit.EditState,
        learned_edit.EDIT_TRANSITIONS,
        (learned_edit.EditState.PROPOSED,),
        learned_edit.TERMINAL_EDIT_STATES,
    ),
    Machine(
        "Payment of a patient",
        "patient_payment",
        patient_payment.PatientPaymentState,
        patient_payment.PATIENT_PAYMENT_TRANSITIONS,
        (patient_payment.PatientPaymentState.RECEIVED,),
        patient_payment.TERMINAL_PATIENT_PAYMENT_STATES,
    ),
    Machine(
        "Credit",
        "credit_balance",
        refund.CreditBalanceState,
        refund.CREDIT_BALANCE_TRANSITIONS,
        (refund.CreditBalanceState.OPEN,),
        refund.TERMINAL_CREDIT_BALANCE_STATES,
    ),
    Machine(
        "Refund",
        "refund",
        refund.RefundState,
        refund.REFUND_TRANSITIONS,
        (refund.RefundState.REQUESTED,),
        refund.TERMINAL_REFUND_STATES,
    ),
    Machine(
        "Balance that is given up",
        "balance_write_off",
        balance_write_off.BalanceWriteOffState,
        balance_write_off.BALANCE_WRITE_OFF_TRANSITIONS,
        (balance_write_off.BalanceWriteOffState.REQUESTED,),
        balance_write_off.TERMINAL_BALANCE_WRITE_OFF_STATES,
    ),
    Machine(
        "Member number that a payer corrected",
        "coverage_correction",
        coverage_correction.CoverageCorrectionState,
        coverage_correction.COVERAGE_CORRECTION_TRANSITIONS,
        (coverage_correction.CoverageCorrectionState.PROPOSED,),
        coverage_correction.TERMINAL_COVERAGE_CORRECTION_STATES,
    ),
    Machine(
        "Bank line",
        "bank_line",
        bank_line.BankLineState,
        bank_line.BANK_LINE_TRANSITIONS,
        (bank_line.BankLineState.UNMATCHED, bank_line.BankLineState.SET_ASIDE),
        bank_line.TERMINAL_BANK_LINE_STATES,
    ),
    Machine(
        "Question about a claim",
        "status_check",
        status_check.StatusCheckState,
        status_check.STATUS_CHECK_TRANSITIONS,
        (status_check.StatusCheckState.OPEN,),
        status_check.TERMINAL_STATUS_CHECK_STATES,
    ),
    Machine(
        "Clock",
        "clock",
        clock.ClockState,
        clock.CLOCK_TRANSITIONS,
        (clock.ClockState.RUNNING,),
        clock.TERMINAL_CLOCK_STATES,
    ),
    Machine(
        "Statement",
        "statement",
        statement.StatementState,
        statement.STATEMENT_TRANSITIONS,
        (statement.StatementState.DRAFTED,),
        statement.TERMINAL_STATEMENT_STATES,
    ),
    Machine(
        "Message",
        "message",
        statement.MessageState,
        statement.MESSAGE_TRANSITIONS,
        (statement.MessageState.QUEUED,),
        statement.TERMINAL_MESSAGE_STATES,
    ),
    Machine(
        "Inbound file",
        "inbound_file",
        file.InboundFileState,
        file.INBOUND_FILE_TRANSITIONS,
        (file.InboundFileState.RECEIVED,),
        file.TERMINAL_INBOUND_FILE_STATES,
    ),
    Machine(
        "Outbound file",
        "outbound_file",
        file.OutboundFileState,
        file.OUTBOUND_FILE_TRANSITIONS,
        (file.OutboundFileState.READY,),
        file.TERMINAL_OUTBOUND_FILE_STATES,
    ),
    Machine(
        "Work item",
        "work_item",
        work_item.WorkItemState,
        work_item.WORK_ITEM_TRANSITIONS,
        (work_item.WorkItemState.OPEN,),
        work_item.TERMINAL_WORK_ITEM_STATES,
    ),
    Machine(
        "Payment variance",
        "variance",
        variance.VarianceState,
        variance.VARIANCE_TRANSITIONS,
        (variance.VarianceState.OPEN,),
        variance.TERMINAL_VARIANCE_STATES,
    ),
    Machine(
        "Person who may sign in",
        "staff_member",
        staff.StaffState,
        staff.STAFF_TRANSITIONS,
        (staff.StaffState.INVITED,),
        staff.TERMINAL_STAFF_STATES,
    ),
    Machine(
        "Session",
        "staff_session",
        staff_session.SessionState,
        staff_session.SESSION_TRANSITIONS,
        (staff_session.SessionState.BEGUN,),
        staff_session.TERMINAL_SESSION_STATES,
    ),
    Machine(
        "Emergency access",
        "break_glass",
        break_glass.BreakGlassState,
        break_glass.BREAK_GLASS_TRANSITIONS,
        (break_glass.BreakGlassState.OPEN,),
        break_glass.TERMINAL_BREAK_GLASS_STATES,
    ),
)
VOCABULARIES = (
    ("Outcome of an intake record", file.IntakeOutcome),
    ("Verdict of an eligibility check", eligibility.EligibilityVerdict),
    ("What a payer says became of a claim", status_check.StatusVerdict),
    ("Queue of a work item", work_item.Queue),
)
INTRODUCTION = """\
# States

Generated from `models/states/` by `tests/spec/test_states_doc.py`; change the tables there and run

```console
$ REVCYCLE_REWRITE=1 .venv/bin/python -m pytest tests/spec/test_states_doc.py
```

A record changes its state only by an event that its table allows, and each change is a row of
`state_change` with the time and who did it (of `staff_trail` for people, sessions and emergency
accesses). An event that the table does not allow is refused (exit code 2 on the command line). A
state at rest (*) needs nothing more; a few of them can be left again, because a payer may take back
what seemed finished, or a person comes back.
"""


def states_page() -> str:
    """Write the whole page."""
    sections = [INTRODUCTION, *(machine_section(machine) for machine in MACHINES)]
    sections.append("## Other fixed vocabularies\n")
    sections += [vocabulary_section(title, words) for title, words in VOCABULARIES]
    return "\n".join(sections)


def machine_section(machine: Machine) -> str:
    """Write diagram, states and moves of one noun."""
    lines = [f"## {machine.title}", "", f"Table `{machine.table}`.", "", *diagram(machine), ""]
    lines += ["| state | means |", "|---|---|", *state_rows(machine), ""]
    lines += ["| from | event | to |", "|---|---|---|", *move_rows(machine), ""]
    return "\n".join(lines)


def diagram(machine: Machine) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    [*] --> {state}" for state in machine.first)
    for (state, event), target in machine.transitions.items():
        yield f"    {state} --> {target}: {event}"
    yield from (f"    {state} --> [*]" for state in machine.states if state in machine.last)
    yield "```"


def state_rows(machine: Machine) -> Iterator[str]:
    for state, meaning in meanings(machine.states).items():
        mark = " *" if state in machine.last else ""
        yield f"| `{state}`{mark} | {meaning} |"


def move_rows(machine: Machine) -> Iterator[str]:
    for (state, event), target in machine.transitions.items():
        yield f"| `{state}` | {event} | `{target}` |"


def vocabulary_section(title: str, words: type[StrEnum]) -> str:
    rows = [f"| `{word}` | {meaning} |" for word, meaning in meanings(words).items()]
    return "\n".join([f"### {title}", "", "| value | means |", "|---|---|", *rows, ""])


def meanings(words: type[StrEnum]) -> dict[StrEnum, str]:
    """Read the comment beside each member."""
    found = MEMBER.finditer(inspect.getsource(words))
    return {words[match["name"]]: match["comment"] or "" for match in found}


def test_the_page_of_states_is_current() -> None:
    if os.environ.get("REVCYCLE_REWRITE"):
        PAGE.write_text(states_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == states_page()


def test_the_page_shows_every_transition_table_there_is() -> None:
    modules = pkgutil.iter_modules(models.states.__path__, "models.states.")
    tables = [
        table
        for module in modules
        for name, table in vars(importlib.import_module(module.name)).items()
        if name.endswith("_TRANSITIONS")
    ]
    assert tables
    assert all(any(table is shown.transitions for shown in MACHINES) for table in tables)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: str(machine.table))
def test_every_state_can_be_reached(machine: Machine) -> None:
    assert {*machine.first, *machine.transitions.values()} == set(machine.states)
    assert len(meanings(machine.states)) == len(machine.states)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: str(machine.table))
def test_a_state_without_a_way_out_is_at_rest(machine: Machine) -> None:
    with_exit = {state for state, _ in machine.transitions}
    assert set(machine.states) - with_exit <= set(machine.last)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: str(machine.table))
def test_what_the_table_does_not_name_is_refused(machine: Machine) -> None:
    events = {event for _, event in machine.transitions}
    missing = {(s, e) for s in machine.states for e in events} - set(machine.transitions)
    assert missing
    for state, event in missing:
        with pytest.raises(IllegalTransitionError):
            follow(machine.transitions, state, event)
