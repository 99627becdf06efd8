//! The elements as something else: other types, other readings of the same bytes, Python's numbers, bytes.

use super::receiver;
use crate::array::cast::Casting;
use crate::array::elements::{byteswap, byteswap_new, elements, tobytes};
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::layout::view_cast;
use crate::array::{ArrayRef, CopyReason, DType, Layout, NdArray, Order, Rearranged, Subclass, Type, copy};
use crate::error::{Result, index_error, type_error, value_error};
use crate::numpy::RecArray;
use crate::numpy::attributes::write_value;
use crate::numpy::calls::{array_argument, view};
use crate::numpy::coercion::array_like;
use crate::numpy::dtypes::{as_casting, as_dtype, as_order};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_bool, as_index, classes, python_at, python_number, require_room};
use std::rc::Rc;

/// `a.tolist()`: nested lists of Python numbers; one number for an array of no axes.
///
/// # Errors
/// `MemoryError` where the lists would be larger than any machine's memory.
pub fn to_list(array: &ArrayRef) -> Result<Value> {
    fn nested(items: &mut dyn Iterator<Item = Value>, shape: &[usize]) -> Value {
        match shape.split_first() {
            None => items.next().unwrap_or(Value::None),
            Some((&length, rest)) => Value::list((0..length).map(|_| nested(items, rest)).collect::<Vec<_>>()),
        }
    }
    require_room(array.size())?;
    if array.layout().dtype.is_number() {
        return Ok(nested(&mut elements(array, Order::C).map(python_number), &array.shape()));
    }
    let layout = array.layout().clone();
    let mut items = (0..layout.size()).map(|number| python_at(array, layout.offset_of(number)));
    Ok(nested(&mut items, &layout.shape))
}

/// The byte of the element that `a.item(*args)` means.
fn item_offset(array: &NdArray, indices: &[Value]) -> Result<usize> {
    let layout = array.layout();
    let indices: Vec<Value> = match indices {
        [Value::Tuple(items)] => items.to_vec(),
        other => other.to_vec(),
    };
    match indices.as_slice() {
        [] if layout.size() == 1 => Ok(layout.offset_of(0)),
        [] => Err(value_error("can only convert an array of size 1 to a Python scalar")
            .label(format!("the array has {} elements", layout.size()))),
        [flat] if layout.ndim() != 1 => {
            let (place, size) = (as_index(flat)?, layout.size());
            let number = if place < 0 { place + size as isize } else { place };
            match usize::try_from(number).ok().filter(|&number| number < size) {
                Some(number) => Ok(layout.offset_of(number)),
                None => Err(index_error(format!("index {place} is out of bounds for size {size}"))),
            }
        }
        many if many.len() == layout.ndim() => {
            let mut offset = layout.offset;
            for (axis, item) in many.iter().enumerate() {
                let (place, length) = (as_index(item)?, layout.shape[axis]);
                let number = normalize_axis_index(place, length, None).map_err(|_| {
                    index_error(if layout.ndim() == 1 {
                        format!("index {place} is out of bounds for size {length}")
                    } else {
                        format!("index {place} is out of bounds for axis {axis} with size {length}")
                    })
                })?;
                offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(number as isize));
            }
            Ok(offset)
        }
        _ => Err(value_error("incorrect number of indices for array")),
    }
}

fn run_itemset(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = receiver(arguments)?;
    array.require_writeable("assignment destination")?;
    let mut given = arguments.rest("args");
    let Some(new) = given.pop() else { return Err(value_error("itemset must have at least one argument")) };
    let offset = item_offset(&array, &given)?;
    let source = array_like(context, &new, &array.dtype())?;
    if source.size() != 1 {
        return Err(value_error("setting an array element with a sequence."));
    }
    let element = source.read(source.layout().offset_of(0));
    let one = Layout { offset, ..Layout::contiguous(array.dtype(), &[], Order::C) };
    let bytes = one.itemsize();
    let place = NdArray::view(&array, one);
    place.write(offset, &element);
    context.runtime.record_write(&place, None);
    context.notes.push(format!(
        "itemset wrote {bytes} bytes into the array and released nothing: {} bytes live as before. NumPy 2.0 removed \
         it; `a[...] = value` is the way to write, `del` of the last name the way to release.",
        context.runtime.ledger.live()
    ));
    Ok(Value::None)
}

fn is_array_class(value: &Value) -> bool {
    matches!(value, Value::Class(class) if std::ptr::eq(*class, &classes::NDARRAY))
}

/// The `dtype` and `type` of `a.view(...)`: where only one is given by place it may be either.
fn view_dtype(context: &mut Context, arguments: &Arguments) -> Result<Option<DType>> {
    if let Some(class) = arguments.given("type")
        && !is_array_class(class)
    {
        return Err(value_error("Type must be a sub-type of ndarray type").at_argument("type"));
    }
    match arguments.given("dtype") {
        None | Some(Value::None) => Ok(None),
        Some(class) if is_array_class(class) => Ok(None),
        Some(dtype) => as_dtype(context, &dtype.clone()).map(Some).map_err(|e| e.at_argument("dtype")),
    }
}

/// Refuses to see references as anything else, or anything else as references.
///
/// # Errors
/// `TypeError: Cannot change data-type for array of references.`
pub fn require_no_references(from: &DType, to: &DType) -> Result<()> {
    if from != to && (from.has_object() || to.has_object()) {
        return Err(type_error("Cannot change data-type for array of references."));
    }
    Ok(())
}

/// `a.getfield(dtype, offset)`: a view of some bytes of each element.
fn field(array: &ArrayRef, dtype: &DType, offset: isize) -> Result<ArrayRef> {
    let layout = array.layout().clone();
    if layout.dtype.ty() == Type::Object || dtype.ty() == Type::Object {
        require_no_references(&layout.dtype, dtype)?;
    }
    if dtype.itemsize() > layout.itemsize() {
        return Err(value_error("new type is larger than original type").at_argument("dtype"));
    }
    let Ok(start) = usize::try_from(offset) else {
        return Err(value_error("offset is negative").at_argument("offset"));
    };
    if start.saturating_add(dtype.itemsize()) > layout.itemsize() {
        return Err(value_error("new type plus offset is larger than original type")
            .at_argument("offset")
            .label(format!("{start} + {} bytes of {}", dtype.itemsize(), layout.itemsize())));
    }
    let part = Layout { dtype: dtype.clone(), offset: layout.offset + start, ..layout };
    Ok(NdArray::view(array, part))
}

fn astype(context: &mut Context, arguments: &Arguments, array: &ArrayRef) -> Result<Value> {
    let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
    let order = match arguments.some("order") {
        Some(order) => as_order(order)?,
        None => Order::K,
    };
    let casting = match arguments.some("casting") {
        Some(Value::Str(name)) => Casting::parse(name, true).map_err(|e| e.at_argument("casting"))?,
        Some(casting) => as_casting(casting)?,
        None => Casting::Unsafe,
    };
    let copy = as_bool(&arguments.get("copy"))?;
    let new = copy::astype(&context.runtime, array, &dtype, order, casting, copy)?;
    if !Rc::ptr_eq(&new, array) {
        new.set_subclass(array.subclass().of_copy());
    }
    Ok(new.into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "ndarray.astype",
            signature: "(dtype, order='K', casting='unsafe', subok=True, copy=True)",
            method: None,
            summary: "The values converted to another dtype, in a new array.",
            memory: MemoryRule::New,
            notes: "Converts values; a.view(dtype) reads the same bytes in another way. Copies even to the same dtype, \
                    unless copy=False.",
            example: "\
>>> a = np.array([1.7, -1.7])
>>> a.astype(int)
array([ 1, -1])
>>> np.shares_memory(a, a.astype(float))
False
>>> a.astype(float, copy=False) is a
True
>>> a.astype(np.float32, casting='safe')
TypeError: Cannot cast array data from dtype('float64') to dtype('float32') according to the rule 'safe'
",
            see_also: &["ndarray.view", "np.can_cast", "np.asarray"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                let array = receiver(arguments)?;
                astype(context, arguments, &array)
            }),
        },
        Function {
            name: "np.astype",
            signature: "(x, dtype, /, *, copy=True, device=None)",
            method: None,
            summary: "The values of an array converted to another dtype.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.astype(np.array([1, 2]), np.float32)
array([1., 2.], dtype=float32)
",
            see_also: &["ndarray.astype"],
            run: Run::Call(|context, arguments| {
                crate::numpy::creation::check_device_and_like(arguments)?;
                match arguments.get("x") {
                    Value::Array(array) => astype(context, arguments, &array),
                    Value::Scalar(_) => {
                        let array = array_argument(context, arguments, "x")?;
                        astype(context, arguments, &array)
                    }
                    other => Err(type_error(format!(
                        "Input should be a NumPy array or scalar. It is a {} instead.",
                        other.class().repr()
                    ))
                    .at_argument("x")),
                }
            }),
        },
        Function {
            name: "ndarray.view",
            signature: "(dtype=<no value>, type=<no value>)",
            method: None,
            summary: "A new array object over the same memory, or the same bytes read as another dtype.",
            memory: MemoryRule::View,
            notes: "No byte moves. With a dtype of another size the last axis must be contiguous: it gets longer or \
                    shorter.",
            example: "\
>>> a = np.array([1, 2], dtype=np.int16)
>>> v = a.view()
>>> v is a, v.base is a
(False, True)
>>> v[0] = 258
>>> a
array([258,   2], dtype=int16)
>>> a.view(np.uint8)
array([2, 1, 2, 0], dtype=uint8)
>>> np.array([1.0]).view('i8'), np.array([1.0]).astype('i8')
(array([4607182418800017408]), array([1]))
>>> a[::2].view(np.uint8)
array([2, 1], dtype=uint8)
>>> np.zeros((2, 2)).T.view('f4')
ValueError: To change to a dtype of a different size, the last axis must be contiguous
",
            see_also: &["ndarray.astype", "ndarray.copy", "ndarray.getfield"],
            run: Run::Read(Reader::NumPy, |context, arguments| {
                let array = receiver(arguments)?;
                let is_record = ["dtype", "type"].iter().any(|name| {
                    matches!(arguments.some(name), Some(Value::Class(class)) if std::ptr::eq(*class, &classes::RECARRAY))
                });
                if is_record {
                    return Ok(RecArray::of(view(&array, array.layout().clone())));
                }
                let layout = match view_dtype(context, arguments)? {
                    Some(dtype) => {
                        require_no_references(&array.dtype(), &dtype)?;
                        view_cast(&array.layout(), &dtype)?
                    }
                    None => array.layout().clone(),
                };
                let is_plain = ["dtype", "type"].iter().any(|name| arguments.given(name).is_some_and(is_array_class));
                Ok(match is_plain {
                    true => NdArray::view_as(&array, layout, Subclass::Plain).into(),
                    false => view(&array, layout).into(),
                })
            }),
        },
        Function {
            name: "ndarray.getfield",
            signature: "(dtype, offset=0)",
            method: None,
            summary: "Some bytes of each element, read as another dtype.",
            memory: MemoryRule::View,
            notes: "The strides stay those of the whole elements.",
            example: "\
>>> z = np.array([1+2j, 3+4j])
>>> z.getfield(float, 8)
array([2., 4.])
>>> z.getfield(float, 8).strides
(16,)
>>> np.shares_memory(z, z.getfield(float))
True
",
            see_also: &["ndarray.setfield", "ndarray.view", "ndarray.real"],
            run: Run::Read(Reader::Keywords, |context, arguments| {
                let array = receiver(arguments)?;
                let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
                field(&array, &dtype, as_index(&arguments.get("offset"))?).map(Value::Array)
            }),
        },
        Function {
            name: "ndarray.setfield",
            signature: "(value, dtype, offset=0)",
            method: None,
            summary: "Writes into some bytes of each element.",
            memory: MemoryRule::InPlace,
            notes: "",
            example: "\
>>> a = np.zeros(2, dtype='<i4')
>>> a.setfield(1, np.int16, 2)
>>> a
array([65536, 65536], dtype=int32)
",
            see_also: &["ndarray.getfield"],
            run: Run::Read(Reader::Keywords, |context, arguments| {
                let array = receiver(arguments)?;
                array.require_writeable("assignment destination")?;
                let dtype = as_dtype(context, &arguments.get("dtype")).map_err(|e| e.at_argument("dtype"))?;
                let part = field(&array, &dtype, as_index(&arguments.get("offset"))?)?;
                write_value(context, &part, &arguments.get("value")).map_err(|e| e.at_argument("value"))?;
                Ok(Value::None)
            }),
        },
        Function {
            name: "ndarray.byteswap",
            signature: "(inplace=False)",
            method: None,
            summary: "The bytes of each element in the other order, with the same dtype: other values.",
            memory: MemoryRule::New,
            notes: "In place with inplace=True, which gives the array itself back. To keep the values and change how they \
                    are stored, astype to a dtype of the other byte order.",
            example: "\
>>> a = np.array([1, 256], dtype=np.int16)
>>> a.byteswap()
array([256,   1], dtype=int16)
>>> np.shares_memory(a, a.byteswap())
False
>>> a.byteswap(inplace=True) is a
True
>>> a
array([256,   1], dtype=int16)
",
            see_also: &["dtype.newbyteorder", "ndarray.view"],
            run: Run::Read(Reader::Keywords, |context, arguments| {
                let array = receiver(arguments)?;
                if as_bool(&arguments.get("inplace"))? {
                    byteswap(&context.runtime, &array)?;
                    return Ok(array.into());
                }
                let reason = CopyReason::Rearranged(Rearranged::Swapped);
                let swapped = copy::copy_because(&context.runtime, &array, Order::C, reason)?;
                byteswap_new(&swapped)?;
                Ok(swapped.into())
            }),
        },
        Function {
            name: "ndarray.item",
            signature: "(*args)",
            method: None,
            summary: "One element as a Python number: the only one, or that at a flat place or at indices.",
            memory: MemoryRule::NoArray,
            notes: "A copy of the value: later writes do not reach it.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.item(4), a.item(1, 1), a.item((1, 1))
(4, 4, 4)
>>> type(a.item(4)), type(a[1, 1])
(<class 'int'>, <class 'numpy.int64'>)
>>> a.item()
ValueError: can only convert an array of size 1 to a Python scalar
",
            see_also: &["ndarray.tolist", "ndarray.itemset"],
            run: Run::Read(Reader::Tuple, |_, arguments| {
                let array = receiver(arguments)?;
                let offset = item_offset(&array, &arguments.rest("args"))?;
                Ok(python_at(&array, offset))
            }),
        },
        Function {
            name: "ndarray.itemset",
            signature: "(*args)",
            method: None,
            summary: "Writes one element, as NumPy before 2.0 did. It releases no memory.",
            memory: MemoryRule::InPlace,
            notes: "NumPy 2.0 took it out; a[0] = value is the way. Some courses call it to release memory: it never did. \
                    Through a view it overwrites the element of the owner.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.itemset(0, 9)
>>> a.itemset((1, 2), -1)
>>> a
array([[ 9,  1,  2],
       [ 3,  4, -1]])
",
            see_also: &["ndarray.item", "ndarray.fill"],
            run: Run::Read(Reader::Tuple, run_itemset),
        },
        Function {
            name: "ndarray.tolist",
            signature: "()",
            method: None,
            summary: "The elements as nested lists of Python numbers.",
            memory: MemoryRule::NoArray,
            notes: "Every element becomes a Python object of its own: much more memory than the array.",
            example: "\
>>> np.arange(4).reshape(2, 2).tolist()
[[0, 1], [2, 3]]
>>> np.array(5).tolist()
5
",
            see_also: &["ndarray.item", "ndarray.tobytes"],
            run: Run::Read(Reader::Tuple, |_, arguments| to_list(&receiver(arguments)?)),
        },
        Function {
            name: "ndarray.tobytes",
            signature: "(order='C')",
            method: None,
            summary: "A copy of the elements' bytes, in C order or another.",
            memory: MemoryRule::NoArray,
            notes: "np.frombuffer looks at such bytes as an array again, without a copy.",
            example: "\
>>> a = np.array([[1, 2], [3, 4]], dtype=np.int8)
>>> a.tobytes(), a.tobytes('F')
(b'\\x01\\x02\\x03\\x04', b'\\x01\\x03\\x02\\x04')
>>> np.array([1], dtype='>i2').tobytes()
b'\\x00\\x01'
",
            see_also: &["np.frombuffer", "ndarray.tolist"],
            run: Run::Read(Reader::Keywords, |_, arguments| {
                let order = as_order(&arguments.get("order"))?;
                let array = receiver(arguments)?;
                Ok(Value::Bytes(tobytes(&array, order)?.into()))
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
