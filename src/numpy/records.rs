//! Record arrays: arrays of structures whose fields are attributes too. `np.rec`, `np.recarray`, and `np.void`.

use super::coercion::{array_from, item_for};
use super::dtypes::as_dtype;
use super::fields::field_view;
use crate::array::assign;
use crate::array::cast::Casting;
use crate::array::compound::{Compound, Struct};
use crate::array::layout::field_layout;
use crate::array::printing::{PrintOptions, array_str, array2string, dtype_short_repr};
use crate::array::{ArrayRef, CopyReason, DType, Item, NdArray, Order, Type, copy};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section, call, get_attribute};
use crate::value::{Class, Items, Object, Record, Twins, Value, Way, array_of_item, as_usize, classes, iterate, plain};
use crate::value::{lengths, shape_of};
use std::any::Any;
use std::rc::Rc;

/// `np.recarray`: an array whose fields can be read as attributes. It looks at the memory of a plain array.
pub struct RecArray(ArrayRef);

impl RecArray {
    /// The array as a record array: the same memory.
    pub fn of(array: ArrayRef) -> Value {
        Value::object(RecArray(array))
    }
}

/// What reading of a record array gives: parts with fields are record arrays and records again.
fn as_record(value: Value) -> Value {
    match value {
        Value::Array(array) if array.layout().dtype.structure().is_some() => RecArray::of(array),
        other => match other.downcast::<Record>() {
            Some(record) => Record::of(Rc::clone(record.array()), true),
            None => other,
        },
    }
}

impl Object for RecArray {
    fn class(&self) -> &'static Class {
        &classes::RECARRAY
    }

    fn repr(&self, options: &PrintOptions) -> String {
        const PREFIX: &str = "rec.array(";
        let text = array2string(&self.0, options, ", ", PREFIX, ",", None).unwrap_or_default();
        let dtype = dtype_short_repr(&self.0.dtype());
        format!("{PREFIX}{text},\n{:indent$}dtype={dtype})", "", indent = PREFIX.len())
    }

    fn str(&self, options: &PrintOptions) -> String {
        array_str(&self.0, options)
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let is_field = self.0.layout().dtype.structure().is_some_and(|whole| whole.field(name).is_some());
        let array = Value::Array(Rc::clone(&self.0));
        match field_view(&self.0, &Value::str(name)).filter(|_| is_field) {
            Some(field) => Some(field.map(|field| as_record(Value::Array(field)))),
            None => Some(get_attribute(context, &array, name)),
        }
    }

    fn set_attribute(&self, context: &mut Context, name: &str, value: &Value) -> Option<Result<()>> {
        self.0.layout().dtype.structure()?.field(name)?;
        Some(self.set_item(context, &Value::str(name), value))
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let array = Value::Array(Rc::clone(&self.0));
        (context.catalog.hooks.operators.get_item)(context, &array, index).map(as_record)
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let array = Value::Array(Rc::clone(&self.0));
        (context.catalog.hooks.operators.set_item)(context, &array, index, value.clone())
    }

    fn length(&self) -> Option<usize> {
        self.0.layout().shape.first().copied()
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let items = iterate(&Value::Array(Rc::clone(&self.0))).ok()?;
        Some(Box::new(items.map(|item| item.map(as_record))))
    }

    fn as_array(&self, _: &mut Context) -> Option<Result<ArrayRef>> {
        Some(Ok(Rc::clone(&self.0)))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.0)))]
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        Ok(RecArray::of(twins.array(&self.0)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The names that `names=` gives: a text with commas between, or a sequence of texts.
fn names_of(value: &Value) -> Result<Vec<String>> {
    match plain(value) {
        Value::None => Ok(Vec::new()),
        Value::Str(text) => Ok(text.split(',').map(|name| name.trim().to_string()).collect()),
        other => iterate(other)?.map(|name| Ok(crate::value::as_str(&name?, "names")?.to_string())).collect(),
    }
}

/// The dtype that `dtype=`, or `formats=` and `names=`, ask for; nothing where neither is given.
fn wanted_dtype(context: &mut Context, arguments: &Arguments) -> Result<Option<DType>> {
    if let Some(dtype) = arguments.some("dtype").cloned() {
        return as_dtype(context, &dtype).map(Some);
    }
    let Some(formats) = arguments.some("formats").cloned() else { return Ok(None) };
    let dtypes: Vec<DType> = match plain(&formats) {
        text @ Value::Str(_) => {
            let whole = as_dtype(context, text)?;
            match whole.structure() {
                Some(whole) => whole.fields.iter().map(|field| field.dtype.clone()).collect(),
                None => vec![whole],
            }
        }
        list => iterate(list)?.map(|format| as_dtype(context, &format?)).collect::<Result<_>>()?,
    };
    let names = names_of(&arguments.get("names"))?;
    Ok(Some(structure(dtypes, names)))
}

/// A structure of these fields: named as asked, the others `f0`, `f1`, ...
fn structure(dtypes: Vec<DType>, names: Vec<String>) -> DType {
    let mut names = names.into_iter();
    let fields = dtypes.into_iter().enumerate().map(|(number, dtype)| {
        let name = names.next().filter(|name| !name.is_empty());
        (name.unwrap_or_else(|| format!("f{number}")), None, dtype)
    });
    DType::of_parts(Compound::Struct(Struct::packed(fields, false)))
}

/// A new array of structures whose fields are copies of these arrays.
fn joined(context: &mut Context, arrays: &[ArrayRef], dtype: Option<DType>, names: Vec<String>) -> Result<ArrayRef> {
    let first = arrays.first().ok_or_else(|| value_error("need at least one array"))?;
    let shape = first.shape();
    let dtype = dtype.unwrap_or_else(|| structure(arrays.iter().map(|array| array.dtype()).collect(), names));
    let Some(whole) = dtype.structure().filter(|whole| whole.fields.len() == arrays.len()) else {
        return Err(value_error("mismatch between the number of fields and the number of arrays"));
    };
    let result = NdArray::zeros(&context.runtime, dtype.clone(), &shape, Order::C)?;
    context.runtime.record_copy(first, &result, CopyReason::Joined { count: arrays.len() });
    for (number, (field, array)) in whole.fields.iter().zip(arrays).enumerate() {
        if array.shape() != shape {
            let message =
                format!("array-shape mismatch in array {number} ({})", crate::text::quote::repr_str(&field.name()));
            return Err(value_error(message));
        }
        let part = NdArray::view(&result, field_layout(&result.layout(), field));
        assign::copy_into(&context.runtime, &part, array, None, Casting::Unsafe)?;
    }
    Ok(result)
}

fn from_arrays(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = wanted_dtype(context, arguments)?;
    let names = names_of(&arguments.get("names"))?;
    let mut arrays = Vec::new();
    for item in iterate(&arguments.get("arrayList")).map_err(|e| e.at_argument("arrayList"))? {
        arrays.push(array_from(context, &item?, None)?);
    }
    joined(context, &arrays, dtype, names).map(RecArray::of)
}

fn records(context: &mut Context, list: &Value, dtype: Option<DType>, names: Vec<String>) -> Result<ArrayRef> {
    if let Some(dtype) = dtype {
        return array_from(context, list, Some(&dtype));
    }
    // each column finds its own dtype
    let rows: Vec<Vec<Value>> = iterate(list)?.map(|row| iterate(&row?)?.collect()).collect::<Result<_>>()?;
    let width = rows.first().map_or(0, Vec::len);
    let mut arrays = Vec::with_capacity(width);
    for column in 0..width {
        let values = rows.iter().map(|row| row.get(column).cloned().unwrap_or(Value::None));
        arrays.push(array_from(context, &Value::list(values.collect::<Vec<_>>()), None)?);
    }
    joined(context, &arrays, None, names)
}

fn from_records(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = wanted_dtype(context, arguments)?;
    let names = names_of(&arguments.get("names"))?;
    let list = arguments.get("recList");
    records(context, &list, dtype, names).map(RecArray::of).map_err(|e| e.at_argument("recList"))
}

fn rec_array(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = wanted_dtype(context, arguments)?;
    let names = names_of(&arguments.get("names"))?;
    let object = arguments.get("obj");
    let array = match super::coercion::existing_array(context, &object) {
        Some(array) => {
            let array = array?;
            let dtype = dtype.unwrap_or_else(|| array.dtype());
            let is_copied = crate::value::as_bool(&arguments.get("copy"))?;
            copy::astype(&context.runtime, &array, &dtype, Order::K, Casting::Unsafe, is_copied)?
        }
        None => match &object {
            Value::List(_) | Value::Tuple(_) => {
                let first = iterate(&object)?.next().transpose()?;
                match first {
                    Some(Value::Tuple(_) | Value::List(_)) => records(context, &object, dtype, names)?,
                    _ => {
                        let mut arrays = Vec::new();
                        for item in iterate(&object)? {
                            arrays.push(array_from(context, &item?, None)?);
                        }
                        joined(context, &arrays, dtype, names)?
                    }
                }
            }
            _ => return Err(value_error("Unknown input type").at_argument("obj")),
        },
    };
    Ok(RecArray::of(array))
}

fn from_string(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = wanted_dtype(context, arguments)?;
    let dtype = dtype.ok_or_else(|| type_error("fromstring() needs a 'dtype' or 'formats' argument"))?;
    let data = arguments.get("datastring");
    let Value::Bytes(bytes) = plain(&data) else {
        let message = format!("a bytes-like object is required, not '{}'", data.type_name());
        return Err(type_error(message).at_argument("datastring"));
    };
    let count = match arguments.some("shape") {
        Some(shape) => lengths(&shape_of(shape)?)?.iter().product::<usize>() as i64,
        None => -1,
    };
    let Some(function) = context.catalog.function("np.frombuffer") else { return Ok(Value::None) };
    let given = vec![Value::Bytes(Rc::clone(bytes)), Value::dtype(dtype), Value::int(count), arguments.get("offset")];
    match call(context, &Value::Function(function), given, Vec::new())? {
        Value::Array(array) => Ok(RecArray::of(array)),
        other => Ok(other),
    }
}

fn void(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("length_or_data");
    if let Some(dtype) = arguments.some("dtype").cloned() {
        let dtype = as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?;
        let item = item_for(context, &value, &dtype)?;
        let array = array_of_item(context, &item, dtype)?;
        array.set_writeable(true);
        return Ok(Record::of(array, false));
    }
    let bytes = match plain(&value) {
        Value::Bytes(bytes) => bytes.to_vec(),
        other => match as_usize(other) {
            Ok(length) if length <= DType::MAX_SIZE => vec![0; length],
            Ok(_) => return Err(value_error("size must be non-negative and not greater than 2147483647")),
            Err(_) => return Err(type_error("a bytes-like object is required").at_argument("length_or_data")),
        },
    };
    let dtype = DType::sized(Type::Void, bytes.len());
    Ok(Record::of(array_of_item(context, &Item::Raw(bytes), dtype)?, false))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.void",
            signature: "(length_or_data, /, dtype=None)",
            method: None,
            summary: "Raw bytes, or one structure, as a scalar.",
            memory: MemoryRule::NoArray,
            notes: "The element of an array of structures is one too, and looks at the array's memory: writing to its fields \
                    writes to the array.",
            example: "\
>>> np.void(b'abc')
np.void(b'\\x61\\x62\\x63')
>>> x = np.zeros(2, dtype=[('a', 'i4'), ('b', 'f8')])
>>> r = x[0]
>>> r['a'] = 7
>>> x
array([(7, 0.), (0, 0.)], dtype=[('a', '<i4'), ('b', '<f8')])
",
            see_also: &["np.dtype", "np.rec.array"],
            run: Run::Call(void),
        },
        Function {
            name: "np.recarray",
            signature: "(shape, dtype=None, buf=None, offset=0, strides=None, formats=None, names=None, titles=None, \
                        byteorder=None, aligned=False, order='C')",
            method: None,
            summary: "A new array of structures whose fields are attributes too.",
            memory: MemoryRule::NoArray,
            notes: "a.view(np.recarray) shows an array that is there in this way.",
            example: "\
>>> r = np.recarray(2, dtype=[('x', 'i4'), ('y', 'f8')])
>>> r.x = 5
>>> r.x
array([5, 5], dtype=int32)
",
            see_also: &["np.rec.array", "np.rec.fromarrays"],
            run: Run::Call(|context, arguments| {
                let shape = lengths(&shape_of(&arguments.get("shape")).map_err(|e| e.at_argument("shape"))?)?;
                let dtype = wanted_dtype(context, arguments)?.unwrap_or_else(|| Type::Float64.into());
                NdArray::zeros(&context.runtime, dtype, &shape, Order::C).map(RecArray::of)
            }),
        },
        Function {
            name: "np.rec.array",
            signature: "(obj, dtype=None, shape=None, offset=0, strides=None, formats=None, names=None, titles=None, \
                        aligned=False, byteorder=None, copy=True)",
            method: None,
            summary: "A record array of records or of an array.",
            memory: MemoryRule::NoArray,
            notes: "copy=False shows the memory of an array that is there.",
            example: "\
>>> r = np.rec.array([(1, 2.0), (3, 4.0)], dtype=[('x', 'i4'), ('y', 'f8')])
>>> r.y, r[0].x
(array([2., 4.]), np.int32(1))
>>> a = np.zeros(2, dtype='i4, f8')
>>> np.shares_memory(np.rec.array(a, copy=False).f0, a), np.shares_memory(np.rec.array(a).f0, a)
(True, False)
",
            see_also: &["np.rec.fromarrays", "np.rec.fromrecords"],
            run: Run::Call(rec_array),
        },
        Function {
            name: "np.rec.fromarrays",
            signature: "(arrayList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, \
                        byteorder=None)",
            method: None,
            summary: "A record array whose fields are copies of these arrays.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> r = np.rec.fromarrays([[1, 2], ['a', 'bc']], names='n,word')
>>> r.word
array(['a', 'bc'], dtype='<U2')
>>> r
rec.array([(1, 'a'), (2, 'bc')],
          dtype=[('n', '<i8'), ('word', '<U2')])
",
            see_also: &["np.rec.array", "np.rec.fromrecords"],
            run: Run::Call(from_arrays),
        },
        Function {
            name: "np.rec.fromrecords",
            signature: "(recList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, \
                        byteorder=None)",
            method: None,
            summary: "A record array of a list of records; each column finds its own dtype.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.rec.fromrecords([(1, 'a'), (2, 'bc')], names='n,word').word
array(['a', 'bc'], dtype='<U2')
",
            see_also: &["np.rec.array", "np.rec.fromarrays"],
            run: Run::Call(from_records),
        },
        Function {
            name: "np.rec.fromstring",
            signature: "(datastring, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None, \
                        aligned=False, byteorder=None)",
            method: None,
            summary: "A record array of the records that bytes hold.",
            memory: MemoryRule::NoArray,
            notes: "A view of the bytes, which cannot be written.",
            example: "\
>>> np.rec.fromstring(b'\\x01\\x02abc', dtype='u1, u1, S3')
rec.array([(1, 2, b'abc')],
          dtype=[('f0', 'u1'), ('f1', 'u1'), ('f2', 'S3')])
",
            see_also: &["np.frombuffer", "np.rec.array"],
            run: Run::Call(from_string),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[
        ("np.recarray", &classes::RECARRAY),
        ("np.record", &classes::RECORD),
        ("np.rec.recarray", &classes::RECARRAY),
        ("np.rec.record", &classes::RECORD),
    ],
};
