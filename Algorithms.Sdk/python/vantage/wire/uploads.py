"""Sends ciphertext that is too large to travel inside a request. Every step may be repeated."""

from ..protocol import names
from .patience import Patience

GIVE_UP_AFTER = 600


def upload(channel, collaboration, digest, data):
    path, patience = f"uploads/{names.new_id('upl')}", Patience(GIVE_UP_AFTER)
    announced = {"collaboration": collaboration, "digest": digest, "size": len(data)}
    while True:
        view = patience.keep_trying(lambda: channel.exchange("PUT", path, announced))
        size = view["partBytes"]
        for part in range(-(-len(data) // size)):
            if part not in view["parts"]:
                piece = data[part * size:(part + 1) * size]
                view = patience.keep_trying(lambda: channel.exchange(
                    "PUT", f"{path}/parts/{part}", piece, {"Vantage-Part-Digest": names.digest(piece)}))
                patience.progress()
        if view["complete"]:
            return
