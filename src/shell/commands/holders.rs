//! `%holders PATH`: who keeps a buffer alive; `%del? PATH...`: what deleting would free.

use super::Answer;
use crate::array::ArrayRef;
use crate::error::{type_error, value_error};
use crate::report::{self, Markup, fold};
use crate::session::{HoldAt, Holders, Path};
use crate::shell::{Shell, Sink};
use crate::value::Value;

/// The trees of the buffers that the value at the path uses.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    /// So many buffers of a container are shown.
    const MOST: usize = 8;
    if argument.is_empty() {
        return Err(value_error("%holders takes a name or a path").help("%holders a, %holders things[0]").into());
    }
    let path = Path::parse(argument)?;
    let newest = shell.session.context().runtime.ledger.newest();
    let value = shell.session.value_at(&path)?;
    let holders = shell.session.holders();
    let width = shell.manner.view.width;
    let mut out = Markup::new();
    let mut buffers = holders.buffers_below(&value);
    if let Value::Array(array) = &value {
        let hold = shell.session.hold_at(&holders, &path)?;
        about(&holders, &path, array, hold).iter().flat_map(|line| fold(line, 2, width)).for_each(|line| {
            out.line(&line);
        });
        buffers = vec![array.buffer_ref().id()];
    }
    if buffers.is_empty() {
        let class = value.class().name;
        return Err(type_error(format!("{} holds no array: it is of class {class}", path.text())).into());
    }
    for tree in buffers.iter().take(MOST).filter_map(|id| holders.tree(*id)) {
        out.extend(report::holder_tree(&tree, width));
    }
    if buffers.len() > MOST {
        out.line(&format!("… and {} more buffers", buffers.len() - MOST));
    }
    // A view or a copy that the path made leaves no trace in the numbers of the buffers that come after.
    let living = holders.newest_buffer();
    drop((value, holders));
    shell.session.context().runtime.ledger.renumber_from(newest.max(living));
    Ok(out.into())
}

/// What the array at the path, which is this reference, is to the others.
fn about(holders: &Holders, path: &Path, array: &ArrayRef, hold: Option<HoldAt>) -> Option<String> {
    let text = path.text();
    let mut aliases = holders.aliases(array, hold);
    aliases.retain(|alias| alias != text);
    if !aliases.is_empty() {
        Some(format!("{text} is {}: an alias, one and the same array, not a view", report::names(&aliases)))
    } else if holders.name_of(array).is_some() {
        None
    } else if holders.paths(array.buffer_ref().id()).count == 0 {
        Some(format!("{text} is a new array that nothing holds"))
    } else if array.owns_data() {
        None
    } else {
        Some(format!("{text} is a new view that nothing holds; its buffer is held by others"))
    }
}

/// What deleting names and items would free. Nothing is deleted.
pub fn deletion(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let paths = Path::parse_all(argument)?;
    if paths.is_empty() {
        return Err(value_error("%del? takes names or items").help("%del? a, %del? things[0] b").into());
    }
    let holders = shell.session.holders();
    let mut holds = Vec::new();
    let mut out = Markup::new();
    let width = shell.manner.view.width;
    for path in &paths {
        shell.session.require_deletable(path)?;
        match shell.session.hold_at(&holders, path)? {
            Some(hold) => holds.push(hold),
            None => {
                out.line(&format!("{} holds no array: deleting it frees no buffer", path.text()));
            }
        }
    }
    if !holds.is_empty() {
        out.extend(report::deletion(&holders.deletion(&holds), width));
    }
    Ok(out.into())
}
