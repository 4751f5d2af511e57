"""What can go wrong before or around a stream; inside one, failures are events (events.Failed).

PlaygroundError           names the thing, what was seen, the next step
├── RequestError          the request cannot be made: a part of the address or a value is missing or wrong
├── KeyOriginError        a key would go to an origin it was not entered for
└── FrameError            bytes that are not of the wire's form
    └── NoAnswerError     a web page or another text, where an API was asked
"""


class PlaygroundError(Exception):
    """An error to show as it is."""

    #: The field that the reader has to look at: `key`, `address`, `model`, or none.
    field = ""


class RequestError(PlaygroundError):
    """The request cannot be made as asked.

    Of an evaluation `field` is also `cases`, `models`, `budget`, or `prompt`, `case` and `check` with a
    number from 1. A check of a group has the group's number before its own, and each its argument's name
    after it: `check 2.1 pattern`; of what it looks at, `check 2.1 extract.marker`.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        if field:
            self.field = field


class KeyOriginError(PlaygroundError):
    """A key would go to an origin it was not entered for."""


class FrameError(PlaygroundError):
    """Bytes that are not of the wire's form."""


class NoAnswerError(FrameError):
    """A web page or another text, where an API was asked."""
