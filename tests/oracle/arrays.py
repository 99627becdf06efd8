"""Records what NumPy answers to the statements of arrays.txt into arrays.jsonl, which tests/all/arrays.rs reads; so too
random.txt, of random numbers, numerics.txt, of linear algebra, transforms and polynomials, files.txt, of files, and
dates.txt, of dates.

    python tests/oracle/arrays.py [NAME...]

In NAME.txt every line is a statement, and a blank line begins a new session. A line of NAME.jsonl is one session, a list
of [statement, answer]: the repr of the value or null, what was printed, and [class, message] of an exception or null.
"""

import contextlib
import io
import json
import pathlib
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
defaults = np.get_printoptions()


def answer(statement, scope):
    shown, printed, error = [], io.StringIO(), None
    sys.displayhook = lambda value: shown.append(repr(value)) if value is not None else None
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(statement + "\n", "<statement>", "single"), scope)
    except Exception as e:  # noqa: BLE001 - a statement may raise anything
        error = [type(e).__name__, str(e)]
    return [statement, shown[0] if shown else None, printed.getvalue(), error]


for name in sys.argv[1:] or ["arrays", "random", "numerics", "files", "dates"]:
    with open(here / f"{name}.jsonl", "w") as out:
        out.write(json.dumps(np.__version__) + "\n")
        for session in (here / f"{name}.txt").read_text().strip().split("\n\n"):
            np.set_printoptions(**defaults)
            scope = {"np": np, "__name__": "__main__"}
            out.write(json.dumps([answer(line, scope) for line in session.split("\n")]) + "\n")
