"""What a home trusts: its organization's root, the partners' roots that it pins, the code that names mean."""

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from ..errors import VantageError, believing
from ..protocol import certificates, documents
from . import revocations


def certificate(home, name, missing):
    path = home.directory / "keys" / name
    pem = home.text(f"keys/{name}", "key-missing", (f"There is no certificate {path}.", missing))
    try:
        der = x509.load_pem_x509_certificate(pem.encode()).public_bytes(serialization.Encoding.DER)
    except ValueError as e:
        raise VantageError("certificate-untrusted", f"{path} is no certificate: {e}", missing) from e
    with believing(str(path)):
        return certificates.Certificate(der)


def root(home):
    own = certificate(home, "root.crt", "Your organization's admin gives it to you; then: vantage keys install.")
    with believing(str(home.directory / "keys" / "root.crt")):
        return certificates.pinned_root(own.organization, own)


class Pins:
    """The partners' roots, each with the name that the own organization gave it."""

    def __init__(self, home, at):
        jws = home.text("pins.jws", "root-not-pinned", (
            f"No partner is pinned in {home.directory}.",
            "Install the pins.jws that your organization's admin gives you: vantage keys install."))
        with believing(str(home.directory / "pins.jws")):
            document, self.roots = documents.pins(jws, root(home), at)
        self.names = {}
        for pinned in document.content["roots"]:
            self.names.setdefault(pinned["organization"], pinned["name"])

    def less_revoked(self, home, channel, at, new_work):
        """As believed for something new, or for reading what was done: less the keys that were revoked."""
        self.roots = revocations.trust(home, channel, self.roots, at, new_work)
        return self

    def has(self, organization):
        return organization in self.names


class Catalogue:
    def __init__(self, home, at):
        jws = home.text("catalogue.jws", "algorithm-unknown", (
            f"There is no catalogue of algorithms in {home.directory}.",
            "Install the catalogue.jws that your organization's admin gives you: vantage keys install."))
        with believing(str(home.directory / "catalogue.jws")):
            # The own root and no partner's: whoever names code decides what this person signs.
            self.content = documents.catalogue(jws, [root(home)], at).content

    @property
    def algorithms(self):
        return self.content["algorithms"]

    def find(self, name, function=None):
        """The entry of `name` or `name@version`; the newest where no version is named."""
        wanted, _, version = name.partition("@")
        named = [a for a in self.algorithms if a["name"] == wanted and version in ("", a["version"])]
        if not named:
            have = ", ".join(sorted(f"{a['name']}@{a['version']}" for a in self.algorithms))
            raise VantageError("algorithm-unknown",
                               f"Your organization's catalogue has no algorithm '{name}'. It has: {have}.",
                               "Check the spelling, or ask your admin for a new catalogue (vantage keys catalogue).")
        entry = max(named, key=lambda a: [int(part) if part.isdigit() else 0 for part in a["version"].split(".")])
        if function is not None and function not in entry["functions"]:
            raise VantageError("algorithm-unknown", f"{entry['name']} {entry['version']} has no function '{function}'. "
                                                    f"It has: {', '.join(entry['functions'])}.")
        return entry
