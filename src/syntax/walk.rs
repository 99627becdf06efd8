//! The expressions inside an expression, and those of a statement: for who looks for one.
//!
//! A chain of operators has any length, so that who looks at all of it keeps what is to be done in a list.

use super::ast::{Argument, Expr, ExprKind, FPart, Span, Stmt, StmtKind};
use std::rc::Rc;

impl Argument {
    /// The expression that is given.
    pub fn value(&self) -> &Expr {
        match self {
            Argument::Positional(value)
            | Argument::Keyword(_, _, value)
            | Argument::Star(value)
            | Argument::StarStar(value) => value,
        }
    }
}

impl Expr {
    /// Whether it is one number, one text, or one of Python's constants, as written.
    pub fn is_literal(&self) -> bool {
        matches!(
            self.kind,
            ExprKind::None
                | ExprKind::Bool(_)
                | ExprKind::Ellipsis
                | ExprKind::Int(_)
                | ExprKind::BigInt(_)
                | ExprKind::Float(_)
                | ExprKind::Imaginary(_)
                | ExprKind::Str(_)
                | ExprKind::Bytes(_)
        )
    }

    /// Gives the expressions directly inside this one to `visit`, from left to right.
    pub fn for_each_part<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        fn of_text<'e>(parts: &'e [FPart], visit: &mut dyn FnMut(&'e Expr)) {
            for part in parts {
                if let FPart::Value(value, _, spec) = part {
                    visit(value);
                    of_text(spec, visit);
                }
            }
        }
        match &self.kind {
            ExprKind::None
            | ExprKind::Bool(_)
            | ExprKind::Ellipsis
            | ExprKind::Int(_)
            | ExprKind::BigInt(_)
            | ExprKind::Float(_)
            | ExprKind::Imaginary(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_)
            | ExprKind::Name(_) => {}
            ExprKind::FString(parts) => of_text(parts, visit),
            ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => items.iter().for_each(visit),
            ExprKind::Dict(entries) => entries.iter().for_each(|(key, value)| {
                key.iter().for_each(&mut *visit);
                visit(value);
            }),
            ExprKind::Starred(inner) | ExprKind::Unary(_, inner) => visit(inner),
            ExprKind::Attribute(of, ..) => visit(of),
            ExprKind::Subscript(a, b) | ExprKind::Binary(_, _, a, b) | ExprKind::And(a, b) | ExprKind::Or(a, b) => {
                visit(a);
                visit(b);
            }
            ExprKind::Slice(start, stop, step) => {
                [start, stop, step].into_iter().flatten().for_each(|bound| visit(bound));
            }
            ExprKind::Call(callee, arguments) => {
                visit(callee);
                arguments.iter().for_each(|argument| visit(argument.value()));
            }
            ExprKind::Compare(first, rest) => {
                visit(first);
                rest.iter().for_each(|(.., right)| visit(right));
            }
            ExprKind::Conditional(test, body, orelse) => {
                visit(body);
                visit(test);
                visit(orelse);
            }
        }
    }

    /// This expression and all that are inside it, as they stand in the text, the outer ones first.
    pub fn all(&self) -> impl Iterator<Item = &Expr> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let expr = waiting.pop()?;
            let first = waiting.len();
            expr.for_each_part(&mut |part| waiting.push(part));
            waiting[first..].reverse();
            Some(expr)
        })
    }

    /// The expression at `span`: this one, or one inside it.
    pub fn find(&self, span: Span) -> Option<&Expr> {
        self.all().find(|expr| expr.span == span)
    }

    /// Every name in it, in order, as often as it stands there.
    pub fn names(&self) -> impl Iterator<Item = &Rc<str>> {
        self.all().filter_map(|expr| match &expr.kind {
            ExprKind::Name(name) => Some(name),
            _ => None,
        })
    }
}

impl Stmt {
    /// The statement's expressions, as they stand in the text.
    pub fn exprs(&self) -> Vec<&Expr> {
        match &self.kind {
            StmtKind::Expr(value) => vec![value],
            StmtKind::Assign(targets, value) => targets.iter().chain([value]).collect(),
            StmtKind::AugAssign(target, _, _, value) => vec![target, value],
            StmtKind::Del(targets) => targets.iter().collect(),
            StmtKind::Import(_) | StmtKind::FromImport(..) | StmtKind::Pass | StmtKind::Command(..) => Vec::new(),
        }
    }

    /// The expression at `span`.
    pub fn find(&self, span: Span) -> Option<&Expr> {
        self.exprs().into_iter().find_map(|expr| expr.find(span))
    }

    /// Every name in it, each once.
    pub fn names(&self) -> Vec<Rc<str>> {
        let mut names = Vec::new();
        for name in self.exprs().into_iter().flat_map(Expr::names) {
            if !names.contains(name) {
                names.push(Rc::clone(name));
            }
        }
        names
    }
}
