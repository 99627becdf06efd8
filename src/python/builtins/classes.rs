//! Builtins that ask what an object is, and for its attributes.

use crate::array::printing::PrintOptions;
use crate::error::{ErrorClass, Result, not_implemented_error, type_error};
use crate::registry::{Arguments, Constant, Context, Function, MemoryRule, Run, Section, get_attribute, set_attribute};
use crate::value::{Class, Int, Object, Value, classes, hash};
use std::any::Any;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[
        Constant {
            name: "NotImplemented",
            summary: "What an operator gives that leaves it to the other operand.",
            value: || Value::NotImplemented,
        },
        Constant { name: "Ellipsis", summary: "The object that ... writes.", value: || Value::Ellipsis },
    ],
    aliases: &[],
    classes: &[("type", &classes::TYPE), ("object", &classes::OBJECT)],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "type",
        signature: "(*args)",
        method: None,
        summary: "The class of an object.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> type(1.5)\n\
                  <class 'float'>\n\
                  >>> type(np.zeros(3)).__name__\n\
                  'ndarray'\n",
        see_also: &["isinstance"],
        run: Run::Call(type_of),
    },
    Function {
        name: "isinstance",
        signature: "(obj, class_or_tuple, /)",
        method: None,
        summary: "Whether an object's class is one of these, or derives from one.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> isinstance(np.float64(1), float)\n\
                  True\n\
                  >>> isinstance(3, (str, int))\n\
                  True\n",
        see_also: &["type", "issubclass"],
        run: Run::Call(isinstance),
    },
    Function {
        name: "issubclass",
        signature: "(cls, class_or_tuple, /)",
        method: None,
        summary: "Whether a class is one of these, or derives from one.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> issubclass(bool, int)\n\
                  True\n",
        see_also: &["isinstance", "np.issubdtype"],
        run: Run::Call(issubclass),
    },
    Function {
        name: "callable",
        signature: "(obj, /)",
        method: None,
        summary: "Whether an object can be called.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> callable(len), callable(3)\n\
                  (True, False)\n",
        see_also: &[],
        run: Run::Call(callable),
    },
    Function {
        name: "id",
        signature: "(obj, /)",
        method: None,
        summary: "The number that tells an object from all others that live at the same time.",
        memory: MemoryRule::NoArray,
        notes: "The address of the object, not of its data: that is a.ctypes.data.",
        example: ">>> a = np.zeros(3)\n\
                  >>> b = a\n\
                  >>> id(a) == id(b), id(a) == id(a.copy())\n\
                  (True, False)\n",
        see_also: &["np.shares_memory"],
        run: Run::Call(id),
    },
    Function {
        name: "hash",
        signature: "(obj, /)",
        method: None,
        summary: "A number that equal objects have in common.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> hash(1) == hash(1.0)\n\
                  True\n",
        see_also: &["dict", "set"],
        run: Run::Call(hash_of),
    },
    Function {
        name: "object",
        signature: "()",
        method: None,
        summary: "A new object with nothing but its identity.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> object() is object()\n\
                  False\n",
        see_also: &[],
        run: Run::Call(object),
    },
    Function {
        name: "getattr",
        signature: "(object, name, default=<no value>, /)",
        method: None,
        summary: "The attribute of this name; the default, where there is none.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> getattr(3, 'real')\n\
                  3\n\
                  >>> getattr(3, 'shape', ())\n\
                  ()\n",
        see_also: &["hasattr"],
        run: Run::Call(getattr),
    },
    Function {
        name: "hasattr",
        signature: "(obj, name, /)",
        method: None,
        summary: "Whether an object has an attribute of this name.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> hasattr(np.zeros(3), 'shape')\n\
                  True\n",
        see_also: &["getattr"],
        run: Run::Call(hasattr),
    },
    Function {
        name: "setattr",
        signature: "(obj, name, value, /)",
        method: None,
        summary: "Sets the attribute of this name.",
        memory: MemoryRule::InPlace,
        notes: "",
        example: ">>> a = np.arange(6)\n\
                  >>> setattr(a, 'shape', (2, 3))\n\
                  >>> a.shape\n\
                  (2, 3)\n",
        see_also: &["getattr"],
        run: Run::Call(setattr),
    },
    Function {
        name: "dir",
        signature: "(object, /)",
        method: None,
        summary: "The names of an object's attributes and methods.",
        memory: MemoryRule::NoArray,
        notes: "Without the names that begin and end with two underscores.",
        example: ">>> 'append' in dir([])\n\
                  True\n",
        see_also: &["help"],
        run: Run::Call(dir),
    },
];

fn type_of(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.rest("args").as_slice() {
        [value] => Ok(Value::Class(value.class())),
        [_, _, _] => Err(not_implemented_error("ndsh has no classes of one's own")),
        _ => Err(type_error("type() takes 1 or 3 arguments")),
    }
}

/// Whether a class fits `wanted`: a class, or a tuple of classes and tuples.
fn fits(class: &Class, wanted: &Value, complaint: &str) -> Result<bool> {
    match wanted {
        Value::Class(wanted) => Ok(class.is_subclass(wanted)),
        Value::Tuple(all) => {
            for wanted in all.iter() {
                if fits(class, wanted, complaint)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error(complaint)),
    }
}

fn isinstance(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let complaint = "isinstance() arg 2 must be a type, a tuple of types, or a union";
    fits(args.get("obj").class(), &args.get("class_or_tuple"), complaint).map(Value::Bool)
}

fn issubclass(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let Value::Class(class) = args.get("cls") else {
        return Err(type_error("issubclass() arg 1 must be a class"));
    };
    let complaint = "issubclass() arg 2 must be a class, a tuple of classes, or a union";
    fits(class, &args.get("class_or_tuple"), complaint).map(Value::Bool)
}

fn callable(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bool(super::iteration::is_callable(&args.get("obj"))))
}

fn id(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("obj");
    if let Some(address) = value.address() {
        return Ok(Value::int(address));
    }
    // Numbers and singletons have no place of their own here: one number a value, apart from all addresses.
    let kind = std::ptr::from_ref(value.class()) as u64;
    Ok(Value::int(match &value {
        Value::Int(Int::Small(n)) if (-5..=256).contains(n) => kind + 32 * (n + 5) as u64,
        Value::None | Value::Ellipsis | Value::NotImplemented | Value::Bool(false) => kind,
        Value::Bool(true) => kind + 1,
        other => hash(other)? as u64 | 1 << 63,
    }))
}

fn hash_of(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::int(hash(&args.get("obj"))?))
}

/// An object that is nothing but itself.
struct Plain;

impl Object for Plain {
    fn class(&self) -> &'static Class {
        &classes::OBJECT
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<object object at 0x{:x}>", crate::value::shown_address(std::ptr::from_ref(self) as usize))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn object(_: &mut Context, _: &mut Arguments) -> Result<Value> {
    Ok(Value::object(Plain))
}

/// The name of an attribute.
fn attribute_name(args: &Arguments) -> Result<Rc<str>> {
    match args.get("name") {
        Value::Str(name) => Ok(name),
        other => Err(type_error(format!("attribute name must be string, not '{}'", other.class().qualified()))),
    }
}

fn getattr(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let name = attribute_name(args)?;
    match (get_attribute(context, &args.get("object"), &name), args.given("default")) {
        (Err(error), Some(default)) if error.class() == ErrorClass::AttributeError => Ok(default.clone()),
        (result, _) => result,
    }
}

fn hasattr(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let name = attribute_name(args)?;
    match get_attribute(context, &args.get("obj"), &name) {
        Ok(_) => Ok(Value::Bool(true)),
        Err(error) if error.class() == ErrorClass::AttributeError => Ok(Value::Bool(false)),
        Err(error) => Err(error),
    }
}

fn setattr(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let name = attribute_name(args)?;
    set_attribute(context, &args.get("obj"), &name, &args.get("value"))?;
    Ok(Value::None)
}

fn dir(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("object");
    let mut names: Vec<&'static str> = match &value {
        Value::Module(module) => context.catalog.names_in(module.path),
        Value::Object(object) => object.attributes().to_vec(),
        Value::Scalar(_) => context.catalog.members_of(classes::NDARRAY.name),
        _ => Vec::new(),
    };
    let mut classes = vec![if let Value::Class(class) = &value { class } else { value.class() }];
    while let Some(class) = classes.pop() {
        names.extend(context.catalog.members_of(class.name));
        classes.extend(class.bases);
    }
    names.sort_unstable();
    names.dedup();
    Ok(Value::list(names.into_iter().map(Value::str)))
}
