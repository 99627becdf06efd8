//! `%at a[1, 2]`: the byte where an element stands, what is there, and who else sees it.

use super::Answer;
use super::targets::{no_array, value_of};
use crate::array::ArrayRef;
use crate::error::{Blame, value_error};
use crate::report;
use crate::session::{Failure, place};
use crate::shell::{Shell, Sink};
use crate::syntax::ast::{Expr, ExprKind, Span, Stmt, StmtKind};
use crate::value::{Value, as_index};

/// Tells of the element that the argument selects; of the first, where it selects more than one.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    if argument.is_empty() {
        return Err(value_error("%at takes an element of an array").help("%at a[1, 2]").into());
    }
    let (array, index, spans) = match element(shell, argument)? {
        Some(found) => found,
        None => match value_of(shell, "%at", argument)? {
            Value::Array(array) => (array, Vec::new(), Vec::new()),
            other => return Err(no_array("%at", argument, &other).into()),
        },
    };
    let session = &shell.session;
    let options = &session.context().print_options;
    let place = place(&array, &index, session.workspace(), options).map_err(|error| {
        let span = match &error.details().blame {
            Blame::Index(n) => spans.get(*n).copied(),
            _ => None,
        };
        Box::new(Failure::of(&error.at(span.unwrap_or(Span::new(0, argument.len()))), argument, 1))
    })?;
    Ok(report::place::draw(&place, argument, shell.manner.view.width).into())
}

/// An array, and indices with their places in the text.
type Element = (ArrayRef, Vec<i64>, Vec<Span>);

/// The array and the indices, where the text is a subscript of whole numbers: as NumPy would read the element, only
/// that it is not read.
fn element(shell: &mut Shell, text: &str) -> Result<Option<Element>, Box<Failure>> {
    let parsed = crate::syntax::parse(text).map_err(|error| Box::new(Failure::of_syntax(&error, text)))?;
    let [Stmt { kind: StmtKind::Expr(Expr { kind: ExprKind::Subscript(base, index), .. }), .. }] = parsed.as_slice()
    else {
        return Ok(None);
    };
    let items: Vec<&Expr> = match &index.kind {
        ExprKind::Tuple(items) => items.iter().collect(),
        _ => vec![index],
    };
    let is_other = |item: &&Expr| {
        matches!(
            item.kind,
            ExprKind::Slice(..) | ExprKind::Ellipsis | ExprKind::Starred(_) | ExprKind::None | ExprKind::Tuple(_)
        )
    };
    if items.iter().any(is_other) {
        return Ok(None);
    }
    let Value::Array(array) = value_of(shell, "%at", base.span.of(text))? else { return Ok(None) };
    let mut indices = Vec::with_capacity(items.len());
    let spans = items.iter().map(|item| item.span).collect();
    for item in items {
        match value_of(shell, "%at", item.span.of(text))? {
            Value::Bool(_) | Value::Array(_) => return Ok(None),
            value => match as_index(&value) {
                Ok(n) => indices.push(n as i64),
                Err(_) => return Ok(None),
            },
        }
    }
    Ok(Some((array, indices, spans)))
}
