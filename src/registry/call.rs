//! Calling a value.

use super::arguments::{Arguments, Positional};
use super::attribute::{as_scalar, get_attribute};
use super::context::Context;
use super::function::{Function, Run};
use crate::error::{Result, type_error};
use crate::value::{Dict, Set, Value, classes, plain, scalar_array};
use std::rc::Rc;

/// `callee(*positional, **keywords)`.
///
/// # Errors
/// What the callee raises; `TypeError: 'int' object is not callable`.
pub fn call(
    context: &mut Context,
    callee: &Value,
    positional: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
) -> Result<Value> {
    match callee {
        Value::Function(function) => call_function(context, function, positional, keywords),
        Value::Method(method) => call_bound(context, method.1, method.0.clone(), &mut positional.into(), keywords),
        Value::Class(class) if !class.constructor.is_empty() => match context.catalog.function(class.constructor) {
            Some(function) => call_function(context, function, positional, keywords),
            None => Err(type_error(format!("cannot create '{}' instances", class.qualified()))),
        },
        Value::Class(class) => Err(type_error(format!("cannot create '{}' instances", class.qualified()))),
        Value::Object(object) => match Rc::clone(object).call(context, positional, keywords) {
            Some(result) => result,
            None => Err(not_callable(callee)),
        },
        other => Err(not_callable(other)),
    }
}

fn not_callable(value: &Value) -> crate::error::Error {
    type_error(format!("'{}' object is not callable", value.class().qualified()))
}

/// Calls a function of the registry by its plain form. A function that is only a method takes its receiver first.
fn call_function(
    context: &mut Context,
    function: &'static Function,
    mut positional: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
) -> Result<Value> {
    if function.is_only_method() {
        if positional.is_empty() {
            let (class, name) = function.method_path().unwrap_or(("", function.name));
            return Err(type_error(format!("unbound method {class}.{name}() needs an argument")));
        }
        let receiver = positional.remove(0);
        let (owner, name) = function.method_path().unwrap_or(("", function.name));
        let class = classes::ALL.iter().find(|class| class.name == owner && class.module == "builtins");
        if class.is_some_and(|class| !receiver.class().is_subclass(class)) {
            let class = receiver.class().qualified();
            let message = format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{class}' object");
            return Err(type_error(message));
        }
        return call_bound(context, function, receiver, &mut positional.into(), keywords);
    }
    match function.run {
        Run::Call(run) | Run::Read(_, run) => {
            let form = context.catalog.form(function, false);
            let mut arguments = Arguments::new(form, Value::None, &mut positional.into());
            arguments.bind(function, keywords)?;
            let before = context.runtime.ledger.set_cause(function.name);
            let result = run(context, &mut arguments);
            context.runtime.ledger.set_cause(before);
            result
        }
        Run::Ufunc(name) => {
            let before = context.runtime.ledger.set_cause(function.name);
            let result = (context.catalog.hooks.ufunc)(context, name, positional, keywords);
            context.runtime.ledger.set_cause(before);
            result
        }
    }
}

/// Calls a method: `receiver.function(...)`.
pub fn call_bound(
    context: &mut Context,
    function: &'static Function,
    receiver: Value,
    positional: &mut Positional,
    keywords: Vec<(Rc<str>, Value)>,
) -> Result<Value> {
    let form = context.catalog.form(function, true);
    let receiver = if context.runtime.ledger.is_locking() { apart(receiver)? } else { receiver };
    if form.is_of_arrays
        && !matches!(receiver, Value::Array(_))
        && let Some(array) = scalar_array(context, &receiver)
    {
        return call_bound(context, function, Value::Array(array?), positional, keywords).map(as_scalar);
    }
    let receiver = match receiver {
        Value::Object(_) => {
            positional.iter_mut().for_each(|argument| *argument = plain(argument).clone());
            plain(&receiver).clone()
        }
        other => other,
    };
    let mut arguments = Arguments::new(form, receiver, positional);
    arguments.bind(function, keywords)?;
    let (Run::Call(run) | Run::Read(_, run)) = function.run else {
        return Err(type_error(format!("'{}' cannot be called as a method", function.name)));
    };
    let before = context.runtime.ledger.set_cause(function.name);
    let result = run(context, &mut arguments);
    context.runtime.ledger.set_cause(before);
    result
}

/// A container with the same items in place of one that must not change.
fn apart(container: Value) -> Result<Value> {
    Ok(match container {
        Value::List(list) => Value::list(list.to_vec()),
        Value::Set(set) => Value::Set(Rc::new(Set::new(set.keys())?)),
        Value::Dict(dict) => Value::Dict(Rc::new(Dict::new(dict.entries())?)),
        other => other,
    })
}

/// `receiver.name(*positional)`, for functions that need a method of a value.
///
/// # Errors
/// As [`get_attribute`] and [`call`].
pub fn call_method(context: &mut Context, receiver: &Value, name: &str, positional: Vec<Value>) -> Result<Value> {
    let method = get_attribute(context, receiver, name)?;
    call(context, &method, positional, Vec::new())
}
