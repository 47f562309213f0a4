"""From which address somebody comes: only proxies that are believed may name another."""

import ipaddress

import pytest

from bot.settings import Settings
from bot.web.peers import peer

LOOPBACK = Settings(_env_file=None).proxies
OURS = Settings(_env_file=None, trusted_proxies="172.30.0.0/24, 10.0.0.7").proxies


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("::1", "203.0.113.9", "203.0.113.9"),
        ("", "203.0.113.9", "203.0.113.9"),
        ("", "", ""),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
        ("172.30.0.2", "6.6.6.6", "172.30.0.2"),
        ("127.0.0.1", "nonsense", "nonsense"),
        ("127.0.0.1", "6.6.6.6, 127.0.0.1", "6.6.6.6"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
    ],
)
def test_without_a_setting_this_machine_alone_is_believed(
    remote: str, forwarded: str, found: str
) -> None:
    assert peer(remote, forwarded, trusted=LOOPBACK) == found


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("172.30.0.2", "203.0.113.9", "203.0.113.9"),
        ("172.30.0.2", "6.6.6.6, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("172.30.0.2", "172.30.0.9", "172.30.0.9"),
        ("172.31.0.2", "203.0.113.9", "172.31.0.2"),
        ("127.0.0.1", "203.0.113.9", "127.0.0.1"),
    ],
)
def test_the_proxies_of_the_setting_are_believed(remote: str, forwarded: str, found: str) -> None:
    assert peer(remote, forwarded, trusted=OURS) == found


def test_the_setting_takes_addresses_and_networks_alone() -> None:
    assert (ipaddress.ip_network("172.30.0.0/24"), ipaddress.ip_network("10.0.0.7/32")) == OURS
    assert Settings(_env_file=None, trusted_proxies="").proxies == ()
    for wrong in ("proxy", "10.0.0.1/8", "10.0.0.0/33"):
        with pytest.raises(ValueError, match="trusted_proxies"):
            Settings(_env_file=None, trusted_proxies=wrong)
