//! What NumPy says of an object: `np.info`; and the letters of its types: `np.typecodes`.

use crate::array::ArrayRef;
use crate::error::Result;
use crate::registry::{Arguments, Constant, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Dict, Value, repr, shown_address};
use std::rc::Rc;

/// The lines on an array (`_info`, numpy/lib/_utils_impl.py).
fn array_lines(array: &ArrayRef) -> String {
    let layout = array.layout();
    let tuple = |items: Vec<String>| format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" });
    let truth = |truth: bool| if truth { "True" } else { "False" };
    let dtype = &layout.dtype;
    let swaps = dtype.byteorder() == '>';
    let order = if swaps { "big" } else { "little" };
    format!(
        "class:  ndarray\nshape:  {}\nstrides:  {}\nitemsize:  {}\naligned:  {}\ncontiguous:  {}\nfortran:  {}\ndata \
         pointer: 0x{:x}\nbyteorder:  {order}\nbyteswap:  {}\ntype: {}\n",
        tuple(layout.shape.iter().map(usize::to_string).collect()),
        tuple(layout.strides.iter().map(isize::to_string).collect()),
        layout.itemsize(),
        truth(array.is_aligned()),
        truth(layout.is_c_contiguous()),
        truth(layout.is_f_contiguous()),
        shown_address(array.address()),
        truth(swaps),
        dtype
    )
}

fn function_lines(function: &Function) -> String {
    let name = function.short_name();
    let notes = if function.notes.is_empty() { String::new() } else { format!("\n{}\n", function.notes) };
    format!(" {name}{}\n\n{}\n{notes}", function.signature, function.summary)
}

fn info(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let object = arguments.get("object");
    let named = match &object {
        Value::Str(name) => context.catalog.resolve(&format!("np.{name}")).or_else(|| context.catalog.resolve(name)),
        other => Some(other.clone()),
    };
    let text = match (&object, named) {
        (_, Some(Value::Array(array))) => array_lines(&array),
        (_, Some(Value::Function(function))) => function_lines(function),
        (_, Some(Value::Method(method))) => function_lines(method.1),
        (Value::Str(name), None) => format!("Help for {name} not found.\n"),
        (_, Some(other)) => format!("{}\n", repr(&other, &context.print_options)),
        (_, None) => String::new(),
    };
    context.stdout.push_str(&text);
    Ok(Value::None)
}

/// `np.typecodes`: the letters of the types of each kind.
fn typecodes() -> Value {
    let entries = [
        ("Character", "c"),
        ("Integer", "bhilqnp"),
        ("UnsignedInteger", "BHILQNP"),
        ("Float", "efdg"),
        ("Complex", "FDG"),
        ("AllInteger", "bBhHiIlLqQnNpP"),
        ("AllFloat", "efdgFDG"),
        ("Datetime", "Mm"),
        ("All", "?bhilqnpBHILQNPefdgFDGSUVOMm"),
    ];
    let dict = Dict::new(entries.map(|(kind, letters)| (Value::from(kind), Value::from(letters))));
    dict.map_or(Value::None, |dict| Value::Dict(Rc::new(dict)))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.info",
        signature: "(object=None, maxwidth=76, output=None, toplevel='numpy')",
        method: None,
        summary: "Prints what there is to know about a function, or how an array lies in memory.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: "\
>>> np.info('nothing of this name')
Help for nothing of this name not found.
",
        see_also: &["np.typename"],
        run: Run::Read(Reader::Python, info),
    }],
    attributes: &[],
    constants: &[Constant {
        name: "np.typecodes",
        summary: "The letters of the types of each kind.",
        value: typecodes,
    }],
    aliases: &[],
    classes: &[],
};
