"""Records how many bytes NumPy holds at most, and afterwards, for each statement of allocations.txt, into
allocations.jsonl, which tests/all/allocations.rs reads.

    python tests/oracle/allocations.py

A statement is an expression whose value is kept, or an assignment. tracemalloc counts Python's own objects too, so numbers
are compared within a hundredth of SETUP's large arrays.
"""

import gc
import json
import pathlib
import tracemalloc
import warnings

import numpy as np

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
SETUP = """\
x = np.arange(300000.)
m = x.reshape(500, -1)
t = m.T
i = np.arange(300000)
c = x + 0j
b = x > 5
sm = np.arange(1000.)
"""


def measure(statement):
    scope = {"np": np}
    exec(SETUP, scope)
    try:
        code = compile(f"kept = ({statement})", "<statement>", "exec")
    except SyntaxError:
        code = compile(statement, "<statement>", "exec")
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    exec(code, scope)
    after, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [statement, peak - before, after - before]


with open(here / "allocations.jsonl", "w") as out:
    out.write(json.dumps([np.__version__, SETUP]) + "\n")
    for statement in (here / "allocations.txt").read_text().strip().split("\n"):
        out.write(json.dumps(measure(statement)) + "\n")
