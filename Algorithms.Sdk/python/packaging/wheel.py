"""Builds the wheel: python3 packaging/wheel.py FOLDER, or pip (PEP 517). The same sources give the same bytes."""

import base64
import csv
import hashlib
import io
import pathlib
import re
import sys
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent.parent
VERSION = re.search(r'__version__ = "(.+)"', (HERE / "vantage" / "__init__.py").read_text(encoding="utf-8"))[1]
NAME = f"vantage-{VERSION}"
INFO = f"{NAME}.dist-info"
EPOCH = (1980, 1, 1, 0, 0, 0)
METADATA = f"""Metadata-Version: 2.1
Name: vantage
Version: {VERSION}
Summary: Ask many sites one question without moving their data.
License: Apache-2.0
Requires-Python: >=3.9
Requires-Dist: cryptography>=38.0.4
Description-Content-Type: text/markdown

"""
WHEEL = "Wheel-Version: 1.0\nGenerator: vantage\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def sources():
    """The client, and the author's kit, which needs nothing of it."""
    return sorted(p for package in ("vantage", "vantage_algorithm") for p in (HERE / package).rglob("*.py"))


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    files = {p.relative_to(HERE).as_posix(): p.read_bytes() for p in sources()}
    files[f"{INFO}/METADATA"] = (METADATA + (HERE / "README.md").read_text(encoding="utf-8")).encode()
    files[f"{INFO}/WHEEL"] = WHEEL.encode()
    files[f"{INFO}/RECORD"] = _record(files)
    name = f"{NAME}-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.external_attr, entry.compress_type = 0o100644 << 16, zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    return name


def build_sdist(sdist_directory, config_settings=None):
    name = f"{NAME}.tar.gz"
    with tarfile.open(pathlib.Path(sdist_directory) / name, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        info = METADATA.encode()
        entry = tarfile.TarInfo(f"{NAME}/PKG-INFO")
        entry.size = len(info)
        archive.addfile(entry, io.BytesIO(info))
        for path in [HERE / "pyproject.toml", HERE / "README.md", HERE / "packaging" / "wheel.py", *sources()]:
            archive.add(path, f"{NAME}/{path.relative_to(HERE).as_posix()}")
    return name


def _record(files):
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((path, f"sha256={digest}", len(content)))
    rows.writerow((f"{INFO}/RECORD", "", ""))
    return text.getvalue().encode()


if __name__ == "__main__":
    print(build_wheel(sys.argv[1]))
