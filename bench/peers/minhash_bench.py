"""Peers of MinHash and exact duplicates. Measured here: python-xxhash (the peers' text_bench.py with "xxh"). datatrove and text-dedup are packaged nowhere near: their figures in the peers' README
(7.4 and 5.0 CPU seconds for 20,000 documents, where a float product of 2,048^3 took 0.178) are scaled by that product's time here and now, and marked so."""
import os, subprocess, sys
scripts = os.environ.get("CAUDATA_PEERS", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "shared", "peers"))
sys.path.insert(0, scripts)
from common import *
import numpy as np
if THREADS == 1:
    subprocess.run([sys.executable, os.path.join(scripts, "text_bench.py"), "xxh"], check=True)
    a, b = (np.random.default_rng(s).standard_normal((2048, 2048)).astype(np.float32) for s in (1, 2))
    _, yardstick, _ = measure(lambda: a @ b, reps=5, quiet=False)
    scale = statistics.median(yardstick) / 0.178
    for peer, seconds, work in (("datatrove", 7.4, "MinHash 14 x 8"), ("text-dedup", 5.0, "MinHash 128")):
        report(peer, "?", work + ", 20000 docs", [seconds * scale], [seconds * scale], note=f"README figure x {scale:.2f} (yardstick), not measured here")
