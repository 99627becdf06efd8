//! What NumPy makes of a Python value: an array, an operand of a universal function, a dtype.
//!
//! As `PyArray_DiscoverDTypeAndShape` (array_coercion.c): nested sequences give the shape, the promotion of all
//! that is found in them the dtype.

use crate::array::calendar::{self, NAT, Parsed};
use crate::array::cast::{Casting, adapted, promote_dtypes, warn_discards_imaginary};
use crate::array::elements::items;
use crate::array::item::number_in_text;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::stretch;
use crate::array::layout::shape_text::array_shape_text;
use crate::array::{ArrayRef, DType, Item, Kind, Layout, NdArray, Order, Scalar, Time, Type, assign, copy};
use crate::error::{ErrorClass, Result, overflow_error, type_error, value_error};
use crate::memory::AlignedBytes;
use crate::registry::Context;
use crate::text::quote::{repr_bytes, repr_str};
use crate::ufunc::Operand;
use crate::value::{
    Int, TimeScalar, Value, array_of_item, entry, iterate, object_item, reference_to, text_item, time_of,
};
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
        other => match other.downcast::<TimeScalar>() {
            Some(TimeScalar(time)) => Operand::Array(scratch_item(context, &Item::Time(*time), time.dtype())?),
            None => Operand::Array(array_from(context, &other, None)?),
        },
    })
}

/// The type names of two operands in a message about an object loop: those of NumPy's are what their elements are in Python.
pub fn operand_kinds(a: &Value, b: &Value) -> (String, String) {
    let name = |value: &Value| {
        let ty = match value {
            Value::Array(array) => array.dtype().ty(),
            Value::Scalar(scalar) => scalar.ty(),
            other => return other.class().qualified(),
        };
        match ty {
            Type::Bool => "bool".to_string(),
            _ if ty.is_integer() => "int".to_string(),
            _ if ty.is_complex() => "complex".to_string(),
            _ => "float".to_string(),
        }
    };
    (name(a), name(b))
}

/// One leaf of a nested sequence.
enum Leaf {
    Scalar(Scalar),
    /// A text, or what a structure is made of.
    Item(Item),
    /// What is an element only of an array of objects: an int that no 64-bit type holds, a dict, `None`.
    Object,
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
    /// A dtype of texts or raw bytes, whose length is not known yet, with room for every leaf.
    fn sized_for(&self, dtype: &DType) -> Result<DType> {
        let mut length = 1;
        for leaf in &self.leaves {
            let own = match leaf {
                Leaf::Scalar(scalar) => Item::Number(*scalar).to_text()?.chars().count(),
                Leaf::Item(Item::Bytes(bytes)) => bytes.len(),
                Leaf::Item(item) => item.to_text()?.chars().count(),
                Leaf::Array(array) => adapted(dtype, &array.dtype()).length(),
                Leaf::Object => 0,
            };
            length = length.max(own);
        }
        Ok(if dtype.ty() == Type::Str {
            DType::text(length).with_swapped(dtype.is_swapped())
        } else {
            DType::sized(dtype.ty(), length)
        })
    }

    fn add_dtype(&mut self, dtype: DType) -> Result<()> {
        self.dtype = Some(match self.dtype.take() {
            None => dtype,
            Some(before) if before == dtype => before,
            Some(before) => promote_dtypes(&before, &dtype)?,
        });
        Ok(())
    }

    /// Notes a leaf: its place in the nesting and its own shape below that. Where the shape is not that of the
    /// leaves before, the nesting is ragged from the first axis that differs.
    fn add_shape(&mut self, path: &[usize], rest: &[usize]) {
        let found: Shape = path.iter().chain(rest).copied().collect();
        match &self.shape {
            None => self.shape = Some(found),
            Some(shape) if *shape == found => {}
            Some(shape) => {
                let common = shape.iter().zip(&found).take_while(|(a, b)| a == b).count();
                self.ragged = Some(self.ragged.map_or(common, |depth| depth.min(common)));
            }
        }
    }

    fn add_object(&mut self, path: &[usize]) -> Result<()> {
        self.leaves.push(Leaf::Object);
        self.add_dtype(Type::Object.into())?;
        self.add_shape(path, &[]);
        Ok(())
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
        if let Some((item, dtype)) = leaf_item(context, value, dtype)? {
            self.add_dtype(dtype)?;
            self.leaves.push(Leaf::Item(item));
            self.add_shape(path, &[]);
            return Ok(());
        }
        if let Some(scalar) = default_scalar(value) {
            // A Python number given a dtype is converted straight to it, with NEP 50's range check.
            // One scalar by itself is cast as C casts.
            let alone = path.is_empty() && matches!(value, Value::Scalar(_));
            let dtype = dtype.filter(|_| !alone);
            let scalar = match dtype.and_then(|dtype| element_of(context, value, dtype.ty())) {
                Some(element) => element?,
                None => scalar,
            };
            self.add_dtype(scalar.dtype())?;
            self.leaves.push(Leaf::Scalar(scalar));
            self.add_shape(path, &[]);
            return Ok(());
        }
        let items: Vec<Value> = match value {
            Value::Int(int) => {
                if let Some(dtype) = dtype {
                    let scalar = python_int(int, dtype.ty())?;
                    self.leaves.push(Leaf::Scalar(scalar));
                    self.add_shape(path, &[]);
                    return Ok(());
                }
                return self.add_object(path);
            }
            Value::Array(array) => {
                self.add_dtype(array.dtype())?;
                self.add_shape(path, &array.shape());
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
                None if dtype.is_none() => return self.add_object(path),
                None => return Err(not_numeric(value, dtype)),
            },
            _ if dtype.is_none() => return self.add_object(path),
            other => return Err(not_numeric(other, dtype)),
        };
        if items.is_empty() {
            self.add_shape(path, &[0]);
        }
        path.push(items.len());
        for item in &items {
            self.walk(context, item, path, dtype)?;
        }
        path.pop();
        Ok(())
    }
}

/// The element that a text is, or that a tuple or a number is as a structure of `dtype`, and the dtype that holds it;
/// nothing for what is neither.
fn leaf_item(context: &mut Context, value: &Value, dtype: Option<&DType>) -> Result<Option<(Item, DType)>> {
    if let Some(time) = time_of(value)
        && dtype.is_none_or(|dtype| dtype.compound().is_none() || dtype.ty().is_time())
    {
        return Ok(Some((Item::Time(time), time.dtype())));
    }
    if let Some(dtype) = dtype.filter(|dtype| dtype.ty().is_time()) {
        warn_timezone(context, value);
        return Ok(time_item(value, dtype)?.map(|time| (Item::Time(time), time.dtype())));
    }
    match (text_item(value), dtype) {
        (_, Some(dtype)) if dtype.ty() == Type::Object => Ok(Some((object_item(value), dtype.clone()))),
        (found, Some(dtype)) if dtype.compound().is_some() => {
            let is_whole =
                found.is_some() || matches!(value, Value::Tuple(_) | Value::None) || default_scalar(value).is_some();
            if !is_whole {
                return Ok(None);
            }
            Ok(Some((item_for(context, value, dtype)?, dtype.clone())))
        }
        (Some((Item::Str(text), _)), Some(dtype)) if dtype.is_number() => {
            let number = number_in_text(&text, &repr_str(&text), dtype.ty())?;
            Ok(Some((Item::Number(number), dtype.clone())))
        }
        (Some((Item::Bytes(bytes), _)), Some(dtype)) if dtype.is_number() => {
            let text: String = bytes.iter().map(|&byte| byte as char).collect();
            let number = number_in_text(&text, &repr_bytes(&bytes), dtype.ty())?;
            Ok(Some((Item::Number(number), dtype.clone())))
        }
        (Some((Item::Str(_), _)), Some(dtype)) if dtype.ty() == Type::Void => {
            Err(type_error("a bytes-like object is required, not 'str'"))
        }
        (None, Some(dtype)) if dtype.ty().is_text() && matches!(value, Value::None) => {
            let word = Item::Str("None".into());
            Ok(Some((word, DType::sized(dtype.ty(), 4 * if dtype.ty() == Type::Str { 4 } else { 1 }))))
        }
        (None, Some(dtype)) if dtype.ty().is_inexact() && matches!(value, Value::None) => {
            Ok(Some((Item::Number(Scalar::Float64(f64::NAN)), dtype.clone())))
        }
        (found, _) => Ok(found),
    }
}

/// Warns where a text names a timezone, which a date does not keep.
pub fn warn_timezone(context: &Context, value: &Value) {
    if let Some((Item::Str(text), _)) = text_item(value)
        && let Ok(Parsed::Date(_, _, true)) = calendar::parse(&text)
    {
        let message = "no explicit representation of timezones available for np.datetime64";
        context.runtime.warn(ErrorClass::UserWarning, message);
    }
}

/// The date or span that a value is as an element of `dtype`: a text, an int, `None`; nothing for what holds others.
///
/// # Errors
/// `ValueError` for a text that is none, for floats, and for an int as a date without a unit.
pub fn time_item(value: &Value, dtype: &DType) -> Result<Option<Time>> {
    let (is_span, resolution) = (dtype.ty() == Type::TimeDelta64, dtype.resolution());
    let time = |count| Some(Time { count, is_span, resolution });
    let what = if is_span { "timedelta" } else { "datetime" };
    let refused = || value_error(format!("Could not convert object to NumPy {what}"));
    if let Some((text, _)) = text_item(value) {
        return Time::parse(&text.to_text()?, is_span, resolution).map(Some);
    }
    if value.is_none() {
        return Ok(time(NAT));
    }
    let Some(number) = default_scalar(value) else { return Ok(None) };
    let whole = match (number.as_i128(), value) {
        (Some(whole), Value::Bool(_) | Value::Int(_) | Value::Scalar(_)) if is_span || number.ty() != Type::Bool => {
            whole
        }
        _ => return Err(refused()),
    };
    let count = i64::try_from(whole).map_err(|_| overflow_error("int too big to convert"))?;
    if !is_span && resolution.is_generic() {
        return Err(value_error("Converting an integer to a NumPy datetime requires a specified unit"));
    }
    Ok(time(count))
}

/// The element of `dtype` that a value is: of a structure a tuple of as many, or one value for all fields.
///
/// # Errors
/// `ValueError: could not assign tuple of length 3 to structure with 2 fields.`; what the values cannot be.
pub fn item_for(context: &mut Context, value: &Value, dtype: &DType) -> Result<Item> {
    if let Some(whole) = dtype.structure() {
        let mut items = Vec::with_capacity(whole.fields.len());
        if let Value::Tuple(values) = value
            && values.len() != whole.fields.len()
        {
            return Err(value_error(format!(
                "could not assign tuple of length {} to structure with {} fields.",
                values.len(),
                whole.fields.len()
            )));
        }
        for (number, field) in whole.fields.iter().enumerate() {
            let part = match value {
                Value::Tuple(values) => &values[number],
                all => all,
            };
            items.push(item_for(context, part, &field.dtype)?);
        }
        return Ok(Item::Fields(items));
    }
    if let Some((base, shape)) = dtype.sub_array() {
        let array = array_from(context, value, Some(base))?;
        let spread = stretch(&array.layout(), shape).ok_or_else(|| {
            let (from, to) = (array_shape_text(&array.shape()), array_shape_text(shape));
            value_error(format!("could not broadcast input array from shape {from} into shape {to}"))
        })?;
        let spread = NdArray::view(&array, spread);
        return Ok(Item::Array(shape.clone(), items(&spread, Order::C).collect()));
    }
    if dtype.ty() == Type::Object {
        return Ok(object_item(value));
    }
    let array = array_like(context, value, dtype)?;
    if array.ndim() > 0 {
        return Err(value_error("setting an array element with a sequence."));
    }
    let offset = array.layout().offset;
    let item = Item::read(&array.buffer_ref(), offset, &array.dtype());
    Ok(item)
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
        _ if ty.is_inexact() => match int.to_f64() {
            float if float.is_finite() => Ok(Scalar::Float64(float).cast(ty)),
            _ => Err(overflow_error("int too large to convert to float")),
        },
        _ if int.to_i128().is_none_or(|n| n > u64::MAX as i128 || n < i64::MIN as i128)
            || (ty == Type::Int64 && int.to_i64().is_none()) =>
        {
            Err(overflow_error("Python int too large to convert to C long"))
        }
        _ => Err(overflow_error(format!("Python integer {int} out of bounds for {}", ty.name()))),
    }
}

/// The element that one of Python's numbers or of NumPy's scalars becomes in an array of type `ty`, as
/// `a[0] = value` stores it: a Python number that does not fit is refused, a scalar is cast later. Nothing for what
/// is no number.
pub fn element_of(context: &Context, value: &Value, ty: Type) -> Option<Result<Scalar>> {
    if ty == Type::Object {
        return None;
    }
    if !ty.is_number() {
        // a number in a text is cast later
        return default_scalar(value).map(Ok);
    }
    let whole = |float: f64| -> Result<Int> {
        if float.is_nan() {
            return Err(value_error("cannot convert float NaN to integer"));
        }
        Int::from_f64(float.trunc()).ok_or_else(|| overflow_error("cannot convert float infinity to integer"))
    };
    Some(match value {
        Value::Bool(truth) => Ok(Scalar::Bool(*truth)),
        Value::Int(int) => python_int(int, ty),
        Value::Float(float) if ty.is_integer() => whole(*float).and_then(|int| python_int(&int, ty)),
        Value::Float(float) => Ok(Scalar::Float64(*float)),
        Value::Complex(_) if ty.is_integer() => {
            Err(type_error("int() argument must be a string, a bytes-like object or a real number, not 'complex'"))
        }
        Value::Complex(_) if !ty.is_complex() && ty != Type::Bool => {
            Err(type_error("float() argument must be a string or a real number, not 'complex'"))
        }
        Value::Complex(complex) => Ok(Scalar::Complex128(*complex)),
        Value::Scalar(scalar) if ty.is_integer() && !scalar.ty().is_complex() && scalar.ty() != Type::Bool => {
            // unsigned types wrap, signed ones refuse (`@TYPE@_setitem`, arraytypes.c.src)
            let int = match scalar.as_i128() {
                Some(exact) => Ok(Int::from(exact)),
                None => whole(scalar.as_f64()),
            };
            int.and_then(|int| match int.to_i128() {
                Some(n) if ty.kind() == Kind::Unsigned && (i64::MIN as i128..=u64::MAX as i128).contains(&n) => {
                    Ok(Scalar::Int64(n as i64).cast(ty))
                }
                _ => python_int(&int, ty),
            })
        }
        Value::Scalar(scalar) => {
            warn_discards_imaginary(&context.runtime, &scalar.dtype(), &ty.into());
            Ok(*scalar)
        }
        _ => return None,
    })
}

/// The error for a value that is to be a number: what `int(value)` and `float(value)` say.
fn not_numeric(value: &Value, dtype: Option<&DType>) -> crate::error::Error {
    let ty = dtype.map_or(Type::Float64, DType::ty);
    match reference_to(value).0.map(|object| object.to_number(if ty.is_number() { ty } else { Type::Float64 })) {
        Some(Err(error)) => error,
        _ => type_error(format!("float() argument must be a string or a real number, not '{}'", value.type_name())),
    }
}

/// The shape of the array of objects that a nested sequence makes: as deep as all its parts agree (`None` where it is one
/// object), and its objects in C order.
fn object_shape(context: &mut Context, value: &Value, depth: usize) -> Result<Shape> {
    crate::interrupt::check()?;
    let Some(parts) = object_parts(context, value)? else { return Ok(Shape::new()) };
    let parts = match parts {
        Parts::Array(array) => return Ok(array.shape()),
        Parts::Items(parts) => parts,
    };
    let mut common: Option<Shape> = None;
    if depth < crate::array::layout::MAX_DIMS {
        for part in &parts {
            let shape = object_shape(context, part, depth + 1)?;
            common = Some(match common {
                None => shape,
                Some(common) => common.iter().zip(&shape).take_while(|(a, b)| a == b).map(|(&n, _)| n).collect(),
            });
            if common.as_ref().is_some_and(|common| common.is_empty()) {
                break;
            }
        }
    }
    Ok(std::iter::once(parts.len()).chain(common.unwrap_or_default()).collect())
}

/// What a value is made of, where an array of objects looks into it.
enum Parts {
    Items(Vec<Value>),
    Array(ArrayRef),
}

fn object_parts(context: &mut Context, value: &Value) -> Result<Option<Parts>> {
    Ok(match value {
        Value::List(list) => Some(Parts::Items(list.to_vec())),
        Value::Tuple(items) => Some(Parts::Items(items.to_vec())),
        Value::Range(_) => Some(Parts::Items(iterate(value)?.collect::<Result<_>>()?)),
        Value::Array(array) if array.ndim() > 0 => Some(Parts::Array(Rc::clone(array))),
        Value::Object(object) if text_item(value).is_none() => match Rc::clone(object).as_array(context) {
            Some(array) => {
                Some(Parts::Array(array?)).filter(|parts| !matches!(parts, Parts::Array(a) if a.ndim() == 0))
            }
            None => None,
        },
        _ => None,
    })
}

/// The objects of a nested sequence, as far down as an array of so many axes looks.
fn objects(context: &mut Context, value: &Value, depth: usize, leaves: &mut Vec<Leaf>) -> Result<()> {
    let parts = if depth == 0 { None } else { object_parts(context, value)? };
    match parts {
        None => leaves.push(Leaf::Item(object_item(value))),
        Some(Parts::Items(parts)) => {
            for part in &parts {
                objects(context, part, depth - 1, leaves)?;
            }
        }
        Some(Parts::Array(array)) if array.ndim() == depth => leaves.push(Leaf::Array(array)),
        Some(Parts::Array(array)) => {
            for number in 0..array.layout().shape[0] {
                objects(context, &entry(&array, number), depth - 1, leaves)?;
            }
        }
    }
    Ok(())
}

/// A nested sequence as an array of objects.
fn nested_objects(context: &mut Context, value: &Value, dtype: &DType) -> Result<Nested> {
    let shape = object_shape(context, value, 0)?;
    let mut leaves = Vec::new();
    objects(context, value, shape.len(), &mut leaves)?;
    Ok(Nested { shape, dtype: dtype.clone(), leaves })
}

/// The array NumPy makes of a value (`np.asarray(value, dtype)`): an array as it is where it fits, else new.
///
/// # Errors
/// `ValueError` for ragged nesting, `TypeError` for what is no number, `OverflowError` for ints out of range.
pub fn array_from(context: &mut Context, value: &Value, dtype: Option<&DType>) -> Result<ArrayRef> {
    match existing_array(context, value) {
        Some(array) => {
            let array = array?;
            match dtype {
                Some(dtype) => copy::astype(&context.runtime, &array, dtype, Order::K, Casting::Unsafe, false),
                None => Ok(array),
            }
        }
        None => new_array(context, value, dtype, Order::C),
    }
}

/// The array that a value is, or lends its memory to; nothing for numbers and sequences.
pub fn existing_array(context: &mut Context, value: &Value) -> Option<Result<ArrayRef>> {
    match value {
        Value::Array(array) => Some(Ok(Rc::clone(array))),
        Value::Object(object) => Rc::clone(object).as_array(context),
        _ => None,
    }
}

/// A number or a nested sequence, taken apart.
pub struct Nested {
    shape: Shape,
    dtype: DType,
    leaves: Vec<Leaf>,
}

/// Takes a number or a nested sequence apart; Python's numbers take `dtype`, where that is given.
///
/// # Errors
/// As [`array_from`].
pub fn nested(context: &mut Context, value: &Value, dtype: Option<&DType>) -> Result<Nested> {
    if let Some(dtype) = dtype
        && dtype.ty() == Type::Object
    {
        return nested_objects(context, value, dtype);
    }
    let mut found = Discovery { shape: None, leaves: Vec::new(), dtype: None, ragged: None };
    found.walk(context, value, &mut Vec::new(), dtype)?;
    if let Some(depth) = found.ragged {
        let shape: Vec<String> = found.shape.iter().flatten().take(depth).map(usize::to_string).collect();
        let comma = if shape.len() == 1 { "," } else { "" };
        return Err(value_error(format!(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after {} dimensions. The detected shape was ({}{comma}) + inhomogeneous part.",
            shape.len(),
            shape.join(", ")
        )));
    }
    if let (None, Some(objects)) = (dtype, &found.dtype)
        && objects.ty() == Type::Object
    {
        return nested_objects(context, value, objects);
    }
    let dtype = match dtype {
        Some(dtype) if dtype.ty().is_time() && dtype.resolution().is_generic() => match found.dtype {
            Some(own) if own.ty() == dtype.ty() => own.with_swapped(dtype.is_swapped()),
            _ => dtype.clone(),
        },
        Some(dtype) if dtype.itemsize() == 0 && !dtype.is_number() => found.sized_for(dtype)?,
        Some(dtype) => dtype.clone(),
        None => found.dtype.unwrap_or_else(|| Type::Float64.into()),
    };
    Ok(Nested { shape: found.shape.unwrap_or_default(), dtype, leaves: found.leaves })
}

impl Nested {
    /// The shape of the array it makes.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// A new array of it, its axes in C or F order.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn into_array(self, context: &mut Context, order: Order) -> Result<ArrayRef> {
        let ledger = &context.runtime.ledger;
        let is_known = self.leaves.iter().all(|leaf| matches!(leaf, Leaf::Scalar(_) | Leaf::Item(_)));
        let zeros = || NdArray::zeros(&context.runtime, self.dtype.clone(), &self.shape, order);
        let array = ledger.with_constants(is_known, zeros)?;
        self.fill(context, &array)?;
        Ok(array)
    }

    /// Stores it in an array of its shape, element after element.
    ///
    /// # Errors
    /// As [`assign::assign`].
    pub fn fill(self, context: &mut Context, array: &ArrayRef) -> Result<()> {
        let buffer = array.buffer();
        let layout = array.layout().clone();
        // an element that is an array fills the last axes
        let inner = self.dtype.sub_array().map_or(1, |(_, shape)| shape.iter().product());
        let dtype = if inner == 1 { layout.dtype.clone() } else { self.dtype };
        let mut number = 0;
        for leaf in self.leaves {
            let offset = layout.offset_of(number * inner);
            match leaf {
                Leaf::Scalar(scalar) => {
                    scalar.write(&buffer, offset, &dtype);
                    number += 1;
                }
                Leaf::Item(item) => {
                    item.write(&buffer, offset, &dtype)?;
                    number += 1;
                }
                Leaf::Array(source) => {
                    let outer = layout.ndim() - source.ndim();
                    let (shape, strides) = (layout.shape[outer..].into(), layout.strides[outer..].into());
                    let part = NdArray::view(array, Layout { dtype: dtype.clone(), shape, strides, offset });
                    assign::copy_into(&context.runtime, &part, &source, None, Casting::Unsafe)?;
                    number += source.size();
                }
                Leaf::Object => number += 1,
            }
        }
        Ok(())
    }
}

/// A new array of a number or of a nested sequence, its axes in C or F order.
///
/// # Errors
/// As [`array_from`].
pub fn new_array(context: &mut Context, value: &Value, dtype: Option<&DType>, order: Order) -> Result<ArrayRef> {
    nested(context, value, dtype)?.into_array(context, order)
}

/// The array of a value that is to be stored in an array of `dtype`: Python's numbers take that dtype at once.
///
/// # Errors
/// As [`array_from`].
pub fn array_like(context: &mut Context, value: &Value, dtype: &DType) -> Result<ArrayRef> {
    let is_sequence = dtype.ty() == Type::Object && matches!(value, Value::Tuple(_) | Value::Range(_));
    if !matches!(value, Value::Array(_) | Value::List(_))
        && !is_sequence
        && let Some((item, dtype)) = leaf_item(context, value, Some(dtype))?
    {
        return scratch_item(context, &item, dtype);
    }
    match (value, element_of(context, value, dtype.ty())) {
        (Value::Array(array), _) => Ok(Rc::clone(array)),
        (_, Some(element)) => {
            let element = element?;
            scratch(context, element)
        }
        // ints in lists meet the same check as an int alone
        (Value::List(_) | Value::Tuple(_), None) => array_from(context, value, Some(dtype)),
        (other, None) => array_from(context, other, None),
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

/// As [`scratch`], for what is no number.
fn scratch_item(context: &mut Context, item: &Item, dtype: DType) -> Result<ArrayRef> {
    let layout = Layout::contiguous(dtype, &[], Order::C);
    let Some(bytes) = AlignedBytes::zeroed(layout.nbytes()) else {
        return array_of_item(context, item, layout.dtype);
    };
    let bytes = Rc::new(bytes);
    let buffer = context.runtime.ledger.scratch(Rc::clone(&bytes));
    item.write(&buffer, 0, &layout.dtype)?;
    Ok(NdArray::over(layout, buffer, bytes, false))
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
