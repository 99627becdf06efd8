//! Every line of `tests/oracle/index.jsonl`, which NumPy wrote: elements are moved again, and the memory compared.

use ndsh::array::arrange::{self, Side, SortKind, UniqueParts};
use ndsh::array::assign::{assign, copyto};
use ndsh::array::cast::{Casting, Operand, result_type};
use ndsh::array::copy::{astype, copy};
use ndsh::array::elements::{byteswap, tobytes};
use ndsh::array::index::{Index, Selected, get, set};
use ndsh::array::layout::transpose::permute;
use ndsh::array::select::{self, ClipMode};
use ndsh::array::{ArrayRef, DType, Kind, Layout, NdArray, Order, Runtime, Scalar, Type};
use ndsh::error::{Error, Result};
use serde_json::{Value, json};

fn read_dtype(name: &Value) -> DType {
    let (order, rest) = name.as_str().unwrap().split_at(1);
    let (kind, size) = rest.split_at(1);
    let kinds = [Kind::Bool, Kind::Signed, Kind::Unsigned, Kind::Float, Kind::Complex];
    let kind = kinds.into_iter().find(|k| kind.starts_with(k.letter())).unwrap();
    DType::new(Type::of(kind, size.parse().unwrap()).unwrap()).with_swapped(order == ">")
}

fn numbers(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|n| n.as_i64().unwrap()).collect()
}

fn read_order(name: &Value) -> Order {
    match name.as_str().unwrap() {
        "C" => Order::C,
        "F" => Order::F,
        "A" => Order::A,
        _ => Order::K,
    }
}

fn read_casting(name: &Value) -> Casting {
    Casting::parse(name.as_str().unwrap(), true).unwrap()
}

fn axis(value: &Value) -> Option<isize> {
    value.as_i64().map(|axis| axis as isize)
}

/// The arrays of a case, which may share memory.
struct Bench {
    runtime: Runtime,
    memories: Vec<ArrayRef>,
}

impl Bench {
    fn array(&mut self, spec: &Value) -> ArrayRef {
        let dtype = read_dtype(&spec[0]);
        let (n, skew) = (spec[1].as_u64().unwrap() as usize, spec[2].as_u64().unwrap() as usize);
        let memory = match spec[6].as_u64() {
            Some(other) => std::rc::Rc::clone(&self.memories[other as usize]),
            None => {
                let len = skew + n * dtype.itemsize();
                let memory = NdArray::zeros(&self.runtime, Type::UInt8.into(), &[len], Order::C).unwrap();
                for k in 0..n {
                    let value = Scalar::Int64((7 * k as i64) % 23 - 5);
                    value.write(&memory.buffer(), skew + k * dtype.itemsize(), &dtype);
                }
                memory
            }
        };
        let layout = Layout {
            dtype,
            shape: numbers(&spec[3]).iter().map(|&n| n as usize).collect(),
            strides: numbers(&spec[4]).iter().map(|&n| n as isize).collect(),
            offset: spec[5].as_u64().unwrap() as usize,
        };
        self.memories.push(std::rc::Rc::clone(&memory));
        NdArray::view(&memory, layout)
    }

    /// A contiguous array with its values written out.
    fn values(&self, spec: &Value) -> ArrayRef {
        let shape: Vec<usize> = numbers(&spec[1]).iter().map(|&n| n as usize).collect();
        let array = NdArray::zeros(&self.runtime, read_dtype(&spec[0]), &shape, read_order(&spec[3])).unwrap();
        for (i, value) in spec[2].as_array().unwrap().iter().enumerate() {
            let value = match (value.as_i64(), value.as_u64(), value.as_bool()) {
                (Some(n), ..) => Scalar::Int64(n),
                (_, Some(n), _) => Scalar::UInt64(n),
                (.., Some(truth)) => Scalar::Bool(truth),
                _ => Scalar::Float64(value.as_f64().unwrap()),
            };
            array.write(i * array.layout().itemsize(), &value);
        }
        array
    }

    fn integers(&self, list: &Value) -> ArrayRef {
        match list.as_i64() {
            Some(n) => self.values(&json!(["<i8", [], [n], "C"])),
            None => self.values(&json!(["<i8", [list.as_array().unwrap().len()], list, "C"])),
        }
    }

    fn index(&self, items: &Value) -> Vec<Index> {
        let item = |item: &Value| match item {
            Value::Null => Index::NewAxis,
            Value::Bool(truth) => Index::MaskScalar(*truth),
            Value::Number(n) => Index::Int(n.as_i64().unwrap() as isize),
            Value::String(text) if text == "..." => Index::Ellipsis,
            Value::String(text) => {
                let mut parts = text.split(':').map(|part| part.parse().ok());
                let mut part = || parts.next().flatten();
                Index::Slice { start: part(), stop: part(), step: part() }
            }
            array if array[0] == "|b1" => Index::Mask(self.values(array)),
            array => Index::Integers(self.values(array)),
        };
        items.as_array().unwrap().iter().map(item).collect()
    }

    fn memory(&self) -> Value {
        json!({"memory": hex(&tobytes(&self.memories[0], Order::C).unwrap())})
    }

    fn describe(&self, array: &NdArray) -> Value {
        let layout = array.layout();
        let mut shown = json!({
            "dtype": layout.dtype.str(), "shape": layout.shape.to_vec(), "strides": layout.strides.to_vec(),
            "own": array.owns_data(), "hex": hex(&tobytes(array, Order::C).unwrap()),
        });
        if self.memories.first().is_some_and(|m| m.buffer().id() == array.buffer().id() && array.size() > 0) {
            shown["view"] = json!(layout.offset);
        }
        shown
    }

    fn run(&mut self, case: &Value) -> Result<Value> {
        let name = case["op"].as_str().unwrap();
        let a = if case["a"].is_array() { Some(self.array(&case["a"])) } else { None };
        let a = || a.clone().unwrap();
        let kind = if case["kind"] == "stable" { SortKind::Stable } else { SortKind::Quick };
        let mode = || ClipMode::parse(case["mode"].as_str().unwrap()).unwrap();
        let along = axis(&case["axis"]);
        let found = match name {
            "get" => match get(&self.runtime, &a(), &self.index(&case["i"]))? {
                Selected::Element(offset) => {
                    let scalar = a().read(offset);
                    let dtype = a().dtype().native();
                    let bytes = scalar.to_bytes(&dtype);
                    return Ok(json!({"scalar": [dtype.str(), hex(&bytes[..dtype.itemsize()])]}));
                }
                Selected::View(array) | Selected::Copy(array) => array,
            },
            "set" => {
                let (index, v) = (self.index(&case["i"]), self.array(&case["v"]));
                set(&self.runtime, &a(), &index, &v)?;
                return Ok(self.memory());
            }
            "assign" => {
                let v = self.array(&case["v"]);
                assign(&self.runtime, &a(), &v)?;
                return Ok(self.memory());
            }
            "copyto" => {
                let (v, m) = (self.array(&case["v"]), self.array(&case["m"]));
                copyto(&self.runtime, &a(), &v, read_casting(&case["casting"]), Some(&m))?;
                return Ok(self.memory());
            }
            "copy" => copy(&self.runtime, &a(), read_order(&case["order"]))?,
            "astype" => astype(
                &self.runtime,
                &a(),
                &read_dtype(&case["dtype"]),
                read_order(&case["order"]),
                read_casting(&case["casting"]),
                true,
            )?,
            "sort" => {
                arrange::sort(&self.runtime, &a(), along.unwrap(), kind)?;
                return Ok(self.memory());
            }
            "argsort" => arrange::argsort(&self.runtime, &a(), along, kind)?,
            "partition" => {
                arrange::partition(&self.runtime, &a(), &self.integers(&case["kth"]), along.unwrap())?;
                return Ok(self.memory());
            }
            "argpartition" => arrange::argpartition(&self.runtime, &a(), &self.integers(&case["kth"]), along)?,
            "searchsorted" => {
                if case["sorted"] == true {
                    arrange::sort(&self.runtime, &a(), 0, SortKind::Quick)?;
                }
                let v = self.array(&case["v"]);
                let side = if case["side"] == "left" { Side::Left } else { Side::Right };
                let sorter = case["sorter"].is_array().then(|| self.integers(&case["sorter"]));
                arrange::searchsorted(&self.runtime, &a(), &v, side, sorter.as_ref())?
            }
            "lexsort" => {
                let keys: Vec<ArrayRef> = case["keys"].as_array().unwrap().iter().map(|key| self.array(key)).collect();
                arrange::lexsort(&self.runtime, &keys, along.unwrap())?
            }
            "concatenate" => {
                let parts: Vec<ArrayRef> = case["arrays"].as_array().unwrap().iter().map(|p| self.array(p)).collect();
                let dtype = case["dtype"].is_string().then(|| read_dtype(&case["dtype"]));
                let casting = read_casting(&case["casting"]);
                arrange::concatenate(&self.runtime, &parts, along, dtype.as_ref(), casting, None)?
            }
            "repeat" => arrange::repeat(&self.runtime, &a(), &self.integers(&case["repeats"]), along)?,
            "roll" => {
                let shifts = case["shifts"].as_array().unwrap();
                let shifts: Vec<_> = shifts.iter().map(|s| (s[0].as_i64().unwrap() as isize, axis(&s[1]))).collect();
                arrange::roll(&self.runtime, &a(), &shifts)?
            }
            "unique" => {
                let flag = |i: usize| case["flags"][i] == true;
                let parts = UniqueParts { index: flag(0), inverse: flag(1), counts: flag(2) };
                let found = arrange::unique(&self.runtime, &a(), parts, true)?;
                let all = [Some(found.values), found.index, found.inverse, found.counts];
                let all: Vec<Value> = all.into_iter().flatten().map(|array| self.describe(&array)).collect();
                return Ok(json!({ "list": all }));
            }
            "bincount" => {
                let x = self.values(&case["x"]);
                let weights = case["weights"].as_array().map(|w| self.values(&json!(["<f8", [w.len()], w, "C"])));
                let least = case["minlength"].as_i64().unwrap() as isize;
                arrange::bincount(&self.runtime, &x, weights.as_ref(), least)?
            }
            "take" => select::take(&self.runtime, &a(), &self.values(&case["v"]), along, None, mode())?,
            "put" => {
                let (v, w) = (self.values(&case["v"]), self.array(&case["w"]));
                select::put(&self.runtime, &a(), &v, &w, mode())?;
                return Ok(self.memory());
            }
            "putmask" | "place" => {
                let (m, w) = (self.array(&case["m"]), self.array(&case["w"]));
                let put = if name == "place" { select::place } else { select::putmask };
                put(&self.runtime, &a(), &m, &w)?;
                return Ok(self.memory());
            }
            "compress" => select::compress(&self.runtime, &a(), &self.values(&case["c"]), along, None)?,
            "choose" => {
                let choices = case["choices"].as_array().unwrap();
                let choices: Vec<ArrayRef> = choices.iter().map(|choice| self.array(choice)).collect();
                self.memories.clear();
                select::choose(&self.runtime, &self.values(&case["c"]), &choices, None, mode())?
            }
            "where" => {
                let (c, x, y) = (self.array(&case["c"]), self.array(&case["x"]), self.array(&case["y"]));
                let operands = [x.dtype().ty(), y.dtype().ty()].map(Operand::Strong);
                select::where_(&self.runtime, &c, &x, &y, &result_type(&operands)?.into())?
            }
            "nonzero" => {
                let all = select::nonzero(&self.runtime, &a())?;
                let all: Vec<Value> = all.iter().map(|array| self.describe(array)).collect();
                return Ok(json!({ "list": all }));
            }
            "count_nonzero" => return Ok(json!({"value": select::count_nonzero(&a())?})),
            "tobytes" => return Ok(json!({"value": hex(&tobytes(&a(), read_order(&case["order"]))?)})),
            "byteswap" => {
                byteswap(&self.runtime, &a())?;
                return Ok(self.memory());
            }
            other => panic!("no such operation: {other}"),
        };
        Ok(self.describe(&found))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &Value) -> Vec<u8> {
    let text = text.as_str().unwrap();
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// One value at a time, as the case has them: the bytes it becomes, and the first letters of what is warned of.
fn check_casts(case: &Value) -> Vec<String> {
    let (from, to) = (read_dtype(&case["from"]), read_dtype(&case["to"]));
    let bytes = unhex(&case["hex"]);
    let mut wrong = Vec::new();
    for (i, value) in bytes.chunks(from.itemsize()).enumerate() {
        let runtime = Runtime::default();
        let array = NdArray::zeros(&runtime, from.clone(), &[1], Order::C).unwrap();
        for (cell, &byte) in array.buffer().cells().iter().zip(value) {
            cell.set(byte);
        }
        let cast = astype(&runtime, &array, &to, Order::K, Casting::Unsafe, true).unwrap();
        let mut first: Vec<char> = runtime.warnings.borrow().iter().filter_map(|w| w.message.chars().next()).collect();
        first.sort();
        let found = (hex(&tobytes(&cast, Order::C).unwrap()), first.into_iter().collect::<String>());
        let wanted = (case["r"][i].as_str().unwrap().to_string(), case["warnings"][i].as_str().unwrap().to_string());
        if found != wanted {
            wrong.push(format!("{from} {} to {to}: {found:?}, NumPy {wanted:?}", array.read(0).as_f64()));
        }
    }
    wrong
}

/// The most bytes that live at once during an operation, beyond those before.
fn peak(name: &str) -> usize {
    let n = 25_000;
    let runtime = Runtime::default();
    let filled = |ty: Type, value: &dyn Fn(usize) -> i64| {
        let array = NdArray::zeros(&runtime, ty.into(), &[n], Order::C).unwrap();
        (0..n).for_each(|i| array.write(i * ty.size(), &Scalar::Int64(value(i))));
        array
    };
    let line = filled(Type::Float64, &|i| i as i64);
    let grid = NdArray::view(&line, Layout::contiguous(Type::Float64.into(), &[100, 250], Order::C));
    let turned = NdArray::view(&line, permute(&grid.layout(), &[1, 0]));
    let mask = filled(Type::Bool, &|i| (i % 3 == 0) as i64);
    let places = filled(Type::Int64, &|i| (n - 1 - i) as i64);
    let ints = filled(Type::Int32, &|i| i as i64);
    let few = NdArray::zeros(&runtime, Type::Int64.into(), &[50], Order::C).unwrap();
    (0..50).for_each(|i| few.write(8 * i, &Scalar::Int64((n as i64 - 1 - i as i64) % 100)));
    let part = |array: &ArrayRef, offset: usize, count: usize, stride: isize| {
        let mut layout = Layout::contiguous(array.dtype(), &[count], Order::C);
        (layout.offset, layout.strides[0]) = (offset, stride);
        NdArray::view(array, layout)
    };
    let one = NdArray::from_scalar(&runtime, Scalar::Float64(1.0)).unwrap();
    let all = Index::Slice { start: None, stop: None, step: None };
    let (rt, from_1) = (&runtime, Index::Slice { start: Some(1), stop: None, step: None });
    rt.ledger.start_step();
    let before = rt.ledger.live();
    let keep: Vec<ArrayRef> = match name {
        "copy" => vec![copy(rt, &turned, Order::C).unwrap()],
        "astype" => vec![astype(rt, &grid, &Type::Float32.into(), Order::K, Casting::Unsafe, true).unwrap()],
        "mask" | "places" | "rows" | "columns" => {
            let (array, index) = match name {
                "mask" => (&line, vec![Index::Mask(mask)]),
                "places" => (&line, vec![Index::Integers(places)]),
                "rows" => (&grid, vec![Index::Integers(few)]),
                _ => (&grid, vec![all, Index::Integers(few)]),
            };
            match get(rt, array, &index).unwrap() {
                Selected::Copy(array) => vec![array],
                _ => panic!("not a copy"),
            }
        }
        "set mask" => set(rt, &line, &[Index::Mask(mask)], &one).map(|_| vec![]).unwrap(),
        "set places" => set(rt, &line, &[Index::Integers(places)], &line).map(|_| vec![]).unwrap(),
        "shift" => set(rt, &line, &[from_1], &part(&line, 0, n - 1, 8)).map(|_| vec![]).unwrap(),
        "reverse" => set(rt, &line, &[all], &part(&line, 8 * (n - 1), n, -8)).map(|_| vec![]).unwrap(),
        "sort" => arrange::sort(rt, &line, 0, SortKind::Quick).map(|_| vec![]).unwrap(),
        "sort axis" => arrange::sort(rt, &grid, 0, SortKind::Quick).map(|_| vec![]).unwrap(),
        "argsort" => vec![arrange::argsort(rt, &line, Some(0), SortKind::Quick).unwrap()],
        "argsort axis" => vec![arrange::argsort(rt, &grid, Some(0), SortKind::Quick).unwrap()],
        "take" => vec![select::take(rt, &line, &places, Some(0), None, ClipMode::Raise).unwrap()],
        "take turned" => vec![select::take(rt, &turned, &few, Some(0), None, ClipMode::Raise).unwrap()],
        "repeat" => {
            let two = NdArray::from_scalar(rt, Scalar::Int64(2)).unwrap();
            vec![arrange::repeat(rt, &line, &two, Some(0)).unwrap()]
        }
        "concatenate" => {
            let parts = [line.clone(), line.clone()];
            vec![arrange::concatenate(rt, &parts, Some(0), None, Casting::SameKind, None).unwrap()]
        }
        "nonzero" => select::nonzero(rt, &line).unwrap().into_vec(),
        "searchsorted" => vec![arrange::searchsorted(rt, &line, &ints, Side::Left, None).unwrap()],
        "roll" => vec![arrange::roll(rt, &line, &[(3, None)]).unwrap()],
        "roll flat" => vec![arrange::roll(rt, &turned, &[(3, None)]).unwrap()],
        "put" => select::put(rt, &turned, &part(&few, 0, 10, 8), &one, ClipMode::Raise).map(|_| vec![]).unwrap(),
        other => panic!("no such operation: {other}"),
    };
    drop(keep);
    rt.ledger.peak() - before
}

#[test]
fn elements_move_as_in_numpy() {
    let text = include_str!("../oracle/index.jsonl");
    let mut wrong = Vec::new();
    let mut cases = 0;
    for (n, line) in text.lines().enumerate().skip(1) {
        let case: Value = serde_json::from_str(line).unwrap();
        cases += 1;
        if case["op"] == "cast" {
            wrong.extend(check_casts(&case));
            continue;
        }
        if case["op"] == "peak" {
            let (name, wanted) = (case["name"].as_str().unwrap(), case["r"].as_u64().unwrap());
            let found = peak(name) as u64;
            // Python's own objects are in NumPy's number
            if found > wanted || wanted - found > 8000 {
                wrong.push(format!("{name}: a peak of {found} bytes, NumPy {wanted}"));
            }
            continue;
        }
        let mut bench = Bench { runtime: Runtime::default(), memories: Vec::new() };
        let found =
            bench.run(&case).unwrap_or_else(|error: Error| json!({"error": [error.class().name(), error.message()]}));
        let warned: Vec<Value> = bench.runtime.warnings.borrow().iter().map(|warning| json!(warning.message)).collect();
        let expected = case["warnings"].as_array().cloned().unwrap_or_default();
        if found != case["r"] || warned != expected {
            wrong.push(format!("line {}: {line}\n   here: {found} {warned:?}", n + 1));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} differ:\n{}", wrong.len(), wrong[..wrong.len().min(25)].join("\n"));
}
