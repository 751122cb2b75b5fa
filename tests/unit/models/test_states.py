"""Every transition table: complete, reachable, and closed where it says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from models.states import (
    appeal,
    balance_write_off,
    claim,
    denial,
    eligibility,
    encounter,
    file,
    patient_payment,
    refund,
    statement,
    work_item,
)
from models.states.transition import IllegalTransitionError, follow


@dataclass(frozen=True, slots=True)
class Machine:
    """A noun's states, events and moves, and the events that reopen what was finished."""

    states: type[StrEnum]
    events: type[StrEnum]
    table: Mapping[Any, Any]  # (state, event) to state; Mapping is invariant in its key
    starts: frozenset[StrEnum]
    terminal: frozenset[StrEnum]
    reopening: frozenset[StrEnum] = frozenset()


MACHINES = {
    "claim": Machine(
        claim.ClaimState,
        claim.ClaimEvent,
        claim.CLAIM_TRANSITIONS,
        frozenset({claim.ClaimState.DRAFT}),
        claim.TERMINAL_CLAIM_STATES,
        frozenset({claim.ClaimEvent.REVERSE}),
    ),
    "encounter": Machine(
        encounter.EncounterState,
        encounter.EncounterEvent,
        encounter.ENCOUNTER_TRANSITIONS,
        frozenset({encounter.EncounterState.REGISTERED, encounter.EncounterState.NEEDS_FIX}),
        encounter.TERMINAL_ENCOUNTER_STATES,
    ),
    "denial": Machine(
        denial.DenialState,
        denial.DenialEvent,
        denial.DENIAL_TRANSITIONS,
        frozenset({denial.DenialState.OPEN}),
        denial.TERMINAL_DENIAL_STATES,
        frozenset({denial.DenialEvent.REVERSE}),
    ),
    "appeal": Machine(
        appeal.AppealState,
        appeal.AppealEvent,
        appeal.APPEAL_TRANSITIONS,
        frozenset({appeal.AppealState.PREPARED}),
        appeal.TERMINAL_APPEAL_STATES,
    ),
    "patient_payment": Machine(
        patient_payment.PatientPaymentState,
        patient_payment.PatientPaymentEvent,
        patient_payment.PATIENT_PAYMENT_TRANSITIONS,
        frozenset({patient_payment.PatientPaymentState.RECEIVED}),
        patient_payment.TERMINAL_PATIENT_PAYMENT_STATES,
    ),
    "refund": Machine(
        refund.RefundState,
        refund.RefundEvent,
        refund.REFUND_TRANSITIONS,
        frozenset({refund.RefundState.REQUESTED}),
        refund.TERMINAL_REFUND_STATES,
    ),
    "balance_write_off": Machine(
        balance_write_off.BalanceWriteOffState,
        balance_write_off.BalanceWriteOffEvent,
        balance_write_off.BALANCE_WRITE_OFF_TRANSITIONS,
        frozenset({balance_write_off.BalanceWriteOffState.REQUESTED}),
        balance_write_off.TERMINAL_BALANCE_WRITE_OFF_STATES,
    ),
    "eligibility": Machine(
        eligibility.EligibilityState,
        eligibility.EligibilityEvent,
        eligibility.ELIGIBILITY_TRANSITIONS,
        frozenset({eligibility.EligibilityState.OPEN}),
        eligibility.TERMINAL_ELIGIBILITY_STATES,
    ),
    "inbound_file": Machine(
        file.InboundFileState,
        file.InboundFileEvent,
        file.INBOUND_FILE_TRANSITIONS,
        frozenset({file.InboundFileState.RECEIVED}),
        file.TERMINAL_INBOUND_FILE_STATES,
    ),
    "outbound_file": Machine(
        file.OutboundFileState,
        file.OutboundFileEvent,
        file.OUTBOUND_FILE_TRANSITIONS,
        frozenset({file.OutboundFileState.READY}),
        file.TERMINAL_OUTBOUND_FILE_STATES,
    ),
    "statement": Machine(
        statement.StatementState,
        statement.StatementEvent,
        statement.STATEMENT_TRANSITIONS,
        frozenset({statement.StatementState.DRAFTED}),
        statement.TERMINAL_STATEMENT_STATES,
    ),
    "message": Machine(
        statement.MessageState,
        statement.MessageEvent,
        statement.MESSAGE_TRANSITIONS,
        frozenset({statement.MessageState.QUEUED}),
        statement.TERMINAL_MESSAGE_STATES,
    ),
    "work_item": Machine(
        work_item.WorkItemState,
        work_item.WorkItemEvent,
        work_item.WORK_ITEM_TRANSITIONS,
        frozenset({work_item.WorkItemState.OPEN}),
        work_item.TERMINAL_WORK_ITEM_STATES,
    ),
}
MOVES = [
    pytest.param(machine, state, event, id=f"{name}-{state}-{event}")
    for name, machine in MACHINES.items()
    for state, event in product(machine.states, machine.events)
]
every_machine = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES.keys())


@pytest.mark.parametrize(("machine", "state", "event"), MOVES)
def test_every_pair_moves_or_refuses(machine: Machine, state: StrEnum, event: StrEnum) -> None:
    if (state, event) in machine.table:
        assert follow(machine.table, state, event) in machine.states
    else:
        with pytest.raises(IllegalTransitionError):
            follow(machine.table, state, event)


@every_machine
def test_every_state_can_be_reached(machine: Machine) -> None:
    assert set(machine.starts) | set(machine.table.values()) == set(machine.states)


@every_machine
def test_what_is_finished_only_reopens_by_name(machine: Machine) -> None:
    ways_out = {event for state, event in machine.table if state in machine.terminal}
    assert ways_out <= machine.reopening


@every_machine
def test_what_is_not_finished_has_a_way_on(machine: Machine) -> None:
    with_exit = {state for state, _ in machine.table}
    assert set(machine.states) - with_exit <= set(machine.terminal)
