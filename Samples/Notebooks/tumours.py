"""Questions over three sites from Python. Every cell can be run by itself, from the top."""

# %% Who asks: the profile in use, whose keys never leave this machine
import json
import sys

import vantage

conn = vantage.connect()
print(conn)

# %% A summary over the rows of all sites, as if they lay in one table
summary = conn.summary(["mean_radius", "mean_texture"], data="patients", collaboration="study")
print(summary)

# %% One function at each site, followed as it goes; each site's answer stands for itself
task = conn.submit("summary", "partial", {"columns": ["mean_radius"]}, data="patients", collaboration="study")
task.watch()
print({site: partial["rows"] for site, partial in task.results().items()})

# %% What vouches for it: receipts that the nodes signed, checked against the pinned roots, the question and the answer
for receipt in task.verify():
    print(receipt["site"], receipt["outcome"], receipt["digest"])

# %% Keep what came back, whole
if len(sys.argv) > 1:
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"summary": summary.json, "partials": task.results()}, file)
