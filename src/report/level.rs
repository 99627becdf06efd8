//! How much a report says.

/// How much a report says after each step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// A table of the arrays and a line on memory.
    #[default]
    Table,
    /// One line an array.
    Line,
    /// Every flag with its reason, and every size.
    Full,
    /// Nothing but the value and what was printed.
    Off,
}

impl Level {
    /// Every level, by the name one gives.
    pub const ALL: [(&'static str, Level); 4] =
        [("table", Level::Table), ("line", Level::Line), ("full", Level::Full), ("off", Level::Off)];

    /// The level with this name.
    pub fn parse(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, level)| level)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Level::ALL.into_iter().find(|(_, level)| *level == self).map_or("", |(name, _)| name)
    }
}
