//! `%at a[1, 2]`: the byte where an element stands, what is there, and who else sees it.

use super::Answer;
use super::targets::no_array;
use crate::array::ArrayRef;
use crate::error::{Blame, value_error};
use crate::report::{self, Markup};
use crate::session::{Failure, Session, place};
use crate::shell::{Shell, Sink};
use crate::syntax::ast::{Expr, ExprKind, Span, Stmt, StmtKind};
use crate::value::{Value, as_index};

/// Tells of the element that the argument selects; of the first, where it selects more than one.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    if argument.is_empty() {
        return Err(value_error("%at takes an element of an array").help("%at a[1, 2]").into());
    }
    let width = shell.manner.view.width;
    let parsed = crate::syntax::parse(argument).map_err(|error| Box::new(Failure::of_syntax(&error, argument)))?;
    if let Some((of, items)) = subscript(&parsed) {
        let texts: Vec<&str> = std::iter::once(of).chain(items.iter().copied()).map(|span| span.of(argument)).collect();
        let drawn = shell.session.look_at("%at", &texts, |session, values| match element(values) {
            Some((array, index)) => {
                tell(session, (&array, texts.first().unwrap_or(&argument)), (&index, &items), argument, width).map(Some)
            }
            None => Ok(None),
        })?;
        if let Some(drawn) = drawn {
            return Ok(drawn.into());
        }
    }
    let drawn = shell.session.look_at("%at", &[argument], |session, values| match values {
        [Value::Array(array)] => tell(session, (array, argument), (&[], &[]), argument, width),
        [other] => Err(no_array("%at", argument, other).into()),
        _ => Ok(Markup::new()),
    })?;
    Ok(drawn.into())
}

/// The place of the element of `array`, which is called `spelled`, at these indices, which stand at these places in the argument.
fn tell(
    session: &Session,
    (array, spelled): (&ArrayRef, &str),
    (index, spans): (&[i64], &[Span]),
    argument: &str,
    width: usize,
) -> Result<Markup, Box<Failure>> {
    let options = &session.context().print_options;
    let place = place(array, spelled, index, session.workspace(), options).map_err(|error| {
        let span = match &error.details().blame {
            Blame::Index(n) => spans.get(*n).copied(),
            _ => None,
        };
        Box::new(Failure::of(&error.at(span.unwrap_or(Span::new(0, argument.len()))), argument, 1))
    })?;
    Ok(report::place::draw(&place, argument, width))
}

/// What is indexed and the indices, where the text is a subscript of what may be whole numbers.
fn subscript(parsed: &[Stmt]) -> Option<(Span, Vec<Span>)> {
    let [Stmt { kind: StmtKind::Expr(Expr { kind: ExprKind::Subscript(of, index), .. }), .. }] = parsed else {
        return None;
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
    let is_element = !items.iter().any(is_other);
    is_element.then(|| (of.span, items.iter().map(|item| item.span).collect()))
}

/// The array and the whole numbers that these values are: as NumPy would read the element, only that it is not read.
fn element(values: &[Value]) -> Option<(ArrayRef, Vec<i64>)> {
    let (Value::Array(array), items) = values.split_first()? else { return None };
    let index = |item: &Value| match item {
        Value::Bool(_) | Value::Array(_) => None,
        value => as_index(value).ok().map(|n| n as i64),
    };
    Some((ArrayRef::clone(array), items.iter().map(index).collect::<Option<_>>()?))
}
