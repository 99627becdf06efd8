//! What stands left of `=`, of `op=` and right of `del`.

use super::place::locate;
use super::{Evaluator, operator, subscript};
use crate::error::{Result, name_error, type_error, value_error};
use crate::registry::{get_attribute, set_attribute};
use crate::syntax::ast::{BinaryOp, Expr, ExprKind, Span};
use crate::value::{Cursor, Value};

impl Evaluator {
    /// `target = value`.
    pub(super) fn assign(&mut self, target: &Expr, value: Value) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                self.workspace.set(name, value);
                Ok(())
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => self.unpack(targets, value, target.span),
            ExprKind::Attribute(of, name, span) => {
                let object = self.value(of)?;
                self.context.runtime.begin_operation();
                set_attribute(&mut self.context, &object, name, &value).map_err(|e| locate(e.at(*span), target))
            }
            ExprKind::Subscript(of, index) => {
                let object = self.value(of)?;
                let object = self.written(of, object)?;
                self.set_subscript(&object, index, value).map_err(|e| locate(e, target))
            }
            _ => Err(type_error("cannot assign to this").at(target.span)),
        }
    }

    fn unpack(&mut self, targets: &[Expr], value: Value, span: Span) -> Result<()> {
        let star = targets.iter().position(|t| matches!(t.kind, ExprKind::Starred(_)));
        let wanted = targets.len();
        let mut items = Vec::new();
        let mut iterable = Cursor::over(&value).map_err(|_| {
            type_error(format!("cannot unpack non-iterable {} object", value.class().qualified())).at(span)
        })?;
        while let Some(item) = iterable.next(&mut self.context) {
            let item = item.map_err(|e| e.at(span))?;
            items.push(self.unshare(item)?);
            if star.is_none() && items.len() > wanted {
                break;
            }
        }
        let got = items.len();
        match star {
            None if got > wanted => {
                return Err(value_error(format!("too many values to unpack (expected {wanted})")).at(span));
            }
            None if got < wanted => {
                return Err(value_error(format!("not enough values to unpack (expected {wanted}, got {got})")).at(span));
            }
            Some(_) if got + 1 < wanted => {
                return Err(value_error(format!(
                    "not enough values to unpack (expected at least {}, got {got})",
                    wanted - 1
                ))
                .at(span));
            }
            _ => {}
        }
        drop(value);
        let mut items = items.into_iter();
        for (i, target) in targets.iter().enumerate() {
            match &target.kind {
                ExprKind::Starred(inner) => {
                    let rest: Vec<Value> = items.by_ref().take(got + 1 - wanted).collect();
                    self.assign(inner, Value::list(rest))?;
                }
                _ => match items.next() {
                    Some(item) => self.assign(target, item)?,
                    None => return Err(value_error(format!("not enough values to unpack (got {i})")).at(span)),
                },
            }
        }
        Ok(())
    }

    /// `target op= value`: the target is evaluated once; arrays and lists change in place.
    pub(super) fn augment(&mut self, target: &Expr, op: BinaryOp, _: Span, expr: &Expr) -> Result<()> {
        let whole = Expr { kind: ExprKind::Ellipsis, span: target.span.to(expr.span) };
        match &target.kind {
            ExprKind::Name(name) => {
                let old = self.value(target)?;
                let old = self.written(target, old)?;
                let value = self.value(expr)?;
                self.context.runtime.begin_operation();
                let new = operator::in_place(&mut self.context, op, old, value).map_err(|e| locate(e, &whole))?;
                self.workspace.set(name, new);
                Ok(())
            }
            ExprKind::Attribute(of, name, _) => {
                let object = self.value(of)?;
                let old = get_attribute(&mut self.context, &object, name).map_err(|e| locate(e, target))?;
                let value = self.value(expr)?;
                self.context.runtime.begin_operation();
                let new = operator::in_place(&mut self.context, op, old, value).map_err(|e| locate(e, &whole))?;
                set_attribute(&mut self.context, &object, name, &new).map_err(|e| locate(e, target))
            }
            ExprKind::Subscript(of, index) => {
                let object = self.value(of)?;
                let object = self.written(of, object)?;
                let index = self.value(index)?;
                let known = self.context.runtime.ledger.newest();
                let mut old = subscript::get_item(&mut self.context, &object, &index).map_err(|e| locate(e, target))?;
                if !matches!(object, Value::Array(_)) {
                    old = self.renewed(old)?;
                }
                let value = self.value(expr)?;
                // what advanced indexing gathered is on its way back, and nobody else's
                self.context.runtime.known.set(known);
                let new = operator::in_place(&mut self.context, op, old, value).map_err(|e| locate(e, &whole))?;
                subscript::set_item(&mut self.context, &object, &index, new).map_err(|e| locate(e, target))
            }
            _ => Err(type_error("illegal expression for augmented assignment").at(target.span)),
        }
    }

    /// `del target`.
    pub(super) fn delete(&mut self, target: &Expr) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                if self.workspace.remove(name) {
                    return Ok(());
                }
                Err(name_error(format!("name '{name}' is not defined")).at(target.span))
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => targets.iter().try_for_each(|t| self.delete(t)),
            ExprKind::Subscript(of, index) => {
                let object = self.value(of)?;
                let index = self.value(index)?;
                subscript::delete_item(&mut self.context, &object, &index).map_err(|e| locate(e, target))
            }
            _ => Err(type_error("cannot delete this").at(target.span)),
        }
    }
}
