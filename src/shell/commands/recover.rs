//! `%recover VIEW from BASE`: the expression that makes this view of that array.

use super::Answer;
use super::targets::{array_of, look_at_array};
use crate::array::ArrayRef;
use crate::array::layout::recover::recover;
use crate::error::value_error;
use crate::report::Markup;
use crate::report::recover::{Related, draw};
use crate::session::{Origin, Session};
use crate::shell::{Shell, Sink};
use crate::syntax::ast::{ExprKind, StmtKind};
use std::rc::Rc;

/// What stands between the view and the base.
const FROM: &str = " from ";
/// What it takes.
const EXAMPLE: &str = "VIEW from BASE";

/// Finds the expression, or why there is none. Without a base it is the array that the view is of.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let padded = format!(" {argument} ");
    let (view_name, base_name) = match padded.rsplit_once(FROM) {
        Some((view, base)) => (view.trim(), Some(base.trim().to_string())),
        None => (argument, None),
    };
    let base_name = match base_name {
        Some(name) => Some(name),
        None => look_at_array(shell, "recover", EXAMPLE, view_name, |session, view| base_of(session, view_name, view))?,
    };
    let Some(base_name) = base_name else {
        return Err(value_error(format!("of which array? no other name uses the bytes of {view_name}"))
            .help(format!("%recover {view_name} from BASE"))
            .into());
    };
    for name in [view_name, &base_name] {
        if name.is_empty() {
            return Err(value_error("%recover takes an array").help(format!("%recover {EXAMPLE}")).into());
        }
    }
    let width = shell.manner.view.width;
    let drawn = shell.session.look_at("%recover", &[view_name, &base_name], |_, values| {
        let mut arrays = values.iter().map(|value| array_of("recover", value));
        match (arrays.next(), arrays.next()) {
            (Some(view), Some(base)) => Ok(tell(view_name, &view?, &base_name, &base?, width)),
            _ => Ok(Markup::new()),
        }
    })?;
    Ok(drawn.into())
}

/// What there is to say of a view and its base.
fn tell(view_name: &str, view: &ArrayRef, base_name: &str, base: &ArrayRef, width: usize) -> Markup {
    let mut out = Markup::new();
    let (of_view, of_base) = (view.buffer_ref().id(), base.buffer_ref().id());
    if of_view != of_base {
        out.line(&format!(
            "no expression of {base_name} makes {view_name}: it uses #{of_view}, {base_name} uses #{of_base}"
        ));
        return out;
    }
    if Rc::ptr_eq(view, base) {
        out.line(&format!("{view_name} is {base_name} itself: two names for one array, no view"));
        return out;
    }
    let (view, base) = (view.layout(), base.layout());
    let found = recover(&view, &base);
    let base_name = if takes_a_dot(base_name) { base_name.to_string() } else { format!("({base_name})") };
    let related = Related { view_name, view: &view, base_name: &base_name, base: &base, buffer: of_base };
    draw(&related, &found, width)
}

/// The array that a view is of, where that has a name; else the first other name over the same bytes.
fn base_of(session: &Session, view_name: &str, view: &ArrayRef) -> Option<String> {
    let facts = session.facts(view_name, view);
    match facts.origin {
        Origin::ViewOf(Some(owner)) | Origin::Within(Some(owner), _) => Some(owner),
        _ => facts.via.or_else(|| facts.sharers.first.iter().find(|name| *name != view_name && *name != "_").cloned()),
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
