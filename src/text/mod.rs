//! Python's own text rules for numbers and strings: `repr`, `format`, `%`. Knows no arrays.
