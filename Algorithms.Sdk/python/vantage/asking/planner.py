"""Chooses the nodes. What the Coordinator says of them is a proposal: a key is sealed to only if a pinned root of the
node's organization certified it for encryption and for this very node. An organization that fails this is never
silently left out, since leaving it out is exactly what an attacker may want."""

from collections import Counter, namedtuple

from ..errors import PINNING, SWAPPED, VantageError, believing
from ..protocol import certificates, names

Node = namedtuple("Node", "id key key_id")
Target = namedtuple("Target", "organization site node alternates")
NotAsked = namedtuple("NotAsked", "organization site why")


def plan(collaboration, study, wanted, lost_node, pins, at):
    """Targets, and the members that could not be asked. `wanted` are ids of organizations, or None for all."""
    targets, not_asked = [], []
    for member in _choose(collaboration, study, wanted):
        # An online node first, then by id, so that equal requests go to equal nodes.
        nodes = sorted((n for n in member["nodes"] if n.get("signingCertificate") and n.get("encryptionCertificate")),
                       key=lambda n: (not n["online"], n["id"]))
        if nodes:
            spare = nodes[1:] if lost_node == "retry" else []
            targets.append(Target(member["organization"], member["name"], _node(nodes[0], member, pins, at),
                                  [_node(n, member, pins, at) for n in spare]))
        elif wanted is None:
            not_asked.append(NotAsked(member["organization"], member["name"], "it has no certified node"))
        else:
            raise _nobody(f"{member['name']} has no certified node that could be asked.")
    if not targets:
        raise _nobody(f"No organization of '{collaboration['name']}' has a certified node yet.")
    sites = site_names(pins, [t.organization for t in targets])
    return [t._replace(site=sites[t.organization]) for t in targets], not_asked


def site_names(pins, organizations):
    """The names that the own organization pinned, not those that the Coordinator tells, each there once."""
    counts = Counter(pins.names.get(o, o) for o in organizations)
    return {o: pins.names.get(o, o) if counts[pins.names.get(o, o)] == 1 else f"{pins.names[o]} ({o})"
            for o in organizations}


def _choose(collaboration, study, wanted):
    members = [m for m in collaboration["members"] if study is None or m["organization"] in study["organizations"]]
    if wanted is None:
        return members
    by_id = {m["organization"]: m for m in members}
    missing = [o for o in wanted if o not in by_id]
    if missing:
        where = f"the study '{study['name']}'" if study else f"'{collaboration['name']}'"
        raise _nobody(f"{missing[0]} is not a member of {where}.")
    return [by_id[o] for o in wanted]


def _node(node, member, pins, at):
    if not pins.has(member["organization"]):
        raise VantageError("root-not-pinned", f"'{member['name']}' ({member['organization']}) is not pinned by your "
                                              "organization: nothing was sent.",
                           PINNING + " To ask the others only, name them: organizations=[…].")
    with believing(f"The key of node '{node['name']}' of {member['name']}"):
        der = names.decode64(node["encryptionCertificate"])
        certificate = certificates.verify_for(der, "encryption", pins.roots, at)
    if certificate.organization != member["organization"] or certificate.principal != node["id"]:
        raise VantageError(
            "certificate-untrusted", f"What the Coordinator gives as the key of node '{node['name']}' of "
            f"{member['name']} belongs to {certificate.identity}.", "Nothing was sent. " + SWAPPED)
    return Node(node["id"], certificate.key, certificate.key_id)


def _nobody(what):
    return VantageError("no-targets", what, "See who could be asked: vantage collaboration show.")
