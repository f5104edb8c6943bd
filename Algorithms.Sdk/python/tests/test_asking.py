import json
import unittest
from datetime import timedelta

from making.world import new_id
from vantage import VantageError
from vantage.asking import devices, dictionaries, manifest, planner
from vantage.asking.request import Request, arguments_bytes, data_refs
from vantage.home.statements import Pins
from vantage.home.user_keys import UserKeys
from vantage.protocol import dictionaries as protocol
from vantage.protocol import documents, envelope, jws, names, tables
from vantage.protocol.exact_json import record
from vantage.protocol.keys import id_of, new_key
from vantage.wire.channel import Channel

from .coordinators import Coordinator
from .worlds import ALGORITHM, World, instant, now


def request(**other):
    return Request(**{"algorithm": ALGORITHM, "function": "partial", "arguments": b'{"columns":["age"]}',
                      "data": data_refs("patients"), **other})


class Planning(unittest.TestCase):
    def plan(self, world, *members, wanted=None, lost_node="wait"):
        return planner.plan(world.said(*members), None, wanted, lost_node, Pins(world.home, now()), now())

    def code_of(self, world, *members, **options):
        with self.assertRaises(VantageError) as caught:
            self.plan(world, *members, **options)
        return caught.exception.code

    def test_sites_have_the_names_that_the_own_organization_pinned(self):
        world = World(self)

        targets, not_asked = self.plan(world, world.member(world.a), world.member(world.b))

        self.assertEqual(["north", "south"], [target.site for target in targets])
        self.assertEqual([], not_asked)

    def test_a_member_that_is_not_pinned_stops_everything(self):
        world = World(self, pinned=("a",))
        self.assertEqual("root-not-pinned", self.code_of(world, world.member(world.a), world.member(world.b)))

    def test_a_key_of_another_organization_is_refused(self):
        world = World(self)
        swapped = world.member(world.b, encryption=world.a.node_encryption)
        self.assertEqual("certificate-untrusted", self.code_of(world, swapped))

    def test_a_key_by_a_root_that_nobody_pinned_is_refused(self):
        world = World(self)
        own = world.stranger.certify(f"{world.b.node}/encryption", world.stranger.node_encryption_key)
        self.assertIn(self.code_of(world, world.member(world.b, encryption=own)), ("root-not-pinned", "certificate-untrusted"))

    def test_a_signing_certificate_is_no_key_to_seal_to(self):
        world = World(self)
        self.assertEqual("certificate-untrusted", self.code_of(world, world.member(world.b, encryption=world.b.node_signing)))

    def test_a_member_without_a_node_is_named_or_an_error_if_it_was_wanted(self):
        world = World(self)
        empty = dict(world.member(world.b), nodes=[])

        targets, not_asked = self.plan(world, world.member(world.a), empty)

        self.assertEqual([world.b.id], [left.organization for left in not_asked])
        self.assertEqual("no-targets", self.code_of(world, world.member(world.a), empty, wanted=[world.b.id]))
        self.assertEqual("no-targets", self.code_of(world, empty))

    def test_an_online_node_goes_first_and_others_are_spare_only_under_retry(self):
        world = World(self)
        member = world.member(world.a, online=False)
        other = dict(member["nodes"][0], online=True)
        member["nodes"].append(other)

        plain, retried = (self.plan(world, member, lost_node=policy)[0][0] for policy in ("wait", "retry"))

        self.assertEqual(([], 1), (plain.alternates, len(retried.alternates)))


class Signing(unittest.TestCase):
    def signed(self, world, **other):
        pins = Pins(world.home, now())
        targets, _ = planner.plan(world.said(world.member(world.a), world.member(world.b)), None, None, "wait", pins, now())
        return manifest.sign(request(**other), world.collaboration, None, targets, UserKeys(world.home), now()), pins

    def test_what_is_signed_verifies_and_each_node_opens_its_own_input(self):
        world = World(self)

        signed, pins = self.signed(world, purpose="to learn", lifetime=timedelta(hours=2))

        document = documents.manifest(signed.jws, pins.roots, now())
        self.assertEqual(f"vantage://{world.a.id}/{world.a.user}/signing", document.signer.identity)
        self.assertEqual("to learn", document.content["purpose"])
        for target, key in zip(document.content["targets"], (world.a.node_encryption_key, world.b.node_encryption_key)):
            context = {"collaboration": world.collaboration, "task": document.content["task"], "run": target["run"], "kind": "input"}
            sealed = signed.inputs[target["input"]["digest"]]
            self.assertEqual(target["input"]["size"], len(sealed))
            self.assertEqual(b'{"columns":["age"]}', envelope.open_envelope(sealed, context, key))

    def test_each_of_the_persons_devices_is_a_recipient_and_nobody_elses(self):
        world, laptop, expired = World(self), new_key(), new_key()
        ended = {"start": now(days=-9), "end": now(days=-1)}
        said = dict(world.said(), devices=[
            {"encryptionCertificate": names.encode64(der)} for der in (
                world.a.user_encryption, world.a.certify(f"{world.a.user}/encryption", laptop),
                world.a.certify(f"{world.a.user}/encryption", expired, **ended),
                world.stranger.certify(f"{world.a.user}/encryption", new_key()))])
        own, pins = UserKeys(world.home), Pins(world.home, now())

        found = devices.readers(said, own, pins, now())

        self.assertEqual([id_of(world.a.user_encryption_key), id_of(laptop)], [reader["key"] for reader in found])
        self.assertEqual([own.recipient], devices.readers(world.said(), own, pins, now()))
        for foreign in (world.a.node_encryption, world.b.certify(f"{world.a.user}/encryption", laptop)):
            said["devices"] = [{"encryptionCertificate": names.encode64(foreign)}]
            with self.assertRaises(VantageError) as caught:
                devices.readers(said, own, pins, now())
            self.assertEqual("certificate-untrusted", caught.exception.code)

    def test_two_equal_questions_differ(self):
        world = World(self)
        self.assertNotEqual(self.signed(world)[0].jws, self.signed(world)[0].jws)

    def test_what_breaks_a_rule_is_not_signed(self):
        world = World(self)
        for wrong in ({"function": "no name"}, {"purpose": "x" * 501}, {"lifetime": timedelta(0)}, {"lost_node": "hope"},
                      {"data": data_refs({"a b": "x"})}, {"lifetime": timedelta(days=401)}, {"resources": {"cpus": 1}}):
            with self.assertRaises(VantageError, msg=str(wrong)) as caught:
                self.signed(world, **wrong)
            self.assertEqual("request-invalid", caught.exception.code)

    def test_arguments_are_one_json_object(self):
        self.assertEqual(b'{"x": "\xc3\xa9"}', arguments_bytes({"x": "é"}))
        for wrong in ([1], "x", {"x": float("nan")}, {"x": object()}):
            with self.assertRaises(VantageError):
                arguments_bytes(wrong)

    def test_data_has_labels(self):
        self.assertEqual([("table", "a"), ("table2", "b"), ("x", "c")],
                         [(d["label"], d["id"]) for d in data_refs(["a", "b", "x=c"])])


class Dictionaries(unittest.TestCase):
    TEXT = json.dumps({"name": "sepsis", "version": "1.0", "fields": [{"name": "age", "type": "integer"}]})

    def setUp(self):
        self.world, self.coordinator = World(self), Coordinator(self)
        self.channel, self.pins = Channel(self.coordinator.url), Pins(self.world.home, now())

    def published(self, text=TEXT, signer=None, **other):
        signer = signer or self.world.b
        content = {"v": 1, "collaboration": self.world.collaboration, "dictionary": protocol.read(text.encode()), "text": text,
                   "issuedAt": instant(now())} | other
        statement = jws.sign(content, protocol.TYPE, signer.user_key, signer.user_chain)
        self.coordinator.on("GET", f"collaborations/{self.world.collaboration}/dictionaries/sepsis/1.0", (200, {"statement": statement}))

    def bound(self, dictionary, **other):
        return dictionaries.bind(request(dictionary=dictionary, **other), self.channel, self.world.collaboration, self.pins, now())

    def code_of(self, dictionary, **other):
        with self.assertRaises(VantageError) as caught:
            self.bound(dictionary, **other)
        return caught.exception.code

    def test_a_file_or_what_a_pinned_person_published_binds_the_data(self):
        self.world.write("sepsis.json", self.TEXT)
        self.published()

        for named in (self.world.folder / "sepsis.json", "sepsis@1.0"):
            found = self.bound(named)
            self.assertEqual([protocol.read(self.TEXT.encode())], [data["dictionary"] for data in found.data])
        at_a_node = self.bound("sepsis@1.0", data=[], delegated={"functions": ["partial"], "data": data_refs("patients")})
        self.assertEqual("sepsis", at_a_node.delegated["data"][0]["dictionary"]["name"])
        self.assertTrue(record(tables.MANIFEST)(self.signed(found)))

    def signed(self, asked):
        targets, _ = planner.plan(self.world.said(self.world.member(self.world.a)), None, None, "wait", self.pins, now())
        return manifest.sign(asked, self.world.collaboration, None, targets, UserKeys(self.world.home), now()).content

    def test_by_a_label_it_binds_that_data_alone(self):
        self.published()
        found = self.bound({"l": "sepsis@1.0"}, data=data_refs({"l": "a", "r": "b"}))
        self.assertEqual([True, False], ["dictionary" in data for data in found.data])

    def test_another_one_or_a_strangers_is_not_believed(self):
        self.published(signer=self.world.stranger)
        self.assertIn(self.code_of("sepsis@1.0"), ("root-not-pinned", "statement-untrusted"))
        self.published(text=self.TEXT.replace("1.0", "1.1"))
        self.assertEqual("statement-untrusted", self.code_of("sepsis@1.0"))
        self.published(collaboration=new_id("col"))
        self.assertEqual("statement-untrusted", self.code_of("sepsis@1.0"))

    def test_what_is_no_dictionary_and_what_is_about_no_data_is_an_error(self):
        self.world.write("bad.json", "{}")
        for wrong in (self.world.folder / "bad.json", "nowhere.json", "a@b@c", "@1", "../x@1"):
            self.assertIn(self.code_of(wrong), ("request-invalid", "not-found"), wrong)
        self.published()
        self.assertEqual("request-invalid", self.code_of({"other": "sepsis@1.0"}))
