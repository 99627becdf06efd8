//! `np.char.chararray`: an array of texts that has the methods of texts, and leaves blanks at the end out.

use crate::array::cast::Casting;
use crate::array::printing::{PrintOptions, array_repr_with, array_str_with};
use crate::array::{ArrayRef, DType, Item, NdArray, Order, Type, copy};
use crate::error::Result;
use crate::numpy::coercion::array_from;
use crate::numpy::dtypes::as_order;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section, call, get_attribute};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::value::{
    Class, Items, Object, Twins, Value, Way, as_bool, as_usize, classes, iterate, lengths, plain, shape_of,
};
use std::any::Any;
use std::rc::Rc;

/// `np.char.chararray`: it looks at the memory of a plain array.
pub struct CharArray(ArrayRef);

impl CharArray {
    /// The array with the methods of texts: the same memory.
    pub fn of(array: ArrayRef) -> Value {
        Value::object(CharArray(array))
    }
}

/// An element without the blanks at its end.
fn shown(item: &Item) -> Result<String> {
    Ok(match item {
        Item::Str(text) => Item::Str(text.trim_end().to_string()).repr(),
        Item::Bytes(bytes) => Item::Bytes(bytes.trim_ascii_end().to_vec()).repr(),
        other => other.repr(),
    })
}

/// Results that are arrays of texts have the methods of texts again; a scalar loses the blanks at its end.
fn as_characters(context: &mut Context, value: Value) -> Result<Value> {
    match value {
        Value::Array(array) if array.layout().dtype.ty().is_text() => Ok(CharArray::of(array)),
        other => match plain(&other) {
            text @ (Value::Str(_) | Value::Bytes(_)) => {
                crate::registry::call_method(context, text, "rstrip", Vec::new())
            }
            _ => Ok(other),
        },
    }
}

/// A function of `np.char` with the array as its first argument.
struct CharMethod(ArrayRef, &'static Function);

impl Object for CharMethod {
    fn class(&self) -> &'static Class {
        &classes::BUILTIN_METHOD
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<bound method chararray.{}>", self.1.short_name())
    }

    fn call(
        &self,
        context: &mut Context,
        positional: Vec<Value>,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Option<Result<Value>> {
        let all = std::iter::once(Value::Array(Rc::clone(&self.0))).chain(positional).collect();
        let result = call(context, &Value::Function(self.1), all, keywords);
        Some(result.and_then(|value| as_characters(context, value)))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.0)))]
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        Ok(Value::object(CharMethod(twins.array(&self.0), self.1)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for CharArray {
    fn class(&self) -> &'static Class {
        &classes::CHARARRAY
    }

    fn repr(&self, options: &PrintOptions) -> String {
        // the name is longer than that of a plain array, and later lines are indented by it
        let text = array_repr_with(&self.0, options, Some(&shown)).unwrap_or_default();
        text.replacen("array(", "chararray(", 1).replace("\n      ", "\n          ")
    }

    fn str(&self, options: &PrintOptions) -> String {
        array_str_with(&self.0, options, Some(&shown)).unwrap_or_default()
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let array = Value::Array(Rc::clone(&self.0));
        let method = ["np.char.", "np.strings."].iter().find_map(|m| context.catalog.function(&format!("{m}{name}")));
        Some(match method {
            Some(function) => Ok(Value::object(CharMethod(Rc::clone(&self.0), function))),
            None => get_attribute(context, &array, name),
        })
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let array = Value::Array(Rc::clone(&self.0));
        let item = (context.catalog.hooks.operators.get_item)(context, &array, index)?;
        as_characters(context, item)
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let array = Value::Array(Rc::clone(&self.0));
        (context.catalog.hooks.operators.set_item)(context, &array, index, value.clone())
    }

    fn length(&self) -> Option<usize> {
        self.0.layout().shape.first().copied()
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        iterate(&Value::Array(Rc::clone(&self.0))).ok()
    }

    fn as_array(&self, _: &mut Context) -> Option<Result<ArrayRef>> {
        Some(Ok(Rc::clone(&self.0)))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.0)))]
    }

    /// `+` joins, `*` repeats, `%` formats.
    fn operate(
        &self,
        context: &mut Context,
        op: BinaryOp,
        this: &Value,
        other: &Value,
        is_right: bool,
    ) -> Option<Result<Value>> {
        let name = match op {
            BinaryOp::Add => "np.add",
            BinaryOp::Multiply => "np.strings.multiply",
            BinaryOp::Remainder => "np.strings.mod",
            _ => return None,
        };
        let (a, b) = if is_right { (other, this) } else { (this, other) };
        on_characters(context, name, a.clone(), b.clone())
    }

    /// Blanks at the end do not count.
    fn compare(&self, context: &mut Context, op: CompareOp, other: &Value) -> Option<Result<Value>> {
        let name = match op {
            CompareOp::Equal => "np.char.equal",
            CompareOp::NotEqual => "np.char.not_equal",
            CompareOp::Less => "np.char.less",
            CompareOp::LessEqual => "np.char.less_equal",
            CompareOp::Greater => "np.char.greater",
            CompareOp::GreaterEqual => "np.char.greater_equal",
            _ => return None,
        };
        on_characters(context, name, CharArray::of(Rc::clone(&self.0)), other.clone())
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        Ok(CharArray::of(twins.array(&self.0)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A function on two operands of which one is a character array.
fn on_characters(context: &mut Context, name: &str, a: Value, b: Value) -> Option<Result<Value>> {
    let function = context.catalog.function(name)?;
    let result = call(context, &Value::Function(function), vec![a, b], Vec::new());
    Some(result.and_then(|value| as_characters(context, value)))
}

/// `np.char.array` and `np.char.asarray`.
fn characters(context: &mut Context, arguments: &mut Arguments, copies: bool) -> Result<Value> {
    let array = array_from(context, &arguments.get("obj"), None).map_err(|e| e.at_argument("obj"))?;
    let own = array.dtype();
    let ty = match arguments.some("unicode").map(as_bool).transpose()? {
        Some(true) => Type::Str,
        Some(false) => Type::Bytes,
        None if own.ty().is_text() => own.ty(),
        None => Type::Str,
    };
    let unit = if ty == Type::Str { 4 } else { 1 };
    let dtype = match arguments.some("itemsize") {
        Some(size) => DType::sized(ty, as_usize(size)?.saturating_mul(unit)),
        None if own.ty() == ty => own,
        None => ty.into(),
    };
    let order = arguments.some("order").map_or(Ok(Order::K), as_order)?;
    copy::astype(&context.runtime, &array, &dtype, order, Casting::Unsafe, copies).map(CharArray::of)
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.char.array",
            signature: "(obj, itemsize=None, copy=True, unicode=None, order=None)",
            method: None,
            summary: "A copy of texts as a character array, which has the methods of texts.",
            memory: MemoryRule::NoArray,
            notes: "Kept for old code: the functions of np.strings do the same for any array.",
            example: "\
>>> c = np.char.array(['ab ', 'c'])
>>> c.upper(), c + '!', c == 'ab'
(chararray(['AB', 'C'], dtype='<U3'), chararray(['ab !', 'c!'], dtype='<U4'), array([ True, False]))
",
            see_also: &["np.char.asarray", "np.strings.upper"],
            run: Run::Call(|context, arguments| {
                let copies = as_bool(&arguments.get("copy"))?;
                characters(context, arguments, copies)
            }),
        },
        Function {
            name: "np.char.asarray",
            signature: "(obj, itemsize=None, unicode=None, order=None)",
            method: None,
            summary: "An array of texts as a character array, without a copy where that can be.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> a = np.array(['ab', 'c'])
>>> c = np.char.asarray(a)
>>> c[0] = 'x'
>>> a
array(['x', 'c'], dtype='<U2')
",
            see_also: &["np.char.array"],
            run: Run::Call(|context, arguments| characters(context, arguments, false)),
        },
        Function {
            name: "np.char.chararray",
            signature: "(shape, itemsize=1, unicode=False, buffer=None, offset=0, strides=None, order='C')",
            method: None,
            summary: "A new character array of empty texts.",
            memory: MemoryRule::NoArray,
            notes: "NumPy shows what was there before.",
            example: "\
>>> c = np.char.chararray((2,), itemsize=3)
>>> c[:] = b'ab'
>>> c
chararray([b'ab', b'ab'], dtype='|S3')
",
            see_also: &["np.char.array"],
            run: Run::Call(|context, arguments| {
                let shape = lengths(&shape_of(&arguments.get("shape")).map_err(|e| e.at_argument("shape"))?)?;
                let size = as_usize(&arguments.get("itemsize")).map_err(|e| e.at_argument("itemsize"))?;
                let dtype = if as_bool(&arguments.get("unicode"))? { DType::text(size) } else { DType::bytes(size) };
                let order = as_order(&arguments.get("order"))?;
                NdArray::zeros(&context.runtime, dtype, &shape, order).map(CharArray::of)
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("np.char.chararray", &classes::CHARARRAY)],
};
