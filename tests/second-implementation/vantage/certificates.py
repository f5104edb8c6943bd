"""Section 3: certificates of the profile, and pinned roots."""

import re
from datetime import timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import ExtensionOID, NameOID, SignatureAlgorithmOID

from . import keys
from .names import digest
from .refusal import Refused, require

IDENTITY = re.compile(
    r"vantage://(org_[0-9a-f]{32})/(?:(root)|((?:usr|nod)_[0-9a-f]{32})/(signing|encryption))")
USAGES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
          "key_cert_sign", "crl_sign")
USAGE_OF = {"root": {"digital_signature", "key_cert_sign", "crl_sign"},
            "signing": {"digital_signature"}, "encryption": {"key_agreement"}}
KNOWN = (ExtensionOID.SUBJECT_ALTERNATIVE_NAME, ExtensionOID.KEY_USAGE, ExtensionOID.BASIC_CONSTRAINTS)


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
        require(parsed.signature_algorithm_oid == SignatureAlgorithmOID.ECDSA_WITH_SHA256, "certificate-malformed", "algorithm")
        self.not_before = parsed.not_valid_before.replace(tzinfo=timezone.utc)
        self.not_after = parsed.not_valid_after.replace(tzinfo=timezone.utc)
        self.spki = parsed.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.key = keys.public_from_spki(self.spki)
        require(self.spki in self.der, "certificate-malformed", "another spelling of the public key")
        self.key_id = keys.id_of(self.key)
        self._read_extensions(list(parsed.extensions))
        self._read_subject(list(parsed.subject.rdns))

    def _read_extensions(self, extensions):
        by_oid = {e.oid: e for e in extensions}
        require(all(e.oid in KNOWN or not e.critical for e in extensions), "certificate-malformed", "critical extension")
        names = list(by_oid[ExtensionOID.SUBJECT_ALTERNATIVE_NAME].value)
        require(len(names) == 1 and isinstance(names[0], x509.UniformResourceIdentifier), "certificate-malformed", "names")
        self.identity = names[0].value
        match = IDENTITY.fullmatch(self.identity)
        require(match, "certificate-malformed", "identity")
        self.organization, self.principal = match[1], match[2] or match[3]
        self.purpose = match[2] or match[4]
        usage = by_oid[ExtensionOID.KEY_USAGE].value
        require({u for u in USAGES if getattr(usage, u)} == USAGE_OF[self.purpose], "certificate-malformed", "key usage")
        require(not (usage.key_agreement and (usage.encipher_only or usage.decipher_only)), "certificate-malformed", "key usage")
        constraints = by_oid.get(ExtensionOID.BASIC_CONSTRAINTS)
        is_authority = constraints is not None and constraints.value.ca
        require(is_authority == (self.purpose == "root"), "certificate-malformed", "authority")

    def _read_subject(self, rdns):
        found = {}
        for rdn in rdns:
            attributes = list(rdn)
            require(len(attributes) == 1 and attributes[0].oid not in found, "certificate-malformed", "subject")
            require(attributes[0]._type in (_ASN1Type.UTF8String, _ASN1Type.PrintableString), "certificate-malformed", "subject")
            found[attributes[0].oid] = attributes[0].value
        require(set(found) == {NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME}, "certificate-malformed", "subject")
        self.name = found[NameOID.COMMON_NAME]
        printable = all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in self.name)
        require(1 <= len(self.name) <= 64 and printable, "certificate-malformed", "name")
        require(found[NameOID.ORGANIZATION_NAME] == self.organization, "certificate-malformed", "organization")

    def is_issued_by(self, root):
        if root.purpose != "root" or root.organization != self.organization:
            return False
        if self.parsed.issuer.public_bytes() != root.parsed.subject.public_bytes():
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
    """Steps 1 to 4. `root` narrows the issuers to the bytes that travelled along. Gives the certificate."""
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
    return certificate


def verify_for(der, purpose, pinned, at):
    certificate = verify(der, pinned, at)
    require(certificate.purpose == purpose, "wrong-purpose")
    return certificate
