"""Every key of ours in Redis.

=============================  ==========  ===================================================================
key                            type        holds
=============================  ==========  ===================================================================
``nm:items``                   stream      admitted items, read by the group `READERS`
``nm:alerts``                  stream      the outbox, read by the group `DELIVERERS`
``nm:held``                    sorted set  groups of alerts that wait for their time, by it (milliseconds)
``nm:held:<group>``            hash        story id → alert, and ``""`` → how often something was added
``nm:dead``                    stream      what could not be processed, with the reason
``nm:counters``                hash        how often each thing happened
``nm:feeds``                   hash        feed id → feed state
``nm:feeds:entries``           hash        feed id → hashes of the entries of its last body
``nm:feeds:due``               sorted set  slots (host, feed id) by when they are due (milliseconds)
``nm:feeds:claims``            hash        slot that is being polled → epoch of its claim, end of its lease
``nm:hosts``                   hash        host → when it may next be asked (milliseconds)
``nm:seen``                    hash        identity (letter of its kind, 16 bytes) → what had it first
``nm:seen:before``             hash        the same, last sighted in the period before
``nm:begun:<item>``            string      how often work was begun on an item that was in hand before
``nm:decision:<item>``         string      what was decided of an item
``nm:story:<id>``              string      a story
``nm:stories:<key>``           hash        the ids of the stories under a story key, and a stamp (see below)
``nm:article:<digest>``        string      the text of an article
``nm:unread:<digest>``         string      why an article could not be had a moment ago
``nm:pace:<host>``             string      that an article of the host was asked for a moment ago
``nm:ledger:<alert>``          hash        what is known of an alert's sending
``nm:deliverer``               hash        which deliverer serves the outbox, and until when
``nm:turn:<channel>``          string      when the next message may go to a channel (milliseconds)
``nm:refused``                  hash        process → when and why it refuses the configuration
``nm:recent``                  sorted set  ids of stories by when they were first told (milliseconds)
``nm:changed``                 sorted set  ids of the same stories by when they were last written
``nm:examples``                hash        story id → what people said of its text
``nm:mutes``                   hash        id → mute
``nm:mutes:log``               stream      the audit of mutes
``nm:hidden:<mute>``           hash        story id → headline of what a mute has hidden
=============================  ==========  ===================================================================

The stamp is the field ``""``: the stream id of the item that last wrote under the key. That field of the
claims holds the newest epoch of all.
"""

from __future__ import annotations

from dataclasses import dataclass

READERS = "readers"
DELIVERERS = "deliverers"


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of all keys under one prefix, so that one Redis can serve several monitors."""

    prefix: str = "nm"

    @property
    def items(self) -> str:
        """Stream of admitted items."""
        return f"{self.prefix}:items"

    @property
    def alerts(self) -> str:
        """Stream of alerts to deliver."""
        return f"{self.prefix}:alerts"

    @property
    def held(self) -> str:
        """Sorted set of groups of alerts that wait for their time."""
        return f"{self.prefix}:held"

    def held_group(self, group: str) -> str:
        """Alerts that wait together."""
        return f"{self.prefix}:held:{group}"

    @property
    def dead(self) -> str:
        """Stream of dead letters."""
        return f"{self.prefix}:dead"

    @property
    def counters(self) -> str:
        """Hash of counters."""
        return f"{self.prefix}:counters"

    @property
    def feeds(self) -> str:
        """Hash of feed states."""
        return f"{self.prefix}:feeds"

    @property
    def entries(self) -> str:
        """Hash of the entries of feeds' last bodies."""
        return f"{self.prefix}:feeds:entries"

    @property
    def due(self) -> str:
        """Sorted set of slots by when they are due."""
        return f"{self.prefix}:feeds:due"

    @property
    def claims(self) -> str:
        """Hash of the claims of slots that are being polled."""
        return f"{self.prefix}:feeds:claims"

    @property
    def hosts(self) -> str:
        """Hash of when hosts may be asked again."""
        return f"{self.prefix}:hosts"

    @property
    def seen(self) -> str:
        """Hash of the identities sighted in the present period."""
        return f"{self.prefix}:seen"

    @property
    def seen_before(self) -> str:
        """Hash of the identities last sighted in the period before."""
        return f"{self.prefix}:seen:before"

    @property
    def refused(self) -> str:
        """Hash of the processes that refuse a changed configuration."""
        return f"{self.prefix}:refused"

    @property
    def recent(self) -> str:
        """Sorted set of story ids by when they were first told."""
        return f"{self.prefix}:recent"

    @property
    def changed(self) -> str:
        """Sorted set of story ids by when they were last written."""
        return f"{self.prefix}:changed"

    @property
    def examples(self) -> str:
        """Hash of labelled examples."""
        return f"{self.prefix}:examples"

    @property
    def mutes(self) -> str:
        """Hash of mutes."""
        return f"{self.prefix}:mutes"

    @property
    def mute_log(self) -> str:
        """Stream of what was done to mutes."""
        return f"{self.prefix}:mutes:log"

    def hidden(self, mute: str) -> str:
        """What a mute has hidden."""
        return f"{self.prefix}:hidden:{mute}"

    def begun(self, item: str) -> str:
        """How often work was begun on the item of this stream id."""
        return f"{self.prefix}:begun:{item}"

    def decision(self, item: str) -> str:
        """Decision on the item of this stream id."""
        return f"{self.prefix}:decision:{item}"

    def story(self, story: str) -> str:
        """Story of this id."""
        return f"{self.prefix}:story:{story}"

    def stories(self, key: str) -> str:
        """Index of the stories under a story key."""
        return f"{self.prefix}:stories:{key}"

    def article(self, link: str) -> str:
        """Text of the article whose address has this digest."""
        return f"{self.prefix}:article:{link}"

    def unread(self, link: str) -> str:
        """Why the article whose address has this digest could not be had a moment ago."""
        return f"{self.prefix}:unread:{link}"

    def pace(self, host: str) -> str:
        """Mark that an article of this host was asked for a moment ago."""
        return f"{self.prefix}:pace:{host}"

    def ledger(self, alert: str) -> str:
        """Ledger line of an alert."""
        return f"{self.prefix}:ledger:{alert}"

    @property
    def deliverer(self) -> str:
        """Hash of who serves the outbox."""
        return f"{self.prefix}:deliverer"

    @property
    def born(self) -> str:
        """Since when this Redis has known anything, in milliseconds."""
        return f"{self.prefix}:born"

    def turn(self, channel: str) -> str:
        """Time of the next turn of a channel."""
        return f"{self.prefix}:turn:{channel}"
