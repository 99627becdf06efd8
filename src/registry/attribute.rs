//! What `value.name` is.

use super::context::Context;
use super::function::MemoryRule;
use crate::error::{Error, Result, attribute_error};
use crate::value::{Class, Value, classes, scalar_array, unwrap_scalar};
use std::rc::Rc;

/// Sets an attribute of a value.
pub type Setter = fn(&mut Context, &Value, &Value) -> Result<()>;

/// One attribute of a class, as everybody knows it.
pub struct Attribute {
    /// The class and the name: `"ndarray.shape"`.
    pub name: &'static str,
    /// What it tells, in one line.
    pub summary: &'static str,
    /// What reading it does to memory.
    pub memory: MemoryRule,
    /// A transcript; run by the tests.
    pub example: &'static str,
    /// Reads it.
    pub get: fn(&mut Context, &Value) -> Result<Value>,
    /// Sets it, where that can be done.
    pub set: Option<Setter>,
}

/// `value.name`: an attribute, or a method bound to the value. NumPy's scalars have what arrays have.
///
/// # Errors
/// `AttributeError` with Python's message and the nearest name as help.
pub fn get_attribute(context: &mut Context, value: &Value, name: &str) -> Result<Value> {
    match value {
        Value::Module(module) => {
            let catalog = Rc::clone(&context.catalog);
            return catalog.member(module, name).ok_or_else(|| unknown_in_module(context, module, name));
        }
        Value::Object(object) => {
            if let Some(result) = Rc::clone(object).attribute(context, value, name) {
                return result;
            }
        }
        _ => {}
    }
    let class = value.class();
    if let Some(found) = find(context, value, class, name)? {
        return Ok(found);
    }
    match value {
        Value::Scalar(_) | Value::Object(_) if class.is_subclass(&classes::GENERIC) => {
            if let Some(attribute) = context.catalog.attribute("ndarray", name)
                && let Some(array) = scalar_array(context, value)
            {
                let array = array?;
                array.set_writeable(false);
                return (attribute.get)(context, &Value::Array(array)).map(as_scalar);
            }
            if let Some(function) = context.catalog.method("ndarray", name) {
                return Ok(Value::Method(Rc::new((value.clone(), function))));
            }
        }
        Value::Class(class) => {
            if name == "__name__" || name == "__qualname__" {
                return Ok(Value::str(class.name));
            }
            if name == "__module__" {
                return Ok(Value::str(class.module));
            }
            let mut classes = vec![*class];
            while let Some(class) = classes.pop() {
                match context.catalog.method(class.name, name) {
                    Some(function) if function.is_class_method() => {
                        return Ok(Value::Method(Rc::new((value.clone(), function))));
                    }
                    Some(function) => return Ok(Value::Function(function)),
                    None => {}
                }
                classes.extend(class.bases);
            }
        }
        Value::Function(function) if name == "__name__" => return Ok(Value::str(function.short_name())),
        Value::Method(method) if name == "__name__" => return Ok(Value::str(method.1.method_name())),
        Value::Method(method) if name == "__self__" => return Ok(method.0.clone()),
        Value::Function(function) if name == "__doc__" => return Ok(Value::str(function.summary)),
        Value::Module(module) if name == "__name__" => return Ok(Value::str(&module.name)),
        _ => {}
    }
    if name == "__class__" {
        return Ok(Value::Class(class));
    }
    Err(unknown(context, value, name))
}

/// A result of no axes as the scalar it holds: what NumPy gives back where it was asked of a scalar.
pub(super) fn as_scalar(value: Value) -> Value {
    match value {
        Value::Array(array) => unwrap_scalar(array),
        other => other,
    }
}

fn find(context: &mut Context, value: &Value, class: &'static Class, name: &str) -> Result<Option<Value>> {
    if let Some(attribute) = context.catalog.attribute(class.name, name) {
        return (attribute.get)(context, value).map(Some);
    }
    if let Some(function) = context.catalog.method(class.name, name) {
        return Ok(Some(Value::Method(Rc::new((value.clone(), function)))));
    }
    for base in class.bases {
        if let Some(found) = find(context, value, base, name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// `value.name = new`.
///
/// # Errors
/// `AttributeError` where it cannot be set.
pub fn set_attribute(context: &mut Context, value: &Value, name: &str, new: &Value) -> Result<()> {
    if let Value::Object(object) = value
        && let Some(result) = Rc::clone(object).set_attribute(context, name, new)
    {
        return result;
    }
    let class = value.class();
    match owner_of(context, class, name) {
        Some((_, Attribute { set: Some(set), .. })) => set(context, value, new),
        Some((owner, _)) => {
            Err(attribute_error(format!("attribute '{name}' of '{}' objects is not writable", owner.qualified())))
        }
        None if matches!(value, Value::Scalar(_)) && context.catalog.attribute("ndarray", name).is_some() => {
            let owner = classes::GENERIC.qualified();
            Err(attribute_error(format!("attribute '{name}' of '{owner}' objects is not writable")))
        }
        None if context.catalog.method(class.name, name).is_some() => {
            Err(attribute_error(format!("'{}' object attribute '{name}' is read-only", class.qualified())))
        }
        None => Err(unknown(context, value, name)),
    }
}

/// Attribute `name` of a class or of one it derives from, and the class that has it.
fn owner_of(context: &Context, class: &'static Class, name: &str) -> Option<(&'static Class, &'static Attribute)> {
    let own = context.catalog.attribute(class.name, name).map(|attribute| (class, attribute));
    own.or_else(|| class.bases.iter().find_map(|base| owner_of(context, base, name)))
}

fn unknown(context: &Context, value: &Value, name: &str) -> Error {
    let class = value.class();
    let subject = match value {
        Value::Class(class) => format!("type object '{}'", class.qualified()),
        _ => format!("'{}' object", class.qualified()),
    };
    let error = attribute_error(format!("{subject} has no attribute '{name}'"));
    let owner = match value {
        Value::Scalar(_) => classes::NDARRAY.name,
        Value::Class(class) => class.name,
        _ => class.name,
    };
    let names = context.catalog.members_of(owner);
    match crate::text::closest::closest(name, names.iter().copied()) {
        Some(near) => error.help(format!("did you mean '{near}'?")),
        None => error,
    }
}

fn unknown_in_module(context: &Context, module: &super::Module, name: &str) -> Error {
    if let Some(error) = (context.catalog.hooks.removed)(module.path, name) {
        return error;
    }
    let error = attribute_error(format!("module '{}' has no attribute '{name}'", module.name));
    let names = context.catalog.names_in(module.path);
    match crate::text::closest::closest(name, names.iter().copied()) {
        Some(near) => error.help(format!("did you mean '{}.{near}'?", module.path)),
        None => error,
    }
}
