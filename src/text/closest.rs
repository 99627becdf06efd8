//! Which known name was probably meant.

/// The name nearest to `wrong`, where one is near enough: at most a third of the letters differ.
pub fn closest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // Of one or two letters nothing can be guessed.
    let limit = match wrong.chars().count() {
        0..=2 => return None,
        length => (length / 3).max(1),
    };
    names
        .into_iter()
        .filter(|name| !name.is_empty() && *name != wrong)
        .map(|name| (distance(wrong, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// The number of letters to insert, delete, replace or swap with the neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut best = (rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
                    .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["reshape", "ravel", "resize", "arange"];
        assert_eq!(closest("reshpae", names), Some("reshape"));
        assert_eq!(closest("arrange", names), Some("arange"));
        assert_eq!(closest("dot", names), None);
        assert_eq!(closest("a", ["b"]), None);
    }
}
