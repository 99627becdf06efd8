//! `a.flat`: the elements one after the other in C order, whatever the strides, without a copy.

use super::{array_of, write_value};
use crate::array::index::{self, Index, Selected};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, NdArray, Order, Scalar};
use crate::error::{Error, ErrorClass, Result, index_error, value_error};
use crate::numpy::coercion::array_like;
use crate::numpy::subscript::indices;
use crate::registry::{Attribute, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Items, Object, Value, classes};
use smallvec::SmallVec;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

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
    pub fn advance(&self) -> Option<Scalar> {
        let number = self.next.get();
        (number < self.array.size()).then(|| {
            self.next.set(number + 1);
            self.array.read(self.array.layout().offset_of(number))
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

    /// The elements' numbers in a one-dimensional index, and whether it was one int.
    fn numbers(&self, context: &mut Context, index: &Value) -> Result<Numbers> {
        let size = self.array.size();
        let index = match index {
            Value::Tuple(items) if items.len() > 1 => {
                return Err(index_error(format!(
                    "too many indices for flat iterator: flat iterator is 1-dimensional, but {} were indexed",
                    items.len()
                )));
            }
            Value::Tuple(items) => items.first().cloned().unwrap_or(Value::Ellipsis),
            other => other.clone(),
        };
        if index.is_none() {
            return Err(not_an_index());
        }
        if let Value::List(list) = &index {
            if list.items().iter().any(|item| matches!(item, Value::Bool(_))) {
                return Err(index_error(
                    "boolean indices for iterators are not supported because of previous behavior that was confusing \
                     (valid boolean indices are expected to work in the future)",
                ));
            }
        }
        let items = indices(context, &index).map_err(|_| not_an_index())?;
        match items.first() {
            Some(Index::Int(place)) => {
                let wanted = if *place < 0 { place + size as isize } else { *place };
                match usize::try_from(wanted).ok().filter(|&n| n < size) {
                    Some(number) => Ok(Numbers::One(number)),
                    None => Err(index_error(format!("index {place} is out of bounds for size {size}"))),
                }
            }
            _ => Ok(Numbers::Many(items)),
        }
    }

    /// An array of the number of each element, to select numbers from as one selects elements.
    fn all_numbers(&self, context: &mut Context) -> Result<ArrayRef> {
        let numbers =
            NdArray::zeros(&context.runtime, crate::array::Type::Int64.into(), &[self.array.size()], Order::C)?;
        if let Ok(run) = numbers.buffer_ref().run::<i64>(0, 8, self.array.size()) {
            (0..run.len()).for_each(|i| run.set(i, i as i64));
        }
        Ok(numbers)
    }

    fn select_numbers(&self, context: &mut Context, items: &[Index]) -> Result<Vec<usize>> {
        let all = self.all_numbers(context)?;
        let out_of_bounds = |error: Error| match error.message().split_once(" with size ") {
            Some(_) if error.class() == ErrorClass::IndexError => {
                let text = error.message().replace(" for axis 0 with size", " for size");
                index_error(text)
            }
            _ => error,
        };
        let chosen = match index::get(&context.runtime, &all, items).map_err(out_of_bounds)? {
            Selected::View(array) | Selected::Copy(array) => array,
            Selected::Element(scalar) => NdArray::from_scalar(&context.runtime, scalar)?,
        };
        let size = chosen.size();
        Ok((0..size)
            .map(|i| {
                chosen.read(chosen.layout().offset_of(i)).as_i128().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
            })
            .collect())
    }
}

enum Numbers {
    One(usize),
    Many(SmallVec<[Index; 4]>),
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
        match self.numbers(context, index)? {
            Numbers::One(number) => Ok(Value::Scalar(self.array.read(self.array.layout().offset_of(number)))),
            Numbers::Many(items) => {
                let numbers = self.select_numbers(context, &items)?;
                let copy = NdArray::zeros(&context.runtime, self.array.dtype(), &[numbers.len()], Order::C)?;
                let itemsize = self.array.layout().itemsize();
                for (i, number) in numbers.into_iter().enumerate() {
                    copy.write(i * itemsize, &self.array.read(self.array.layout().offset_of(number)));
                }
                Ok(copy.into())
            }
        }
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        self.array.require_writeable("underlying array")?;
        let dtype = self.array.dtype();
        let numbers = match self.numbers(context, index)? {
            Numbers::One(number) => {
                let source = array_like(context, value, &dtype)
                    .map_err(|_| value_error("Error setting single item of array."))?;
                if source.size() == 0 {
                    return Err(value_error("Error setting single item of array."));
                }
                let element = source.read(source.layout().offset_of(0));
                self.array.write(self.array.layout().offset_of(number), &element);
                context.runtime.record_write(&self.array, Some(1));
                return Ok(());
            }
            Numbers::Many(items) => self.select_numbers(context, &items)?,
        };
        let source = array_like(context, value, &dtype)?;
        let (size, cells) = (source.size(), numbers.len());
        if size > 0 {
            for (i, number) in numbers.into_iter().enumerate() {
                let element = source.read(source.layout().offset_of(i % size));
                self.array.write(self.array.layout().offset_of(number), &element);
            }
            context.runtime.record_write(&self.array, Some(cells));
        }
        Ok(())
    }

    fn length(&self) -> Option<usize> {
        Some(self.array.size())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let shared = FlatIter { array: Rc::clone(&self.array), next: Rc::clone(&self.next) };
        Some(Box::new(std::iter::from_fn(move || shared.advance().map(|scalar| Ok(Value::Scalar(scalar))))))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _: &mut Context) -> Option<Result<Value>> {
        self.advance().map(|scalar| Ok(Value::Scalar(scalar)))
    }

    fn as_array(&self, context: &mut Context) -> Option<Result<ArrayRef>> {
        Some(crate::numpy::manipulation::shape::flattened(context, &self.array, Order::C))
    }

    fn held_arrays(&self) -> Vec<ArrayRef> {
        vec![Rc::clone(&self.array)]
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
            let (wanted, given) = (array.size(), source.size());
            if given == 1 || source.shape() == array.shape() {
                return write_value(context, array, new);
            }
            // NumPy repeats what is too short, and stops quietly where there is nothing to repeat.
            for i in 0..if given == 0 { 0 } else { wanted } {
                let element = source.read(source.layout().offset_of(i % given));
                array.write(array.layout().offset_of(i), &element);
            }
            context.runtime.record_write(array, None);
            Ok(())
        }),
    }],
    constants: &[],
    aliases: &[],
    classes: &[],
};
