//! `np.savetxt`: an array as a table of text.

use crate::array::elements::items;
use crate::array::{Item, Order, Scalar};
use crate::error::{ErrorClass, Result, attribute_error, type_error, value_error};
use crate::files::{os_error, write_whole};
use crate::numpy::coercion::array_from;
use crate::python::files::{OpenFile, path_of};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_str, item_scalar, repr, str};
use std::io::Write;

/// How a row of so many columns is written.
fn row_format(arguments: &Arguments, columns: usize, is_complex: bool) -> Result<String> {
    let fmt = arguments.get("fmt");
    let delimiter = arguments.get("delimiter");
    let delimiter = as_str(&delimiter, "delimiter")?;
    let several = match &fmt {
        Value::List(list) => Some(list.to_vec()),
        Value::Tuple(items) => Some(items.to_vec()),
        _ => None,
    };
    if let Some(formats) = several {
        if formats.len() != columns {
            let shown = str(&fmt, &Default::default());
            return Err(attribute_error(format!("fmt has wrong shape.  {shown}")).at_argument("fmt"));
        }
        let formats = formats.iter().map(|format| as_str(format, "fmt")).collect::<Result<Vec<_>>>()?;
        return Ok(formats.join(delimiter));
    }
    let Value::Str(fmt) = &fmt else {
        return Err(value_error(format!("invalid fmt: {}", repr(&fmt, &Default::default()))).at_argument("fmt"));
    };
    let places = fmt.matches('%').count();
    if places == 1 {
        let one = if is_complex { format!(" ({fmt}+{fmt}j)") } else { fmt.to_string() };
        return Ok(vec![one; columns].join(delimiter));
    }
    if places != columns * if is_complex { 2 } else { 1 } {
        return Err(value_error(format!("fmt has wrong number of % formats:  {fmt}")).at_argument("fmt"));
    }
    Ok(fmt.to_string())
}

/// A header or a footer as a comment.
fn remark(arguments: &Arguments, name: &str, out: &mut String) -> Result<()> {
    let (text, comments, newline) = (arguments.get(name), arguments.get("comments"), arguments.get("newline"));
    let (text, comments) = (as_str(&text, name)?, as_str(&comments, "comments")?);
    if !text.is_empty() {
        out.push_str(comments);
        out.push_str(&text.replace('\n', &format!("\n{comments}")));
        out.push_str(as_str(&newline, "newline")?);
    }
    Ok(())
}

fn run_savetxt(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let file = arguments.get("fname");
    let open = file.downcast::<OpenFile>();
    let path = path_of(&file);
    if open.is_none() && path.is_none() {
        return Err(value_error("fname must be a string or file handle").at_argument("fname"));
    }
    let array = array_from(context, &arguments.get("X"), None).map_err(|e| e.at_argument("X"))?;
    let dtype = array.dtype();
    let fields = dtype.structure().map(|whole| whole.fields.len());
    let columns = match array.ndim() {
        1 => fields.unwrap_or(1),
        2 => array.shape()[1],
        ndim => {
            return Err(value_error(format!("Expected 1D or 2D array, got {ndim}D array instead")).at_argument("X"));
        }
    };
    let is_complex = array.dtype().ty().is_complex();
    let format = row_format(arguments, columns, is_complex)?;
    let newline = arguments.get("newline");
    let newline = as_str(&newline, "newline")?;
    let mut text = String::new();
    remark(arguments, "header", &mut text)?;
    let mut row: Vec<Value> = Vec::new();
    let rows = if array.buffer_ref().is_planned() { 0 } else { array.shape()[0] };
    let mut elements = items(&array, Order::C);
    let count = if array.ndim() == 1 { 1 } else { columns };
    for _ in 0..rows {
        crate::interrupt::check()?;
        row.clear();
        for element in elements.by_ref().take(count) {
            match element {
                Item::Number(number) if is_complex => {
                    let number = number.as_complex();
                    row.extend([number.re, number.im].map(|part| Value::Scalar(Scalar::Float64(part))));
                }
                Item::Fields(parts) => row.extend(parts.iter().map(item_scalar)),
                other => row.push(item_scalar(&other)),
            }
        }
        let line = crate::python::percent(context, &format, &Value::tuple(row.iter().cloned()));
        let line = line.map_err(|error| match error.class() {
            ErrorClass::TypeError if !is_complex => {
                type_error(format!("Mismatch between array dtype ('{dtype}') and format specifier ('{format}')"))
                    .at_argument("fmt")
            }
            _ => error,
        })?;
        let line = str(&line, &context.print_options);
        text.push_str(&if is_complex { line.replace("+-", "-") } else { line });
        text.push_str(newline);
    }
    remark(arguments, "footer", &mut text)?;
    match (open, path) {
        (Some(open), _) => {
            let data = match open.is_text {
                true => Value::str(&text),
                false => {
                    let latin = text.chars().map(|c| u8::try_from(c as u32).unwrap_or(b'?'));
                    Value::Bytes(latin.collect())
                }
            };
            open.write(&data)?;
        }
        (None, Some(path)) if !context.runtime.ledger.is_planning() => {
            let write = |out: &mut dyn Write| out.write_all(text.as_bytes()).map_err(|error| os_error(&error, None));
            write_whole(&path, |out| write(out)).map_err(|error| error.at_argument("fname"))?;
        }
        _ => {}
    }
    Ok(Value::None)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.savetxt",
        signature: "(fname, X, fmt='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ', \
                    encoding=None)",
        method: None,
        summary: "Writes an array of one or two axes as a text, each row a line.",
        memory: MemoryRule::NoArray,
        notes: "fmt is one format for all columns, one for each, or a whole line. A file is written whole or not at all. A \
                plan writes nothing.",
        example: "\
>>> import io
>>> f = io.StringIO()
>>> np.savetxt(f, [[1, 2], [3, 4.5]], fmt='%.2f', delimiter=',', header='x y')
>>> f.getvalue()
'# x y\\n1.00,2.00\\n3.00,4.50\\n'
>>> np.savetxt(f, np.arange(3), fmt='%d %d')
ValueError: fmt has wrong number of % formats:  %d %d
",
        see_also: &["np.loadtxt", "np.save", "ndarray.tofile"],
        run: Run::Read(Reader::Python, run_savetxt),
    }],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
