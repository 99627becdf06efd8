//! `a['name']` and `a[['x', 'y']]`: fields of an array of structures, as views of it.

use crate::array::compound::{Compound, Struct};
use crate::array::layout::{Layout, field_layout};
use crate::array::{ArrayRef, DType, NdArray};
use crate::error::{Error, Result, key_error, value_error};
use crate::text::quote::repr_str;
use crate::value::{Value, no_field, plain};
use std::rc::Rc;

/// The view of the field or fields that an index names; nothing for an index of another kind, or where there are no
/// fields (`_get_view`, mapping.c).
pub fn field_view(array: &ArrayRef, index: &Value) -> Option<Result<ArrayRef>> {
    let layout = array.layout().clone();
    let whole = layout.dtype.structure()?;
    match plain(index) {
        Value::Str(name) => Some(match whole.field(name) {
            Some(field) => Ok(NdArray::view(array, field_layout(&layout, field))),
            None => {
                let error = no_field(name);
                let names: Vec<Rc<str>> = whole.fields.iter().map(|field| field.name()).collect();
                let near = crate::text::closest::closest(name, names.iter().map(|name| &**name));
                Err(match near {
                    Some(near) => error.help(format!("did you mean {}?", repr_str(near))),
                    None => error,
                })
            }
        }),
        Value::List(list) => {
            let items = list.to_vec();
            let names: Option<Vec<Rc<str>>> = items
                .iter()
                .map(|item| match plain(item) {
                    Value::Str(name) => Some(Rc::clone(name)),
                    _ => None,
                })
                .collect();
            let names = names.filter(|names| !names.is_empty())?;
            Some(fields_dtype(whole, &names).map(|dtype| NdArray::view(array, Layout { dtype, ..layout.clone() })))
        }
        _ => None,
    }
}

/// The dtype of some of the fields: they stay where they are, and so does the size of an element.
///
/// # Errors
/// `KeyError` for a field that there is not; `ValueError` for one that is named twice.
fn fields_dtype(whole: &Struct, names: &[Rc<str>]) -> Result<DType> {
    let mut fields = Vec::with_capacity(names.len());
    for (number, name) in names.iter().enumerate() {
        if names[..number].contains(name) {
            return Err(value_error(format!("duplicate field of name {}", repr_str(name))));
        }
        let field = whole.field(name).ok_or_else(|| key_error(repr_str(name)))?;
        fields.push(field.clone());
    }
    Ok(DType::of_parts(Compound::Struct(Struct { fields, over: None, aligned: false, ..whole.clone() })))
}

/// The array with its fields in another order: those that are named first, the others behind them, so that elements are
/// ordered by the named ones first (`_newnames`, _internal.py).
///
/// # Errors
/// `ValueError` for no fields, an unknown field, or one that is named twice.
pub fn ordered_by(array: &ArrayRef, names: &[Rc<str>]) -> Result<ArrayRef> {
    let layout = array.layout().clone();
    let Some(whole) = layout.dtype.structure() else {
        return Err(value_error("Cannot specify order when the array has no fields."));
    };
    let mut left = whole.fields.clone();
    let mut fields = Vec::with_capacity(left.len());
    for name in names {
        match left.iter().position(|field| field.name() == *name) {
            Some(place) => fields.push(left.remove(place)),
            None => return Err(unknown(whole, name)),
        }
    }
    fields.extend(left);
    let dtype = DType::of_parts(Compound::Struct(Struct { fields, ..whole.clone() }));
    Ok(NdArray::view(array, Layout { dtype, ..layout.clone() }))
}

fn unknown(whole: &Struct, name: &str) -> Error {
    let shown = repr_str(name);
    value_error(match whole.field(name) {
        Some(_) => format!("duplicate field name: {shown}"),
        None => format!("unknown field name: {shown}"),
    })
}
