import os
import pathlib
import tempfile
import unittest

from vantage import VantageError
from vantage.home import find
from vantage.home.statements import Catalogue, Pins
from vantage.home.user_keys import UserKeys, key_among
from vantage.protocol import keys

from .worlds import World, now, pem


class Profiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = pathlib.Path(folder.name)
        (self.base / "profiles" / "sandbox").mkdir(parents=True)
        (self.base / "profiles" / "other").mkdir()

    def directory(self, **options):
        return find(environment=options.pop("environment", {}), **options).directory

    def test_without_a_choice_it_is_the_home_itself(self):
        self.assertEqual(self.base, self.directory(home=self.base))
        self.assertEqual(self.base, self.directory(environment={"VANTAGE_HOME": str(self.base)}))

    def test_the_chosen_profile_counts_until_another_is_named(self):
        (self.base / "current").write_text("sandbox\n")

        self.assertEqual(self.base / "profiles" / "sandbox", self.directory(home=self.base))
        self.assertEqual(self.base / "profiles" / "other", self.directory(home=self.base, profile="other"))
        self.assertEqual(self.base, self.directory(home=self.base, profile="default"))

    def test_the_environments_profile_is_of_the_persons_own_home(self):
        environment = {"VANTAGE_HOME": str(self.base), "VANTAGE_PROFILE": "other"}

        self.assertEqual(self.base / "profiles" / "other", self.directory(environment=environment))
        self.assertEqual(self.base, self.directory(home=self.base, environment=environment))

    def test_a_profile_that_is_not_there_is_named(self):
        for name in ("gone", "../sandbox", "Sandbox"):
            with self.assertRaisesRegex(VantageError, "There is no profile") as caught:
                self.directory(home=self.base, profile=name)
            self.assertEqual("home-invalid", caught.exception.code)


class Files(unittest.TestCase):
    def test_nobody_has_logged_in(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(VantageError) as caught:
            find(home=folder, environment={}).profile()
        self.assertEqual("home-invalid", caught.exception.code)
        self.assertIn("vantage login", caught.exception.next)

    @unittest.skipUnless(os.name == "posix", "Windows has no mode bits.")
    def test_what_others_may_read_is_not_used(self):
        world = World(self)
        for name, code in (("profile.json", "home-invalid"), ("keys/signing.key", "key-unusable")):
            os.chmod(world.folder / name, 0o640)
            with self.assertRaises(VantageError) as caught:
                world.home.profile() if name == "profile.json" else UserKeys(world.home)
            self.assertEqual(code, caught.exception.code)
            self.assertIn("chmod 600", caught.exception.next)
            os.chmod(world.folder / name, 0o600)

    def test_keys_and_certificates_have_to_belong_together(self):
        for name, der in (("signing.crt", "user_encryption"), ("encryption.crt", "node_encryption")):
            world = World(self)
            world.write("keys/" + name, pem(getattr(world.a, der)))
            with self.assertRaises(VantageError) as caught:
                UserKeys(world.home)
            self.assertEqual("certificate-untrusted", caught.exception.code)

    def test_an_earlier_key_still_opens_what_was_sealed_to_it(self):
        world, former = World(self), keys.new_key()
        (world.folder / "keys" / "former").mkdir()
        world.write(f"keys/former/{keys.id_of(former)}.key", keys.to_pem(former), 0o600)

        self.assertEqual(keys.id_of(former), keys.id_of(key_among(world.home, [keys.id_of(former)])))
        with self.assertRaises(VantageError) as caught:
            key_among(world.home, ["0" * 64, "../signing"])
        self.assertEqual("payload-unreadable", caught.exception.code)


class Statements(unittest.TestCase):
    def test_pins_by_another_root_are_not_believed(self):
        world = World(self)
        world.write("keys/root.crt", pem(world.b.root))
        with self.assertRaises(VantageError) as caught:
            Pins(world.home, now())
        self.assertEqual("root-not-pinned", caught.exception.code)

    def test_a_damaged_statement_is_not_believed(self):
        world = World(self)
        text = (world.folder / "pins.jws").read_text()
        world.write("pins.jws", text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB"))
        with self.assertRaises(VantageError) as caught:
            Pins(world.home, now())
        self.assertEqual("statement-untrusted", caught.exception.code)

    def test_a_name_is_the_newest_version_of_it(self):
        catalogue = Catalogue(World(self).home, now())

        self.assertEqual("1.0.0", catalogue.find("summary")["version"])
        self.assertEqual("0.10.0", catalogue.find("summary@0.10.0")["version"])
        for name, function in (("sumary", None), ("summary@2", None), ("summary", "partil")):
            with self.assertRaises(VantageError) as caught:
                catalogue.find(name, function)
            self.assertEqual("algorithm-unknown", caught.exception.code)


if __name__ == "__main__":
    unittest.main()
