//! `%recover VIEW from BASE`: the expression that makes this view of that array.

use super::Answer;
use super::targets::array_of;
use crate::array::ArrayRef;
use crate::array::layout::recover::recover;
use crate::error::value_error;
use crate::report::Markup;
use crate::report::recover::{Related, draw};
use crate::session::Origin;
use crate::shell::{Shell, Sink};
use crate::syntax::ast::{ExprKind, StmtKind};
use std::rc::Rc;

/// What stands between the view and the base.
const FROM: &str = " from ";

/// Finds the expression, or why there is none. Without a base it is the array that the view is of.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let padded = format!(" {argument} ");
    let (view_name, base_name) = match padded.rsplit_once(FROM) {
        Some((view, base)) => (view.trim(), Some(base.trim().to_string())),
        None => (argument, None),
    };
    let view = array_of(shell, "recover", "VIEW from BASE", view_name)?;
    let Some(base_name) = base_name.or_else(|| base_of(shell, view_name, &view)) else {
        return Err(value_error(format!("of which array? no other name uses the bytes of {view_name}"))
            .help(format!("%recover {view_name} from BASE"))
            .into());
    };
    let base = array_of(shell, "recover", "VIEW from BASE", &base_name)?;
    let mut out = Markup::new();
    let (of_view, of_base) = (view.buffer_ref().id(), base.buffer_ref().id());
    if of_view != of_base {
        out.line(&format!(
            "no expression of {base_name} makes {view_name}: it uses #{of_view}, {base_name} uses #{of_base}"
        ));
        return Ok(out.into());
    }
    if Rc::ptr_eq(&view, &base) {
        out.line(&format!("{view_name} is {base_name} itself: two names for one array, no view"));
        return Ok(out.into());
    }
    let (view, base) = (view.layout(), base.layout());
    let found = recover(&view, &base);
    let base_name = if takes_a_dot(&base_name) { base_name } else { format!("({base_name})") };
    let related = Related { view_name, view: &view, base_name: &base_name, base: &base, buffer: of_base };
    Ok(draw(&related, &found, shell.manner.view.width).into())
}

/// The array that a view is of, where that has a name; else the first other name over the same bytes.
fn base_of(shell: &Shell, view_name: &str, view: &ArrayRef) -> Option<String> {
    let facts = shell.session.facts(view_name, view);
    match facts.origin {
        Origin::ViewOf(Some(owner)) => Some(owner),
        _ => facts.via.or_else(|| facts.sharers.iter().find(|name| *name != view_name && *name != "_").cloned()),
    }
}

/// Whether `.T` behind the text belongs to all of it.
fn takes_a_dot(text: &str) -> bool {
    match crate::syntax::parse(text).as_deref() {
        Ok([statement]) => match &statement.kind {
            StmtKind::Expr(expr) => {
                matches!(
                    expr.kind,
                    ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) | ExprKind::Call(..)
                ) && expr.span.end - expr.span.start == text.len()
            }
            _ => false,
        },
        _ => false,
    }
}
