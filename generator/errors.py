"""What can go wrong, said so that a person can act on it.

AlmanacError            every error of the generator: names the thing, what was seen, the next step
├── EditError           a file people edit is wrong (exit 1)
├── CatalogError        the committed catalog is wrong or missing (exit 1)
├── SourceShapeError    a source no longer looks as its adapter expects (exit 1)
├── FetchError          a source could not be fetched (exit 2)
└── SetupError          the machine lacks something: a package, a file, room on the disk (exit 2)
"""


class AlmanacError(Exception):
    """An error to show without a traceback; `exit_code` is the process's."""

    exit_code = 1


class EditError(AlmanacError):
    """A file that people edit is wrong."""


class CatalogError(AlmanacError):
    """The committed catalog is wrong or missing."""


class SourceShapeError(AlmanacError):
    """A source no longer looks as its adapter expects."""


class FetchError(AlmanacError):
    """A source could not be fetched."""

    exit_code = 2


class SetupError(AlmanacError):
    """The machine lacks something that the command needs."""

    exit_code = 2
