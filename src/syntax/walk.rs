//! The expressions inside an expression, and those of a statement: for who looks for one.

use super::ast::{Argument, Expr, ExprKind, FPart, Span, Stmt, StmtKind};

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
    /// The expressions directly inside this one, as they stand in the text.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => items.iter().collect(),
            ExprKind::Dict(entries) => entries.iter().flat_map(|(key, value)| key.iter().chain([value])).collect(),
            ExprKind::Starred(inner) | ExprKind::Attribute(inner, ..) | ExprKind::Unary(_, inner) => vec![inner],
            ExprKind::Subscript(a, b) | ExprKind::Binary(_, _, a, b) | ExprKind::And(a, b) | ExprKind::Or(a, b) => {
                vec![a, b]
            }
            ExprKind::Slice(start, stop, step) => {
                [start, stop, step].into_iter().flatten().map(|part| &**part).collect()
            }
            ExprKind::Call(callee, arguments) => {
                std::iter::once(&**callee).chain(arguments.iter().map(Argument::value)).collect()
            }
            ExprKind::Compare(first, rest) => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, _, operand)| operand)).collect()
            }
            ExprKind::Conditional(test, body, orelse) => vec![body, test, orelse],
            ExprKind::FString(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    FPart::Value(value, ..) => Some(&**value),
                    FPart::Text(_) => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The expression at `span`: this one, or one inside it.
    pub fn find(&self, span: Span) -> Option<&Expr> {
        if self.span == span {
            return Some(self);
        }
        self.parts().into_iter().find_map(|part| part.find(span))
    }

    /// Every name in it, in order, as often as it stands there.
    pub fn names(&self) -> Vec<&str> {
        match &self.kind {
            ExprKind::Name(name) => vec![name],
            _ => self.parts().into_iter().flat_map(Expr::names).collect(),
        }
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
}
