//! Coordinates of grids, and the objects that are subscripted instead of called: `meshgrid`, `mgrid`, `r_`, `s_`, ...

use super::ranges::linspace;
use super::{CopyMode, array, dtype_argument};
use crate::array::arrange::concatenate;
use crate::array::cast::{self, Casting, Operand};
use crate::array::layout::transpose::{expand_dims, swapaxes, transpose};
use crate::array::printing::PrintOptions;
use crate::array::select::nonzero;
use crate::array::{ArrayRef, DType, NdArray, Order, Scalar, Type, assign, copy};
use crate::error::{Result, attribute_error, not_implemented_error, type_error, value_error};
use crate::numpy::calls::{add, call_array, divide, multiply, subtract};
use crate::numpy::coercion::{array_from, default_scalar};
use crate::registry::{Arguments, Constant, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Object, Slice, Value, as_bool, as_f64, as_str, classes, lengths, shape_of};
use std::any::Any;

/// A view with length-1 axes around, so that the one axis of `array` becomes axis `place` of `ndim`.
fn open(array: &ArrayRef, place: usize, ndim: usize) -> Result<ArrayRef> {
    let others: Vec<isize> = (0..ndim as isize).filter(|&axis| axis != place as isize).collect();
    let layout = expand_dims(&array.layout(), &others)?;
    Ok(NdArray::view(array, layout))
}

fn run_meshgrid(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let indexing_value = arguments.get("indexing");
    let indexing = as_str(&indexing_value, "indexing")?;
    if indexing != "xy" && indexing != "ij" {
        return Err(value_error("Valid values for `indexing` are 'xy' and 'ij'.").at_argument("indexing"));
    }
    let given = arguments.rest("xi");
    let ndim = given.len();
    let mut grids = Vec::with_capacity(ndim);
    for (number, value) in given.iter().enumerate() {
        let source = array_from(context, value, None)?;
        let line = crate::numpy::manipulation::shape::reshape(context, &source, &[-1], Order::C, CopyMode::IfNeeded)?;
        let place = if indexing == "xy" && ndim > 1 && number < 2 { 1 - number } else { number };
        grids.push(open(&line, place, ndim)?);
    }
    let mut grids: Vec<Value> = grids.into_iter().map(Value::Array).collect();
    if !as_bool(&arguments.get("sparse"))? && ndim > 0 {
        let full = crate::numpy::calls::call(context, "np.broadcast_arrays", grids, [])?;
        grids = crate::value::iterate(&full)?.collect::<Result<_>>()?;
    }
    if as_bool(&arguments.get("copy"))? {
        for grid in &mut grids {
            if let Value::Array(view) = grid {
                *grid = copy::copy(&context.runtime, view, Order::C)?.into();
            }
        }
    }
    Ok(Value::tuple(grids))
}

/// `np.indices(lengths, dtype)`.
fn indices(context: &mut Context, lengths: &[usize], dtype: &DType) -> Result<ArrayRef> {
    let shape: Vec<usize> = std::iter::once(lengths.len()).chain(lengths.iter().copied()).collect();
    let result = NdArray::zeros(&context.runtime, dtype.clone(), &shape, Order::C)?;
    for (axis, &length) in lengths.iter().enumerate() {
        let line = super::ranges::counted(context, length, dtype, Scalar::Int8(0), Scalar::Int8(1))?;
        let line = open(&line, axis, lengths.len())?;
        assign::copy_into(&context.runtime, &entry(&result, axis), &line, None, Casting::Unsafe)?;
    }
    Ok(result)
}

/// `array[i]`, as a view.
fn entry(array: &ArrayRef, i: usize) -> ArrayRef {
    let mut layout = array.layout().clone();
    layout.offset = layout.offset.wrapping_add_signed(layout.strides[0].wrapping_mul(i as isize));
    layout.shape.remove(0);
    layout.strides.remove(0);
    NdArray::view(array, layout)
}

fn run_indices(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dimensions = arguments.get("dimensions");
    if matches!(dimensions, Value::Int(_)) {
        return Err(type_error("'int' object is not iterable").at_argument("dimensions"));
    }
    let lengths = shape_of(&dimensions).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("dimensions"))?;
    let dtype = dtype_argument(context, arguments)?.unwrap_or(Type::Int64.into());
    if !as_bool(&arguments.get("sparse"))? {
        return indices(context, &lengths, &dtype).map(Value::Array);
    }
    let mut lines = Vec::new();
    for (axis, &length) in lengths.iter().enumerate() {
        let line = super::ranges::counted(context, length, &dtype, Scalar::Int8(0), Scalar::Int8(1))?;
        lines.push(open(&line, axis, lengths.len())?.into());
    }
    Ok(Value::tuple(lines))
}

fn run_ix(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let given = arguments.rest("args");
    let mut result = Vec::new();
    for (place, value) in given.iter().enumerate() {
        let mut line = array_from(context, value, None)?;
        if line.size() == 0 && !matches!(value, Value::Array(_)) {
            line = copy::astype(&context.runtime, &line, &Type::Int64.into(), Order::K, Casting::Unsafe, true)?;
        }
        if line.ndim() != 1 {
            return Err(value_error("Cross index must be 1 dimensional"));
        }
        if line.dtype().ty() == Type::Bool
            && let Some(places) = nonzero(&context.runtime, &line)?.into_iter().next()
        {
            line = places;
        }
        result.push(open(&line, place, given.len())?.into());
    }
    Ok(Value::tuple(result))
}

/// The parts of a slice as numbers: a missing start is 0, a missing step 1.
fn parts(item: &Value) -> Result<(Value, Value, Value)> {
    let Value::Slice(slice) = item else {
        return Err(attribute_error(format!("'{}' object has no attribute 'step'", item.type_name())));
    };
    let or = |value: &Value, default: i64| if value.is_none() { Value::int(default) } else { value.clone() };
    let Slice { start, stop, step } = &**slice;
    Ok((or(start, 0), stop.clone(), or(step, 1)))
}

/// The number of points, where a step is complex: `5j` asks for five.
fn points(step: &Value) -> Option<f64> {
    match step {
        Value::Complex(step) => Some(step.norm()),
        Value::Scalar(step) if step.ty().is_complex() => Some(step.as_complex().norm()),
        _ => None,
    }
}

/// The common type of numbers, Python's being weak, and of an int at least.
fn common_type(values: &[Value]) -> Result<DType> {
    let operands: Vec<Operand> = values
        .iter()
        .map(|value| match value {
            Value::Float(_) => Operand::Float,
            Value::Complex(_) => Operand::Complex,
            other => match default_scalar(other) {
                Some(scalar) if matches!(other, Value::Scalar(_)) => scalar.ty().into(),
                _ => Operand::Int,
            },
        })
        .collect();
    Ok(cast::result_type(&operands)?.into())
}

/// `np.mgrid` and `np.ogrid` (`nd_grid`, _index_tricks_impl.py).
struct Grid {
    sparse: bool,
}

impl Grid {
    fn along_many(&self, context: &mut Context, items: &[Value]) -> Result<Value> {
        let (mut sizes, mut numbers) = (Vec::new(), vec![Value::int(0)]);
        for item in items {
            let (start, stop, step) = parts(item)?;
            let (size, step) = match points(&step) {
                Some(count) => (count, Value::Float(count)),
                None => {
                    let (a, b) = (as_f64(&start)?, as_f64(&stop)?);
                    (((b - a) / as_f64(&step)?).ceil(), step)
                }
            };
            sizes.push(size.max(0.0) as usize);
            numbers.extend([start, stop, step]);
        }
        let dtype = common_type(&numbers)?;
        let dense = match self.sparse {
            true => None,
            false => Some(indices(context, &sizes, &dtype)?),
        };
        let mut lines = Vec::new();
        for (axis, (item, &size)) in items.iter().zip(&sizes).enumerate() {
            let (start, stop, step) = parts(item)?;
            let step = match points(&step) {
                Some(count) if count as i64 != 1 => {
                    let span = subtract(context, stop, start.clone())?;
                    divide(context, span, Value::Float(count.trunc() - 1.0))?
                }
                Some(_) => Value::int(1),
                None => step,
            };
            let counted = match &dense {
                Some(dense) => entry(dense, axis),
                None => super::ranges::counted(context, size, &dtype, Scalar::Int8(0), Scalar::Int8(1))?,
            };
            let scaled = multiply(context, counted.clone().into(), step)?;
            let shifted = add(context, scaled, start)?;
            match &dense {
                Some(_) => super::filled::fill_with(context, &counted, &shifted)?,
                None => {
                    let line = array_from(context, &shifted, None)?;
                    // by np.newaxis, whose stride is 0
                    let mut layout = line.layout().clone();
                    let (length, stride) = (layout.shape[0], layout.strides[0]);
                    layout.shape = smallvec::SmallVec::from_elem(1, items.len());
                    layout.strides = smallvec::SmallVec::from_elem(0, items.len());
                    (layout.shape[axis], layout.strides[axis]) = (length, stride);
                    lines.push(NdArray::view(&line, layout).into());
                }
            }
        }
        Ok(dense.map_or_else(|| Value::tuple(lines), Value::Array))
    }

    fn along_one(&self, context: &mut Context, item: &Value) -> Result<Value> {
        let (start, stop, step) = parts(item)?;
        let Some(count) = points(&step) else {
            return call_array(context, "np.arange", vec![start, stop, step], []).map(Value::Array);
        };
        let length = count as usize;
        let step = match length {
            1 => Value::int(1),
            _ => {
                let span = subtract(context, stop.clone(), start.clone())?;
                divide(context, span, Value::Float(length as f64 - 1.0))?
            }
        };
        let dtype = common_type(&[start.clone(), stop, Value::Float(count)])?;
        let counted = super::ranges::counted(context, length, &dtype, Scalar::Int8(0), Scalar::Int8(1))?;
        let scaled = multiply(context, counted.into(), step)?;
        add(context, scaled, start)
    }
}

impl Object for Grid {
    fn class(&self) -> &'static Class {
        if self.sparse { &classes::OGRID } else { &classes::MGRID }
    }

    fn repr(&self, _: &PrintOptions) -> String {
        object_repr(self.class(), std::ptr::from_ref(self) as usize)
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        match index {
            Value::Tuple(items) => self.along_many(context, items),
            single => self.along_one(context, single),
        }
    }

    fn length(&self) -> Option<usize> {
        Some(0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn object_repr(class: &Class, address: usize) -> String {
    format!("<{} object at 0x{address:x}>", class.qualified())
}

/// `np.r_` and `np.c_` (`AxisConcatenator`).
struct Concatenator {
    axis: isize,
    ndmin: usize,
    /// Where the axes of what has too few go; -1: behind the new ones.
    trans1d: isize,
}

impl Concatenator {
    /// What a directive such as `'0,2'` sets.
    fn directed(&self, text: &str) -> Result<Concatenator> {
        let unknown = |full: bool| {
            value_error(if full {
                format!("unknown special directive '{text}'")
            } else {
                "unknown special directive".into()
            })
        };
        if text == "r" || text == "c" {
            return Err(not_implemented_error("ndsh has no np.matrix").help("np.atleast_2d(np.r_[...]) makes a row"));
        }
        let whole = |part: &str| part.trim().parse::<isize>();
        if !text.contains(',') {
            return Ok(Concatenator { axis: whole(text).map_err(|_| unknown(false))?, ..*self });
        }
        let numbers: Vec<isize> = text.split(',').map(whole).collect::<Result<_, _>>().map_err(|_| unknown(true))?;
        match *numbers {
            [axis, ndmin] => Ok(Concatenator { axis, ndmin: ndmin.max(0) as usize, ..*self }),
            [axis, ndmin, trans1d, ..] => Ok(Concatenator { axis, ndmin: ndmin.max(0) as usize, trans1d }),
            _ => Err(unknown(true)),
        }
    }

    fn of_slice(&self, context: &mut Context, item: &Value) -> Result<ArrayRef> {
        let (start, stop, step) = parts(item)?;
        let line = match points(&step) {
            Some(count) => linspace(context, (&start, &stop), count as usize, true, None, 0)?.values,
            None => call_array(context, "np.arange", vec![start, stop, step], [])?,
        };
        if self.ndmin <= 1 {
            return Ok(line);
        }
        let wide = array(context, &line.into(), None, CopyMode::IfNeeded, Order::K, self.ndmin)?;
        if self.trans1d == -1 {
            return Ok(wide);
        }
        let swapped = swapaxes(&wide.layout(), -1, self.trans1d)?;
        Ok(NdArray::view(&wide, swapped))
    }

    fn of_array(&self, context: &mut Context, item: &Value) -> Result<ArrayRef> {
        let given = array_from(context, item, None)?.ndim();
        let wide = array(context, item, None, CopyMode::IfNeeded, Order::K, self.ndmin)?;
        if self.trans1d == -1 || given >= self.ndmin {
            return Ok(wide);
        }
        let new = (self.ndmin - given) as isize;
        let at = if self.trans1d < 0 { self.trans1d + new + 1 } else { self.trans1d };
        let (at, new, all) = (at.clamp(0, self.ndmin as isize), new, self.ndmin as isize);
        let axes: Vec<isize> = (0..at).chain(new..all).chain(at..new).collect();
        let turned = transpose(&wide.layout(), Some(&axes))?;
        Ok(NdArray::view(&wide, turned))
    }
}

impl Object for Concatenator {
    fn class(&self) -> &'static Class {
        if self.ndmin == 1 { &classes::R_CLASS } else { &classes::C_CLASS }
    }

    fn repr(&self, _: &PrintOptions) -> String {
        object_repr(self.class(), std::ptr::from_ref(self) as usize)
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let items = match index {
            Value::Tuple(items) => items.to_vec(),
            single => vec![single.clone()],
        };
        let mut how = Concatenator { ..*self };
        let mut found: Vec<(Value, Operand)> = Vec::new();
        for (number, item) in items.iter().enumerate() {
            match item {
                Value::Str(_) if number > 0 => {
                    return Err(value_error("special directives must be the first entry.").at_index(number));
                }
                Value::Str(text) => how = how.directed(text).map_err(|e| e.at_index(number))?,
                Value::Slice(_) => {
                    let line = how.of_slice(context, item).map_err(|e| e.at_index(number))?;
                    let ty = line.dtype().ty();
                    found.push((line.into(), ty.into()));
                }
                Value::Int(_) => found.push((item.clone(), Operand::Int)),
                Value::Float(_) => found.push((item.clone(), Operand::Float)),
                Value::Complex(_) => found.push((item.clone(), Operand::Complex)),
                Value::Bool(_) => found.push((item.clone(), Type::Bool.into())),
                Value::Scalar(scalar) => found.push((item.clone(), scalar.ty().into())),
                other => {
                    let part = how.of_array(context, other).map_err(|e| e.at_index(number))?;
                    let ty = part.dtype().ty();
                    found.push((part.into(), ty.into()));
                }
            }
        }
        let operands: Vec<Operand> = found.iter().map(|(_, operand)| *operand).collect();
        let mut arrays = Vec::new();
        if !operands.is_empty() {
            let dtype: DType = cast::result_type(&operands)?.into();
            for (value, _) in &found {
                arrays.push(array(context, value, Some(&dtype), CopyMode::IfNeeded, Order::K, how.ndmin)?);
            }
        }
        concatenate(&context.runtime, &arrays, Some(how.axis), None, Casting::SameKind, None).map(Value::Array)
    }

    fn length(&self) -> Option<usize> {
        Some(0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `np.s_` and `np.index_exp`: give back what stands between the brackets.
struct IndexExpression {
    always_tuple: bool,
}

impl Object for IndexExpression {
    fn class(&self) -> &'static Class {
        &classes::INDEX_EXPRESSION
    }

    fn repr(&self, _: &PrintOptions) -> String {
        object_repr(self.class(), std::ptr::from_ref(self) as usize)
    }

    fn item(&self, _: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        Ok(match index {
            Value::Tuple(_) => index.clone(),
            single if self.always_tuple => Value::tuple([single.clone()]),
            single => single.clone(),
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.meshgrid",
            signature: "(*xi, copy=True, sparse=False, indexing='xy')",
            method: None,
            summary: "Coordinate arrays of the grid that these axes span.",
            memory: MemoryRule::New,
            notes: "By default every coordinate is stored for every point. sparse=True keeps one axis each and leaves the \
                    rest to broadcasting; copy=False gives views with strides of 0.",
            example: "\
>>> x, y = np.meshgrid([1, 2, 3], [10, 20])
>>> x
array([[1, 2, 3],
       [1, 2, 3]])
>>> y
array([[10, 10, 10],
       [20, 20, 20]])
>>> a = np.arange(3)
>>> np.shares_memory(a, np.meshgrid(a, [1, 2], copy=False)[0])
True
>>> np.meshgrid(a, [1, 2], copy=False)[0].strides
(0, 8)
>>> np.shares_memory(a, np.meshgrid(a, [1, 2])[0])
False
",
            see_also: &["np.mgrid", "np.ogrid", "np.indices", "np.ix_"],
            run: Run::Call(run_meshgrid),
        },
        Function {
            name: "np.indices",
            signature: "(dimensions, dtype=int, sparse=False)",
            method: None,
            summary: "A new array of the indices of a grid: one array for each axis.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.indices((2, 3))
array([[[0, 0, 0],
        [1, 1, 1]],

       [[0, 1, 2],
        [0, 1, 2]]])
>>> np.indices((2, 3), sparse=True)
(array([[0],
       [1]]), array([[0, 1, 2]]))
",
            see_also: &["np.mgrid", "np.meshgrid"],
            run: Run::Call(run_indices),
        },
        Function {
            name: "np.ix_",
            signature: "(*args)",
            method: None,
            summary: "One-dimensional indices made to span a grid: a[np.ix_(rows, columns)].",
            memory: MemoryRule::ViewIfPossible,
            notes: "The indices are views; what is taken with them is a copy.",
            example: "\
>>> a = np.arange(10).reshape(2, 5)
>>> rows = np.array([0, 1])
>>> i = np.ix_(rows, [2, 4])
>>> np.shares_memory(rows, i[0])
True
>>> i[0].shape, i[1].shape
((2, 1), (1, 2))
>>> a[i]
array([[2, 4],
       [7, 9]])
>>> np.shares_memory(a, a[i])
False
",
            see_also: &["np.meshgrid", "np.ogrid", "np.take"],
            run: Run::Call(run_ix),
        },
    ],
    attributes: &[],
    constants: &[
        Constant {
            name: "np.mgrid",
            summary: "np.mgrid[0:3, 0:2]: the coordinates of a grid, all points stored.",
            value: || Value::object(Grid { sparse: false }),
        },
        Constant {
            name: "np.ogrid",
            summary: "np.ogrid[0:3, 0:2]: the coordinates of a grid, one axis each.",
            value: || Value::object(Grid { sparse: true }),
        },
        Constant {
            name: "np.r_",
            summary: "np.r_[1:4, 0, a]: slices, numbers and arrays joined along the first axis.",
            value: || Value::object(Concatenator { axis: 0, ndmin: 1, trans1d: -1 }),
        },
        Constant {
            name: "np.c_",
            summary: "np.c_[a, b]: one-dimensional arrays as columns.",
            value: || Value::object(Concatenator { axis: -1, ndmin: 2, trans1d: 0 }),
        },
        Constant {
            name: "np.s_",
            summary: "np.s_[1:3]: the slice itself, to keep an index for later.",
            value: || Value::object(IndexExpression { always_tuple: false }),
        },
        Constant {
            name: "np.index_exp",
            summary: "np.index_exp[1:3]: as np.s_, but always a tuple.",
            value: || Value::object(IndexExpression { always_tuple: true }),
        },
    ],
    aliases: &[],
    classes: &[],
};
