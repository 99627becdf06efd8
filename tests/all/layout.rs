//! Every line of `tests/oracle/layout.jsonl`, which NumPy wrote, asked again; and what must hold of any layout.

use ndsh::array::layout::as_strided::{fits_buffer, sliding_window_view};
use ndsh::array::layout::broadcast::{broadcast_shapes, broadcast_to};
use ndsh::array::layout::k_order::{allocate_output, like, trivial_output};
use ndsh::array::layout::overlap::{may_share_memory, shares_memory};
use ndsh::array::layout::reshape::resolve_order;
use ndsh::array::layout::transpose::{diagonal, expand_dims, moveaxis, rollaxis, squeeze, swapaxes, transpose};
use ndsh::array::layout::{
    BasicIndex, Reason, Slice, Traversal, basic_index, fix_unknown_dimension, newshape, ravel, reshape, view_cast,
};
use ndsh::array::{DType, Kind, Layout, Order, Type};
use ndsh::error::{Error, Result};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read_dtype(text: &Value) -> DType {
    let (order, rest) = text.as_str().unwrap().split_at(1);
    let (kind, size) = rest.split_at(1);
    let kind = [Kind::Bool, Kind::Signed, Kind::Unsigned, Kind::Float, Kind::Complex]
        .into_iter()
        .find(|k| kind.starts_with(k.letter()))
        .unwrap();
    DType::new(Type::of(kind, size.parse().unwrap()).unwrap()).with_swapped(order == ">")
}

fn numbers(list: &Value) -> Vec<isize> {
    list.as_array().unwrap().iter().map(|n| n.as_i64().unwrap() as isize).collect()
}

fn read_layout(text: &Value) -> Layout {
    Layout {
        dtype: read_dtype(&text[0]),
        shape: numbers(&text[1]).into_iter().map(|n| n as usize).collect(),
        strides: numbers(&text[2]).into_iter().collect(),
        offset: text[3].as_u64().unwrap() as usize,
    }
}

fn read_order(text: &Value) -> Order {
    match text.as_str().unwrap() {
        "C" => Order::C,
        "F" => Order::F,
        "A" => Order::A,
        _ => Order::K,
    }
}

fn read_index(item: &Value) -> BasicIndex {
    match item {
        Value::Array(bounds) => {
            let bound = |n: usize| bounds[n].as_i64().map(|n| n as isize);
            BasicIndex::Slice(Slice { start: bound(0), stop: bound(1), step: bound(2) })
        }
        Value::String(text) if text == "..." => BasicIndex::Ellipsis,
        Value::String(_) => BasicIndex::NewAxis,
        number => BasicIndex::Int(number.as_i64().unwrap() as isize),
    }
}

fn view(layout: Layout) -> Value {
    let (c, f) = (layout.is_c_contiguous(), layout.is_f_contiguous());
    json!([layout.dtype.str(), *layout.shape, *layout.strides, layout.offset, c as u8, f as u8])
}

fn new(layout: Layout) -> Value {
    json!([layout.dtype.str(), *layout.shape, *layout.strides])
}

/// What is asked, by our functions, as NumPy's answer would be written.
fn answer(question: &str, arrays: &[Layout], arguments: &Value) -> Result<Value> {
    let a = &arrays[0];
    let list = |n: usize| numbers(&arguments[n]);
    let number = |n: usize| arguments[n].as_i64().unwrap() as isize;
    let optional = |n: usize| (!arguments[n].is_null()).then(|| list(n));
    Ok(match question {
        "reshape" | "no copy" => {
            let order = read_order(&arguments[1]);
            match newshape(a, &list(0), order)? {
                Ok(layout) => view(layout),
                Err((_, reason)) if question == "no copy" => return Err(reason.into()),
                Err((shape, _)) => new(Layout::contiguous(a.dtype.clone(), &shape, resolve_order(a, order))),
            }
        }
        "ravel" => match ravel(a, read_order(&arguments[0])) {
            Ok(layout) => view(layout),
            Err(_) => new(Layout::contiguous(a.dtype.clone(), &[a.size()], Order::C)),
        },
        "copy" => new(like(a, a.dtype.clone(), read_order(&arguments[0]))),
        "transpose" => view(transpose(a, Some(&list(0)))?),
        "swapaxes" => view(swapaxes(a, number(0), number(1))?),
        "diagonal" => view(diagonal(a, number(0), number(1), number(2))?),
        "moveaxis" => view(moveaxis(a, &list(0), &list(1))?),
        "rollaxis" => view(rollaxis(a, number(0), number(1))?),
        "expand_dims" => view(expand_dims(a, &list(0))?),
        "squeeze" => view(squeeze(a, optional(0).as_deref())?),
        "index" => {
            let items: Vec<BasicIndex> = arguments.as_array().unwrap().iter().map(read_index).collect();
            view(basic_index(a, &items)?)
        }
        "broadcast_to" => view(broadcast_to(a, &list(0))?),
        "broadcast" => {
            let shape = broadcast_shapes(&[&a.shape, &arrays[1].shape])?;
            let shape: Vec<isize> = shape.iter().map(|&n| n as isize).collect();
            view(broadcast_to(&Layout::contiguous(Type::UInt8.into(), &[], Order::C), &shape)?)
        }
        "view" => view(view_cast(a, &read_dtype(&arguments[0]))?),
        "add" => {
            let (b, order) = (&arrays[1], read_order(&arguments[0]));
            let shape = broadcast_shapes(&[&a.shape, &b.shape])?;
            let trivial = trivial_output(&[a, b], &a.dtype, order);
            new(trivial.unwrap_or_else(|| allocate_output(&[a, b], &shape, &a.dtype, order)))
        }
        "shares_memory" => json!(shares_memory(a, &arrays[1], arguments[0].as_i64().unwrap_or(-1))?),
        "may_share_memory" => json!(may_share_memory(a, &arrays[1], 0)?),
        "sliding_window_view" => view(sliding_window_view(a, &list(0), optional(1).as_deref())?),
        other => panic!("no such question: {other}"),
    })
}

#[test]
fn layouts_are_numpys() {
    let text = include_str!("../oracle/layout.jsonl");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(r#"{"numpy": "2.4.6"}"#));
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in lines {
        let case: Value = serde_json::from_str(line).unwrap();
        let arrays: Vec<Layout> = case[1].as_array().unwrap().iter().map(read_layout).collect();
        let ours = match answer(case[0].as_str().unwrap(), &arrays, &case[2]) {
            Ok(value) => value,
            Err(error) => json!([error.class().name(), error.message()]),
        };
        count += 1;
        if ours != case[3] {
            wrong.push(format!("{line}\n    ndsh: {ours}"));
        }
    }
    assert!(count > 3000, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// Where each element stands, last index fastest: by the definition of strides alone.
pub fn places(layout: &Layout) -> Vec<isize> {
    let mut places = vec![layout.offset as isize];
    for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
        places = places.iter().flat_map(|&at| (0..length as isize).map(move |n| at + n * stride)).collect();
    }
    places
}

/// Whether the elements, taken in this order, follow each other without gaps.
fn follow_each_other(layout: &Layout, order: Order) -> bool {
    let places = match order {
        Order::F => places(&transpose(layout, None).unwrap()),
        _ => places(layout),
    };
    places.windows(2).all(|pair| pair[1] - pair[0] == layout.itemsize() as isize)
}

pub const BYTES: usize = 1 << 12;

/// One step from a view to the next.
fn step(layout: &Layout, way: usize, a: isize, b: isize, c: isize) -> Layout {
    let axis = |n: isize| n.rem_euclid(layout.ndim().max(1) as isize);
    let next = match way {
        0 => transpose(layout, None).ok(),
        1 if layout.ndim() > 0 => swapaxes(layout, axis(a), axis(b)).ok(),
        2 => {
            let slice = Slice { start: Some(a), stop: (b != 0).then_some(b), step: (c != 0).then_some(c) };
            basic_index(layout, &[BasicIndex::Ellipsis, BasicIndex::Slice(slice)]).ok()
        }
        3 => basic_index(layout, &[BasicIndex::Slice(Slice::default()), BasicIndex::NewAxis]).ok(),
        4 => reshape(layout, &[layout.size()], if a < 0 { Order::F } else { Order::C }).ok(),
        5 => diagonal(layout, a, axis(b), axis(c)).ok(),
        6 => view_cast(layout, &Type::NUMBERS[(a + 4) as usize].into()).ok(),
        7 => basic_index(layout, &[BasicIndex::Int(a)]).ok(),
        8 => squeeze(layout, None).ok(),
        9 if layout.ndim() < 4 => {
            let shape: Vec<isize> = [2].into_iter().chain(layout.shape.iter().map(|&n| n as isize)).collect();
            broadcast_to(layout, &shape).ok()
        }
        10 => sliding_window_view(layout, &[2], Some(&[a])).ok(),
        _ => fix_unknown_dimension(layout.size(), &[a.abs() + 1, -1])
            .ok()
            .and_then(|shape| reshape(layout, &shape, if b < 0 { Order::F } else { Order::C }).ok()),
    };
    // a view without elements may start anywhere, also before the buffer: nothing follows from that
    let starts_inside = |next: &Layout| next.size() > 0 || next.byte_range().is_some();
    next.filter(|next| next.size() <= BYTES && starts_inside(next)).unwrap_or_else(|| layout.clone())
}

prop_compose! {
    pub fn any_view()(ty in 0usize..14, shape in prop::collection::vec(0usize..6, 0..4), fortran in any::<bool>(),
                  steps in prop::collection::vec((0usize..12, -4isize..5, -4isize..5, -3isize..4), 0..5)) -> Layout {
        let order = if fortran { Order::F } else { Order::C };
        let mut layout = Layout::contiguous(Type::NUMBERS[ty].into(), &shape, order);
        for (way, a, b, c) in steps {
            layout = step(&layout, way, a, b, c);
        }
        layout
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_view_reaches_only_bytes_of_its_buffer(layout in any_view(), way in 0usize..12,
                                               a in -4isize..5, b in -4isize..5, c in -3isize..4) {
        let (low, high) = layout.byte_range().unwrap();
        let next = step(&layout, way, a, b, c);
        if next.size() > 0 {
            let (next_low, next_high) = next.byte_range().unwrap();
            prop_assert!(low <= next_low && next_high <= high);
            let places = places(&next);
            prop_assert_eq!(places.iter().min(), Some(&next_low));
            prop_assert_eq!(places.iter().max().map(|at| at + next.itemsize() as isize), Some(next_high));
            prop_assert!(fits_buffer(&next, high as usize).is_ok());
            prop_assert!(fits_buffer(&next, next_high as usize - 1).is_err());
        }
    }

    #[test]
    fn a_reshape_visits_the_same_bytes_in_the_same_order(layout in any_view(), length in 1isize..7, second in 1isize..4) {
        for shape in [vec![-1], vec![length, -1], vec![-1, length, second], vec![1, length, -1, 1]] {
            let Ok(shape) = fix_unknown_dimension(layout.size(), &shape) else { continue };
            match reshape(&layout, &shape, Order::C) {
                Ok(view) => prop_assert_eq!(places(&view), places(&layout)),
                Err(Reason::AxesDoNotMerge { stride, length, step, .. }) => prop_assert_ne!(stride, length as isize * step),
                Err(other) => prop_assert!(false, "{}", other),
            }
            if let Ok(view) = reshape(&layout, &shape, Order::F) {
                let backwards = |layout: &Layout| places(&transpose(layout, None).unwrap());
                prop_assert_eq!(backwards(&view), backwards(&layout));
            }
        }
    }

    #[test]
    fn flat_views_exist_where_steps_are_even(layout in any_view()) {
        let even = |places: Vec<isize>| places.windows(3).all(|three| three[1] - three[0] == three[2] - three[1]);
        let flat = reshape(&layout, &[layout.size()], Order::C);
        prop_assert_eq!(flat.is_ok(), layout.size() == 0 || even(places(&layout)));
    }

    #[test]
    fn contiguity_is_what_it_is_defined_to_be(layout in any_view()) {
        prop_assert_eq!(layout.is_c_contiguous(), follow_each_other(&layout, Order::C));
        prop_assert_eq!(layout.is_f_contiguous(), follow_each_other(&layout, Order::F));
    }

    #[test]
    fn a_traversal_pairs_the_same_elements(a in any_view(), b in any_view(), order in 0usize..4, flip in any::<bool>()) {
        let order = [Order::C, Order::F, Order::A, Order::K][order];
        let Ok(shape) = broadcast_shapes(&[&a.shape, &b.shape]) else { return Ok(()) };
        let wanted: Vec<isize> = shape.iter().map(|&n| n as isize).collect();
        if shape.iter().product::<usize>() > BYTES { return Ok(()) }
        let (a, b) = (broadcast_to(&a, &wanted).unwrap(), broadcast_to(&b, &wanted).unwrap());
        let traversal = Traversal::new(&shape, &[&a, &b], order, flip);
        let mut visited = Vec::new();
        let visit = |starts: &[usize], steps: &[isize], count: usize| {
            for n in 0..count as isize {
                let at = |op: usize| starts[op] as isize + n * steps[op];
                visited.push((at(0), at(1)));
            }
            Ok(())
        };
        traversal.for_each_run(visit).unwrap();
        let turned = |layout: &Layout| if order == Order::F { transpose(layout, None).unwrap() } else { layout.clone() };
        let mut pairs: Vec<(isize, isize)> = places(&turned(&a)).into_iter().zip(places(&turned(&b))).collect();
        if matches!(order, Order::A | Order::K) {
            pairs.sort();
            visited.sort();
        }
        prop_assert_eq!(visited, pairs);
    }

    #[test]
    fn shared_memory_is_shared_bytes(a in any_view(), b in any_view()) {
        let bytes = |layout: &Layout| -> std::collections::HashSet<isize> {
            let width = layout.itemsize() as isize;
            places(layout).into_iter().flat_map(|at| at..at + width).collect()
        };
        prop_assert_eq!(shares_memory(&a, &b, -1).unwrap(), !bytes(&a).is_disjoint(&bytes(&b)));
    }
}

#[test]
fn a_refusal_says_why_in_numbers() {
    let a = transpose(&Layout::contiguous(Type::Int64.into(), &[2, 3], Order::C), None).unwrap();
    let error = Error::from(reshape(&a, &[6], Order::C).unwrap_err());
    assert_eq!(error.message(), "Unable to avoid creating a copy while reshaping.");
    assert_eq!(error.details().label.as_deref(), Some("axes 0 and 1 do not merge: stride 8 is not 2 * 24"));
}
