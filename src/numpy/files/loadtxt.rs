//! `np.loadtxt`: the numbers of a text, row by row.

use super::text::{columns_of, given, lines_of, ndmin_of, table_of};
use crate::array::{DType, Item};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::files::table::{self, Cut};
use crate::numpy::coercion::item_for;
use crate::numpy::dtypes::as_dtype;
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section, call};
use crate::value::{Value, as_bool, as_index, collect, repr};

/// A control character: a str of one character.
fn control(arguments: &Arguments, name: &str) -> Result<Option<char>> {
    let Some(value) = arguments.some(name) else { return Ok(None) };
    let text = match value {
        Value::Str(text) => text.to_string(),
        Value::Bytes(bytes) => bytes.iter().map(|byte| *byte as char).collect(),
        _ => String::new(),
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(Some(c)),
        _ => {
            let got = repr(value, &Default::default());
            let message = "Text reading control character must be a single unicode character or None; but got:";
            Err(type_error(format!("{message} {got}")).at_argument(name))
        }
    }
}

/// The texts that start a comment.
fn comments_of(context: &mut Context, arguments: &Arguments) -> Result<Vec<String>> {
    let items = match arguments.some("comments").cloned() {
        None => return Ok(Vec::new()),
        Some(one @ (Value::Str(_) | Value::Bytes(_))) => vec![one],
        Some(several) => collect(context, &several)?,
    };
    let mut comments = Vec::new();
    for item in items {
        comments.push(match item {
            Value::Str(text) => text.to_string(),
            Value::Bytes(bytes) => bytes.iter().map(|byte| *byte as char).collect(),
            other => return Err(type_error(format!("comments must be str, not {}", other.type_name()))),
        });
    }
    if comments.iter().any(String::is_empty) {
        let message = "comments cannot be an empty string. Use comments=None to disable comments.";
        return Err(value_error(message).at_argument("comments"));
    }
    Ok(comments)
}

/// A number that is not below 0.
fn count(arguments: &Arguments, name: &str) -> Result<Option<usize>> {
    let Some(value) = arguments.some(name) else { return Ok(None) };
    let count = as_index(value).map_err(|_| type_error("argument must be an integer").at_argument(name))?;
    usize::try_from(count).map(Some).map_err(|_| value_error("argument must be nonnegative").at_argument(name))
}

/// Which function converts which column.
enum Converters {
    None,
    All(Value),
    Each(Vec<(isize, Value)>),
}

impl Converters {
    fn of(arguments: &Arguments) -> Result<Converters> {
        match arguments.some("converters") {
            None => Ok(Converters::None),
            Some(Value::Dict(dict)) => {
                let entry = |(key, value): (Value, Value)| {
                    let wrong = "keys of the converters dictionary must be integers; got";
                    let key = as_index(&key)
                        .map_err(|_| type_error(format!("{wrong}: {}", repr(&key, &Default::default()))))?;
                    Ok((key, value))
                };
                dict.entries().into_iter().map(entry).collect::<Result<Vec<_>>>().map(Converters::Each)
            }
            Some(other) => Ok(Converters::All(other.clone())),
        }
    }

    fn get(&self, column: usize, columns: usize) -> Option<&Value> {
        match self {
            Converters::None => None,
            Converters::All(function) => Some(function),
            Converters::Each(each) => {
                let is_it = |key: isize| key == column as isize || key + columns as isize == column as isize;
                each.iter().find(|(key, _)| is_it(*key)).map(|(_, function)| function)
            }
        }
    }
}

fn run_loadtxt(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    let ndmin = ndmin_of(arguments)?;
    let columns = columns_of(context, arguments)?;
    let comments = comments_of(context, arguments)?;
    let is_short = matches!(comments.as_slice(), [one] if one.chars().count() == 1);
    let mut cut =
        Cut { delimiter: control(arguments, "delimiter")?, quote: control(arguments, "quotechar")?, comment: None };
    if is_short {
        cut.comment = comments.first().and_then(|comment| comment.chars().next());
    } else if cut.quote.is_some() && !comments.is_empty() {
        return Err(value_error(
            "when multiple comments or a multi-character comment is given, quotes are not supported.  In this case \
             quotechar must be set to None.",
        )
        .at_argument("quotechar"));
    }
    if cut.comment.is_some() && cut.comment == cut.delimiter {
        let message = "The values for control characters 'comment' and 'delimiter' are incompatible";
        return Err(type_error(message).at_argument("delimiter"));
    }
    let skip = count(arguments, "skiprows")?.unwrap_or(0);
    let most = count(arguments, "max_rows")?.unwrap_or(usize::MAX);
    let converters = Converters::of(arguments)?;
    let unpack = as_bool(&arguments.get("unpack"))?;
    let text = lines_of(context, arguments, |value| {
        let class = value.class().repr();
        value_error(format!("fname must be a string, filehandle, list of strings,\nor generator. Got {class} instead."))
    })?;
    let parts = table::columns(&dtype);
    let is_structure = dtype.compound().is_some();
    let mut elements: Vec<Item> = Vec::new();
    let (mut rows, mut width) = (0, None);
    let mut warned = false;
    let mut open = String::new();
    for (number, line) in text.lines.iter().enumerate().skip(skip) {
        if rows >= most {
            break;
        }
        crate::interrupt::check()?;
        let line = if is_short { line.as_str() } else { table::before_comment(line, &comments) };
        open.push_str(line);
        let Some(fields) = cut.fields(&open) else {
            open.push('\n');
            continue;
        };
        open.clear();
        if fields.is_empty() {
            if most != usize::MAX && !warned {
                warned = true;
                context.runtime.warn(ErrorClass::UserWarning, format!(
                    "Input line {} contained no data and will not be counted towards `max_rows={most}`.  This differs \
                     from the behaviour in NumPy <=1.22 which counted lines rather than rows.  If desired, the previous \
                     behaviour can be achieved by using `itertools.islice`.\nPlease see the 1.23 release notes for an \
                     example on how to do this.  If you wish to ignore this warning, use `warnings.filterwarnings`.  \
                     This warning is expected to be removed in the future and is given only once per `loadtxt` call.",
                    number + 1
                ));
            }
            continue;
        }
        let picked: Vec<usize> = match &columns {
            None => {
                let first = *width.get_or_insert(fields.len());
                if fields.len() != first {
                    return Err(value_error(format!(
                        "the number of columns changed from {first} to {} at row {}; use `usecols` to select a subset \
                         and avoid this error",
                        fields.len(),
                        rows + 1
                    ))
                    .at_argument("fname"));
                }
                (0..first).collect()
            }
            Some(columns) => {
                let place = |&column: &isize| {
                    let place = if column < 0 { column + fields.len() as isize } else { column };
                    usize::try_from(place).ok().filter(|place| *place < fields.len()).ok_or_else(|| {
                        value_error(format!(
                            "invalid column index {column} at row {} with {} columns",
                            rows + 1,
                            fields.len()
                        ))
                        .at_argument("usecols")
                    })
                };
                columns.iter().map(place).collect::<Result<_>>()?
            }
        };
        if is_structure && picked.len() != parts.len() {
            return Err(value_error(format!(
                "the dtype passed requires {} columns but {} were found at row {}; use `usecols` to select a subset and \
                 avoid this error",
                parts.len(),
                picked.len(),
                rows + 1
            ))
            .at_argument("dtype"));
        }
        let mut row = Vec::with_capacity(picked.len());
        for (number, column) in picked.into_iter().enumerate() {
            let field = &fields[column];
            let part = if is_structure { &parts[number] } else { &dtype };
            row.push(match converters.get(column, fields.len()) {
                Some(function) => {
                    let given = call(context, function, vec![Value::str(field)], Vec::new());
                    let item = given.and_then(|given| item_for(context, &given, part));
                    item.map_err(|error| match error.class() {
                        ErrorClass::KeyboardInterrupt => error,
                        _ => unreadable(field, part, rows, column).label(error.to_string()),
                    })?
                }
                None => table::item(field, part).ok_or_else(|| unreadable(field, part, rows, column))?,
            });
        }
        match is_structure {
            true => elements.extend(table::assembled(&dtype, &mut row.into_iter())),
            false => elements.extend(row),
        }
        rows += 1;
    }
    let width = columns.as_ref().map_or(width.unwrap_or(1), Vec::len);
    if rows == 0 {
        let message = format!("loadtxt: input contained no data: \"{}\"", text.name);
        context.runtime.warn(ErrorClass::UserWarning, message);
    }
    let table = table_of(context, &dtype, (!is_structure).then_some(width), &elements)?;
    given(table, ndmin, unpack)
}

fn unreadable(field: &str, dtype: &DType, row: usize, column: usize) -> Error {
    let (field, dtype) = (crate::text::quote::repr_str(field), dtype.name());
    value_error(format!("could not convert string {field} to {dtype} at row {row}, column {}.", column + 1))
        .at_argument("fname")
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.loadtxt",
        signature: "(fname, dtype=float, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, \
                    unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None)",
        method: None,
        summary: "A new array of the numbers in a text file: each line a row, every row of one length.",
        memory: MemoryRule::New,
        notes: "Axes of length 1 are dropped unless ndmin asks for them. np.genfromtxt takes files with gaps. A plan reads \
                short files only.",
        example: "\
>>> import io
>>> np.loadtxt(io.StringIO('1 2\\n3 4  # last\\n'))
array([[1., 2.],
       [3., 4.]])
>>> np.loadtxt(['a;b', '1;2', '3;4'], delimiter=';', skiprows=1, dtype=int, unpack=True)
array([[1, 3],
       [2, 4]])
>>> np.loadtxt(['1 2 3', '4 5 6'], usecols=-1)
array([3., 6.])
>>> np.loadtxt(['1 2', '3'])
ValueError: the number of columns changed from 2 to 1 at row 2; use `usecols` to select a subset and avoid this error
>>> np.loadtxt(['1 x'])
ValueError: could not convert string 'x' to float64 at row 0, column 2.
",
        see_also: &["np.genfromtxt", "np.savetxt", "np.load", "np.fromfile"],
        run: Run::Read(Reader::Python, run_loadtxt),
    }],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
