//! Reads a grammar in ISO 14977 notation, and derives random sentences from it.

use std::collections::{BTreeMap, BTreeSet};

/// The right side of a rule.
#[derive(Clone, Debug)]
enum Node {
    Terminal(String),
    Rule(String),
    /// `? words ?`: characters described in words.
    Special(String),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Optional(Box<Node>),
    Repeat(Box<Node>),
    /// `node - ? words ?`
    Except(Box<Node>, String),
}

/// One rule.
struct Rule {
    node: Node,
    /// Whether its parts touch.
    is_lexical: bool,
    /// The least number of rules a derivation goes through.
    height: usize,
}

/// A grammar.
pub struct Grammar {
    rules: BTreeMap<String, Rule>,
}

impl Grammar {
    /// The grammar in `text`. Rules behind a comment with the words `Lexical rules` are lexical.
    pub fn read(text: &str) -> Grammar {
        let lexical = text.find("Lexical rules").expect("a part for lexical rules");
        let mut reader = Reader { text, at: 0 };
        let mut rules = BTreeMap::new();
        while let Some(name) = reader.name() {
            let is_lexical = reader.at > lexical;
            reader.expect('=');
            let node = reader.choice();
            reader.expect(';');
            let rule = Rule { node, is_lexical, height: usize::MAX };
            assert!(rules.insert(name.clone(), rule).is_none(), "rule {name} stands twice");
        }
        assert!(reader.peek().is_none(), "no rule at: {:.40}", &text[reader.at..]);
        let mut grammar = Grammar { rules };
        grammar.measure();
        grammar
    }

    /// The names of the rules.
    pub fn names(&self) -> BTreeSet<String> {
        self.rules.keys().cloned().collect()
    }

    /// Finds the height of every rule, and that each one has a sentence.
    fn measure(&mut self) {
        loop {
            let heights: Vec<(String, usize)> =
                self.rules.iter().map(|(name, rule)| (name.clone(), self.height(&rule.node))).collect();
            let mut has_changed = false;
            for (name, height) in heights {
                let rule = self.rules.get_mut(&name).unwrap();
                let height = height.saturating_add(1);
                has_changed |= height < rule.height;
                rule.height = rule.height.min(height);
            }
            if !has_changed {
                break;
            }
        }
        for (name, rule) in &self.rules {
            assert!(rule.height < usize::MAX, "rule {name} has no sentence");
        }
    }

    fn height(&self, node: &Node) -> usize {
        match node {
            Node::Terminal(_) | Node::Special(_) | Node::Optional(_) | Node::Repeat(_) => 0,
            Node::Rule(name) => self.rules.get(name).unwrap_or_else(|| panic!("no rule {name}")).height,
            Node::Sequence(nodes) => nodes.iter().map(|node| self.height(node)).max().unwrap_or(0),
            Node::Choice(nodes) => nodes.iter().map(|node| self.height(node)).min().unwrap_or(0),
            Node::Except(node, _) => self.height(node),
        }
    }
}

/// Reads the notation.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("(*") {
                return;
            }
            self.at += trimmed.find("*)").expect("a comment that ends") + 2;
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.skip();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn expect(&mut self, c: char) {
        assert!(self.take(c), "{c} expected at: {:.60}", &self.text[self.at..]);
    }

    fn name(&mut self) -> Option<String> {
        self.skip();
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(rest.len());
        self.at += length;
        (length > 0).then(|| rest[..length].to_owned())
    }

    fn until(&mut self, end: char) -> String {
        let rest = &self.text[self.at..];
        let length = rest.find(end).unwrap_or_else(|| panic!("{end} expected after: {rest:.60}"));
        self.at += length + end.len_utf8();
        rest[..length].to_owned()
    }

    fn choice(&mut self) -> Node {
        let mut nodes = vec![self.sequence()];
        while self.take('|') {
            nodes.push(self.sequence());
        }
        if nodes.len() == 1 { nodes.remove(0) } else { Node::Choice(nodes) }
    }

    fn sequence(&mut self) -> Node {
        let mut nodes = vec![self.term()];
        while self.take(',') {
            nodes.push(self.term());
        }
        if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) }
    }

    fn term(&mut self) -> Node {
        let node = self.factor();
        if !self.take('-') {
            return node;
        }
        self.expect('?');
        Node::Except(Box::new(node), self.until('?').trim().to_owned())
    }

    fn factor(&mut self) -> Node {
        if let Some(name) = self.name() {
            return Node::Rule(name);
        }
        let first = self.peek().expect("a factor");
        self.at += first.len_utf8();
        match first {
            '"' | '\'' => Node::Terminal(self.until(first)),
            '?' => Node::Special(self.until('?').trim().to_owned()),
            '[' => {
                let node = self.choice();
                self.expect(']');
                Node::Optional(Box::new(node))
            }
            '{' => {
                let node = self.choice();
                self.expect('}');
                Node::Repeat(Box::new(node))
            }
            '(' => {
                let node = self.choice();
                self.expect(')');
                node
            }
            other => panic!("no factor starts with {other}: {:.60}", &self.text[self.at..]),
        }
    }
}

/// A small generator of pseudo-random numbers (SplitMix64), the same on every machine.
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    /// One of `items`.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}

/// A derivation under way.
pub struct Derivation<'a> {
    grammar: &'a Grammar,
    random: &'a mut Random,
    out: String,
    /// Open brackets: inside them, newlines and comments are space.
    brackets: usize,
    /// Enclosing fields of f-strings: space in them has no newline, comment or backslash.
    fields: usize,
    /// Whether the next part touches what is there.
    is_glued: bool,
    /// The rules that took part.
    pub used: &'a mut BTreeSet<String>,
}

impl<'a> Derivation<'a> {
    /// A sentence of the rule `name`, about `depth` rules deep.
    pub fn sentence(
        grammar: &'a Grammar,
        name: &str,
        depth: usize,
        random: &'a mut Random,
        used: &'a mut BTreeSet<String>,
    ) -> String {
        let out = String::new();
        let mut derivation = Derivation { grammar, random, out, brackets: 0, fields: 0, is_glued: true, used };
        derivation.rule(name, depth);
        derivation.out
    }

    fn rule(&mut self, name: &str, depth: usize) {
        let rule = &self.grammar.rules[name];
        self.used.insert(name.to_owned());
        self.fields += usize::from(name == "field");
        if rule.is_lexical && !self.is_glued {
            if name != "newline" {
                self.separate(self.first_char(&rule.node));
            }
            self.is_glued = true;
            self.node(&rule.node, depth.saturating_sub(1), true);
            self.is_glued = false;
        } else {
            self.node(&rule.node, depth.saturating_sub(1), rule.is_lexical);
        }
        self.fields -= usize::from(name == "field");
        if name == "line" {
            self.is_glued = true;
        }
    }

    /// The terminal a lexical rule starts with, where it has one.
    fn first_char(&self, node: &Node) -> Option<char> {
        match node {
            Node::Terminal(text) => text.chars().next(),
            Node::Sequence(nodes) => nodes.first().and_then(|node| self.first_char(node)),
            _ => None,
        }
    }

    fn node(&mut self, node: &Node, depth: usize, is_lexical: bool) {
        match node {
            Node::Terminal(text) => self.terminal(text, is_lexical),
            Node::Special(words) => {
                if !is_lexical {
                    self.separate(None);
                }
                let text = special(words, self.random);
                self.out.push_str(&text);
                self.is_glued = is_lexical;
            }
            Node::Rule(name) => self.syntactic_in_lexical(name, depth, is_lexical),
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.node(node, depth, is_lexical)),
            Node::Choice(nodes) => {
                let fitting: Vec<&Node> =
                    nodes.iter().filter(|node| self.grammar.height(node) < depth.max(1)).collect();
                let chosen = match fitting.as_slice() {
                    [] => nodes.iter().min_by_key(|node| self.grammar.height(node)).unwrap(),
                    fitting => self.random.pick(fitting),
                };
                self.node(chosen, depth, is_lexical);
            }
            Node::Optional(inner) => {
                if self.fits(inner, depth) && self.random.below(2) == 0 {
                    self.node(inner, depth, is_lexical);
                }
            }
            Node::Repeat(inner) => {
                while self.fits(inner, depth) && self.random.below(5) < 2 {
                    self.node(inner, depth, is_lexical);
                }
            }
            Node::Except(inner, words) => self.except(inner, words, depth, is_lexical),
        }
    }

    fn fits(&self, node: &Node, depth: usize) -> bool {
        self.grammar.height(node) < depth.max(1)
    }

    /// A rule inside another: space may stand between the parts of a syntactic rule, wherever it is used.
    fn syntactic_in_lexical(&mut self, name: &str, depth: usize, is_lexical: bool) {
        self.rule(name, depth);
        self.is_glued = is_lexical || (self.is_glued && self.out.ends_with(['\n', '\r']));
    }

    /// Derives until the text is none of those left out.
    fn except(&mut self, node: &Node, words: &str, depth: usize, is_lexical: bool) {
        let start = self.out.len();
        let (brackets, is_glued) = (self.brackets, self.is_glued);
        for attempt in 0..200 {
            self.node(node, depth.saturating_sub(attempt / 8), is_lexical);
            if !is_left_out(words, &self.out[start..]) {
                return;
            }
            self.out.truncate(start);
            (self.brackets, self.is_glued) = (brackets, is_glued);
        }
        panic!("no sentence but such that are left out: {words}");
    }

    fn terminal(&mut self, text: &str, is_lexical: bool) {
        self.brackets -= usize::from(!is_lexical && matches!(text, ")" | "]" | "}"));
        if !is_lexical {
            self.separate(text.chars().next());
        }
        self.out.push_str(text);
        self.brackets += usize::from(!is_lexical && matches!(text, "(" | "[" | "{"));
        self.is_glued = is_lexical;
    }

    /// Space between two parts of a syntactic rule, which `next` follows.
    fn separate(&mut self, next: Option<char>) {
        let touches = |c: char| "([{)]},;".contains(c);
        if std::mem::take(&mut self.is_glued) {
            return;
        }
        let may_touch = self.out.ends_with(touches) || next.is_some_and(touches);
        let space = match self.random.below(40) {
            0 if self.fields == 0 => " \\\n",
            1 if self.fields == 0 && self.brackets > 0 => "\n",
            2 if self.fields == 0 && self.brackets > 0 => " # ) note '\r\n  ",
            3 => "\t ",
            4..=20 if may_touch => "",
            _ => " ",
        };
        self.out.push_str(space);
    }
}

/// Characters that fit a description.
fn special(words: &str, random: &mut Random) -> String {
    let plain = ["a", "Z", "0", " ", "+", "é", "木", "#", "$", "(", "]", ";", "?", "\t", "%", ":", "!", "="];
    let escapes = [r"\n", r"\\", r"\'", r#"\""#, r"\x41", r"\u00e9", r"\0", r"\777", r"\d", "\\\n"];
    let mut text = |more: &[&str]| {
        let mut text = String::new();
        for _ in 0..random.below(6) {
            let kind = random.below(plain.len() + escapes.len() + more.len());
            let of = [&plain[..], &escapes[..], more].concat();
            text.push_str(of[kind]);
        }
        text
    };
    match words {
        "characters but a line end" => text(&["'", "\"", "{", "\\"]).replace('\n', "n"),
        r"escapes, and characters but ', \ and a line end" => text(&["\"", "{", "}"]),
        r#"escapes, and characters but ", \ and a line end"# => text(&["'", "{", "}"]),
        r"escapes, and characters but \ with no ''' among them" => text(&["\"", "\n", "\r\n", "' ", "'' ", "}"]) + " ",
        r#"escapes, and characters but \ with no """ among them"# => {
            text(&["'", "\n", "\r\n", "\" ", "\"\" ", "}"]) + " "
        }
        r"escapes, and characters but braces and \" => text(&["'", "\"", "\n"]),
        "a letter or _" => random.pick(&["a", "b", "k", "q", "x", "z", "A", "Z", "_", "é", "木", "λ"]).to_owned(),
        "a letter, a digit or _" => random.pick(&["a", "e", "f", "w", "z", "B", "_", "0", "9", "ñ", "٣"]).to_owned(),
        "spaces, tabs and form feeds" => random.pick(&["", " ", "\t", "\u{c}", "   "]).to_owned(),
        "a line feed, a carriage return or both" => random.pick(&["\n", "\n", "\n", "\r\n", "\r"]).to_owned(),
        "a hexadecimal digit" => random.pick(&["0", "7", "9", "a", "f", "A", "F"]).to_owned(),
        "an octal digit" => random.pick(&["0", "1", "7"]).to_owned(),
        "a decimal digit" => random.pick(&["0", "1", "2", "5", "9"]).to_owned(),
        other => panic!("nobody knows these characters: {other}"),
    }
}

/// Whether `text` is one of those a description leaves out.
fn is_left_out(words: &str, text: &str) -> bool {
    let is_keyword = |word: &str| {
        "False None True and as assert async await break class continue def del elif else except finally for from \
         global if import in is lambda nonlocal not or pass raise return try while with yield"
            .split(' ')
            .any(|keyword| keyword == word)
    };
    let has_letter = |letters: [char; 2]| text.contains(letters);
    match words {
        "a keyword" => is_keyword(text),
        "a 0 before another digit than 0" => text.starts_with('0') && text.contains(|c| ('1'..='9').contains(&c)),
        "letters with b or f" => has_letter(['b', 'B']) || has_letter(['f', 'F']),
        "letters without b" => !has_letter(['b', 'B']),
        "letters without f" => !has_letter(['f', 'F']),
        "text that is not ASCII" => !text.is_ascii(),
        "text with ' or a line end" => text.contains(['\'', '\n', '\r']),
        "text with \" or a line end" => text.contains(['"', '\n', '\r']),
        "text with '" => text.contains('\''),
        "text with \"" => text.contains('"'),
        r"text with \, with # outside a string, or that starts with {" => {
            text.contains(['\\', '#']) || text.starts_with('{')
        }
        "text with a field in a field" => {
            let mut depth = 0;
            text.chars().any(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth > 1
            })
        }
        other => panic!("nobody knows what this leaves out: {other}"),
    }
}
