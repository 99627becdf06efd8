//! Every line of `tests/oracle/printing.jsonl`, which NumPy wrote, printed again.

use ndsh::array::printing::{
    FloatMode, Formatter, Legacy, PrintOptions, Sign, array_repr, array_str, array2string, scalar_repr, scalar_str,
};
use ndsh::array::{ArrayRef, DType, Item, Kind, Layout, NdArray, Order, Runtime, Scalar, Type};
use serde_json::Value;

/// The array of a case: a view of bytes, as NumPy had it.
fn read_array(runtime: &Runtime, case: &Value) -> ArrayRef {
    let name = case["dtype"].as_str().unwrap();
    let (order, rest) = name.split_at(1);
    let (kind, size) = rest.split_at(1);
    let kind = [Kind::Bool, Kind::Signed, Kind::Unsigned, Kind::Float, Kind::Complex]
        .into_iter()
        .find(|k| kind.starts_with(k.letter()));
    let ty = Type::of(kind.unwrap(), size.parse().unwrap()).unwrap();
    let dtype = DType::new(ty).with_swapped(order == ">");

    let hex = case["hex"].as_str().unwrap();
    let memory = NdArray::zeros(runtime, Type::UInt8.into(), &[hex.len() / 2], Order::C).unwrap();
    for at in 0..hex.len() / 2 {
        memory.write(at, &Scalar::UInt8(u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()));
    }

    let shape: Vec<usize> = numbers(&case["shape"]).map(|n| n as usize).collect();
    let mut layout = Layout::contiguous(dtype, &shape, Order::C);
    if case["strides"].is_array() {
        layout.strides = numbers(&case["strides"]).map(|n| n as isize).collect();
        layout.offset = case["offset"].as_u64().unwrap() as usize;
    }
    NdArray::view(&memory, layout)
}

fn numbers(list: &Value) -> impl Iterator<Item = i64> + '_ {
    list.as_array().unwrap().iter().map(|n| n.as_i64().unwrap())
}

fn read_options(given: &Value) -> PrintOptions {
    let mut options = PrintOptions::default();
    for (name, value) in given.as_object().into_iter().flatten() {
        let (number, text) = (value.as_u64().unwrap_or(0) as usize, value.as_str().unwrap_or(""));
        match name.as_str() {
            "precision" => options.precision = number,
            "threshold" => options.threshold = number,
            "edgeitems" => options.edgeitems = number,
            "linewidth" => options.linewidth = number,
            "suppress" => options.suppress = value.as_bool().unwrap(),
            "nanstr" => options.nanstr = text.to_string(),
            "infstr" => options.infstr = text.to_string(),
            "sign" => options.sign = Sign::from_name(text).unwrap(),
            "floatmode" => options.floatmode = FloatMode::from_name(text).unwrap(),
            "legacy" => options.legacy = Legacy::from_name(text).unwrap(),
            other => panic!("no such option: {other}"),
        }
    }
    if options.legacy == Legacy::V1_13 {
        options.sign = Sign::Minus;
    }
    options
}

fn text_of(item: &Item, options: &PrintOptions) -> String {
    match item {
        Item::Number(scalar) => scalar_str(*scalar, options),
        other => other.repr(),
    }
}

/// What the case prints here, beside what NumPy printed.
fn print(case: &Value, array: &NdArray) -> Vec<(String, String)> {
    let options = read_options(&case["options"]);
    let expected = |value: &Value| value.as_str().unwrap().to_string();
    if let Some(call) = case["call"].as_array() {
        let words: Vec<&str> = call.iter().map(|word| word.as_str().unwrap()).collect();
        let formatter: Option<Box<Formatter>> = match words[3] {
            "" => None,
            "angle" => Some(Box::new(|x| Ok(format!("<{}>", text_of(x, &options))))),
            "two_lines" => Some(Box::new(|x| Ok(format!("{0}\n  {0}.", text_of(x, &options))))),
            "accent" => Some(Box::new(|x| Ok(format!("é{}", text_of(x, &options))))),
            "blank" => Some(Box::new(|_| Ok("   ".to_string()))),
            other => panic!("no such formatter: {other}"),
        };
        let text = array2string(array, &options, words[0], words[1], words[2], formatter.as_deref()).unwrap();
        return vec![(text, words[4].to_string())];
    }
    let mut texts = vec![
        (array_repr(array, &options), expected(&case["repr"])),
        (array_str(array, &options), expected(&case["str"])),
    ];
    if case["scalar"].is_array() {
        let scalar = array.read(array.layout().offset);
        texts.push((scalar_repr(scalar, &options), expected(&case["scalar"][0])));
        texts.push((scalar_str(scalar, &options), expected(&case["scalar"][1])));
    }
    texts
}

#[test]
fn arrays_and_scalars_print_as_numpy_prints_them() {
    let runtime = Runtime::default();
    let mut lines = include_str!("../oracle/printing.jsonl").lines();
    assert!(lines.next().is_some_and(|first| first.contains("\"numpy\"")));
    let (mut count, mut failures) = (0, Vec::new());
    for (number, line) in lines.enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let array = read_array(&runtime, &case);
        for (text, expected) in print(&case, &array) {
            count += 1;
            if text != expected {
                failures.push(format!("line {}: {case}\nexpected\n{expected}\ngot\n{text}\n", number + 2));
            }
        }
    }
    assert!(count > 2500, "only {count} texts compared");
    failures.sort_by_key(String::len);
    let shown = failures.iter().take(12).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {count} texts differ\n{shown}", failures.len());
}
