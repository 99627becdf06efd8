//! A universal function as a value: what it is called, what it takes, and its methods `reduce`, `accumulate`,
//! `reduceat`, `outer` and `at`.

use super::calls;
use super::coercion::{array_from, operand};
use super::dtypes::{as_casting, as_dtype, as_order};
use super::linear::generalized_signature;
use super::objects;
use super::objects::python_functions::PythonFunction;
use super::reductions::reduce_options;
use super::subscript;
use crate::array::index::{self, Selected};
use crate::array::{ArrayRef, DType, NdArray, Order, Runtime, Scalar, Type};
use crate::error::{Result, runtime_error, type_error, value_error};
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Run, Section};
use crate::ufunc::{self, Axes, Identity, Operand, Options, ReduceOptions, Ufunc};
use crate::value::{Value, as_index, classes};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: ATTRIBUTES, constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "ufunc.reduce",
        signature: "(array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
        method: None,
        summary: "Applies the function between all elements along an axis: `np.add.reduce` is a sum.",
        memory: MemoryRule::New,
        notes: "Only for functions of two inputs. The result is as large as the axes that stay.",
        example: r"
>>> np.multiply.reduce([2, 3, 4])
np.int64(24)
>>> np.maximum.reduce([[1, 5], [4, 2]], axis=1)
array([5, 4])
",
        see_also: &["ufunc.accumulate", "np.sum", "np.prod"],
        run: Run::Call(reduce),
    },
    Function {
        name: "ufunc.accumulate",
        signature: "(array, /, axis=0, dtype=None, out=None)",
        method: None,
        summary: "The results of reducing the elements up to each: `np.add.accumulate` are running sums.",
        memory: MemoryRule::New,
        notes: "As large as the array. `out=` may be the array itself.",
        example: r"
>>> np.maximum.accumulate([2, 1, 5, 3])
array([2, 2, 5, 5])
",
        see_also: &["ufunc.reduce", "np.cumsum"],
        run: Run::Call(accumulate),
    },
    Function {
        name: "ufunc.reduceat",
        signature: "(array, /, indices, axis=0, dtype=None, out=None)",
        method: None,
        summary: "Reduces stretches of an axis, each from one index to the next.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.add.reduceat([1, 2, 3, 4], [0, 2])
array([3, 7])
",
        see_also: &["ufunc.reduce"],
        run: Run::Call(reduceat),
    },
    Function {
        name: "ufunc.outer",
        signature: "(A, B, /, **kwargs)",
        method: None,
        summary: "Applies the function to every pair of elements.",
        memory: MemoryRule::New,
        notes: "The result has the axes of both: its size is the product of their sizes.",
        example: r"
>>> np.subtract.outer([1, 2, 3], [1, 10])
array([[ 0, -9],
       [ 1, -8],
       [ 2, -7]])
",
        see_also: &["np.outer"],
        run: Run::Call(outer),
    },
    Function {
        name: "ufunc.resolve_dtypes",
        signature: "(dtypes, *, signature=None, casting=None, reduction=False)",
        method: None,
        summary: "The dtypes that a call computes in: of inputs and results.",
        memory: MemoryRule::NoArray,
        notes: "Python's `int`, `float` and `complex` stand for numbers of Python, which take the dtype they meet.",
        example: r"
>>> np.add.resolve_dtypes((np.dtype('f4'), float, None))
(dtype('float32'), dtype('float32'), dtype('float32'))
",
        see_also: &["np.result_type"],
        run: Run::Call(resolve_dtypes),
    },
    Function {
        name: "ufunc.at",
        signature: "(a, indices, b=<no value>, /)",
        method: None,
        summary: "Applies the function in place at indices, once for each: an index that comes twice counts twice.",
        memory: MemoryRule::InPlace,
        notes: "`a[[0, 0]] += 1` adds 1 once, since it gathers, adds and scatters; `np.add.at(a, [0, 0], 1)` adds 2.",
        example: r"
>>> a = np.array([10, 20])
>>> np.add.at(a, [0, 0, 1], 1)
>>> a
array([12, 21])
",
        see_also: &["np.bincount"],
        run: Run::Call(at),
    },
];

/// The types of a call, found with operands that stand for the dtypes.
fn resolve_dtypes(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let ufunc = receiver(arguments)?;
    let Value::Tuple(given) = arguments.get("dtypes") else {
        return Err(value_error(format!("resolve_dtypes: The dtypes must be a tuple of {} entries.", ufunc.nargs()))
            .at_argument("dtypes"));
    };
    if given.len() != ufunc.nargs() {
        return Err(value_error(format!("resolve_dtypes: The dtypes must be a tuple of {} entries.", ufunc.nargs()))
            .at_argument("dtypes"));
    }
    let aside = Runtime::default();
    let is_reduction = calls::flag(arguments, "reduction")?;
    let mut operands = Vec::new();
    let mut options = Options::default();
    if let Some(casting) = arguments.some("casting") {
        options.casting = as_casting(casting).map_err(|e| e.at_argument("casting"))?;
    }
    for (k, value) in given.iter().enumerate().take(ufunc.nin) {
        let value = if is_reduction && value.is_none() { given.get(k + 1).unwrap_or(value) } else { value };
        operands.push(match value {
            Value::Class(class) if std::ptr::eq(*class, &classes::INT) => Operand::Int(0.into()),
            Value::Class(class) if std::ptr::eq(*class, &classes::FLOAT) => Operand::Float(0.0),
            Value::Class(class) if std::ptr::eq(*class, &classes::COMPLEX) => {
                Operand::Complex(num_complex::Complex64::new(0.0, 0.0))
            }
            Value::DType(dtype) => Operand::Array(NdArray::zeros(&aside, DType::clone(dtype), &[1], Order::C)?),
            _ => {
                return Err(type_error("Provided dtype must be a valid NumPy dtype, int, float, complex, or None.")
                    .at_argument("dtypes"));
            }
        });
    }
    let outputs: Vec<Option<DType>> = given
        .iter()
        .skip(ufunc.nin)
        .map(|value| match value {
            Value::DType(dtype) => Some(DType::clone(dtype)),
            _ => None,
        })
        .collect();
    let _ = context;
    let mut found = ufunc::resolve_dtypes(ufunc, &operands, &options)?;
    for (slot, asked) in found.iter_mut().skip(ufunc.nin).zip(outputs) {
        if let Some(asked) = asked {
            *slot = asked;
        }
    }
    Ok(Value::tuple(found.into_iter().map(Value::dtype)))
}

static ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "ufunc.nin",
        summary: "How many inputs it takes.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.add.nin
2
",
        get: |_, value| Ok(Value::int(counts(value)?.0)),
        set: None,
    },
    Attribute {
        name: "ufunc.nout",
        summary: "How many results it gives.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.modf.nout
2
",
        get: |_, value| Ok(Value::int(counts(value)?.1)),
        set: None,
    },
    Attribute {
        name: "ufunc.nargs",
        summary: "Inputs and results together.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.add.nargs
3
",
        get: |_, value| counts(value).map(|(nin, nout)| Value::int(nin + nout)),
        set: None,
    },
    Attribute {
        name: "ufunc.ntypes",
        summary: "How many inner loops it has, one for each combination of types.",
        memory: MemoryRule::NoArray,
        example: "",
        get: |_, value| {
            let count = |ufunc: &Ufunc| ufunc.loops.len() + objects::object_types(ufunc).len();
            Ok(Value::int(table(value).map_or(Type::NUMBERS.len(), count)))
        },
        set: None,
    },
    Attribute {
        name: "ufunc.types",
        summary: "The types of its inner loops, as letters: `dd->d` takes two doubles and gives one.",
        memory: MemoryRule::NoArray,
        example: r"
>>> 'dd->d' in np.add.types
True
",
        get: |_, value| {
            let types = match table(value) {
                Some(ufunc) => {
                    let mut types = ufunc.types();
                    types.extend(objects::object_types(ufunc));
                    types
                }
                None => Type::NUMBERS.iter().map(|ty| format!("{0}{0}->{0}", ty.letter())).collect(),
            };
            Ok(Value::list(types.into_iter().map(Value::from)))
        },
        set: None,
    },
    Attribute {
        name: "ufunc.identity",
        summary: "What a reduction starts from, and gives for no elements; None where there is none.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.multiply.identity
1
>>> np.maximum.identity is None
True
",
        get: |_, value| {
            let Some(ufunc) = table(value) else { return Ok(Value::None) };
            let logical = ufunc.name.starts_with("logical");
            Ok(match ufunc.identity {
                Identity::None | Identity::Reorderable => Value::None,
                Identity::Zero if logical => Value::Bool(false),
                Identity::One if logical => Value::Bool(true),
                Identity::Zero => Value::int(0),
                Identity::One => Value::int(1),
                Identity::MinusOne => Value::int(-1),
                Identity::MinusInfinity => Value::Float(f64::NEG_INFINITY),
            })
        },
        set: None,
    },
    Attribute {
        name: "ufunc.signature",
        summary: "The axes that a function of whole vectors or matrices works on; None for one of single elements.",
        memory: MemoryRule::NoArray,
        example: r"
>>> np.matmul.signature
'(n?,k),(k,m?)->(n?,m?)'
",
        get: |_, value| Ok(generalized_signature(name_of(value)?).map_or(Value::None, Value::from)),
        set: None,
    },
];

/// The name of the universal function that a value is.
fn name_of(value: &Value) -> Result<&'static str> {
    match value {
        Value::Function(function) => match function.run {
            Run::Ufunc(name) => Ok(name),
            Run::Call(_) | Run::Read(..) => Err(type_error(format!("{} is no ufunc", function.name))),
        },
        other => Err(type_error(format!("'{}' object is no ufunc", other.type_name()))),
    }
}

/// The universal function in the table of those that work on single elements.
fn table(value: &Value) -> Option<&'static Ufunc> {
    ufunc::find(name_of(value).ok()?)
}

fn counts(value: &Value) -> Result<(usize, usize)> {
    name_of(value)?;
    Ok(table(value).map_or((2, 1), |ufunc| (ufunc.nin, ufunc.nout)))
}

/// The function a method is called on.
fn receiver(arguments: &Arguments) -> Result<&'static Ufunc> {
    let name = name_of(arguments.receiver())?;
    if generalized_signature(name).is_some() {
        return Err(runtime_error("Reduction not defined on ufunc with signature"));
    }
    ufunc::find(name).ok_or_else(|| type_error(format!("np.{name} is not there")))
}

fn dtype_argument(context: &mut Context, arguments: &Arguments) -> Result<Option<crate::array::DType>> {
    let dtype = arguments.some("dtype").cloned();
    dtype.map(|dtype| as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))).transpose()
}

fn reduce(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    if let Some(function) = arguments.receiver().clone().downcast::<PythonFunction>() {
        return function.reduce(context, arguments);
    }
    let ufunc = receiver(arguments)?;
    let array = calls::array_argument(context, arguments, "array")?;
    let mut options = reduce_options(context, arguments)?;
    if array.ndim() == 0 && options.axes == Axes::Some(smallvec::smallvec![0]) {
        options = ReduceOptions { axes: Axes::All, ..options };
    }
    let result = objects::reduce(context, ufunc, &array, &options);
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn accumulate(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    if let Some(function) = arguments.receiver().clone().downcast::<PythonFunction>() {
        return function.accumulate(context, arguments);
    }
    let ufunc = receiver(arguments)?;
    let array = calls::array_argument(context, arguments, "array")?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let dtype = dtype_argument(context, arguments)?;
    let out = calls::out_argument(arguments)?;
    let result = objects::accumulate(context, ufunc, &array, axis, dtype.as_ref(), out.as_ref());
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn reduceat(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let ufunc = receiver(arguments)?;
    let array = calls::array_argument(context, arguments, "array")?;
    let indices = calls::array_argument(context, arguments, "indices")?;
    crate::array::arrange::require_1d(&indices).map_err(|e| e.at_argument("indices"))?;
    let indices: Vec<i64> =
        calls::elements(&indices).map(|index| index.as_i128().map_or(index.as_f64() as i64, |i| i as i64)).collect();
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let dtype = dtype_argument(context, arguments)?;
    let out = calls::out_argument(arguments)?;
    let result = objects::reduceat(context, ufunc, &array, &indices, axis, dtype.as_ref(), out.as_ref());
    result.map(calls::outcome).map_err(|e| {
        let e = calls::blame_axis(e, array.ndim());
        if e.message().starts_with("index ") { e.at_argument("indices") } else { e }
    })
}

fn outer(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    if let Some(function) = arguments.receiver().clone().downcast::<PythonFunction>() {
        return function.outer(context, &arguments.get("A"), &arguments.get("B"));
    }
    let ufunc = receiver(arguments)?;
    let a = operand(context, arguments.get("A")).map_err(|e| e.at_argument("A"))?;
    let b = operand(context, arguments.get("B")).map_err(|e| e.at_argument("B"))?;
    let mut options = Options::default();
    if let Value::Dict(keywords) = arguments.get("kwargs") {
        for (keyword, value) in keywords.entries() {
            match crate::value::str(&keyword, &context.print_options).as_str() {
                "out" => {
                    let given = match &value {
                        Value::Tuple(items) => items.to_vec(),
                        single => vec![single.clone()],
                    };
                    for item in given {
                        options.out.push(match item {
                            Value::None => None,
                            Value::Array(out) => Some(out),
                            _ => return Err(type_error("return arrays must be of ArrayType").at_argument("out")),
                        });
                    }
                }
                "dtype" if value.is_none() => {}
                "dtype" => options.dtype = Some(as_dtype(context, &value)?),
                "casting" => options.casting = as_casting(&value)?,
                "order" => options.order = as_order(&value)?,
                "where" => options.where_ = Some(array_from(context, &value, Some(&Type::Bool.into()))?),
                "subok" => {}
                other => {
                    let message = format!("outer() got an unexpected keyword argument '{other}'");
                    return Err(type_error(message).at_argument(other));
                }
            }
        }
    }
    objects::outer(context, ufunc, a, b, &options).map(calls::outcome)
}

fn at(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let ufunc = receiver(arguments)?;
    let Value::Array(array) = arguments.get("a") else {
        return Err(type_error("first operand must be array").at_argument("a"));
    };
    let second = match arguments.given("b").cloned() {
        Some(value) => Some(operand(context, value).map_err(|e| e.at_argument("b"))?),
        None => None,
    };
    let (offsets, shape) = places(context, &array, &arguments.get("indices")).map_err(|e| e.at_argument("indices"))?;
    objects::at(context, ufunc, &array, &offsets, &shape, second)?;
    Ok(Value::None)
}

/// The bytes in the array's buffer where the elements that an index selects start, and the index's shape. Found by
/// indexing an array of all the offsets, which the session's ledger does not count.
fn places(context: &mut Context, array: &ArrayRef, value: &Value) -> Result<(Vec<usize>, Vec<usize>)> {
    let items = subscript::indices(context, value)?;
    let aside = Runtime::default();
    let layout = array.layout().clone();
    let offsets = NdArray::zeros(&aside, Type::Int64.into(), &layout.shape, Order::C)?;
    let mut index = vec![0usize; layout.ndim()];
    for place in 0..layout.size() {
        let offset = index
            .iter()
            .zip(&layout.strides)
            .fold(layout.offset, |offset, (&i, &stride)| offset.wrapping_add_signed(stride.wrapping_mul(i as isize)));
        offsets.write(8 * place, &Scalar::Int64(offset as i64));
        for axis in (0..index.len()).rev() {
            index[axis] += 1;
            if index[axis] < layout.shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    let found = match index::get(&aside, &offsets, &items)? {
        Selected::View(found) | Selected::Copy(found) => found,
        Selected::Element(offset) => {
            return Ok((vec![offsets.read(offset).as_i128().unwrap_or(0) as usize], Vec::new()));
        }
    };
    let offsets = calls::elements(&found).map(|offset| offset.as_i128().unwrap_or(0) as usize).collect();
    Ok((offsets, found.shape().to_vec()))
}
