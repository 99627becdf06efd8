"""Records what NumPy does to memory when elements move, into index.jsonl, which tests/all/index.rs reads.

    python tests/oracle/index.py

The first line names the NumPy version; every other line is one case: `op`, its arguments, the `warnings` it gave, and
its result `r`. An array is written as
    [dtype, n, skew, shape, strides, offset]
and lies in a memory of `skew` zero bytes and `n` elements of that dtype with the values (7 * k) % 23 - 5; an array written
with a seventh item, the number of another array of the case, lies in that one's memory. An index is a list of
    integer | "start:stop:step" | null (newaxis) | "..." | true | false | [dtype, shape, values] | [array]
A result is {"error": [class, message]}, {"scalar": [dtype, hex]}, {"memory": hex} (of the first array, after the
operation), {"value": ...}, or an array: {"dtype", "shape", "strides", "own", "view" (of the first array's memory: the offset),
"hex" (its bytes in C order)}.
"""

import json
import pathlib
import tracemalloc
import warnings

import numpy as np

rng = np.random.default_rng(2404)
TYPES = "? b B h H i I l L e f d F D".split()
cases = []


def pick(*items):
    return items[rng.integers(len(items))]


class Memory:
    def __init__(self, dtype, n, skew):
        self.dtype = np.dtype(dtype)
        self.bytes = np.zeros(skew + n * self.dtype.itemsize, "u1")
        values = (np.arange(n) * 7) % 23 - 5
        self.bytes[skew:] = values.astype(self.dtype).view("u1") if n else []
        self.n, self.skew = n, skew

    def whole(self):
        return np.ndarray((self.n,), self.dtype, self.bytes, self.skew)


def address(a):
    return a.__array_interface__["data"][0]


def spec(a, memory, shares=None):
    strides = list(a.strides)
    offset = address(a) - address(memory.bytes)
    if a.size == 0:
        offset = max(0, min(offset, len(memory.bytes)))
    s = [a.dtype.str, memory.n, memory.skew, list(a.shape), strides, offset]
    return s if shares is None else s + [shares]


def lens(ndim, most=4):
    return [int(rng.integers(1, most + 1)) if rng.random() > 0.07 else pick(0, 1) for _ in range(ndim)]


def view_of(memory, ndim, most=4, plain=False, shape=None):
    """A random view of a memory that is just large enough."""
    shape = lens(ndim, most) if shape is None else list(shape)
    ndim = len(shape)
    if plain:
        steps, perm, pad = [1] * ndim, list(range(ndim)), [0] * ndim
    else:
        steps = [pick(1, 1, 1, 2, -1, -2) for _ in range(ndim)]
        perm = list(rng.permutation(ndim)) if rng.random() < 0.4 else list(range(ndim))
        pad = [pick(0, 0, 1) for _ in range(ndim)]
    parent = [n * abs(s) + p for n, s, p in zip(shape, steps, pad)]
    outer = [parent[i] for i in perm]
    n = int(np.prod(outer)) if ndim else 1
    memory = memory(n)
    a = np.ndarray(outer, memory.dtype, memory.bytes, memory.skew).transpose(np.argsort(perm))
    a = a[tuple(slice(None, None, s) for s in steps)] if ndim else a[...]
    a = a[tuple(slice(0, n) for n in shape)] if ndim else a
    assert list(a.shape) == shape
    return a, memory


def array(dtype=None, ndim=None, most=4, plain=None, shape=None, odd=True):
    """A random array, its spec, and its memory."""
    ndim = int(rng.integers(0, 4)) if ndim is None else ndim
    dtype = np.dtype(pick(*TYPES) if dtype is None else dtype)
    skew = 0
    if odd and rng.random() < 0.12:
        dtype = dtype.newbyteorder(">")
    if odd and rng.random() < 0.08:
        skew = pick(1, 3, 4)
    plain = rng.random() < 0.4 if plain is None else plain
    a, memory = view_of(lambda n: Memory(dtype, n, skew), ndim, most, plain, shape)
    return a, spec(a, memory), memory


def hexed(a):
    return np.ascontiguousarray(a).tobytes().hex() if a.ndim else a.tobytes().hex()


def result_of(r, memory=None):
    if isinstance(r, np.ndarray):
        d = {"dtype": r.dtype.str, "shape": list(r.shape), "strides": list(r.strides), "own": r.base is None}
        if memory is not None and np.may_share_memory(r, memory.bytes):
            d["view"] = address(r) - address(memory.bytes)
        d["hex"] = hexed(r)
        return d
    if isinstance(r, np.generic):
        return {"scalar": [r.dtype.str, r.tobytes().hex()]}
    if isinstance(r, tuple):
        return {"list": [result_of(x) for x in r]}
    return {"value": r}


def record(op, run, memory=None, after=None, **fields):
    """Runs a case and keeps it. `after`: the memory whose bytes are the result."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            r = run()
            r = {"memory": after.bytes.tobytes().hex()} if after is not None else result_of(r, memory)
        except Exception as error:
            name = type(error).__name__
            if name in ("ModuleNotFoundError", "NameError", "AttributeError"):
                raise
            r = {"error": [name, str(error)]}
    seen = []
    for w in caught:
        if str(w.message) not in seen:
            seen.append(str(w.message))
    case = {"op": op, **fields}
    if seen:
        case["warnings"] = seen
    case["r"] = r
    cases.append(case)


# ---- indices


def index_item(n, length, bad):
    """A random item for an axis of this length; its spec and its value."""
    kind = rng.integers(0, 10)
    if kind < 2:
        i = int(rng.integers(-length - bad, length + bad)) if length + bad else 0
        return i, i
    if kind < 5:
        part = lambda: pick(None, None, int(rng.integers(-length - 2, length + 3)))
        s = slice(part(), part(), pick(None, 1, 2, -1, -2))
        text = ":".join("" if p is None else str(p) for p in (s.start, s.stop, s.step))
        return text, s
    return None, None


def int_array(length, shape, bad):
    dtype = pick("l", "l", "l", "b", "H", ">i4", "L") if rng.random() < 0.4 else "l"
    low = 0 if np.dtype(dtype).kind == "u" else -length
    high = length + (1 if bad else 0)
    v = rng.integers(low, high, shape) if high > low else np.zeros(shape, "l")
    v = v.astype(dtype)
    if v.ndim > 1 and rng.random() < 0.5:
        v = np.asfortranarray(v)
    order = "F" if v.flags.fnc else "C"
    return [v.dtype.str, list(v.shape), v.ravel(order).tolist(), order], v


def index(shape):
    """A random index for an array of this shape."""
    ndim = len(shape)
    bad = rng.random() < 0.06
    items, values, axis = [], [], 0
    fancy_shape = lens(int(rng.integers(1, 3)), 3)
    if rng.random() < 0.15:
        fancy_shape = [0]
    style = rng.random()
    if style < 0.12 and ndim:
        m = rng.random(shape) < 0.5
        if rng.random() < 0.08 and m.size:
            m = m[:-1]
        return [["|b1", list(m.shape), m.ravel().astype(int).tolist(), "C"]], m
    ellipsis = False
    while axis < ndim + (rng.random() < 0.04):
        length = shape[axis] if axis < ndim else 2
        roll = rng.random()
        if roll < 0.1 and not ellipsis:
            items.append("..."), values.append(...)
            ellipsis = True
            axis += int(rng.integers(0, ndim - axis + 1)) if axis <= ndim else 0
            continue
        if roll < 0.18:
            items.append(None), values.append(None)
            continue
        if roll < 0.21:
            t = bool(rng.random() < 0.7)
            items.append(t), values.append(t)
            continue
        if roll < 0.45 or style > 0.85:
            s = list(fancy_shape)
            if rng.random() < 0.25:
                s = s[1:] if len(s) > 1 else s
            if rng.random() < 0.2 and s:
                s[int(rng.integers(len(s)))] = 1
            if rng.random() < 0.03:
                s = s + [3]
            item, v = int_array(length, s, bad)
            items.append(item), values.append(v)
            axis += 1
            continue
        if roll < 0.53:
            k = min(int(rng.integers(1, 3)), max(1, ndim - axis))
            dims = list(shape[axis : axis + k]) or [2]
            if rng.random() < 0.1:
                dims[0] += 1
            m = rng.random(dims) < 0.6
            items.append(["|b1", list(m.shape), m.ravel().astype(int).tolist(), "C"]), values.append(m)
            axis += len(dims)
            continue
        item, v = index_item(axis, length, bad)
        if item is None:
            if rng.random() < 0.5:
                break
            item, v = "::", slice(None)
        items.append(item), values.append(v)
        axis += 1
    if len(values) == 1 and rng.random() < 0.5:
        return items, values[0]
    return items, tuple(values)


for _ in range(620):
    a, s, memory = array(ndim=pick(1, 1, 2, 2, 3, 4, 0), most=4)
    items, value = index(a.shape)
    record("get", lambda: a[value], memory, a=s, i=items)

for _ in range(430):
    a, s, memory = array(ndim=pick(1, 1, 2, 2, 3, 0), most=4)
    items, value = index(a.shape)
    try:
        want = list(a[value].shape)
    except Exception:
        want = []
    style = rng.random()
    if style < 0.15:
        v, vs, _ = array(dtype=a.dtype.char if rng.random() < 0.5 else None, ndim=0)
    else:
        shape = list(want)
        if rng.random() < 0.2:
            shape = shape[1:]
        if rng.random() < 0.15 and shape:
            shape[int(rng.integers(len(shape)))] = 1
        if rng.random() < 0.1:
            shape = [1] + shape
        if rng.random() < 0.08:
            shape = lens(int(rng.integers(0, 3)), 3)
        v, vs, _ = array(dtype=a.dtype.char if rng.random() < 0.5 else None, shape=shape)
    def run():
        a[value] = v
    record("set", run, after=memory, a=s, i=items, v=vs)

# ---- assignment with shared memory

for _ in range(160):
    dtype, n = np.dtype(pick(*TYPES)), int(rng.integers(2, 13))
    memory = Memory(dtype, n, 0)
    whole = memory.whole()
    ndim = pick(1, 1, 1, 2)
    if ndim == 1:
        part = lambda: whole[slice(int(rng.integers(0, n // 2 + 1)), None, pick(1, 1, -1, 2))]
        x, y = part(), part()
        k = min(len(x), len(y))
        x, y = x[:k], y[:k]
    else:
        rows = int(rng.integers(1, 4))
        grid = whole[: n // rows * rows].reshape(rows, -1)
        x, y = grid, pick(grid[::-1], grid[:, ::-1], grid, grid[:1], grid[:, :1])
        if grid.shape[0] == grid.shape[1]:
            y = pick(grid.T, y)
    def run():
        x[...] = y
    record("assign", run, after=memory, a=spec(x, memory), v=spec(y, memory, 0))

for _ in range(60):
    a, s, memory = array(ndim=pick(1, 2, 3))
    v, vs, _ = array(shape=a.shape if rng.random() < 0.5 else a.shape[1:])
    m, ms, _ = array(dtype="?", shape=pick(a.shape, a.shape, a.shape[-1:], (2, 3)), odd=False)
    casting = pick("same_kind", "unsafe", "unsafe", "safe")
    record("copyto", lambda: np.copyto(a, v, casting, m), after=memory, a=s, v=vs, m=ms, casting=casting)

# ---- copies and casts

for _ in range(80):
    a, s, memory = array(ndim=pick(0, 1, 2, 3, 4))
    order = pick(*"CFAK")
    record("copy", lambda: a.copy(order), memory, a=s, order=order)
for _ in range(60):
    a, s, memory = array(ndim=pick(0, 1, 2, 3))
    dtype, order, casting = np.dtype(pick(*TYPES)), pick(*"CFAK"), pick("unsafe", "unsafe", "same_value", "safe", "same_kind")
    if rng.random() < 0.2:
        dtype = dtype.newbyteorder(">")
    record("astype", lambda: a.astype(dtype, order, casting), memory, a=s, dtype=dtype.str, order=order, casting=casting)

SPECIAL = [0.0, -0.0, 0.5, -0.5, 1.5, -1.0, 127.0, 128.0, 200.0, 255.0, 256.0, -129.0, 32768.0, 65504.0, 65519.0,
           65520.0, 70000.0, -70000.0, 2147483647.0, 2147483648.0, 3e9, -2147483648.0, 9.2e18, 9223372036854775808.0,
           1.2e19, -9.3e18, 1e30, -1e30, 1e39, -1e39, 1e-40, 1e-46, 6e-8, 2e-8, float("nan"), float("inf"), -float("inf")]
WHOLE = [0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 65535, 65536, 2**24 + 1, 2**31 - 1, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63)]
for s in TYPES:
    for d in TYPES:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if s in "efd":
                values = np.array(SPECIAL).astype(s)
            elif s in "FD":
                values = (np.array(SPECIAL) + 1j * np.array(SPECIAL[::-1])).astype(s)
            else:
                values = np.array(WHOLE).astype(s)
        # one at a time: where NumPy's contiguous loops go through vector units, what does not fit uint32 differs
        out, status = [], []
        for v in values:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                out.append(np.array([v]).astype(d).tobytes().hex())
            status.append(sorted({str(w.message).split()[0] for w in caught}))
        cases.append({"op": "cast", "from": np.dtype(s).str, "to": np.dtype(d).str, "hex": values.tobytes().hex(),
                      "r": out, "warnings": ["".join(x[0] for x in st) for st in status]})

# ---- arranging

for _ in range(70):
    a, s, memory = array(ndim=pick(1, 2, 3), most=9)
    axis = int(rng.integers(-a.ndim, a.ndim)) if rng.random() > 0.05 else 5
    kind = pick("quicksort", "stable")
    def run():
        a.sort(axis, kind)
    record("sort", run, after=memory, a=s, axis=axis, kind=kind)
for _ in range(60):
    a, s, memory = array(ndim=pick(1, 2, 3, 0), most=9)
    axis = pick(None, int(rng.integers(-a.ndim, a.ndim)) if a.ndim else 0)
    kind = pick("quicksort", "stable")
    record("argsort", lambda: a.argsort(axis, kind), memory, a=s, axis=axis, kind=kind)
for _ in range(30):
    a, s, memory = array(ndim=1, most=90)
    record("argsort", lambda: a.argsort(0, "quicksort"), memory, a=s, axis=0, kind="quicksort")
for _ in range(60):
    a, s, memory = array(ndim=pick(1, 1, 2), most=30)
    axis = int(rng.integers(0, a.ndim))
    k = a.shape[axis]
    kth = [int(x) for x in rng.integers(-k - (rng.random() < 0.1), max(k, 1), pick(1, 2, 3))]
    def run():
        a.partition(kth, axis)
    record("partition", run, after=memory, a=s, axis=axis, kth=kth)
    b, bs, memory = array(dtype=a.dtype.char, shape=a.shape)
    record("argpartition", lambda: b.argpartition(kth, axis), memory, a=bs, axis=axis, kth=kth)
for _ in range(40):
    a, s, memory = array(ndim=pick(1, 1, 1, 2), most=9)
    if a.ndim == 1 and rng.random() < 0.8:
        a[...] = np.sort(a)
        s_sorted = True
    else:
        s_sorted = False
    v, vs, _ = array(dtype=pick(a.dtype.char, None), ndim=pick(0, 1, 2))
    side = pick("left", "right")
    sorter = rng.permutation(len(a)) if a.ndim == 1 and rng.random() < 0.3 else None
    record("searchsorted", lambda: np.searchsorted(a, np.asarray(v), side, sorter) if v.ndim else np.asarray(np.searchsorted(a, v, side, sorter)),
           a=s, v=vs, side=side, sorted=s_sorted, sorter=None if sorter is None else sorter.tolist())
for _ in range(25):
    shape = lens(pick(1, 2), 6)
    keys = [array(shape=shape) for _ in range(int(rng.integers(1, 4)))]
    axis = int(rng.integers(-len(shape), len(shape)))
    record("lexsort", lambda: np.lexsort([k[0] for k in keys], axis), keys=[k[1] for k in keys], axis=axis)
for _ in range(60):
    ndim = pick(1, 1, 2, 3)
    shape = lens(ndim, 3)
    axis = pick(None, *range(-ndim, ndim), ndim) if rng.random() < 0.7 else 0
    parts = []
    for _ in range(int(rng.integers(1, 4))):
        sh = list(shape)
        if axis is not None and -ndim <= axis < ndim:
            sh[axis] = int(rng.integers(0, 4))
        if rng.random() < 0.04:
            sh[0] += 1
        if rng.random() < 0.03:
            sh = sh + [1]
        parts.append(array(shape=sh, dtype=None if rng.random() < 0.5 else "l"))
    dtype, casting = pick(None, None, "d", "i"), pick("same_kind", "unsafe", "safe")
    record("concatenate", lambda: np.concatenate([p[0] for p in parts], axis, dtype=dtype, casting=casting),
           arrays=[p[1] for p in parts], axis=axis, dtype=dtype and np.dtype(dtype).str, casting=casting)
for _ in range(40):
    a, s, memory = array(ndim=pick(0, 1, 2, 3))
    axis = pick(None, *range(-a.ndim, a.ndim))
    n = a.size if axis is None else a.shape[axis]
    reps = pick(int(rng.integers(0, 4)), rng.integers(0, 4, n).tolist(), rng.integers(-1, 3, n).tolist(), [2], [1, 2, 3])
    record("repeat", lambda: np.repeat(a, np.array(reps, "l"), axis), memory, a=s, repeats=reps, axis=axis)
for _ in range(40):
    a, s, memory = array(ndim=pick(1, 1, 2, 3))
    if rng.random() < 0.3:
        shift, axis = int(rng.integers(-7, 8)), None
        record("roll", lambda: np.roll(a, shift), a=s, shifts=[[shift, None]])
    else:
        pairs = [[int(rng.integers(-7, 8)), int(rng.integers(-a.ndim, a.ndim))] for _ in range(int(rng.integers(1, 3)))]
        record("roll", lambda: np.roll(a, tuple(p[0] for p in pairs), tuple(p[1] for p in pairs)), a=s, shifts=pairs)
for _ in range(25):
    a, s, memory = array(ndim=pick(0, 1, 2), most=7)
    flags = [bool(rng.random() < 0.5) for _ in range(3)]
    record("unique", lambda: r if isinstance(r := np.unique(a, *flags), tuple) else (r,), a=s, flags=flags)
for _ in range(20):
    x = rng.integers(0, 6, int(rng.integers(0, 7)))
    if rng.random() < 0.15 and len(x):
        x[0] = -1
    dtype = pick("l", "b", "L", "d", "?")
    x = x.astype(dtype)
    weights = None if rng.random() < 0.5 else (np.arange(len(x) + (rng.random() < 0.2)) * 0.5 - 1).tolist()
    least = int(rng.integers(-1, 8))
    record("bincount", lambda: np.bincount(x, weights if weights is None else np.array(weights), least),
           x=[x.dtype.str, list(x.shape), x.tolist(), "C"], weights=weights, minlength=least)

# ---- selecting

for _ in range(70):
    a, s, memory = array(ndim=pick(0, 1, 1, 2, 3))
    axis = pick(None, *range(-a.ndim, a.ndim))
    n = a.size if axis is None else a.shape[axis]
    mode = pick("raise", "raise", "wrap", "clip")
    reach = n if mode == "raise" and rng.random() < 0.85 else n + 3
    shape = lens(pick(0, 1, 1, 2), 4)
    v = rng.integers(-reach, reach, shape) if reach else np.zeros(shape, "l")
    item = [v.dtype.str if shape else "<i8", shape, np.asarray(v).ravel().tolist(), "C"]
    def run():
        r = np.take(a, v, axis, mode=mode)
        return np.asarray(r).astype(a.dtype) if isinstance(r, np.generic) else r
    record("take", run, memory, a=s, v=item, axis=axis, mode=mode)
for _ in range(30):
    a, s, memory = array(ndim=pick(1, 2, 3))
    mode = pick("raise", "raise", "wrap", "clip")
    reach = max(a.size, 1) if mode == "raise" and rng.random() < 0.85 else a.size + 3
    v = rng.integers(-reach, reach, int(rng.integers(0, 5)))
    w, ws, _ = array(ndim=pick(0, 1, 2))
    record("put", lambda: a.put(v, w, mode), after=memory, a=s, v=[v.dtype.str, list(v.shape), v.tolist(), "C"], w=ws, mode=mode)
for op, f in (("putmask", np.putmask), ("place", np.place)):
    for _ in range(20):
        a, s, memory = array(ndim=pick(1, 2, 3))
        m, ms, _ = array(dtype=pick("?", "?", "b"), shape=a.shape if rng.random() < 0.9 else lens(1))
        w, ws, _ = array(dtype=pick(a.dtype.char, a.dtype.char, None), ndim=pick(0, 1, 2))
        record(op, lambda: f(a, m, w), after=memory, a=s, m=ms, w=ws)
for _ in range(20):
    a, s, memory = array(ndim=pick(1, 2, 3))
    axis = pick(None, *range(-a.ndim, a.ndim))
    n = a.size if axis is None else a.shape[axis]
    c = rng.integers(0, 2, n + (rng.random() < 0.1))
    record("compress", lambda: np.compress(c, a, axis), memory, a=s, c=[c.dtype.str, list(c.shape), c.tolist(), "C"], axis=axis)
for _ in range(25):
    shape = lens(pick(1, 2), 3)
    n = int(rng.integers(1, 4))
    choices = [array(dtype=pick(None, "l", "d"), shape=shape if rng.random() < 0.8 else shape[1:]) for _ in range(n)]
    mode = pick("raise", "wrap", "clip")
    c = rng.integers(-1 if rng.random() < 0.3 else 0, n + (rng.random() < 0.3), shape)
    def run():
        r = np.choose(c, [x[0] for x in choices], mode=mode)
        return np.asarray(r) if isinstance(r, np.generic) else r
    record("choose", run, c=[c.dtype.str, list(c.shape), c.ravel().tolist(), "C"], choices=[x[1] for x in choices], mode=mode)
for _ in range(60):
    shape = lens(pick(0, 1, 2, 3), 4)
    part = lambda: shape if rng.random() < 0.7 else shape[1:] if rng.random() < 0.5 else [1 if rng.random() < 0.4 else n for n in shape]
    c, cs, _ = array(dtype=pick("?", "?", "d", "h"), shape=part())
    x, xs, _ = array(shape=part())
    y, ys, _ = array(dtype=pick(x.dtype.char, None), shape=part() if rng.random() < 0.95 else [7, 2])
    record("where", lambda: np.asarray(np.where(c, x, y)) if c.ndim + x.ndim + y.ndim == 0 else np.where(c, x, y), c=cs, x=xs, y=ys)
for _ in range(25):
    a, s, memory = array(ndim=pick(0, 1, 2, 3))
    record("nonzero", lambda: a.nonzero(), a=s)
    record("count_nonzero", lambda: int(np.count_nonzero(a)), a=s)
for _ in range(20):
    a, s, memory = array()
    order = pick(*"CFAK")
    record("tobytes", lambda: a.tobytes(order).hex(), a=s, order=order)
    record("byteswap", lambda: a.byteswap(True), after=memory, a=s)

# ---- the most array bytes that live at once, beyond those before; whole kilobytes, since Python's objects count too

n = 25_000
line, grid = np.arange(n, dtype="d"), np.arange(n, dtype="d").reshape(100, 250)
mask, places, ints = line % 3 == 0, np.arange(n)[::-1].copy(), np.arange(n, dtype="i4")
peaks = {
    "copy": lambda: grid.T.copy(),
    "astype": lambda: grid.astype("f4"),
    "mask": lambda: line[mask],
    "places": lambda: line[places],
    "rows": lambda: grid[places[:50] % 100],
    "columns": lambda: grid[:, places[:50] % 100],
    "set mask": lambda: line.__setitem__(mask, 0.0),
    "set places": lambda: line.__setitem__(places, line),
    "shift": lambda: line.__setitem__(slice(1, None), line[:-1]),
    "reverse": lambda: line.__setitem__(slice(None), line[::-1]),
    "sort": lambda: line.sort(),
    "sort axis": lambda: grid.sort(0),
    "argsort": lambda: line.argsort(),
    "argsort axis": lambda: grid.argsort(0),
    "take": lambda: line.take(places),
    "take turned": lambda: grid.T.take(places[:50] % 100, 0),
    "repeat": lambda: line.repeat(2),
    "concatenate": lambda: np.concatenate([line, line]),
    "nonzero": lambda: line.nonzero(),
    "searchsorted": lambda: np.searchsorted(line, ints),
    "roll": lambda: np.roll(line, 3),
    "roll flat": lambda: np.roll(grid.T, 3),
    "put": lambda: grid.T.put(places[:10], 1.0),
}
for name, run in peaks.items():
    line[:], grid[:] = np.arange(n), np.arange(n).reshape(100, 250)
    kept = [run() for _ in range(2)]
    del kept
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = run()
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    cases.append({"op": "peak", "name": name, "r": peak})

target = pathlib.Path(__file__).with_suffix(".jsonl")
with target.open("w") as file:
    file.write(json.dumps({"numpy": np.__version__}) + "\n")
    for case in cases:
        file.write(json.dumps(case, separators=(",", ":"), ensure_ascii=False) + "\n")
print(len(cases), "cases", target.stat().st_size, "bytes")
