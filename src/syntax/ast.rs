//! What a parsed statement is: a tree of plain data in which every node knows its place in the text.
//!
//! The tree is Python's, cut down to the language of ndsh (no functions, classes, loops or
//! comprehensions). It knows no arrays and no names' values; [`crate::eval`] gives it meaning.

use num_bigint::BigInt;
use std::rc::Rc;

/// A half-open range of bytes in the text that was parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The text this span covers; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands, without the `;` or newline that ends it.
    pub span: Span,
    /// The line it starts on, from 1.
    pub line: usize,
    /// Whether `;` follows it: at the prompt that hides its value.
    pub semicolon: bool,
}

/// The kinds of statements.
#[derive(Clone, Debug, PartialEq)]
pub enum StmtKind {
    /// An expression, whose value is echoed.
    Expr(Expr),
    /// `a = b = value`: the targets from left to right, then the value.
    Assign(Vec<Expr>, Expr),
    /// `target op= value`.
    AugAssign(Expr, BinaryOp, Span, Expr),
    /// `del a, b[0]`.
    Del(Vec<Expr>),
    /// `import numpy as np, sys`.
    Import(Vec<ImportName>),
    /// `from numpy.lib import stride_tricks as st, scimath` (an empty list is `*`).
    FromImport(Rc<str>, Vec<ImportName>),
    /// `pass`.
    Pass,
    /// A shell command: `%whos`, `%timeit a + b`, `a?`. The name without `%`, and the rest of the line.
    /// `name?` and `?name` are `Command("help", "name")`.
    Command(Rc<str>, Rc<str>),
}

/// One `name as alias` of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportName {
    /// The dotted name.
    pub name: Rc<str>,
    /// What follows `as`.
    pub alias: Option<Rc<str>>,
    /// Where the name stands.
    pub span: Span,
}

/// An expression and its place. A parenthesised expression has the span of what is inside the
/// parentheses, except a tuple, whose span includes them.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// The int that it writes out, with its sign.
    pub fn as_int(&self) -> Option<isize> {
        match &self.kind {
            ExprKind::Int(value) => isize::try_from(*value).ok(),
            ExprKind::Unary(UnaryOp::Negative, value) => value.as_int().and_then(isize::checked_neg),
            _ => None,
        }
    }
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// `...`
    Ellipsis,
    /// An int that fits 64 bits.
    Int(i64),
    /// A larger int.
    BigInt(Rc<BigInt>),
    /// `1.5`
    Float(f64),
    /// `2j`: the imaginary part.
    Imaginary(f64),
    /// A string, with adjacent literals joined and escapes resolved.
    Str(Rc<str>),
    /// `b'..'`
    Bytes(Rc<[u8]>),
    /// `f'..'`, joined with adjacent plain literals.
    FString(Vec<FPart>),
    /// A name.
    Name(Rc<str>),
    /// `(a, b)` or a bare `a, b`.
    Tuple(Vec<Expr>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{k: v}`: a `None` key is `**v`.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// `{a, b}`
    Set(Vec<Expr>),
    /// `*value`, inside a tuple, a list, a set, a call or a target.
    Starred(Box<Expr>),
    /// `value.name`
    Attribute(Front, Rc<str>, Span),
    /// `value[index]`; several items between the brackets are a [`ExprKind::Tuple`].
    Subscript(Front, Box<Expr>),
    /// `start:stop:step`, inside a subscript only.
    Slice(Option<Box<Expr>>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `function(arguments)`
    Call(Front, Vec<Argument>),
    /// `- x`, `not x`, ...: the operator, the operand.
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`, ...: the operator and its own span.
    Binary(BinaryOp, Span, Front, Box<Expr>),
    /// `a < b <= c`: the first operand, then each operator (with its span) and its right operand.
    Compare(Front, Vec<(CompareOp, Span, Expr)>),
    /// `a and b`
    And(Front, Box<Expr>),
    /// `a or b`
    Or(Front, Box<Expr>),
    /// `body if test else orelse`: test, body, orelse.
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
}

impl Expr {
    /// What stands in front of the operator, the call, the subscript or the attribute that this is.
    pub fn front(&self) -> Option<&Expr> {
        match &self.kind {
            ExprKind::Attribute(front, ..)
            | ExprKind::Subscript(front, _)
            | ExprKind::Call(front, _)
            | ExprKind::Binary(_, _, front, _)
            | ExprKind::Compare(front, _)
            | ExprKind::And(front, _)
            | ExprKind::Or(front, _) => Some(front),
            _ => None,
        }
    }

    /// As [`Expr::front`], taken out.
    fn take_front(&mut self) -> Option<Box<Expr>> {
        match &mut self.kind {
            ExprKind::Attribute(front, ..)
            | ExprKind::Subscript(front, _)
            | ExprKind::Call(front, _)
            | ExprKind::Binary(_, _, front, _)
            | ExprKind::Compare(front, _)
            | ExprKind::And(front, _)
            | ExprKind::Or(front, _) => front.0.take(),
            _ => None,
        }
    }
}

/// What stands in front of an operator, a call, a subscript or an attribute. A chain of these (`a + b + c`,
/// `a.b.c`) is of any length: whoever walks it goes along [`Expr::front`] in a loop, as its end does.
#[derive(Clone, Debug, PartialEq)]
pub struct Front(Option<Box<Expr>>);

impl Front {
    /// This expression, in front of another.
    pub fn new(expr: Expr) -> Front {
        Front(Some(Box::new(expr)))
    }
}

impl std::ops::Deref for Front {
    type Target = Expr;

    fn deref(&self) -> &Expr {
        /// What is left where the expression was taken out, which only its end does.
        const NOTHING: &Expr = &Expr { kind: ExprKind::None, span: Span { start: 0, end: 0 } };
        self.0.as_deref().unwrap_or(NOTHING)
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut expr) = next {
            next = expr.take_front();
        }
    }
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// `value`
    Positional(Expr),
    /// `name=value`: the name's span comes with it.
    Keyword(Rc<str>, Span, Expr),
    /// `*value`
    Star(Expr),
    /// `**value`
    StarStar(Expr),
}

/// One part of an f-string.
#[derive(Clone, Debug, PartialEq)]
pub enum FPart {
    /// Text as it stands, `{{` and `}}` resolved.
    Text(Rc<str>),
    /// `{value!conversion:spec}`; for `{value=}` the text `value=` comes before it as [`FPart::Text`] (and the
    /// conversion is `r` where neither a conversion nor a spec is given). The spec is itself a list of parts.
    Value(Box<Expr>, Option<char>, Vec<FPart>),
}

/// Prefix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-`
    Negative,
    /// `+`
    Positive,
    /// `~`
    Invert,
    /// `not`
    Not,
}

/// Infix operators that compute a value from two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    TrueDivide,
    /// `//`
    FloorDivide,
    /// `%`
    Remainder,
    /// `**`
    Power,
    /// `@`
    MatMul,
    /// `<<`
    LeftShift,
    /// `>>`
    RightShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
}

/// Operators that compare; a chain of them is one expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `in`
    In,
    /// `not in`
    NotIn,
}

impl BinaryOp {
    /// Its spelling in Python: `"+"`, ...
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::TrueDivide => "/",
            BinaryOp::FloorDivide => "//",
            BinaryOp::Remainder => "%",
            BinaryOp::Power => "**",
            BinaryOp::MatMul => "@",
            BinaryOp::LeftShift => "<<",
            BinaryOp::RightShift => ">>",
            BinaryOp::And => "&",
            BinaryOp::Or => "|",
            BinaryOp::Xor => "^",
        }
    }
}

impl CompareOp {
    /// The comparison of the operands in the other order: `a < b` is `b > a`.
    pub fn reflected(self) -> CompareOp {
        match self {
            CompareOp::Less => CompareOp::Greater,
            CompareOp::LessEqual => CompareOp::GreaterEqual,
            CompareOp::Greater => CompareOp::Less,
            CompareOp::GreaterEqual => CompareOp::LessEqual,
            same => same,
        }
    }

    /// Its spelling in Python: `"<"`, ...
    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Less => "<",
            CompareOp::LessEqual => "<=",
            CompareOp::Equal => "==",
            CompareOp::NotEqual => "!=",
            CompareOp::Greater => ">",
            CompareOp::GreaterEqual => ">=",
            CompareOp::Is => "is",
            CompareOp::IsNot => "is not",
            CompareOp::In => "in",
            CompareOp::NotIn => "not in",
        }
    }
}
