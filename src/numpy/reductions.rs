//! Reductions: what becomes of an array when axes are summed, multiplied or compared away.
//!
//! Each is the `reduce` of a universal function with NumPy's keywords (`_wrapreduction`, fromnumeric.py). A result
//! without axes is a scalar, which owns no buffer.

use super::calls;
use super::coercion::operand;
use super::dtypes::as_dtype;
use crate::array::{ArrayRef, Type};
use crate::error::Result;
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::ufunc::{Axes, ReduceOptions};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[("np.amin", "np.min"), ("np.amax", "np.max")],
    classes: &[],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.sum",
        signature: "(a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: Some(Method {
            name: "ndarray.sum",
            signature: "(axis=None, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
            reader: Reader::Helper("_sum"),
        }),
        summary: "Adds elements, all of them or along axes.",
        memory: MemoryRule::New,
        notes: "The result is new and small: as large as the axes that stay. Nothing as large as `a` is made, not even \
                for `dtype=`: elements are converted in small pieces. Small integers are added as int64, so they do not \
                wrap. Along all axes the result is a scalar.",
        example: r"
>>> a = np.array([[1, 2, 3], [4, 5, 6]])
>>> a.sum()
np.int64(21)
>>> np.sum(a, axis=0)
array([5, 7, 9])
>>> a.sum(axis=1, keepdims=True).shape
(2, 1)
",
        see_also: &["np.prod", "np.cumsum", "np.mean", "np.add"],
        run: Run::Call(|context, arguments| reduction(context, arguments, "add")),
    },
    Function {
        name: "np.prod",
        signature: "(a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: Some(Method {
            name: "ndarray.prod",
            signature: "(axis=None, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
            reader: Reader::Helper("_prod"),
        }),
        summary: "Multiplies elements, all of them or along axes.",
        memory: MemoryRule::New,
        notes: "Integers wrap silently where the product leaves 64 bits.",
        example: r"
>>> np.prod([[1, 2], [3, 4]])
np.int64(24)
>>> np.array([[1, 2], [3, 4]]).prod(axis=1)
array([ 2, 12])
",
        see_also: &["np.sum", "np.cumprod", "np.multiply"],
        run: Run::Call(|context, arguments| reduction(context, arguments, "multiply")),
    },
    Function {
        name: "np.max",
        signature: "(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: Some(Method {
            name: "ndarray.max",
            signature: "(axis=None, out=None, keepdims=False, initial=<no value>, where=True)",
            reader: Reader::Helper("_amax"),
        }),
        summary: "The largest element, of all or along axes; nan where one is nan.",
        memory: MemoryRule::New,
        notes: "There is no largest of no elements, unless `initial` says where to start.",
        example: r"
>>> a = np.array([[3, 1], [2, 5]])
>>> a.max()
np.int64(5)
>>> np.max(a, axis=0)
array([3, 5])
",
        see_also: &["np.min", "np.argmax", "np.maximum", "np.nanmax"],
        run: Run::Call(|context, arguments| reduction(context, arguments, "maximum")),
    },
    Function {
        name: "np.min",
        signature: "(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: Some(Method {
            name: "ndarray.min",
            signature: "(axis=None, out=None, keepdims=False, initial=<no value>, where=True)",
            reader: Reader::Helper("_amin"),
        }),
        summary: "The smallest element, of all or along axes; nan where one is nan.",
        memory: MemoryRule::New,
        notes: "There is no smallest of no elements, unless `initial` says where to start.",
        example: r"
>>> a = np.array([[3, 1], [2, 5]])
>>> a.min()
np.int64(1)
>>> np.min(a, axis=1)
array([1, 2])
",
        see_also: &["np.max", "np.argmin", "np.minimum", "np.nanmin"],
        run: Run::Call(|context, arguments| reduction(context, arguments, "minimum")),
    },
    Function {
        name: "np.any",
        signature: "(a, axis=None, out=None, keepdims=<no value>, *, where=<no value>)",
        method: Some(Method {
            name: "ndarray.any",
            signature: "(axis=None, out=None, keepdims=False, *, where=True)",
            reader: Reader::Helper("_any"),
        }),
        summary: "Whether some element is true (not 0), of all or along axes.",
        memory: MemoryRule::New,
        notes: "Looks at the elements where they are: no array of bools is made of them. `(a > 0).any()` does make one \
                byte an element before.",
        example: r"
>>> np.any([[0, 0], [0, 3]])
np.True_
>>> np.any([[0, 0], [0, 3]], axis=1)
array([False,  True])
",
        see_also: &["np.all", "np.logical_or"],
        run: Run::Call(|context, arguments| reduction(context, arguments, "logical_or")),
    },
    Function {
        name: "np.all",
        signature: "(a, axis=None, out=None, keepdims=<no value>, *, where=<no value>)",
        method: Some(Method {
            name: "ndarray.all",
            signature: "(axis=None, out=None, keepdims=False, *, where=True)",
            reader: Reader::Helper("_all"),
        }),
        summary: "Whether every element is true (not 0), of all or along axes.",
        memory: MemoryRule::New,
        notes: "Looks at the elements where they are: no array of bools is made of them.",
        example: r"
>>> np.all([[1, 2], [0, 3]])
np.False_
>>> np.all([[1, 2], [0, 3]], axis=1)
array([ True, False])
",
        see_also: &["np.any", "np.logical_and"],
        run: Run::Call(|context, arguments| reduction(context, arguments, "logical_and")),
    },
    Function {
        name: "np.count_nonzero",
        signature: "(a, axis=None, *, keepdims=False)",
        method: None,
        summary: "How many elements are not 0, of all or along axes.",
        memory: MemoryRule::New,
        notes: "Along an axis NumPy first makes an array of bools, one byte an element, unless `a` is one.",
        example: r"
>>> a = np.array([[0, 1, 0], [2, 3, 0]])
>>> np.count_nonzero(a)
np.int64(3)
>>> np.count_nonzero(a, axis=0)
array([1, 2, 0])
",
        see_also: &["np.nonzero", "np.sum"],
        run: Run::Call(count_nonzero),
    },
];

/// The keywords that reductions share.
///
/// # Errors
/// `TypeError` for what is no axis, no dtype, no array, no mask.
pub(super) fn reduce_options(context: &mut Context, arguments: &Arguments) -> Result<ReduceOptions> {
    let dtype = match arguments.some("dtype").cloned() {
        Some(dtype) => Some(as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?),
        None => None,
    };
    let initial = match arguments.given("initial").cloned() {
        None => None,
        Some(Value::None) => Some(None),
        Some(value) => Some(Some(operand(context, value).map_err(|e| e.at_argument("initial"))?)),
    };
    let keepdims = match arguments.given("keepdims") {
        None => false,
        Some(Value::Bool(keepdims)) => *keepdims,
        Some(other) => as_index(other).map_err(|e| e.at_argument("keepdims"))? != 0,
    };
    Ok(ReduceOptions {
        axes: calls::axes_argument(arguments)?,
        dtype,
        out: calls::out_argument(arguments)?,
        keepdims,
        initial,
        where_: calls::where_argument(context, arguments)?,
    })
}

fn reduction(context: &mut Context, arguments: &mut Arguments, name: &'static str) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let options = reduce_options(context, arguments)?;
    calls::reduce(context, name, &array, &options).map_err(|e| calls::blame_axis(e, array.ndim()))
}

/// `np.count_nonzero` (numeric.py): without an axis the elements are counted where they are.
fn count_nonzero(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let keepdims = calls::flag(arguments, "keepdims")?;
    let axes = calls::axes_argument(arguments)?;
    if axes == Axes::All && !keepdims {
        return Ok(Value::Scalar(crate::array::Scalar::Int64(count(&array) as i64)));
    }
    let truths = if array.dtype().ty() == Type::Bool {
        array.clone()
    } else {
        let bool_ = Type::Bool.into();
        crate::array::copy::astype(
            &context.runtime,
            &array,
            &bool_,
            crate::array::Order::K,
            crate::array::cast::Casting::Unsafe,
            true,
        )?
    };
    let options = ReduceOptions { axes, keepdims, dtype: Some(Type::Int64.into()), ..ReduceOptions::default() };
    calls::reduce(context, "add", &truths, &options).map_err(|e| calls::blame_axis(e, array.ndim()))
}

/// How many elements are not 0; none where the array is only planned.
pub(super) fn count(array: &ArrayRef) -> usize {
    calls::elements(array).filter(|element| element.is_true()).count()
}
