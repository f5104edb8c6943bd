"""Plans, seals, signs and sends a task. Sending is repeated with the same bytes until the Coordinator has it."""

from collections import namedtuple
from datetime import datetime, timezone
from functools import partial

from ..home.statements import Pins
from ..home.user_keys import UserKeys
from ..protocol import names
from ..wire.patience import Patience
from ..wire.uploads import upload
from . import dictionaries, manifest, members, planner
from .delegation import delegate_key, delegation
from .devices import readers

Submitted = namedtuple("Submitted", "task digest not_asked")
INLINE = 16 * 1024
INLINE_TOTAL = 8 * 1024 * 1024


def submit(home, channel, collaboration, study, request):
    at = datetime.now(timezone.utc)
    keys, pins = UserKeys(home), Pins(home, at).less_revoked(home, channel, at, new_work=True)
    keys.require_standing(pins, at)
    found = members.collaboration(channel, collaboration)
    chosen = members.study(channel, found["id"], study)
    wanted = members.organizations(found["members"], request.organizations)
    request = dictionaries.bind(request, channel, found["id"], pins, at)
    targets, not_asked = planner.plan(found, chosen, wanted, request.lost_node, pins, at)
    delegated = None
    if request.delegated is not None:
        others = members.organizations(found["members"], request.delegated["organizations"])
        sites, not_asked = planner.plan(found, chosen, others, "wait", pins, at)
        delegated = partial(delegation, request, delegate_key(found, targets[0], pins, at), sites)
    signed = manifest.sign(request, found["id"], chosen and chosen["id"], targets, keys, at, delegated,
                           readers(found, keys, pins, at))
    send(channel, signed)
    return Submitted(signed.content["task"], names.digest(signed.jws.encode()), not_asked)


def send(channel, signed):
    inline, total = [], 0
    for digest, sealed in signed.inputs.items():
        if len(sealed) <= INLINE and total + len(sealed) <= INLINE_TOTAL:
            inline.append({"digest": digest, "bytes": names.encode64(sealed)})
            total += len(sealed)
        else:
            upload(channel, signed.content["collaboration"], digest, sealed)
    body = {"manifest": signed.jws, "inputs": inline}
    Patience(30).keep_trying(lambda: channel.exchange("PUT", f"tasks/{signed.content['task']}", body))
