"""The one family of errors whose message a user reads."""


class DubanError(Exception):
    """Something a person can put right; ``str()`` is one Chinese line saying what to do next."""


class PolicyError(DubanError):
    """A policy file says something the rules cannot use."""


class CalendarError(DubanError):
    """A calendar is missing, empty or contradicts itself."""


class LimitError(DubanError):
    """A limit such as ``5wd`` cannot be read."""


class Refused(DubanError):
    """The rules of casework do not allow this step now."""
