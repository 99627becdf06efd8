//! New arrays told by their diagonals: `eye`, `diag`, `tri`, `tril`, `triu`, `vander`.

use super::{check_device_and_like, dtype_argument};
use crate::array::cast::{Casting, promote_types};
use crate::array::layout::transpose::diagonal;
use crate::array::layout::{Layout, Slice};
use crate::array::{ArrayRef, CopyReason, DType, NdArray, Order, Rearranged, Scalar, Type, assign, copy, select};
use crate::error::{Result, type_error, value_error};
use crate::numpy::calls::{array_argument, ufunc_into};
use crate::numpy::dtypes::as_order;
use crate::numpy::manipulation::axes::flip;
use crate::numpy::manipulation::shape::flattened;
use crate::numpy::manipulation::splitting::slice_along;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_bool, as_index};

fn k_argument(arguments: &Arguments) -> Result<isize> {
    as_index(&arguments.get("k")).map_err(|e| e.at_argument("k"))
}

fn length(value: &Value, name: &str) -> Result<usize> {
    let length = as_index(value).map_err(|e| e.at_argument(name))?;
    usize::try_from(length).map_err(|_| value_error("negative dimensions are not allowed").at_argument(name))
}

/// A new array of zeros with ones on diagonal `k`.
fn ones_on_diagonal(context: &Context, shape: [usize; 2], k: isize, dtype: DType, order: Order) -> Result<ArrayRef> {
    let array = NdArray::zeros(&context.runtime, dtype, &shape, order)?;
    let line = diagonal(&array.layout(), k, 0, 1)?;
    if line.size() > 0 {
        assign::fill_new(&context.runtime, &NdArray::view(&array, line), Scalar::Int8(1))?;
    }
    Ok(array)
}

/// A new square array with the elements of a one-dimensional one on diagonal `k`.
fn on_diagonal(context: &Context, elements: &ArrayRef, k: isize) -> Result<ArrayRef> {
    let side = elements.size().saturating_add(k.unsigned_abs());
    let square = NdArray::zeros(&context.runtime, elements.dtype(), &[side, side], Order::C)?;
    context.runtime.record_copy(elements, &square, CopyReason::Rearranged(Rearranged::Grown));
    let line = diagonal(&square.layout(), k, 0, 1)?;
    assign::copy_into(&context.runtime, &NdArray::view(&square, line), elements, None, Casting::Unsafe)?;
    Ok(square)
}

/// A new array of bools: true on and below diagonal `k` (`np.tri(rows, columns, k, dtype=bool)`).
fn lower_triangle(context: &Context, rows: usize, columns: usize, k: isize) -> Result<ArrayRef> {
    let mask = NdArray::zeros(&context.runtime, Type::Bool.into(), &[rows, columns], Order::C)?;
    let buffer = mask.buffer();
    for (row, cells) in buffer.cells().chunks(columns.max(1)).enumerate() {
        crate::interrupt::check()?;
        let filled = (row as isize).saturating_add(k).saturating_add(1).clamp(0, columns as isize) as usize;
        cells[..filled].iter().for_each(|cell| cell.set(1));
    }
    Ok(mask)
}

/// `tril` (keeps the lower triangle) and `triu` (clears the one below).
fn triangle(context: &mut Context, arguments: &mut Arguments, keep_lower: bool) -> Result<Value> {
    let array = array_argument(context, arguments, "m")?;
    let k = k_argument(arguments)?;
    let shape = array.shape();
    let (rows, columns) = match shape.as_slice() {
        [] => return Err(type_error("tri() missing 1 required positional argument: 'N'").at_argument("m")),
        [one] => (*one, *one),
        [.., rows, columns] => (*rows, *columns),
    };
    let mask = lower_triangle(context, rows, columns, if keep_lower { k } else { k.saturating_sub(1) })?;
    let dtype = array.dtype();
    let zero = NdArray::zeros(&context.runtime, dtype.clone(), &[1], Order::C)?;
    let (x, y) = if keep_lower { (&array, &zero) } else { (&zero, &array) };
    select::where_(&context.runtime, &mask, x, y, &dtype).map(Value::Array)
}

fn run_eye(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let rows = length(&arguments.get("N"), "N")?;
    let columns = match arguments.some("M") {
        Some(columns) => length(columns, "M")?,
        None => rows,
    };
    let k = k_argument(arguments)?;
    let dtype = dtype_argument(context, arguments)?.unwrap_or(Type::Float64.into());
    let order = as_order(&arguments.get("order"))?;
    ones_on_diagonal(context, [rows, columns], k, dtype, order).map(Value::Array)
}

fn run_diag(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "v")?;
    let k = k_argument(arguments)?;
    match array.ndim() {
        1 => on_diagonal(context, &array, k).map(Value::Array),
        2 => {
            let line = diagonal(&array.layout(), k, 0, 1)?;
            let view = NdArray::view(&array, line);
            view.set_writeable(false);
            Ok(view.into())
        }
        _ => Err(value_error("Input must be 1- or 2-d.").at_argument("v")),
    }
}

fn run_tri(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    // unlike np.eye, negative lengths count as 0 here
    let count = |value: &Value, name: &str| as_index(value).map(|n| n.max(0) as usize).map_err(|e| e.at_argument(name));
    let rows = count(&arguments.get("N"), "N")?;
    let columns = match arguments.some("M") {
        Some(columns) => count(columns, "M")?,
        None => rows,
    };
    let dtype = dtype_argument(context, arguments)?.unwrap_or(Type::Float64.into());
    let mask = lower_triangle(context, rows, columns, k_argument(arguments)?)?;
    copy::astype(&context.runtime, &mask, &dtype, Order::K, Casting::Unsafe, false).map(Value::Array)
}

fn run_vander(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let x = array_argument(context, arguments, "x")?;
    if x.ndim() != 1 {
        return Err(value_error("x must be a one-dimensional array or sequence.").at_argument("x"));
    }
    let rows = x.size();
    let columns = match arguments.some("N") {
        Some(columns) => length(columns, "N")?,
        None => rows,
    };
    let dtype: DType = promote_types(x.dtype().ty(), Type::Int64).into();
    let result = NdArray::zeros(&context.runtime, dtype, &[rows, columns], Order::C)?;
    // columns in the order of their powers
    let powers = match as_bool(&arguments.get("increasing"))? {
        true => result.clone(),
        false => NdArray::view(&result, flip(&result.layout(), Some(&[1]))?),
    };
    let column = |number: usize| -> Result<ArrayRef> {
        let slice = Slice { start: Some(number as isize), stop: Some(number as isize + 1), step: None };
        let mut layout: Layout = slice_along(&powers.layout(), 1, slice)?;
        layout.shape.truncate(1);
        layout.strides.truncate(1);
        Ok(NdArray::view(&powers, layout))
    };
    for number in 0..columns {
        let target = column(number)?;
        match number {
            0 => assign::fill_new(&context.runtime, &target, Scalar::Int8(1))?,
            1 => assign::copy_into(&context.runtime, &target, &x, None, Casting::Unsafe)?,
            _ => {
                let recording = context.runtime.ledger.is_recording();
                context.runtime.ledger.set_recording(false);
                let operands = [column(number - 1)?.into(), Value::Array(x.clone())];
                let done = ufunc_into(context, "multiply", operands, &target, Casting::SameKind);
                context.runtime.ledger.set_recording(recording);
                done?;
            }
        }
    }
    Ok(result.into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.eye",
            signature: "(N, M=None, k=0, dtype=float, order='C', *, device=None, like=None)",
            method: None,
            summary: "A new array of zeros with ones on a diagonal.",
            memory: MemoryRule::New,
            notes: "All N * M elements are stored, the zeros too.",
            example: "\
>>> np.eye(2)
array([[1., 0.],
       [0., 1.]])
>>> np.eye(2, 3, k=1, dtype=int)
array([[0, 1, 0],
       [0, 0, 1]])
>>> np.eye(1000).nbytes
8000000
",
            see_also: &["np.identity", "np.diag", "np.tri"],
            run: Run::Call(run_eye),
        },
        Function {
            name: "np.identity",
            signature: "(n, dtype=None, *, like=None)",
            method: None,
            summary: "A new square array of zeros with ones on the main diagonal.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.identity(2)
array([[1., 0.],
       [0., 1.]])
",
            see_also: &["np.eye"],
            run: Run::Call(|context, arguments| {
                check_device_and_like(arguments)?;
                let side = length(&arguments.get("n"), "n")?;
                let dtype = dtype_argument(context, arguments)?.unwrap_or(Type::Float64.into());
                ones_on_diagonal(context, [side, side], 0, dtype, Order::C).map(Value::Array)
            }),
        },
        Function {
            name: "np.diag",
            signature: "(v, k=0)",
            method: None,
            summary: "Of a matrix its diagonal, as a view; of one axis of elements a new matrix with them on the diagonal.",
            memory: MemoryRule::ViewIfPossible,
            notes: "The view is read-only.",
            example: "\
>>> a = np.arange(4).reshape(2, 2)
>>> d = np.diag(a)
>>> d, np.shares_memory(a, d), d.flags.writeable
(array([0, 3]), True, False)
>>> np.diag([1, 2], k=1)
array([[0, 1, 0],
       [0, 0, 2],
       [0, 0, 0]])
",
            see_also: &["np.diagonal", "np.diagflat", "np.eye"],
            run: Run::Call(run_diag),
        },
        Function {
            name: "np.diagflat",
            signature: "(v, k=0)",
            method: None,
            summary: "A new matrix with all elements of an array on a diagonal.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.diagflat([[1, 2], [3, 4]])
array([[1, 0, 0, 0],
       [0, 2, 0, 0],
       [0, 0, 3, 0],
       [0, 0, 0, 4]])
",
            see_also: &["np.diag"],
            run: Run::Call(|context, arguments| {
                let array = array_argument(context, arguments, "v")?;
                let flat = flattened(context, &array, Order::C)?;
                on_diagonal(context, &flat, k_argument(arguments)?).map(Value::Array)
            }),
        },
        Function {
            name: "np.tri",
            signature: "(N, M=None, k=0, dtype=float, *, like=None)",
            method: None,
            summary: "A new array of ones on and below a diagonal, zeros above.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.tri(3, dtype=int)
array([[1, 0, 0],
       [1, 1, 0],
       [1, 1, 1]])
",
            see_also: &["np.tril", "np.triu"],
            run: Run::Call(run_tri),
        },
        Function {
            name: "np.tril",
            signature: "(m, k=0)",
            method: None,
            summary: "A copy with zeros above a diagonal.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> a = np.arange(9).reshape(3, 3)
>>> np.tril(a)
array([[0, 0, 0],
       [3, 4, 0],
       [6, 7, 8]])
>>> np.shares_memory(a, np.tril(a))
False
",
            see_also: &["np.triu", "np.tri"],
            run: Run::Call(|context, arguments| triangle(context, arguments, true)),
        },
        Function {
            name: "np.triu",
            signature: "(m, k=0)",
            method: None,
            summary: "A copy with zeros below a diagonal.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.triu(np.arange(9).reshape(3, 3), k=1)
array([[0, 1, 2],
       [0, 0, 5],
       [0, 0, 0]])
",
            see_also: &["np.tril", "np.tri"],
            run: Run::Call(|context, arguments| triangle(context, arguments, false)),
        },
        Function {
            name: "np.vander",
            signature: "(x, N=None, increasing=False)",
            method: None,
            summary: "A new matrix whose columns are powers of x.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.vander([1, 2, 3])
array([[1, 1, 1],
       [4, 2, 1],
       [9, 3, 1]])
>>> np.vander([1, 2, 3], 2, increasing=True)
array([[1, 1],
       [1, 2],
       [1, 3]])
",
            see_also: &["np.power"],
            run: Run::Call(run_vander),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
