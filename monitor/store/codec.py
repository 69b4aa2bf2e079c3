"""Records to JSON bytes and back, with the kind and a schema version in front.

This is the one place where stored bytes become objects. A new field with a default needs no new version; any
other change does, and then the old version is converted here.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from monitor.model import Alert, Example, FeedState, Item, Mute, Story
from monitor.store.errors import UnreadableRecordError
from monitor.store.records import Decision

Record = TypeVar("Record")

VERSION = 1


class Codec(Generic[Record]):
    """Writes and reads records of one kind as ``{"v":1,"<kind>":{…}}``."""

    def __init__(self, kind: str, record: type[Record]) -> None:
        self._kind = kind
        self._adapter: TypeAdapter[Record] = TypeAdapter(record)
        self._head = f'{{"v":{VERSION},"{kind}":'.encode()

    def encode(self, record: Record) -> bytes:
        """Return the record as JSON."""
        return self._head + self._adapter.dump_json(record) + b"}"

    def decode(self, data: bytes) -> Record:
        """Return the record that `encode` wrote.

        Raises:
            UnreadableRecordError: the bytes are of another kind or version, or damaged. The message names the
                first field at fault, never its content.
        """
        if not (data.startswith(self._head) and data.endswith(b"}")):
            raise UnreadableRecordError(f"not a record of kind {self._kind}, version {VERSION}")
        try:
            return self._adapter.validate_json(data[len(self._head) : -1])
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "record"
            raise UnreadableRecordError(f"damaged {self._kind}: {where}: {first['msg']}") from None


ITEM = Codec("item", Item)
ALERT = Codec("alert", Alert)
STORY = Codec("story", Story)
FEED_STATE = Codec("feed_state", FeedState)
DECISION = Codec("decision", Decision)
MUTE = Codec("mute", Mute)
EXAMPLE = Codec("example", Example)
