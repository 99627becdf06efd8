//! Trees as S-expressions, short enough to read in a test: `a + 1` is `(+ a 1)`.

use ndsh::syntax::ast::{Argument, Expr, ExprKind, FPart, ImportName, Stmt, StmtKind, UnaryOp};

/// A tree as text; with `with_spans`, every expression says where it stands.
#[derive(Clone, Copy, Default)]
pub struct Sexpr {
    pub with_spans: bool,
}

impl Sexpr {
    /// One line for each statement.
    pub fn script(self, statements: &[Stmt]) -> String {
        statements.iter().map(|statement| self.statement(statement)).collect::<Vec<_>>().join("\n")
    }

    /// One statement.
    pub fn statement(self, statement: &Stmt) -> String {
        match &statement.kind {
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Assign(targets, value) => format!("(= {} {})", self.list(targets), self.expr(value)),
            StmtKind::AugAssign(target, operator, _, value) => {
                format!("({}= {} {})", operator.symbol(), self.expr(target), self.expr(value))
            }
            StmtKind::Del(targets) => format!("(del {})", self.list(targets)),
            StmtKind::Import(names) => format!("(import{})", imports(names)),
            StmtKind::FromImport(module, names) if names.is_empty() => format!("(from {module} *)"),
            StmtKind::FromImport(module, names) => format!("(from {module}{})", imports(names)),
            StmtKind::Pass => "(pass)".into(),
            StmtKind::Command(name, rest) => format!("(% {name} {rest:?})"),
        }
    }

    fn list(self, items: &[Expr]) -> String {
        items.iter().map(|item| self.expr(item)).collect::<Vec<_>>().join(" ")
    }

    /// One expression.
    pub fn expr(self, expr: &Expr) -> String {
        let text = self.kind(&expr.kind);
        if self.with_spans { format!("{text}@{}-{}", expr.span.start, expr.span.end) } else { text }
    }

    fn kind(self, kind: &ExprKind) -> String {
        let optional = |bound: &Option<Box<Expr>>| bound.as_ref().map_or("_".into(), |bound| self.expr(bound));
        match kind {
            ExprKind::None => "None".into(),
            ExprKind::Bool(value) => if *value { "True" } else { "False" }.into(),
            ExprKind::Ellipsis => "...".into(),
            ExprKind::Int(value) => value.to_string(),
            ExprKind::BigInt(value) => value.to_string(),
            ExprKind::Float(value) => format!("{:016x}f", value.to_bits()),
            ExprKind::Imaginary(value) => format!("{:016x}j", value.to_bits()),
            ExprKind::Str(text) => quoted(text),
            ExprKind::Bytes(bytes) => {
                format!("b'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
            }
            ExprKind::FString(parts) => format!("(f{})", self.parts(parts)),
            ExprKind::Name(name) => name.to_string(),
            ExprKind::Tuple(items) => format!("(tuple {})", self.list(items)),
            ExprKind::List(items) => format!("(list {})", self.list(items)),
            ExprKind::Set(items) => format!("(set {})", self.list(items)),
            ExprKind::Dict(pairs) => {
                let pair = |(key, value): &(Option<Expr>, Expr)| match key {
                    Some(key) => format!(" {}: {}", self.expr(key), self.expr(value)),
                    None => format!(" ** {}", self.expr(value)),
                };
                format!("(dict{})", pairs.iter().map(pair).collect::<String>())
            }
            ExprKind::Starred(value) => format!("(* {})", self.expr(value)),
            ExprKind::Attribute(value, name, _) => format!("(. {} {name})", self.expr(value)),
            ExprKind::Subscript(value, index) => format!("([] {} {})", self.expr(value), self.expr(index)),
            ExprKind::Slice(start, stop, step) => {
                format!("(: {} {} {})", optional(start), optional(stop), optional(step))
            }
            ExprKind::Call(function, arguments) => {
                let argument = |argument: &Argument| match argument {
                    Argument::Positional(value) => format!(" {}", self.expr(value)),
                    Argument::Keyword(name, _, value) => format!(" {name}={}", self.expr(value)),
                    Argument::Star(value) => format!(" *{}", self.expr(value)),
                    Argument::StarStar(value) => format!(" **{}", self.expr(value)),
                };
                format!("(call {}{})", self.expr(function), arguments.iter().map(argument).collect::<String>())
            }
            ExprKind::Unary(operator, value) => {
                let operator = match operator {
                    UnaryOp::Negative => "-",
                    UnaryOp::Positive => "+",
                    UnaryOp::Invert => "~",
                    UnaryOp::Not => "not",
                };
                format!("({operator} {})", self.expr(value))
            }
            ExprKind::Binary(operator, _, left, right) => {
                format!("({} {} {})", operator.symbol(), self.expr(left), self.expr(right))
            }
            ExprKind::Compare(first, links) => {
                let link = |(operator, _, right): &(ndsh::syntax::ast::CompareOp, _, Expr)| {
                    format!(" {} {}", operator.symbol(), self.expr(right))
                };
                format!("(compare {}{})", self.expr(first), links.iter().map(link).collect::<String>())
            }
            ExprKind::And(left, right) => format!("(and {} {})", self.expr(left), self.expr(right)),
            ExprKind::Or(left, right) => format!("(or {} {})", self.expr(left), self.expr(right)),
            ExprKind::Conditional(test, body, orelse) => {
                format!("(if {} {} {})", self.expr(test), self.expr(body), self.expr(orelse))
            }
        }
    }

    fn parts(self, parts: &[FPart]) -> String {
        let part = |part: &FPart| match part {
            FPart::Text(text) => format!(" {}", quoted(text)),
            FPart::Value(value, conversion, spec) => {
                let conversion = conversion.map_or(String::new(), |letter| format!("!{letter}"));
                // The positions of CPython 3.11 inside f-strings are not to be compared with.
                format!(" {{{}{conversion}{}}}", Sexpr::default().expr(value), self.spec(spec))
            }
        };
        parts.iter().map(part).collect()
    }

    fn spec(self, spec: &[FPart]) -> String {
        if spec.is_empty() { String::new() } else { format!(":{}", self.parts(spec)) }
    }
}

fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        ' '..='~' if c != '\'' && c != '\\' => c.to_string(),
        c => format!("\\{:x};", u32::from(c)),
    };
    format!("'{}'", text.chars().map(escaped).collect::<String>())
}

fn imports(names: &[ImportName]) -> String {
    let import = |import: &ImportName| match &import.alias {
        Some(alias) => format!(" {}={alias}", import.name),
        None => format!(" {}", import.name),
    };
    names.iter().map(import).collect()
}
