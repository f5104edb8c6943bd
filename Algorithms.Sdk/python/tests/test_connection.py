import json
import unittest
from urllib.parse import parse_qs, urlsplit

from vantage import VantageError
from vantage.connection import Connection
from vantage.protocol import dictionaries, jws

from .coordinators import Coordinator
from .worlds import World, instant, now


class Published(unittest.TestCase):
    """Dictionaries as a researcher finds them: listed by the Coordinator's word, read by the signature of who published."""

    TEXT = json.dumps({"name": "sepsis", "version": "1.0", "title": "Schwäche", "fields": [{"name": "age", "type": "integer"}]},
                      ensure_ascii=False)

    def setUp(self):
        self.coordinator = Coordinator(self)
        self.world = world = World(self, url=self.coordinator.url)
        self.circle = f"collaborations/{world.collaboration}"
        self.connection = Connection(world.home)
        self.coordinator.on("GET", self.circle, (200, world.said()))

    def item(self, version, **other):
        return {"collaboration": self.world.collaboration, "organization": self.world.b.id, "user": self.world.b.user,
                "dictionary": dictionaries.read(self.TEXT.replace("1.0", version).encode()), "createdAt": instant(now())} | other

    def publish(self, signer, text=TEXT):
        content = {"v": 1, "collaboration": self.world.collaboration, "dictionary": dictionaries.read(text.encode()), "text": text,
                   "issuedAt": instant(now())}
        statement = jws.sign(content, dictionaries.TYPE, signer.user_key, signer.user_chain)
        self.coordinator.on("GET", f"{self.circle}/dictionaries/sepsis/1.0", (200, self.item("1.0", statement=statement)))

    def test_all_pages_of_the_list_are_read_in_their_order(self):
        pages = {None: {"items": [self.item("1.0"), self.item("1.1")], "nextCursor": "a b&c"}, "a b&c": {"items": [self.item("2.0")]}}
        self.coordinator.on("GET", f"{self.circle}/dictionaries",
                            lambda handler, _: (200, pages[parse_qs(urlsplit(handler.path).query).get("cursor", [None])[0]]))

        found = self.connection.dictionaries(self.world.collaboration)

        self.assertEqual(["1.0", "1.1", "2.0"], [each["dictionary"]["version"] for each in found])
        self.assertEqual(pages[None]["items"] + pages["a b&c"]["items"], found)

    def test_nothing_published_is_an_empty_list(self):
        self.coordinator.on("GET", f"{self.circle}/dictionaries", (200, {"items": []}))
        self.assertEqual([], self.connection.dictionaries(self.world.collaboration))

    def test_a_collaboration_is_found_by_its_name_and_the_profiles_own_without_one(self):
        self.coordinator.on("GET", "collaborations", (200, {"items": [self.world.said()]}))
        self.coordinator.on("GET", f"{self.circle}/dictionaries", (200, {"items": [self.item("1.0")]}))
        self.assertEqual(1, len(self.connection.dictionaries("study")))
        with self.assertRaisesRegex(VantageError, "There is no collaboration 'studi'"):
            self.connection.dictionaries("studi")
        with self.assertRaisesRegex(VantageError, "Which collaboration"):
            self.connection.dictionaries()

        self.connection.profile["collaboration"] = "study"

        self.assertEqual(1, len(self.connection.dictionaries()))

    def test_what_the_coordinator_refuses_is_an_error_with_its_code(self):
        self.coordinator.on("GET", f"{self.circle}/dictionaries",
                            (403, {"code": "forbidden", "detail": "No.", "title": "", "type": "", "status": 403}))
        with self.assertRaises(VantageError) as caught:
            self.connection.dictionaries(self.world.collaboration)
        self.assertEqual("forbidden", caught.exception.code)

    def test_one_is_what_a_pinned_person_signed(self):
        for text in (self.TEXT, "\ufeff" + self.TEXT):
            self.publish(self.world.b, text)
            self.assertEqual(json.loads(self.TEXT), self.connection.dictionary("sepsis@1.0", self.world.collaboration))
        self.publish(self.world.stranger)
        with self.assertRaises(VantageError) as caught:
            self.connection.dictionary("sepsis@1.0", self.world.collaboration)
        self.assertIn(caught.exception.code, ("root-not-pinned", "statement-untrusted"))


if __name__ == "__main__":
    unittest.main()
