"""A federated mean by the published conventions of vantage6's fourth version, with Python's standard library only.

It knows nothing of Vantage: everything it uses is what those conventions say that a node gives to an algorithm.
"""
import base64
import binascii
import csv
import json
import math
import os
import socket
import time
import urllib.error
import urllib.request


def setting(name):
    """Nodes since 4.2 encode what they put into the environment; older ones do not."""
    value = os.environ[name]
    try:
        return base64.b32decode(value.replace("!", "=").encode()).decode()
    except (binascii.Error, UnicodeDecodeError):
        return value


class Client:
    """Talks to what the node says is the server."""

    def __init__(self):
        with open(setting("TOKEN_FILE")) as file:
            self.token = file.read()
        claims = self.token.split(".")[1]
        self.me = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]
        self.base = f"{setting('HOST')}:{setting('PORT')}{setting('API_PATH')}"

    def request(self, path, body=None, method=None, token=None):
        request = urllib.request.Request(
            f"{self.base}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json"},
            method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def organizations(self):
        return self.request(f"organization?collaboration_id={self.me['collaboration_id']}&page=1")["data"]

    def create_task(self, input_, organizations):
        serialized = base64.b64encode(json.dumps(input_).encode()).decode()
        return self.request("task", {
            "name": "partial means",
            "image": self.me["image"],
            "collaboration_id": self.me["collaboration_id"],
            "description": "",
            "organizations": [{"id": one, "input": serialized} for one in organizations],
            "databases": self.me["databases"],
        })

    def wait_for_results(self, task, interval=1.0):
        while self.request(f"task/{task}/status")["status"] in ("pending", "initializing", "active"):
            time.sleep(interval)
            interval = min(interval * 1.5, 300)
        page = self.request(f"result?task_id={task}&page=1")
        return [json.loads(base64.b64decode(one["result"])) for one in page["data"] if one["result"]]


def central(column, first_only=False):
    client = Client()
    organizations = [one["id"] for one in client.organizations()]
    if first_only:
        organizations = organizations[:1]
    task = client.create_task({"method": "partial", "args": [column], "kwargs": {}}, organizations)
    parts = client.wait_for_results(task["id"])
    if len(parts) != len(organizations):
        raise SystemExit(f"{len(parts)} of {len(organizations)} sites answered")
    count = sum(part["count"] for part in parts)
    return {"count": count, "mean": math.fsum(part["sum"] for part in parts) / count, "sites": len(parts)}


def partial(column):
    label = setting("USER_REQUESTED_DATABASE_LABELS").split(",")[0]
    with open(setting(f"{label.upper()}_DATABASE_URI"), newline="") as file:
        values = [float(row[column]) for row in csv.DictReader(file) if row[column] not in ("", "NA")]
    with open(os.path.join(setting("TEMPORARY_FOLDER"), "values"), "w") as file:
        json.dump(values, file)
    return {"count": len(values), "sum": math.fsum(values)}


def values(column):
    label = setting("USER_REQUESTED_DATABASE_LABELS").split(",")[0]
    with open(setting(f"{label.upper()}_DATABASE_URI"), newline="") as file:
        return {"values": [row[column] for row in csv.DictReader(file)]}


def probe():
    """What a central function can reach besides its proxy."""
    client = Client()
    return {
        "databases": sorted(name for name in os.environ if name.endswith("_DATABASE_URI")),
        "secrets": [name for name in os.environ if "_DB_PARAM_" in name or (name == "PKG_NAME" and os.environ[name] != "v6_mean_py")],
        "uid": os.getuid(),
        "writable": [place for place in ("/", "/mnt", "/mnt/data", os.path.dirname(setting("OUTPUT_FILE")), "/etc", "/usr", "/root", "/var")
                     if can_write(place)],
        "addresses": [str(place) for place in (("127.0.0.1", 80), ("172.17.0.1", 80), ("10.0.0.1", 443), ("169.254.169.254", 80), ("8.8.8.8", 53))
                      if can_reach(place)],
        "interfaces": interfaces(),
        "refused": [refused(client, *call) for call in (
            ("GET", "node", None, None), ("POST", "token/container", {}, None), ("GET", "organization", None, "foreign"),
            ("POST", "task", {"image": "registry.example/other", "organizations": [{"id": 1, "input": "e30="}]}, None))],
        "tricks": [name for name, trick in (
            ("link", lambda: os.symlink("/etc/passwd", setting("OUTPUT_FILE") + "2")),
            ("replace", lambda: os.replace("/tmp/other", setting("OUTPUT_FILE"))),
            ("remove", lambda: os.remove(setting("OUTPUT_FILE"))),
            ("execute", lambda: os.chmod(setting("OUTPUT_FILE"), 0o777)),
            ("grow", lambda: os.truncate(setting("OUTPUT_FILE"), 4 << 30)),
        ) if succeeds(trick)],
        "own": client.request(f"task/{client.me['task_id']}")["status"],
        "vpn": client.request("vpn/algorithm/addresses")["addresses"],
    }


def interfaces():
    with open("/proc/self/net/dev") as file:
        return sorted(line.split(":")[0].strip() for line in file if ":" in line)


def can_write(place):
    try:
        with open(os.path.join(place, "probe"), "w"):
            return True
    except OSError:
        return False


def succeeds(trick):
    with open("/tmp/other", "w"):
        pass
    try:
        trick()
        return True
    except OSError:
        return False


def can_reach(place):
    try:
        with socket.create_connection(place, timeout=1):
            return True
    except OSError:
        return False


def refused(client, method, path, body, token):
    try:
        client.request(path, body, method, token)
        return 0
    except urllib.error.HTTPError as error:
        return error.code


def main():
    with open(setting("INPUT_FILE")) as file:
        asked = json.load(file)
    print(f"running {asked['method']}", flush=True)
    result = {"central": central, "partial": partial, "values": values, "probe": probe}[asked["method"]](*asked["args"], **asked["kwargs"])
    # Opened as the conventions have it: the file is there, and is written in place.
    with open(setting("OUTPUT_FILE"), "wb") as file:
        file.write(json.dumps(result).encode())


main()
