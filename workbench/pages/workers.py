"""People as those who take work."""

from models.documents.work import Worker
from models.values.access import Right
from revcycle.operations.access.person import Person


def worker_of(person: Person) -> Worker:
    """Picture a person as one who takes work."""
    return Worker(person.staff_member_id, person.login, is_lead=person.may(Right.ASSIGN_WORK))
