//! `a.flat`: the elements one after the other in C order, whatever the strides, without a copy.

use super::{array_of, write_value};
use crate::array::cast::Casting;
use crate::array::elements::elements;
use crate::array::index::Index;
use crate::array::layout::{Shape, Slice};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, Asked, CopyReason, Item, NdArray, Order, Repeats, Type, copy};
use crate::error::{Error, ErrorClass, Result, index_error, value_error};
use crate::numpy::coercion::{array_like, element_of};
use crate::numpy::subscript::indices;
use crate::registry::{Attribute, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Items, Object, Twins, Value, Way, classes, element_at};
use smallvec::SmallVec;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

/// Stores the element of `from` at one byte in `to` at another, cast as C casts.
fn copy_element(from: &NdArray, offset: usize, to: &NdArray, place: usize) -> Result<()> {
    let (source, target) = (from.dtype(), to.dtype());
    if source.is_number() && target.is_number() {
        to.write(place, &from.read(offset));
        return Ok(());
    }
    Item::read(&from.buffer_ref(), offset, &source).write(&to.buffer_ref(), place, &target)
}

/// A flat iterator: the array, and the number of the element that comes next.
pub struct FlatIter {
    array: ArrayRef,
    next: Rc<Cell<usize>>,
}

impl FlatIter {
    /// The iterator before the first element.
    pub fn new(array: &ArrayRef) -> FlatIter {
        FlatIter { array: Rc::clone(array), next: Rc::default() }
    }

    /// The next element, if there is one.
    pub fn advance(&self) -> Option<Value> {
        let number = self.next.get();
        (number < self.array.size()).then(|| {
            self.next.set(number + 1);
            element_at(&self.array, self.array.layout().offset_of(number))
        })
    }

    /// The indices of element number `number`.
    fn coords(&self, mut number: usize) -> SmallVec<[usize; 4]> {
        let shape = self.array.shape();
        let mut coords: SmallVec<[usize; 4]> = SmallVec::from_elem(0, shape.len());
        for axis in (0..shape.len()).rev() {
            // past the end the first coordinate runs over
            let len = if axis == 0 { usize::MAX } else { shape[axis].max(1) };
            coords[axis] = number % len;
            number /= len;
        }
        coords
    }

    /// The elements' numbers that an index means.
    fn places(&self, context: &mut Context, index: &Value) -> Result<Places> {
        let index = match index {
            Value::Tuple(items) if items.len() > 1 => return Err(too_many_indices(items.len())),
            Value::Tuple(items) => items.first().cloned().unwrap_or(Value::Ellipsis),
            other => other.clone(),
        };
        let deprecated = |context: &Context, what: &str| {
            context.runtime.warn(ErrorClass::DeprecationWarning, format!("{what} (Deprecated NumPy 2.4)"));
        };
        const NO_ARRAY: &str = "Invalid non-array indices for iterator objects are deprecated and will be removed in a \
                                future version.";
        const NO_AXES: &str = "Indexing flat iterators with a 0-dimensional boolean index is deprecated and may be removed \
                               in a future version.";
        match &index {
            Value::None => return Err(not_an_index()),
            // what NumPy still takes for an int
            Value::Float(place) => {
                deprecated(context, NO_ARRAY);
                return self.one(*place as isize).map(Places::One);
            }
            Value::Complex(place) => {
                deprecated(context, NO_ARRAY);
                return self.one(place.re as isize).map(Places::One);
            }
            Value::Bool(true) => {
                deprecated(context, NO_AXES);
                return self.one(0).map(Places::One);
            }
            Value::Scalar(scalar) if scalar.ty() == Type::Bool => return Err(no_bool_lists()),
            Value::List(list) if list.items().iter().any(|item| matches!(item, Value::Bool(_))) => {
                return Err(no_bool_lists());
            }
            Value::List(list) if list.items().iter().any(|item| matches!(item, Value::Float(_))) => {
                deprecated(context, NO_ARRAY);
                let numbers = array_like(context, &index, &Type::Int64.into())?;
                return self.many(&numbers);
            }
            _ => {}
        }
        let items = indices(context, &index).map_err(|error| match error.message() {
            message if message.starts_with("arrays used as indices") => error,
            _ => not_an_index(),
        })?;
        let all = |numbers: Vec<usize>| Places::Many { shape: smallvec::smallvec![numbers.len()], numbers };
        match items.first() {
            Some(Index::Int(place)) => self.one(*place).map(Places::One),
            Some(Index::Slice { start, stop, step }) => {
                let slice = Slice { start: *start, stop: *stop, step: *step };
                let indices = slice.indices(self.array.size())?;
                let number = |i: usize| (indices.start + indices.step * i as isize) as usize;
                Ok(all((0..indices.count).map(number).collect()))
            }
            Some(Index::Integers(numbers)) => self.many(numbers),
            Some(Index::Mask(mask)) if mask.ndim() > 1 => Err(too_many_indices(mask.ndim())),
            Some(Index::Mask(mask)) => {
                let (size, given) = (self.array.size(), mask.size());
                if given != size && given != 0 {
                    return Err(index_error(format!(
                        "boolean index did not match indexed flat iterator along axis 0; size of axis is {size} but \
                         size of corresponding boolean axis is {given}"
                    )));
                }
                let hits = elements(mask, Order::C).enumerate().filter(|(_, hit)| hit.is_true());
                Ok(all(hits.map(|(number, _)| number).collect()))
            }
            Some(Index::MaskScalar(true)) => self.one(0).map(Places::One),
            Some(Index::MaskScalar(false)) => {
                deprecated(context, NO_AXES);
                Ok(all(Vec::new()))
            }
            _ => Ok(all((0..self.array.size()).collect())),
        }
    }

    /// A place counted from the front.
    fn one(&self, place: isize) -> Result<usize> {
        let size = self.array.size();
        let wanted = if place < 0 { place + size as isize } else { place };
        let number = usize::try_from(wanted).ok().filter(|&number| number < size);
        number.ok_or_else(|| index_error(format!("index {place} is out of bounds for size {size}")))
    }

    fn many(&self, numbers: &ArrayRef) -> Result<Places> {
        if numbers.ndim() == 0 {
            let place = numbers.read(numbers.layout().offset).as_i128().unwrap_or(0);
            return self.one(place as isize).map(Places::One);
        }
        let places = elements(numbers, Order::C).map(|place| self.one(place.as_i128().unwrap_or(0) as isize));
        Ok(Places::Many { numbers: places.collect::<Result<_>>()?, shape: numbers.shape() })
    }
}

/// Which elements an index means.
enum Places {
    One(usize),
    Many { numbers: Vec<usize>, shape: Shape },
}

fn too_many_indices(count: usize) -> Error {
    index_error(format!("too many indices for flat iterator: flat iterator is 1-dimensional, but {count} were indexed"))
}

fn no_bool_lists() -> Error {
    index_error(
        "boolean indices for iterators are not supported because of previous behavior that was confusing (valid boolean \
         indices are expected to work in the future)",
    )
}

fn not_an_index() -> Error {
    index_error("only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices")
}

impl Object for FlatIter {
    fn class(&self) -> &'static Class {
        &classes::FLATITER
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<numpy.flatiter object at 0x{:x}>", crate::value::shown_address(Rc::as_ptr(&self.next) as usize))
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let next = Rc::new(Cell::new(self.next.get()));
        Ok(Value::object(FlatIter { array: twins.array(&self.array), next }))
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "base" => Value::Array(Rc::clone(&self.array)),
            "index" => self.next.get().into(),
            "coords" => Value::ints(self.coords(self.next.get())),
            _ => return None,
        }))
    }

    fn set_attribute(&self, _: &mut Context, name: &str, _: &Value) -> Option<Result<()>> {
        let known = matches!(name, "base" | "index" | "coords");
        known.then(|| Err(crate::error::attribute_error("readonly attribute")))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["base", "coords", "index"]
    }

    fn item(&self, context: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        match self.places(context, index)? {
            Places::One(number) => Ok(element_at(&self.array, self.array.layout().offset_of(number))),
            Places::Many { numbers, shape } => {
                let copy = NdArray::zeros(&context.runtime, self.array.dtype(), &shape, Order::C)?;
                context.runtime.record_copy(&self.array, &copy, CopyReason::Asked(Asked::Flat));
                let itemsize = self.array.layout().itemsize();
                for (i, number) in numbers.into_iter().enumerate() {
                    copy_element(&self.array, self.array.layout().offset_of(number), &copy, i * itemsize)?;
                }
                Ok(copy.into())
            }
        }
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        self.array.require_writeable("underlying array")?;
        let dtype = self.array.dtype();
        let numbers = match self.places(context, index)? {
            Places::One(number) => {
                let refused = |_| value_error("Error setting single item of array.");
                if !dtype.is_number() {
                    let source = array_like(context, value, &dtype).map_err(|_| refused(()))?;
                    let offset = self.array.layout().offset_of(number);
                    if source.ndim() > 0 {
                        return Err(refused(()));
                    }
                    copy_element(&source, source.layout().offset, &self.array, offset).map_err(|_| refused(()))?;
                    context.runtime.record_write_element(&self.array, offset);
                    return Ok(());
                }
                let element = match value {
                    Value::Array(one) if one.ndim() == 0 => one.read(one.layout().offset),
                    Value::Array(_) => return Err(refused(())),
                    other => match element_of(context, other, dtype.ty()) {
                        Some(element) => element.map_err(|_| refused(()))?,
                        None => return Err(refused(())),
                    },
                };
                let offset = self.array.layout().offset_of(number);
                self.array.write(offset, &element);
                context.runtime.record_write_element(&self.array, offset);
                return Ok(());
            }
            Places::Many { numbers, .. } => numbers,
        };
        let source = array_like(context, value, &dtype)?;
        let size = source.size();
        if size > 0 {
            let mut written = context.runtime.places(&self.array);
            for (i, number) in numbers.into_iter().enumerate() {
                let offset = self.array.layout().offset_of(number);
                copy_element(&source, source.layout().offset_of(i % size), &self.array, offset)?;
                written.iter_mut().for_each(|written| written.add(&[offset]));
            }
            if let Some(written) = written {
                context.runtime.record_write_places(&self.array, written, Repeats::LastStays);
            }
        }
        Ok(())
    }

    fn length(&self) -> Option<usize> {
        Some(self.array.size())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let shared = FlatIter { array: Rc::clone(&self.array), next: Rc::clone(&self.next) };
        Some(Box::new(std::iter::from_fn(move || shared.advance().map(Ok))))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _: &mut Context) -> Option<Result<Value>> {
        self.advance().map(Ok)
    }

    fn as_array(&self, context: &mut Context) -> Option<Result<ArrayRef>> {
        Some(crate::numpy::manipulation::shape::flattened(context, &self.array, Order::C))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        vec![(Way::Inside, Value::Array(Rc::clone(&self.array)))]
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "flatiter.copy",
        signature: "()",
        method: None,
        summary: "The elements as a new one-dimensional array.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.T.flat.copy()
array([0, 3, 1, 4, 2, 5])
",
        see_also: &["ndarray.flatten", "np.ravel"],
        run: Run::Call(|context, arguments| {
            let receiver = arguments.take_receiver();
            let Some(flat) = receiver.downcast::<FlatIter>() else { return Ok(Value::None) };
            crate::numpy::manipulation::shape::flat_copy(context, &flat.array, Order::C).map(Value::Array)
        }),
    }],
    attributes: &[Attribute {
        name: "ndarray.flat",
        summary: "The elements one after the other in C order, to read, to write and to count, without a copy.",
        memory: MemoryRule::NoArray,
        example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.T.flat[1]
np.int64(3)
>>> a.flat[2:4] = 0
>>> a
array([[0, 1, 0],
       [0, 4, 5]])
>>> a.flat[[1, 5]]
array([1, 5])
>>> a.flat = [7, 8]
>>> a
array([[7, 8, 7],
       [8, 7, 8]])
",
        get: |_, value| Ok(Value::object(FlatIter::new(array_of(value)?))),
        set: Some(|context, value, new| {
            let array = array_of(value)?;
            array.require_writeable("underlying array")?;
            let source = array_like(context, new, &array.dtype())?;
            let source = copy::astype(&context.runtime, &source, &array.dtype(), Order::K, Casting::Unsafe, false)?;
            let (wanted, given) = (array.size(), source.size());
            if given == 1 || source.shape() == array.shape() {
                return write_value(context, array, new);
            }
            // NumPy repeats what is too short, and stops quietly where there is nothing to repeat.
            for i in 0..if given == 0 { 0 } else { wanted } {
                copy_element(&source, source.layout().offset_of(i % given), array, array.layout().offset_of(i))?;
            }
            context.runtime.record_write(array, None);
            Ok(())
        }),
    }],
    constants: &[],
    aliases: &[],
    classes: &[],
};
