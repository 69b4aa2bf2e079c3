"""Everything that is remembered, in Redis: a server of our own, or a shared one."""

from monitor.store.embedded import EmbeddedRedis
from monitor.store.errors import (
    ServerMissingError,
    StoreError,
    StoreInUseError,
    StoreRefusedError,
    StoreUnavailableError,
    UnreadableRecordError,
)
from monitor.store.keys import Keys
from monitor.store.records import (
    DeadLetter,
    Decision,
    Entry,
    Known,
    QueueStatus,
    Retention,
    Snapshot,
    StoreStatus,
)
from monitor.store.store import Store

__all__ = [
    "DeadLetter",
    "Decision",
    "EmbeddedRedis",
    "Entry",
    "Keys",
    "Known",
    "QueueStatus",
    "Retention",
    "ServerMissingError",
    "Snapshot",
    "Store",
    "StoreError",
    "StoreInUseError",
    "StoreRefusedError",
    "StoreStatus",
    "StoreUnavailableError",
    "UnreadableRecordError",
]
