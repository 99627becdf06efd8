//! What to write instead of what other languages write: advice for a plain `invalid syntax`.

/// What is typed, and what Python has for it.
const HABITS: [(&str, &str); 14] = [
    ("&&", "`and` joins two conditions; item by item it is `(a > 0) & (b > 0)`"),
    ("||", "`or` joins two conditions; item by item it is `(a > 0) | (b > 0)`"),
    ("=!", "not equal is `!=`"),
    ("=<", "less or equal is `<=`"),
    ("=>", "greater or equal is `>=`"),
    ("<>", "not equal is `!=`"),
    ("===", "equal is `==`; the same object is `is`"),
    ("++", "add one with `a += 1`"),
    ("--", "subtract one with `a -= 1`"),
    ("->", "an attribute or a method stands after a point: `a.shape`"),
    ("!", "`not a` negates a condition; item by item it is `~a`"),
    ("?", "`name?` shows help where it stands alone on its line"),
    ("%", "a shell command such as `%whos` stands at the start of its line"),
    ("$", "a name stands for itself, without `$`"),
];

/// Advice for the token at `at` that does not fit, if it is a habit from elsewhere.
pub(super) fn advice(text: &str, at: usize) -> Option<&'static str> {
    let rest = text.get(at..)?;
    let before = text.get(..at)?;
    let is_habit = |habit: &str| {
        // The place may be any character of the habit: `&&` fails at its second.
        (0..habit.len().min(3)).any(|length| {
            habit.get(..length).is_some_and(|head| before.ends_with(head))
                && habit.get(length..).is_some_and(|tail| rest.starts_with(tail) && !tail.is_empty())
        }) || (matches!(habit, "++" | "--") && before.trim_end().ends_with(habit))
    };
    HABITS.iter().find(|(habit, _)| is_habit(habit)).map(|(_, advice)| *advice)
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;

    #[test]
    fn habits_get_advice() {
        for (text, part) in [
            ("a && b", "`and`"),
            ("a || b", "`or`"),
            ("a =! b", "`!=`"),
            ("a =< b", "`<=`"),
            ("a => b", "`>=`"),
            ("a <> b", "`!=`"),
            ("a === b", "`==`"),
            ("a++", "`a += 1`"),
            ("a -- ", "`a -= 1`"),
            ("a->b", "`a.shape`"),
            ("!a", "`not a`"),
            ("a = b?", "`name?`"),
            ("a; %whos", "`%whos`"),
            ("$a", "without `$`"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.message, "invalid syntax", "{text}");
            let help = error.help.unwrap_or_default();
            assert!(help.contains(part), "{text}: {help}");
        }
        assert_eq!(parse("a b").unwrap_err().help, None);
        assert_eq!(parse("a +").unwrap_err().help, None);
    }
}
