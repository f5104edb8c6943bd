"""Who reads what a person asks: the person, at each of their devices. The Coordinator tells which there are; it can leave
some out, and can add none that the person's own organization did not certify for them."""

from ..errors import SWAPPED, VantageError
from ..protocol import certificates, names
from ..protocol.refusal import Refused


def readers(collaboration, keys, pins, at):
    """The recipients of the manifest: this device first, then those whose keys count at the moment."""
    found = {keys.encryption_certificate.key_id: keys.encryption_certificate}
    for device in collaboration.get("devices") or []:
        certificate = _certified(device, pins, at)
        if certificate is None:
            continue
        if certificate.identity != keys.encryption_certificate.identity:
            what = f"What the Coordinator gives as one of your devices belongs to {certificate.identity}."
            raise VantageError("certificate-untrusted", what, "Nothing was sent. " + SWAPPED)
        found.setdefault(certificate.key_id, certificate)
    return [{"organization": c.organization, "principal": c.principal, "key": c.key_id,
             "certificate": names.encode64(c.der)} for c in found.values()]


def _certified(device, pins, at):
    """None for one that was revoked, has expired, or is of a root that was changed since: it reads nothing new."""
    try:
        return certificates.verify_for(names.decode64(device["encryptionCertificate"]), "encryption", pins.roots, at)
    except (Refused, ValueError, KeyError):
        return None
