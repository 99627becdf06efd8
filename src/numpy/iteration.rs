//! Indices and elements one after the other: `np.ndindex`, `np.ndenumerate`.

use super::calls::array_argument;
use crate::array::ArrayRef;
use crate::array::layout::Shape;
use crate::array::printing::PrintOptions;
use crate::error::{Result, type_error};
use crate::registry::{Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Class, Items, Object, Twins, Value, Way, classes, element_at, lengths, shape_of};
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

/// All indices of a shape in C order, and with an array the element at each.
struct Indices {
    shape: Shape,
    array: Option<ArrayRef>,
    next: Rc<Cell<usize>>,
}

impl Indices {
    fn over(shape: Shape, array: Option<ArrayRef>) -> Value {
        Value::object(Indices { shape, array, next: Rc::default() })
    }

    fn advance(&self) -> Option<Value> {
        let mut number = self.next.get();
        let size = crate::array::layout::element_count(&self.shape).unwrap_or(usize::MAX);
        if number >= size {
            return None;
        }
        self.next.set(number + 1);
        let element = self.array.as_ref().map(|array| element_at(array, array.layout().offset_of(number)));
        let mut index = self.shape.clone();
        for place in index.iter_mut().rev() {
            let length = (*place).max(1);
            *place = number % length;
            number /= length;
        }
        let index = Value::ints(index);
        Some(match element {
            Some(element) => Value::tuple([index, element]),
            None => index,
        })
    }
}

impl Object for Indices {
    fn class(&self) -> &'static Class {
        if self.array.is_some() { &classes::NDENUMERATE } else { &classes::NDINDEX }
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<{} object at 0x{:x}>", self.class().qualified(), Rc::as_ptr(&self.next) as usize)
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _: &mut Context) -> Option<Result<Value>> {
        self.advance().map(Ok)
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let shared = Indices { shape: self.shape.clone(), array: self.array.clone(), next: Rc::clone(&self.next) };
        Some(Box::new(std::iter::from_fn(move || shared.advance().map(Ok))))
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let array = self.array.as_ref().map(|array| twins.array(array));
        let next = Rc::new(Cell::new(self.next.get()));
        Ok(Value::object(Indices { shape: self.shape.clone(), array, next }))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        self.array.iter().map(|array| (Way::Inside, Value::Array(Rc::clone(array)))).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.ndindex",
            signature: "(*shape)",
            method: None,
            summary: "An iterator over all indices of a shape, last axis fastest.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> list(np.ndindex(2, 2))
[(0, 0), (0, 1), (1, 0), (1, 1)]
>>> next(np.ndindex(3))
(0,)
",
            see_also: &["np.ndenumerate", "np.indices", "ndarray.flat"],
            run: Run::Read(Reader::Helper("ndindex.__init__"), |_, arguments| {
                let given = arguments.rest("shape");
                let shape = match given.as_slice() {
                    [one @ (Value::Tuple(_) | Value::List(_))] => one.clone(),
                    [Value::Str(_)] => {
                        return Err(type_error("'<' not supported between instances of 'str' and 'int'"));
                    }
                    _ => Value::tuple(given),
                };
                let shape = shape_of(&shape).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("shape"))?;
                Ok(Indices::over(shape, None))
            }),
        },
        Function {
            name: "np.ndenumerate",
            signature: "(arr)",
            method: None,
            summary: "An iterator over the indices and elements of an array.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> list(np.ndenumerate(np.array([[1, 2]])))
[((0, 0), np.int64(1)), ((0, 1), np.int64(2))]
",
            see_also: &["np.ndindex", "ndarray.flat"],
            run: Run::Read(Reader::Helper("ndenumerate.__init__"), |context, arguments| {
                let array = array_argument(context, arguments, "arr")?;
                Ok(Indices::over(array.shape(), Some(array)))
            }),
        },
        Function {
            name: "ndarray.to_device",
            signature: "(device, /, *, stream=None)",
            method: None,
            summary: "The array itself: the only device is 'cpu'.",
            memory: MemoryRule::SameIfPossible,
            notes: "",
            example: "\
>>> a = np.arange(3)
>>> a.to_device('cpu') is a
True
",
            see_also: &["ndarray.device"],
            run: Run::Read(Reader::Keywords, |_, arguments| {
                let device = arguments.get("device");
                match &device {
                    Value::Str(name) if &**name == "cpu" => Ok(arguments.take_receiver()),
                    Value::Str(_) => {
                        let shown = crate::value::str(&device, &Default::default());
                        let message = format!("Unsupported device: {shown}. Only 'cpu' is accepted.");
                        Err(crate::error::value_error(message).at_argument("device"))
                    }
                    other => {
                        let message = format!("to_device() argument 1 must be str, not {}", other.type_name());
                        Err(crate::error::type_error(message).at_argument("device"))
                    }
                }
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("np.ndindex", &classes::NDINDEX), ("np.ndenumerate", &classes::NDENUMERATE)],
};
