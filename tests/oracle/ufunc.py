#!/usr/bin/env python3
"""Asks NumPy what universal functions give, and writes the answers to ufunc.txt beside this file.

One line a call: what is called, the operands, the keywords, and after a tab the answer: dtypes, shapes, strides and bytes,
or the error's class and message; then the warnings. `tests/all/ufunc.rs` reads the lines back. Run it with the
NumPy whose behaviour is wanted; the first line of the file names it.
"""

import itertools
import os
import random
import warnings

import numpy as np

random.seed(20)
OUT = []
LETTER = {"q": "l", "Q": "L"}  # NumPy has two types of the machine's word
DTYPES = ["?", "b", "B", "h", "H", "i", "I", "l", "L", "e", "f", "d", "F", "D"]
INTS = "bBhHiIlL"
FLOATS = "efd"
COMPLEX = "FD"


class Arg:
    """An operand, as NumPy's object and as text."""

    def __init__(self, text, value):
        self.text, self.value = text, value


def array(values, dtype, layout="C"):
    """An array with these values whose elements lie as `layout` says."""
    with np.errstate(all="ignore"):
        base = np.array(values).astype(dtype)
    shape = base.shape
    data = base.astype(base.dtype.newbyteorder("=")).tobytes().hex()
    if layout == "C":
        made = base.copy()
    elif layout == "F":
        made = np.asfortranarray(base)
    elif layout == "S":  # every second element of the last axis
        made = np.zeros(shape[:-1] + (shape[-1] * 2,), base.dtype)[..., ::2]
        made[...] = base
    elif layout == "R":  # the first axis backwards
        made = np.zeros(shape, base.dtype)[::-1]
        made[...] = base
    elif layout == "T":  # the first two axes exchanged
        made = np.zeros((shape[1], shape[0]) + shape[2:], base.dtype).swapaxes(0, 1)
        made[...] = base
    elif layout == "Z":  # the second axis backwards, every second element of the last
        made = np.zeros(shape[:-1] + (shape[-1] * 2,), base.dtype)[:, ::-1, ..., ::2]
        made[...] = base
    elif layout == "B":  # the other byte order
        made = base.astype(base.dtype.newbyteorder(">"))
    elif layout == "M":  # not aligned
        raw = np.zeros(base.nbytes + 1, "B")[1:]
        made = raw.view(base.dtype).reshape(shape)
        made[...] = base
    text = f"A{base.dtype.char}{layout}[{','.join(map(str, shape))}]{data}"
    return Arg(text, made)


def scalar(value, dtype):
    value = np.array(value).astype(dtype)[()]
    return Arg(f"S{value.dtype.char}{value.tobytes().hex()}", value)


def pyint(value):
    return Arg(f"i{value}", value)


def pyfloat(value):
    return Arg("f" + np.float64(value).tobytes().hex(), value)


def pycomplex(value):
    return Arg("c" + np.complex128(value).tobytes().hex(), value)


def describe(result):
    if isinstance(result, tuple):
        return " ".join(describe(item) for item in result)
    if isinstance(result, np.ndarray):
        strides = ",".join(map(str, result.strides))
        order = ">" if result.dtype.byteorder == ">" else ""
        data = result.astype(result.dtype.newbyteorder("=")).tobytes().hex()
        return f"A{order}{LETTER.get(result.dtype.char, result.dtype.char)}[{','.join(map(str, result.shape))}]{{{strides}}}{data}"
    if isinstance(result, np.generic):
        return f"S{LETTER.get(result.dtype.char, result.dtype.char)}{result.tobytes().hex()}"
    raise TypeError(type(result))


def record(kind, name, args, run, **keywords):
    """Runs a call and writes it down."""
    texts = []
    for key, value in keywords.items():
        if isinstance(value, Arg):
            texts.append(f"{key}={value.text}")
        elif isinstance(value, tuple) and value and isinstance(value[0], Arg):
            texts.append(f"{key}=" + "&".join(arg.text for arg in value))
        else:
            texts.append(f"{key}={value}")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            answer = describe(run())
        except Exception as error:  # noqa: BLE001
            name_of_class = type(error).__qualname__
            answer = f"!{name_of_class}|{error}"
            if "object" in str(error) or "type str" in str(error):
                return
    said = []
    for warning in caught:
        text = str(warning.message)
        if text not in said:
            said.append(text)
    line = " ".join([kind, name, str(len(args))] + [arg.text for arg in args] + texts)
    assert "\t" not in line and "\n" not in answer, line
    OUT.append(line + "\t" + answer + "".join("\t" + text for text in said))


def unwrap(value):
    if isinstance(value, Arg):
        return value.value
    if isinstance(value, tuple) and value and isinstance(value[0], Arg):
        return tuple(arg.value for arg in value)
    return value


def call(name, *args, **keywords):
    function = getattr(np, name)

    def run():
        return function(*[arg.value for arg in args], **{k: unwrap(v) for k, v in keywords.items()})

    record("call", name, args, run, **keywords)


def operator(name, *args):
    """The call as Python's operator makes it."""
    import operator as op

    functions = {
        "add": op.add, "subtract": op.sub, "multiply": op.mul, "divide": op.truediv, "floor_divide": op.floordiv,
        "remainder": op.mod, "power": op.pow, "negative": op.neg, "absolute": abs, "left_shift": op.lshift,
        "right_shift": op.rshift, "bitwise_and": op.and_, "divmod": divmod, "invert": op.invert,
    }
    record("operator", name, args, lambda: functions[name](*[arg.value for arg in args]))


def method(kind, name, args, **keywords):
    function = getattr(getattr(np, name), kind)
    record(kind, name, args, lambda: function(*[a.value for a in args], **{k: unwrap(v) for k, v in keywords.items()}),
           **keywords)


def statistic(name, arg, **keywords):
    function = getattr(np, name)
    record("statistic", name, [arg], lambda: function(arg.value, **{k: unwrap(v) for k, v in keywords.items()}),
           **keywords)


def values_of(dtype, n=6):
    """A mixture of plain and delicate values."""
    if dtype == "?":
        return [True, False, True, True, False, False][:n]
    if dtype in "bhil":
        size = np.iinfo(dtype)
        return [0, 1, -1, 7, size.max, size.min][:n]
    if dtype in "BHIL":
        return [0, 1, 2, 7, np.iinfo(dtype).max, 100][:n]
    if dtype in FLOATS:
        return [0.0, 1.5, -2.25, np.inf, np.nan, -0.0][:n]
    return [0j, 1 + 2j, -1.5j, complex(np.inf, 1), complex(np.nan, 0), -2.5 + 0.5j][:n]


def tame_of(dtype, n=6):
    """Values without surprises."""
    if dtype == "?":
        return [True, False, True, True, False, True][:n]
    if dtype in "bhil":
        return [3, -5, 2, 7, -1, 4][:n]
    if dtype in "BHIL":
        return [3, 5, 2, 7, 1, 4][:n]
    if dtype in FLOATS:
        return [0.5, -1.25, 2.0, 3.75, -0.125, 0.875][:n]
    return [0.5 + 1j, -1.25j, 2.0 - 3j, 3.75, -0.125 + 2j, 0.875 + 0.5j][:n]


EXACT = {"absolute", "ceil", "floor", "negative", "positive", "rint", "sign", "sqrt", "square", "trunc"}
NAMES = sorted({f.__name__ for f in vars(np).values() if isinstance(f, np.ufunc)}
               - {"matmul", "vecdot", "matvec", "vecmat", "isnat", "str_len"})
UNARY = [n for n in NAMES if getattr(np, n).nin == 1]
BINARY = [n for n in NAMES if getattr(np, n).nin == 2]


def shaped(values):
    return np.array(values, dtype=object).reshape(2, 3).tolist()


def types_table():
    """For each ufunc, the types of results over all types of operands, weak Python numbers last."""
    weak = [1, 1.0, 1j]
    for name in NAMES:
        function = getattr(np, name)
        kinds = DTYPES + weak
        letters = []
        for combination in itertools.product(kinds, repeat=function.nin):
            operands = [np.ones(2, k) if isinstance(k, str) else k for k in combination]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    result = function(*operands)
                    result = result if isinstance(result, tuple) else (result,)
                    chars = [np.asarray(item).dtype.char for item in result]
                    letters.append("".join(LETTER.get(char, char) for char in chars))
                except Exception as error:  # noqa: BLE001
                    letters.append("!" * function.nout if "UFunc" in type(error).__qualname__ else "." * function.nout)
        if function.nin < 3:
            OUT.append(f"types {name}\t{''.join(letters)}")


def unary_calls():
    for name in UNARY:
        for dtype in DTYPES:
            call(name, array(shaped(values_of(dtype)), dtype))
            if dtype in "lfdeFD":
                call(name, array(shaped(tame_of(dtype)), dtype, random.choice("FSRBM")))
        call(name, pyint(3))
        call(name, pyfloat(0.75))
        call(name, pycomplex(0.5 + 0.25j))
        call(name, scalar(True, "?"))
        call(name, array(tame_of("d"), "d"), dtype=random.choice("fdFe"))
        outs = (array(np.zeros(6), "d"), array(np.zeros(6), "d" if name == "modf" else "i"))[:getattr(np, name).nout]
        call(name, array(tame_of("d"), "d"), where=array([1, 0, 1, 1, 0, 0], "?"), out=outs)
        if getattr(np, name).nout == 1:
            call(name, array(tame_of("f"), "f"), out=array(np.zeros((2, 6)), random.choice("fF" if name not in EXACT else "fdlF")))


def binary_calls():
    for name in BINARY:
        for dtype in DTYPES:
            a, b = values_of(dtype), values_of(dtype)
            random.shuffle(b)
            call(name, array(shaped(a), dtype), array(shaped(b), dtype))
            call(name, array(shaped(tame_of(dtype)), dtype, random.choice("CFSRBM")),
                 array(tame_of(dtype, 3), dtype, random.choice("CSRBM")))
        for _ in range(10):
            first, second = random.choice(DTYPES), random.choice(DTYPES)
            call(name, array(shaped(tame_of(first)), first, random.choice("CFSRBM")),
                 array(shaped(tame_of(second)), second, random.choice("CFSRBM")))
        for dtype in random.sample(DTYPES, 6):
            weak = random.choice([pyint(2), pyint(300), pyint(-1), pyint(2**40), pyfloat(1.5), pyfloat(1e300),
                                  pycomplex(1 + 1j)])
            call(name, array(tame_of(dtype), dtype), weak)
            call(name, weak, array(tame_of(dtype), dtype))
            call(name, scalar(tame_of(dtype)[0], dtype), weak)
        call(name, scalar(1.5, "d"), scalar(2, "l"))
        call(name, pyint(7), pyint(2))
        call(name, pyfloat(7.5), pyint(2))
        call(name, array([1, 2, 3], "l"), array([1, 2], "l"))
        call(name, array(tame_of("d"), "d"), array(tame_of("f"), "f"), dtype=random.choice("fdlF"))
        call(name, array(tame_of("d"), "d"), pyint(2), casting="no")
        if getattr(np, name).nout == 2:
            continue
        call(name, array(tame_of("d"), "d"), pyint(2), out=array(np.zeros(6), random.choice("fdlF?")))
        call(name, array(tame_of("l"), "l"), array([2], "l"), out=array(np.zeros((2, 6)), random.choice("dl?")))


def clip_calls():
    for dtype in DTYPES:
        call("clip", array(shaped(values_of(dtype)), dtype), scalar(1, dtype), array([2, 1, 5], dtype))
        call("clip", array(tame_of(dtype), dtype), pyint(0), pyint(2))
        call("clip", array(tame_of(dtype), dtype, "S"), pyfloat(0.5), pyint(2))


def operator_calls():
    edges = {"b": [-128, 127, 0, -1], "B": [0, 255, 3], "l": [-(2**63), 2**63 - 1, 0, -1, 3], "L": [0, 2**64 - 1, 5],
             "d": [0.0, -0.0, 1.5, np.inf, 1e308], "f": [0.0, 3e38, 2.5], "e": [0.0, 6e4], "D": [0j, 1 + 2j, -3j],
             "?": [True, False]}
    for name in ["add", "subtract", "multiply", "divide", "floor_divide", "remainder", "power", "left_shift", "divmod"]:
        for dtype, values in edges.items():
            for a, b in random.sample(list(itertools.product(values, values)), min(6, len(values) ** 2)):
                operator(name, scalar(a, dtype), scalar(b, dtype))
            operator(name, scalar(values[-1], dtype), pyint(2))
            operator(name, pyfloat(2.5), scalar(values[0], dtype))
    for name in ["negative", "absolute", "invert"]:
        for dtype, values in edges.items():
            for a in values:
                operator(name, scalar(a, dtype))


def reductions():
    names = ["add", "multiply", "maximum", "minimum", "logical_and", "logical_or", "bitwise_and", "bitwise_xor", "fmax"]
    three = [[[3, 1, 4], [1, 5, 9]], [[2, 6, 5], [3, 5, 8]], [[9, 7, 9], [3, 2, 3]]]
    for name in names:
        for dtype in DTYPES:
            values = np.array(three) * (1 if dtype in "BHIL?" else random.choice([1, -1]))
            method("reduce", name, [array(values, dtype, random.choice("CFSRB"))], axis=random.choice([0, 1, 2, -1]))
            method("reduce", name, [array(values, dtype)], axis=None)
            if name != "multiply" or dtype not in "efdFD":
                method("reduce", name, [array(values_of(dtype), dtype)])
        method("reduce", name, [array(three, "d", "F")], axis=(0, 2))
        method("reduce", name, [array(three, "l")], axis=(0, 2), keepdims=True)
        method("reduce", name, [array(three, "l")], axis=(1, 1))
        method("reduce", name, [array(three, "l")], axis=3)
        method("reduce", name, [array(three, "l")], axis=1, initial=pyint(2))
        method("reduce", name, [array(three, "l")], axis=1, where=array([True, False, True], "?"))
        method("reduce", name, [array(three, "d")], axis=1, out=array(np.zeros((3, 3)), "d"))
        method("reduce", name, [array(three, "d")], axis=1, out=array(np.zeros((3, 2)), "d"))
        method("reduce", name, [array(three, "d")], axis=1, out=array(np.zeros(3), "d"))
        method("reduce", name, [array(three, "i")], axis=1, dtype="d")
        method("reduce", name, [array([], "d")])
        method("reduce", name, [array(np.zeros((0, 3)), "d")], axis=1)
        method("reduce", name, [scalar(3, "l")])
        for dtype in "bdF?":
            method("accumulate", name, [array(three, dtype, random.choice("CFSRB"))], axis=random.choice([0, 1, 2]))
        method("accumulate", name, [array(three, "i")], axis=1, dtype="d")
        method("accumulate", name, [scalar(3, "l")])
    noise = np.random.default_rng(3).normal(size=1000)
    for dtype in "efdFD":
        for n in [1, 7, 8, 9, 127, 128, 129, 300, 1000]:
            data = noise[:n] + (1j * noise[::-1][:n] if dtype in "FD" else 0)
            if n < 300 or dtype in "fF":
                method("reduce", "add", [array(data, dtype, random.choice("CSR"))])
    method("reduce", "add", [array(noise[:120].reshape(4, 5, 6), "f", "F")], axis=(0, 1))
    method("reduce", "add", [array(noise[:120].reshape(4, 5, 6), "f")], axis=(0, 1))
    method("reduce", "add", [array(noise[:120].reshape(4, 5, 6), "f", "S")], axis=(0, 2))
    method("reduce", "add", [array(noise[:120].reshape(4, 30), "f")], axis=1)
    method("reduce", "add", [array(noise[:120], "f")], dtype="d")
    for shape in [(4, 5, 6), (2, 3, 20), (30, 2, 2), (3, 1, 40)]:
        size = int(np.prod(shape))
        for layout in "CFSRTZ":
            for dtype in "fdF":
                axis = random.choice([None, 0, 1, 2, (0, 1), (0, 2), (1, 2)])
                data = noise[:size] + (1j * noise[::-1][:size] if dtype == "F" else 0)
                keywords = random.choice([{}, {}, {"dtype": "D" if dtype == "F" else "d"}])
                method("reduce", "add", [array(data.reshape(shape), dtype, layout)], axis=axis, **keywords)
    for name in ["subtract", "divide", "power", "floor_divide", "remainder", "hypot", "arctan2", "equal", "less", "gcd",
                 "logaddexp", "left_shift", "sqrt", "divmod"]:
        for dtype in "?ld":
            # What NumPy says here depends on what was called before, or is wrong (its SIMD loops forget the order).
            if name in ("equal", "less") and dtype != "?" or name in ("power", "arctan2") and dtype != "l" or name == "arctan2":
                continue
            method("reduce", name, [array([[5, 2, 3], [1, 2, 1]], dtype)], axis=1)
            method("reduce", name, [array([[5, 2, 3], [1, 2, 1]], dtype)], axis=None)
            method("accumulate", name, [array([[5, 2, 3], [1, 2, 1]], dtype)], axis=1)
    method("reduce", "add", [array([np.inf, -np.inf], "d")])
    method("reduce", "add", [array([1e308, 1e308], "d")])
    method("accumulate", "add", [array([1e308, 1e308], "d")])
    method("reduce", "floor_divide", [array([8, 2, 0], "l")])


def statistics():
    data = np.random.default_rng(5).normal(size=(3, 4)) * 10
    for name in ["mean", "var", "std"]:
        for dtype in DTYPES:
            values = np.abs(data) if dtype in "BHIL?" else data
            statistic(name, array(values, dtype, random.choice("CFSRB")))
            statistic(name, array(values, dtype, random.choice("CFSRB")), axis=random.choice([0, 1]))
        statistic(name, array(data, "d"), axis=(0, 1), keepdims=True)
        statistic(name, array(data, "d"), axis=0, keepdims=True)
        statistic(name, array(data, "d"), axis=2)
        statistic(name, array(data, "i"), axis=1, dtype="f")
        statistic(name, array(data, "d"), dtype="i") if name == "mean" else None
        statistic(name, array(data, "d"), axis=1, out=array(np.zeros(3), "f"))
        statistic(name, array([], "d"))
        statistic(name, array(np.zeros((0, 3)), "d"), axis=0)
        statistic(name, array(data, "d"), where=array([True, False, True, True], "?"))
        statistic(name, array(data, "d"), axis=0, where=array([[True], [False], [True]], "?"))
        statistic(name, array(data, "d"), axis=0, where=array([[False], [False], [False]], "?"))
        statistic(name, array([np.inf, 1], "d"))
        statistic(name, scalar(3, "i"))
    for name in ["var", "std"]:
        statistic(name, array(data, "d"), axis=1, ddof=1)
        statistic(name, array(data, "d"), ddof=1.5)
        statistic(name, array([1.0], "d"), ddof=1)
        statistic(name, array([1.0, 2], "d"), ddof=3)
    for name in ["any", "all", "argmax", "argmin", "ptp"]:
        for dtype in DTYPES:
            if name == "ptp" and dtype == "?":
                continue
            values = np.abs(data) if dtype in "BHIL?" else data
            statistic(name, array(values, dtype, random.choice("CFSRB")))
            statistic(name, array(values, dtype, random.choice("CFSRB")), axis=random.choice([0, 1, -1]))
        statistic(name, array(data, "d"), axis=2)
        statistic(name, array(data, "d"), axis=1, keepdims=True)
        statistic(name, array(data, "d"), keepdims=True)
        statistic(name, array([], "d"))
        statistic(name, array(np.zeros((0, 3)), "d"), axis=0)
        statistic(name, array(np.zeros((0, 3)), "d"), axis=1)
        statistic(name, array([1, np.nan, 3], "d"))
        statistic(name, array([1, complex(0, np.nan), 3], "D"))
        statistic(name, array([2, 1 + 1j, 1 - 1j, 2 + 1j], "D"))


def products():
    rng = np.random.default_rng(7)

    def matrix(dtype, *shape, layout="C"):
        return array(rng.integers(0 if dtype in "BHIL?" else -4, 5, shape), dtype, layout)

    for name in ["matmul", "dot"]:
        function = getattr(np, name)

        def product(a, b, **keywords):
            record("product", name, [a, b],
                   lambda: function(a.value, b.value, **{k: unwrap(v) for k, v in keywords.items()}), **keywords)

        for dtype in DTYPES:
            product(matrix(dtype, 2, 3, layout=random.choice("CFSRBM")), matrix(dtype, 3, 4, layout=random.choice("CFS")))
            product(matrix(dtype, 3), matrix(dtype, 3))
        product(matrix("d", 3), matrix("d", 3, 2))
        product(matrix("d", 2, 3), matrix("d", 3, layout="S"))
        product(matrix("i", 2, 3), matrix("d", 3, 2))
        product(matrix("d", 2, 3), matrix("d", 4))
        product(matrix("d", 2, 2, 3), matrix("d", 3, 2))
        product(matrix("d", 2, 2, 3), matrix("d", 2, 3, 2))
        product(matrix("d", 4, 1, 2, 3), matrix("d", 2, 3, 2))
        product(matrix("d", 2, 2, 3), matrix("d", 3, 3, 4))
        product(matrix("d", 2, 3), matrix("d", 2, 4, 5))
        product(matrix("d", 2, 3), matrix("d", 2, 3, 5))
        product(matrix("d", 3), matrix("d", 2, 3, 5))
        product(matrix("d", 2, 2, 3), matrix("d", 3))
        product(matrix("d", 2, 0), matrix("d", 0, 3))
        product(matrix("d", 0, 2), matrix("d", 2, 3))
        product(matrix("d", 2, 3), matrix("d"))
        product(matrix("d"), matrix("d", 2, 3))
        product(matrix("d", 2, 3), matrix("d", 3, 4), out=matrix("d", 2, 4))
        product(matrix("d", 2, 3), matrix("d", 3, 4), out=matrix("d", 2, 5))
        product(matrix("d", 2, 3), matrix("d", 3, 4), out=matrix("i", 2, 4))
        product(matrix("d", 2, 3), matrix("d", 3, 4), out=matrix("d", 2, 2, 4))
        product(matrix("i", 40, 30), matrix("i", 30, 20, layout="F"))
        product(matrix("d", 24, 30), matrix("d", 30, 20, layout="F"))
        product(array([np.inf, 1], "d"), array([0, 1], "d"))
        product(array([1e308, 1e308], "d"), array([10, 1], "d"))


def places():
    """reduceat, outer and at, whose indices are plain."""
    for name in ["add", "multiply", "maximum", "subtract", "logical_or"]:
        for dtype in "bdF?":
            data = array((np.arange(24) % 7).reshape(3, 8), dtype, random.choice("CFSR"))
            for axis, indices in [(1, [0, 4, 1, 5]), (0, [0, 2]), (1, [7, 0]), (1, [0, 8]), (0, [-1]), (1, [])]:
                record("reduceat", name, [data], lambda: getattr(np, name).reduceat(data.value, np.array(indices, "l"), axis),
                       axis=axis, indices=",".join(map(str, indices)))
        a, b = array([[1, 2], [3, 4]], "l"), array([0.5, 2, 8], "d")
        record("outer", name, [a, b], lambda: getattr(np, name).outer(a.value, b.value))
        record("outer", name, [a, pyint(3)], lambda: getattr(np, name).outer(a.value, 3))
        for dtype in "bldf":
            target = array([1, 2, 3, 4], dtype)

            def at(second, target=target, name=name):
                getattr(np, name).at(target.value, [0, 0, 3, 0], second.value)
                return target.value

            for second in [pyint(2), pyfloat(1.5), array([1, 2, 3, 4], "l"), array([0.5], "d")]:
                fresh = array([1, 2, 3, 4], dtype)
                record("at", name, [fresh, second], lambda: at(second, fresh), indices="0,0,3,0")


types_table()
unary_calls()
binary_calls()
clip_calls()
operator_calls()
reductions()
statistics()
products()
places()
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ufunc.txt")
with open(path, "w") as file:
    file.write(f"NumPy {np.__version__}\n")
    file.write("\n".join(OUT) + "\n")
print(len(OUT), "calls,", os.path.getsize(path), "bytes")
