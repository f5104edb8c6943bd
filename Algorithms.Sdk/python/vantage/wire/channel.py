"""One request and its answer: JSON both ways, refusals as errors. What is idempotent is tried again a few times."""

import http.client
import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

from ..errors import VantageError
from . import addresses, refusals

ANSWER_WITHIN = 100
STALL_AFTER = 60
LARGEST_ANSWER = 64 * 1024 * 1024
PAUSES = (0.2, 0.8, 2.0)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to wherever it points."""

    def redirect_request(self, *_):
        return None


class Channel:
    def __init__(self, url, token=None, ca_file=None, proxy=None):
        self.url, self.token = addresses.check(url), token
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler(_proxies(self.url, proxy)), _NoRedirects,
            urllib.request.HTTPSHandler(context=_tls(ca_file)))

    def get(self, path):
        return self.exchange("GET", path)

    def exchange(self, method, path, body=None, headers=None):
        """The answer's JSON. `body` is JSON too, or bytes."""
        with self.open(method, path, body, headers) as response:
            if response.headers.get_content_type() != "application/json":
                raise refusals.not_a_coordinator(self.url)
            try:
                answer = response.read(LARGEST_ANSWER + 1)
                if len(answer) > LARGEST_ANSWER:
                    raise refusals.not_a_coordinator(self.url)
                return json.loads(answer)
            except ValueError as e:
                raise refusals.not_a_coordinator(self.url) from e
            except (OSError, http.client.HTTPException) as e:
                raise refusals.of_exception(e, self.url) from e

    def open(self, method, path, body=None, headers=None, timeout=ANSWER_WITHIN):
        """The answer once its headers are here and its status is a success; the caller closes it."""
        for pause in PAUSES:
            try:
                return self._once(method, path, body, headers, timeout)
            except VantageError as e:
                # Nobody listening will not change within a second or two.
                nobody = isinstance(getattr(e.__cause__, "reason", None), ConnectionRefusedError)
                if method == "POST" or nobody or e.code not in ("unreachable", "unavailable"):
                    raise
            time.sleep(pause)
        return self._once(method, path, body, headers, timeout)

    def pages(self, path):
        cursor = None
        while True:
            page = self.get(path if cursor is None else with_query(path, cursor=cursor))
            yield from page["items"]
            cursor = page.get("nextCursor")
            if cursor is None:
                return

    def _once(self, method, path, body, headers, timeout):
        request = urllib.request.Request(urllib.parse.urljoin(self.url, "api/v1/" + path), method=method)
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if body is not None:
            is_json = not isinstance(body, (bytes, memoryview))
            request.data = json.dumps(body).encode() if is_json else bytes(body)
            request.add_header("Content-Type", "application/json" if is_json else "application/octet-stream")
        if self.token:
            # Unredirected: never handed to a proxy or another host.
            request.add_unredirected_header("Authorization", "Bearer " + self.token)
        try:
            return self.opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as e:
            with e:
                raise refusals.of_response(e, self.url) from None
        except (OSError, http.client.HTTPException) as e:
            raise refusals.of_exception(e, self.url) from e


def with_query(path, **members):
    return path + ("&" if "?" in path else "?") + urllib.parse.urlencode(members)


def _proxies(url, proxy):
    if proxy:
        return {"http": proxy, "https": proxy}
    host = urllib.parse.urlsplit(url).hostname
    return {} if addresses.is_loopback(url) or urllib.request.proxy_bypass(host) else urllib.request.getproxies()


def _tls(ca_file):
    try:
        context = ssl.create_default_context()
        if ca_file:
            context.load_verify_locations(ca_file)
        return context
    except (OSError, ssl.SSLError) as e:
        raise VantageError("home-invalid", f"The CA file {ca_file} can't be used: {e}",
                           "Give a PEM file with the certificate authorities of your institution.") from e
