"""What goes wrong between client and Coordinator, in words for a person."""

import http.client
import json
import socket
import ssl
import urllib.error

from ..errors import VantageError

NEXT = {
    "unauthenticated": "Log in with a token of this Coordinator: vantage login --url URL --token-file FILE.",
    "token-expired": "Ask your organization's admin for a new one (vantage token create), then log in with it.",
    "forbidden": "Who you are here, and your roles, are shown by: vantage user show.",
    "too-many-requests": "Wait a moment, then try again.",
}
LARGEST_PROBLEM = 256 * 1024


def of_response(error, url):
    """An answer that is no success."""
    media = (error.headers.get("Content-Type") or "").partition(";")[0].strip()
    if media == "application/problem+json":
        try:
            problem = json.loads(error.read(LARGEST_PROBLEM))
            return VantageError(problem["code"], problem["detail"], NEXT.get(problem["code"]), problem.get("errors"))
        except (ValueError, KeyError, TypeError, OSError, http.client.HTTPException):
            return not_a_coordinator(url)
    if error.code == 407:
        return VantageError("proxy-refused", "The proxy wants a user name and password (407).",
                            "Give them in the proxy's url: HTTPS_PROXY=http://user:password@host:port.")
    if 300 <= error.code < 400:
        return VantageError("not-a-coordinator", f"{url} points elsewhere: {error.headers.get('Location')}.",
                            "Redirects are not followed, since they would carry the token along. "
                            "Log in with the Coordinator's own url.")
    if error.code in (502, 503, 504):
        return VantageError("unreachable", f"{url} answers {error.code}: the Coordinator behind it is not there.",
                            "It may be starting or restarting; try again in a minute, else ask its admin.")
    return not_a_coordinator(url)


def not_a_coordinator(url):
    return VantageError("not-a-coordinator", f"What answers at {url} is not a Vantage Coordinator.",
                        "Check host, port and path; a sign-in page of a proxy can be in between as well.")


def of_exception(error, url):
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return VantageError("tls-untrusted",
                            f"The TLS certificate of {url} is not trusted here: {reason.verify_message}",
                            "If an institution's own authority issued it, log in with --ca FILE (PEM). "
                            "If not, somebody may be in between.")
    if isinstance(reason, ssl.SSLError):
        return VantageError("tls-untrusted", f"No TLS connection to {url} could be made: {reason}",
                            "Is it an https:// port at all?")
    if isinstance(reason, socket.gaierror):
        return VantageError("unreachable", f"The name in {url} is not known to this machine's name service.",
                            "Check the url for a slip; without a direct way out, set HTTPS_PROXY.")
    if isinstance(error, OSError) and "Tunnel connection failed" in str(error):
        return VantageError("proxy-refused", f"The proxy does not let this machine through to {url}: {reason}",
                            "Ask its admin to allow CONNECT to that host, or set another one (HTTPS_PROXY).")
    if isinstance(error, urllib.error.URLError) and not isinstance(reason, TimeoutError):
        return VantageError("unreachable", f"Nobody answers at {url}: {reason}",
                            "See that the Coordinator runs ('vantage coordinator run'), that url and port are right, "
                            "and that no firewall is in between.")
    return VantageError("unreachable", f"The connection to {url} broke off: {reason or type(error).__name__}",
                        "Try again; what was submitted is not lost.")
