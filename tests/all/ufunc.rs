//! Universal functions against NumPy's own answers, recorded by `tests/oracle/ufunc.py`.

use ndsh::array::cast::Casting;
use ndsh::array::layout::Traversal;
use ndsh::array::{ArrayRef, DType, Element, Layout, NdArray, Order, Runtime, Scalar, Type};
use ndsh::error::Result;
use ndsh::ufunc::statistics::{self, StatisticsOptions};
use ndsh::ufunc::{self, Axes, Operand, Options, Outcome, ReduceOptions};
use ndsh::with_element;
use num_complex::Complex64;
use smallvec::SmallVec;
use std::collections::HashMap;

const ANSWERS: &str = include_str!("../oracle/ufunc.txt");

fn type_of(letter: char) -> Type {
    Type::NUMBERS.into_iter().find(|ty| ty.letter() == letter).unwrap_or_else(|| panic!("no type {letter}"))
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn scalar_of(ty: Type, bytes: &[u8]) -> Scalar {
    let mut sixteen = [0u8; 16];
    sixteen[..ty.size()].copy_from_slice(&bytes[..ty.size()]);
    Scalar::from_bytes(&sixteen, &ty.into())
}

fn numbers<T: std::str::FromStr>(text: &str) -> Vec<T> {
    text.split(',').filter(|part| !part.is_empty()).map(|part| part.parse().ok().unwrap()).collect()
}

/// Calls `visit` with the byte offset of each element, in C order.
fn offsets(layout: &Layout) -> Vec<usize> {
    let mut all = Vec::new();
    let traversal = Traversal::new(&layout.shape, &[layout], Order::C, false);
    let visit = |starts: &[usize], steps: &[isize], count: usize| {
        all.extend((0..count).map(|i| starts[0].wrapping_add_signed(steps[0] * i as isize)));
        Ok(())
    };
    traversal.for_each_run(visit).unwrap();
    all
}

/// An array written as `dC[2,3]hex`: type, layout, shape, bytes in C order.
fn array_of(runtime: &Runtime, text: &str) -> ArrayRef {
    let ty = type_of(text.chars().next().unwrap());
    let (head, data) = text.split_once(']').unwrap();
    let shape: Vec<usize> = numbers(&head[3..]);
    let size = ty.size();
    let array = match &text[1..2] {
        "C" => NdArray::zeros(runtime, ty.into(), &shape, Order::C).unwrap(),
        "F" => NdArray::zeros(runtime, ty.into(), &shape, Order::F).unwrap(),
        "B" => NdArray::zeros(runtime, DType::new(ty).with_swapped(true), &shape, Order::C).unwrap(),
        "S" => {
            let mut wide = shape.clone();
            *wide.last_mut().unwrap() *= 2;
            let whole = NdArray::zeros(runtime, ty.into(), &wide, Order::C).unwrap();
            let mut layout = whole.layout().clone();
            *layout.shape.last_mut().unwrap() /= 2;
            *layout.strides.last_mut().unwrap() *= 2;
            NdArray::view(&whole, layout)
        }
        "R" => {
            let whole = NdArray::zeros(runtime, ty.into(), &shape, Order::C).unwrap();
            let mut layout = whole.layout().clone();
            layout.offset = ((shape[0] as isize - 1).max(0) * layout.strides[0]) as usize;
            layout.strides[0] = -layout.strides[0];
            NdArray::view(&whole, layout)
        }
        "T" => {
            let mut turned = shape.clone();
            turned.swap(0, 1);
            let whole = NdArray::zeros(runtime, ty.into(), &turned, Order::C).unwrap();
            let mut layout = whole.layout().clone();
            layout.shape.swap(0, 1);
            layout.strides.swap(0, 1);
            NdArray::view(&whole, layout)
        }
        "Z" => {
            let mut wide = shape.clone();
            *wide.last_mut().unwrap() *= 2;
            let whole = NdArray::zeros(runtime, ty.into(), &wide, Order::C).unwrap();
            let mut layout = whole.layout().clone();
            *layout.shape.last_mut().unwrap() /= 2;
            *layout.strides.last_mut().unwrap() *= 2;
            layout.offset = ((shape[1] as isize - 1) * layout.strides[1]) as usize;
            layout.strides[1] = -layout.strides[1];
            NdArray::view(&whole, layout)
        }
        "M" => {
            let bytes = shape.iter().product::<usize>() * size + 1;
            let raw = NdArray::zeros(runtime, Type::UInt8.into(), &[bytes], Order::C).unwrap();
            let layout = Layout { offset: 1, ..Layout::contiguous(ty.into(), &shape, Order::C) };
            NdArray::view(&raw, layout)
        }
        other => panic!("layout {other}"),
    };
    let data = bytes_of(data);
    for (offset, value) in offsets(&array.layout()).into_iter().zip(data.chunks_exact(size)) {
        array.write(offset, &scalar_of(ty, value));
    }
    array
}

fn operand_of(runtime: &Runtime, text: &str) -> Operand {
    let rest = &text[1..];
    match &text[..1] {
        "A" => Operand::Array(array_of(runtime, rest)),
        "S" => {
            let ty = type_of(rest.chars().next().unwrap());
            Operand::Scalar(scalar_of(ty, &bytes_of(&rest[1..])))
        }
        "i" => Operand::Int(rest.parse().unwrap()),
        "f" => Operand::Float(scalar_of(Type::Float64, &bytes_of(rest)).as_f64()),
        "c" => Operand::Complex(scalar_of(Type::Complex128, &bytes_of(rest)).as_complex()),
        other => panic!("operand {other}"),
    }
}

fn as_array(runtime: &Runtime, operand: &Operand) -> ArrayRef {
    match operand {
        Operand::Array(array) => array.clone(),
        Operand::Scalar(value) => NdArray::from_scalar(runtime, *value).unwrap(),
        _ => panic!("no array"),
    }
}

fn axes_of(text: Option<&&str>) -> Axes {
    match text {
        None | Some(&"None") => Axes::All,
        Some(text) => {
            let text = text.trim_matches(['(', ')']);
            Axes::Some(numbers::<isize>(&text.replace(' ', "")).into_iter().collect())
        }
    }
}

/// How far a result may be from NumPy's, in units of the last place.
fn tolerance(name: &str, ty: Type) -> u64 {
    let exact = [
        "add",
        "subtract",
        "multiply",
        "divide",
        "floor_divide",
        "remainder",
        "fmod",
        "divmod",
        "negative",
        "positive",
        "absolute",
        "fabs",
        "sign",
        "rint",
        "floor",
        "ceil",
        "trunc",
        "sqrt",
        "square",
        "reciprocal",
        "maximum",
        "minimum",
        "fmax",
        "fmin",
        "clip",
        "heaviside",
        "copysign",
        "nextafter",
        "spacing",
        "modf",
        "frexp",
        "ldexp",
        "conjugate",
        "mean",
        "ptp",
    ];
    match (exact.contains(&name), ty) {
        _ if matches!(name, "absolute" | "sqrt" | "sign") => 2,
        (_, Type::Complex64 | Type::Complex128) if matches!(name, "power" | "float_power") => 16,
        (true, _) => 0,
        (false, Type::Float64) => 2,
        (false, Type::Float16) => 1,
        (_, Type::Complex64) => 8,
        _ => 4,
    }
}

/// The distance of two floats in units of the last place; NaNs are equal.
fn distance(ty: Type, a: &[u8], b: &[u8]) -> u64 {
    let steps = |ty: Type, bytes: &[u8]| -> Option<i128> {
        let value = scalar_of(ty, bytes);
        if value.as_f64().is_nan() {
            return None;
        }
        let mut wide = [0u8; 16];
        wide[..ty.size()].copy_from_slice(bytes);
        let bits = u128::from_le_bytes(wide) as i128;
        let sign = 1i128 << (8 * ty.size() - 1);
        Some(if bits & sign != 0 { -(bits & (sign - 1)) } else { bits })
    };
    let part = ty.part();
    let parts = a.chunks_exact(part.size()).zip(b.chunks_exact(part.size()));
    let each = parts.map(|(a, b)| match (steps(part, a), steps(part, b)) {
        (None, None) => 0,
        (Some(a), Some(b)) => (a - b).unsigned_abs().min(u64::MAX as u128) as u64,
        _ => u64::MAX,
    });
    each.max().unwrap_or(0)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The result as the oracle writes it, and its bytes element by element.
fn describe(outcome: &Outcome) -> (String, Type, Vec<u8>) {
    let bytes = |value: Scalar| value.to_bytes(&value.dtype())[..value.ty().size()].to_vec();
    match outcome {
        Outcome::Scalar(value) => (format!("S{}", value.ty().letter()), value.ty(), bytes(*value)),
        Outcome::Array(array) => {
            let layout = array.layout();
            let list = |items: Vec<String>| items.join(",");
            let order = if layout.dtype.is_swapped() { ">" } else { "" };
            let head = format!(
                "A{order}{}[{}]{{{}}}",
                layout.dtype.ty().letter(),
                list(layout.shape.iter().map(usize::to_string).collect()),
                list(layout.strides.iter().map(isize::to_string).collect())
            );
            let data = offsets(&layout).into_iter().flat_map(|offset| bytes(array.read(offset))).collect();
            (head, layout.dtype.ty(), data)
        }
    }
}

/// What differs between results and the answer; nothing where they agree.
fn compare(name: &str, outcomes: &[Outcome], answer: &str) -> Option<String> {
    let answers: Vec<&str> = answer.split(' ').collect();
    if answers.len() != outcomes.len() {
        return Some(format!("{} results", outcomes.len()));
    }
    for (outcome, answer) in outcomes.iter().zip(answers) {
        let (head, ty, data) = describe(outcome);
        let cut = answer.find('}').map_or(2, |at| at + 1);
        // An empty array's strides say nothing.
        let same_head =
            head == answer[..cut] || (data.is_empty() && head.split('{').next() == answer.split('{').next());
        if !same_head {
            return Some(format!("{head} {}", hex(&data)));
        }
        let expected = bytes_of(&answer[cut..]);
        let differs = if ty.is_inexact() {
            let limit = tolerance(name, ty);
            data.chunks_exact(ty.size()).zip(expected.chunks_exact(ty.size())).any(|(a, b)| distance(ty, a, b) > limit)
        } else {
            data != expected
        };
        if differs {
            return Some(format!("{head}{}", hex(&data)));
        }
    }
    None
}

fn run(
    runtime: &Runtime,
    kind: &str,
    name: &str,
    operands: &[Operand],
    keys: &HashMap<&str, &str>,
) -> Result<Vec<Outcome>> {
    let find = |key: &str| keys.get(key).filter(|text| **text != "None");
    let array = |key: &str| find(key).map(|text| as_array(runtime, &operand_of(runtime, text)));
    let dtype = find("dtype").map(|letter| DType::new(type_of(letter.chars().next().unwrap())));
    let ufunc = || ufunc::find(name).unwrap_or_else(|| panic!("no ufunc {name}"));
    let keepdims = find("keepdims") == Some(&"True");
    let outs: Vec<ArrayRef> = find("out")
        .map_or(Vec::new(), |text| text.split('&').map(|text| as_array(runtime, &operand_of(runtime, text))).collect());
    let (out, where_) = (outs.first().cloned(), array("where"));
    let axis = || find("axis").map_or(0, |text| text.parse().unwrap());
    match kind {
        "call" | "operator" | "outer" => {
            let options = Options {
                out: outs.into_iter().map(Some).collect(),
                where_,
                dtype,
                casting: find("casting").map_or(Casting::SameKind, |name| Casting::parse(name, false).unwrap()),
                elide: kind == "operator",
                ..Options::default()
            };
            if kind == "outer" {
                return Ok(vec![ufunc::outer(runtime, ufunc(), operands[0].clone(), operands[1].clone(), &options)?]);
            }
            Ok(ufunc::call(runtime, ufunc(), &mut operands.to_vec(), &options)?.into_vec())
        }
        "reduce" => {
            let initial = find("initial").map(|text| Some(operand_of(runtime, text)));
            let axes = if keys.contains_key("axis") { axes_of(keys.get("axis")) } else { axes_of(Some(&"0")) };
            let options = ReduceOptions { axes, dtype, out, keepdims, initial, where_ };
            Ok(vec![ufunc::reduce(runtime, ufunc(), &as_array(runtime, &operands[0]), &options)?])
        }
        "accumulate" => {
            let array = as_array(runtime, &operands[0]);
            Ok(vec![ufunc::accumulate(runtime, ufunc(), &array, axis(), dtype.as_ref(), out.as_ref())?])
        }
        "reduceat" => {
            let indices: Vec<i64> = numbers(keys["indices"]);
            let array = as_array(runtime, &operands[0]);
            Ok(vec![ufunc::reduceat(runtime, ufunc(), &array, &indices, axis(), dtype.as_ref(), out.as_ref())?])
        }
        "at" => {
            let array = as_array(runtime, &operands[0]);
            let all = offsets(&array.layout());
            let chosen: Vec<usize> = numbers::<usize>(keys["indices"]).into_iter().map(|i| all[i]).collect();
            ufunc::at(runtime, ufunc(), &array, &chosen, &[chosen.len()], Some(operands[1].clone()))?;
            Ok(vec![Outcome::Array(array)])
        }
        "product" => {
            let (a, b) = (as_array(runtime, &operands[0]), as_array(runtime, &operands[1]));
            let product = if name == "dot" { ufunc::dot } else { ufunc::matmul };
            Ok(vec![product(runtime, &a, &b, out.as_ref())?])
        }
        "statistic" => {
            let array = as_array(runtime, &operands[0]);
            let axes = axes_of(keys.get("axis"));
            let options =
                StatisticsOptions { axes: axes.clone(), dtype, out: out.clone(), keepdims, where_, mean: None };
            let ddof = find("ddof").map_or(Operand::Int(0.into()), |text| {
                if text.contains('.') {
                    Operand::Float(text.parse().unwrap())
                } else {
                    Operand::Int(text.parse().unwrap())
                }
            });
            let one = || find("axis").map(|text| text.parse().unwrap());
            let truth = ReduceOptions { axes: axes.clone(), keepdims, ..ReduceOptions::default() };
            Ok(vec![match name {
                "mean" => statistics::mean(runtime, &array, &options)?,
                "var" => statistics::var(runtime, &array, &options, &ddof)?,
                "std" => statistics::std(runtime, &array, &options, &ddof)?,
                "ptp" => statistics::ptp(runtime, &array, &axes, out.as_ref(), keepdims)?,
                "any" => statistics::truth(runtime, &array, false, &truth)?,
                "all" => statistics::truth(runtime, &array, true, &truth)?,
                _ => statistics::arg_extreme(runtime, &array, name == "argmax", one(), out.as_ref(), keepdims)?,
            }])
        }
        other => panic!("kind {other}"),
    }
}

fn warnings(runtime: &Runtime) -> Vec<String> {
    runtime.warnings.take().into_iter().map(|warning| warning.message).collect()
}

/// One recorded call; what differs, where something does.
fn check(line: &str) -> Option<String> {
    let runtime = Runtime::default();
    let (question, answer) = line.split_once('\t').unwrap();
    let mut words = question.split(' ');
    let (kind, name) = (words.next().unwrap(), words.next().unwrap());
    if kind == "types" {
        return check_types(&runtime, name, answer);
    }
    let count: usize = words.next().unwrap().parse().unwrap();
    let operands: Vec<Operand> = words.by_ref().take(count).map(|text| operand_of(&runtime, text)).collect();
    let joined: Vec<&str> = words.collect();
    let joined = joined.join(" ").replace(", ", ",");
    let keys: HashMap<&str, &str> = joined.split(' ').filter_map(|text| text.split_once('=')).collect();
    let mut parts = answer.split('\t');
    let answer = parts.next().unwrap();
    let expected_warnings: Vec<&str> = parts.collect();
    match run(&runtime, kind, name, &operands, &keys) {
        Err(error) => {
            let class = error.class().qualified();
            let found = format!("!{}|{}", class.rsplit('.').next().unwrap_or_default(), error.message());
            (found != answer).then_some(found)
        }
        Ok(outcomes) => {
            if let Some(difference) = compare(name, &outcomes, answer) {
                return Some(difference);
            }
            let found = warnings(&runtime);
            (found != expected_warnings).then(|| format!("warnings {found:?}"))
        }
    }
}

/// The types of results over all types of operands, weak numbers last.
fn check_types(runtime: &Runtime, name: &str, answer: &str) -> Option<String> {
    let ufunc = ufunc::find(name)?;
    let one = |k: usize| match k {
        14 => Operand::Int(1.into()),
        15 => Operand::Float(1.0),
        16 => Operand::Complex(Complex64::new(0.0, 1.0)),
        k => {
            let array = NdArray::zeros(runtime, Type::NUMBERS[k].into(), &[2], Order::C).unwrap();
            let value =
                with_element!(Type::NUMBERS[k], T => T::from_scalar(Scalar::Int64(1).cast(T::TYPE)).unwrap().scalar());
            offsets(&array.layout()).into_iter().for_each(|offset| array.write(offset, &value));
            Operand::Array(array)
        }
    };
    let order = Type::NUMBERS.map(|ty| ty.letter()).iter().collect::<String>();
    assert_eq!(order, "?bBhHiIlLefdFD");
    let mut wrong = String::new();
    let total = 17usize.pow(ufunc.nin as u32);
    for at in 0..total {
        let kinds = if ufunc.nin == 2 { vec![at / 17, at % 17] } else { vec![at] };
        let mut operands: SmallVec<[Operand; 2]> = kinds.iter().map(|&k| one(k)).collect();
        let found: String = match ufunc::call(runtime, ufunc, &mut operands, &Options::default()) {
            Ok(outcomes) => outcomes.iter().map(|outcome| describe(outcome).1.letter()).collect(),
            Err(error) => {
                let mark = if error.class().qualified().contains("UFunc") { "!" } else { "." };
                mark.repeat(ufunc.nout)
            }
        };
        let expected = &answer[at * ufunc.nout..(at + 1) * ufunc.nout];
        if found != expected {
            wrong += &format!(" {kinds:?}: {found} for {expected}");
        }
    }
    (!wrong.is_empty()).then_some(wrong)
}

#[test]
fn every_recorded_call_gives_what_numpy_gave() {
    let mut lines = ANSWERS.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("NumPy 2.4")));
    let only = std::env::var("NDSH_UFUNC").unwrap_or_default();
    let (mut checked, mut wrong) = (0, Vec::new());
    for line in lines.filter(|line| line.contains(&only)) {
        checked += 1;
        if let Some(difference) = check(line) {
            wrong.push(format!("{line}\n   gave {difference}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} calls differ:\n{}", wrong.len(), wrong.join("\n"));
}
