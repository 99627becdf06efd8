//! Which types go together? `can_cast`, `promote_types`, `result_type`, `issubdtype`, and what a value is.

use super::calls::array_argument;
use super::coercion::{array_from, default_scalar};
use super::dtypes::{as_casting, as_dtype};
use super::manipulation::axes_of;
use crate::array::cast::{self, Operand};
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::{DType, Kind, Type};
use crate::error::{Result, key_error, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Value, classes, iterate, plain, time_of};

fn run_can_cast(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let from = match arguments.get("from_") {
        Value::Array(array) => array.dtype(),
        Value::Scalar(scalar) => scalar.dtype(),
        Value::Int(_) | Value::Float(_) | Value::Complex(_) => {
            return Err(type_error(
                "can_cast() does not support Python ints, floats, and complex because the result used to depend on the \
                 value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.",
            )
            .at_argument("from_"));
        }
        other => dtype_or_refuse(context, &other).map_err(|e| e.at_argument("from_"))?,
    };
    let to = arguments.get("to");
    let to = dtype_or_refuse(context, &to).map_err(|e| e.at_argument("to"))?;
    let casting = as_casting(&arguments.get("casting"))?;
    Ok(Value::Bool(cast::can_cast(&from, &to, casting)))
}

fn dtype_or_refuse(context: &mut Context, value: &Value) -> Result<DType> {
    let refused = || type_error("did not understand one of the types; 'None' not accepted");
    if value.is_none() {
        return Err(refused());
    }
    as_dtype(context, value).map_err(|_| refused())
}

fn run_result_type(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (mut operands, mut dtypes) = (Vec::new(), Vec::new());
    for value in arguments.rest("arrays_and_dtypes") {
        let dtype = match &value {
            Value::Array(array) => array.dtype(),
            Value::Scalar(scalar) => scalar.dtype(),
            Value::Bool(_) => Type::Bool.into(),
            Value::Object(_) if let Some(time) = time_of(&value) => time.dtype(),
            Value::Int(_) | Value::Float(_) | Value::Complex(_) => {
                operands.push(match &value {
                    Value::Int(_) => Operand::Int,
                    Value::Float(_) => Operand::Float,
                    _ => Operand::Complex,
                });
                continue;
            }
            other => as_dtype(context, other)?,
        };
        operands.push(dtype.ty().into());
        dtypes.push(dtype);
    }
    cast::result_dtype(&operands, &dtypes).map(Value::dtype)
}

fn run_min_scalar_type(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let value = arguments.get("a");
    if let Some(scalar) = default_scalar(&value) {
        return Ok(Value::dtype(cast::min_scalar_type(scalar)));
    }
    let array = array_argument(context, arguments, "a")?;
    Ok(Value::dtype(if array.ndim() == 0 && array.layout().dtype.is_number() {
        DType::from(cast::min_scalar_type(array.read(array.layout().offset)))
    } else {
        array.dtype()
    }))
}

fn run_common_type(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (mut complex, mut precision) = (false, Type::Float16);
    for value in arguments.rest("arrays") {
        let ty = array_from(context, &value, None)?.dtype().ty();
        complex |= ty.is_complex();
        let part = match ty.kind() {
            Kind::Signed | Kind::Unsigned => Type::Float64,
            Kind::Bool => return Err(type_error("can't get common type for non-numeric array")),
            Kind::Float | Kind::Complex => ty.part(),
            _ => return Err(type_error("can't get common type for non-numeric array")),
        };
        if part.size() > precision.size() {
            precision = part;
        }
    }
    let ty = match precision {
        Type::Float16 | Type::Float32 if complex => Type::Complex64,
        Type::Float64 if complex => Type::Complex128,
        other => other,
    };
    Ok(Value::Class(classes::of_scalar(ty)))
}

/// The class of scalars that a value names for `issubdtype`: an abstract class stays as it is.
fn scalar_class(context: &mut Context, value: &Value) -> Result<&'static Class> {
    if let Value::Class(class) = value
        && class.is_subclass(&classes::GENERIC)
    {
        return Ok(class);
    }
    as_dtype(context, value).map(|dtype| classes::of_scalar(dtype.ty()))
}

/// The type of a dtype or of a class of scalars; `np.isdtype` takes nothing else.
fn scalar_type(value: &Value) -> Result<Type> {
    match value {
        Value::DType(dtype) => return Ok(dtype.ty()),
        Value::Class(class) => {
            if let Some(ty) = class.scalar {
                return Ok(ty);
            }
        }
        _ => {}
    }
    let class = value.class().repr();
    Err(type_error(format!("dtype argument must be a NumPy dtype, but it is a {class}.")))
}

fn is_of_kind(ty: Type, kind: &Value) -> Result<bool> {
    let Value::Str(word) = kind else {
        return match scalar_type(kind) {
            Ok(other) => Ok(ty == other),
            Err(_) => Err(type_error("kind argument must be comprised of NumPy dtypes or strings only.")),
        };
    };
    Ok(match &**word {
        "bool" => ty == Type::Bool,
        "signed integer" => ty.kind() == Kind::Signed,
        "unsigned integer" => ty.kind() == Kind::Unsigned,
        "integral" => ty.is_integer(),
        "real floating" => ty.kind() == Kind::Float,
        "complex floating" => ty.is_complex(),
        "numeric" => ty != Type::Bool && ty.is_number(),
        other => {
            return Err(value_error(format!("kind argument is a string, but '{other}' is not a known kind name.")));
        }
    })
}

/// `np.typename`'s words.
const TYPE_NAMES: &[(&str, &str)] = &[
    ("S1", "character"),
    ("?", "bool"),
    ("b", "signed char"),
    ("B", "unsigned char"),
    ("h", "short"),
    ("H", "unsigned short"),
    ("i", "integer"),
    ("I", "unsigned integer"),
    ("l", "long integer"),
    ("L", "unsigned long integer"),
    ("q", "long long integer"),
    ("Q", "unsigned long long integer"),
    ("f", "single precision"),
    ("d", "double precision"),
    ("g", "long precision"),
    ("F", "complex single precision"),
    ("D", "complex double precision"),
    ("G", "complex long double precision"),
    ("S", "string"),
    ("U", "unicode"),
    ("V", "void"),
    ("O", "object"),
];

fn is_complex(context: &mut Context, arguments: &Arguments) -> Result<bool> {
    let value = arguments.get("x");
    match default_scalar(&value) {
        Some(scalar) => Ok(scalar.ty().is_complex()),
        None if matches!(value, Value::Str(_) | Value::Bytes(_)) => Ok(false),
        None => Ok(array_argument(context, arguments, "x")?.dtype().ty().is_complex()),
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.can_cast",
            signature: "(from_, to, casting='safe')",
            method: None,
            summary: "Whether a cast from one dtype to another is allowed by a rule.",
            memory: MemoryRule::NoArray,
            notes: "'safe' loses no value, 'same_kind' may lose precision but not turn floats into ints, 'unsafe' allows \
                    everything. Operators write into their left side by 'same_kind'; astype casts by 'unsafe'.",
            example: "\
>>> np.can_cast('i4', 'f4'), np.can_cast('i4', 'f8')
(False, True)
>>> np.can_cast(float, int, 'same_kind')
False
",
            see_also: &["np.promote_types", "np.result_type", "ndarray.astype"],
            run: Run::Call(run_can_cast),
        },
        Function {
            name: "np.promote_types",
            signature: "(type1, type2, /)",
            method: None,
            summary: "The smallest dtype to which both can be cast safely.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.promote_types('i4', 'f4')
dtype('float64')
>>> np.promote_types(np.int64, np.uint64)
dtype('float64')
",
            see_also: &["np.result_type", "np.can_cast"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                let a = as_dtype(context, &arguments.get("type1")).map_err(|e| e.at_argument("type1"))?;
                let b = as_dtype(context, &arguments.get("type2")).map_err(|e| e.at_argument("type2"))?;
                cast::promote_dtypes(&a, &b).map(Value::dtype)
            }),
        },
        Function {
            name: "np.result_type",
            signature: "(*arrays_and_dtypes)",
            method: None,
            summary: "The dtype of a result of all these together. Python's numbers give way to arrays.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.result_type(np.int8, np.float32)
dtype('float32')
>>> np.result_type(np.arange(3, dtype=np.int8), 300), np.result_type(np.int8, np.int64(300))
(dtype('int8'), dtype('int64'))
",
            see_also: &["np.promote_types", "np.can_cast"],
            run: Run::Call(run_result_type),
        },
        Function {
            name: "np.min_scalar_type",
            signature: "(a, /)",
            method: None,
            summary: "The smallest dtype that holds a value; the dtype of an array.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.min_scalar_type(200), np.min_scalar_type(-200), np.min_scalar_type(1e50)
(dtype('uint8'), dtype('int16'), dtype('float64'))
",
            see_also: &["np.can_cast", "np.iinfo"],
            run: Run::Call(run_min_scalar_type),
        },
        Function {
            name: "np.common_type",
            signature: "(*arrays)",
            method: None,
            summary: "The inexact class of scalars that is common to the arrays.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.common_type(np.arange(3), np.ones(2, dtype=np.float32))
<class 'numpy.float64'>
",
            see_also: &["np.result_type"],
            run: Run::Call(run_common_type),
        },
        Function {
            name: "np.issubdtype",
            signature: "(arg1, arg2)",
            method: None,
            summary: "Whether a dtype belongs to another, or to a group such as np.integer.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.issubdtype(np.int32, np.integer), np.issubdtype(np.int32, np.int64)
(True, False)
>>> np.issubdtype(np.arange(3.).dtype, np.floating)
True
",
            see_also: &["np.can_cast", "np.dtype"],
            run: Run::Call(|context, arguments| {
                let a = scalar_class(context, &arguments.get("arg1")).map_err(|e| e.at_argument("arg1"))?;
                let b = scalar_class(context, &arguments.get("arg2")).map_err(|e| e.at_argument("arg2"))?;
                Ok(Value::Bool(a.is_subclass(b)))
            }),
        },
        Function {
            name: "np.isdtype",
            signature: "(dtype, kind)",
            method: None,
            summary: "Whether a dtype is another one, or of a kind such as 'integral' or 'real floating'.",
            memory: MemoryRule::NoArray,
            notes: "Kinds: 'bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex floating', \
                    'numeric'; or a tuple of them.",
            example: "\
>>> np.isdtype(np.float32, 'real floating'), np.isdtype(np.int8, ('bool', 'integral'))
(True, True)
>>> np.isdtype(np.int8, np.int8)
True
",
            see_also: &["np.issubdtype", "np.can_cast"],
            run: Run::Call(|_, arguments| {
                let dtype = scalar_type(&arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
                let kinds = match arguments.get("kind") {
                    Value::Tuple(kinds) => kinds.to_vec(),
                    single => vec![single],
                };
                let mut found = false;
                for kind in &kinds {
                    found |= is_of_kind(dtype, kind).map_err(|e| e.at_argument("kind"))?;
                }
                Ok(Value::Bool(found))
            }),
        },
        Function {
            name: "np.typename",
            signature: "(char)",
            method: None,
            summary: "What a one-letter type code stands for, in words.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.typename('f'), np.typename('l')
('single precision', 'long integer')
",
            see_also: &["np.dtype"],
            run: Run::Call(|_, arguments| {
                let char = arguments.get("char");
                let found = TYPE_NAMES.iter().find(|(code, _)| matches!(&char, Value::Str(text) if &**text == *code));
                match found {
                    Some((_, name)) => Ok(Value::str(name)),
                    None => Err(key_error(crate::value::repr(&char, &Default::default())).at_argument("char")),
                }
            }),
        },
        Function {
            name: "np.iterable",
            signature: "(y)",
            method: None,
            summary: "Whether a value can be iterated.",
            memory: MemoryRule::NoArray,
            notes: "A 0-d array cannot.",
            example: "\
>>> np.iterable([1, 2]), np.iterable(2), np.iterable(np.array(2))
(True, False, False)
",
            see_also: &["np.isscalar"],
            run: Run::Call(|_, arguments| Ok(Value::Bool(iterate(&arguments.get("y")).is_ok()))),
        },
        Function {
            name: "np.iscomplexobj",
            signature: "(x)",
            method: None,
            summary: "Whether the dtype is complex, whatever the values.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.iscomplexobj(np.array([1+0j])), np.iscomplexobj(1)
(True, False)
",
            see_also: &["np.isrealobj", "np.iscomplex"],
            run: Run::Call(|context, arguments| is_complex(context, arguments).map(Value::Bool)),
        },
        Function {
            name: "np.isrealobj",
            signature: "(x)",
            method: None,
            summary: "Whether the dtype is not complex.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.isrealobj([1.5]), np.isrealobj([1j])
(True, False)
",
            see_also: &["np.iscomplexobj"],
            run: Run::Call(|context, arguments| is_complex(context, arguments).map(|complex| Value::Bool(!complex))),
        },
        Function {
            name: "np.isscalar",
            signature: "(element)",
            method: None,
            summary: "Whether a value is a number, a str, a bytes or one of NumPy's scalars. A 0-d array is not.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.isscalar(3.5), np.isscalar(np.float64(3.5)), np.isscalar(np.array(3.5))
(True, True, False)
",
            see_also: &["np.ndim"],
            run: Run::Call(|_, arguments| {
                let element = arguments.get("element");
                Ok(Value::Bool(matches!(
                    plain(&element),
                    Value::Bool(_)
                        | Value::Int(_)
                        | Value::Float(_)
                        | Value::Complex(_)
                        | Value::Str(_)
                        | Value::Bytes(_)
                        | Value::Scalar(_)
                )))
            }),
        },
        Function {
            name: "np.ndim",
            signature: "(a)",
            method: None,
            summary: "The number of axes of an array, or of the array a value would make.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.ndim([[1, 2], [3, 4]]), np.ndim(5)
(2, 0)
",
            see_also: &["np.shape", "np.size", "ndarray.ndim"],
            run: Run::Call(|context, arguments| Ok(array_argument(context, arguments, "a")?.ndim().into())),
        },
        Function {
            name: "np.shape",
            signature: "(a)",
            method: None,
            summary: "The shape of an array, or of the array a value would make.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.shape([[1, 2, 3]]), np.shape(5)
((1, 3), ())
",
            see_also: &["np.ndim", "ndarray.shape"],
            run: Run::Call(|context, arguments| Ok(Value::ints(array_argument(context, arguments, "a")?.shape()))),
        },
        Function {
            name: "np.size",
            signature: "(a, axis=None)",
            method: None,
            summary: "The number of elements, in all or along some axes.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> np.size([[1, 2, 3], [4, 5, 6]]), np.size([[1, 2, 3], [4, 5, 6]], axis=1)
(6, 3)
",
            see_also: &["np.shape", "ndarray.size"],
            run: Run::Call(|context, arguments| {
                let array = array_argument(context, arguments, "a")?;
                let Some(axis) = arguments.some("axis") else { return Ok(array.size().into()) };
                let shape = array.shape();
                let mut size = 1;
                for axis in axes_of(axis).map_err(|e| e.at_argument("axis"))? {
                    let axis = normalize_axis_index(axis, shape.len(), None).map_err(|e| e.at_argument("axis"))?;
                    size *= shape[axis];
                }
                Ok(size.into())
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
