//! `%mem`: every buffer once, who holds it, live and peak bytes.

use super::Answer;
use crate::array::NdArray;
use crate::report::Markup;
use crate::report::size::bytes;
use crate::report::table::{self, Row};
use crate::session::{buffers, holders_of};
use crate::shell::{Shell, Sink};

/// The table of buffers.
pub fn run(shell: &mut Shell, _: &str, _: Sink) -> Answer {
    let workspace = shell.session.workspace();
    let mut out = Markup::new();
    let rows: Vec<Row> = buffers(workspace)
        .into_iter()
        .map(|array| {
            let buffer = array.buffer();
            let owner = NdArray::owner(&array);
            let layout = owner.layout();
            let holders = holders_of(buffer.id(), workspace);
            let named = holders.iter().find(|holder| !holder.is_view);
            let cells = vec![
                format!("#{}", buffer.id()),
                bytes(buffer.len()),
                named.map_or_else(|| "no name".to_string(), |holder| holder.path.clone()),
                layout.dtype.to_string(),
                crate::report::size::tuple(&layout.shape),
                holders.iter().map(|holder| holder.path.as_str()).collect::<Vec<_>>().join(", "),
            ];
            Row { cells, buffer: Some(buffer.id()) }
        })
        .collect();
    if !rows.is_empty() {
        let header = ["buffer", "bytes", "owner", "dtype", "shape", "held by"];
        out.extend(table::draw(&header, rows, shell.manner.view.width));
    }
    let ledger = &shell.session.context().runtime.ledger;
    out.line(&format!("live {} · peak {}", bytes(ledger.live()), bytes(ledger.highest())));
    Ok(out.into())
}
