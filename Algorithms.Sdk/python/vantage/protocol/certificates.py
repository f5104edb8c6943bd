"""Section 3: certificates of the profile, and pinned roots."""

import re
from datetime import timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtensionOID

from . import keys
from .names import digest
from .refusal import Refused, require

IDENTITY = re.compile(
    r"vantage://(org_[0-9a-f]{32})/(?:(root|revocations)|((?:usr|nod)_[0-9a-f]{32})/(signing|encryption))")
USAGE_OF = {"root": bytes.fromhex("03020186"), "revocations": bytes.fromhex("03020102"),
            "signing": bytes.fromhex("03020780"), "encryption": bytes.fromhex("03020308")}
SEQUENCE, SET, UTF8_STRING, PRINTABLE_STRING, EXTENSIONS = 0x30, 0x31, 0x0C, 0x13, 0xA3
COMMON_NAME, ORGANIZATION, KEY_USAGE, BASIC_CONSTRAINTS = (
    bytes.fromhex(oid) for oid in ("0603550403", "060355040a", "0603551d0f", "0603551d13"))
AUTHORITY = {True: (bytes.fromhex("30030101ff"), bytes.fromhex("30060101ff020100")), False: (None, bytes.fromhex("3000"))}
ECDSA_WITH_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
KNOWN = (ExtensionOID.SUBJECT_ALTERNATIVE_NAME, ExtensionOID.KEY_USAGE, ExtensionOID.BASIC_CONSTRAINTS)


def elements(der, tag):
    """The elements inside one DER element with this tag, each with its own tag and length."""
    def content(at):
        first = der[at + 1]
        start = at + 2 + (0 if first < 128 else first & 127)
        return start, start + (first if first < 128 else int.from_bytes(der[at + 2:start], "big"))

    require(der[0] == tag and content(0)[1] == len(der), "certificate-malformed", "structure")
    at, found = content(0)[0], []
    while at < len(der):
        end = content(at)[1]
        found.append(der[at:end])
        at = end
    return found


def read_name(der):
    """One O and one CN, each alone in its set."""
    found = {}
    for one_set in elements(der, SEQUENCE):
        (attribute,) = elements(one_set, SET)
        oid, value = elements(attribute, SEQUENCE)
        require(oid not in found and value[0] in (UTF8_STRING, PRINTABLE_STRING), "certificate-malformed", "name")
        text = value[2:] if value[1] < 128 else value[2 + (value[1] & 127):]
        found[oid] = text.decode("utf-8" if value[0] == UTF8_STRING else "ascii")
        require(value[0] == UTF8_STRING or re.fullmatch("[A-Za-z0-9 '()+,./:=?-]*", found[oid]), "certificate-malformed", "name")
    require(set(found) == {COMMON_NAME, ORGANIZATION}, "certificate-malformed", "name")
    name = found[COMMON_NAME]
    printable = all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in name)
    require(1 <= len(name) <= 64 and printable, "certificate-malformed", "name")
    return name, found[ORGANIZATION]


def validity(parsed):
    """cryptography 42 gave these members new names that say their zone, and warns of the old ones."""
    if hasattr(parsed, "not_valid_before_utc"):
        return parsed.not_valid_before_utc, parsed.not_valid_after_utc
    return parsed.not_valid_before.replace(tzinfo=timezone.utc), parsed.not_valid_after.replace(tzinfo=timezone.utc)


class Certificate:
    def __init__(self, der):
        try:
            require(len(der) <= 8192, "certificate-malformed", "too large")
            self.der, self.hash = der, digest(der)
            self._read(x509.load_der_x509_certificate(der))
        except Refused:
            raise
        except Exception as e:
            raise Refused("certificate-malformed", str(e)) from e

    def _read(self, parsed):
        self.parsed = parsed
        require(parsed.version == x509.Version.v3, "certificate-malformed", "version")
        self.not_before, self.not_after = validity(parsed)
        self.spki = parsed.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.key = keys.public_from_spki(self.spki)
        require(self.spki in self.der, "certificate-malformed", "another spelling of the public key")
        self.key_id = keys.id_of(self.key)
        _, _, algorithm, self.issuer, _, self.subject = elements(parsed.tbs_certificate_bytes, SEQUENCE)[:6]
        require(algorithm == ECDSA_WITH_SHA256 == elements(self.der, SEQUENCE)[1], "certificate-malformed", "algorithm")
        read_name(self.issuer)
        (extensions,) = elements(elements(parsed.tbs_certificate_bytes, SEQUENCE)[7], EXTENSIONS)
        raw = {elements(e, SEQUENCE)[0]: elements(e, SEQUENCE)[-1][2:] for e in elements(extensions, SEQUENCE)}
        self._read_extensions(list(parsed.extensions), raw)
        self.name, organization = read_name(self.subject)
        require(organization == self.organization, "certificate-malformed", "organization")

    def _read_extensions(self, extensions, raw):
        by_oid = {e.oid: e for e in extensions}
        require(all(e.oid in KNOWN or not e.critical for e in extensions), "certificate-malformed", "critical extension")
        names = list(by_oid[ExtensionOID.SUBJECT_ALTERNATIVE_NAME].value)
        require(len(names) == 1 and isinstance(names[0], x509.UniformResourceIdentifier), "certificate-malformed", "names")
        self.identity = names[0].value
        match = IDENTITY.fullmatch(self.identity)
        require(match, "certificate-malformed", "identity")
        self.organization, self.principal = match[1], match[2] or match[3]
        self.purpose = match[2] or match[4]
        require(raw.get(KEY_USAGE) == USAGE_OF[self.purpose], "certificate-malformed", "key usage")
        require(raw.get(BASIC_CONSTRAINTS) in AUTHORITY[self.purpose == "root"], "certificate-malformed", "authority")

    def is_issued_by(self, root):
        if root.purpose != "root" or root.organization != self.organization:
            return False
        if self.issuer != root.subject:
            return False
        try:
            root.key.verify(self.parsed.signature, self.parsed.tbs_certificate_bytes, ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False


def pinned_root(organization, certificate):
    require(certificate.identity == f"vantage://{organization}/root" and certificate.is_issued_by(certificate),
            "certificate-malformed", "not a root of " + organization)
    return certificate


def verify(der, pinned, at, root=None):
    """Steps 1 to 5; the fifth where `pinned` knows what was revoked. `root` narrows the issuers to the bytes that travelled along. Gives the certificate."""
    certificate = Certificate(der)
    own = [r for r in pinned if r.organization == certificate.organization]
    require(own, "organization-not-pinned")
    issuers = [r for r in own if (root is None or r.der == root)
               and (r.der == der if certificate.purpose == "root" else certificate.is_issued_by(r))]
    require(issuers, "root-not-pinned")
    issuer = next((r for r in issuers if r.not_before <= at <= r.not_after), issuers[0])
    for checked in (issuer, certificate):
        require(at >= checked.not_before, "certificate-not-yet-valid")
        require(at <= checked.not_after, "certificate-expired")
    if hasattr(pinned, "check") and certificate.purpose != "root":
        pinned.check(certificate, at)
    return certificate


def verify_for(der, purpose, pinned, at):
    certificate = verify(der, pinned, at)
    require(certificate.purpose == purpose, "wrong-purpose")
    return certificate
