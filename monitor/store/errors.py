"""What can go wrong with the store, and what is worth a retry.

    StoreError
    ├── StoreUnavailableError  not now: no connection, loading, memory or disk full, failing over. Retry later
    ├── StoreRefusedError      not like this: URL, password, version or settings. Needs a person
    ├── StoreInUseError        another monitor holds the data folder. Needs a person
    ├── ServerMissingError     no Redis server program on this machine. Needs a person
    └── UnreadableRecordError  bytes of another version, or damaged. Never a retry

No message holds a password: addresses are shown without their user part.
"""

from __future__ import annotations

from monitor.model import MendableError


class StoreError(MendableError):
    """The store could not do what was asked; anything that is not one of its kinds is a defect of ours."""


class StoreUnavailableError(StoreError, ConnectionError):
    """Redis cannot be reached or cannot take writes at the moment. Nothing is lost; try again later.

    Also a built-in `ConnectionError`, so that rooms which must not import this one can tell it apart.
    """


class StoreRefusedError(StoreError):
    """The address, credentials, version or settings of the Redis server do not do."""


class StoreInUseError(StoreError):
    """Another process runs on this data folder."""


class ServerMissingError(StoreError):
    """No Redis server program was found."""


class UnreadableRecordError(StoreError):
    """A stored record cannot be read by this version."""
