//! `value[index]`: to read, to assign, to delete.

use super::Evaluator;
use crate::array::index::{self, Index, Selected};
use crate::array::layout::basic_index::normalize_index;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Scalar, Type};
use crate::error::{Result, index_error, type_error, value_error};
use crate::numpy::coercion::{array_like, element_of, nested};
use crate::numpy::compound::field_item;
use crate::numpy::fields::field_view;
use crate::numpy::subscript::{indices, item_of, slice_of};
use crate::python;
use crate::registry::Context;
use crate::syntax::ast::{Expr, ExprKind, UnaryOp};
use crate::value::{Int, Slice, Value, element_at, unwrap_scalar};
use smallvec::SmallVec;

/// `value[index]`.
///
/// # Errors
/// `IndexError`, `KeyError`, `TypeError`, as the value's class says.
pub fn get_item(context: &mut Context, value: &Value, index: &Value) -> Result<Value> {
    match value {
        Value::Array(array) => {
            if let Some(field) = field_view(array, index) {
                return field.map(unwrap_scalar);
            }
            let items = indices(context, index)?;
            get_items(context, array, &items)
        }
        Value::Scalar(scalar) => {
            let array = Value::Array(NdArray::from_scalar(&context.runtime, *scalar)?);
            match index {
                Value::Tuple(items) if items.is_empty() => Ok(value.clone()),
                Value::Ellipsis | Value::None | Value::Tuple(_) => get_item(context, &array, index),
                _ => Err(index_error("invalid index to scalar variable.")),
            }
        }
        Value::Object(object) => std::rc::Rc::clone(object).item(context, value, index),
        Value::DType(dtype) => field_item(dtype, index),
        other => python::get_item(context, other, index),
    }
}

/// `value[index] = new`.
///
/// # Errors
/// As [`get_item`]; `ValueError` where an array is read-only or the shapes do not fit.
pub fn set_item(context: &mut Context, value: &Value, index: &Value, new: Value) -> Result<()> {
    match value {
        Value::Array(array) => {
            array.require_writeable("assignment destination")?;
            if let Some(field) = field_view(array, index) {
                return set_items(context, &field?, &[Index::Ellipsis], &new);
            }
            let items = indices(context, index)?;
            set_items(context, array, &items, &new)
        }
        Value::Scalar(_) => {
            Err(type_error(format!("'{}' object does not support item assignment", value.class().qualified())))
        }
        Value::Object(object) => std::rc::Rc::clone(object).set_item(context, index, &new),
        other => python::set_item(context, other, index, new),
    }
}

/// `array[items]`.
fn get_items(context: &Context, array: &ArrayRef, items: &[Index]) -> Result<Value> {
    let before = context.runtime.ledger.set_cause("advanced indexing");
    let selected = index::get(&context.runtime, array, items);
    context.runtime.ledger.set_cause(before);
    Ok(match selected? {
        Selected::View(view) => Value::Array(view),
        Selected::Copy(copy) => Value::Array(copy),
        Selected::Element(offset) => element_at(array, offset),
    })
}

/// `array[items] = new`, where the array is known to be writeable.
fn set_items(context: &mut Context, array: &ArrayRef, items: &[Index], new: &Value) -> Result<()> {
    let before = context.runtime.writes.borrow().len();
    put_items(context, array, items, new)?;
    // a number was cast before it was stored
    first_changed(context, new, &array.dtype(), &mut GLANCE.clone());
    let from = match new {
        Value::Float(_) if array.layout().dtype.ty() == Type::Float64 => None,
        Value::Float(_) => Some(DType::new(Type::Float64)),
        Value::Complex(_) => Some(DType::new(Type::Complex128)),
        Value::Scalar(scalar) => Some(scalar.dtype()),
        _ => None,
    };
    if let Some(from) = from {
        context.runtime.record_cast(before, &from, &array.dtype());
    }
    Ok(())
}

/// So many numbers of a list that is stored are looked at.
const GLANCE: usize = 256;

/// Records the first of the numbers in `new`, of those that are looked at, which an array of `dtype` does not hold.
fn first_changed(context: &Context, new: &Value, dtype: &DType, left: &mut usize) {
    if !context.runtime.ledger.is_recording() || !dtype.ty().is_integer() || *left == 0 {
        return;
    }
    *left -= 1;
    match new {
        Value::Float(float) => context.runtime.record_change(Scalar::Float64(*float), dtype),
        Value::Scalar(scalar) => context.runtime.record_change(*scalar, dtype),
        Value::Tuple(items) => items.iter().for_each(|item| first_changed(context, item, dtype, left)),
        Value::List(list) => {
            list.items().iter().take(*left).for_each(|item| first_changed(context, item, dtype, left));
        }
        _ => {}
    }
}

fn put_items(context: &mut Context, array: &ArrayRef, items: &[Index], new: &Value) -> Result<()> {
    if let Some(offset) = index::element_offset(&array.layout(), items)?
        && set_element(context, array, offset, new)
    {
        return Ok(());
    }
    let source = match new {
        Value::List(_) | Value::Tuple(_) => {
            let nested = nested(context, new, Some(&array.dtype()))?;
            // a sequence of the shape of the cells goes into them as it is, without an array in between
            if let Some(view) = index::place(array, items)?
                && *view.shape() == *nested.shape()
            {
                nested.fill(context, &view)?;
                context.runtime.record_write(&view, None);
                return Ok(());
            }
            nested.into_array(context, Order::C)?
        }
        _ => array_like(context, new, &array.dtype())?,
    };
    let before = context.runtime.ledger.set_cause("assignment");
    let result = index::set(&context.runtime, array, items, &source);
    context.runtime.ledger.set_cause(before);
    result
}

/// Stores one Python number in the element at byte `offset`, where no cast is left to do: no array in between.
/// Whether it did.
#[inline]
fn set_element(context: &Context, array: &ArrayRef, offset: usize, new: &Value) -> bool {
    let ty = array.layout().dtype.ty();
    let stored = match new {
        Value::Float(float) if ty == Type::Float64 => Some(Scalar::Float64(*float)),
        Value::Int(_) | Value::Float(_) => element_of(context, new, ty).and_then(Result::ok),
        _ => None,
    };
    let Some(scalar) = stored.filter(|scalar| scalar.ty() == ty) else { return false };
    array.write(offset, &scalar);
    context.runtime.record_write_element(array, offset);
    true
}

impl Evaluator {
    /// The byte of the one element that an index of integers for every axis selects, where the text and the names in it
    /// show the integers; nothing for any other index.
    #[inline]
    fn element(&self, layout: &Layout, index: &Expr) -> Result<Option<usize>> {
        let exprs = match &index.kind {
            ExprKind::Tuple(exprs) => &exprs[..],
            _ => std::slice::from_ref(index),
        };
        if exprs.len() != layout.ndim() {
            return Ok(None);
        }
        let (mut offset, mut refused) = (layout.offset, None);
        for (axis, expr) in exprs.iter().enumerate() {
            let place = match &expr.kind {
                ExprKind::Name(name) => match self.workspace.look_up(name) {
                    Some(Value::Int(Int::Small(place))) => Some(*place as isize),
                    _ => None,
                },
                _ => whole(expr),
            };
            let Some(place) = place else { return Ok(None) };
            match normalize_index(place, layout.shape[axis], axis) {
                Ok(place) => offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(place as isize)),
                Err(error) => refused = refused.or(Some(error.at_index(axis))),
            }
        }
        refused.map_or(Ok(Some(offset)), Err)
    }

    /// The value of `value[index]`.
    pub(super) fn subscript(&mut self, value: &Value, index: &Expr) -> Result<Value> {
        if let Value::Array(array) = value {
            let element = self.element(&array.layout(), index)?;
            if let Some(offset) = element {
                return Ok(element_at(array, offset));
            }
            if array.layout().dtype.structure().is_some() && names_fields(index) {
                let index = self.value(index)?;
                return get_item(&mut self.context, value, &index);
            }
            let mut items = Items::new();
            self.items_of(index, &mut items)??;
            return get_items(&self.context, array, &items);
        }
        let index = self.value(index)?;
        get_item(&mut self.context, value, &index)
    }

    /// Runs `value[index] = new`.
    pub(super) fn set_subscript(&mut self, value: &Value, index: &Expr, new: Value) -> Result<()> {
        if let Value::Array(array) = value {
            if array.layout().dtype.structure().is_some() && names_fields(index) {
                let index = self.value(index)?;
                self.context.runtime.begin_operation();
                return set_item(&mut self.context, value, &index, new);
            }
            let element = self.element(&array.layout(), index);
            if !matches!(element, Ok(None)) {
                array.require_writeable("assignment destination")?;
                self.context.runtime.begin_operation();
            }
            // a float in an array of another type is cast, which `set_items` tells
            let is_cast = matches!(new, Value::Float(_)) && array.layout().dtype.ty() != Type::Float64;
            if let Some(offset) = element?
                && !is_cast
                && set_element(&self.context, array, offset, &new)
            {
                return Ok(());
            }
            let mut items = Items::new();
            let refused = self.items_of(index, &mut items)?;
            array.require_writeable("assignment destination")?;
            refused?;
            self.context.runtime.begin_operation();
            return set_items(&mut self.context, array, &items, &new);
        }
        let index = self.value(index)?;
        self.context.runtime.begin_operation();
        set_item(&mut self.context, value, &index, new)
    }

    /// The items of an array's subscript. Where the text shows them (a slice, several items with commas between), no
    /// tuple and no slice object is made that the array would only take apart again. All items are evaluated before
    /// one is refused, as Python does: the inner result is the first refusal.
    fn items_of(&mut self, index: &Expr, items: &mut Items) -> Result<Result<()>> {
        let exprs = match &index.kind {
            ExprKind::Tuple(exprs) if !exprs.iter().any(|e| matches!(e.kind, ExprKind::Starred(_))) => exprs,
            ExprKind::Slice(..) => {
                let item = self.item(index)?;
                return Ok(item.map(|item| items.push(item)));
            }
            _ => {
                let value = self.value(index)?;
                return Ok(indices(&mut self.context, &value).map(|found| *items = found));
            }
        };
        let mut refused = Ok(());
        for (n, expr) in exprs.iter().enumerate() {
            match self.item(expr)? {
                Ok(item) => items.push(item),
                Err(error) if refused.is_ok() => refused = Err(error.at_index(n)),
                Err(_) => {}
            }
        }
        Ok(refused)
    }

    /// One item of an array's subscript.
    #[inline]
    fn item(&mut self, expr: &Expr) -> Result<Result<Index>> {
        Ok(match &expr.kind {
            _ if let Some(place) = whole(expr) => Ok(Index::Int(place)),
            ExprKind::Slice(start, stop, step) => match [literal(start), literal(stop), literal(step)] {
                [Some(start), Some(stop), Some(step)] => Ok(Index::Slice { start, stop, step }),
                _ => slice_of(&self.slice(start, stop, step)?),
            },
            _ => {
                let value = self.value(expr)?;
                item_of(&mut self.context, &value)
            }
        })
    }

    /// The slice object of `start:stop:step`.
    pub(super) fn slice(&mut self, start: &Bound, stop: &Bound, step: &Bound) -> Result<Slice> {
        let mut part = |bound: &Bound| bound.as_ref().map_or(Ok(Value::None), |bound| self.value(bound));
        Ok(Slice { start: part(start)?, stop: part(stop)?, step: part(step)? })
    }
}

/// Whether an index may be the name of a field, or a list of names: all but slices, tuples and plain integers.
fn names_fields(index: &Expr) -> bool {
    !matches!(index.kind, ExprKind::Tuple(_) | ExprKind::Slice(..)) && whole(index).is_none()
}

/// A bound of a slice, where it is given.
type Bound = Option<Box<Expr>>;

/// The bound as a number, or that there is none, where the text shows it.
#[inline]
fn literal(bound: &Bound) -> Option<Option<isize>> {
    bound.as_deref().map_or(Some(None), |bound| whole(bound).map(Some))
}

/// The whole number that the text shows.
#[inline]
fn whole(expr: &Expr) -> Option<isize> {
    match &expr.kind {
        ExprKind::Int(number) => Some(*number as isize),
        ExprKind::Unary(UnaryOp::Negative, operand) => match operand.kind {
            ExprKind::Int(number) => Some(-(number as isize)),
            _ => None,
        },
        _ => None,
    }
}

/// The items of a subscript.
type Items = SmallVec<[Index; 4]>;

/// `del value[index]`.
///
/// # Errors
/// As [`get_item`].
pub fn delete_item(context: &mut Context, value: &Value, index: &Value) -> Result<()> {
    match value {
        Value::Array(_) => {
            Err(value_error("cannot delete array elements").help("np.delete(a, index) makes a new array without them"))
        }
        other => python::delete_item(context, other, index),
    }
}
