//! `a.flags`: how the memory of an array may be used.

use super::array_of;
use crate::array::printing::{PrintOptions, flags_str};
use crate::array::{ArrayRef, Base, NdArray};
use crate::error::{Error, Result, key_error, value_error};
use crate::registry::{Attribute, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Object, Twins, Value, Way, as_bool, classes};
use std::any::Any;
use std::rc::Rc;

/// One flag: its attribute, its keys, whether it is set.
pub struct Flag {
    /// The attribute's name: `"c_contiguous"`.
    pub name: &'static str,
    /// The keys of `a.flags[...]`.
    pub keys: &'static [&'static str],
    /// Reads it.
    pub read: fn(&NdArray) -> bool,
}

fn c(array: &NdArray) -> bool {
    array.layout().is_c_contiguous()
}
fn f(array: &NdArray) -> bool {
    array.layout().is_f_contiguous()
}
fn behaved(array: &NdArray) -> bool {
    array.is_aligned() && array.is_writeable()
}

/// Every flag, in NumPy's order (`flagsobject.c`).
pub const FLAGS: &[Flag] = &[
    Flag { name: "c_contiguous", keys: &["C_CONTIGUOUS", "C", "CONTIGUOUS"], read: c },
    Flag { name: "f_contiguous", keys: &["F_CONTIGUOUS", "F", "FORTRAN"], read: f },
    Flag { name: "owndata", keys: &["OWNDATA", "O"], read: NdArray::owns_data },
    Flag { name: "writeable", keys: &["WRITEABLE", "W"], read: NdArray::is_writeable },
    Flag { name: "aligned", keys: &["ALIGNED", "A"], read: NdArray::is_aligned },
    Flag { name: "writebackifcopy", keys: &["WRITEBACKIFCOPY", "X"], read: |_| false },
    Flag { name: "contiguous", keys: &[], read: c },
    Flag { name: "fortran", keys: &[], read: f },
    Flag { name: "behaved", keys: &["BEHAVED", "B"], read: behaved },
    Flag { name: "carray", keys: &["CARRAY", "CA"], read: |a| behaved(a) && c(a) },
    Flag { name: "farray", keys: &["FARRAY", "FA"], read: |a| behaved(a) && f(a) && !c(a) },
    Flag { name: "fnc", keys: &["FNC"], read: |a| f(a) && !c(a) },
    Flag { name: "forc", keys: &["FORC"], read: |a| f(a) || c(a) },
];

/// NumPy's bits: C 1, F 2, OWNDATA 4, ALIGNED 0x100, WRITEABLE 0x400.
fn number(array: &NdArray) -> i64 {
    let bits = [
        (c(array), 1),
        (f(array), 2),
        (array.owns_data(), 4),
        (array.is_aligned(), 0x100),
        (array.is_writeable(), 0x400),
    ];
    bits.into_iter().filter(|(set, _)| *set).map(|(_, bit)| bit).sum()
}

/// Whether the WRITEABLE flag may be set to True: the array owns its memory, or whatever it views is writeable
/// (`_IsWriteable`, common.c).
fn may_become_writeable(array: &ArrayRef) -> bool {
    if array.owns_data() {
        return true;
    }
    let mut array = Rc::clone(array);
    loop {
        let next = match array.base() {
            None => return true,
            Some(Base::Array(next)) => next,
            // bytes, str and a file that is mapped to read lend their memory for reading only
            Some(Base::Object(_)) if array.buffer_ref().mapped_file().is_some_and(|file| file.mode == "r") => {
                return false;
            }
            Some(Base::Object(object)) => {
                return object
                    .downcast_ref::<Value>()
                    .is_some_and(|value| !matches!(value, Value::Bytes(_) | Value::Str(_)));
            }
        };
        if next.is_writeable() {
            return true;
        }
        if next.owns_data() {
            return false;
        }
        array = next;
    }
}

/// Sets WRITEABLE, ALIGNED or WRITEBACKIFCOPY with NumPy's checks.
///
/// # Errors
/// `ValueError` where the flag cannot be as wanted.
fn set_flag(array: &ArrayRef, name: &str, wanted: bool) -> Result<()> {
    match name {
        "writeable" if wanted && !may_become_writeable(array) => {
            Err(value_error("cannot set WRITEABLE flag to True of this array")
                .help("a.copy() gives an array that can be written"))
        }
        "writeable" => {
            array.require_unlocked()?;
            array.set_writeable(wanted);
            Ok(())
        }
        "aligned" if wanted && !array.is_aligned() => {
            Err(value_error("cannot set aligned flag of mis-aligned array to True"))
        }
        "writebackifcopy" if wanted => Err(value_error("cannot set WRITEBACKIFCOPY flag to True")),
        _ => Ok(()),
    }
}

/// What `a.flags` gives: it looks at the array whenever it is asked.
pub struct Flags(ArrayRef);

fn unknown() -> Error {
    key_error("'Unknown flag'")
}

impl Object for Flags {
    fn class(&self) -> &'static Class {
        &classes::FLAGSOBJ
    }

    fn repr(&self, _: &PrintOptions) -> String {
        flags_str(&self.0)
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        Ok(Value::object(Flags(twins.array(&self.0))))
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        if name == "num" {
            return Some(Ok(Value::int(number(&self.0))));
        }
        let flag = FLAGS.iter().find(|flag| flag.name == name)?;
        Some(Ok(Value::Bool((flag.read)(&self.0))))
    }

    fn set_attribute(&self, _: &mut Context, name: &str, value: &Value) -> Option<Result<()>> {
        match name {
            "writeable" | "aligned" | "writebackifcopy" => {
                Some(as_bool(value).and_then(|wanted| set_flag(&self.0, name, wanted)))
            }
            _ if name == "num" || FLAGS.iter().any(|flag| flag.name == name) => {
                Some(Err(crate::error::attribute_error(format!(
                    "attribute '{name}' of 'numpy._core.multiarray.flagsobj' objects is not writable"
                ))))
            }
            _ => None,
        }
    }

    fn attributes(&self) -> &'static [&'static str] {
        &[
            "aligned",
            "behaved",
            "c_contiguous",
            "carray",
            "contiguous",
            "f_contiguous",
            "farray",
            "fnc",
            "forc",
            "fortran",
            "num",
            "owndata",
            "writeable",
            "writebackifcopy",
        ]
    }

    fn item(&self, _: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let Value::Str(key) = index else { return Err(unknown()) };
        let flag = FLAGS.iter().find(|flag| flag.keys.contains(&&**key)).ok_or_else(unknown)?;
        Ok(Value::Bool((flag.read)(&self.0)))
    }

    fn set_item(&self, _: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let name = match index {
            Value::Str(key) => match &**key {
                "WRITEABLE" | "W" => "writeable",
                "ALIGNED" | "A" => "aligned",
                "WRITEBACKIFCOPY" | "X" => "writebackifcopy",
                _ => return Err(unknown()),
            },
            _ => return Err(unknown()),
        };
        set_flag(&self.0, name, as_bool(value)?)
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        Some(other.downcast::<Flags>().is_some_and(|other| number(&self.0) == number(&other.0)))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.0)))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "ndarray.setflags",
        signature: "(write=None, align=None, uic=None)",
        method: None,
        summary: "Sets WRITEABLE, ALIGNED or WRITEBACKIFCOPY.",
        memory: MemoryRule::InPlace,
        notes: "WRITEABLE can be taken away from any array, and given back where the array owns its memory or what it \
                views is writeable. It guards this array only: a view made before stays writeable.",
        example: "\
>>> a = np.arange(3)
>>> v = a.view()
>>> a.setflags(write=False)
>>> a[0] = 5
ValueError: assignment destination is read-only
>>> v[0] = 5
>>> a
array([5, 1, 2])
>>> a.setflags(write=True)
>>> a.flags.writeable
True
",
        see_also: &["ndarray.view", "ndarray.copy", "np.require"],
        run: Run::Read(Reader::Keywords, |_, arguments| {
            let receiver = arguments.take_receiver();
            let array = array_of(&receiver)?;
            for (parameter, name) in [("align", "aligned"), ("uic", "writebackifcopy"), ("write", "writeable")] {
                if let Some(value) = arguments.some(parameter) {
                    let wanted = as_bool(value)?;
                    set_flag(array, name, wanted).map_err(|e| e.at_argument(parameter))?;
                }
            }
            Ok(Value::None)
        }),
    }],
    attributes: &[Attribute {
        name: "ndarray.flags",
        summary: "Contiguous? owner? writeable? aligned? One bit each.",
        memory: MemoryRule::NoArray,
        example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.T.flags
  C_CONTIGUOUS : False
  F_CONTIGUOUS : True
  OWNDATA : False
  WRITEABLE : True
  ALIGNED : True
  WRITEBACKIFCOPY : False

>>> a.flags.owndata, a.copy().flags.owndata
(False, True)
>>> a.flags['C'], a.T.flags['C']
(True, False)
",
        get: |_, value| Ok(Value::object(Flags(Rc::clone(array_of(value)?)))),
        set: None,
    }],
    constants: &[],
    aliases: &[],
    classes: &[],
};
