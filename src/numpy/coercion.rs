//! What NumPy makes of a Python value: an array, an operand of a universal function, a dtype.
//!
//! As `PyArray_DiscoverDTypeAndShape` (array_coercion.c): nested sequences give the shape, the promotion of all
//! that is found in them the dtype.

use crate::array::cast::promote_dtypes;
use crate::array::layout::Shape;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Scalar, Type, assign};
use crate::error::{Result, overflow_error, type_error, value_error};
use crate::registry::Context;
use crate::ufunc::Operand;
use crate::value::{Int, Value, entry, iterate};
use std::rc::Rc;

/// The operand that a value is: an array, a NumPy scalar, or one of Python's numbers, whose dtype is weak (NEP 50).
///
/// # Errors
/// Those of [`array_from`].
pub fn operand(context: &mut Context, value: Value) -> Result<Operand> {
    Ok(match value {
        Value::Array(array) => Operand::Array(array),
        Value::Scalar(scalar) => Operand::Scalar(scalar),
        Value::Bool(truth) => Operand::Scalar(Scalar::Bool(truth)),
        Value::Int(int) => Operand::Int(int.to_big()),
        Value::Float(float) => Operand::Float(float),
        Value::Complex(complex) => Operand::Complex(complex),
        other => Operand::Array(array_from(context, &other, None)?),
    })
}

/// The type names of two operands in a message about an object loop: an array's are those of its elements.
pub fn operand_kinds(a: &Value, b: &Value) -> (String, String) {
    let name = |value: &Value| match value {
        Value::Array(array) => {
            let ty = array.dtype().ty();
            match ty {
                Type::Bool => "bool".to_string(),
                _ if ty.is_integer() => "int".to_string(),
                _ if ty.is_complex() => "complex".to_string(),
                _ => "float".to_string(),
            }
        }
        other => other.class().qualified(),
    };
    (name(a), name(b))
}

/// One leaf of a nested sequence.
enum Leaf {
    Scalar(Scalar),
    /// An int that no 64-bit type holds.
    TooBig,
    Array(ArrayRef),
}

/// What walking a nested sequence finds.
struct Discovery {
    shape: Option<Shape>,
    leaves: Vec<Leaf>,
    dtype: Option<DType>,
    ragged: Option<usize>,
}

/// The scalar a Python number is by default: `int64` (or `uint64`), `float64`, `complex128`, `bool`.
pub fn default_scalar(value: &Value) -> Option<Scalar> {
    Some(match value {
        Value::Bool(v) => Scalar::Bool(*v),
        Value::Int(Int::Small(v)) => Scalar::Int64(*v),
        Value::Int(v) => Scalar::UInt64(u64::try_from(v.to_i128()?).ok()?),
        Value::Float(v) => Scalar::Float64(*v),
        Value::Complex(v) => Scalar::Complex128(*v),
        Value::Scalar(v) => *v,
        _ => return None,
    })
}

impl Discovery {
    fn add_dtype(&mut self, dtype: DType) -> Result<()> {
        self.dtype = Some(match self.dtype.take() {
            None => dtype,
            Some(before) if before == dtype => before,
            Some(before) => promote_dtypes(&before, &dtype),
        });
        Ok(())
    }

    /// A leaf at `depth` with the shape `rest` below it.
    fn fits(&mut self, path: &[usize], rest: &[usize]) -> bool {
        let found: Shape = path.iter().chain(rest).copied().collect();
        match &self.shape {
            None => {
                self.shape = Some(found);
                true
            }
            Some(shape) => *shape == found,
        }
    }

    fn walk(
        &mut self,
        context: &mut Context,
        value: &Value,
        path: &mut Vec<usize>,
        dtype: Option<&DType>,
    ) -> Result<()> {
        crate::interrupt::check()?;
        if path.len() > crate::array::layout::MAX_DIMS {
            return Err(value_error(
                "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 64.",
            ));
        }
        if let Some(scalar) = default_scalar(value) {
            // A Python number given a dtype is converted straight to it, with NEP 50's range check.
            let scalar = match (dtype, value) {
                (Some(dtype), Value::Int(int)) => python_int(int, dtype.ty())?,
                _ => scalar,
            };
            self.add_dtype(scalar.dtype())?;
            self.leaves.push(Leaf::Scalar(scalar));
            if !self.fits(path, &[]) {
                self.ragged.get_or_insert(path.len());
            }
            return Ok(());
        }
        let items: Vec<Value> = match value {
            Value::Int(int) => {
                if let Some(dtype) = dtype {
                    let scalar = python_int(int, dtype.ty())?;
                    self.leaves.push(Leaf::Scalar(scalar));
                } else {
                    self.leaves.push(Leaf::TooBig);
                }
                if !self.fits(path, &[]) {
                    self.ragged.get_or_insert(path.len());
                }
                return Ok(());
            }
            Value::Array(array) => {
                self.add_dtype(array.dtype())?;
                if !self.fits(path, &array.shape()) {
                    self.ragged.get_or_insert(path.len());
                }
                self.leaves.push(Leaf::Array(Rc::clone(array)));
                return Ok(());
            }
            Value::List(list) => list.to_vec(),
            Value::Tuple(items) => items.to_vec(),
            Value::Range(_) => iterate(value)?.collect::<Result<_>>()?,
            Value::Object(object) => match Rc::clone(object).as_array(context) {
                Some(array) => {
                    let array = Value::Array(array?);
                    return self.walk(context, &array, path, dtype);
                }
                None => return Err(not_numeric(context, value)),
            },
            other => return Err(not_numeric(context, other)),
        };
        if items.is_empty() && !self.fits(path, &[0]) {
            self.ragged.get_or_insert(path.len());
        }
        path.push(items.len());
        for item in &items {
            self.walk(context, item, path, dtype)?;
        }
        path.pop();
        Ok(())
    }
}

/// A Python int as an element of type `ty`, refused where it does not fit (NEP 50).
///
/// # Errors
/// `OverflowError: Python integer 300 out of bounds for uint8`.
pub fn python_int(int: &Int, ty: Type) -> Result<Scalar> {
    let exact = int.to_i128().map(|n| Scalar::exact(n, ty));
    match exact {
        Some(Some(scalar)) => Ok(scalar),
        _ if ty == Type::Bool => Ok(Scalar::Bool(!int.is_zero())),
        _ if ty.is_inexact() => Ok(Scalar::Float64(int.to_f64()).cast(ty)),
        _ => Err(overflow_error(format!("Python integer {int} out of bounds for {}", ty.name()))),
    }
}

fn not_numeric(context: &Context, value: &Value) -> crate::error::Error {
    type_error(format!(
        "ndsh has no arrays of objects yet: {} is a {}",
        crate::value::repr(value, &context.print_options),
        value.type_name()
    ))
}

/// The array NumPy makes of a value (`np.asarray(value, dtype)`): an array as it is where it fits, else new.
///
/// # Errors
/// `ValueError` for ragged nesting, `TypeError` for what is no number, `OverflowError` for ints out of range.
pub fn array_from(context: &mut Context, value: &Value, dtype: Option<&DType>) -> Result<ArrayRef> {
    if let Value::Array(array) = value {
        if dtype.is_none_or(|dtype| *dtype == array.dtype()) {
            return Ok(Rc::clone(array));
        }
    }
    let mut found = Discovery { shape: None, leaves: Vec::new(), dtype: None, ragged: None };
    found.walk(context, value, &mut Vec::new(), dtype)?;
    if let Some(depth) = found.ragged {
        let shape: Vec<String> = found.shape.iter().flatten().take(depth.max(1)).map(usize::to_string).collect();
        let comma = if shape.len() == 1 { "," } else { "" };
        return Err(value_error(format!(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after {} dimensions. The detected shape was ({}{comma}) + inhomogeneous part.",
            shape.len(),
            shape.join(", ")
        )));
    }
    if found.leaves.iter().any(|leaf| matches!(leaf, Leaf::TooBig)) {
        return Err(type_error("ndsh has no arrays of objects yet: an int is too large for int64 and uint64"));
    }
    let dtype = dtype.cloned().or(found.dtype).unwrap_or_else(|| Type::Float64.into());
    let shape = found.shape.unwrap_or_default();
    let array = NdArray::zeros(&context.runtime, dtype.clone(), &shape, Order::C)?;
    let buffer = array.buffer();
    let mut offset = 0;
    for leaf in found.leaves {
        match leaf {
            Leaf::Scalar(scalar) => {
                scalar.write(&buffer, offset, &dtype);
                offset += dtype.itemsize();
            }
            Leaf::Array(source) => {
                let shape = source.shape();
                let part = Layout { offset, ..Layout::contiguous(dtype.clone(), &shape, Order::C) };
                let bytes = part.nbytes();
                assign::assign(&context.runtime, &NdArray::view(&array, part), &source)?;
                offset += bytes;
            }
            Leaf::TooBig => {}
        }
    }
    Ok(array)
}

/// The array of a value that is to be stored in an array of `dtype`: Python's numbers take that dtype at once.
///
/// # Errors
/// As [`array_from`].
pub fn array_like(context: &mut Context, value: &Value, dtype: &DType) -> Result<ArrayRef> {
    match value {
        Value::Array(array) => Ok(Rc::clone(array)),
        Value::Scalar(scalar) => scratch(context, *scalar),
        Value::Int(int) => {
            let scalar = python_int(int, dtype.ty())?;
            scratch(context, scalar)
        }
        Value::Complex(_) if !dtype.ty().is_complex() => {
            let to = if dtype.ty().is_integer() { "int" } else { "float" };
            Err(type_error(format!("{to}() argument must be a string or a real number, not 'complex'")))
        }
        Value::Float(float) if dtype.ty().is_integer() && !float.is_finite() => {
            let what = if float.is_nan() { "float NaN" } else { "float infinity" };
            let message = format!("cannot convert {what} to integer");
            Err(if float.is_nan() { value_error(message) } else { overflow_error(message) })
        }
        other => match default_scalar(other) {
            Some(scalar) => scratch(context, scalar),
            None => array_from(context, other, None),
        },
    }
}

/// A 0-d array that stands for a Python number for a moment: not counted by the ledger.
fn scratch(context: &mut Context, scalar: Scalar) -> Result<ArrayRef> {
    let dtype = scalar.dtype();
    let bytes = crate::memory::AlignedBytes::copied(&scalar.to_bytes(&dtype)[..dtype.itemsize()]);
    match bytes {
        Some(bytes) => {
            let bytes = Rc::new(bytes);
            let buffer = context.runtime.ledger.scratch(Rc::clone(&bytes));
            Ok(NdArray::over(Layout::contiguous(dtype, &[], Order::C), buffer, bytes, false))
        }
        None => NdArray::from_scalar(&context.runtime, scalar),
    }
}

/// The items of a sequence along the first axis, as values.
///
/// # Errors
/// Those of iterating the value.
pub fn sequence(value: &Value) -> Result<Vec<Value>> {
    match value {
        Value::Array(array) if array.ndim() > 0 => Ok((0..array.layout().shape[0]).map(|i| entry(array, i)).collect()),
        other => iterate(other)?.collect(),
    }
}
