import unittest

from vantage import VantageError
from vantage.asking.request import Request, data_refs
from vantage.asking.submit import submit
from vantage.home import revocations
from vantage.home.statements import Pins
from vantage.protocol import certificates, keys
from vantage.wire.channel import Channel

from .coordinators import Coordinator
from .worlds import ALGORITHM, World, now, revoking


class Revoking(unittest.TestCase):
    """Lists of revoked keys as a client meets them: at a Coordinator that may hold them back."""

    def setUp(self):
        self.coordinator = Coordinator(self)
        self.world = World(self, url=self.coordinator.url)
        self.revoker = keys.new_key()

    def a_list(self, hospital, serial=1, by_root=False, **other):
        return revoking(hospital, serial, signer=None if by_root else self.revoker, **other)

    def publish(self, hospital, statement):
        self.coordinator.on("GET", "revocations", (200, {"items": [{"organization": hospital.id, "statement": statement}]}))

    def pins(self, new_work=False):
        """As a program that has just started."""
        at = now()
        return Pins(self.world.home, at).less_revoked(self.world.home, Channel(self.coordinator.url), at, new_work)

    def code_of(self, certificate, at=None, **options):
        try:
            certificates.verify(certificate, self.pins(**options).roots, at or now())
            return None
        except certificates.Refused as refused:
            return refused.code

    def test_a_revoked_node_vouches_for_nothing_from_then_on_and_for_what_was_before(self):
        b = self.world.b
        self.publish(b, self.a_list(b, revoked=[(keys.id_of(b.node_key), now(hours=-1))]))
        self.assertEqual("certificate-revoked", self.code_of(b.node_signing))
        self.assertIsNone(self.code_of(b.node_signing, now(hours=-2)))
        self.assertIsNone(self.code_of(b.user_signing))

    def test_who_left_is_revoked_with_every_key(self):
        b = self.world.b
        self.publish(b, self.a_list(b, principals=[(b.user, now(hours=-1))], by_root=True))
        self.assertEqual("certificate-revoked", self.code_of(b.user_signing))
        self.assertEqual("certificate-revoked", self.code_of(b.user_encryption))

    def test_what_was_seen_is_remembered_and_nothing_older_takes_its_place(self):
        b = self.world.b
        self.publish(b, self.a_list(b, 2, revoked=[(keys.id_of(b.node_key), now(hours=-1))]))
        self.assertEqual("certificate-revoked", self.code_of(b.node_signing))
        for held_back in (self.a_list(b, 1), "no.list.x", self.a_list(self.world.stranger, 9)):
            self.publish(b, held_back)
            self.assertEqual("certificate-revoked", self.code_of(b.node_signing))
        self.coordinator.on("GET", "revocations", (404, {"code": "not-found", "detail": "", "title": "", "type": "", "status": 404}))
        self.assertEqual("certificate-revoked", self.code_of(b.node_signing))

    def test_from_an_expired_list_nothing_new_is_begun_and_the_old_is_read(self):
        b = self.world.b
        self.publish(b, self.a_list(b, issued=now(hours=-25)))
        self.assertEqual("revocations-outdated", self.code_of(b.node_signing, new_work=True))
        self.assertIsNone(self.code_of(b.node_signing))

    def test_a_list_that_was_damaged_is_followed_by_a_fresh_one_only(self):
        b = self.world.b
        self.publish(b, self.a_list(b))
        self.pins()
        (self.world.folder / "key-revocations" / f"{b.id}.jws").write_text("damaged")
        self.publish(b, self.a_list(b, 7, issued=now(hours=-25)))
        self.assertEqual("revocations-outdated", self.code_of(b.node_signing))
        self.publish(b, self.a_list(b, 8))
        self.assertIsNone(self.code_of(b.node_signing))

    def test_a_key_of_ones_own_that_was_revoked_asks_nothing(self):
        a = self.world.a
        self.publish(a, self.a_list(a, revoked=[(keys.id_of(a.user_key), now(hours=-1))]))
        self.coordinator.on("GET", f"collaborations/{self.world.collaboration}", (200, self.world.said(self.world.member(a))))
        with self.assertRaises(VantageError) as caught:
            submit(self.world.home, Channel(self.coordinator.url), self.world.collaboration, None,
                   Request(ALGORITHM, "partial", b"{}", data_refs("patients")))
        self.assertEqual("key-revoked", caught.exception.code)
        self.assertNotIn("PUT", [seen[0] for seen in self.coordinator.seen])

    def test_one_program_asks_for_the_lists_now_and_then(self):
        channel, at = Channel(self.coordinator.url), now()
        roots = Pins(self.world.home, at).roots
        for _ in range(3):
            revocations.trust(self.world.home, channel, roots, at, False)
        self.assertEqual(1, len([seen for seen in self.coordinator.seen if seen[1] == "revocations"]))
