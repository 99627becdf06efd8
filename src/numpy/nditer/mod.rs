//! `np.nditer`: an iterator over one array or several together, in the order in which memory holds them.

mod axes;
mod iterator;

use crate::array::cast::{Casting, can_cast, promote_dtypes};
use crate::array::layout::broadcast::{broadcast_operands, stretch};
use crate::array::layout::k_order::allocate_output;
use crate::array::layout::shape_text::array_shape_text;
use crate::array::layout::{Layout, Shape};
use crate::array::{ArrayRef, DType, NdArray, Order};
use crate::error::{Result, type_error, value_error};
use crate::numpy::coercion::{array_from, sequence};
use crate::numpy::dtypes::{as_casting, as_dtype, as_order};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Value, as_index, classes, shape_of};
use axes::Walk;
use iterator::{Flags, NdIter, Operand};
use smallvec::SmallVec;
use std::rc::Rc;

/// What `op_flags=` says of one operand.
#[derive(Clone, Copy, Default)]
struct Access {
    reads: bool,
    writes: bool,
    allocates: bool,
    copies: bool,
}

/// All that is asked for.
struct Request {
    operands: Vec<Option<ArrayRef>>,
    flags: Flags,
    accesses: Vec<Access>,
    dtypes: Vec<Option<DType>>,
    has_common_dtype: bool,
    allows_reduction: bool,
    allows_references: bool,
    allows_none: bool,
    order: Order,
    casting: Casting,
    op_axes: Option<Vec<Option<Vec<isize>>>>,
    itershape: Option<Vec<isize>>,
    buffersize: usize,
}

fn texts(value: &Value, complaint: &str) -> Result<Vec<String>> {
    if !matches!(value, Value::List(_) | Value::Tuple(_)) {
        return Err(value_error(complaint));
    }
    let items = sequence(value)?;
    items
        .iter()
        .map(|item| match item {
            Value::Str(text) => Ok(text.to_string()),
            _ => Err(type_error("expected string object")),
        })
        .collect()
}

fn read_flags(arguments: &Arguments, request: &mut Request) -> Result<()> {
    let Some(given) = arguments.some("flags") else { return Ok(()) };
    for flag in texts(given, "Iterator global flags must be a list or tuple of strings")? {
        match flag.as_str() {
            "external_loop" => request.flags.external_loop = true,
            "buffered" => request.flags.buffered = true,
            "multi_index" => request.flags.multi_index = true,
            "c_index" => request.flags.c_index = true,
            "f_index" => request.flags.f_index = true,
            "common_dtype" => request.has_common_dtype = true,
            "reduce_ok" => request.allows_reduction = true,
            "refs_ok" => request.allows_references = true,
            "zerosize_ok" => request.allows_none = true,
            "copy_if_overlap" | "delay_bufalloc" | "grow_inner" | "ranged" => {}
            other => return Err(value_error(format!("Unexpected iterator global flag \"{other}\""))),
        }
    }
    let flags = request.flags;
    if flags.c_index && flags.f_index {
        return Err(value_error("Iterator flags C_INDEX and F_INDEX cannot both be specified"));
    }
    if flags.external_loop && (flags.c_index || flags.f_index || flags.multi_index) {
        let message = "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked";
        return Err(value_error(message));
    }
    Ok(())
}

fn access(flags: &[String]) -> Result<Access> {
    let mut access = Access::default();
    let mut modes = 0;
    for flag in flags {
        match flag.as_str() {
            "readonly" => (access.reads, modes) = (true, modes + 1),
            "readwrite" => (access.reads, access.writes, modes) = (true, true, modes + 1),
            "writeonly" => (access.writes, modes) = (true, modes + 1),
            "allocate" => access.allocates = true,
            "copy" | "updateifcopy" => access.copies = true,
            "aligned"
            | "arraymask"
            | "contig"
            | "nbo"
            | "no_broadcast"
            | "no_subtype"
            | "overlap_assume_elementwise"
            | "virtual"
            | "writemasked" => {}
            other => return Err(value_error(format!("Unexpected per-op iterator flag \"{other}\""))),
        }
    }
    match modes {
        1 => Ok(access),
        0 => Err(value_error(
            "None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand",
        )),
        _ => Err(value_error(
            "Only one of the iterator flags READWRITE, READONLY, and WRITEONLY may be specified for an operand",
        )),
    }
}

fn read_accesses(arguments: &Arguments, operands: &[Option<ArrayRef>]) -> Result<Vec<Access>> {
    let count = operands.len();
    let Some(given) = arguments.some("op_flags") else {
        let of = |operand: &Option<ArrayRef>| match operand {
            Some(_) => Access { reads: true, ..Access::default() },
            None => Access { writes: true, allocates: true, ..Access::default() },
        };
        return Ok(operands.iter().map(of).collect());
    };
    const COMPLAINT: &str = "op_flags must be a tuple or array of per-op flag-tuples";
    let items = match given {
        Value::List(_) | Value::Tuple(_) => sequence(given)?,
        _ => return Err(value_error(COMPLAINT)),
    };
    if items.iter().all(|item| matches!(item, Value::Str(_))) {
        let one = access(&texts(given, COMPLAINT)?)?;
        return Ok(vec![one; count]);
    }
    if items.len() != count {
        return Err(value_error(COMPLAINT));
    }
    items.iter().map(|item| access(&texts(item, COMPLAINT)?)).collect()
}

fn request(context: &mut Context, arguments: &Arguments) -> Result<Request> {
    let op = arguments.get("op");
    let given = match &op {
        Value::List(_) | Value::Tuple(_) => sequence(&op)?,
        one => vec![one.clone()],
    };
    if given.is_empty() {
        return Err(value_error("Must provide at least one operand").at_argument("op"));
    }
    let mut operands = Vec::new();
    for value in &given {
        operands.push(match value {
            Value::None => None,
            other => Some(array_from(context, other, None).map_err(|e| e.at_argument("op"))?),
        });
    }
    let accesses = read_accesses(arguments, &operands).map_err(|e| e.at_argument("op_flags"))?;
    let mut request = Request {
        accesses,
        flags: Flags::default(),
        dtypes: vec![None; operands.len()],
        has_common_dtype: false,
        allows_reduction: false,
        allows_references: false,
        allows_none: false,
        order: arguments.some("order").map_or(Ok(Order::K), as_order).map_err(|e| e.at_argument("order"))?,
        casting: arguments
            .some("casting")
            .map_or(Ok(Casting::Safe), as_casting)
            .map_err(|e| e.at_argument("casting"))?,
        op_axes: None,
        itershape: None,
        buffersize: 8192,
        operands,
    };
    read_flags(arguments, &mut request).map_err(|e| e.at_argument("flags"))?;
    if let Some(given) = arguments.some("op_dtypes").cloned() {
        let items = match &given {
            Value::List(_) | Value::Tuple(_) => sequence(&given)?,
            one => vec![one.clone(); request.operands.len()],
        };
        if items.len() != request.operands.len() {
            return Err(value_error("op_dtypes must be a tuple/list of dtypes").at_argument("op_dtypes"));
        }
        for (slot, item) in request.dtypes.iter_mut().zip(&items) {
            *slot = match item {
                Value::None => None,
                dtype => Some(as_dtype(context, dtype).map_err(|e| e.at_argument("op_dtypes"))?),
            };
        }
    }
    if let Some(given) = arguments.some("op_axes") {
        let items = sequence(given).map_err(|e| e.at_argument("op_axes"))?;
        if items.len() != request.operands.len() {
            return Err(value_error("op_axes must be a tuple/list matching the number of ops").at_argument("op_axes"));
        }
        let mut all = Vec::new();
        for item in &items {
            all.push(match item {
                Value::None => None,
                axes => {
                    let mut numbers = Vec::new();
                    for axis in sequence(axes)? {
                        numbers.push(if axis.is_none() { -1 } else { as_index(&axis)? });
                    }
                    Some(numbers)
                }
            });
        }
        request.op_axes = Some(all);
    }
    if let Some(shape) = arguments.some("itershape") {
        request.itershape = Some(shape_of(shape).map_err(|e| e.at_argument("itershape"))?.to_vec());
    }
    if let Some(size) = arguments.some("buffersize") {
        let size = usize::try_from(as_index(size)?)
            .map_err(|_| value_error("buffersize must be non-negative").at_argument("buffersize"))?;
        request.buffersize = if size == 0 { 8192 } else { size };
    }
    Ok(request)
}

/// The layout of an operand with its axes at the places that `op_axes` gives them.
fn placed(layout: &Layout, axes: Option<&Vec<isize>>) -> Result<Layout> {
    let Some(axes) = axes else { return Ok(layout.clone()) };
    let (mut shape, mut strides) = (Shape::new(), SmallVec::new());
    for &axis in axes {
        match usize::try_from(axis) {
            Ok(axis) if axis < layout.ndim() => {
                shape.push(layout.shape[axis]);
                strides.push(layout.strides[axis]);
            }
            Ok(axis) => {
                return Err(value_error(format!(
                    "Iterator input op_axes[0][{axis}] (=={axis}) is not a valid axis of op[0], which has {} dimensions ",
                    layout.ndim()
                )));
            }
            Err(_) => {
                shape.push(1);
                strides.push(0);
            }
        }
    }
    Ok(Layout { shape, strides, ..layout.clone() })
}

/// The dtype of every operand as the iterator shows it.
fn dtypes(request: &Request) -> Result<Vec<DType>> {
    let mut common: Option<DType> = None;
    for operand in request.operands.iter().flatten() {
        common = Some(match common {
            None => operand.dtype(),
            Some(common) => promote_dtypes(&common, &operand.dtype())?,
        });
    }
    let nothing = || type_error("no arrays or types available to calculate result type");
    let mut all = Vec::new();
    for ((operand, asked), access) in request.operands.iter().zip(&request.dtypes).zip(&request.accesses) {
        let shown = match (operand, asked) {
            (_, Some(asked)) => asked.clone(),
            (Some(_), None) if request.has_common_dtype => common.clone().ok_or_else(nothing)?,
            (Some(operand), None) => operand.dtype(),
            (None, None) => common.clone().ok_or_else(nothing)?,
        };
        if let Some(operand) = operand
            && operand.dtype() != shown
        {
            let number = all.len();
            let refused = |from: &DType, to: &DType| {
                type_error(format!(
                    "Iterator operand {number} dtype could not be cast from {} to {} according to the rule '{}'",
                    from.repr(),
                    to.repr(),
                    request.casting.name()
                ))
            };
            if access.reads && !can_cast(&operand.dtype(), &shown, request.casting) {
                return Err(refused(&operand.dtype(), &shown));
            }
            if access.writes && !can_cast(&shown, &operand.dtype(), request.casting) {
                return Err(type_error(format!(
                    "Iterator requested dtype could not be cast from {} to {}, the operand {number} dtype, according \
                     to the rule '{}'",
                    shown.repr(),
                    operand.dtype().repr(),
                    request.casting.name()
                )));
            }
            if !request.flags.buffered && !access.copies {
                return Err(type_error(
                    "Iterator operand required copying or buffering, but neither copying nor buffering was enabled",
                ));
            }
        }
        all.push(shown);
    }
    Ok(all)
}

fn build(context: &mut Context, request: Request) -> Result<NdIter> {
    let dtypes = dtypes(&request)?;
    if !request.allows_references && dtypes.iter().any(DType::has_object) {
        return Err(type_error(
            "Iterator operand or requested dtype holds references, but the NPY_ITER_REFS_OK flag was not enabled",
        ));
    }
    let axes_of = |k: usize| request.op_axes.as_ref().and_then(|all| all[k].as_ref());
    let mut layouts = Vec::new();
    for (k, operand) in request.operands.iter().enumerate() {
        layouts.push(match operand {
            Some(operand) => Some(placed(&operand.layout(), axes_of(k))?),
            None => None,
        });
    }
    let fixed: Option<Shape> =
        request.itershape.as_ref().map(|shape| shape.iter().map(|&n| n.max(1) as usize).collect());
    let mut shapes: Vec<&[usize]> = layouts.iter().flatten().map(|layout| layout.shape.as_slice()).collect();
    shapes.extend(fixed.as_ref().map(|shape| shape.as_slice()));
    let shape = broadcast_operands(&shapes)?;
    let mut operands = Vec::new();
    let known: Vec<Layout> = layouts.iter().flatten().cloned().collect();
    let known: Vec<&Layout> = known.iter().collect();
    for (k, operand) in request.operands.iter().enumerate() {
        let array = match operand {
            Some(operand) => Rc::clone(operand),
            None => {
                let layout = match axes_of(k) {
                    Some(axes) => {
                        let own: Shape = (0..axes.iter().max().map_or(0, |&most| (most + 1).max(0) as usize))
                            .filter_map(|axis| axes.iter().position(|&a| a == axis as isize).map(|at| shape[at]))
                            .collect();
                        Layout::contiguous(dtypes[k].clone(), &own, Order::C)
                    }
                    None => allocate_output(&known, &shape, &dtypes[k], request.order),
                };
                let new = NdArray::allocate(&context.runtime, layout)?;
                layouts[k] = Some(placed(&new.layout(), axes_of(k))?);
                new
            }
        };
        let writes = request.accesses[k].writes;
        if writes && !array.is_writeable() {
            return Err(value_error("output array is read-only"));
        }
        operands.push(Operand { array, dtype: dtypes[k].clone(), writes });
    }
    let mut stretched = Vec::new();
    for (k, layout) in layouts.iter().flatten().enumerate() {
        if operands[k].writes && !request.allows_reduction {
            let new = shape.len() - layout.ndim();
            for (axis, &length) in layout.shape.iter().enumerate() {
                if length != shape[new + axis] {
                    return Err(reduction(new + axis));
                }
            }
            if new > 0 && shape[..new].iter().any(|&length| length != 1) {
                return Err(reduction(if layout.ndim() == 0 { 0 } else { new }));
            }
        }
        stretched.push(stretch(layout, &shape).ok_or_else(|| {
            let (from, to) = (array_shape_text(&layout.shape), array_shape_text(&shape));
            value_error(format!("could not broadcast an operand from shape {from} into shape {to}"))
        })?);
    }
    let mut walk = Walk::new(&shape, &stretched, request.order);
    let flags = request.flags;
    if !flags.multi_index && !flags.c_index && !flags.f_index {
        walk.coalesce();
    }
    if walk.size() == 0 && !request.allows_none {
        return Err(value_error("Iteration of zero-sized operands is not enabled"));
    }
    Ok(NdIter::new(operands, shape, walk, flags, request.buffersize))
}

fn reduction(axis: usize) -> crate::error::Error {
    value_error(format!(
        "output operand requires a reduction along dimension {axis}, but the reduction is not enabled. The dimension \
         size of 1 does not match the expected output shape."
    ))
}

fn nditer(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let request = request(context, arguments)?;
    build(context, request).map(Value::object)
}

/// `np.nested_iters`: an iterator for each group of axes. Each stands over the first places of the axes of the others.
fn nested_iters(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let groups = sequence(&arguments.get("axes")).map_err(|e| e.at_argument("axes"))?;
    if groups.len() < 2 {
        return Err(value_error("axes must have at least 2 entries for nested iteration").at_argument("axes"));
    }
    let mut iterators = Vec::new();
    for group in &groups {
        let mut axes = Vec::new();
        for axis in sequence(group)? {
            axes.push(as_index(&axis)?);
        }
        let mut request = request(context, arguments)?;
        if iterators.len() + 1 < groups.len() {
            request.flags.external_loop = false;
        }
        request.op_axes = Some(
            request
                .operands
                .iter()
                .map(|operand| {
                    let ndim = operand.as_ref().map_or(0, |operand| operand.ndim()) as isize;
                    let most = request.operands.iter().flatten().map(|one| one.ndim()).max().unwrap_or(0) as isize;
                    Some(axes.iter().map(|&axis| (axis - (most - ndim)).max(-1)).collect())
                })
                .collect(),
        );
        iterators.push(Value::object(build(context, request)?));
    }
    Ok(Value::tuple(iterators))
}

/// Does something with the iterator that a method is called on.
fn with(arguments: &Arguments, work: impl FnOnce(&NdIter) -> Result<Value>) -> Result<Value> {
    let receiver = arguments.receiver().clone();
    match receiver.downcast::<NdIter>() {
        Some(iterator) => work(iterator),
        None => Err(type_error(format!("'{}' object is no nditer", receiver.type_name()))),
    }
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.nditer",
            signature: "(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, \
                        itershape=None, buffersize=0)",
            method: None,
            summary: "An iterator over one array or several together, in the order in which memory holds them.",
            memory: MemoryRule::NoArray,
            notes: "Each step gives views into the operands; with `buffered` and another dtype it gives copies. An operand \
                    that is None is allocated.",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> list(np.nditer(a.T))
[array(0), array(1), array(2), array(3), array(4), array(5)]
>>> it = np.nditer(a, flags=['multi_index'])
>>> it.iternext(), it.multi_index, it.value
(True, (0, 1), array(1))
",
            see_also: &["np.ndenumerate", "np.ndindex", "np.broadcast", "np.nested_iters"],
            run: Run::Read(Reader::Keywords, nditer),
        },
        Function {
            name: "np.nested_iters",
            signature: "(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0)",
            method: None,
            summary: "Iterators for loops within loops: one for each group of axes.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> i, j = np.nested_iters(a, [[0], [1]])
>>> i.itersize, j.itersize
(2, 3)
",
            see_also: &["np.nditer"],
            run: Run::Read(Reader::Keywords, nested_iters),
        },
        Function {
            name: "nditer.iternext",
            signature: "()",
            method: None,
            summary: "Goes on to the next place; whether there is one.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.arange(2))
>>> it.iternext(), it.iternext(), it.finished
(True, False, True)
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| with(arguments, |it| Ok(Value::Bool(it.advance())))),
        },
        Function {
            name: "nditer.reset",
            signature: "()",
            method: None,
            summary: "Goes back to the first place.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.arange(2))
>>> it.iternext()
True
>>> it.reset()
>>> it.iterindex
0
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| {
                with(arguments, |it| {
                    it.reset();
                    Ok(Value::None)
                })
            }),
        },
        Function {
            name: "nditer.copy",
            signature: "()",
            method: None,
            summary: "A second iterator that stands where this one stands.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.arange(2))
>>> other = it.copy()
>>> it.iternext(), other.iterindex
(True, 0)
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| with(arguments, |it| Ok(Value::object(it.duplicate())))),
        },
        Function {
            name: "nditer.close",
            signature: "()",
            method: None,
            summary: "Ends the iterator.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.arange(2))
>>> it.close()
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| {
                with(arguments, |it| {
                    it.close();
                    Ok(Value::None)
                })
            }),
        },
        Function {
            name: "nditer.remove_axis",
            signature: "(i, /)",
            method: None,
            summary: "Takes an axis out of the iteration.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.zeros((2, 3)), flags=['multi_index'])
>>> it.remove_axis(0)
>>> it.shape
(3,)
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| {
                let axis = as_index(&arguments.get("i"))?;
                with(arguments, |it| it.remove_axis(axis).map(|()| Value::None))
            }),
        },
        Function {
            name: "nditer.remove_multi_index",
            signature: "()",
            method: None,
            summary: "Forgets the index, so that axes that run on into each other become one.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.zeros((2, 3)), flags=['multi_index'])
>>> it.remove_multi_index()
>>> it.shape
(6,)
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| with(arguments, |it| it.remove_multi_index().map(|()| Value::None))),
        },
        Function {
            name: "nditer.enable_external_loop",
            signature: "()",
            method: None,
            summary: "Gives whole runs of elements from here on.",
            memory: MemoryRule::NoArray,
            notes: "",
            example: "\
>>> it = np.nditer(np.arange(4))
>>> it.enable_external_loop()
>>> it.value
array([0, 1, 2, 3])
",
            see_also: &["np.nditer"],
            run: Run::Call(|_, arguments| with(arguments, |it| it.enable_external_loop().map(|()| Value::None))),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[("np.nditer", &classes::NDITER)],
};
