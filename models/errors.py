"""Errors a caller is expected to handle. Anything else is a bug and should crash the run."""


class RevcycleError(Exception):
    """Base of every expected error. Its text is logged, so it holds codes and ids, never PHI."""


class RejectedError(RevcycleError):
    """The request or the input is wrong. A person must act; trying again changes nothing."""


class NotFoundError(RejectedError):
    """This client has no such record."""


class UnavailableError(RevcycleError):
    """The outside world did not answer. Trying again later may work."""


class UncertainError(RevcycleError):
    """Nobody can tell whether it happened; a person or a look at the partner decides."""
