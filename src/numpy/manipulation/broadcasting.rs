//! Arrays stretched to a common shape without a copy: `broadcast_to`, `broadcast_arrays`, `np.broadcast`.

use crate::array::layout::broadcast::{broadcast_shapes, broadcast_to, stretch};
use crate::array::layout::shape_text::tuple_text;
use crate::array::layout::{Layout, Shape};
use crate::array::printing::PrintOptions;
use crate::array::{ArrayRef, NdArray, Subclass};
use crate::error::{Result, attribute_error, type_error};
use crate::numpy::attributes::FlatIter;
use crate::numpy::calls::array_argument;
use crate::numpy::coercion::array_from;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Items, Object, Twins, Value, Way, as_index, classes, element_at, lengths, shape_of};
use smallvec::SmallVec;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

/// A shape as `np.broadcast_to` reads it: a sequence, or one length.
fn target_shape(value: &Value) -> Result<SmallVec<[isize; 4]>> {
    match value {
        Value::Tuple(_) | Value::List(_) | Value::Array(_) | Value::Range(_) => shape_of(value),
        Value::None | Value::Str(_) => {
            Err(type_error(format!("'<' not supported between instances of '{}' and 'int'", value.type_name())))
        }
        single => Ok(smallvec::smallvec![as_index(single)?]),
    }
}

/// The arguments `args` as arrays.
fn arrays(context: &mut Context, arguments: &Arguments) -> Result<Vec<ArrayRef>> {
    arguments.rest("args").iter().map(|value| array_from(context, value, None)).collect()
}

fn common_shape(arrays: &[ArrayRef]) -> Result<Shape> {
    let shapes: Vec<Shape> = arrays.iter().map(|array| array.shape()).collect();
    let shapes: Vec<&[usize]> = shapes.iter().map(Shape::as_slice).collect();
    broadcast_shapes(&shapes)
}

/// The view of `array` stretched to `shape`, to which it is known to broadcast.
fn stretched(array: &ArrayRef, shape: &[usize]) -> Result<ArrayRef> {
    let layout: Option<Layout> = stretch(&array.layout(), shape);
    let layout = layout.ok_or_else(|| type_error(format!("cannot stretch to {}", tuple_text(shape))))?;
    Ok(NdArray::view_as(array, layout, Subclass::Plain))
}

fn run_broadcast_arrays(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let arrays = arrays(context, arguments)?;
    let shape = common_shape(&arrays)?;
    if arrays.iter().all(|array| array.shape() == shape) {
        return Ok(Value::tuple(arrays.into_iter().map(Value::Array)));
    }
    let views: Vec<ArrayRef> = arrays.iter().map(|array| stretched(array, &shape)).collect::<Result<_>>()?;
    Ok(Value::tuple(views.into_iter().map(Value::Array)))
}

/// What `np.broadcast(...)` gives: arrays seen in their common shape, walked together.
struct Broadcast {
    views: Vec<ArrayRef>,
    shape: Shape,
    next: Rc<Cell<usize>>,
}

impl Broadcast {
    /// The next elements, one of each array.
    fn advance(&self) -> Option<Value> {
        let number = self.next.get();
        (number < self.shape.iter().product()).then(|| {
            self.next.set(number + 1);
            Value::tuple(self.views.iter().map(|view| element_at(view, view.layout().offset_of(number))))
        })
    }
}

impl Object for Broadcast {
    fn class(&self) -> &'static Class {
        &classes::BROADCAST
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("<numpy.broadcast object at 0x{:x}>", crate::value::shown_address(Rc::as_ptr(&self.next) as usize))
    }

    fn attribute(&self, _: &mut Context, _: &Value, name: &str) -> Option<Result<Value>> {
        Some(Ok(match name {
            "shape" => Value::ints(self.shape.iter().copied()),
            "ndim" | "nd" => self.shape.len().into(),
            "size" => self.shape.iter().product::<usize>().into(),
            "numiter" => self.views.len().into(),
            "index" => self.next.get().into(),
            "iters" => Value::tuple(self.views.iter().map(|view| Value::object(FlatIter::new(view)))),
            _ => return None,
        }))
    }

    fn set_attribute(&self, _: &mut Context, name: &str, _: &Value) -> Option<Result<()>> {
        let known = self.attributes().contains(&name);
        known.then(|| Err(attribute_error("readonly attribute")))
    }

    fn attributes(&self) -> &'static [&'static str] {
        &["index", "iters", "nd", "ndim", "numiter", "shape", "size"]
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        let shared = Broadcast { views: self.views.clone(), shape: self.shape.clone(), next: Rc::clone(&self.next) };
        Some(Box::new(std::iter::from_fn(move || shared.advance().map(Ok))))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _: &mut Context) -> Option<Result<Value>> {
        self.advance().map(Ok)
    }

    fn twin(&self, _: &Value, twins: &mut Twins) -> Result<Value> {
        let views = self.views.iter().map(|view| twins.array(view)).collect();
        let next = Rc::new(Cell::new(self.next.get()));
        Ok(Value::object(Broadcast { views, shape: self.shape.clone(), next }))
    }

    fn held(&self) -> Vec<(Way, Value)> {
        self.views.iter().map(|view| (Way::Inside, Value::Array(Rc::clone(view)))).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.broadcast_to",
            signature: "(array, shape, subok=False)",
            method: None,
            summary: "A read-only view of an array stretched to a shape.",
            memory: MemoryRule::View,
            notes: "Stretched axes have stride 0: every index along them is the same element, so no memory is taken, \
                    whatever nbytes says.",
            example: "\
>>> a = np.arange(3)
>>> b = np.broadcast_to(a, (2, 3))
>>> b
array([[0, 1, 2],
       [0, 1, 2]])
>>> b.strides, b.base is a, b.flags.writeable
((0, 8), True, False)
>>> np.broadcast_to(0, (10, 10**12)).nbytes
80000000000000
>>> np.broadcast_to(a, (3, 2))
ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: (3,)  and requested shape (3,2)
",
            see_also: &["np.broadcast_arrays", "np.broadcast_shapes", "np.tile", "np.repeat"],
            run: Run::Call(|context, arguments| {
                let array = array_argument(context, arguments, "array")?;
                let shape = target_shape(&arguments.get("shape")).map_err(|e| e.at_argument("shape"))?;
                let layout = broadcast_to(&array.layout(), &shape).map_err(|e| e.at_argument("shape"))?;
                let view = NdArray::view(&array, layout);
                view.set_writeable(false);
                Ok(view.into())
            }),
        },
        Function {
            name: "np.broadcast_arrays",
            signature: "(*args, subok=False)",
            method: None,
            summary: "Views of all arguments in their common shape.",
            memory: MemoryRule::View,
            notes: "Where all have the same shape already, the arrays themselves come back. NumPy still lets one write to \
                    the views, with a warning: one write may change a whole row.",
            example: "\
>>> x = np.array([[1, 2, 3]])
>>> y = np.array([[4], [5]])
>>> a, b = np.broadcast_arrays(x, y)
>>> a
array([[1, 2, 3],
       [1, 2, 3]])
>>> b.strides, np.shares_memory(y, b)
((8, 0), True)
>>> np.broadcast_arrays(x, x)[0] is x
True
",
            see_also: &["np.broadcast_to", "np.broadcast"],
            run: Run::Call(run_broadcast_arrays),
        },
        Function {
            name: "np.broadcast_shapes",
            signature: "(*args)",
            method: None,
            summary: "The shape to which these shapes broadcast.",
            memory: MemoryRule::NoArray,
            notes: "Shapes are aligned at their last axes; lengths of 1 stretch.",
            example: "\
>>> np.broadcast_shapes((3, 1), (4,))
(3, 4)
>>> np.broadcast_shapes((2,), (3,))
ValueError: shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape (2,) and arg 1 with shape (3,).
",
            see_also: &["np.broadcast_to", "np.broadcast_arrays"],
            run: Run::Call(|_, arguments| {
                let shapes: Vec<Shape> = arguments
                    .rest("args")
                    .iter()
                    .map(|value| shape_of(value).and_then(|shape| lengths(&shape)))
                    .collect::<Result<_>>()?;
                let shapes: Vec<&[usize]> = shapes.iter().map(Shape::as_slice).collect();
                Ok(Value::ints(broadcast_shapes(&shapes)?))
            }),
        },
        Function {
            name: "np.broadcast",
            signature: "(*args)",
            method: None,
            summary: "The arguments seen in their common shape, to ask for that shape or to walk them together.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> b = np.broadcast(np.array([1, 2, 3]), np.array([[4], [5]]))
>>> b.shape, b.size
((2, 3), 6)
>>> list(b)[:2]
[(np.int64(1), np.int64(4)), (np.int64(2), np.int64(4))]
",
            see_also: &["np.broadcast_arrays", "np.broadcast_shapes"],
            run: Run::Call(|context, arguments| {
                let arrays = arrays(context, arguments)?;
                let shape = common_shape(&arrays)?;
                let views = arrays.iter().map(|array| stretched(array, &shape)).collect::<Result<_>>()?;
                Ok(Value::object(Broadcast { views, shape, next: Rc::default() }))
            }),
        },
        Function {
            name: "broadcast.reset",
            signature: "()",
            method: None,
            summary: "Starts again at the first elements.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> b = np.broadcast(np.array([1, 2]), 3)
>>> list(b)
[(np.int64(1), np.int64(3)), (np.int64(2), np.int64(3))]
>>> b.reset()
>>> b.index
0
",
            see_also: &["np.broadcast"],
            run: Run::Call(|_, arguments| {
                if let Some(broadcast) = arguments.receiver().downcast::<Broadcast>() {
                    broadcast.next.set(0);
                }
                Ok(Value::None)
            }),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("np.broadcast", &classes::BROADCAST)],
};
