"""Records how many bytes NumPy holds at most, and afterwards, for each statement of allocations.txt (arrays of 2.4 MB)
and of peaks.txt (arrays of 8 MB), into allocations.jsonl and peaks.jsonl, which tests/all/allocations.rs reads.

    python tests/oracle/allocations.py

A statement is an expression whose value is kept, or an assignment. tracemalloc counts Python's own objects too, so numbers
are compared within a hundredth of the large arrays.
"""

import gc
import json
import pathlib
import tracemalloc
import warnings

import numpy as np

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
SETUPS = {"allocations": """\
x = np.arange(300000.)
m = x.reshape(500, -1)
t = m.T
i = np.arange(300000)
c = x + 0j
b = x > 5
sm = np.arange(1000.)
""", "peaks": """\
a = np.arange(1000000.)
b = np.arange(1000000.) + 1
c = np.ones(1000000)
m = np.arange(1000000.).reshape(1000, 1000).copy()
row = np.arange(1000.)
i = np.arange(1000000)
mask = a % 2 == 0
"""}


def measure(statement, name, setup):
    try:
        code = compile(f"kept = ({statement})", "<statement>", "exec")
    except SyntaxError:
        code = compile(statement, "<statement>", "exec")
    # Once for what is imported only when it is needed.
    scope = {"np": np}
    exec(setup, scope)
    exec(code, scope)
    scope = {"np": np}
    # Where the arrays of the setup are traced too, what a statement frees of them counts.
    if name == "peaks":
        tracemalloc.start()
    exec(setup, scope)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    exec(code, scope)
    after, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [statement, peak - before, after - before]


for name, setup in SETUPS.items():
    with open(here / f"{name}.jsonl", "w") as out:
        out.write(json.dumps([np.__version__, setup]) + "\n")
        for statement in (here / f"{name}.txt").read_text().strip().split("\n"):
            out.write(json.dumps(measure(statement, name, setup)) + "\n")
