"""The day of the clinic, step by step, and what shows after each that nothing was lost."""

import asyncio
from dataclasses import dataclass

from revcycle.operations.files.report_outbound_file import record_outbound_sent
from revcycle.operations.files.take_outbound_file import take_outbound_file
from revcycle.store import outbound_files
from tasks.runtime import act_of, client_id_of, client_transaction, config_of, drop_of
from tests.crash import clinic
from tests.crash.clinic import KEY, TODAY
from tests.crash.office import Office, Work
from tests.crash.people import settle_files, settle_mails


@dataclass(frozen=True)
class Step:
    """A part of the day.

    Attributes:
        work: What is disturbed.
        meanwhile: What the world does between a kill and the next run, every second time.
        then: What must happen before it shows that nothing was lost or doubled.
        is_disturbed: False for what we do not run ourselves.
        is_alone: Run in a copy of this process even undisturbed, because it starts threads, and
            a process with threads cannot be copied. Others leave compiled queries behind.
    """

    name: str
    work: Work
    meanwhile: Work | None = None
    then: tuple[Work, ...] = ()
    is_disturbed: bool = True
    is_alone: bool = False


def day_of(office: Office, send: Work) -> list[Step]:
    """Order the day."""
    payer = office.payer
    answers = (payer.work, clinic.collect, clinic.acknowledge)
    arrived = (*answers, lambda: settle_files(payer.home), clinic.send, *answers)
    mailed = (lambda: settle_mails(payer.clinic_home, office.mails), clinic.mail)
    return [
        Step("open", clinic.open_for_business, is_disturbed=False),
        Step("take in", clinic.take_in),
        Step("ask", clinic.ask),
        Step("send questions", send, payer.work, arrived),
        Step("payer", payer.work, is_disturbed=False),
        Step("collect answers", clinic.collect),
        Step("hear", clinic.hear),
        Step("code", clinic.code, is_disturbed=False),
        Step("bill", clinic.bill),
        Step("send claims", send, payer.work, arrived),
        Step("payer", payer.work, is_disturbed=False),
        Step("collect remittances", clinic.collect),
        Step("acknowledge", clinic.acknowledge),
        Step("post", clinic.post),
        Step("release", clinic.release, is_alone=True),
        Step("mail", clinic.mail, None, mailed),
    ]


def send_naively() -> None:
    """Do what a careless programmer would: send, then say so."""
    asyncio.run(_send_naively())


async def _send_naively() -> None:
    async with drop_of(config_of(KEY).connection(clinic.CONNECTION)) as drop:
        with client_transaction(KEY) as session:
            files = outbound_files.list_ready_files(session, client_id_of(KEY))
        for file in files:
            with client_transaction(KEY) as session:
                act = act_of(KEY, "transport", TODAY)
                await drop.put(file.name, take_outbound_file(session, act, file.id).content)
                record_outbound_sent(session, act, file.id)
