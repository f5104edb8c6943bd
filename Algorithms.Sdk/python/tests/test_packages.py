import base64
import csv
import hashlib
import importlib.util
import io
import pathlib
import re
import tempfile
import unittest
import zipfile

import vantage

PYTHON = pathlib.Path(__file__).resolve().parents[1]
ROOT = PYTHON.parents[1]


def backend():
    spec = importlib.util.spec_from_file_location("wheel_of_ours", PYTHON / "packaging" / "wheel.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Packages(unittest.TestCase):
    def build(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return (pathlib.Path(folder.name) / backend().build_wheel(folder.name)).read_bytes()

    def test_the_same_sources_give_the_same_wheel(self):
        self.assertEqual(self.build(), self.build())

    def test_every_file_of_the_wheel_is_recorded_with_its_hash(self):
        with zipfile.ZipFile(io.BytesIO(self.build())) as wheel:
            (record,) = [name for name in wheel.namelist() if name.endswith("/RECORD")]
            rows = list(csv.reader(io.StringIO(wheel.read(record).decode())))
            self.assertEqual(sorted(wheel.namelist()), sorted(row[0] for row in rows))
            for name, said, size in rows[:-1]:
                digest = base64.urlsafe_b64encode(hashlib.sha256(wheel.read(name)).digest()).rstrip(b"=").decode()
                self.assertEqual(("sha256=" + digest, len(wheel.read(name))), (said, int(size)))
            self.assertIn("vantage/protocol/envelope.py", wheel.namelist())
            self.assertFalse([name for name in wheel.namelist() if "test" in name])

    def test_all_languages_have_one_version(self):
        dotnet = re.search("<Version>(.+)</Version>", (ROOT / "Directory.Build.props").read_text())[1]
        r = re.search("^Version: (.+)$", (PYTHON.parent / "r" / "DESCRIPTION").read_text(), re.MULTILINE)[1]
        self.assertEqual([dotnet, dotnet], [r, vantage.__version__])

    def test_every_code_of_an_error_is_in_the_guide(self):
        sources = "".join(p.read_text(encoding="utf-8") for p in (PYTHON / "vantage").rglob("*.py"))
        raised = set(re.findall(r'VantageError\(\s*"([a-z-]+)"', sources))
        raised |= {code for code, _, _ in vantage.errors.MEANING.values()}
        guide = (ROOT / "docs" / "researcher.md").read_text(encoding="utf-8")
        self.assertGreater(len(raised), 12)
        self.assertEqual(set(), {code for code in raised if f"`{code}`" not in guide})
