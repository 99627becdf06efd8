//! `np.dtype(...)` of what is more than one number: texts, structures, sub-arrays; and what such a dtype tells.
//!
//! Reads every form that NumPy reads: codes (`'S10'`, `'i4, (2,3)f8'`), pairs (`('i4', 4)`), lists of fields and dicts
//! (descriptor.c, `_dtype.py`).

use super::dtypes::{class_dtype, parse};
use crate::array::calendar::Resolution;
use crate::array::compound::{Compound, Field, Struct};
use crate::array::layout::Shape;
use crate::array::printing::PrintOptions;
use crate::array::{DType, Type};
use crate::error::{Error, ErrorClass, Result, index_error, key_error, type_error, value_error};
use crate::registry::{Context, Function, MemoryRule, Reader, Run, Section, get_attribute};
use crate::value::{Class, Dict, Items, Object, Value, as_bool, as_index, as_usize, classes, iterate, repr};
use std::any::Any;
use std::rc::Rc;

/// What an element is, for any value that names a dtype. `align` places fields as C does.
///
/// # Errors
/// NumPy's `TypeError`s and `ValueError`s for what names none.
pub fn dtype_of(context: &mut Context, value: &Value, align: bool) -> Result<DType> {
    match value {
        Value::None => Ok(Type::Float64.into()),
        Value::DType(dtype) => Ok((**dtype).clone()),
        Value::Str(text) => from_text(text, align),
        Value::Tuple(items) => from_tuple(context, items, align),
        Value::List(list) => from_list(context, &list.to_vec(), align),
        Value::Dict(dict) => from_dict(context, dict, align),
        Value::Class(class) => class_dtype(context, class),
        Value::Scalar(scalar) => Ok(scalar.dtype()),
        other => Err(type_error(format!("Cannot interpret '{}' as a data type", repr(other, &context.print_options)))),
    }
}

fn not_understood(text: &str) -> Error {
    type_error(format!("data type '{text}' not understood")).at_argument("dtype")
}

/// A date or a span with its unit in brackets: `'M8[D]'`, `'timedelta64[25s]'`.
///
/// # Errors
/// `TypeError: Invalid datetime unit in metadata string "[X]"`.
fn time_with_unit(text: &str) -> Option<Result<DType>> {
    let (name, unit) = text.trim().split_once('[')?;
    let unit = unit.strip_suffix(']')?;
    let dtype = parse(name).filter(|dtype| dtype.ty().is_time() && !unit.contains(['[', ',']))?;
    let resolution = Resolution::parse(unit, &format!("[{unit}]"), 1).map_err(|error| error.at_argument("dtype"));
    let with = |resolution| DType::time(dtype.ty() == Type::TimeDelta64, resolution).with_swapped(dtype.is_swapped());
    Some(resolution.map(with))
}

/// One code without commas and repeats: `'S10'`, `'<U5'`, `'f8'`.
fn from_code(code: &str) -> Option<DType> {
    if let Some(dtype) = parse(code) {
        return Some(dtype);
    }
    if let Some(Ok(dtype)) = time_with_unit(code) {
        return Some(dtype);
    }
    let (swapped, plain) = match code.chars().next()? {
        '>' => (true, &code[1..]),
        '<' | '=' | '|' => (false, &code[1..]),
        _ => (false, code),
    };
    match plain {
        "str" => return Some(DType::text(0).with_swapped(swapped)),
        "bytes" => return Some(DType::bytes(0)),
        "void" => return Some(Type::Void.into()),
        "object" => return Some(Type::Object.into()),
        _ => {}
    }
    let (letter, digits) = (plain.chars().next()?, plain.get(1..)?);
    let count = if digits.is_empty() { 0 } else { digits.parse::<usize>().ok()? };
    if count > DType::MAX_SIZE / if letter == 'U' { 4 } else { 1 } {
        return None;
    }
    match letter {
        'S' | 'a' => Some(DType::bytes(count)),
        'U' => Some(DType::text(count).with_swapped(swapped)),
        'V' => Some(DType::sized(Type::Void, count)),
        'c' if digits.is_empty() => Some(DType::bytes(1)),
        'O' if digits.is_empty() || count == size_of::<usize>() => Some(Type::Object.into()),
        _ => None,
    }
}

/// A code with what may stand before it: `'3i4'`, `'(2,3)f8'`.
fn from_repeated(text: &str) -> Option<DType> {
    let text = text.trim();
    if let Some(item) = from_code(text) {
        return Some(item);
    }
    let (shape, code): (Shape, &str) = match text.strip_prefix('(') {
        Some(rest) => {
            let (inner, code) = rest.split_once(')')?;
            let lengths = inner.split(',').map(str::trim).filter(|part| !part.is_empty());
            (lengths.map(|part| part.parse().ok()).collect::<Option<_>>()?, code)
        }
        None => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let length = text[..digits].parse::<usize>().ok()?;
            // a count of one says nothing
            (if length == 1 { Shape::new() } else { smallvec::smallvec![length] }, &text[digits..])
        }
    };
    Some(sub_array(from_code(code.trim())?, shape))
}

fn sub_array(base: DType, shape: Shape) -> DType {
    if shape.is_empty() { base } else { DType::of_parts(Compound::Array(base, shape)) }
}

fn structure(whole: Struct) -> DType {
    DType::of_parts(Compound::Struct(whole))
}

/// A text: one code, or several with commas between, which are the fields `f0`, `f1`, ...
fn from_text(text: &str, align: bool) -> Result<DType> {
    if let Some(found) = time_with_unit(text) {
        return found;
    }
    if let Some(item) = from_repeated(text) {
        return Ok(item);
    }
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        return Err(not_understood(text));
    }
    if !text[start..].trim().is_empty() {
        parts.push(&text[start..]);
    }
    let fields = parts
        .iter()
        .enumerate()
        .map(|(number, part)| {
            let item = from_repeated(part).ok_or_else(|| not_understood(part.trim()))?;
            Ok((format!("f{number}"), None, item))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(structure(Struct::packed(fields, align)))
}

/// A pair: a dtype and a length or shape, or a number and the fields that its bytes also are.
fn from_tuple(context: &mut Context, items: &[Value], align: bool) -> Result<DType> {
    let [first, second] = items else {
        return Err(type_error(format!("Tuple must have size 2, but has size {}", items.len())).at_argument("dtype"));
    };
    let base = dtype_of(context, first, align)?;
    let lengths: Option<Vec<isize>> = match second {
        Value::Int(_) | Value::Bool(_) => Some(vec![as_index(second)?]),
        Value::Tuple(lengths) => lengths.iter().map(|length| as_index(length).ok()).collect(),
        _ => None,
    };
    if let Some(lengths) = lengths {
        let Ok(shape) = lengths.iter().map(|&length| usize::try_from(length)).collect::<Result<Shape, _>>() else {
            let message = "invalid shape in fixed-type tuple: dimension smaller then zero.";
            return Err(value_error(message).at_argument("dtype"));
        };
        let alone = matches!(second, Value::Int(_) | Value::Bool(_)).then(|| shape[0]);
        return Ok(match (base.ty(), alone) {
            (Type::Bytes | Type::Void, Some(size)) if base.itemsize() == 0 => DType::sized(base.ty(), size),
            (Type::Str, Some(length)) if base.itemsize() == 0 => DType::text(length).with_swapped(base.is_swapped()),
            _ => sub_array(base, shape),
        });
    }
    let over = dtype_of(context, second, align)?;
    match over.structure() {
        Some(fields) if base.is_number() => {
            if fields.itemsize != base.itemsize() {
                return Err(value_error("mismatch in size of old and new data-descriptor").at_argument("dtype"));
            }
            Ok(structure(Struct { over: Some(base), ..fields.clone() }))
        }
        _ => Ok(base),
    }
}

fn bad_field(value: &Value) -> Error {
    let shown = repr(value, &PrintOptions::default());
    type_error(format!("Field elements must be 2- or 3-tuples, got '{shown}'")).at_argument("dtype")
}

/// The name of field `number`, and its title.
fn field_name(value: &Value, number: usize, whole: &Value) -> Result<(String, Option<String>)> {
    match value {
        Value::Str(name) if name.is_empty() => Ok((format!("f{number}"), None)),
        Value::Str(name) => Ok((name.to_string(), None)),
        Value::Tuple(pair) => match &**pair {
            [Value::Str(title), Value::Str(name)] => Ok((name.to_string(), Some(title.to_string()))),
            _ => Err(bad_field(whole)),
        },
        _ => Err(bad_field(whole)),
    }
}

fn from_list(context: &mut Context, items: &[Value], align: bool) -> Result<DType> {
    let mut fields: Vec<(String, Option<String>, DType)> = Vec::new();
    for (number, whole) in items.iter().enumerate() {
        let Value::Tuple(parts) = whole else { return Err(bad_field(whole)) };
        let (name, format, shape) = match &**parts {
            [name, format] => (name, format, None),
            [name, format, shape] => (name, format, Some(shape)),
            _ => return Err(bad_field(whole)),
        };
        let (name, title) = field_name(name, number, whole)?;
        let item = match shape {
            None => dtype_of(context, format, align)?,
            Some(shape) => from_tuple(context, &[format.clone(), shape.clone()], align)?,
        };
        let taken = fields.iter().any(|(other, other_title, _)| *other == name || other_title.as_ref() == Some(&name));
        if taken {
            return Err(value_error(format!("field '{name}' occurs more than once")).at_argument("dtype"));
        }
        fields.push((name, title, item));
    }
    Ok(structure(Struct::packed(fields, align)))
}

fn from_dict(context: &mut Context, dict: &Dict, align: bool) -> Result<DType> {
    let entry = |name: &str| dict.get(&Value::str(name)).map(|value| value.filter(|value| !value.is_none()));
    let (Some(names), Some(formats)) = (entry("names")?, entry("formats")?) else {
        return from_field_dict(context, dict, align);
    };
    let list = |value: &Value| iterate(value)?.collect::<Result<Vec<Value>>>();
    let (names, formats) = (list(&names)?, list(&formats)?);
    let offsets = entry("offsets")?.map(|value| list(&value)).transpose()?;
    let titles = entry("titles")?.map(|value| list(&value)).transpose()?;
    let count = names.len();
    let fits = |items: &Option<Vec<Value>>| items.as_ref().is_none_or(|items| items.len() == count);
    if formats.len() != count || !fits(&offsets) || !fits(&titles) {
        let message = "'names', 'formats', 'offsets', and 'titles' dict entries must have the same length";
        return Err(value_error(message).at_argument("dtype"));
    }
    let align = align || entry("aligned")?.map_or(Ok(false), |value| as_bool(&value))?;
    let mut parts: Vec<(String, Option<String>, DType)> = Vec::new();
    for (number, (name, format)) in names.iter().zip(&formats).enumerate() {
        let (name, _) = field_name(name, number, name)?;
        let title = match titles.as_ref().map(|titles| &titles[number]) {
            Some(Value::Str(title)) => Some(title.to_string()),
            _ => None,
        };
        if parts.iter().any(|(other, other_title, _)| *other == name || other_title.as_ref() == Some(&name)) {
            return Err(value_error("name already used as a name or title").at_argument("dtype"));
        }
        parts.push((name, title, dtype_of(context, format, align)?));
    }
    let mut whole = Struct::packed(parts, align);
    if let Some(offsets) = offsets {
        let mut end = 0;
        for (field, offset) in whole.fields.iter_mut().zip(&offsets) {
            field.offset = as_usize(offset)?;
            let alignment = field.dtype.align();
            if align && !field.offset.is_multiple_of(alignment) {
                return Err(value_error(format!(
                    "offset {} for NumPy dtype with fields is not divisible by the field alignment {alignment} with \
                     align=True",
                    field.offset
                ))
                .at_argument("dtype"));
            }
            end = end.max(field.offset.saturating_add(field.dtype.itemsize()));
        }
        whole.itemsize = if align { end.next_multiple_of(whole.largest_align()) } else { end };
    }
    if let Some(itemsize) = entry("itemsize")? {
        let itemsize = as_usize(&itemsize)?;
        if itemsize < whole.itemsize {
            return Err(value_error(format!(
                "NumPy dtype descriptor requires {} bytes, cannot override to smaller itemsize of {itemsize}",
                whole.itemsize
            ))
            .at_argument("dtype"));
        }
        whole.itemsize = itemsize;
    }
    Ok(structure(whole))
}

/// `{'name': (format, offset), ...}`: the fields in order of their offsets (`_usefields`).
fn from_field_dict(context: &mut Context, dict: &Dict, align: bool) -> Result<DType> {
    let mut fields = Vec::new();
    for (name, value) in dict.entries() {
        let bad = || value_error("entry not a 2- or 3- tuple").at_argument("dtype");
        let (Value::Str(name), Value::Tuple(parts)) = (&name, &value) else { return Err(bad()) };
        let (format, offset, title) = match &**parts {
            [format, offset] => (format, offset, None),
            [format, offset, Value::Str(title)] => (format, offset, Some(title.to_string())),
            _ => return Err(bad()),
        };
        let item = dtype_of(context, format, align)?;
        fields.push(Field::new(name, title, item, as_usize(offset)?));
    }
    fields.sort_by_key(|field| field.offset);
    let end = fields.iter().map(|field| field.offset.saturating_add(field.dtype.itemsize())).max().unwrap_or(0);
    let mut whole = Struct { fields, itemsize: end, aligned: align, over: None };
    if align {
        whole.itemsize = end.next_multiple_of(whole.largest_align());
    }
    Ok(structure(whole))
}

/// `np.dtype(value, align)`.
///
/// # Errors
/// Those of [`dtype_of`].
pub fn make(context: &mut Context, value: &Value, align: bool) -> Result<Value> {
    dtype_of(context, value, align).map(Value::dtype)
}

/// `dtype.descr`: the fields with the gaps between them (`_array_descr`).
pub fn descr(dtype: &DType) -> Result<Value> {
    let Some(whole) = dtype.structure() else { return Ok(dtype.str().into()) };
    let mut entries = Vec::new();
    let mut end = 0usize;
    let gap = |bytes: usize| Value::tuple(["".into(), format!("|V{bytes}").into()]);
    for field in &whole.fields {
        if field.offset > end {
            entries.push(gap(field.offset - end));
        } else if field.offset < end {
            return Err(value_error("dtype.descr is not defined for types with overlapping or out-of-order fields"));
        }
        let name = match &field.title {
            Some(title) => Value::tuple([title.as_str().into(), Value::Str(field.name())]),
            None => Value::Str(field.name()),
        };
        entries.push(match field.dtype.sub_array() {
            Some((base, shape)) => Value::tuple([name, descr(base)?, Value::ints(shape.iter().copied())]),
            None => Value::tuple([name, descr(&field.dtype)?]),
        });
        end = field.offset.saturating_add(field.dtype.itemsize());
    }
    if whole.itemsize > end {
        entries.push(gap(whole.itemsize - end));
    }
    Ok(Value::list(entries))
}

/// `dtype.fields`: what each field holds and where it stands.
///
/// # Errors
/// None that a structure can cause.
pub fn fields_of(whole: &Struct) -> Result<Value> {
    let fields = Dict::default();
    for field in &whole.fields {
        let mut parts = vec![Value::dtype(field.dtype.clone()), field.offset.into()];
        if let Some(title) = &field.title {
            parts.push(title.as_str().into());
        }
        let names = std::iter::once(Value::Str(field.name())).chain(field.title.as_deref().map(Value::from));
        for name in names {
            fields.insert(name, Value::tuple(parts.clone()))?;
        }
    }
    Ok(Value::object(MappingProxy(Rc::new(fields))))
}

/// `dtype[index]`: the dtype of a field, or of several.
///
/// # Errors
/// `KeyError` and `IndexError` where there is no such field.
pub fn field_item(dtype: &DType, index: &Value) -> Result<Value> {
    let Some(whole) = dtype.structure() else {
        return Err(key_error(format!("'There are no fields in dtype {dtype}.'")));
    };
    let missing = |name: &str| key_error(format!("\"Field named '{name}' not found.\""));
    match index {
        Value::Str(name) => {
            let field = whole.field(name).ok_or_else(|| missing(name))?;
            Ok(Value::dtype(field.dtype.clone()))
        }
        Value::List(names) => {
            let mut fields = Vec::new();
            for name in names.to_vec() {
                let Value::Str(name) = &name else { return Err(missing(&repr(&name, &Default::default()))) };
                fields.push(whole.field(name).ok_or_else(|| missing(name))?.clone());
            }
            Ok(Value::dtype(structure(Struct { fields, ..whole.clone() })))
        }
        other => {
            let place = as_index(other).map_err(|_| {
                type_error("Field key must be an integer field offset, single field name, or list of field names.")
            })?;
            let count = whole.fields.len() as isize;
            let number = usize::try_from(if place < 0 { place + count } else { place });
            match number.ok().and_then(|number| whole.fields.get(number)) {
                Some(field) => Ok(Value::dtype(field.dtype.clone())),
                None => Err(index_error(format!("Field index {place} out of range."))),
            }
        }
    }
}

/// `dtype.names = value`: other names for all fields, for everybody who has this dtype.
///
/// # Errors
/// `ValueError` for no fields, too few names, or the same name twice.
pub fn set_names(dtype: &DType, value: &Value) -> Result<()> {
    let Some(whole) = dtype.structure() else { return Err(value_error("there are no fields defined")) };
    let count = whole.fields.len();
    let names: Vec<Value> = match value {
        Value::Tuple(_) | Value::List(_) => iterate(value)?.collect::<Result<_>>()?,
        _ => Vec::new(),
    };
    if names.len() != count || count == 0 {
        return Err(value_error(format!("must replace all names at once with a sequence of length {count}")));
    }
    let mut texts: Vec<Rc<str>> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let Value::Str(name) = name else {
            let class = name.type_name();
            return Err(value_error(format!("item #{number} of names is of type {class} and not string")));
        };
        if texts.contains(name) {
            return Err(value_error("Duplicate field names given."));
        }
        texts.push(Rc::clone(name));
    }
    for (field, name) in whole.fields.iter().zip(texts) {
        field.set_name(&name);
    }
    Ok(())
}

/// A dict that cannot be changed through it: `dtype.fields`.
struct MappingProxy(Rc<Dict>);

impl Object for MappingProxy {
    fn class(&self) -> &'static Class {
        &classes::MAPPING_PROXY
    }

    fn repr(&self, options: &PrintOptions) -> String {
        format!("mappingproxy({})", self.str(options))
    }

    fn str(&self, options: &PrintOptions) -> String {
        repr(&Value::Dict(Rc::clone(&self.0)), options)
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let reads = ["keys", "values", "items", "get", "copy"].contains(&name);
        reads.then(|| get_attribute(context, &Value::Dict(Rc::clone(&self.0)), name))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["copy", "get", "items", "keys", "values"]
    }

    fn item(&self, _: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        self.0.get(index)?.ok_or_else(|| key_error(repr(index, &PrintOptions::default())))
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        Some(Box::new(self.0.keys().into_iter().map(Ok)))
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        crate::value::equal(&Value::Dict(Rc::clone(&self.0)), other).ok()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.dtype",
        signature: "(dtype, align=False, copy=False, *, metadata=<no value>)",
        method: None,
        summary: "What an element is: its type, its size in bytes and the order of those bytes.",
        memory: MemoryRule::NoArray,
        notes: "Accepts a dtype, a class (int, np.float32), a code with or without byte order ('i4', '>f8'), a name \
                ('float64'), and for structures a list of fields. Fields lie side by side unless align=True places them \
                as C does, with gaps.",
        example: "\
>>> np.dtype('i4')
dtype('int32')
>>> np.dtype(float), np.dtype('>i2')
(dtype('float64'), dtype('>i2'))
>>> np.dtype([('flag', 'i1'), ('value', 'f8')]).itemsize
9
>>> d = np.dtype([('flag', 'i1'), ('value', 'f8')], align=True)
>>> d.itemsize, d.fields['value'][1]
(16, 8)
",
        see_also: &["np.result_type", "np.can_cast", "np.iinfo", "np.finfo"],
        run: Run::Read(Reader::Keywords, |context, arguments| {
            let align = as_bool(&arguments.get("align"))?;
            make(context, &arguments.get("dtype"), align).map_err(|error| match error.class() {
                ErrorClass::TypeError | ErrorClass::ValueError => error.at_argument("dtype"),
                _ => error,
            })
        }),
    }],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[
        ("np.str_", &classes::STR_),
        ("np.bytes_", &classes::BYTES_),
        ("np.void", &classes::VOID),
        ("np.object_", &classes::OBJECT_),
        ("np.dtypes.BytesDType", &classes::DTYPE_BYTES),
        ("np.dtypes.StrDType", &classes::DTYPE_STR),
        ("np.dtypes.VoidDType", &classes::DTYPE_VOID),
        ("np.dtypes.ObjectDType", &classes::DTYPE_OBJECT),
    ],
};
