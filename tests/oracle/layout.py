"""Records what NumPy does with many random layouts into layout.jsonl, which tests/all/layout.rs reads.

    python tests/oracle/layout.py

The first line names the NumPy version; every other line is one case, a list that starts with the name of what was asked:
    [question, array, arguments, answer]
An array is [dtype.str, shape, strides, offset] over one buffer. The answer is an array where NumPy returns a view of the
buffer, [dtype.str, shape, strides] of the copy where it makes one, a truth value, or [class, message] of an exception.
Pairs of flags stand behind each view: C_CONTIGUOUS, F_CONTIGUOUS.
"""

import json
import pathlib

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

rng = np.random.default_rng(2406)
SIZE = 1 << 16
MIDDLE = SIZE // 2
buffer = np.zeros(SIZE, "u1")
address = buffer.__array_interface__["data"][0]
TYPES = ["|b1", "|i1", "<i2", ">i2", "<i4", "<f4", "<i8", ">f8", "<c8", "<c16", "<f2"]


def pick(values):
    return values[rng.integers(len(values))]


def offset_of(a):
    return a.__array_interface__["data"][0] - address


def spell(a):
    """An array as it is written to the file."""
    flags = [int(a.flags.c_contiguous), int(a.flags.f_contiguous)]
    if not 0 <= offset_of(a) < SIZE:  # memory of its own
        return [a.dtype.str, list(a.shape), list(a.strides)]
    return [a.dtype.str, list(a.shape), list(a.strides), offset_of(a), *flags]


def answer(ask):
    try:
        result = ask()
    except Exception as error:
        return [type(error).__name__, str(error)]
    return spell(result) if isinstance(result, np.ndarray) else bool(result)


def factors(n, parts):
    """A shape with n elements and this many axes."""
    shape = [1] * parts
    for prime in (2, 2, 2, 2, 3, 3, 5, 7):
        while n and n % prime == 0 and parts:
            shape[rng.integers(parts)] *= prime
            n //= prime
    if parts:
        shape[rng.integers(parts)] *= n
    return shape


def contiguous():
    dtype = np.dtype(pick(TYPES))
    shape = [pick([0, 1, 1, 2, 2, 3, 3, 4, 5, 6]) if rng.random() < 0.9 else 1 for _ in range(rng.integers(0, 5))]
    order = pick("CCF")
    offset = MIDDLE // 2 + int(rng.integers(4)) * dtype.itemsize
    return np.ndarray(shape, dtype, buffer, offset, order=order)


def random_slice(length):
    bounds = [None, None] + list(range(-length - 1, length + 2))
    return slice(pick(bounds), pick(bounds), pick([None, None, 1, 2, 3, -1, -1, -2, -3]))


def random_array():
    a = contiguous()
    for _ in range(rng.integers(0, 4)):
        way = rng.integers(6)
        if way == 0:
            a = a.transpose(rng.permutation(a.ndim))
        elif way == 1:
            index = tuple(random_slice(n) if rng.random() < 0.7 else slice(None) for n in a.shape)
            b = a[(*index, ...)]
            a = b if b.size or rng.random() < 0.1 else a
        elif way == 2 and a.ndim < 5:
            a = np.expand_dims(a, int(rng.integers(a.ndim + 1)))
        elif way == 3 and a.ndim:
            axis = int(rng.integers(a.ndim))
            if a.shape[axis]:
                index = [slice(None)] * a.ndim
                index[axis] = int(rng.integers(a.shape[axis]))
                a = a[tuple(index) + (...,)]
        elif way == 4 and a.ndim < 4:
            a = np.broadcast_to(a, (int(rng.integers(1, 4)), *a.shape))
        elif way == 5 and a.ndim > 1 and a.size:
            a = a.swapaxes(0, -1)
    return a


def random_axis(a):
    if a.ndim and rng.random() < 0.85:
        return int(rng.integers(-a.ndim, a.ndim))
    return int(rng.integers(-a.ndim - 1, a.ndim + 1))


def random_shape(a):
    shape = factors(a.size, int(rng.integers(0, 5)) if a.size == 1 else int(rng.integers(1, 5)))
    if a.size == 0 and rng.random() < 0.8:
        shape = [int(n) for n in rng.permutation([0, *rng.integers(1, 4, rng.integers(0, 3))])]
    if shape and rng.random() < 0.3:
        shape[rng.integers(len(shape))] = -1
    if shape and rng.random() < 0.12:
        shape[rng.integers(len(shape))] = int(rng.integers(-2, 8))
    return [int(n) for n in shape]


def random_index(a):
    items = []
    for n in a.shape[: rng.integers(0, a.ndim + 1)]:
        way = rng.random()
        if way < 0.4:
            items.append(int(rng.integers(-n - 1, n + 1)) if rng.random() < 0.2 or n == 0 else int(rng.integers(-n, n)))
        else:
            items.append(random_slice(n))
    for extra in (None, ..., 0):
        while rng.random() < (0.25 if extra is None else 0.3 if extra is ... else 0.02):
            items.insert(int(rng.integers(len(items) + 1)), extra)
    return items


def spell_index(items):
    name = {None: "newaxis", ...: "..."}
    return [
        [i.start, i.stop, i.step] if isinstance(i, slice) else i if isinstance(i, int) else name[i] for i in items
    ]


cases = []


def record(question, arrays, arguments, ask):
    cases.append([question, [spell(a)[:4] for a in arrays], arguments, answer(ask)])


for _ in range(380):
    a, order = random_array(), pick("CCCCFFFAAK")
    shape = random_shape(a)
    record("reshape", [a], [shape, order], lambda: a.reshape(shape, order=order))
    record("no copy", [a], [shape, order], lambda: a.reshape(shape, order=order, copy=False))
for _ in range(90):
    a = random_array()
    for order in "CFAK":
        record("ravel", [a], [order], lambda: a.ravel(order))
        record("copy", [a], [order], lambda: a.copy(order))
for _ in range(110):
    a = random_array()
    axes = [int(n) for n in rng.permutation(a.ndim)]
    if axes and rng.random() < 0.3:
        axes[rng.integers(a.ndim)] = int(rng.integers(-a.ndim - 1, a.ndim + 1))
    record("transpose", [a], [axes], lambda: a.transpose(axes))
    one, two = random_axis(a), random_axis(a)
    record("swapaxes", [a], [one, two], lambda: a.swapaxes(one, two))
    offset = int(rng.integers(-4, 5))
    record("diagonal", [a], [offset, one, two], lambda: a.diagonal(offset, one, two))
    record("moveaxis", [a], [[one], [two]], lambda: np.moveaxis(a, [one], [two]))
    record("rollaxis", [a], [one, two], lambda: np.rollaxis(a, one, two))
    record("expand_dims", [a], [[one, two]], lambda: np.expand_dims(a, (one, two)))
    record("squeeze", [a], [None], lambda: a.squeeze())
    record("squeeze", [a], [[one]], lambda: a.squeeze((one,)))
for _ in range(400):
    a = random_array()
    items = random_index(a)
    if any(not isinstance(i, int) for i in items) or len(items) != a.ndim:
        record("index", [a], spell_index(items), lambda: a[tuple(items)])
for _ in range(150):
    a = random_array()
    shape = [int(n) for n in rng.integers(1, 4, rng.integers(0, 2))] + [
        int(rng.integers(-1, 4)) if rng.random() < 0.05 else int(rng.integers(0, 4)) if n == 1 else n for n in a.shape
    ]
    record("broadcast_to", [a], [shape], lambda: np.broadcast_to(a, shape))
    b = random_array()
    record("broadcast", [a, b], [], lambda: np.broadcast_to(buffer[:1].reshape(()), np.broadcast(a, b).shape))
for _ in range(200):
    a, dtype = random_array(), np.dtype(pick(TYPES))
    record("view", [a], [dtype.str], lambda: a.view(dtype))
for _ in range(160):
    # operands of a ufunc, no cast needed: each a turn of one shape or of a part of it
    shape = [int(rng.integers(1, 4)) for _ in range(rng.integers(1, 4))]

    def operand():
        part = [n if rng.random() < 0.8 else 1 for n in shape[rng.integers(len(shape)) if rng.random() < 0.2 else 0:]]
        turn = rng.permutation(len(part))
        a = np.ndarray([part[n] for n in turn], "<f8", buffer, MIDDLE).transpose(np.argsort(turn))
        return a[tuple(slice(None, None, pick([None, None, -1])) for _ in part)]

    a, b, order = operand(), operand(), pick("KKKKKCFA")
    record("add", [a, b], [order], lambda: np.add(a, b, order=order))
for _ in range(250):
    a, b = random_array(), random_array()
    record("shares_memory", [a, b], [], lambda: np.shares_memory(a, b))
    record("may_share_memory", [a, b], [], lambda: np.may_share_memory(a, b))
for _ in range(60):
    # interlocking strides, so that the allowed work matters
    def wild():
        shape = [int(n) for n in rng.integers(2, 6, 4)]
        strides = [int(n) for n in rng.integers(-300, 301, 4)]
        return as_strided(buffer.view(pick(["u1", "i2"]))[MIDDLE // 2 :], shape, strides)

    a, b, work = wild(), wild(), int(pick([-1, 1, 2, 5, 20, 100]))
    record("shares_memory", [a, b], [work], lambda: np.shares_memory(a, b, max_work=work))
for _ in range(60):
    a = random_array()
    window = [int(n) for n in rng.integers(-1 if rng.random() < 0.1 else 0, 4, a.ndim)]
    record("sliding_window_view", [a], [window, None], lambda: sliding_window_view(a, tuple(window)))
    axes = [random_axis(a) for _ in range(rng.integers(1, 3))]
    window = window[: len(axes)]
    record("sliding_window_view", [a], [window, axes], lambda: sliding_window_view(a, tuple(window), tuple(axes)))

path = pathlib.Path(__file__).with_name("layout.jsonl")
with path.open("w") as file:
    print(json.dumps({"numpy": np.__version__}), file=file)
    for case in cases:
        print(json.dumps(case, separators=(",", ":")), file=file)
print(len(cases), "cases,", path.stat().st_size, "bytes")
