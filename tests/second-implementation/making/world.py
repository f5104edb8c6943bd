"""Two hospitals with a root, a person and a node each, and a stranger."""

from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from vantage.protocol import keys, names
from vantage.protocol.names import new_id

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
NOW = datetime(2026, 6, 1, 12, 0, 0, tzinfo=timezone.utc)
END = datetime(2028, 1, 1, tzinfo=timezone.utc)
ROOT_END = datetime(2036, 1, 1, tzinfo=timezone.utc)
PURPOSES = {"root": ("digital_signature", "key_cert_sign", "crl_sign"), "signing": ("digital_signature",),
            "encryption": ("key_agreement",), "revocations": ("crl_sign",)}
USAGES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
          "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")


def instant(when):
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def subject(organization, name):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization), x509.NameAttribute(NameOID.COMMON_NAME, name)])


def usage_extension(usages):
    return x509.KeyUsage(**{u: u in usages for u in USAGES})


def certificate(identity, public, issuer_subject, issuer_key, **other):
    """DER. `other` bends the profile: subject, names, usages, authority, start, end, algorithm, extra."""
    purpose = identity.split("/")[-1]
    organization = identity.split("/")[2]
    usages, authority = other.get("usages", PURPOSES[purpose]), other.get("authority", purpose == "root")
    builder = x509.CertificateBuilder(
        issuer_subject, other.get("subject") or subject(organization, other.get("name", "Dr. Ada Byrne")), public,
        x509.random_serial_number(), other.get("start", START).replace(tzinfo=None), other.get("end", END).replace(tzinfo=None))
    alternative = other.get("names", [x509.UniformResourceIdentifier(identity)])
    if alternative:
        builder = builder.add_extension(x509.SubjectAlternativeName(alternative), critical=False)
    if usages:
        builder = builder.add_extension(usage_extension(usages), critical=True)
    if authority is not None:
        builder = builder.add_extension(x509.BasicConstraints(authority, 0 if authority else None), critical=True)
    for extension, critical in other.get("extra", []):
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, other.get("algorithm", hashes.SHA256())).public_bytes(serialization.Encoding.DER)


class Hospital:
    def __init__(self, name, organization=None):
        self.name, self.id, self.user, self.node = name, organization or new_id("org"), new_id("usr"), new_id("nod")
        self.root_key, self.user_key, self.user_encryption_key, self.node_key, self.node_encryption_key = (
            keys.new_key() for _ in range(5))
        self.subject = subject(self.id, name)
        self.root = certificate(self.identity("root"), self.root_key.public_key(), self.subject, self.root_key,
                                subject=self.subject, end=ROOT_END)
        self.user_signing = self.certify(f"{self.user}/signing", self.user_key)
        self.user_encryption = self.certify(f"{self.user}/encryption", self.user_encryption_key)
        self.node_signing = self.certify(f"{self.node}/signing", self.node_key)
        self.node_encryption = self.certify(f"{self.node}/encryption", self.node_encryption_key)

    def identity(self, rest):
        return f"vantage://{self.id}/{rest}"

    def certify(self, rest, key, **other):
        return certificate(self.identity(rest), key.public_key(), self.subject, self.root_key, **other)

    @property
    def user_chain(self):
        return [self.user_signing, self.root]

    @property
    def node_chain(self):
        return [self.node_signing, self.root]


class World:
    def __init__(self):
        self.a, self.b, self.stranger = Hospital("St. Mary's Hospital"), Hospital("Universitätsklinikum Nord"), Hospital("Nobody")
        self.collaboration, self.task, self.job, self.run = (new_id(p) for p in ("col", "tsk", "job", "run"))
        self.algorithm = "builtin:summary@1.0.0+" + names.digest(b"code")

    @property
    def pinned(self):
        return [names.encode64(self.a.root), names.encode64(self.b.root)]

    def private_keys(self):
        return {f"{which}-{kind}": keys.to_pem(getattr(hospital, attribute))
                for which, hospital in (("a", self.a), ("b", self.b), ("stranger", self.stranger))
                for kind, attribute in (("root", "root_key"), ("user", "user_key"), ("user-encryption", "user_encryption_key"),
                                        ("node", "node_key"), ("node-encryption", "node_encryption_key"))}


def later(**delta):
    return NOW + timedelta(**delta)
