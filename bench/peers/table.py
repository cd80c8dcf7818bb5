"""Prints our rows beside the peers' rows of the same run: table.py OURS.jsonl LINES_BEFORE THEIRS.jsonl LINES_BEFORE.

A peer's row stands beside ours when our row's regular expression `against` is found in "peer workload" and the number of threads is
the same. Of several rows of ours for one work (before and after the peers) the slower counts. Ratio = theirs / ours: above 1, we are faster.
"""
import json
import re
import sys


def rows(path, skip):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in list(file)[int(skip):] if line.strip()]


ours, theirs = rows(*sys.argv[1:3]), rows(*sys.argv[3:5])
slowest = {}
for row in ours:
    key = (row["area"], row["threads"], row["work"])
    if key not in slowest or row["cpu_s"] > slowest[key]["cpu_s"]:
        slowest[key] = row
print(f"| {'work':58} | threads | {'tool':34} | cpu s | wall s | value | cpu ratio | wall ratio |")
print("|---|---|---|---|---|---|---|---|")
for (_, threads, work), row in slowest.items():
    print(f"| {work:58} | {threads} | {'caudata':34} | {row['cpu_s']:.4f} | {row['wall_s']:.4f} | {row['value']:.8g} | | |")
    for peer in theirs:
        if peer["threads"] == threads and re.search(row["against"], f"{peer['peer']} {peer['workload']}"):
            value = "" if peer.get("value") is None else f"{peer['value']:.8g}" if isinstance(peer["value"], (int, float)) else str(peer["value"])
            print(f"| {'':58} | {threads} | {peer['peer'] + ' ' + peer['version']:34} | {peer['cpu_s']:.4f} | {peer['wall_s']:.4f} | {value} "
                  f"| {peer['cpu_s'] / max(row['cpu_s'], 1e-9):.2f} | {peer['wall_s'] / max(row['wall_s'], 1e-9):.2f} |")
