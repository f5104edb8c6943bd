"""Section 3, bent in one place each."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier
from datetime import timedelta

from vantage.protocol import keys, names

from . import bending
from .world import END, NOW, ROOT_END, START, certificate, instant, new_id, subject


def certificate_cases(world):
    a, b = world.a, world.b
    cases = []

    def case(name, der, purpose="signing", reason=None, at=NOW, pinned=None, identity=None, key=None, cn="Dr. Ada Byrne"):
        made = {"name": name, "certificate": names.encode64(der), "purpose": purpose, "at": instant(at),
                "pinned": world.pinned if pinned is None else [names.encode64(p) for p in pinned]}
        cases.append(made | ({"reason": reason} if reason else {"expect": {"identity": identity, "key": keys.id_of(key), "name": cn}}))

    def user(key=None, **other):
        return a.certify(f"{a.user}/signing", key or a.user_key, **other)

    def valid_user(name, der, **other):
        case(name, der, identity=a.identity(f"{a.user}/signing"), key=a.user_key, **other)

    def malformed(name, der, purpose="signing"):
        case(name, der, purpose, reason="certificate-malformed")

    case("root", a.root, "root", identity=a.identity("root"), key=a.root_key, cn=a.name)
    valid_user("person, signing", a.user_signing)
    case("person, encryption", a.user_encryption, "encryption", identity=a.identity(f"{a.user}/encryption"), key=a.user_encryption_key)
    case("node, signing", a.node_signing, identity=a.identity(f"{a.node}/signing"), key=a.node_key)
    case("node, encryption", a.node_encryption, "encryption", identity=a.identity(f"{a.node}/encryption"), key=a.node_encryption_key)
    valid_user("first second of validity", a.user_signing, at=START)
    valid_user("last second of validity", a.user_signing, at=END)
    valid_user("without basic constraints", user(authority=None))
    valid_user("with an unknown extension that is not critical",
               user(extra=[(x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00"), False)]))
    valid_user("name before organization", user(subject=x509.Name(list(subject(a.id, "Dr. Ada Byrne"))[::-1])))
    valid_user("name in printable characters", user(subject=x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, a.id),
        x509.NameAttribute(NameOID.COMMON_NAME, "Dr. Ada Byrne", x509.name._ASN1Type.PrintableString)])))
    renewed = certificate(a.identity("root"), a.root_key.public_key(), a.subject, a.root_key, subject=a.subject,
                          start=END - timedelta(days=1), end=ROOT_END)
    valid_user("one of two roots with the same key is not valid yet", a.user_signing, pinned=[renewed, a.root])

    case("organization not pinned", world.stranger.user_signing, reason="organization-not-pinned")
    case("nothing pinned", a.user_signing, reason="organization-not-pinned", pinned=[])
    forged_key = keys.new_key()
    forged = certificate(a.identity("root"), forged_key.public_key(), a.subject, forged_key, subject=a.subject, end=ROOT_END)
    case("root of the same organization by another key", forged, "root", reason="root-not-pinned")
    case("issued by a forged root", certificate(a.identity(f"{a.user}/signing"), a.user_key.public_key(), a.subject, forged_key),
         reason="root-not-pinned")
    case("issued by a person", certificate(
        a.identity(f"{new_id('usr')}/signing"), forged_key.public_key(), subject(a.id, "Dr. Ada Byrne"), a.user_key),
         reason="root-not-pinned")
    case("issued by itself", certificate(a.identity(f"{a.user}/signing"), a.user_key.public_key(), a.subject, a.user_key),
         reason="root-not-pinned")
    case("issuer's name is another's", certificate(
        a.identity(f"{a.user}/signing"), a.user_key.public_key(), subject(a.id, "Another name"), a.root_key), reason="root-not-pinned")
    case("identity in a foreign organization", certificate(
        b.identity(f"{b.user}/signing"), a.user_key.public_key(), a.subject, a.root_key), reason="root-not-pinned")
    case("one bit of the signature", a.user_signing[:-1] + bytes([a.user_signing[-1] ^ 1]), reason="root-not-pinned")
    at = a.user_signing.index(b"Dr. Ada Byrne")
    case("one letter of the name", a.user_signing[:at] + b"d" + a.user_signing[at + 1:], reason="root-not-pinned")
    case("a second too early", a.user_signing, reason="certificate-not-yet-valid", at=START - timedelta(seconds=1))
    case("a second too late", a.user_signing, reason="certificate-expired", at=END + timedelta(seconds=1))
    brief = certificate(a.identity("root"), a.root_key.public_key(), a.subject, a.root_key, subject=a.subject,
                        end=START + timedelta(days=1))
    case("root expired", a.user_signing, reason="certificate-expired", pinned=[brief])
    case("encryption where signing is needed", a.user_encryption, reason="wrong-purpose")
    case("signing where encryption is needed", a.user_signing, "encryption", reason="wrong-purpose")
    case("root where signing is needed", a.root, reason="wrong-purpose")

    malformed("empty", b"")
    malformed("cut short", a.user_signing[:-1])
    malformed("a byte too much", a.user_signing + b"\x00")
    malformed("another organization in the subject", user(subject=subject(b.id, "Dr. Ada Byrne")))
    malformed("no name", user(subject=x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, a.id)])))
    malformed("a third part in the subject", user(subject=x509.Name(
        list(subject(a.id, "Dr. Ada Byrne")) + [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Cardiology")])))
    malformed("two names", user(subject=x509.Name(
        list(subject(a.id, "Dr. Ada Byrne")) + [x509.NameAttribute(NameOID.COMMON_NAME, "Dr. Eve")])))
    malformed("name and organization in one set", user(subject=x509.Name([
        x509.RelativeDistinguishedName(list(subject(a.id, "Dr. Ada Byrne")))])))
    malformed("control character in the name", user(name="Dr. Ada\nByrne"))
    malformed("name of 65 characters", user(name="A" * 65))
    malformed("no identity", user(names=None))
    malformed("two identities", user(names=[x509.UniformResourceIdentifier(a.identity(f"{u}/signing")) for u in (a.user, new_id("usr"))]))
    malformed("a host name beside the identity", user(names=[
        x509.UniformResourceIdentifier(a.identity(f"{a.user}/signing")), x509.DNSName("example.org")]))
    for name, uri in (("identity without purpose", a.identity(a.user)), ("identity of another scheme", f"https://{a.id}/{a.user}/signing"),
                      ("identity with upper-case digits", f"vantage://{a.id.upper()}/{a.user}/signing"),
                      ("identity of an unknown kind", a.identity(new_id("tsk") + "/signing")),
                      ("identity with a slash too much", a.identity(f"{a.user}/signing/"))):
        malformed(name, user(names=[x509.UniformResourceIdentifier(uri)]))
    malformed("no key usage", user(usages=None))
    malformed("key usage of encryption in a signing identity", user(usages=("key_agreement",)))
    malformed("one key usage too much", user(usages=("digital_signature", "key_agreement")))
    malformed("a person as authority", user(authority=True))
    malformed("a root that is no authority", certificate(
        a.identity("root"), a.root_key.public_key(), a.subject, a.root_key, subject=a.subject, authority=False), "root")
    malformed("an unknown critical extension", user(extra=[(x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)]))
    malformed("signed with SHA-384", user(algorithm=hashes.SHA384()))
    def patched(before, after):
        tree = bending.parse(a.user_signing)[0][1][0]
        body = bending.serialize([tree]).replace(bytes.fromhex(before), bytes.fromhex(after), 1)
        return bending.element(0x30, body + bending.ECDSA_WITH_SHA256 + bending.element(
            0x03, b"\0" + a.root_key.sign(body, ec.ECDSA(hashes.SHA256()))))

    valid_user("signed again", patched("", ""))
    malformed("another algorithm inside", patched("2a8648ce3d040302", "2a8648ce3d040303"))
    malformed("key usage with a bit too many", patched("03020780", "03020680"))
    malformed("public key with another form of point", patched("03420004", "03420003"))
    malformed("a root over authorities", certificate(
        a.identity("root"), a.root_key.public_key(), a.subject, a.root_key, subject=a.subject, authority=None,
        extra=[(x509.BasicConstraints(True, 1), True)]), "root")
    valid_user("64 characters outside the basic plane", user(name="😀" * 64), cn="😀" * 64)
    malformed("P-384", user(ec.generate_private_key(ec.SECP384R1())))
    malformed("RSA", user(rsa.generate_private_key(65537, 2048)))
    return cases
