"""Which urls a Coordinator may be reached under."""

import ipaddress
import urllib.parse

from ..errors import VantageError


def check(url):
    """The url with a path that ends in '/'; refuses plain http to another machine."""
    parts = urllib.parse.urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise VantageError("insecure-url", f"'{url}' is no way to reach a Coordinator.",
                           "Write it whole, such as https://vantage.example.org or http://127.0.0.1:8080.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise VantageError("insecure-url",
                           f"{url} is plain http to another machine: anyone on the way could read the token.",
                           "Use https://. Plain http works for 127.0.0.1, ::1 and localhost only.")
    if parts.username or parts.query or parts.fragment:
        raise VantageError("insecure-url", "The Coordinator's url must have no user, query or fragment.",
                           "Credentials go into a token file.")
    return urllib.parse.urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/"))


def is_loopback(url):
    return _is_loopback(urllib.parse.urlsplit(url).hostname)


def _is_loopback(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
