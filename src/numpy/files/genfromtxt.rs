//! `np.genfromtxt`: the numbers of a text with gaps: what is missing gets a filling value.

use super::names::names_of;
use super::text::{Lines, given, lines_of, ndmin_of, table_of};
use crate::array::compound::{Compound, Struct};
use crate::array::{DType, Item, Scalar, Type};
use crate::error::{ErrorClass, Result, not_implemented_error, type_error, value_error};
use crate::files::table;
use crate::numpy::coercion::item_for;
use crate::numpy::dtypes::as_dtype;
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section, call};
use crate::value::{Value, as_bool, as_index, as_str, collect, is_true};
use num_complex::Complex64;

/// How a line is cut (`LineSplitter`).
enum Cut {
    Blanks,
    At(String),
    /// Fields of so many characters; of one number all are so wide.
    Widths(Vec<usize>, bool),
}

struct Splitter {
    cut: Cut,
    comments: Option<String>,
    strips: bool,
}

impl Splitter {
    fn of(context: &mut Context, arguments: &Arguments) -> Result<Splitter> {
        let cut = match arguments.some("delimiter").cloned() {
            None => Cut::Blanks,
            Some(Value::Str(text)) if text.is_empty() => Cut::Blanks,
            Some(Value::Str(text)) => Cut::At(text.to_string()),
            Some(Value::Bytes(bytes)) => Cut::At(bytes.iter().map(|byte| *byte as char).collect()),
            Some(other) => {
                let width = |item: &Value| {
                    let width = as_index(item).map_err(|error| error.at_argument("delimiter"))?;
                    usize::try_from(width).map_err(|_| value_error("a width is below 0").at_argument("delimiter"))
                };
                match as_index(&other) {
                    Ok(_) => Cut::Widths(vec![width(&other)?], true),
                    Err(_) => {
                        let items = collect(context, &other).map_err(|error| error.at_argument("delimiter"))?;
                        Cut::Widths(items.iter().map(width).collect::<Result<_>>()?, false)
                    }
                }
            }
        };
        let comments = match arguments.some("comments") {
            Some(Value::Str(text)) if !text.is_empty() => Some(text.to_string()),
            Some(Value::Bytes(bytes)) => Some(bytes.iter().map(|byte| *byte as char).collect()),
            _ => None,
        };
        Ok(Splitter { cut, comments, strips: as_bool(&arguments.get("autostrip"))? })
    }

    fn split<'l>(&self, line: &'l str) -> Vec<&'l str> {
        let line = match &self.comments {
            Some(comments) => table::before_comment(line, std::slice::from_ref(comments)),
            None => line,
        };
        let mut fields: Vec<&str> = match &self.cut {
            Cut::Blanks => line.split_whitespace().collect(),
            Cut::At(delimiter) => {
                let line = line.trim_matches([' ', '\r', '\n']);
                if line.is_empty() { Vec::new() } else { line.split(delimiter.as_str()).collect() }
            }
            Cut::Widths(widths, repeats) => pieces(line.trim_matches(['\r', '\n']), widths, *repeats),
        };
        if self.strips {
            fields.iter_mut().for_each(|field| *field = field.trim());
        }
        fields
    }
}

/// A line in pieces of so many characters.
fn pieces<'l>(line: &'l str, widths: &[usize], repeats: bool) -> Vec<&'l str> {
    let mut fields = Vec::new();
    let mut rest = line;
    let mut width = widths.iter();
    if line.is_empty() || widths.first() == Some(&0) && repeats {
        return fields;
    }
    loop {
        let next = if repeats { (!rest.is_empty()).then(|| widths.first()).flatten() } else { width.next() };
        let Some(next) = next else { return fields };
        let end = rest.char_indices().nth(*next).map_or(rest.len(), |(at, _)| at);
        fields.push(&rest[..end]);
        rest = &rest[end..];
    }
}

/// How the fields of one column become numbers (`StringConverter`).
struct Column {
    dtype: DType,
    missing: Vec<String>,
    filling: Option<Value>,
    function: Option<Value>,
}

impl Column {
    fn default(&self, context: &mut Context) -> Result<Item> {
        if let Some(filling) = &self.filling {
            return item_for(context, filling, &self.dtype).map_err(|error| error.at_argument("filling_values"));
        }
        Ok(match self.dtype.ty() {
            Type::Str => Item::Str("???".into()),
            Type::Bytes => Item::Bytes(b"???".to_vec()),
            Type::Bool => Item::Number(Scalar::Bool(false)),
            ty if ty.is_integer() => Item::Number(Scalar::Int64(-1).cast(ty)),
            ty if ty.is_complex() => Item::Number(Scalar::Complex128(Complex64::new(f64::NAN, 0.0)).cast(ty)),
            ty if ty.is_number() => Item::Number(Scalar::Float64(f64::NAN).cast(ty)),
            _ => return Err(type_error("a text spells no element of this dtype").at_argument("dtype")),
        })
    }

    /// The element that a field spells.
    fn item(&self, field: &str) -> Option<Item> {
        let number = match self.dtype.ty() {
            Type::Bool => match field.to_uppercase().as_str() {
                "TRUE" => Some(Scalar::Bool(true)),
                "FALSE" => Some(Scalar::Bool(false)),
                _ => None,
            },
            // the other ints are read as floats and cut
            ty if ty.is_integer() && !matches!(ty, Type::Int64 | Type::UInt64) => {
                let Some(Scalar::Float64(value)) = table::number(field, Type::Float64) else { return None };
                value.is_finite().then(|| Scalar::Float64(value.trunc()).cast(ty))
            }
            _ => return table::item(field, &self.dtype),
        };
        number.map(Item::Number)
    }

    /// The element of a field. Where it spells none, the filling value: always if `loose`, else for the texts that
    /// stand for what is missing.
    fn element(&self, context: &mut Context, field: &str, loose: bool) -> Result<Item> {
        let found = match &self.function {
            Some(function) => match call(context, function, vec![Value::str(field)], Vec::new()) {
                Ok(value) => Some(item_for(context, &value, &self.dtype)?),
                Err(error) if error.class() == ErrorClass::ValueError => None,
                Err(error) => return Err(error),
            },
            None => self.item(field),
        };
        match found {
            Some(element) => Ok(element),
            None if loose || self.is_missing(field) => self.default(context),
            None => Err(value_error(format!("Cannot convert string '{field}'")).at_argument("fname")),
        }
    }

    fn is_missing(&self, field: &str) -> bool {
        self.missing.iter().any(|missing| missing == field.trim())
    }

    /// The first dtype of bool, int, float, complex and text in which every field is an element.
    fn upgrade<'f>(&mut self, fields: impl Iterator<Item = &'f str> + Clone) {
        for ty in [Type::Bool, Type::Int64, Type::Float64, Type::Complex128] {
            self.dtype = ty.into();
            if fields.clone().all(|field| self.is_missing(field) || self.item(field).is_some()) {
                return;
            }
        }
        self.dtype = DType::text(fields.map(|field| field.chars().count()).max().unwrap_or(0).max(1));
    }
}

/// What an argument says of each column: a dict by column, a sequence in order, or one for all.
enum PerColumn {
    Each(Vec<(Option<isize>, Value)>),
    InOrder(Vec<Value>),
    All(Value),
}

fn per_column(arguments: &Arguments, names: &[String], name: &str) -> Result<Option<PerColumn>> {
    Ok(Some(match arguments.some(name) {
        None => return Ok(None),
        Some(Value::Dict(dict)) => {
            let mut each = Vec::new();
            for (key, value) in dict.entries() {
                match key {
                    Value::None => each.push((None, value)),
                    // the column of a name that is not there was dropped
                    Value::Str(key) => each.extend(position(names, &key).map(|column| (Some(column), value))),
                    key => each.push((Some(as_index(&key).map_err(|error| error.at_argument(name))?), value)),
                }
            }
            PerColumn::Each(each)
        }
        Some(Value::List(list)) => PerColumn::InOrder(list.to_vec()),
        Some(Value::Tuple(items)) => PerColumn::InOrder(items.to_vec()),
        Some(other) => PerColumn::All(other.clone()),
    }))
}

fn position(names: &[String], name: &str) -> Option<isize> {
    names.iter().position(|known| known == name).map(|column| column as isize)
}

/// The place of a column among those that are used.
fn place(column: isize, used: Option<&[isize]>) -> isize {
    used.and_then(|used| used.iter().position(|other| *other == column)).map_or(column, |at| at as isize)
}

/// The columns, each of its dtype.
fn columns(arguments: &Arguments, used: Option<&[isize]>, names: &[String], dtypes: Vec<DType>) -> Result<Vec<Column>> {
    let count = dtypes.len();
    let new = |dtype| Column { dtype, missing: vec![String::new()], filling: None, function: None };
    let mut columns: Vec<Column> = dtypes.into_iter().map(new).collect();
    let text = |value: &Value| crate::value::str(value, &Default::default());
    let texts = |value: &Value| match value {
        Value::List(list) => list.to_vec().iter().map(text).collect(),
        Value::Tuple(items) => items.iter().map(text).collect(),
        other => vec![text(other)],
    };
    let at = |column: isize| usize::try_from(place(column, used)).ok();
    match per_column(arguments, names, "missing_values")? {
        None => {}
        Some(PerColumn::Each(each)) => {
            for (key, value) in each {
                let is_meant = |i: usize| key.is_none_or(|key| at(key) == Some(i));
                let meant = columns.iter_mut().enumerate().filter(|(i, _)| is_meant(*i));
                meant.for_each(|(_, column)| column.missing.extend(texts(&value)));
            }
        }
        Some(PerColumn::InOrder(values)) => {
            columns.iter_mut().zip(&values).for_each(|(column, value)| column.missing.push(text(value)));
        }
        Some(PerColumn::All(value)) => {
            let several: Vec<String> = text(&value).split(',').map(str::to_string).collect();
            columns.iter_mut().for_each(|column| column.missing.extend(several.iter().cloned()));
        }
    }
    let fillings: Vec<(usize, Value)> = match per_column(arguments, names, "filling_values")? {
        None => Vec::new(),
        Some(PerColumn::Each(each)) => each.into_iter().filter_map(|(key, value)| Some((at(key?)?, value))).collect(),
        Some(PerColumn::InOrder(values)) => values.into_iter().enumerate().collect(),
        Some(PerColumn::All(value)) => (0..count).map(|i| (i, value.clone())).collect(),
    };
    for (i, value) in fillings {
        if let Some(column) = columns.get_mut(i).filter(|_| !value.is_none()) {
            column.filling = Some(value);
        }
    }
    match arguments.some("converters") {
        None => {}
        Some(Value::Dict(dict)) => {
            for (key, function) in dict.entries() {
                let key = match &key {
                    Value::Str(key) => position(names, key),
                    key => Some(as_index(key).map_err(|error| error.at_argument("converters"))?),
                };
                if let Some(column) = key.and_then(at).and_then(|i| columns.get_mut(i)) {
                    column.function = Some(function);
                }
            }
        }
        Some(other) => {
            let class = other.class().repr();
            let message =
                format!("The input argument 'converter' should be a valid dictionary (got '{class}' instead)");
            return Err(type_error(message).at_argument("converters"));
        }
    }
    Ok(columns)
}

fn count(arguments: &Arguments, name: &str) -> Result<usize> {
    let count = as_index(&arguments.get(name)).map_err(|error| error.at_argument(name))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The rows of fields, and what is wrong with others: the number of the line and its number of fields.
type Rows<'l> = (Vec<Vec<&'l str>>, Vec<(usize, usize)>);

/// Cuts the lines from the first that has fields.
fn rows<'l>(
    lines: &'l [String],
    splitter: &Splitter,
    (width, used): (usize, Option<&[isize]>),
    most: usize,
) -> Result<Rows<'l>> {
    let (mut rows, mut invalid) = (Vec::new(), Vec::new());
    for (number, line) in lines.iter().enumerate() {
        crate::interrupt::check()?;
        let fields = splitter.split(line);
        if fields.is_empty() {
            continue;
        }
        let picked: Option<Vec<&str>> = match used {
            None => (fields.len() == width).then(|| fields.clone()),
            Some(used) => used.iter().map(|&column| fields.get(usize::try_from(column).ok()?).copied()).collect(),
        };
        match picked {
            Some(row) => rows.push(row),
            None => invalid.push((number + 1, fields.len())),
        }
        if rows.len() >= most {
            break;
        }
    }
    Ok((rows, invalid))
}

/// A structure of these fields; without names they are `f0`, `f1`, ... as `defaultfmt` says.
fn structure(arguments: &Arguments, names: &[String], dtypes: Vec<DType>) -> Result<DType> {
    let format = arguments.get("defaultfmt");
    let format = as_str(&format, "defaultfmt")?;
    let name = |i: usize| names.get(i).cloned().unwrap_or_else(|| format.replace("%i", &i.to_string()));
    let fields = dtypes.into_iter().enumerate().map(|(i, dtype)| (name(i), None, dtype));
    Ok(DType::of_parts(Compound::Struct(Struct::packed(fields, false))))
}

/// The columns that are asked for, by number or by name.
fn used_columns(context: &mut Context, arguments: &Arguments, names: &[String]) -> Result<Option<Vec<isize>>> {
    let Some(asked) = arguments.some("usecols").cloned() else { return Ok(None) };
    let asked = match &asked {
        Value::Str(text) => text.split(',').map(|name| Value::str(name.trim())).collect(),
        other => collect(context, other).unwrap_or_else(|_| vec![other.clone()]),
    };
    let column = |item: &Value| match item {
        Value::Str(name) => {
            position(names, name).ok_or_else(|| value_error(format!("'{name}' is not in list")).at_argument("usecols"))
        }
        other => as_index(other).map_err(|error| error.at_argument("usecols")),
    };
    let columns = asked.iter().map(column).collect::<Result<Vec<_>>>()?;
    Ok(Some(columns).filter(|columns| !columns.is_empty()))
}

fn run_genfromtxt(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let ndmin = ndmin_of(arguments)?;
    let (skip_header, skip_footer) = (count(arguments, "skip_header")?, count(arguments, "skip_footer")?);
    let most = match arguments.some("max_rows") {
        None => usize::MAX,
        Some(_) if skip_footer > 0 => {
            let message = "The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.";
            return Err(value_error(message).at_argument("max_rows"));
        }
        Some(most) => {
            let most = usize::try_from(as_index(most)?).ok().filter(|most| *most > 0);
            most.ok_or_else(|| value_error("'max_rows' must be at least 1.").at_argument("max_rows"))?
        }
    };
    if is_true(&arguments.get("usemask"))? {
        return Err(not_implemented_error("ndsh has no masked arrays").at_argument("usemask"));
    }
    let dtype: Option<DType> = match arguments.some("dtype").cloned() {
        None => None,
        Some(dtype) => Some(as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?),
    };
    let splitter = Splitter::of(context, arguments)?;
    let loose = as_bool(&arguments.get("loose"))?;
    let unpack = is_true(&arguments.get("unpack"))?;
    let Lines { lines, name } = lines_of(context, arguments, |value| {
        type_error(format!(
            "fname must be a string, a filehandle, a sequence of strings,\nor an iterator of strings. Got {} instead.",
            value.class().repr()
        ))
    })?;
    let lines = lines.get(skip_header..).unwrap_or(&[]);
    let takes_names = matches!(arguments.some("names"), Some(Value::Bool(true)));
    let fields_of = |line: &str| -> Vec<String> {
        let commented = splitter.comments.as_deref().filter(|_| takes_names).and_then(|mark| line.split_once(mark));
        let line = commented.map_or(line, |(before, behind)| if before.trim().is_empty() { behind } else { before });
        splitter.split(line).into_iter().map(str::to_string).collect()
    };
    let first = lines.iter().position(|line| !fields_of(line).is_empty());
    if first.is_none() {
        context.runtime.warn(ErrorClass::UserWarning, format!("genfromtxt: Empty input file: \"{name}\""));
    }
    let first_fields = first.map_or(Vec::new(), |first| fields_of(&lines[first]));
    let lines = first.map_or(&[][..], |first| &lines[first + usize::from(takes_names)..]);
    let width = first_fields.len();
    let mut names = names_of(context, arguments, &first_fields)?;
    let used = used_columns(context, arguments, names.as_deref().unwrap_or(&[]))?;
    let used: Option<Vec<isize>> =
        used.map(|used| used.iter().map(|&c| if c < 0 { c + width as isize } else { c }).collect());
    let used = used.as_deref();
    let columns_count = used.map_or(width, <[isize]>::len);
    let pick = |names: &[String]| -> Vec<String> {
        let picked = used.unwrap_or(&[]).iter().map(|&c| usize::try_from(c).ok().and_then(|c| names.get(c)).cloned());
        picked.flatten().collect()
    };
    if let Some(all) = names.as_ref().filter(|names| used.is_some() && names.len() > columns_count) {
        names = Some(pick(all));
    }
    // the dtype of each column, where it is given
    let mut dtype = dtype;
    let parts: Option<Vec<DType>> = match &dtype {
        None => None,
        Some(whole) if whole.structure().is_some() => {
            let parts = table::columns(whole);
            if let Some(names) = names.as_deref().filter(|names| names.len() == parts.len()) {
                dtype = Some(structure(arguments, names, parts.clone())?);
            }
            Some(parts)
        }
        Some(one) => {
            let parts = vec![one.clone(); names.as_ref().map_or(columns_count, Vec::len)];
            if let Some(names) = &names {
                dtype = Some(structure(arguments, names, parts.clone())?);
            }
            Some(parts)
        }
    };
    let known = names.clone().unwrap_or_default();
    let dtypes = parts.unwrap_or_else(|| vec![Type::Bool.into(); columns_count]);
    let mut columns = columns(arguments, used, &known, dtypes)?;
    let (mut rows, mut invalid) = rows(lines, &splitter, (width, used), most)?;
    if skip_footer > 0 {
        let all = rows.len() + invalid.len();
        let kept = all.saturating_sub(skip_footer);
        let cut = invalid.iter().filter(|(number, _)| *number > kept).count();
        invalid.truncate(invalid.len() - cut);
        rows.truncate(rows.len().saturating_sub(skip_footer - cut.min(skip_footer)));
    }
    if !invalid.is_empty() {
        let from = skip_header + first.unwrap_or(0);
        let line = |(number, got): &(usize, usize)| {
            format!("\n    Line #{} (got {got} columns instead of {columns_count})", number + from)
        };
        let message = format!("Some errors were detected !{}", invalid.iter().map(line).collect::<String>());
        if as_bool(&arguments.get("invalid_raise"))? {
            return Err(value_error(message).at_argument("fname"));
        }
        context.runtime.warn(ErrorClass::ConversionWarning, message);
    }
    let dtype = match dtype {
        Some(dtype) => dtype,
        None => {
            for (i, column) in columns.iter_mut().enumerate() {
                column.upgrade(rows.iter().filter_map(|row| row.get(i).copied()));
            }
            let dtypes: Vec<DType> = columns.iter().map(|column| column.dtype.clone()).collect();
            let is_text = |dtype: &DType| dtype.ty() == Type::Str;
            match (&names, dtypes.split_first()) {
                (Some(names), _) => structure(arguments, names, dtypes)?,
                (None, None) => Type::Float64.into(),
                (None, Some((first, rest))) if rest.iter().all(|other| other == first) => first.clone(),
                // texts are of the length of the longest
                (None, Some(_)) if dtypes.iter().all(is_text) => DType::sized(Type::Str, 0),
                _ => structure(arguments, &[], dtypes)?,
            }
        }
    };
    let is_structure = dtype.structure().is_some();
    let mut elements = Vec::new();
    for row in &rows {
        let mut parts = Vec::with_capacity(columns_count);
        for (field, column) in row.iter().zip(&columns) {
            parts.push(column.element(context, field, loose)?);
        }
        match is_structure {
            true => elements.extend(table::assembled(&dtype, &mut parts.into_iter())),
            false => elements.extend(parts),
        }
    }
    let table_columns = if is_structure || rows.is_empty() { None } else { Some(columns_count) };
    let table = table_of(context, &dtype, table_columns, &elements)?;
    given(table, ndmin, unpack)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.genfromtxt",
        signature: "(fname, dtype=float, comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, \
                    missing_values=None, filling_values=None, usecols=None, names=None, excludelist=None, \
                    deletechars=None, replace_space='_', autostrip=False, case_sensitive=True, defaultfmt='f%i', \
                    unpack=None, usemask=False, loose=True, invalid_raise=True, max_rows=None, encoding=None, *, ndmin=0, \
                    like=None)",
        method: None,
        summary: "A new array of the numbers in a text file, with a filling value for what is missing or no number.",
        memory: MemoryRule::New,
        notes: "A missing float is nan, a missing int -1, unless filling_values says otherwise. A plan reads short files \
                only.",
        example: "\
>>> np.genfromtxt(['1,,3', '4,x,6'], delimiter=',')
array([[ 1., nan,  3.],
       [ 4., nan,  6.]])
>>> np.genfromtxt(['1,,3'], delimiter=',', dtype=int, filling_values=0)
array([1, 0, 3])
>>> np.genfromtxt(['123456', '789012'], delimiter=[1, 2, 3])
array([[  1.,  23., 456.],
       [  7.,  89.,  12.]])
>>> np.genfromtxt(['1 2', '3'])
ValueError: Some errors were detected !
    Line #2 (got 1 columns instead of 2)
",
        see_also: &["np.loadtxt", "np.savetxt", "np.fromfile"],
        run: Run::Read(Reader::Python, run_genfromtxt),
    }],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
