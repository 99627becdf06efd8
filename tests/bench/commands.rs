//! How long statements and commands take where there is much of everything: 10,000 names, arrays of 10**9 elements.
//! `cargo bench` prints a table; a word behind `cargo bench --` picks the lines that contain it. The limit for each
//! line is 50 ms. Another command is another line of [`BENCHES`].

use ndsh::shell::{Manner, Shell};
use std::time::{Duration, Instant};

/// Each line is run so many times; the quickest run counts.
const RUNS: usize = 7;
/// What a line may take.
const LIMIT: Duration = Duration::from_millis(50);

/// A workspace, and what is timed in it.
struct Bench {
    name: &'static str,
    setup: fn(&mut Shell),
    /// Entered one after the other; a line may end with what is entered, untimed, before each further run: `line => undo`.
    lines: &'static [&'static str],
}

const BENCHES: &[Bench] = &[
    Bench {
        name: "10,000 names: arrays, views, numbers, lists and dicts of views",
        setup: many_names,
        lines: &[
            "1 + 1",
            "fresh = np.zeros(3) => del fresh",
            "v1[0] = 5",
            "big[0] = 5",
            "head = big[:10] => del head",
            "a1 + 1",
            "del d1 => d1 = {'x': big[1:1]}",
            "%who",
            "%whos",
            "%whos all",
            "%mem",
            "%mem all",
            "%help",
            "%hist",
            "%timeit -n 1 -r 1 1",
            "%time 1",
            "%holders a1",
            "%holders big",
            "%holders l1[0]",
            "%del? a1",
            "%del? big",
            "%flags v1",
            "v1?",
            "%why v1",
            "%plan v1.T + 1",
            "%map v1",
            "%map --lines v1 a1",
            "%map --hex v1",
            "%map --save target/bench.dot",
            "%at v1[0]",
            "%order v1",
            "%recover v1",
            "%recover v1 from big",
            "%compare v1[0] = 1",
            "%compare big[0] = 1",
            "%report full => %report table",
        ],
    },
    Bench {
        name: "10,000 views of one array",
        setup: many_views,
        lines: &[
            "fresh = np.zeros(3) => del fresh",
            "v1[0] = 5",
            "head = big[:10] => del head",
            "v1 + 1",
            "v1",
            "v2 = v1 => v2 = big[2:][:3]",
            "%whos",
            "%whos all",
            "%mem",
            "%holders big",
            "%holders v1",
            "%del? big",
            "%del? v1 v2",
            "%flags v1",
            "v1?",
            "%map --save target/bench.dot",
            "%why v1",
            "%plan v1.T + 1",
            "%map v1",
            "%at v1[0]",
            "%order v1",
            "%recover v1 from big",
            "%compare v1[0] = 1",
        ],
    },
    Bench {
        name: "lists and a dict of 10,000 arrays, and 100,000 numbers beside them",
        setup: long_lists,
        lines: &[
            "fresh = np.zeros(3) => del fresh",
            "arrays[7][0] = 1",
            "item = arrays[7] => del item",
            "views[7][0] = 1",
            "head = of_views[:2] => del head",
            "%whos",
            "%mem",
            "%holders arrays",
            "%holders views",
            "%holders by_key",
            "%holders arrays[7]",
            "%del? arrays",
            "%del? arrays[7]",
            "%del? views",
            "%del? of_views",
            "%del? by_key",
            "%why arrays[7]",
            "%plan arrays[7] + 1",
            "%map arrays[7]",
            "%map --save target/bench.dot",
            "%at views[7][0]",
            "%order arrays[7]",
            "%flags views[7]",
            "%recover views[7] from of_views",
            "%compare arrays[7][0] = 1",
            "%compare views[7][0] = 1",
        ],
    },
    Bench {
        name: "2,000 lists of five views of one array each",
        setup: many_lists,
        lines: &[
            "fresh = np.zeros(3) => del fresh",
            "big[0] = 5",
            "head = big[:2] => del head",
            "%mem",
            "%holders big",
            "%del? big",
            "%del? l7",
        ],
    },
    Bench {
        name: "arrays of 10**9 elements",
        setup: large_arrays,
        lines: &[
            "t = a[::2] => del t",
            "t = a.reshape(1000, -1)[:, 1] => del t",
            "a[5] = 1",
            "a[10:20] = 1",
            "%whos",
            "%mem",
            "%holders a",
            "%del? a",
            "%flags w",
            "%flags np.zeros(10**9)[::2]",
            "w?",
            "%why c",
            "%why (a + 1).reshape(10**3, -1).T.reshape(-1)",
            "%plan c.T.reshape(-1) + 1",
            "%map a b",
            "%map np.zeros(10**9)[::2] a",
            "%map --lines c",
            "%map --hex a",
            "%map --save target/bench.svg c a",
            "%map --save target/bench.html c a",
            "%map --save target/bench.dot",
            "%at c[5, 7]",
            "%at np.zeros((10**6, 10**6))[5, 7]",
            "%order c",
            "%order np.zeros((10**6, 10**6)).T",
            "%recover b from a",
            "%recover c[5:, ::-1].T from a",
            "%compare a[0] = 1",
        ],
    },
];

/// Runs statements that are no part of what is timed.
fn run(shell: &mut Shell, text: &str) {
    if let Some(failure) = shell.session.run(text).into_iter().find_map(|step| step.failure) {
        panic!("{text}: {}", failure.message);
    }
}

/// Statements with every `#` replaced by each number in turn.
fn each(shell: &mut Shell, count: usize, text: &str) {
    for n in 0..count {
        run(shell, &text.replace('#', &n.to_string()));
    }
}

fn many_names(shell: &mut Shell) {
    run(shell, "big = np.zeros(10**6)");
    each(shell, 4000, "a# = np.zeros(4)");
    each(shell, 2000, "v# = a#[1:]");
    each(shell, 2000, "n# = #");
    each(shell, 1000, "l# = [a#, big[#:], v#]");
    each(shell, 999, "d# = {'x': big[#:#], 'y': [#, a#]}");
}

fn many_views(shell: &mut Shell) {
    run(shell, "big = np.zeros(10**6)");
    each(shell, 9999, "v# = big[#:][:3]");
}

fn long_lists(shell: &mut Shell) {
    run(shell, "apart = [np.zeros(3)]; numbers = list(range(100000)); keys = list(range(10000))");
    run(shell, "arrays = list(np.zeros((10000, 3)) + 1); of_views = np.zeros(20000)");
    run(shell, "views = np.split(of_views, 10000); by_key = dict(zip(keys, np.split(np.zeros(20000), 10000)))");
}

fn many_lists(shell: &mut Shell) {
    run(shell, "big = np.zeros(10**6)");
    each(shell, 2000, "l# = [big[#:], big[:#], big[#:][:3], big[::2], big[5:]]");
}

fn large_arrays(shell: &mut Shell) {
    run(shell, "a = np.zeros(10**9); b = a[::-1]; w = np.broadcast_to(a, (1000, 10**9)); c = a.reshape(10**3, -1).T");
}

/// The quickest of a few runs of `line`, and how much it printed.
fn time(shell: &mut Shell, line: &str) -> (Duration, usize) {
    let (line, undo) = line.split_once(" => ").map_or((line, None), |(line, undo)| (line, Some(undo)));
    let mut best = Duration::MAX;
    let mut printed = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        printed = shell.enter_plain(line).lines().count();
        best = best.min(start.elapsed());
        undo.into_iter().for_each(|undo| run(shell, undo));
    }
    (best, printed)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |line: &&&str| wanted.is_empty() || wanted.iter().any(|word| line.contains(word.as_str()));
    let mut slow = 0;
    for bench in BENCHES {
        let lines: Vec<&&str> = bench.lines.iter().filter(is_wanted).collect();
        if lines.is_empty() {
            continue;
        }
        let mut shell = Shell::new(Manner::prompt(80));
        shell.session.keep_last(true);
        (bench.setup)(&mut shell);
        println!("\n{}", bench.name);
        for line in lines {
            let (taken, printed) = time(&mut shell, line);
            let is_slow = taken > LIMIT;
            slow += is_slow as usize;
            let mark = if is_slow { "  over the limit" } else { "" };
            println!("{:>10.3} ms  {printed:>6} lines  {line}{mark}", taken.as_secs_f64() * 1e3);
        }
    }
    println!("\n{slow} over {} ms", LIMIT.as_millis());
}
