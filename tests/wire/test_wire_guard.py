from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.wire.guard import RefusedAddressError, guarded_sockets, is_allowed

PRIVATE = ["127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "::1", "fd12::1"]
PRIVATE_IN_DISGUISE = ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::"]
NEVER = [
    "169.254.169.254", "168.63.129.16", "100.64.0.1", "100.100.100.200", "0.0.0.0", "192.0.0.8",
    "192.88.99.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::",
    "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "fd00:ec2::254", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "3fff::1",
    "5f00::1", "::1.2.3.4", "64:ff9b::a9fe:a9fe", "::ffff:169.254.169.254", "2002:a9fe:a9fe::",
    "", "localhost", "0x7f000001", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize("address", PRIVATE + PRIVATE_IN_DISGUISE)
def test_private_addresses_need_leave(address: str) -> None:
    assert not is_allowed(address)
    assert is_allowed(address, private=True)


@pytest.mark.parametrize("address", NEVER)
def test_link_local_metadata_and_reserved_addresses_never_are(address: str) -> None:
    assert not is_allowed(address)
    assert not is_allowed(address, private=True)


@given(st.ip_addresses(v=4))
def test_a_disguise_changes_nothing(address: object) -> None:
    assert is_allowed(f"::ffff:{address}") == is_allowed(str(address))


def test_the_socket_is_not_even_made() -> None:
    with pytest.raises(RefusedAddressError, match=r"127\.0\.0\.1"):
        guarded_sockets()((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
