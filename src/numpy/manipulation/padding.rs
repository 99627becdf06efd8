//! An array with a border: `np.pad`. NumPy's `_arraypad_impl.py`, step by step: the array is copied into the middle of
//! a new one, then each axis in turn gets its borders, from what is inside the borders of the axes before.

use super::shape::flattened;
use super::splitting::slice_along;
use crate::array::cast::Casting;
use crate::array::layout::broadcast::broadcast_to;
use crate::array::layout::{Layout, Slice};
use crate::array::{ArrayRef, CopyReason, NdArray, Order, Rearranged, assign};
use crate::error::{Result, type_error, value_error};
use crate::numpy::calls::{array_argument, call, multiply, subtract, ufunc_into};
use crate::numpy::coercion::array_from;
use crate::numpy::creation::filled::fill_with;
use crate::numpy::creation::ranges::linspace;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, as_str, element_at};

/// Lengths of the two borders of an axis.
type Widths = (usize, usize);

/// `a[..., start:stop:step, ...]` along one axis.
fn part(array: &ArrayRef, axis: usize, start: isize, stop: isize) -> Result<ArrayRef> {
    let layout = slice_along(&array.layout(), axis, Slice { start: Some(start), stop: Some(stop), step: None })?;
    Ok(NdArray::view(array, layout))
}

/// The items from `start` backwards, `length` of them.
fn backwards(array: &ArrayRef, axis: usize, start: isize, length: usize) -> Result<ArrayRef> {
    let stop = start - length as isize;
    // a negative stop would count from the end
    let stop = (stop >= 0).then_some(stop);
    let layout = slice_along(&array.layout(), axis, Slice { start: Some(start), stop, step: Some(-1) })?;
    Ok(NdArray::view(array, layout))
}

fn write(context: &mut Context, target: &ArrayRef, value: &Value) -> Result<()> {
    match value {
        Value::Array(source) => assign::copy_into(&context.runtime, target, source, None, Casting::Unsafe),
        other => fill_with(context, target, other),
    }
}

/// One axis of the padded array: the axes after it show the middle only.
struct Border {
    roi: ArrayRef,
    axis: usize,
    widths: Widths,
}

impl Border {
    fn length(&self) -> usize {
        self.roi.shape()[self.axis]
    }

    /// Where the middle ends.
    fn right(&self) -> usize {
        self.length() - self.widths.1
    }

    fn set(&self, context: &mut Context, left: &Value, right: &Value) -> Result<()> {
        write(context, &part(&self.roi, self.axis, 0, self.widths.0 as isize)?, left)?;
        write(context, &part(&self.roi, self.axis, self.right() as isize, self.length() as isize)?, right)
    }

    /// The first and the last item of the middle.
    fn edges(&self) -> Result<(ArrayRef, ArrayRef)> {
        let (left, right) = (self.widths.0 as isize, self.right() as isize);
        Ok((part(&self.roi, self.axis, left, left + 1)?, part(&self.roi, self.axis, right - 1, right)?))
    }

    fn set_edges(&self, context: &mut Context) -> Result<()> {
        let (left, right) = self.edges()?;
        self.set(context, &left.into(), &right.into())
    }

    fn set_ramps(&self, context: &mut Context, ends: &(Value, Value)) -> Result<()> {
        let (left, right) = self.edges()?;
        let mut ramp = |end: &Value, edge: &ArrayRef, width: usize| -> Result<ArrayRef> {
            let mut layout = edge.layout().clone();
            layout.shape.remove(self.axis);
            layout.strides.remove(self.axis);
            let edge = Value::Array(NdArray::view(edge, layout));
            let dtype = Some(self.roi.dtype());
            Ok(linspace(context, (end, &edge), width, false, dtype, self.axis as isize)?.values)
        };
        let left = ramp(&ends.0, &left, self.widths.0)?;
        let right = ramp(&ends.1, &right, self.widths.1)?;
        let flipped = super::axes::flip(&right.layout(), Some(&[self.axis as isize]))?;
        let right = NdArray::view(&right, flipped);
        self.set(context, &left.into(), &right.into())
    }

    fn set_statistic(&self, context: &mut Context, mode: &str, lengths: (Option<usize>, Option<usize>)) -> Result<()> {
        let (start, stop) = (self.widths.0, self.right());
        let most = stop - start;
        let left = lengths.0.map_or(most, |length| length.min(most));
        let right = lengths.1.map_or(most, |length| length.min(most));
        let extreme = matches!(mode, "maximum" | "minimum");
        if extreme && (left == 0 || right == 0) {
            return Err(value_error("stat_length of 0 yields no value for padding").at_argument("stat_length"));
        }
        let function = match mode {
            "maximum" => "np.max",
            "minimum" => "np.min",
            "mean" => "np.mean",
            _ => "np.median",
        };
        let mut statistic = |from: usize, to: usize| -> Result<Value> {
            let chunk = part(&self.roi, self.axis, from as isize, to as isize)?;
            let keywords = [("axis", Value::from(self.axis)), ("keepdims", Value::Bool(true))];
            let result = call(context, function, vec![chunk.into()], keywords)?;
            if let Value::Array(array) = &result
                && self.roi.dtype().ty().is_integer()
                && array.dtype().ty().is_inexact()
            {
                ufunc_into(context, "rint", [result.clone()], array, Casting::SameKind)?;
            }
            Ok(result)
        };
        let left_value = statistic(start, start + left)?;
        let right_value =
            if left == most && right == most { left_value.clone() } else { statistic(stop - right, stop)? };
        self.set(context, &left_value, &right_value)
    }

    /// Mirrors as much as there is to mirror into both borders; NumPy repeats it until they are full.
    fn set_mirrored(&mut self, context: &mut Context, odd: bool, period: usize, with_edge: bool) -> Result<()> {
        while self.widths.0 > 0 || self.widths.1 > 0 {
            crate::interrupt::check()?;
            let middle = self.length() - self.widths.0 - self.widths.1;
            let (usable, offset) = match with_edge {
                true => (middle / period * period, 1),
                false => ((middle - 1) / (period - 1) * (period - 1), 0),
            };
            let reflected = |context: &mut Context, chunk: ArrayRef, edge: ArrayRef| -> Result<Value> {
                if !odd {
                    return Ok(chunk.into());
                }
                let double = multiply(context, Value::int(2), edge.into())?;
                subtract(context, double, chunk.into())
            };
            let (left, right) = self.widths;
            if left > 0 {
                let count = usable.min(left);
                let start = left - offset + count;
                let chunk = backwards(&self.roi, self.axis, start as isize, count)?;
                let edge = part(&self.roi, self.axis, left as isize, left as isize + 1)?;
                let value = reflected(context, chunk, edge)?;
                write(context, &part(&self.roi, self.axis, (left - count) as isize, left as isize)?, &value)?;
                self.widths.0 -= count;
            }
            if right > 0 {
                let count = usable.min(right);
                let length = self.length();
                let start = length - right + offset - 2;
                let chunk = backwards(&self.roi, self.axis, start as isize, count)?;
                let last = (length - right) as isize;
                let edge = part(&self.roi, self.axis, last - 1, last)?;
                let value = reflected(context, chunk, edge)?;
                write(context, &part(&self.roi, self.axis, last, last + count as isize)?, &value)?;
                self.widths.1 -= count;
            }
        }
        Ok(())
    }

    /// Repeats the middle into both borders.
    fn set_wrapped(&mut self, context: &mut Context, original: usize) -> Result<()> {
        while self.widths.0 > 0 || self.widths.1 > 0 {
            crate::interrupt::check()?;
            let (left, right) = self.widths;
            let length = self.length();
            let period = (length - left - right) / original * original;
            if left > 0 {
                let count = period.min(left);
                let stop = left + period;
                let chunk = part(&self.roi, self.axis, (stop - count) as isize, stop as isize)?;
                write(context, &part(&self.roi, self.axis, (left - count) as isize, left as isize)?, &chunk.into())?;
                self.widths.0 -= count;
            }
            if right > 0 {
                let count = period.min(right);
                let start = length - right - period;
                let chunk = part(&self.roi, self.axis, start as isize, (start + count) as isize)?;
                let end = length - right;
                write(context, &part(&self.roi, self.axis, end as isize, (end + count) as isize)?, &chunk.into())?;
                self.widths.1 -= count;
            }
        }
        Ok(())
    }
}

/// A pair of values for each axis, from one value, one pair, or as many pairs (`_as_pairs`).
fn pairs(context: &mut Context, value: &Value, ndim: usize) -> Result<Vec<(Value, Value)>> {
    let array = array_from(context, value, None)?;
    let array = if array.ndim() < 3 && (array.size() == 1 || (array.size() == 2 && *array.shape() != [2, 1])) {
        flattened(context, &array, Order::C)?
    } else {
        array
    };
    let layout: Layout = broadcast_to(&array.layout(), &[ndim as isize, 2])?;
    let element = |number: usize| element_at(&array, layout.offset_of(number));
    Ok((0..ndim).map(|axis| (element(2 * axis), element(2 * axis + 1))).collect())
}

/// As [`pairs`], of counts.
fn count_pairs(context: &mut Context, value: &Value, ndim: usize) -> Result<Vec<Widths>> {
    let whole = |value: &Value| -> Result<usize> {
        let count = match value {
            Value::Scalar(scalar) => scalar.as_f64().round_ties_even() as isize,
            other => as_index(other)?,
        };
        usize::try_from(count).map_err(|_| value_error("index can't contain negative values"))
    };
    pairs(context, value, ndim)?.iter().map(|(left, right)| Ok((whole(left)?, whole(right)?))).collect()
}

/// `pad_width` as a dict names axes.
fn spread_dict(value: &Value, ndim: usize) -> Result<Value> {
    let Value::Dict(dict) = value else { return Ok(value.clone()) };
    let mut widths = vec![Value::tuple([Value::int(0), Value::int(0)]); ndim];
    for (axis, width) in dict.entries() {
        let axis = crate::array::layout::transpose::normalize_axis_index(as_index(&axis)?, ndim, None)?;
        widths[axis] = match &width {
            Value::Tuple(_) => width,
            both => Value::tuple([both.clone(), both.clone()]),
        };
    }
    Ok(Value::list(widths))
}

/// The keywords that a mode knows.
fn keywords_of(mode: &str) -> Option<&'static [&'static str]> {
    Some(match mode {
        "empty" | "edge" | "wrap" => &[],
        "constant" => &["constant_values"],
        "linear_ramp" => &["end_values"],
        "maximum" | "mean" | "median" | "minimum" => &["stat_length"],
        "reflect" | "symmetric" => &["reflect_type"],
        _ => return None,
    })
}

fn run_pad(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = array_argument(context, arguments, "array")?;
    let ndim = array.ndim();
    let width = spread_dict(&arguments.get("pad_width"), ndim).map_err(|e| e.at_argument("pad_width"))?;
    let kind = array_from(context, &width, None).map_err(|e| e.at_argument("pad_width"))?.dtype().kind();
    if kind != crate::array::Kind::Signed {
        return Err(type_error("`pad_width` must be of integral type.").at_argument("pad_width"));
    }
    let widths = count_pairs(context, &width, ndim).map_err(|e| e.at_argument("pad_width"))?;
    let mode_value = arguments.get("mode");
    let mode = as_str(&mode_value, "mode")?.to_string();
    let Some(known) = keywords_of(&mode) else {
        return Err(value_error(format!("mode '{mode}' is not supported")).at_argument("mode"));
    };
    let keywords = match arguments.get("kwargs") {
        Value::Dict(dict) => dict.entries(),
        _ => Vec::new(),
    };
    let option = |name: &str| {
        keywords
            .iter()
            .find(|(key, _)| matches!(key, Value::Str(key) if &**key == name))
            .map(|(_, value)| value.clone())
    };
    let unknown: Vec<String> = keywords
        .iter()
        .filter(|(key, _)| !matches!(key, Value::Str(key) if known.contains(&&**key)))
        .map(|(key, _)| crate::value::repr(key, &Default::default()))
        .collect();
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        return Err(value_error(format!("unsupported keyword arguments for mode '{mode}': {{{unknown}}}")));
    }

    let old = array.shape();
    let shape: Vec<usize> = old
        .iter()
        .zip(&widths)
        .map(|(&length, &(left, right))| left.saturating_add(length).saturating_add(right))
        .collect();
    let fortran = array.layout().is_f_contiguous() && !array.layout().is_c_contiguous();
    let order = if fortran { Order::F } else { Order::C };
    let padded = NdArray::zeros(&context.runtime, array.dtype(), &shape, order)?;
    let grown = CopyReason::Rearranged(Rearranged::Grown);
    context.runtime.record_copy(&array, &padded, grown);
    // for each axis: the middle of the axes after it
    let mut middles = vec![padded.clone()];
    for axis in (0..ndim).rev() {
        let inner = &middles[middles.len() - 1];
        middles.push(part(inner, axis, widths[axis].0 as isize, (widths[axis].0 + old[axis]) as isize)?);
    }
    if let Some(middle) = middles.pop() {
        assign::copy_into(&context.runtime, &middle, &array, None, Casting::Unsafe)?;
    }
    if mode == "empty" {
        return Ok(padded.into());
    }
    let empty = array.size() == 0;
    if empty && mode != "constant" {
        if let Some(axis) = (0..ndim).find(|&axis| old[axis] == 0 && widths[axis] != (0, 0)) {
            return Err(value_error(format!(
                "can't extend empty axis {axis} using modes other than 'constant' or 'empty'"
            )));
        }
        return Ok(padded.into());
    }
    let values = match mode.as_str() {
        "constant" => pairs(context, &option("constant_values").unwrap_or(Value::int(0)), ndim)?,
        "linear_ramp" => pairs(context, &option("end_values").unwrap_or(Value::int(0)), ndim)?,
        _ => Vec::new(),
    };
    let lengths = match option("stat_length") {
        Some(length) if !length.is_none() => Some(count_pairs(context, &length, ndim)?),
        _ => None,
    };
    let odd = matches!(option("reflect_type"), Some(Value::Str(method)) if &*method == "odd");
    for axis in 0..ndim {
        // middles[k] shows the middle of the last k axes
        let roi = middles[ndim - 1 - axis].clone();
        let mut border = Border { roi, axis, widths: widths[axis] };
        match mode.as_str() {
            "constant" => border.set(context, &values[axis].0, &values[axis].1)?,
            "edge" => border.set_edges(context)?,
            "linear_ramp" => border.set_ramps(context, &values[axis])?,
            "reflect" | "symmetric" if old[axis] == 1 => border.set_edges(context)?,
            "reflect" | "symmetric" => border.set_mirrored(context, odd, old[axis], mode == "symmetric")?,
            "wrap" => border.set_wrapped(context, old[axis])?,
            statistic => {
                let pair = lengths.as_ref().map(|lengths| lengths[axis]);
                border.set_statistic(context, statistic, (pair.map(|pair| pair.0), pair.map(|pair| pair.1)))?;
            }
        }
    }
    Ok(padded.into())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[Function {
        name: "np.pad",
        signature: "(array, pad_width, mode='constant', **kwargs)",
        method: None,
        summary: "The array with a border of constants, of its edge, of its mirror image, ...",
        memory: MemoryRule::New,
        notes: "Modes: 'constant' (constant_values), 'edge', 'linear_ramp' (end_values), 'maximum', 'mean', 'median', \
                'minimum' (stat_length), 'reflect', 'symmetric' (reflect_type), 'wrap', 'empty'.",
        example: "\
>>> a = np.array([1, 2, 3])
>>> np.pad(a, (1, 2))
array([0, 1, 2, 3, 0, 0])
>>> np.pad(a, 2, mode='edge'), np.pad(a, 2, mode='reflect')
(array([1, 1, 1, 2, 3, 3, 3]), array([3, 2, 1, 2, 3, 2, 1]))
>>> np.pad([[1, 2]], ((1, 0), (0, 1)), constant_values=9)
array([[9, 9, 9],
       [1, 2, 9]])
>>> np.shares_memory(a, np.pad(a, 0))
False
",
        see_also: &["np.concatenate", "np.resize", "np.tile"],
        run: Run::Call(run_pad),
    }],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
