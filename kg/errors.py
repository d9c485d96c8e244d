"""Every error that Elchi raises on purpose.

    KgError
    ├── SourceError      an input that cannot be read as an article
    ├── ShapeError       an article whose graph breaks a shape of the ontology
    ├── PackError        a language pack that is incomplete or malformed
    ├── SeedError        reference data that is malformed
    ├── QueryError       a query that is unknown, malformed or lacks a parameter
    ├── StoreError       a store that cannot be opened or written
    ├── ClusterError     a cluster that cannot be reached
    ├── ExportError      a file ending or destination that cannot be exported to
    ├── ServeError       a server that cannot be started as it is told to
    └── RequestError     a request to the server that it does not answer

The message of each is one plain sentence that names the input; the command line prints it and exits with 1.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that are the input's fault; a bug in Elchi is never a KgError."""


class _NamedError(KgError):
    """An error about one named input."""

    def __init__(self, name: object, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = str(name)
        self.reason = reason


class SourceError(_NamedError):
    """An input that cannot be read as an article."""


class ShapeError(_NamedError):
    """An article whose graph breaks a shape of the ontology."""


class PackError(_NamedError):
    """A language pack that is incomplete or malformed."""


class SeedError(_NamedError):
    """Reference data that is malformed."""


class QueryError(_NamedError):
    """A query that is unknown, malformed or lacks a parameter."""


class StoreError(_NamedError):
    """A store that cannot be opened or written."""


class ClusterError(_NamedError):
    """A cluster that cannot be reached, or does nothing."""


class ExportError(_NamedError):
    """A file ending or destination that cannot be exported to."""


class ServeError(_NamedError):
    """A server that cannot be started as it is told to."""


class RequestError(_NamedError):
    """A request to the server that it does not answer.

    ``status`` is the HTTP status that says so; ``more`` is told beside the sentence: the line and column of a mistake.
    """

    def __init__(self, name: object, reason: str, status: int = 400, **more: object) -> None:
        super().__init__(name, reason)
        self.status = status
        self.more = more
