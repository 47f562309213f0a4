"""The peer (来处): from which address somebody comes, through the proxies that are believed."""

import ipaddress
from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.web.site import SITE

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
HOME_BITS: Final = 64
"""Of IPv6 one home has 2**64 addresses: it counts as one."""


def peer_of(request: web.Request) -> str:
    """Return the visitor's address, or the network of their home."""
    named = ",".join(request.headers.getall("X-Forwarded-For", ()))
    return peer(request.remote or "", named, trusted=request.config_dict[SITE].proxies)


def peer(remote: str, forwarded: str, *, trusted: Sequence[Network]) -> str:
    """Return who is at the far end of a chain of proxies.

    Each proxy adds whom it was asked by at the end; the first from the right that
    is no proxy of ours is the visitor, whatever stands further left. Who comes
    through a socket of this machine has no address and is believed.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    found = remote
    while hops and (not found or _is_one_of(found, trusted)):
        found = hops.pop()
    return _home(found)


def _is_one_of(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = _plain(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def _home(address: str) -> str:
    try:
        found = _plain(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address) or found.is_loopback:
        return str(found)
    return str(ipaddress.ip_network((found, HOME_BITS), strict=False))


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return an address; one of IPv4 written as IPv6 is one of IPv4."""
    found = ipaddress.ip_address(address)
    return getattr(found, "ipv4_mapped", None) or found
