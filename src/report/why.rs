//! `%why`, drawn: the verdict, the steps with their numbers, what to write instead, the flags.

use super::array::{file, memory};
use super::full::flag_reasons;
use super::markup::{Markup, Role};
use super::paragraph::wrap;
use super::size::{bytes, tuple};
use crate::session::{Common, Doing, Origin, Sharing, Why, WhyArray, WhyStep};
use crate::text::article::with_article;
use unicode_width::UnicodeWidthStr;

const INDENT: usize = 2;
const HELP: &str = "help: ";

/// Draws what there is to say.
pub fn why(why: &Why, width: usize) -> Markup {
    let mut page = Page { out: Markup::new(), width };
    match why {
        Why::Array(array) => page.array(array),
        Why::Element { subject, of, class, bytes: size, place, view } => {
            page.verdict(subject, &format!("a COPY of one element of {of}: a scalar, {class}, {}", bytes(*size)));
            page.fact("an integer for every axis names one element");
            page.fact(&format!("it was read at {place}; later writes do not reach it"));
            page.help(view, "is a 0-d view of the same element");
        }
        Why::Scalar { subject, class, bytes: size } => {
            page.verdict(
                subject,
                &format!("a scalar, {class}, with {} of its own: a COPY, never a view", bytes(*size)),
            );
            page.fact("an integer for every axis copies one element out; later writes to the array do not reach it");
            page.help("a[0, ...]", "keeps a 0-d view of an element");
        }
        Why::Sharing(sharing) => page.sharing(sharing),
        Why::Other { subject, class } => {
            page.verdict(subject, &format!("no array: {class}"));
            page.fact("only arrays are views or copies; a name is bound to the object itself");
        }
    }
    page.out
}

struct Page {
    out: Markup,
    width: usize,
}

impl Page {
    fn verdict(&mut self, subject: &str, text: &str) {
        let subject = subject.lines().next().unwrap_or("");
        let text = format!("{subject}: {text}");
        let room = if text.width() <= self.width { self.width } else { self.width.saturating_sub(INDENT) };
        let mut lines = wrap(&text, room.max(20)).into_iter();
        let first = lines.next().unwrap_or_default();
        self.out.scan(Role::Heading, &first).add(Role::Plain, "\n");
        lines.for_each(|line| {
            self.out.scan(Role::Heading, &format!("{}{line}", " ".repeat(INDENT))).add(Role::Plain, "\n");
        });
    }

    fn fact(&mut self, text: &str) {
        self.wrapped(text, 1);
    }

    /// A text behind `depth` indents: on one line if there is room, else folded, the later lines one indent deeper.
    fn wrapped(&mut self, text: &str, depth: usize) {
        let room = self.width.saturating_sub(INDENT * depth);
        let lines = match text.width() <= room {
            true => vec![text.to_string()],
            false => wrap(text, room.saturating_sub(INDENT).max(20)),
        };
        for (n, line) in lines.into_iter().enumerate() {
            let blanks = " ".repeat(INDENT * if n == 0 { depth } else { depth + 1 });
            self.out.line(&format!("{blanks}{line}"));
        }
    }

    /// What a step does, and the numbers behind it: on one line if there is room, else each on a line of its own.
    fn step(&mut self, head: &str, facts: &[String]) {
        if let [fact] = facts
            && INDENT + head.width() + 1 + fact.width() <= self.width
        {
            return self.fact(&format!("{head} {fact}"));
        }
        self.fact(head);
        facts.iter().for_each(|fact| self.wrapped(fact, 2));
    }

    fn help(&mut self, spelling: &str, gives: impl std::fmt::Display) {
        let room = self.width.saturating_sub(INDENT + HELP.len()).max(20);
        let mut head = HELP.to_string();
        let mut role = Role::Help;
        for line in wrap(&format!("{spelling} {gives}"), room) {
            self.out.add(Role::Plain, " ".repeat(INDENT)).add(role, head).line(&line);
            (role, head) = (Role::Plain, " ".repeat(HELP.len()));
        }
    }

    fn sharing(&mut self, sharing: &Sharing) {
        let [a, b] = &sharing.arrays;
        let answer = if sharing.answer { "True" } else { "False" };
        self.verdict(&sharing.subject, answer);
        for one in [a, b] {
            self.fact(&match one.bytes {
                (low, high) if low < high => {
                    format!("{} stands on bytes {low} to {} of #{}", one.text, high - 1, one.buffer)
                }
                _ => format!("{} has no bytes", one.text),
            });
        }
        let (low, high) = (a.bytes.0.max(b.bytes.0), a.bytes.1.min(b.bytes.1) - 1);
        let bounds = format!("their bounds overlap from byte {low} to {high}");
        let said = match &sharing.common {
            Common::Buffers => vec!["different buffers have no byte in common".to_string()],
            Common::Bounds => vec!["their bounds do not overlap, so no byte is in both".to_string()],
            Common::Borrowed => vec!["both buffers borrow the same bytes of another object".to_string()],
            Common::Cells(cells) => vec![bounds, format!("exactly: {cells} stands on bytes of {} too", a.text)],
            Common::Unknown => vec![bounds, "whether a byte is in both is not known: to search would take long".into()],
            Common::Nothing(None) => vec![bounds, "exactly: no byte is in both".to_string()],
            Common::Nothing(Some([step, gap, one, other])) => vec![
                bounds,
                format!(
                    "exactly: no byte is in both, since every stride is a multiple of {step} and they start {gap} apart: \
                     of each {step} bytes {} has {one} and {} other {other}",
                    a.text, b.text
                ),
            ],
        };
        said.iter().for_each(|fact| self.fact(fact));
        if !matches!(sharing.common, Common::Buffers | Common::Bounds) {
            self.fact("np.may_share_memory compares the bounds, np.shares_memory the bytes");
        }
    }

    fn array(&mut self, array: &WhyArray) {
        self.verdict(&array.facts.name, &verdict(array));
        if let Some(statement) = &array.statement {
            self.fact(&format!("made by: {}", statement.lines().next().unwrap_or("")));
        }
        if array.changed {
            self.fact("since then it was changed in place: its shape, strides, dtype or memory");
        }
        for step in &array.steps {
            let subject = step.expression.as_deref().unwrap_or("it");
            let of = source(step);
            match &step.doing {
                Doing::Copies(reason) if step.expression.is_none() => self.fact(reason),
                Doing::Same => self.fact(&format!("{subject} is {of} itself")),
                Doing::Copies(reason) => self.step(&format!("{subject} copies {of}:"), std::slice::from_ref(reason)),
                Doing::Views(facts) => self.step(&format!("{subject} is a view of {of}:"), facts),
            }
        }
        for step in &array.others {
            if let Doing::Copies(reason) = &step.doing {
                self.step(
                    &format!("on the way #{} copies {}:", step.buffer, source(step)),
                    std::slice::from_ref(reason),
                );
            }
        }
        for (spelling, gives) in array.steps.iter().chain(&array.others).filter_map(|step| step.cure.as_ref()) {
            self.help(spelling, gives);
        }
        self.flags(array);
    }

    fn flags(&mut self, array: &WhyArray) {
        const NAMES: usize = 2 + 15 + 1 + 5 + 2;
        let facts = &array.facts;
        self.fact(&format!(
            "{} · shape {} · strides {} · offset {}",
            facts.dtype,
            tuple(&facts.shape),
            tuple(&facts.strides),
            facts.offset
        ));
        for (name, set, reason) in flag_reasons(facts).into_iter().filter(|(name, ..)| *name != "WRITEBACKIFCOPY") {
            let mut lines = wrap(&reason, self.width.saturating_sub(NAMES).max(20)).into_iter();
            self.out.add(Role::Plain, format!("  {name:<15} "));
            self.out
                .add(if set { Role::Heading } else { Role::Dim }, format!("{:<5}", if set { "True" } else { "False" }));
            self.out.line(&format!("  {}", lines.next().unwrap_or_default()));
            lines.for_each(|line| {
                self.out.line(&format!("{}{line}", " ".repeat(NAMES)));
            });
        }
    }
}

/// What a step was made of.
fn source(step: &WhyStep) -> String {
    step.of.clone().unwrap_or_else(|| "an array without a name".to_string())
}

/// View or copy, in a line. `base` does not decide: a view of a fresh copy shares nothing with what was copied.
fn verdict(array: &WhyArray) -> String {
    let facts = &array.facts;
    let whose = memory(facts);
    let buffer = |step: &WhyStep| format!("#{}, {}", step.buffer, bytes(step.bytes));
    if let [step @ WhyStep { doing: Doing::Same, .. }, ..] = array.steps.as_slice() {
        return format!("{} itself, the same object: nothing was copied", source(step));
    }
    let copy = array.steps.iter().enumerate().find(|(_, step)| matches!(step.doing, Doing::Copies(_)));
    match copy {
        Some((0, step)) if facts.owndata => format!("a COPY of {} ({})", source(step), buffer(step)),
        Some((_, step)) => {
            format!("a view of a COPY of {} ({}): it shares nothing with that", source(step), buffer(step))
        }
        None => match (&facts.origin, array.made_by) {
            (Origin::Maps(of), _) => {
                format!("the bytes of the file {} (#{}): nothing was copied", file(of), facts.buffer)
            }
            (Origin::Borrows(class), _) => {
                format!("the bytes of {} object (#{}): nothing was copied", with_article(class), facts.buffer)
            }
            (Origin::Within(_, class), _) => {
                format!("a {whose}: nothing was copied; its base is a {class} object, which holds that array")
            }
            (Origin::Owns, Some(cause)) if !cause.is_empty() => {
                format!("an array of its own, {} in #{}: new from {cause}", bytes(facts.sizes.pinned), facts.buffer)
            }
            (Origin::Owns, _) => {
                format!("an array of its own, {} in #{}", bytes(facts.sizes.pinned), facts.buffer)
            }
            (_, Some(cause)) if !cause.is_empty() => format!("a {whose}, which is new from {cause}"),
            _ => format!("a {whose}: nothing was copied"),
        },
    }
}
