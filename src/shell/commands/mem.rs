//! `%mem`: every buffer once, who holds it, what is in memory, live and peak bytes, the copies so far.

use super::Answer;
use crate::error::value_error;
use crate::report::size::bytes;
use crate::report::{self, Markup, fold};
use crate::session::{BufferUse, buffer_uses};
use crate::shell::resident::{LARGE, Mappings};
use crate::shell::{Shell, Sink};

/// So many buffers are shown, the largest, where not all are asked for.
const MOST: usize = 30;
/// Above so many large buffers it takes too long to ask what is in memory.
const MOST_LARGE: usize = 2000;

/// The table of buffers, the largest first; the sums.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let most = match argument {
        "" => MOST,
        "all" => usize::MAX,
        other => return Err(value_error(format!("%mem takes nothing or all, not {other}")).into()),
    };
    let width = shell.manner.view.width;
    let uses = buffer_uses(&shell.session.holders());
    let resident = resident(&uses);
    let mut out = Markup::new();
    if !uses.is_empty() {
        let shown = uses.len().min(most);
        out.extend(report::buffer_table(&uses[..shown], &resident[..shown], width));
        let rest = &uses[shown..];
        if !rest.is_empty() {
            let total = rest.iter().map(|used| used.bytes).sum();
            out.line(&format!("and {} smaller buffers with {} · %mem all shows them", rest.len(), bytes(total)));
        }
    }
    let ledger = &shell.session.context().runtime.ledger;
    let mut line = format!("live {} · peak {}", bytes(ledger.live()), bytes(ledger.highest()));
    let known = uses.iter().zip(&resident).filter_map(|(used, resident)| resident.map(|n| (used.bytes, n)));
    let (large, there) = known.fold((0, 0), |(large, there), (all, n)| (large + all, there + n));
    if large > 0 {
        line.push_str(&format!(" · of {} in large buffers {} resident", bytes(large), bytes(there)));
    }
    let held: usize = uses.iter().filter(|used| !used.is_borrowed).map(|used| used.bytes).sum();
    if held < ledger.live() {
        line.push_str(&format!(" · {} of it held by no name", bytes(ledger.live() - held)));
    }
    fold(&line, 2, width).iter().for_each(|line| {
        out.line(line);
    });
    out.extend(report::copy_account(shell.session.copies(), width));
    Ok(out.into())
}

/// How many bytes of each buffer are in memory; of large ones only, and where the machine tells.
fn resident(uses: &[BufferUse]) -> Vec<Option<usize>> {
    let large = uses.iter().filter(|used| used.bytes >= LARGE).count();
    let mappings = if (1..=MOST_LARGE).contains(&large) { Mappings::read() } else { None };
    uses.iter().map(|used| mappings.as_ref()?.resident(used.address, used.bytes)).collect()
}
