//! The expression that is recovered for a view makes that view, in a session.

use ndsh::array::Layout;
use ndsh::array::layout::recover::{Recovery, recover};
use ndsh::array::layout::view_step::{ViewStep, apply_all, shortest_slice};
use ndsh::array::layout::{BasicIndex, Shape, Strides};
use ndsh::session::Session;
use ndsh::value::Value;
use proptest::prelude::*;

/// A session with `x`, the numbers of an array of this shape.
fn session(shape: &[usize]) -> Session {
    let mut session = Session::new();
    let size = shape.iter().product::<usize>();
    let lengths: Vec<String> = shape.iter().map(usize::to_string).collect();
    run(&mut session, &format!("x = np.arange({size}).reshape([{}])", lengths.join(", ")));
    session
}

fn run(session: &mut Session, text: &str) {
    for step in session.run(text) {
        assert!(step.failure.is_none(), "{text}: {:?}", step.failure);
    }
}

fn layout(session: &mut Session, text: &str) -> (Layout, u64) {
    match session.evaluate(text) {
        Ok(Some(Value::Array(array))) => (array.layout().clone(), array.buffer().id()),
        other => panic!("{text} is no array: {:?}", other.map(|value| value.is_some())),
    }
}

fn text_of(steps: &[ViewStep], name: &str) -> String {
    steps.iter().fold(name.to_string(), |text, step| step.text(&text))
}

/// Random numbers, used up one by one.
struct Dice(std::vec::IntoIter<usize>);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0.next().unwrap_or(0) % most.max(1)
    }
}

/// A random index or transpose of `layout`.
fn random_step(layout: &Layout, dice: &mut Dice) -> ViewStep {
    if dice.below(3) == 0 {
        let mut axes: Vec<usize> = (0..layout.ndim()).collect();
        (1..axes.len()).for_each(|n| axes.swap(n, dice.below(n + 1)));
        return ViewStep::Transpose(axes.into_iter().collect());
    }
    let mut items = Vec::new();
    for &length in &layout.shape {
        if dice.below(5) == 0 && layout.ndim() < 5 {
            items.push(BasicIndex::NewAxis);
        }
        let start = dice.below(length);
        items.push(match dice.below(6) {
            0 if length > 0 => BasicIndex::Int(start as isize),
            1 => BasicIndex::Slice(shortest_slice(length, start, 0, 1)),
            2 | 3 => {
                let step = 1 + dice.below(3);
                let count = 1 + dice.below(length.saturating_sub(start + 1) / step + 1);
                BasicIndex::Slice(shortest_slice(length, start, count, step as isize))
            }
            _ => {
                let step = 1 + dice.below(3);
                let count = 1 + dice.below(start / step + 1);
                BasicIndex::Slice(shortest_slice(length, start, count, -(step as isize)))
            }
        });
    }
    items.push(BasicIndex::Ellipsis);
    ViewStep::Index(items)
}

fn random_steps(mut layout: Layout, count: usize, dice: &mut Dice) -> Vec<ViewStep> {
    let mut steps = Vec::new();
    for _ in 0..count {
        let step = random_step(&layout, dice);
        layout = step.apply(&layout).expect("a step that was made for the layout");
        steps.push(step);
    }
    steps
}

/// Whether the recovered expression makes the view in the session where `a` is the base.
fn makes(session: &mut Session, found: &Recovery, view: &(Layout, u64)) -> String {
    let text = match found.steps.as_slice() {
        [] => "a[...]".to_string(),
        steps => text_of(steps, "a"),
    };
    assert_eq!(&layout(session, &text), view, "{text}");
    text
}

#[test]
fn many_axes_exhaust_patience_and_not_the_user() {
    let mut session = session(&[64, 64]);
    let (x, _) = layout(&mut session, "x");
    let laid = |count: usize, length: usize, strides: &dyn Fn(usize) -> isize| Layout {
        shape: Shape::from_elem(length, count),
        strides: (0..count).map(strides).collect::<Strides>(),
        offset: 8,
        ..x.clone()
    };
    let ones = laid(64, 1, &|_| 0);
    let bases = [ones.clone(), laid(60, 2, &|axis| 8 * (axis as isize % 3)), laid(64, 1, &|axis| 8 * axis as isize)];
    let views = [laid(60, 2, &|axis| 8 * (1 + axis as isize % 2)), laid(60, 2, &|axis| 8 * (axis as isize % 7)), ones];
    for base in bases.iter().chain([&x]) {
        for view in &views {
            if let Ok(found) = recover(view, base) {
                assert_eq!(apply_all(&found.steps, base).as_ref(), Some(view));
            }
        }
    }
}

proptest! {
    #[test]
    fn indices_and_transposes_of_any_array_are_recovered(
        shape in proptest::collection::vec(1usize..6, 0..4),
        rolls in proptest::collection::vec(0usize..1000, 80),
        counts in (0usize..3, 0usize..4),
    ) {
        let mut session = session(&shape);
        let mut dice = Dice(rolls.into_iter());
        let (x, _) = layout(&mut session, "x");
        let steps = random_steps(x, counts.0, &mut dice);
        run(&mut session, &format!("a = {}", text_of(&steps, "x")));
        let (a, _) = layout(&mut session, "a");
        let steps = random_steps(a.clone(), counts.1, &mut dice);
        run(&mut session, &format!("v = {}", text_of(&steps, "a")));
        let view = layout(&mut session, "v");
        let found = recover(&view.0, &a).unwrap();
        let text = makes(&mut session, &found, &view);
        let is_simple = found.steps.iter().all(|s| matches!(s, ViewStep::Index(_) | ViewStep::Transpose(_)));
        // an empty axis forgets which axis it was, and a stride that stands still may have been a broadcast
        prop_assert!(is_simple || view.0.size() == 0, "{text} for {}", text_of(&steps, "a"));
        prop_assert!(found.steps.len() <= 2 || view.0.size() == 0, "{text}");
    }

    #[test]
    fn any_strides_within_an_array_are_recovered(
        shape in proptest::sample::select(vec![vec![260], vec![13, 20], vec![2, 13, 10]]),
        of in proptest::sample::select(vec!["x", "x.T", "x[::-1]", "x[..., 1:]"]),
        axes in proptest::collection::vec((0usize..5, -9isize..10), 0..4),
        start in 110usize..150,
    ) {
        let mut session = session(&shape);
        run(&mut session, &format!("a = {of}"));
        let (a, buffer) = layout(&mut session, "a");
        let (lengths, strides): (Vec<usize>, Vec<isize>) = axes.into_iter().unzip();
        let view = Layout {
            shape: Shape::from_slice(&lengths),
            strides: strides.iter().map(|stride| stride * 8).collect::<Strides>(),
            offset: start * 8,
            ..a.clone()
        };
        // only where the array itself leaves places out may there be none
        let Ok(found) = recover(&view, &a) else {
            prop_assert_eq!(of, "x[..., 1:]");
            return Ok(());
        };
        makes(&mut session, &found, &(view, buffer));
    }
}
