"""Which push services may be called: named ones, over HTTPS, at public addresses, checked at every send."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import requests
from requests.adapters import HTTPAdapter

from server.config import LOOPBACK
from server.errors import DeliveryError

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host."""
HTTPS_PORT = 443
LAST_32_BITS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""Networks whose addresses end in an IPv4 address: NAT64 (RFC 6052), and the old "compatible" ones."""
LOCAL_TRANSLATION = IPv6Network("64:ff9b:1::/48")
"""What it translates to is known only inside (RFC 8215)."""


def split_allowed(url: str, hosts: Iterable[str]) -> SplitResult | None:
    """The parts of an address on the list, else None. A name with a dot in front stands for its parts."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.password is not None or parts.fragment or not parts.path:
        return None
    named = any(host == name or (name.startswith(".") and host.endswith(name)) for name in hosts)
    if not named:
        return None
    if host in LOOPBACK:
        return parts  # only a test's list has one; it may speak plain HTTP on any port
    return parts if parts.scheme == "https" and port in (None, HTTPS_PORT) else None


def addresses_of(host: str, port: int) -> list[str]:
    """Ask the system for a host's addresses."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise DeliveryError("The push service's name cannot be found now.") from error
    return [str(item[4][0]) for item in found]


def public_address(host: str, port: int, resolve: Resolve) -> str:
    """One address of a host, none of which may lie inside: names can be made to point anywhere.

    The caller connects to just this address, so that a second look-up cannot give another answer.
    """
    found = resolve(host, port)
    if not found or (host not in LOOPBACK and not all(map(_is_public, found))):
        raise DeliveryError("The push service's name leads to no public address.")
    return found[0]


def _is_public(text: str) -> bool:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address in LOCAL_TRANSLATION:
            return False
        address = _ipv4_inside(address) or address
    return address.is_global and not address.is_multicast


def _ipv4_inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway would call in place of this one: it may lie inside."""
    if any(address in network for network in LAST_32_BITS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class PinnedSession(requests.Session):
    """Connects to one address under the host's own name and certificate; follows nothing, trusts no proxy."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__()
        self.trust_env = False
        for scheme in ("http://", "https://"):
            self.mount(scheme, _PinnedAdapter(parts, address))

    def request(self, *arguments: Any, **named: Any) -> requests.Response:
        """As the parent's, without redirects."""
        return super().request(*arguments, **named | {"allow_redirects": False})


class _PinnedAdapter(HTTPAdapter):
    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(max_retries=0)
        self._parts, self._address = parts, address

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        where, tls = self.build_connection_pool_key_attributes(request, verify, cert)
        how: dict[str, Any] = {**tls}
        if self._parts.scheme == "https":
            how |= {"server_hostname": self._parts.hostname, "assert_hostname": self._parts.hostname}
        request.headers["Host"] = self._parts.netloc
        return self.poolmanager.connection_from_host(**where | {"host": self._address}, pool_kwargs=how)
