"""Tell a partner what we made of its remittance file: a 999, or a TA1 that refuses it."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.tables import InboundFile
from revcycle.formats.x12.answers.acknowledge import Answer, due_answers, reply_envelope
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.judging import judge_of
from revcycle.formats.x12.segments import NotX12Error
from revcycle.store import clients, outbound_files
from revcycle.store.audit import record_act
from revcycle.store.control_numbers import next_control_number
from revcycle.store.outbound_files import NewOutboundFile


def answer_remittance_file(
    session: Session, act: Act, file: InboundFile, diagnostics: Iterable[Diagnostic]
) -> int:
    """Put the answers to a file into the outbox, in the transaction that decides about it.

    Each interchange is answered by one of its own to whom it came from. The answer says whether
    the file could be read, not what was posted of it: a payment that does not add up, or is for
    somebody else, was received all the same. It repeats nothing that stands in the file. A file
    that is read again later is not answered again; one without an envelope names nobody to answer.

    Returns:
        How many answers wait to be sent.

    Raises:
        NotFoundError: the connection was never registered.

    Source:
        X12.5 (TA1); 005010X231A1 (999). Whether one is wanted is the partner's to say.
    """
    try:
        answers = due_answers(file.content, judge_of(diagnostics))
    except NotX12Error:
        return 0
    connection = clients.get_connection(session, act.client_id, file.source)
    names = [f"answer-{file.id}-{number}.x12" for number, _ in enumerate(answers, start=1)]
    if outbound_files.are_named(session, act.client_id, connection.id, names):
        return 0
    for name, answer in zip(names, answers, strict=True):
        number = next_control_number(session, act.client_id, connection.id)
        outbound_files.add_outbound_file(
            session, act.client_id, act, _written(act, answer, name, number, connection.id)
        )
    record_act(session, act.client_id, act, "answer_remittance_file", "inbound_file", file.id)
    return len(answers)


def _written(
    act: Act, answer: Answer, name: str, number: int, connection_id: UUID
) -> NewOutboundFile:
    envelope = reply_envelope(answer.of, control_number=number, created_at=act.at)
    return NewOutboundFile(
        connection_id=connection_id,
        kind="999" if answer.verdict is None else "TA1",
        name=name,
        control_number=number,
        content=answer.write(envelope),
        record_count=max(len(answer.groups), 1),
    )
