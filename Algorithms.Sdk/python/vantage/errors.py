"""The one error of this package, and what the protocol's refusals mean to a person."""

from contextlib import contextmanager

from .protocol.refusal import Refused


class VantageError(Exception):
    """Whatever kept the client from doing what it was asked.

    `code` is stable and in kebab-case: the Coordinator's where it refused, else one of docs/researcher.md. `what` says
    what is wrong and where, `next` what to do about it (None where `what` says it), `errors` has particulars: a member
    of the input, or a site, to a list of sentences. `answer` is the JSON of a question that was asked and has no
    result: who answered, who did not, the receipts.
    """

    def __init__(self, code, what, next=None, errors=None, answer=None):
        super().__init__(f"{what} {next}" if next else what)
        self.code, self.what, self.next, self.errors, self.answer = code, what, next, dict(errors or {}), answer

    def __str__(self):
        particulars = "".join(f"\n  {where}: {' '.join(wrong)}" for where, wrong in self.errors.items())
        return f"{self.what}{particulars}" + (f"\n  next: {self.next}" if self.next else "") + f"\n  code: {self.code}"


PINNING = ("Your organization's admin pins partners after comparing fingerprints (vantage keys pin); "
           "install the new pins.jws with: vantage keys install.")
SWAPPED = "If it stays so, somebody may be swapping keys or results: tell your Coordinator's admin and the partner."

# reason code of docs/protocol.md, section 12: (code of the error, sentence, what next)
MEANING = {
    "organization-not-pinned": ("root-not-pinned", "Its organization is not pinned here.", PINNING),
    "root-not-pinned": ("root-not-pinned", "It was not certified by a root that is pinned here.", PINNING),
    "certificate-malformed": ("certificate-untrusted", "A certificate is not one that Vantage makes.", SWAPPED),
    "certificate-not-yet-valid": ("certificate-untrusted", "A certificate is not valid yet.",
                                  "Is this machine's clock right?"),
    "certificate-expired": ("certificate-untrusted", "A certificate has expired.",
                            "Its organization's admin certifies the key again (vantage keys certify)."),
    "certificate-revoked": ("key-revoked", "Its organization revoked a key.",
                            "Ask that organization; of your own keys ask your admin (vantage keys revocations show)."),
    "revocations-outdated": ("revocations-outdated", "The newest list of its organization's revoked keys that is here has "
                             "expired or can't be read.", "Its admin renews it: vantage keys revocations renew."),
    "wrong-purpose": ("certificate-untrusted", "A key is used for what it was not certified for.", SWAPPED),
    "superseded": ("statement-untrusted", "It is older than one that was here before.", "Install the newest one."),
    "wrong-signer": ("statement-untrusted", "It is signed by somebody who may not say this.", SWAPPED),
    "receipt-invalid": ("receipt-untrusted", "The receipt's members do not fit together.", SWAPPED),
    "wrong-node": ("receipt-untrusted", "The receipt is by another node than the one that was asked.", SWAPPED),
    "other-run": ("receipt-untrusted", "The receipt speaks of another run.", SWAPPED),
    "payload-mismatch": ("receipt-untrusted", "What was fetched is not what the node signed for.", SWAPPED),
    "inner-mismatch": ("receipt-untrusted", "What is inside is not what the node signed for.", SWAPPED),
    "not-a-recipient": ("payload-unreadable", "It is not sealed to a key in this home.",
                        "Use the home that asked the question."),
}
DOCUMENTS = ("jws-malformed", "jws-header-refused", "wrong-type", "signature-invalid", "content-invalid")


@contextmanager
def believing(what):
    """What the protocol refuses inside becomes an error about `what`."""
    try:
        yield
    except Refused as refused:
        raise of_refusal(what, refused) from refused


def of_refusal(what, refused):
    if refused.code in MEANING:
        code, sentence, then = MEANING[refused.code]
    elif refused.code in DOCUMENTS:
        code, sentence, then = "statement-untrusted", "It was damaged, or is not what it should be.", SWAPPED
    else:
        code, sentence, then = "payload-unreadable", "It was altered, or belongs to another run.", SWAPPED
    return VantageError(code, f"{what} is not believed ({refused.code}): {sentence}", then)
