"""Which addresses may be connected to: the guard against requests that a feed forges (SSRF).

The check sits where the socket is made, so it sees the address of every hop after DNS has answered; a name
that resolves to something else between check and connect (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import AddrInfoType

# IANA's special-purpose registries as far as `is_global` of the oldest supported Python lacks them, and
# addresses at which clouds answer with credentials.
_REFUSED = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # RFC 6890, protocol assignments
        "192.88.99.0/24",  # RFC 7526, 6to4 relays
        "168.63.129.16/32",  # Azure's host agent
        "3fff::/20",  # RFC 9637, documentation
        "fd00:ec2::254/128",  # AWS metadata
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, 2.4: everything else in IPv6 is special
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052, 2.1: the last 32 bits are an IPv4 address
_PRIVATE = tuple(
    ip_network(block)
    for block in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)


class RefusedAddressError(OSError):
    """A connection was about to be made to an address that is not allowed. An OSError, as aiohttp expects."""


def is_allowed(address: str, *, private: bool = False) -> bool:
    """Tell whether an IP address may be connected to.

    Args:
        address: An IPv4 or IPv6 address, with or without a zone ("fe80::1%eth0").
        private: Whether loopback and private networks (RFC 1918, RFC 4193) are allowed too. Link-local and
            metadata addresses never are.

    Returns:
        True for global unicast addresses. An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is
        judged by that; what is no address is refused.
    """
    try:
        ip = _unwrapped(ip_address(address))
    except ValueError:
        return False
    if any(ip in block for block in _REFUSED):
        return False
    if private and any(ip in block for block in _PRIVATE):
        return True
    if ip.is_multicast or not ip.is_global:
        return False
    return isinstance(ip, IPv4Address) or ip in _GLOBAL_UNICAST


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def guarded_sockets(*, private: bool = False) -> Callable[[AddrInfoType], socket.socket]:
    """Return a socket factory for aiohttp's connector that refuses what `is_allowed` refuses."""

    def make(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        if not is_allowed(str(address[0]), private=private):
            raise RefusedAddressError(f"{address[0]}, a private or reserved address")
        return socket.socket(family=family, type=kind, proto=protocol)

    return make


def may_be_asked_of_proxy(host: str, *, private: bool = False) -> bool:
    """Tell whether a proxy may be asked for a host. Names are for it to resolve, addresses are judged."""
    try:
        ip_address(host)
    except ValueError:
        return private or host != "localhost"
    return is_allowed(host, private=private)
