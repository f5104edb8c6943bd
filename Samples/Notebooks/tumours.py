"""Questions over three sites from Python. Every cell can be run by itself, from the top."""

# %% Who asks: the profile in use, whose keys never leave this machine
import json
import sys

import vantage

conn = vantage.connect()
print(conn)

# %% A summary over the rows of all sites, as if they lay in one table
summary = conn.summary(["mean_radius", "mean_texture"])
print(summary)

# %% The same, put together at a site's node, which asks the others in your name, within what you sign
there = conn.summary(["mean_radius", "mean_texture"], central_at=summary.sites["answered"][0])
print(there.columns == summary.columns, len(there.receipts))

# %% Counts of a column's levels; a second and a third column make a cross table
counts = conn.crosstab("malignant")
print(counts)

# %% A logistic regression by R's formula; in a notebook, `fit` alone shows a table and fit.plot() a forest plot
fit = conn.glm("malignant ~ mean_radius + mean_texture + mean_smoothness", family="binomial")
print(fit)
print(fit.coefficients["mean_radius"], fit.confidence_intervals["mean_radius"], fit.aic)

# %% A frame where pandas is, dictionaries everywhere
try:
    print(fit.to_frame())
except vantage.VantageError as error:
    print(error.what, fit.records())

# %% One function at each site, followed as it goes; each site's answer stands for itself
task = conn.submit("summary", "partial", {"columns": ["mean_radius"]})
task.watch()
partials = task.results()
print({site: partial["rows"] for site, partial in partials.items()})

# %% What vouches for it: receipts that the nodes signed, checked against the pinned roots, the question and the answer
for receipt in task.verify():
    print(receipt["site"], receipt["outcome"], receipt["digest"])

# %% Errors say what is wrong, where, and what to do next
try:
    conn.summary(["mean_radios"])
except vantage.VantageError as error:
    print(error)

# %% Keep what came back, whole
if len(sys.argv) > 1:
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"summary": summary.json, "there": there.json, "counts": counts.json, "fit": fit.json,
                   "partials": partials}, file)
