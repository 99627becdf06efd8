//! `np.savez`, `np.savez_compressed`, and what `np.load` gives of their files: arrays by name, each read when it is asked
//! for.

use super::npy::{Reading, read_array, write_array};
use super::source::{Source, write_to};
use crate::array::ArrayRef;
use crate::array::printing::PrintOptions;
use crate::error::{Error, Result, attribute_error, key_error, type_error, value_error};
use crate::files::archive::{Archive, WriteMember, write_archive};
use crate::files::header::MAGIC;
use crate::files::os_error;
use crate::numpy::coercion::array_from;
use crate::python::dict_view::{DictView, Shown};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Dict, Items, Object, Twins, Value, classes, repr, shown_address};
use std::any::Any;
use std::cell::RefCell;
use std::io::Read;
use std::rc::Rc;

/// An open `.npz` file.
pub struct NpzFile {
    archive: Rc<RefCell<Option<Archive>>>,
    /// The names without `.npy`.
    files: Value,
    /// What the file is called.
    name: Value,
    reading: Reading,
}

impl NpzFile {
    /// The archive at which a source stands.
    ///
    /// # Errors
    /// `zipfile.BadZipFile: File is not a zip file`; `OSError`.
    pub fn open(source: &Source, reading: Reading) -> Result<NpzFile> {
        let archive = Archive::open(Rc::clone(&source.stream))?;
        let files = archive.names().map(|name| Value::str(name.strip_suffix(".npy").unwrap_or(name)));
        let files = Value::list(files.collect::<Vec<_>>());
        // of an open file NumPy knows no name
        let name = if source.path.is_some() { source.name.clone() } else { Value::str("object") };
        Ok(NpzFile { archive: Rc::new(RefCell::new(Some(archive))), files, name, reading })
    }

    fn names(&self) -> Vec<Rc<str>> {
        let Value::List(list) = &self.files else { return Vec::new() };
        let name = |item: &Value| match item {
            Value::Str(name) => Some(Rc::clone(name)),
            _ => None,
        };
        list.items().iter().filter_map(name).collect()
    }

    /// The name in the archive that a key stands for: with `.npy` or without.
    fn member(&self, key: &Value) -> Option<String> {
        let Value::Str(key) = key else { return None };
        let archive = self.archive.borrow();
        let Some(archive) = &*archive else {
            return self.names().contains(key).then(|| format!("{key}.npy"));
        };
        let with = format!("{key}.npy");
        let found = archive.names().find(|name| **name == **key).or_else(|| archive.names().find(|name| *name == with));
        found.map(str::to_string)
    }

    /// The array of a key, read from the file.
    ///
    /// # Errors
    /// `KeyError: 'x is not a file in the archive'`; what [`read_array`] raises; `AttributeError` where it is closed.
    pub fn array(&self, context: &mut Context, key: &Value) -> Result<Value> {
        let name = self.member(key).ok_or_else(|| {
            let message = format!("{} is not a file in the archive", crate::value::str(key, &Default::default()));
            key_error(crate::text::quote::repr_str(&message))
        })?;
        let archive = self.archive.borrow();
        let archive = archive.as_ref().ok_or_else(|| attribute_error("'NoneType' object has no attribute 'open'"))?;
        let is_npy = archive.read(&name, |source, _| {
            let mut start = Vec::new();
            source.take(MAGIC.len() as u64).read_to_end(&mut start).map_err(|error| os_error(&error, None))?;
            Ok(start == MAGIC)
        })?;
        archive.read(&name, |source, len| match is_npy {
            true => {
                let array = read_array(context, source, len, self.reading, false)?;
                // the end of the file, where its checksum is compared
                let mut rest = [0; 512];
                if !context.runtime.ledger.is_planning() {
                    while source.read(&mut rest).map_err(|error| os_error(&error, None))? > 0 {
                        crate::interrupt::check()?;
                    }
                }
                Ok(array.into())
            }
            false => {
                let mut bytes = Vec::new();
                source.read_to_end(&mut bytes).map_err(|error| os_error(&error, None))?;
                Ok(Value::Bytes(bytes.into()))
            }
        })
    }

    fn dict(&self, context: &mut Context) -> Result<Rc<Dict>> {
        let names = self.names().into_iter().map(Value::Str);
        let entries = names.map(|name| Ok((name.clone(), self.array(context, &name)?))).collect::<Result<Vec<_>>>()?;
        Ok(Rc::new(Dict::new(entries)?))
    }
}

impl Object for NpzFile {
    fn class(&self) -> &'static Class {
        &classes::NPZ_FILE
    }

    fn repr(&self, options: &PrintOptions) -> String {
        const SHOWN: usize = 5;
        let names = self.names();
        let shown: Vec<&str> = names.iter().take(SHOWN).map(|name| &**name).collect();
        let more = if names.len() > SHOWN { "..." } else { "" };
        format!("NpzFile {} with keys: {}{more}", repr(&self.name, options), shown.join(", "))
    }

    fn attribute(&self, _: &mut Context, this: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "files" => self.files.clone(),
            "f" if self.archive.borrow().is_some() => Value::object(BagObj(this.clone())),
            "f" | "zip" => Value::None,
            "allow_pickle" => Value::Bool(self.reading.allow_pickle),
            _ => return None,
        }))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["f", "files"]
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        self.array(context, index)
    }

    fn length(&self) -> Option<usize> {
        Some(self.names().len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        Some(Box::new(self.names().into_iter().map(|name| Ok(Value::Str(name)))))
    }

    fn contains(&self, item: &Value) -> Option<Result<bool>> {
        Some(Ok(self.member(item).is_some()))
    }

    fn twin(&self, this: &Value, _: &mut Twins) -> Result<Value> {
        // to read from it changes nothing
        Ok(this.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `data.f`: the arrays as attributes.
struct BagObj(Value);

impl Object for BagObj {
    fn class(&self) -> &'static Class {
        &classes::BAG_OBJ
    }

    fn repr(&self, _: &PrintOptions) -> String {
        let address = shown_address(self.0.address().unwrap_or(0));
        format!("<numpy.lib._npyio_impl.BagObj object at 0x{address:x}>")
    }

    fn attribute(&self, context: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        let file = self.0.downcast::<NpzFile>()?;
        let key = Value::str(name);
        Some(match file.member(&key) {
            Some(_) => file.array(context, &key),
            None => Err(attribute_error(name)),
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn run_savez(context: &mut Context, arguments: &mut Arguments, deflate: bool) -> Result<Value> {
    let mut named: Vec<(String, Value)> = Vec::new();
    if let Value::Dict(dict) = arguments.get("kwds") {
        for (key, value) in dict.entries() {
            named.push((crate::value::str(&key, &Default::default()), value));
        }
    }
    for (i, value) in arguments.rest("args").into_iter().enumerate() {
        let key = format!("arr_{i}");
        if named.iter().any(|(known, _)| *known == key) {
            return Err(value_error(format!("Cannot use un-named variables and keyword {key}")));
        }
        named.push((key, value));
    }
    let mut arrays: Vec<(String, ArrayRef)> = Vec::new();
    for (key, value) in named {
        arrays.push((format!("{key}.npy"), array_from(context, &value, None)?));
    }
    let members: Vec<(String, WriteMember<'_>)> = arrays
        .iter()
        .map(|(name, array)| {
            let write: WriteMember<'_> = Box::new(move |out| write_array(out, array, None).map(|_| ()));
            (name.clone(), write)
        })
        .collect();
    write_to(context, &arguments.get("file"), ("file", ".npz"), |out| write_archive(out, deflate, &members))?;
    Ok(Value::None)
}

/// The open file that a method was called on.
fn receiver(arguments: &Arguments) -> Result<Value> {
    let value = arguments.receiver().clone();
    let wrong = |class: &str| -> Error { type_error(format!("expected an NpzFile, got '{class}'")) };
    if value.downcast::<NpzFile>().is_some() { Ok(value) } else { Err(wrong(value.type_name())) }
}

fn with<T>(arguments: &Arguments, act: impl FnOnce(&NpzFile) -> Result<T>) -> Result<T> {
    let value = receiver(arguments)?;
    match value.downcast::<NpzFile>() {
        Some(file) => act(file),
        None => Err(type_error("expected an NpzFile")),
    }
}

fn view(context: &mut Context, arguments: &mut Arguments, shown: Shown) -> Result<Value> {
    with(arguments, |file| {
        let dict = match shown {
            Shown::Keys => {
                let names = file.names().into_iter().map(|name| (Value::Str(name), Value::None));
                Rc::new(Dict::new(names)?)
            }
            _ => file.dict(context)?,
        };
        Ok(DictView::value(dict, shown))
    })
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.savez",
            signature: "(file, *args, allow_pickle=True, **kwds)",
            method: None,
            summary: "Writes several arrays to one .npz file: a zip archive of .npy files, not compressed.",
            memory: MemoryRule::NoArray,
            notes: "Arrays without a name are called arr_0, arr_1, ... The file is written whole or not at all. A plan writes \
                    nothing.",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.savez(f, np.arange(3), x=np.ones(2))
>>> data = np.load(f)
EOFError: No data left in file
>>> f.seek(0)
0
>>> data = np.load(f)
>>> data
NpzFile 'object' with keys: x, arr_0
>>> data['x'], data.f.arr_0
(array([1., 1.]), array([0, 1, 2]))
",
            see_also: &["np.savez_compressed", "np.load", "np.save"],
            run: Run::Call(|context, arguments| run_savez(context, arguments, false)),
        },
        Function {
            name: "np.savez_compressed",
            signature: "(file, *args, allow_pickle=True, **kwds)",
            method: None,
            summary: "Writes several arrays to one .npz file, each compressed.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f, g = io.BytesIO(), io.BytesIO()
>>> np.savez(f, x=np.zeros(10000))
>>> np.savez_compressed(g, x=np.zeros(10000))
>>> len(g.getvalue()) < len(f.getvalue()) / 100
True
>>> g.seek(0)
0
>>> np.load(g)['x'].shape
(10000,)
",
            see_also: &["np.savez", "np.load"],
            run: Run::Call(|context, arguments| run_savez(context, arguments, true)),
        },
        Function {
            name: "NpzFile.close",
            signature: "()",
            method: None,
            summary: "Closes the file.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.savez(f, x=np.arange(3))
>>> f.seek(0)
0
>>> data = np.load(f)
>>> data.close()
>>> data.files
['x']
>>> data['x']
AttributeError: 'NoneType' object has no attribute 'open'
",
            see_also: &["np.load"],
            run: Run::Read(Reader::Python, |_, arguments| {
                with(arguments, |file| {
                    file.archive.replace(None);
                    Ok(Value::None)
                })
            }),
        },
        Function {
            name: "NpzFile.keys",
            signature: "()",
            method: None,
            summary: "The names of the arrays.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.savez(f, x=np.arange(3), y=1)
>>> f.seek(0)
0
>>> list(np.load(f).keys())
['x', 'y']
",
            see_also: &["NpzFile.items", "NpzFile.values"],
            run: Run::Read(Reader::Python, |context, arguments| view(context, arguments, Shown::Keys)),
        },
        Function {
            name: "NpzFile.values",
            signature: "()",
            method: None,
            summary: "The arrays, all read from the file.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.savez(f, x=np.arange(3))
>>> f.seek(0)
0
>>> list(np.load(f).values())
[array([0, 1, 2])]
",
            see_also: &["NpzFile.keys"],
            run: Run::Read(Reader::Python, |context, arguments| view(context, arguments, Shown::Values)),
        },
        Function {
            name: "NpzFile.items",
            signature: "()",
            method: None,
            summary: "The names with their arrays, all read from the file.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.savez(f, x=np.arange(3))
>>> f.seek(0)
0
>>> list(np.load(f).items())
[('x', array([0, 1, 2]))]
",
            see_also: &["NpzFile.keys"],
            run: Run::Read(Reader::Python, |context, arguments| view(context, arguments, Shown::Items)),
        },
        Function {
            name: "NpzFile.get",
            signature: "(key, default=None, /)",
            method: None,
            summary: "The array of a name, or the default where there is none.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> import io
>>> f = io.BytesIO()
>>> np.savez(f, x=np.arange(3))
>>> f.seek(0)
0
>>> data = np.load(f)
>>> data.get('x'), data.get('y', 0)
(array([0, 1, 2]), 0)
>>> data['y']
KeyError: 'y is not a file in the archive'
",
            see_also: &["NpzFile.keys"],
            run: Run::Read(Reader::Python, |context, arguments| {
                with(arguments, |file| {
                    let key = arguments.get("key");
                    match file.member(&key) {
                        Some(_) => file.array(context, &key),
                        None => Ok(arguments.get("default")),
                    }
                })
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
