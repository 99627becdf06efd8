//! Maps of memory: the geometry against trying every byte, the pictures against their golden files.

use super::layout::{BYTES, any_view, places};
use super::transcripts::{difference, is_update};
use ndsh::array::layout::cache_lines::{LINE, lines_of_traversal, lines_of_walk, lines_reached};
use ndsh::array::layout::transpose::moveaxis;
use ndsh::array::layout::{Layout, cells_within, density};
use ndsh::array::{Order, Type};
use ndsh::report::map::grid::Grid;
use ndsh::session::{Graph, Session, Tape, named_arrays, tapes};
use ndsh::shell::{Manner, Shell};
use ndsh::value::Value;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

/// The lines that elements at these bytes load, by looking at each.
fn loads(places: &[isize], itemsize: isize) -> u128 {
    let lines = |at: isize| at / LINE as isize..=(at + itemsize - 1) / LINE as isize;
    let mut total = 0;
    let mut before = None;
    for &at in places {
        total += lines(at).filter(|line| before.is_none_or(|before| !lines(before).contains(line))).count() as u128;
        before = Some(at);
    }
    total
}

/// The tapes of these expressions, evaluated after `setup`.
fn tapes_of(setup: &str, expressions: &[&str]) -> Vec<Tape> {
    let mut session = Session::new();
    assert!(session.run(setup).iter().all(|step| step.failure.is_none()));
    let arrays: Vec<_> = expressions
        .iter()
        .map(|text| match session.evaluate(text).unwrap() {
            Some(Value::Array(array)) => (text.to_string(), array),
            _ => panic!("{text} is no array"),
        })
        .collect();
    tapes(&arrays, 200, &Default::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_byte_leads_to_the_elements_on_it(layout in any_view(), byte in 0..BYTES) {
        let size = layout.itemsize() as isize;
        let at = byte as isize;
        let wanted: BTreeSet<isize> =
            places(&layout).into_iter().filter(|&start| start <= at && at < start + size).collect();
        let cells = cells_within(&layout, byte..byte + 1, 100_000);
        prop_assert!(cells.is_complete);
        let found: BTreeSet<isize> = cells.found.iter().map(|cell| cell.start as isize).collect();
        prop_assert_eq!(&found, &wanted);
        // every index leads to the byte, each once, and together they are all elements there
        let mut count = 0;
        for cell in &cells.found {
            let mut start = layout.offset as isize;
            let mut times = 1;
            for (axis, index) in cell.index.iter().enumerate() {
                start += layout.strides[axis] * index.unwrap_or(0) as isize;
                times *= if index.is_none() { layout.shape[axis] } else { 1 };
            }
            prop_assert_eq!(start, cell.start as isize);
            count += times;
        }
        prop_assert_eq!(count, places(&layout).into_iter().filter(|start| wanted.contains(start)).count());
        let distinct: BTreeSet<_> = cells.found.iter().collect();
        prop_assert_eq!(distinct.len(), cells.found.len());
    }

    #[test]
    fn the_cells_of_all_parts_cover_exactly_the_bytes(layout in any_view(), part in 1usize..40) {
        let size = layout.itemsize();
        let bytes: BTreeSet<usize> =
            places(&layout).into_iter().flat_map(|at| at as usize..at as usize + size).collect();
        let mut covered = BTreeSet::new();
        for start in (0..BYTES).step_by(part) {
            for cell in cells_within(&layout, start..start + part, 100_000).found {
                covered.extend(cell.start..cell.start + size);
            }
        }
        prop_assert_eq!(&covered, &bytes);
        for part in density(&layout, 0..BYTES, part) {
            prop_assert_eq!(part.reached, Some(bytes.range(part.bytes).count()));
        }
    }

    #[test]
    fn cache_lines_are_those_that_a_walk_meets(layout in any_view(), shift in 0usize..200) {
        if layout.size() == 0 {
            let lines = |axis| lines_of_walk(&layout, axis) + lines_of_traversal(&layout, axis);
            prop_assert!((0..layout.ndim()).all(|axis| lines(axis) == 0));
            return Ok(());
        }
        let layout = Layout { offset: layout.offset + shift, ..layout };
        let size = layout.itemsize() as isize;
        for axis in 0..layout.ndim() {
            let start = layout.offset as isize;
            let walk: Vec<isize> =
                (0..layout.shape[axis] as isize).map(|n| start + n * layout.strides[axis]).collect();
            prop_assert_eq!(lines_of_walk(&layout, axis), loads(&walk, size));
            let last = layout.ndim() as isize - 1;
            let turned = moveaxis(&layout, &[axis as isize], &[last]).unwrap();
            prop_assert_eq!(lines_of_traversal(&layout, axis), loads(&places(&turned), size));
        }
        let all: BTreeSet<isize> =
            places(&layout).into_iter().flat_map(|at| (at..at + size).map(|byte| byte / LINE as isize)).collect();
        if let Some(lines) = lines_reached(&layout) {
            prop_assert_eq!(lines, all.len() as u128);
        }
    }
}

#[test]
fn the_shares_of_a_large_array_are_computed() {
    let matrix = Layout::contiguous(Type::Float64.into(), &[40_000, 40_000], Order::C);
    let parts = density(&matrix, 0..matrix.nbytes(), 60);
    assert!(parts.iter().all(|part| part.reached == Some(part.bytes.len())));
    assert_eq!(lines_of_traversal(&matrix, 0), 1_600_000_000);
    assert_eq!(lines_of_traversal(&matrix, 1), 200_000_000);
    let cells = cells_within(&matrix, 6_400_000_000..6_400_000_008, 100);
    assert_eq!(cells.found[0].index.as_slice(), [Some(20_000), Some(0)]);
}

#[test]
fn a_row_holds_whole_cells_and_the_rows_hold_every_byte() {
    let setup = "a = np.arange(24); b = a.reshape(4, 6); c = a.view('u1')[3:99]";
    for names in [&["a"][..], &["b", "b.T"], &["a[::5]", "a.view('<i4')"], &["c", "a"]] {
        for room in [8, 20, 61, 100, 300] {
            let tape = tapes_of(setup, names).remove(0);
            let grid = Grid::of(&tape, room);
            let mut next = tape.window.start;
            for stretch in &grid.stretches {
                use ndsh::report::map::grid::Stretch::{Fold, Row};
                let (Row(bytes) | Fold(bytes)) = stretch;
                assert_eq!(bytes.start, next);
                next = bytes.end;
                if let Row(row) = stretch {
                    assert!(grid.column(row.start, row.end) <= room, "{names:?} {room}");
                    assert!((row.start - tape.window.start).is_multiple_of(8), "{names:?} {room} {row:?}");
                }
            }
            assert_eq!(next, tape.window.end);
        }
    }
}

#[test]
fn every_map_fits_the_width() {
    let mut shell = Shell::new(Manner::prompt(80));
    shell.enter_plain("%report off");
    shell.enter_plain("a = np.arange(300.).reshape(10, 30) / 7; s = a[::3, ::-2].T; z = np.zeros((1000, 1000, 1000))");
    shell.enter_plain("a_name_that_nobody_would_like_to_read = a.view('u1'); k = np.zeros((2,) * 20, '>c16')");
    for names in [
        "a",
        "a[:, ::-1][:, 30:]",
        "s a",
        "a_name_that_nobody_would_like_to_read a",
        "z z[5:9, :, 3]",
        "k k.T",
        "a[0, 0, ...]",
    ] {
        for option in ["", "--lines", "--hex"] {
            for width in [40, 60, 80, 120, 200] {
                shell.manner.view.width = width;
                let drawn = shell.enter_plain(&format!("%map {option} {names}"));
                assert!(drawn.contains('#'), "{drawn}");
                let widest = drawn.lines().map(|line| line.chars().count()).max();
                assert!(widest <= Some(width), "%map {option} {names} at {width}:\n{drawn}");
            }
        }
    }
}

#[test]
fn pictures_are_those_of_the_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["map.svg", "map.html", "graph.dot"] {
        let mut shell = Shell::new(Manner::prompt(80));
        let target = folder.join(name);
        // the statements of README
        shell.enter_plain("a = np.arange(6)");
        shell.enter_plain("b = a.reshape(2, 3)");
        let names = if name == "graph.dot" { "" } else { "a b.T b[:, 1]" };
        let said = shell.enter_plain(&format!("%map --save '{}' {names}", target.display()));
        assert!(said.starts_with("saved "), "{said}");
        let drawn = std::fs::read_to_string(&target).unwrap();
        let golden = match name {
            "map.svg" => root.join("examples").join(name),
            _ => root.join("tests/pictures").join(name),
        };
        if is_update() {
            std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
            std::fs::write(&golden, &drawn).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(drawn == expected, "NDSH_UPDATE=1 cargo test writes {name} anew:\n{}", difference(&expected, &drawn));
    }
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn names_in_pictures_are_escaped() {
    let tapes = tapes_of("a = np.arange(3)", &["a.view('<u4')"]);
    for picture in [ndsh::report::picture::svg(&tapes), ndsh::report::picture::html(&tapes)] {
        assert!(picture.contains("a.view(&#39;&lt;u4&#39;)") && !picture.contains("'<u4'"));
        assert!(picture.contains("role=\"img\"") && picture.contains("<title") && picture.contains("<desc"));
        assert!(picture.contains("prefers-color-scheme:dark"));
    }
}

#[test]
fn the_graph_has_every_array_once() {
    let mut session = Session::new();
    session.run("a = np.arange(6); b = a; c = a.reshape(2, 3)[1]; d = np.arange(4).reshape(2, 2); n = 3");
    let graph = Graph::of(&named_arrays(session.workspace()));
    let names: Vec<(&str, usize)> = graph.names.iter().map(|(name, array)| (name.as_str(), *array)).collect();
    assert_eq!(names, [("a", 0), ("b", 0), ("c", 1), ("d", 2)]);
    assert_eq!(graph.arrays.iter().map(|array| array.base).collect::<Vec<_>>(), [None, Some(0), Some(3), None]);
    assert_eq!(graph.buffers.iter().map(|buffer| buffer.id).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn planned_buffers_have_maps_without_values() {
    let mut shell = Shell::new(Manner::prompt(80));
    shell.session.context().runtime.ledger.set_planning(true);
    shell.enter_plain("%report off");
    shell.enter_plain("p = np.zeros((10**6, 10**6)); v = p.T[5:, ::2]");
    let drawn = shell.enter_plain("%map p v");
    assert!(drawn.contains("[999999,999999]") && drawn.contains("8 TB") && drawn.contains("planned"), "{drawn}");
    assert!(!drawn.contains("│ 0.0"), "{drawn}");
    let lines = shell.enter_plain("%map --lines p");
    assert!(lines.contains("125,000,000,000"), "{lines}");
    assert!(shell.enter_plain("%map --hex p").contains("no bytes yet"));
    let place = shell.enter_plain("%at p[4, 7]");
    assert!(place.contains("+ 4*8000000 + 7*8 = 32000056") && place.contains("v[2, 2]"), "{place}");
}
