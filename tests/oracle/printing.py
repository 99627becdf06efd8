"""Records what NumPy prints for many arrays into printing.jsonl, which tests/all/printing.rs reads.

    python tests/oracle/printing.py

The first line names the NumPy version; every other line is one case:
    dtype, shape, hex     the array, its bytes in C order of the memory below it
    strides, offset       bytes, where the array is not contiguous from byte 0
    options               np.set_printoptions arguments that are not the defaults
    repr, str             what NumPy prints
    scalar                repr and str of a[()], for 0-d arrays
    call                  [separator, prefix, suffix, formatter] of an array2string call, and its text
"""

import json
import math
import pathlib
import warnings

import numpy as np

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260)
TYPES = "? b B h H i I l L e f d F D".split()
FLOATS = "efd"
FORMATTERS = {
    "angle": lambda x: f"<{x!s}>",
    "two_lines": lambda x: f"{x!s}\n  {x!s}.",
    "accent": lambda x: f"é{x!s}",
    "blank": lambda x: "   ",
}


def floats(letter, n):
    """n floats of one of many characters."""
    dtype = np.dtype(letter)
    way = rng.integers(14)
    top = {"e": 4, "f": 37, "d": 300}[letter]
    if way == 0:
        v = rng.normal(size=n)
    elif way == 1:
        v = rng.normal(size=n) * 10.0 ** rng.integers(-top, top)
    elif way == 2:
        v = rng.normal(size=n) * 10.0 ** rng.integers(-6, 9, size=n)
    elif way == 3:
        v = rng.integers(-1000, 1000, size=n).astype(float)
    elif way == 4:
        v = np.round(rng.normal(size=n) * 10, rng.integers(0, 4))
    elif way == 5:
        return np.frombuffer(rng.bytes(n * dtype.itemsize), dtype)
    elif way == 6:
        v = 2.0 ** rng.integers(-14, 15, size=n)
    elif way == 7:
        v = 10.0 ** rng.integers(-5, 9, size=n)
    elif way == 8:
        v = rng.integers(0, 3, size=n) / 4
    elif way == 9:
        v = rng.choice([0.0, -0.0, 1.0, -1.0], size=n)
    elif way == 10:
        v = rng.choice([999.0, 1000.0, 999999.0, 1e6, 99999999.0, 1e8, 1e-4, 0.00011, 0.5, 1e-5, 1e16, 9.9e15], size=n)
    elif way == 11:
        v = np.linspace(0, rng.integers(1, 20), n)
    elif way == 12:
        tiny = float(np.finfo(dtype).smallest_subnormal)
        v = tiny * rng.integers(0, 50, size=n)
    else:
        v = rng.choice([0.15, 2.5, 3.5, 0.125, 9.9996, 1.49996, 0.05, 1.005, 99.995], size=n)
    v = v.astype(dtype)
    if rng.random() < 0.3:
        special = rng.choice([np.nan, np.inf, -np.inf, -0.0, -np.nan], size=n).astype(dtype)
        v = np.where(rng.random(n) < rng.choice([0.15, 0.5, 1.0]), special, v)
    return v


def values(letter, n):
    if letter == "?":
        return rng.random(n) < rng.choice([0, 0.5, 1])
    if letter in "FD":
        part = {"F": "f", "D": "d"}[letter]
        v = np.empty(n, letter)
        v.real, v.imag = floats(part, n), floats(part, n)
        return v
    if letter in FLOATS:
        return floats(letter, n)
    info = np.iinfo(letter)
    top = int(rng.choice([9, 100, 5000, 2**31, 2**63]))
    low = max(info.min, -top if rng.random() < 0.6 else 0)
    return rng.integers(low, min(info.max, top), size=n, dtype=letter, endpoint=True)


def options(letter):
    o = {}
    if rng.random() < 0.3:
        return o
    pick = lambda p: rng.random() < p
    if pick(0.4):
        o["precision"] = int(rng.choice([0, 1, 2, 3, 4, 6, 8, 12, 17, 20]))
    if pick(0.3):
        o["floatmode"] = str(rng.choice(["fixed", "unique", "maxprec", "maxprec_equal"]))
    if pick(0.25):
        o["suppress"] = True
    if pick(0.3):
        o["sign"] = str(rng.choice(["+", " ", "-"]))
    if pick(0.3):
        o["linewidth"] = int(rng.choice([1, 10, 20, 30, 40, 60, 75, 76, 100, 200]))
    if pick(0.3):
        o["threshold"] = int(rng.choice([0, 1, 5, 10, 20, 1000]))
    if pick(0.25):
        o["edgeitems"] = int(rng.choice([0, 1, 2, 3, 4]))
    if pick(0.12):
        o["nanstr"] = str(rng.choice(["", "nan", "NA", "not a number", "é"]))
    if pick(0.12):
        o["infstr"] = str(rng.choice(["", "inf", "Infinity", "∞"]))
    if pick(0.15):
        o["legacy"] = str(rng.choice(["1.13", "1.21", "1.25", "2.1", "2.2"]))
    if o.get("legacy") == "1.13" and o.get("floatmode") == "unique":
        del o["floatmode"]  # a TypeError where an exponent is needed
    return o


def shape():
    ndim = int(rng.choice([0, 1, 1, 1, 2, 2, 3, 4]))
    longest = {0: 1, 1: 30, 2: 7, 3: 4, 4: 3}[ndim]
    s = [int(n) for n in rng.integers(1, longest, size=ndim, endpoint=True)]
    if ndim and rng.random() < 0.06:
        s[rng.integers(ndim)] = 0
    return tuple(s)


def arrange(a):
    """A view of `a` that lies otherwise in memory."""
    way = rng.integers(8)
    if way == 0:
        return a.T
    if way == 1 and a.ndim:
        return a[:: int(rng.choice([-1, 2, -2]))]
    if way == 2 and a.ndim > 1:
        return a[..., ::-1]
    if way == 3 and a.size:
        return np.broadcast_to(a, (int(rng.integers(1, 4)),) + a.shape)
    return a


def record(a, o, call=None):
    low, high = np.lib.array_utils.byte_bounds(a) if a.size else (0, 0)
    start = a.__array_interface__["data"][0]
    raw = (np.ctypeslib.as_array((np.ctypeslib.ctypes.c_uint8 * (high - low)).from_address(low)).tobytes()
           if high > low else b"")
    case = {"dtype": a.dtype.str, "shape": a.shape, "hex": raw.hex()}
    if a.size and not a.flags.c_contiguous:
        case["strides"], case["offset"] = a.strides, start - low
    if o:
        case["options"] = o
    with np.printoptions(**o):
        if call is None:
            case["repr"], case["str"] = repr(a), str(a)
            if a.ndim == 0:
                case["scalar"] = [repr(a[()]), str(a[()])]
        else:
            separator, prefix, suffix, formatter = call
            function = {"all": FORMATTERS[formatter]} if formatter else None
            case["call"] = list(call) + [np.array2string(
                a, separator=separator, prefix=prefix, suffix=suffix, formatter=function)]
    return case


def random_array(letter, s=None):
    s = shape() if s is None else s
    a = np.asarray(values(letter, math.prod(s)).reshape(s))
    if rng.random() < 0.2:
        a = a.astype(a.dtype.newbyteorder(">"))
    return np.ascontiguousarray(a).reshape(s)


def cases():
    for n in range(1150):
        letter = TYPES[n % len(TYPES)] if n % 3 else "efdFD"[n // 3 % 5]
        yield record(arrange(random_array(letter)), options(letter))
    for n in range(220):
        letter = "efdFD"[n % 5] if n % 4 else TYPES[n // 4 % len(TYPES)]
        yield record(random_array(letter, ()), options(letter))
    for n in range(120):
        letter = TYPES[n % len(TYPES)]
        call = (str(rng.choice([" ", ", ", ",", "", " | ", "\t", "; \n"])), str(rng.choice(["", "x = ", "a long prefix: "])),
                str(rng.choice(["", ")", " is the suffix"])), str(rng.choice(["", "", *FORMATTERS])))
        yield record(arrange(random_array(letter)), options(letter), call)
    # Large arrays that are small in memory.
    ten = np.array([1.5, -2.25, 1e-9, 4, 5, 6, 7, 8, 9, 10])
    for letter in "?bleF":
        cell = random_array(letter, (1,))[0:1].reshape(())
        yield record(np.broadcast_to(cell, (10**6, 10**6)), {})
        yield record(np.broadcast_to(random_array(letter, (3,)), (1001, 2, 3)), {"edgeitems": 1})
    for window in [(1000, 1001), (7, 1000, 3), (1001,), (2, 2, 2, 2000)]:
        yield record(np.lib.stride_tricks.as_strided(ten, window, [0] * (len(window) - 1) + [0]), {})
        yield record(np.broadcast_to(ten[:, None], (10, window[0] * 100)), {"precision": 3})
    for letter in "bdf":
        yield record(np.zeros(1000, letter), {})
        yield record(np.zeros(1001, letter), {})
    for s in [(0,), (0, 3), (3, 0), (0, 0), (2, 0, 2), (1, 1, 1, 1, 1)]:
        for dtype in ["l", "d", "?", ">i4"]:
            yield record(np.zeros(s, dtype), {})
        yield record(np.zeros(s, "f2"), {"linewidth": 20})


def main():
    path = pathlib.Path(__file__).with_suffix(".jsonl")
    with path.open("w") as file:
        print(json.dumps({"numpy": np.__version__}), file=file)
        for case in cases():
            print(json.dumps(case, separators=(",", ":"), ensure_ascii=False), file=file)


main()
