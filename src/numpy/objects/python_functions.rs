//! Functions of Python's values as universal functions: `np.frompyfunc`, `np.vectorize`.

use super::elementwise::each;
use super::reduction::{Fold, accumulate_with, reduce_with};
use super::with_axes;
use crate::array::cast::Casting;
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, DType, NdArray, Order, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::numpy::coercion::{array_from, new_array};
use crate::numpy::dtypes::as_dtype;
use crate::numpy::reductions::reduce_options;
use crate::numpy::{calls, objects};
use crate::registry::{self, Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::ufunc::{Options, ReduceOptions};
use crate::value::{Class, Object, Value, as_index, classes, shown_address, unwrap_scalar};
use std::any::Any;
use std::rc::Rc;

/// What `np.frompyfunc(...)` gives: a function that is called for each element.
pub struct PythonFunction {
    function: Value,
    nin: usize,
    nout: usize,
    identity: Option<Value>,
}

/// The name of a function, as its `__name__` says.
fn name_of(function: &Value) -> String {
    match function {
        Value::Function(function) => function.short_name().to_string(),
        Value::Method(method) => method.1.short_name().to_string(),
        Value::Class(class) => class.name.to_string(),
        other => other.downcast::<PythonFunction>().map_or_else(|| "?".to_string(), PythonFunction::name),
    }
}

fn is_callable(value: &Value) -> bool {
    matches!(value, Value::Function(_) | Value::Method(_) | Value::Class(_) | Value::Object(_))
}

impl PythonFunction {
    fn name(&self) -> String {
        format!("{} (vectorized)", name_of(&self.function))
    }

    /// The results for elements that stand at one place.
    fn apply(&self, context: &mut Context, values: &[Value]) -> Result<Vec<Value>> {
        let result = registry::call(context, &self.function, values.to_vec(), Vec::new())?;
        match (self.nout, result) {
            (1, result) => Ok(vec![result]),
            (nout, Value::Tuple(items)) if items.len() == nout => Ok(items.to_vec()),
            (nout, _) => Err(value_error(format!("the function gave another number of results than {nout}"))),
        }
    }

    fn called(&self, context: &mut Context, positional: Vec<Value>, keywords: Vec<(Rc<str>, Value)>) -> Result<Value> {
        let (nin, nout, given) = (self.nin, self.nout, positional.len());
        if given < nin || given > nin + nout {
            let takes = if nout == 0 { format!("{nin}") } else { format!("from {nin} to {}", nin + nout) };
            let name = self.name();
            return Err(type_error(format!("{name}() takes {takes} positional arguments but {given} were given")));
        }
        let mut options = Options::default();
        options.out.resize(nout, None);
        let mut arrays = Vec::new();
        for (k, value) in positional.into_iter().enumerate() {
            if k < nin {
                arrays.push(as_objects(context, &value)?);
            } else {
                options.out[k - nin] = out_array(value)?;
            }
        }
        for (name, value) in keywords {
            match (&*name, value) {
                ("out", Value::Tuple(items)) => {
                    for (slot, item) in options.out.iter_mut().zip(items.iter()) {
                        *slot = out_array(item.clone())?;
                    }
                }
                ("out", single) => {
                    if let Some(slot) = options.out.first_mut() {
                        *slot = out_array(single)?;
                    }
                }
                ("where", Value::Bool(true)) => {}
                ("where", mask) => options.where_ = Some(array_from(context, &mask, Some(&Type::Bool.into()))?),
                ("casting", rule) => options.casting = crate::numpy::dtypes::as_casting(&rule)?,
                ("order", order) => options.order = crate::numpy::dtypes::as_order(&order)?,
                ("dtype" | "subok" | "signature", _) => {}
                (other, _) => {
                    let message = format!("{}() got an unexpected keyword argument '{other}'", self.name());
                    return Err(type_error(message));
                }
            }
        }
        let mut apply = |context: &mut Context, values: &[Value]| self.apply(context, values);
        let results = each(context, &arrays, nout, &options, &self.name(), &mut apply)?;
        let mut values = results.into_iter().map(unwrap_scalar);
        Ok(if nout == 1 { values.next().unwrap_or(Value::None) } else { Value::tuple(values) })
    }

    fn between(&self) -> Result<impl FnMut(&mut Context, &Value, &Value) -> Result<Value> + '_> {
        if self.nin != 2 || self.nout != 1 {
            return Err(value_error("reduce only supported for binary functions"));
        }
        Ok(move |context: &mut Context, a: &Value, b: &Value| {
            let values = self.apply(context, &[a.clone(), b.clone()])?;
            Ok(values.into_iter().next().unwrap_or(Value::None))
        })
    }

    /// `reduce`, with the arguments of the method.
    ///
    /// # Errors
    /// `ValueError` where the function does not take two values; those of the function.
    pub fn reduce(&self, context: &mut Context, arguments: &Arguments) -> Result<Value> {
        let array = as_objects(context, &arguments.get("array")).map_err(|e| e.at_argument("array"))?;
        let options = ReduceOptions { dtype: None, ..reduce_options(context, arguments)? };
        let fold = Fold { name: self.name(), identity: self.identity.clone(), reorderable: self.identity.is_some() };
        let mut between = self.between()?;
        reduce_with(context, &fold, &array, &options, &mut between).map(unwrap_scalar)
    }

    /// `accumulate`, with the arguments of the method.
    ///
    /// # Errors
    /// As [`PythonFunction::reduce`].
    pub fn accumulate(&self, context: &mut Context, arguments: &Arguments) -> Result<Value> {
        let array = as_objects(context, &arguments.get("array")).map_err(|e| e.at_argument("array"))?;
        let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
        let out = calls::out_argument(arguments)?;
        let mut between = self.between()?;
        accumulate_with(context, &array, axis, out.as_ref(), &mut between).map(Value::Array)
    }

    /// `outer` of two arrays.
    ///
    /// # Errors
    /// As [`PythonFunction::reduce`].
    pub fn outer(&self, context: &mut Context, a: &Value, b: &Value) -> Result<Value> {
        if self.nin != 2 {
            return Err(value_error("outer product only supported for binary functions"));
        }
        let (a, b) = (as_objects(context, a)?, as_objects(context, b)?);
        let a = with_axes(&a, b.ndim());
        self.called(context, vec![Value::Array(a), Value::Array(b)], Vec::new())
    }
}

fn out_array(value: Value) -> Result<Option<ArrayRef>> {
    match value {
        Value::None => Ok(None),
        Value::Array(array) => Ok(Some(array)),
        _ => Err(type_error("return arrays must be of ArrayType")),
    }
}

fn as_objects(context: &mut Context, value: &Value) -> Result<ArrayRef> {
    match value {
        Value::Array(array) => Ok(Rc::clone(array)),
        other => new_array(context, other, Some(&Type::Object.into()), Order::C),
    }
}

impl Object for PythonFunction {
    fn class(&self) -> &'static Class {
        &classes::UFUNC
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<ufunc '{}'>", self.name())
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let letters = |count: usize| "O".repeat(count);
        Some(Ok(match name {
            "nin" => self.nin.into(),
            "nout" => self.nout.into(),
            "nargs" => (self.nin + self.nout).into(),
            "ntypes" => 1usize.into(),
            "types" => Value::list([Value::from(format!("{}->{}", letters(self.nin), letters(self.nout)))]),
            "identity" => self.identity.clone().unwrap_or(Value::None),
            "signature" => Value::None,
            "__name__" => self.name().into(),
            _ => return None,
        }))
    }

    fn call(
        &self,
        context: &mut Context,
        positional: Vec<Value>,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Option<Result<Value>> {
        Some(self.called(context, positional, keywords))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `np.vectorize(...)` gives: a function for elements whose results become arrays of their own dtype.
struct Vectorized {
    function: Value,
    otypes: Option<String>,
    excluded: Vec<Value>,
    signature: Option<String>,
}

impl Vectorized {
    /// The results for all elements; the dtype is that of the first unless it is said (`_vectorize_call`).
    fn called(&self, context: &mut Context, positional: Vec<Value>, keywords: Vec<(Rc<str>, Value)>) -> Result<Value> {
        if self.signature.is_some() {
            return self.called_by_lines(context, positional, keywords);
        }
        let is_excluded = |key: &Value| self.excluded.iter().any(|one| crate::value::equal(one, key).unwrap_or(false));
        let (mut fixed, mut arrays) = (Vec::new(), Vec::new());
        for (place, value) in positional.into_iter().enumerate() {
            if is_excluded(&Value::int(place)) {
                fixed.push(Some(value));
            } else {
                fixed.push(None);
                arrays.push(as_objects_of(context, &value)?);
            }
        }
        let count = fixed.len();
        let mut names = Vec::new();
        for (name, value) in keywords {
            if is_excluded(&Value::from(&*name)) {
                fixed.push(Some(value));
            } else {
                fixed.push(None);
                arrays.push(as_objects_of(context, &value)?);
            }
            names.push(name);
        }
        let function = self.function.clone();
        let run = |context: &mut Context, values: &[Value]| -> Result<Value> {
            let mut values = values.iter();
            let all: Vec<Value> =
                fixed.iter().map(|one| one.clone().or_else(|| values.next().cloned()).unwrap_or(Value::None)).collect();
            let (places, named) = all.split_at(count);
            let named = names.iter().cloned().zip(named.iter().cloned()).collect();
            registry::call(context, &function, places.to_vec(), named)
        };
        if arrays.is_empty() {
            return run(context, &[]);
        }
        if arrays.iter().any(|array| array.size() == 0) && self.otypes.is_none() {
            return Err(value_error("cannot call `vectorize` on size 0 inputs unless `otypes` is set"));
        }
        let mut first = None;
        let nout = match &self.otypes {
            Some(letters) => letters.chars().count(),
            None => {
                let values: Vec<Value> =
                    arrays.iter().map(|array| objects::object_at(array, array.layout().offset)).collect();
                let value = run(context, &values)?;
                let nout = if let Value::Tuple(items) = &value { items.len() } else { 1 };
                first = Some(value);
                nout
            }
        };
        let mut apply = |context: &mut Context, values: &[Value]| {
            // what the first call gave, which told the types, is not asked for again
            let result = match first.take() {
                Some(result) => result,
                None => run(context, values)?,
            };
            match (nout, result) {
                (1, Value::Tuple(items)) if items.len() == 1 => Ok(items.to_vec()),
                (1, result) => Ok(vec![result]),
                (_, Value::Tuple(items)) => Ok(items.to_vec()),
                (_, other) => Ok(vec![other]),
            }
        };
        let results = each(context, &arrays, nout, &Options::default(), "vectorize", &mut apply)?;
        let letters: Vec<char> = self.otypes.iter().flat_map(|letters| letters.chars()).collect();
        let mut made = Vec::new();
        for (k, result) in results.into_iter().enumerate() {
            let dtype: DType = match letters.get(k) {
                Some(letter) => as_dtype(context, &Value::from(letter.to_string()))?,
                None => {
                    let offset = result.layout().offset;
                    let value = objects::object_at(&result, offset);
                    array_from(context, &value, None)?.dtype()
                }
            };
            let dtype = if dtype.ty().is_text() { DType::new(dtype.ty()) } else { dtype };
            let cast = crate::array::copy::astype(&context.runtime, &result, &dtype, Order::K, Casting::Unsafe, false)?;
            made.push(Value::Array(cast));
        }
        Ok(if nout == 1 { made.pop().unwrap_or(Value::None) } else { Value::tuple(made) })
    }

    /// With a signature: the function gets whole vectors, `(n)->()`, for every place of the axes in front of them.
    fn called_by_lines(
        &self,
        context: &mut Context,
        positional: Vec<Value>,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Result<Value> {
        let signature = self.signature.clone().unwrap_or_default();
        let (inputs, _) = signature.split_once("->").unwrap_or((&signature, ""));
        let core: Vec<usize> = inputs
            .split('(')
            .skip(1)
            .map(|part| part.split(')').next().unwrap_or("").split(',').filter(|name| !name.trim().is_empty()).count())
            .collect();
        if core.len() != positional.len() {
            return Err(type_error(format!(
                "wrong number of positional arguments: expected {}, got {}",
                core.len(),
                positional.len()
            )));
        }
        let mut arrays = Vec::new();
        for value in &positional {
            arrays.push(array_from(context, value, None)?);
        }
        let mut frames: Vec<Vec<usize>> = Vec::new();
        for (array, core) in arrays.iter().zip(&core) {
            let outer = array.ndim().checked_sub(*core).ok_or_else(|| {
                value_error(format!(
                    "{}-dimensional argument does not have enough dimensions for all core dimensions",
                    array.ndim()
                ))
            })?;
            frames.push(array.shape()[..outer].to_vec());
        }
        let shapes: Vec<&[usize]> = frames.iter().map(Vec::as_slice).collect();
        let frame = crate::array::layout::broadcast::broadcast_operands(&shapes)?;
        let count: usize = frame.iter().product();
        let mut results = Vec::new();
        for number in 0..count {
            crate::interrupt::check()?;
            let mut values = Vec::new();
            for (array, core) in arrays.iter().zip(&core) {
                let mut layout = array.layout().clone();
                let outer = layout.ndim() - core;
                let mut front = layout.clone();
                front.shape.truncate(outer);
                front.strides.truncate(outer);
                let front = crate::array::layout::broadcast::stretch(&front, &frame)
                    .ok_or_else(|| value_error("the axes in front do not fit"))?;
                layout.offset = front.offset_of(number);
                layout.shape.drain(..outer);
                layout.strides.drain(..outer);
                values.push(unwrap_scalar(NdArray::view(array, layout)));
            }
            results.push(registry::call(context, &self.function, values, keywords.clone())?);
        }
        if results.is_empty() {
            return Err(value_error("cannot call `vectorize` on size 0 inputs unless `otypes` is set"));
        }
        let whole = array_from(context, &Value::list(results), None)?;
        let shape: Vec<isize> = frame.iter().chain(&whole.shape()[1..]).map(|&n| n as isize).collect();
        calls::reshape(context, &whole, &shape).map(unwrap_scalar)
    }
}

/// An argument as an array whose elements the function gets.
fn as_objects_of(context: &mut Context, value: &Value) -> Result<ArrayRef> {
    array_from(context, value, None)
}

impl Object for Vectorized {
    fn class(&self) -> &'static Class {
        &classes::VECTORIZE
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let at = self as *const Vectorized as usize;
        format!("<numpy.vectorize object at 0x{:x}>", shown_address(at))
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "pyfunc" => self.function.clone(),
            "otypes" => self.otypes.clone().map_or(Value::None, Value::from),
            "signature" => self.signature.clone().map_or(Value::None, Value::from),
            "cache" => Value::Bool(false),
            "__name__" => name_of(&self.function).into(),
            _ => return None,
        }))
    }

    fn call(
        &self,
        context: &mut Context,
        positional: Vec<Value>,
        keywords: Vec<(Rc<str>, Value)>,
    ) -> Option<Result<Value>> {
        Some(self.called(context, positional, keywords))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn frompyfunc(_: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let function = arguments.get("func");
    if !is_callable(&function) {
        return Err(type_error("function must be callable").at_argument("func"));
    }
    let count = |name: &str| -> Result<usize> {
        usize::try_from(as_index(&arguments.get(name)).map_err(|e| e.at_argument(name))?)
            .map_err(|_| value_error(format!("{name} must not be negative")).at_argument(name))
    };
    let (nin, nout) = (count("nin")?, count("nout")?);
    if nin + nout > 32 {
        return Err(value_error(
            "Cannot construct a ufunc with more than 64 operands (requested number were: inputs = {nin} and outputs = {nout})",
        ));
    }
    let identity = arguments.given("identity").cloned();
    Ok(Value::object(PythonFunction { function, nin, nout, identity }))
}

fn vectorize(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let function = arguments.get("pyfunc");
    if !is_callable(&function) {
        return Err(type_error("When used as a decorator, only accepts keyword arguments.").at_argument("pyfunc"));
    }
    let otypes = match arguments.some("otypes").cloned() {
        None => None,
        Some(Value::Str(letters)) => {
            for letter in letters.chars() {
                as_dtype(context, &Value::from(letter.to_string()))
                    .map_err(|_| value_error(format!("Invalid otype specified: {letters}")).at_argument("otypes"))?;
            }
            Some(letters.to_string())
        }
        Some(sequence @ (Value::List(_) | Value::Tuple(_))) => {
            let mut letters = String::new();
            for item in crate::numpy::coercion::sequence(&sequence)? {
                letters.push(as_dtype(context, &item).map_err(|e| e.at_argument("otypes"))?.ty().letter());
            }
            Some(letters)
        }
        Some(_) => return Err(value_error("Invalid otype specification").at_argument("otypes")),
    };
    let excluded = match arguments.some("excluded") {
        Some(excluded) => crate::value::iterate(excluded)?.collect::<Result<_>>()?,
        None => Vec::new(),
    };
    let signature = arguments.some("signature").map(|text| crate::value::str(text, &Default::default()));
    if let Some(text) = &signature
        && !text.contains("->")
    {
        return Err(Error::new(ErrorClass::ValueError, format!("not a valid gufunc signature: {text}")));
    }
    Ok(Value::object(Vectorized { function, otypes, excluded, signature }))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.frompyfunc",
            signature: "(func, /, nin, nout, *, identity=<no value>)",
            method: None,
            summary: "A universal function that calls a function of Python for each element.",
            memory: MemoryRule::NoArray,
            notes: "Its results are arrays of objects: 8 bytes an element for the reference, and the objects besides.",
            example: "\
>>> longest = np.frompyfunc(max, 2, 1)
>>> longest([1, 5], 3)
array([3, 5], dtype=object)
>>> longest.reduce([1, 7, 5])
7
",
            see_also: &["np.vectorize"],
            run: Run::Read(Reader::Keywords, frompyfunc),
        },
        Function {
            name: "np.vectorize",
            signature: "(pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None)",
            method: None,
            summary: "A function of elements that takes arrays; its results have the dtype of the first.",
            memory: MemoryRule::NoArray,
            notes: "A convenience, not a gain in speed: the function is called once an element. The results are first an \
                    array of objects, then cast.",
            example: "\
>>> np.vectorize(len)(['a', 'bcd'])
array([1, 3])
>>> np.vectorize(max, otypes=[float])([1, 5], 3)
array([3., 5.])
",
            see_also: &["np.frompyfunc", "np.apply_along_axis"],
            run: Run::Read(Reader::Helper("vectorize.__init__"), vectorize),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("np.vectorize", &classes::VECTORIZE)],
};
