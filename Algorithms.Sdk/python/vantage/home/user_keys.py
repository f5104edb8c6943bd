"""A person's keys with the certificates that say whose they are: what signs manifests and opens results."""

import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec

from ..errors import VantageError, believing
from ..protocol import certificates, keys, names
from . import statements

NOT_CERTIFIED = "Your organization's admin certifies your keys (vantage keys certify); then: vantage keys install."
WRONG = "Make new requests with 'vantage keys request', compare fingerprints with your admin, and have them certified."


def load_key(home, name):
    path = home.directory / "keys" / name
    if not path.exists():
        raise VantageError("key-missing", f"There is no key {path}.",
                           "Make them with 'vantage keys request', and let your organization's admin certify them.")
    pem = home.secret(path)
    try:
        key = keys.from_pem(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as e:
        raise VantageError("key-unusable", f"The key file {path} can't be opened: {e}") from e
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise VantageError("key-unusable", f"The key file {path} holds no key on the curve P-256.")
    return key


class UserKeys:
    def __init__(self, home):
        self.root = statements.root(home)
        self.signing = load_key(home, "signing.key")
        self.encryption = load_key(home, "encryption.key")
        self.signing_certificate = statements.certificate(home, "signing.crt", NOT_CERTIFIED)
        self.encryption_certificate = statements.certificate(home, "encryption.crt", NOT_CERTIFIED)
        self._check()

    @property
    def chain(self):
        return [self.signing_certificate.der, self.root.der]

    @property
    def recipient(self):
        """The person, as a manifest lists who may read the results."""
        own = self.encryption_certificate
        return {"organization": own.organization, "principal": own.principal, "key": own.key_id,
                "certificate": names.encode64(own.der)}

    def require_standing(self, pins, at):
        """A key of one's own that was revoked or has expired is told here, rather than by every site."""
        with believing("The certificate of your own key"):
            certificates.verify(self.signing_certificate.der, pins.roots, at)
            certificates.verify(self.encryption_certificate.der, pins.roots, at)

    def _check(self):
        signing, encryption = self.signing_certificate, self.encryption_certificate
        _require(signing.purpose == "signing" and signing.key_id == keys.id_of(self.signing)
                 and encryption.purpose == "encryption" and encryption.key_id == keys.id_of(self.encryption),
                 "The certificates are not of the keys in this home.")
        _require(signing.principal == encryption.principal and signing.principal.startswith("usr_"),
                 "The two certificates are not of one person.")
        _require(signing.is_issued_by(self.root) and encryption.is_issued_by(self.root),
                 "The certificates were not issued by your organization's root.")


def key_among(home, ids):
    """The person's encryption key that is one of these: today's, or an earlier one that is still here."""
    today = load_key(home, "encryption.key")
    if keys.id_of(today) in ids:
        return today
    for former in ids:
        if re.fullmatch("[0-9a-f]{64}", former) and (home.directory / "keys" / "former" / f"{former}.key").exists():
            return load_key(home, f"former/{former}.key")
    raise VantageError("payload-unreadable", f"It is not sealed to a key in {home.directory}.",
                       "Use the home that asked the question, or one that it listed as a recipient.")


def _require(holds, what):
    if not holds:
        raise VantageError("certificate-untrusted", what, WRONG)
