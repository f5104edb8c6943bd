"""Section 22: what reviewers say of code, and what their words come to."""

from collections import namedtuple
from datetime import timedelta

from . import jws, names, tables
from .exact_json import length
from .refusal import require

TYPE = "vantage-review+jws"
LONGEST, LONGEST_COMMENT = timedelta(days=731), 4000

Review = namedtuple("Review", "content reviewer organization digest")


def verify(compact, pinned, at):
    document = jws.verify(compact, TYPE, tables.REVIEW, pinned, at)
    content, signer = document.content, document.signer
    require(signer.principal.startswith("usr_"), "wrong-signer")
    life = names.time(content["notAfter"]) - names.time(content["issuedAt"])
    require(content["serial"] >= 1 and timedelta(0) < life <= LONGEST and length(content["comment"]) <= LONGEST_COMMENT
            and (content["verdict"] == "approved" or content["comment"].strip()), "content-invalid", "rules")
    return Review(content, signer.principal, signer.organization, document.digest)


def judge(rule, algorithm, reviews, at):
    """`rule` has organizations, reviewers (or nothing), atLeast and fromOrganizations. Gives the outcome, and whose words
    it rests on."""
    last = {}
    for review in reviews:
        if _counts(rule, review) and _code(review.content["algorithm"]) == _code(algorithm):
            who = (review.organization, review.reviewer)
            if who not in last or _rank(review) > _rank(last[who]):
                last[who] = review
    words = [last[who] for who in sorted(last)]
    against = [word for word in words if word.content["verdict"] != "approved"]
    if against:
        return "rejected", [word.digest for word in against]
    approvals = [word for word in words if at < names.time(word.content["notAfter"])]
    organizations = rule["fromOrganizations"] - len({word.organization for word in approvals})
    enough = organizations <= 0 and len(approvals) >= rule["atLeast"]
    return "approved" if enough else "waiting", [word.digest for word in approvals]


def _counts(rule, review):
    return review.organization in rule["organizations"] and review.reviewer in rule.get("reviewers", [review.reviewer])


def _code(algorithm):
    """The digest is the code; where it lies is not."""
    kind, _, rest = algorithm.partition(":")
    return kind, rest[-71:]


def _rank(review):
    """Of two words with one number the one against the code holds."""
    return review.content["serial"], ("approved", "rejected", "revoked").index(review.content["verdict"])
