//! The value of an expression.

use super::place::locate;
use super::{Evaluator, operator};
use crate::error::{Result, name_error, type_error};
use crate::registry::{Member, Positional, call, call_bound, get_attribute};
use crate::syntax::ast::{Argument, CompareOp, Expr, ExprKind, UnaryOp};
use crate::value::{Dict, Int, List, Set, Value, collect, is_true, repr};
use num_complex::Complex64;
use smallvec::SmallVec;
use std::rc::Rc;

impl Evaluator {
    /// The value of `expr`. Where the ledger records, all that comes of it is noted too.
    #[inline]
    pub fn value(&mut self, expr: &Expr) -> Result<Value> {
        if self.context.runtime.ledger.is_recording() { self.watched(expr) } else { self.evaluate(expr) }
    }

    /// The value of `expr`, of which itself nothing is noted. What is there already, is given from here; all else is
    /// worked out.
    #[inline(always)]
    pub(super) fn evaluate(&mut self, expr: &Expr) -> Result<Value> {
        match &expr.kind {
            ExprKind::Name(name) => match self.workspace.look_up(name) {
                Some(value) => Ok(value.clone()),
                None => self.unbound(name, expr),
            },
            ExprKind::Int(v) => Ok(Value::int(*v)),
            ExprKind::Float(v) => Ok(Value::Float(*v)),
            _ => self.work_out(expr),
        }
    }

    fn work_out(&mut self, expr: &Expr) -> Result<Value> {
        match evaluated_first(expr) {
            Some(front) if evaluated_first(front).is_none() => {
                let front = self.value(front)?;
                self.behind(front, expr)
            }
            Some(_) => self.along(expr),
            None => self.operand(expr),
        }
    }

    /// The value of `expr`, which has a chain in front of it. Along that it goes in a loop, so that the stack grows with
    /// what is nested only.
    #[inline(never)]
    fn along(&mut self, expr: &Expr) -> Result<Value> {
        let mut outer: SmallVec<[&Expr; 6]> = SmallVec::new();
        let mut inner = expr;
        while let Some(front) = evaluated_first(inner) {
            outer.push(inner);
            inner = front;
        }
        let mut value = self.value(inner)?;
        while let Some(expr) = outer.pop() {
            value = self.behind(value, expr)?;
        }
        Ok(value)
    }

    /// The value of `expr`, where `front` is that of what stands in front of it.
    pub(super) fn behind(&mut self, front: Value, expr: &Expr) -> Result<Value> {
        match &expr.kind {
            ExprKind::Call(callee, arguments) => self.call(expr, front, callee, arguments),
            ExprKind::Attribute(_, name, span) => {
                if let Some(Member::Attribute(attribute)) = self.context.catalog.member_of(&front, name) {
                    return (attribute.get)(&mut self.context, &front).map_err(|e| locate(e, expr));
                }
                get_attribute(&mut self.context, &front, name).map_err(|e| locate(e.at(*span), expr))
            }
            ExprKind::Binary(op, _, _, right) => {
                let right = self.value(right)?;
                operator::binary(&mut self.context, *op, front, right).map_err(|e| locate(e, expr))
            }
            ExprKind::Subscript(_, index) => self.subscript(&front, index).map_err(|e| locate(e, expr)),
            ExprKind::Compare(_, rest) => self.compare_chain(front, rest, expr),
            ExprKind::And(left, right) => {
                if self.truth(&front, left)? {
                    self.value(right)
                } else {
                    Ok(front)
                }
            }
            ExprKind::Or(left, right) => {
                if self.truth(&front, left)? {
                    Ok(front)
                } else {
                    self.value(right)
                }
            }
            _ => Ok(front),
        }
    }

    /// The value of an expression of which nothing is evaluated first.
    fn operand(&mut self, expr: &Expr) -> Result<Value> {
        let ExprKind::Attribute(of, name, _) = &expr.kind else { return self.rare(expr) };
        if let ExprKind::Name(of) = &of.kind
            && let Some(value) = self.workspace.look_up(of)
            && let Some(Member::Attribute(attribute)) = self.context.catalog.member_of(value, name)
        {
            return (attribute.get)(&mut self.context, value).map_err(|e| locate(e, expr));
        }
        let front = self.value(of)?;
        self.behind(front, expr)
    }

    /// The value of what stands rarely in a statement that is to be quick: apart, so that the others need little stack.
    #[inline(never)]
    fn rare(&mut self, expr: &Expr) -> Result<Value> {
        Ok(match &expr.kind {
            ExprKind::Name(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Call(..)
            | ExprKind::Attribute(..)
            | ExprKind::Binary(..)
            | ExprKind::Subscript(..)
            | ExprKind::Compare(..)
            | ExprKind::And(..)
            | ExprKind::Or(..) => return self.value(expr),
            ExprKind::Slice(start, stop, step) => Value::Slice(Rc::new(self.slice(start, stop, step)?)),
            ExprKind::None => Value::None,
            ExprKind::Bool(v) => Value::Bool(*v),
            ExprKind::Ellipsis => Value::Ellipsis,
            ExprKind::BigInt(v) => Value::Int(Int::from((**v).clone())),
            ExprKind::Imaginary(v) => Value::Complex(Complex64::new(0.0, *v)),
            ExprKind::Str(v) => Value::Str(Rc::clone(v)),
            ExprKind::Bytes(v) => Value::Bytes(Rc::clone(v)),
            ExprKind::FString(parts) => self.join_parts(parts)?.into(),
            ExprKind::Tuple(items) => Value::tuple(self.items(items)?),
            ExprKind::List(items) => self.list(items)?,
            ExprKind::Set(items) => {
                let items = self.items(items)?;
                Value::Set(Rc::new(Set::new(items)?))
            }
            ExprKind::Dict(entries) => self.dict(entries)?,
            ExprKind::Starred(_) => return Err(type_error("can't use starred expression here").at(expr.span)),
            ExprKind::Unary(UnaryOp::Not, operand) => {
                let value = self.value(operand)?;
                Value::Bool(!self.truth(&value, operand)?)
            }
            ExprKind::Unary(op, operand) => {
                let value = self.value(operand)?;
                return operator::unary(&mut self.context, *op, value).map_err(|e| locate(e, expr));
            }
            ExprKind::Conditional(test, body, orelse) => {
                let decides = self.value(test)?;
                return if self.truth(&decides, test)? { self.value(body) } else { self.value(orelse) };
            }
        })
    }

    /// What a name means that no statement bound.
    #[inline(never)]
    fn unbound(&self, name: &Rc<str>, expr: &Expr) -> Result<Value> {
        if let Some(value) = self.context.catalog.builtin(name) {
            return Ok(value);
        }
        let error = name_error(format!("name '{name}' is not defined")).at(expr.span);
        let catalog = &self.context.catalog;
        let known = self.workspace.entries();
        let names: Vec<&str> = known.iter().map(|(n, _)| &***n).chain(catalog.names_in("")).collect();
        let error = match crate::text::closest::closest(name, names) {
            Some(near) => error.help(format!("did you mean '{near}'?")),
            None => error,
        };
        Err(if catalog.resolve(&format!("np.{name}")).is_some() {
            error.help(format!("NumPy's is np.{name}"))
        } else {
            error
        })
    }

    pub(super) fn truth(&self, value: &Value, expr: &Expr) -> Result<bool> {
        let guesses = self.context.runtime.ledger.guesses();
        let truth = is_true(value).map_err(|e| locate(e, expr))?;
        Ok(self.decided(expr, truth, guesses))
    }

    fn items(&mut self, items: &[Expr]) -> Result<Vec<Value>> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                ExprKind::Starred(inner) => {
                    let sequence = self.value(inner)?;
                    values.extend(collect(&mut self.context, &sequence).map_err(|e| locate(e, inner))?);
                }
                _ => values.push(self.value(item)?),
            }
        }
        Ok(values)
    }

    /// A list display. It makes room as CPython does: for the items up to the first star exactly, then as they come; a
    /// list of three constants or more is filled from a tuple of them.
    fn list(&mut self, items: &[Expr]) -> Result<Value> {
        let stars = items.iter().position(|item| matches!(item.kind, ExprKind::Starred(_)));
        let Some(first) = stars else {
            let values = self.items(items)?;
            let gathers = items.len() >= 3 && items.iter().all(is_constant);
            return Ok(Value::List(Rc::new(if gathers { List::gathered(values) } else { List::new(values) })));
        };
        let list = List::new(self.items(&items[..first])?);
        for item in &items[first..] {
            let values = self.items(std::slice::from_ref(item))?;
            match item.kind {
                ExprKind::Starred(_) => list.extend(values),
                _ => list.items_mut().extend(values),
            }
        }
        Ok(Value::List(Rc::new(list)))
    }

    fn dict(&mut self, entries: &[(Option<Expr>, Expr)]) -> Result<Value> {
        let dict = Dict::default();
        for (key, value) in entries {
            match key {
                Some(key) => {
                    let key_value = self.value(key)?;
                    let value = self.value(value)?;
                    dict.insert(key_value, value).map_err(|e| locate(e, key))?;
                }
                None => match self.value(value)? {
                    Value::Dict(other) => {
                        for (key, value) in other.entries() {
                            dict.insert(key, value)?;
                        }
                    }
                    other => {
                        return Err(
                            type_error(format!("'{}' object is not a mapping", other.type_name())).at(value.span)
                        );
                    }
                },
            }
        }
        Ok(Value::Dict(Rc::new(dict)))
    }

    fn compare_chain(
        &mut self,
        first: Value,
        rest: &[(CompareOp, crate::syntax::ast::Span, Expr)],
        whole: &Expr,
    ) -> Result<Value> {
        let mut left = first;
        let mut result = Value::Bool(true);
        for (i, (op, _, right)) in rest.iter().enumerate() {
            if i > 0 && !self.truth(&result, whole)? {
                return Ok(result);
            }
            let right = self.value(right)?;
            result = operator::compare(&mut self.context, *op, &left, &right).map_err(|e| locate(e, whole))?;
            left = right;
        }
        Ok(result)
    }

    /// The value of the call `expr`, where `front` is the function, or the receiver of a method.
    fn call(&mut self, expr: &Expr, front: Value, callee: &Expr, arguments: &[Argument]) -> Result<Value> {
        if let ExprKind::Attribute(_, name, span) = &callee.kind {
            let receiver = front;
            if let Some(Member::Method(function)) = self.context.catalog.member_of(&receiver, name) {
                let mut positional = Positional::new();
                let keywords = self.arguments(arguments, expr, &mut positional)?;
                self.context.runtime.begin_operation();
                return call_bound(&mut self.context, function, receiver, &mut positional, keywords)
                    .map_err(|e| locate(e, expr));
            }
            let function =
                get_attribute(&mut self.context, &receiver, name).map_err(|e| locate(e.at(*span), callee))?;
            drop(receiver);
            return self.call_value(expr, &function, arguments);
        }
        self.call_value(expr, &front, arguments)
    }

    fn call_value(&mut self, expr: &Expr, function: &Value, arguments: &[Argument]) -> Result<Value> {
        let mut positional = Positional::new();
        let keywords = self.arguments(arguments, expr, &mut positional)?;
        self.context.runtime.begin_operation();
        call(&mut self.context, function, positional.into_vec(), keywords).map_err(|e| locate(e, expr))
    }

    /// Evaluates the arguments of a call, in order: those by place into `positional`; gives those by name.
    fn arguments(
        &mut self,
        arguments: &[Argument],
        call: &Expr,
        positional: &mut Positional,
    ) -> Result<Vec<(Rc<str>, Value)>> {
        let mut keywords: Vec<(Rc<str>, Value)> = Vec::new();
        for argument in arguments {
            match argument {
                Argument::Positional(value) => positional.push(self.value(value)?),
                Argument::Keyword(name, _, value) => keywords.push((Rc::clone(name), self.value(value)?)),
                Argument::Star(value) => {
                    let sequence = self.value(value)?;
                    positional.extend(collect(&mut self.context, &sequence).map_err(|e| locate(e, value))?);
                }
                Argument::StarStar(value) => match self.value(value)? {
                    Value::Dict(dict) => {
                        for (key, value) in dict.entries() {
                            match key {
                                Value::Str(name) => keywords.push((name, value)),
                                _ => return Err(type_error("keywords must be strings").at(call.span)),
                            }
                        }
                    }
                    other => {
                        let what = repr(&other, &self.context.print_options);
                        return Err(
                            type_error(format!("argument after ** must be a mapping, not {what}")).at(value.span)
                        );
                    }
                },
            }
        }
        Ok(keywords)
    }
}

/// What must have a value before `expr` has one: what stands in front of it. Of `value.method(...)` that is the value,
/// and the method is called where it stands, without making a bound method first. An attribute of a name looks at the
/// named value where it stands, too.
pub(super) fn evaluated_first(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Call(callee, _) => match &callee.kind {
            ExprKind::Attribute(of, ..) => Some(of),
            _ => Some(callee),
        },
        ExprKind::Attribute(of, ..) if matches!(of.kind, ExprKind::Name(_)) => None,
        _ => expr.front(),
    }
}

/// Whether CPython knows the value before it runs the statement.
fn is_constant(expr: &Expr) -> bool {
    let mut expr = expr;
    while let ExprKind::Binary(_, _, left, right) = &expr.kind {
        if !is_constant(right) {
            return false;
        }
        expr = left;
    }
    match &expr.kind {
        _ if expr.is_literal() => true,
        ExprKind::Tuple(items) => items.iter().all(is_constant),
        ExprKind::Unary(_, operand) => is_constant(operand),
        _ => false,
    }
}
