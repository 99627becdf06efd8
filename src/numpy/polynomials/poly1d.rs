//! Polynomials as values: `np.poly1d([1, 2, 3])`, which prints, is called, and knows arithmetic.

use super::super::calls;
use super::arithmetic::{added, derived, divided, integrated, multiplied, subtracted, value_at};
use super::roots::{coefficients_of, roots_of};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, Scalar};
use crate::error::{Error, Result, attribute_error, value_error};
use crate::registry::{Attribute, Context, Function, MemoryRule, Reader, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use crate::text::format_spec::format_float;
use crate::value::{Class, Items, Object, Twins, Value, Way, as_bool, as_index, classes, entry, repr};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: ATTRIBUTES,
    constants: &[],
    aliases: &[],
    classes: &[("np.poly1d", &classes::POLY1D)],
};

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.poly1d",
        signature: "(c_or_r, r=False, variable=None)",
        method: None,
        summary: "A polynomial with these coefficients, the highest power first; or with these roots.",
        memory: MemoryRule::NoArray,
        notes: "It keeps the array that it was made of where that starts with no zero: then `p.c` is a view or the array \
                itself.",
        example: r"
>>> p = np.poly1d([1, 2, 3])
>>> print(p)
   2
1 x + 2 x + 3
>>> p(2)
np.int64(11)
>>> p * p
poly1d([ 1,  4, 10, 12,  9])
>>> np.poly1d([1, -2], True)
poly1d([ 1.,  1., -2.])
",
        see_also: &["np.polyval", "np.poly", "np.roots"],
        run: Run::Read(Reader::Helper("poly1d.__init__"), |context, arguments| {
            let variable = match arguments.get("variable") {
                Value::None => None,
                Value::Str(name) => Some(name),
                other => Some(crate::value::str(&other, &context.print_options).into()),
            };
            let given = arguments.get("c_or_r");
            if let Some(known) = given.downcast::<Poly1d>() {
                let variable = variable.unwrap_or_else(|| Rc::clone(&known.variable));
                return Ok(Poly1d::over(known.coefficients(), variable));
            }
            let mut coefficients = given;
            if as_bool(&arguments.get("r")).map_err(|e| e.at_argument("r"))? {
                coefficients = coefficients_of(context, &coefficients).map_err(|e| e.at_argument("c_or_r"))?;
            }
            Poly1d::of(context, &coefficients, variable).map_err(|e| e.at_argument("c_or_r"))
        }),
    },
    Function {
        name: "poly1d.deriv",
        signature: "(m=1)",
        method: None,
        summary: "The derivative of a polynomial, or a higher one.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.poly1d([1, 1, 1, 1]).deriv()
poly1d([3, 2, 1])
",
        see_also: &["poly1d.integ", "np.polyder"],
        run: Run::Call(|context, arguments| {
            let m = arguments.get("m");
            let coefficients = Value::Array(parts(arguments.receiver())?.coefficients());
            let derived = derived(context, &coefficients, &m)?;
            Poly1d::of(context, &derived, None)
        }),
    },
    Function {
        name: "poly1d.integ",
        signature: "(m=1, k=0)",
        method: None,
        summary: "The antiderivative of a polynomial, with constants of integration.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: r"
>>> np.poly1d([2, 2]).integ(k=1)
poly1d([1., 2., 1.])
",
        see_also: &["poly1d.deriv", "np.polyint"],
        run: Run::Call(|context, arguments| {
            let (m, k) = (arguments.get("m"), arguments.get("k"));
            let coefficients = Value::Array(parts(arguments.receiver())?.coefficients());
            let integrated = integrated(context, &coefficients, &m, &k)?;
            Poly1d::of(context, &integrated, None)
        }),
    },
];

static ATTRIBUTES: &[Attribute] = &[
    coefficients("poly1d.coeffs"),
    coefficients("poly1d.c"),
    coefficients("poly1d.coef"),
    coefficients("poly1d.coefficients"),
    order("poly1d.order"),
    order("poly1d.o"),
    roots("poly1d.roots"),
    roots("poly1d.r"),
    Attribute {
        name: "poly1d.variable",
        summary: "The name of the variable that it prints.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.poly1d([1, 2], variable='z').variable
'z'
",
        get: |_, value| Ok(Value::Str(Rc::clone(&parts(value)?.variable))),
        set: None,
    },
];

const fn coefficients(name: &'static str) -> Attribute {
    Attribute {
        name,
        summary: "The coefficients, the highest power first.",
        memory: MemoryRule::NoArray,
        example: "",
        get: |_, value| Ok(Value::Array(parts(value)?.coefficients())),
        set: Some(|_, value, new| match new {
            Value::Array(new) if Rc::ptr_eq(new, &parts(value)?.coefficients()) => Ok(()),
            _ => Err(attribute_error("Cannot set attribute")),
        }),
    }
}

const fn order(name: &'static str) -> Attribute {
    Attribute {
        name,
        summary: "The degree.",
        memory: MemoryRule::NoArray,
        example: "",
        get: |_, value| Ok(Value::int(parts(value)?.order())),
        set: None,
    }
}

const fn roots(name: &'static str) -> Attribute {
    Attribute {
        name,
        summary: "The numbers at which it is zero.",
        memory: MemoryRule::New,
        example: "",
        get: |context, value| {
            let coefficients = Value::Array(parts(value)?.coefficients());
            roots_of(context, &coefficients)
        },
        set: None,
    }
}

/// A polynomial: its coefficients, the highest power first, and the name of its variable.
pub struct Poly1d {
    coefficients: RefCell<ArrayRef>,
    variable: Rc<str>,
}

/// Whether a value is a polynomial.
pub fn is_polynomial(value: &Value) -> bool {
    value.downcast::<Poly1d>().is_some()
}

/// The value as a polynomial.
fn parts(value: &Value) -> Result<&Poly1d> {
    let wrong = || attribute_error(format!("'{}' object has no coefficients", value.type_name()));
    value.downcast().ok_or_else(wrong)
}

impl Poly1d {
    fn over(coefficients: ArrayRef, variable: Rc<str>) -> Value {
        Value::object(Poly1d { coefficients: RefCell::new(coefficients), variable })
    }

    /// The polynomial with these coefficients, without the zeros that they start with.
    ///
    /// # Errors
    /// `ValueError: Polynomial must be 1d only.`
    pub fn of(context: &mut Context, coefficients: &Value, variable: Option<Rc<str>>) -> Result<Value> {
        if let Some(known) = coefficients.downcast::<Poly1d>() {
            let variable = variable.unwrap_or_else(|| Rc::clone(&known.variable));
            return Ok(Poly1d::over(known.coefficients(), variable));
        }
        let mut array = calls::call_array(context, "np.atleast_1d", vec![coefficients.clone()], [])?;
        if array.ndim() > 1 {
            return Err(value_error("Polynomial must be 1d only."));
        }
        let trim = [("trim", Value::str("f"))];
        let trimmed = calls::call_array(context, "np.trim_zeros", vec![Value::Array(Rc::clone(&array))], trim)?;
        // A plan has no values: it takes every coefficient for one that counts.
        if !calls::is_planning(context) {
            array = trimmed;
        }
        if array.size() == 0 {
            array = calls::empty(context, array.dtype().ty(), &[1])?;
        }
        Ok(Poly1d::over(array, variable.unwrap_or_else(|| "x".into())))
    }

    fn coefficients(&self) -> ArrayRef {
        Rc::clone(&self.coefficients.borrow())
    }

    fn order(&self) -> usize {
        self.coefficients.borrow().size().saturating_sub(1)
    }
}

/// Whether `np.isscalar` says so.
fn is_scalar(value: &Value) -> bool {
    let is_number = matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(_));
    is_number || matches!(value, Value::Scalar(_) | Value::Str(_) | Value::Bytes(_))
}

impl Object for Poly1d {
    fn class(&self) -> &'static Class {
        &classes::POLY1D
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let array = repr(&Value::Array(self.coefficients()), options);
        let inner = array.get(6..array.len().saturating_sub(1)).unwrap_or_default();
        format!("poly1d({inner})")
    }

    fn str(&self, _: &PrintOptions) -> String {
        let coefficients: Vec<Scalar> =
            calls::elements(&self.coefficients.borrow()).skip_while(|c| !c.is_true()).collect();
        raised(&terms(&coefficients, &self.variable))
    }

    fn item(&self, _: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let power = as_index(index)?;
        let array = self.coefficients();
        match usize::try_from(power).ok().and_then(|power| self.order().checked_sub(power)) {
            Some(place) => Ok(entry(&array, place)),
            None => Ok(Value::Scalar(Scalar::zero(array.dtype().ty()))),
        }
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let power = as_index(index)?;
        let Ok(power) = usize::try_from(power) else {
            return Err(value_error("Does not support negative powers."));
        };
        let mut place = self.order().saturating_sub(power);
        if power > self.order() {
            let array = self.coefficients();
            let zeros = calls::empty(context, array.dtype().ty(), &[power - self.order()])?;
            let longer = calls::concatenate(context, vec![Value::Array(zeros), Value::Array(array)], Some(0))?;
            self.coefficients.replace(longer);
            place = 0;
        }
        let array = self.coefficients();
        calls::set(context, &array, &[crate::array::index::Index::Int(place as isize)], value)
    }

    fn length(&self) -> Option<usize> {
        Some(self.order())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let array = self.coefficients();
        Some(Box::new((0..array.size()).map(move |i| Ok(entry(&array, i)))))
    }

    fn call(
        &self,
        context: &mut Context,
        positional: Vec<Value>,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Option<Result<Value>> {
        let named = keywords.into_iter().filter(|(name, _)| &**name == "val").map(|(_, value)| value);
        let given: Vec<Value> = positional.into_iter().chain(named).collect();
        let [x] = given.as_slice() else {
            let (n, were) = (given.len() + 1, if given.is_empty() { "was" } else { "were" });
            let message = match given.len() {
                0 => "poly1d.__call__() missing 1 required positional argument: 'val'".to_string(),
                _ => format!("poly1d.__call__() takes 2 positional arguments but {n} {were} given"),
            };
            return Some(Err(crate::error::type_error(message)));
        };
        Some(value_at(context, &Value::Array(self.coefficients()), x))
    }

    fn operate(
        &self,
        context: &mut Context,
        op: BinaryOp,
        this: &Value,
        other: &Value,
        is_right: bool,
    ) -> Option<Result<Value>> {
        let own = Value::Array(self.coefficients());
        let scales = is_scalar(other);
        if !matches!(
            op,
            BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::TrueDivide | BinaryOp::Power
        ) || (op == BinaryOp::Power && is_right)
        {
            return None;
        }
        let work = |context: &mut Context| -> Result<Value> {
            if op == BinaryOp::Power {
                return power(context, &own, other);
            }
            if scales && matches!(op, BinaryOp::Multiply | BinaryOp::TrueDivide) {
                let (a, b) = if is_right { (other.clone(), own) } else { (own, other.clone()) };
                let scaled = calls::binary(context, op, a, b)?;
                return Poly1d::of(context, &scaled, None);
            }
            let other = Poly1d::of(context, other, None)?;
            let (a, b) = if is_right { (&other, this) } else { (this, &other) };
            match op {
                BinaryOp::Add => added(context, a, b),
                BinaryOp::Subtract => subtracted(context, a, b),
                BinaryOp::Multiply => multiplied(context, a, b),
                _ => divided(context, a, b),
            }
        };
        Some(work(context))
    }

    fn operate_alone(&self, context: &mut Context, op: UnaryOp, this: &Value) -> Option<Result<Value>> {
        match op {
            UnaryOp::Positive => Some(Ok(this.clone())),
            UnaryOp::Negative => {
                let negative = calls::negative(context, Value::Array(self.coefficients()));
                Some(negative.and_then(|negative| Poly1d::of(context, &negative, None)))
            }
            _ => None,
        }
    }

    fn compare(&self, context: &mut Context, op: CompareOp, other: &Value) -> Option<Result<Value>> {
        let other = other.downcast::<Poly1d>()?.coefficients();
        let own = self.coefficients();
        let work = |context: &mut Context| -> Result<Value> {
            if own.shape() != other.shape() {
                return Ok(Value::Bool(false));
            }
            let same = calls::compare(context, CompareOp::Equal, &Value::Array(own), &Value::Array(other))?;
            let same = calls::as_array(context, &same)?;
            calls::reduce(context, "logical_and", &same, &crate::ufunc::ReduceOptions::all())
        };
        match op {
            CompareOp::Equal => Some(work(context)),
            CompareOp::NotEqual => Some(work(context).and_then(|same| Ok(Value::Bool(!crate::value::is_true(&same)?)))),
            _ => None,
        }
    }

    fn hash(&self) -> Option<Result<i64>> {
        Some(Err(crate::error::type_error("unhashable type: 'poly1d'")))
    }

    fn as_array(&self, _: &mut Context) -> Option<Result<ArrayRef>> {
        Some(Ok(self.coefficients()))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Attribute("coeffs"), Value::Array(self.coefficients()))]
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        Ok(Poly1d::over(twins.array(&self.coefficients()), Rc::clone(&self.variable)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A polynomial multiplied by itself.
fn power(context: &mut Context, own: &Value, exponent: &Value) -> Result<Value> {
    const MOST: usize = 1 << 16;
    let wrong = || -> Error { value_error("Power to non-negative integers only.") };
    let count = match exponent {
        Value::Float(x) if *x < 0.0 || x.fract() != 0.0 => return Err(wrong()),
        Value::Array(_) => return Err(wrong()),
        other => as_index(other)?,
    };
    let count = usize::try_from(count).map_err(|_| wrong())?;
    let mut result = Value::list([Value::int(1)]);
    for _ in 0..count.min(MOST) {
        crate::interrupt::check()?;
        result = multiplied(context, own, &result)?;
    }
    Poly1d::of(context, &result, None)
}

/// `%.4g` of a number.
fn short(number: f64) -> String {
    format_float(number, ".4g").unwrap_or_default()
}

/// The terms on one line, with `**` before powers.
fn terms(coefficients: &[Scalar], variable: &str) -> String {
    let mut text = "0".to_string();
    for (place, coefficient) in coefficients.iter().enumerate() {
        let number = coefficient.as_complex();
        let shown = if number.im == 0.0 {
            short(number.re)
        } else if number.re == 0.0 {
            format!("{}j", short(number.im))
        } else {
            format!("({} + {}j)", short(number.re), short(number.im))
        };
        let term = match coefficients.len() - 1 - place {
            0 if shown != "0" => shown,
            0 if place == 0 => "0".into(),
            _ if shown == "0" => String::new(),
            1 => format!("{shown} {variable}"),
            power => format!("{shown} {variable}**{power}"),
        };
        if place == 0 {
            text = term;
        } else if let Some(size) = term.strip_prefix('-') {
            text = format!("{text} - {size}");
        } else if !term.is_empty() {
            text = format!("{text} + {term}");
        }
    }
    text
}

/// The powers on a line of their own above the terms, and long polynomials on several pairs of lines.
fn raised(terms: &str) -> String {
    const WIDTH: usize = 70;
    let (mut above, mut below, mut output) = (String::new(), String::new(), " ".to_string());
    let mut rest = terms;
    while let Some((part, behind)) = rest.split_once("**") {
        let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        let (power, next) = behind.split_at(digits);
        rest = next;
        let length = part.chars().count();
        let second = format!("{part}{}", " ".repeat(power.len().saturating_sub(1)));
        let first = format!("{}{power}", " ".repeat(length.saturating_sub(1)));
        if below.chars().count() + second.chars().count() > WIDTH
            || above.chars().count() + first.chars().count() > WIDTH
        {
            output.push_str(&format!("{above}\n{below}\n "));
            (above, below) = (first, second);
        } else {
            below.push_str(&second);
            above.push_str(&first);
        }
    }
    format!("{output}{above}\n{below}{rest}")
}
