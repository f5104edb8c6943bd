"""Fetches ciphertext into memory, going on where a cut connection left off."""

import http.client

from ..errors import SWAPPED, VantageError
from ..wire import refusals
from ..wire.channel import STALL_AFTER
from ..wire.patience import PASSING, Patience

LARGEST = 256 * 1024 * 1024
PIECE = 128 * 1024
GIVE_UP_AFTER = 600


def download(channel, path, size):
    if size > LARGEST:
        raise VantageError("payload-unreadable", f"{path} has {size} bytes, more than is read into memory.",
                           "Write it to a file: vantage task result TASK --site SITE --out FILE.")
    got, patience = bytearray(), Patience(GIVE_UP_AFTER)
    while len(got) < size:
        before = len(got)
        try:
            _go_on(channel, path, size, got)
            continue
        except (OSError, http.client.HTTPException) as e:
            failure = refusals.of_exception(e, channel.url)
        except VantageError as e:
            if e.code not in PASSING:
                raise
            failure = e
        if len(got) > before:
            patience.progress()
        if not patience.wait():
            raise failure
    return bytes(got)


def _go_on(channel, path, size, got):
    headers = {"Range": f"bytes={len(got)}-"} if got else {}
    with channel.open("GET", path, headers=headers, timeout=STALL_AFTER) as response:
        if got and not (response.headers.get("Content-Range") or "").startswith(f"bytes {len(got)}-"):
            # A proxy that does not know ranges sends it all.
            got.clear()
        while True:
            piece = response.read(PIECE)
            if not piece:
                break
            got += piece
            if len(got) > size:
                raise VantageError("receipt-untrusted", f"The Coordinator sends more for {path} than the {size} bytes "
                                                        "that the node signed for.", SWAPPED)
    if len(got) < size:
        raise OSError(f"the answer ended after {len(got)} of {size} bytes")
