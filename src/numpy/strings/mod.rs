//! `np.strings` and `np.char`: the methods of texts, for every element of an array.

pub mod chararray;
mod jobs;

use crate::registry::{Function, MemoryRule, Run, Section};
use crate::syntax::ast::CompareOp;
use crate::value::Value;
use jobs::{
    Gives, Job, compare, compare_chararrays, multiply, pad, partition, run, slice, stacked_partition, translate,
};

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[
        ("np.char.upper", "np.strings.upper"),
        ("np.char.lower", "np.strings.lower"),
        ("np.char.capitalize", "np.strings.capitalize"),
        ("np.char.title", "np.strings.title"),
        ("np.char.swapcase", "np.strings.swapcase"),
        ("np.char.strip", "np.strings.strip"),
        ("np.char.lstrip", "np.strings.lstrip"),
        ("np.char.rstrip", "np.strings.rstrip"),
        ("np.char.find", "np.strings.find"),
        ("np.char.rfind", "np.strings.rfind"),
        ("np.char.index", "np.strings.index"),
        ("np.char.rindex", "np.strings.rindex"),
        ("np.char.count", "np.strings.count"),
        ("np.char.startswith", "np.strings.startswith"),
        ("np.char.endswith", "np.strings.endswith"),
        ("np.char.isalpha", "np.strings.isalpha"),
        ("np.char.isdigit", "np.strings.isdigit"),
        ("np.char.isspace", "np.strings.isspace"),
        ("np.char.isalnum", "np.strings.isalnum"),
        ("np.char.istitle", "np.strings.istitle"),
        ("np.char.islower", "np.strings.islower"),
        ("np.char.isupper", "np.strings.isupper"),
        ("np.char.isdecimal", "np.strings.isdecimal"),
        ("np.char.isnumeric", "np.strings.isnumeric"),
        ("np.char.str_len", "np.strings.str_len"),
        ("np.char.center", "np.strings.center"),
        ("np.char.ljust", "np.strings.ljust"),
        ("np.char.rjust", "np.strings.rjust"),
        ("np.char.zfill", "np.strings.zfill"),
        ("np.char.replace", "np.strings.replace"),
        ("np.char.expandtabs", "np.strings.expandtabs"),
        ("np.char.multiply", "np.strings.multiply"),
        ("np.char.mod", "np.strings.mod"),
        ("np.char.encode", "np.strings.encode"),
        ("np.char.decode", "np.strings.decode"),
        ("np.char.translate", "np.strings.translate"),
        ("np.strings.add", "np.add"),
        ("np.char.add", "np.add"),
        ("np.strings.equal", "np.equal"),
        ("np.strings.not_equal", "np.not_equal"),
        ("np.strings.less", "np.less"),
        ("np.strings.less_equal", "np.less_equal"),
        ("np.strings.greater", "np.greater"),
        ("np.strings.greater_equal", "np.greater_equal"),
    ],
    classes: &[],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "np.strings.upper",
        signature: "(a)",
        method: None,
        summary: "With every letter as a capital.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a.",
        example: "\
>>> np.strings.upper(['ab c', 'DEf'])
array(['AB C', 'DEF'], dtype='<U4')
",
        see_also: &["np.strings.lower"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("upper", &["a"], Gives::Same))),
    },
    Function {
        name: "np.strings.lower",
        signature: "(a)",
        method: None,
        summary: "With every letter small.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a.",
        example: "\
>>> np.strings.lower(['ab c', 'DEf'])
array(['ab c', 'def'], dtype='<U4')
",
        see_also: &["np.strings.upper"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("lower", &["a"], Gives::Same))),
    },
    Function {
        name: "np.strings.capitalize",
        signature: "(a)",
        method: None,
        summary: "With the first letter as a capital and the others small.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a.",
        example: "\
>>> np.strings.capitalize(['ab c', 'DEf'])
array(['Ab c', 'Def'], dtype='<U4')
",
        see_also: &["np.strings.upper", "np.strings.lower"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("capitalize", &["a"], Gives::Same))),
    },
    Function {
        name: "np.strings.title",
        signature: "(a)",
        method: None,
        summary: "With the first letter of every word as a capital.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a.",
        example: "\
>>> np.strings.title(['ab c', 'DEf'])
array(['Ab C', 'Def'], dtype='<U4')
",
        see_also: &["np.strings.upper", "np.strings.lower"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("title", &["a"], Gives::Same))),
    },
    Function {
        name: "np.strings.swapcase",
        signature: "(a)",
        method: None,
        summary: "With small letters as capitals, and the reverse.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a.",
        example: "\
>>> np.strings.swapcase(['ab c', 'DEf'])
array(['AB C', 'deF'], dtype='<U4')
",
        see_also: &["np.strings.upper", "np.strings.lower"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("swapcase", &["a"], Gives::Same))),
    },
    Function {
        name: "np.strings.strip",
        signature: "(a, chars=None)",
        method: None,
        summary: "Without blanks, or any of the characters chars, at both ends.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a: the room of what is gone stays.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.strip(c, 'a')
array(['AaAaA', '  aA  ', 'bBABb'], dtype='<U7')
",
        see_also: &["np.strings.replace"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("strip", &["a", "chars"], Gives::Same).unwrapped())
        }),
    },
    Function {
        name: "np.strings.lstrip",
        signature: "(a, chars=None)",
        method: None,
        summary: "Without blanks, or any of the characters chars, at the start.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a: the room of what is gone stays.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.lstrip(c, 'a')
array(['AaAaA', '  aA  ', 'bBABba'], dtype='<U7')
",
        see_also: &["np.strings.strip", "np.strings.replace"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("lstrip", &["a", "chars"], Gives::Same).unwrapped())
        }),
    },
    Function {
        name: "np.strings.rstrip",
        signature: "(a, chars=None)",
        method: None,
        summary: "Without blanks, or any of the characters chars, at the end.",
        memory: MemoryRule::New,
        notes: "The result has the dtype of a: the room of what is gone stays.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.rstrip(c, 'a')
array(['aAaAaA', '  aA  ', 'abBABb'], dtype='<U7')
",
        see_also: &["np.strings.strip", "np.strings.replace"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("rstrip", &["a", "chars"], Gives::Same).unwrapped())
        }),
    },
    Function {
        name: "np.strings.find",
        signature: "(a, sub, start=0, end=None)",
        method: None,
        summary: "Where a text stands first in each element, or -1.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.find(c, 'A')
array([1, 3, 3])
",
        see_also: &["np.strings.count"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("find", &["a", "sub", "start", "end"], Gives::Whole).unwrapped())
        }),
    },
    Function {
        name: "np.strings.rfind",
        signature: "(a, sub, start=0, end=None)",
        method: None,
        summary: "Where a text stands last in each element, or -1.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.rfind(c, 'A')
array([5, 3, 3])
",
        see_also: &["np.strings.find", "np.strings.count"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("rfind", &["a", "sub", "start", "end"], Gives::Whole).unwrapped())
        }),
    },
    Function {
        name: "np.strings.index",
        signature: "(a, sub, start=0, end=None)",
        method: None,
        summary: "Where a text stands first in each element; an error where it does not.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.index(c, 'A')
array([1, 3, 3])
",
        see_also: &["np.strings.find", "np.strings.count"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("index", &["a", "sub", "start", "end"], Gives::Whole).unwrapped())
        }),
    },
    Function {
        name: "np.strings.rindex",
        signature: "(a, sub, start=0, end=None)",
        method: None,
        summary: "Where a text stands last in each element; an error where it does not.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.rindex(c, 'A')
array([5, 3, 3])
",
        see_also: &["np.strings.find", "np.strings.count"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("rindex", &["a", "sub", "start", "end"], Gives::Whole).unwrapped())
        }),
    },
    Function {
        name: "np.strings.count",
        signature: "(a, sub, start=0, end=None)",
        method: None,
        summary: "How often a text stands in each element, without overlaps.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.count(c, 'A')
array([3, 1, 1])
",
        see_also: &["np.strings.find"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("count", &["a", "sub", "start", "end"], Gives::Whole).unwrapped())
        }),
    },
    Function {
        name: "np.strings.startswith",
        signature: "(a, prefix, start=0, end=None)",
        method: None,
        summary: "Whether each element begins with a text.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.startswith(c, 'a')
array([ True, False,  True])
",
        see_also: &["np.strings.find"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("startswith", &["a", "prefix", "start", "end"], Gives::Truth).unwrapped())
        }),
    },
    Function {
        name: "np.strings.endswith",
        signature: "(a, suffix, start=0, end=None)",
        method: None,
        summary: "Whether each element ends with a text.",
        memory: MemoryRule::New,
        notes: "Only between the characters start and end.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.endswith(c, 'a')
array([False, False,  True])
",
        see_also: &["np.strings.find"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("endswith", &["a", "suffix", "start", "end"], Gives::Truth).unwrapped())
        }),
    },
    Function {
        name: "np.strings.isalpha",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has letters, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.isalpha(['ab', 'AB', 'Ab', '12', ' ', ''])
array([ True,  True,  True, False, False, False])
",
        see_also: &["np.strings.isdigit"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("isalpha", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.isdigit",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has digits, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.isdigit(['ab', 'AB', 'Ab', '12', ' ', ''])
array([False, False, False,  True, False, False])
",
        see_also: &["np.strings.isalpha"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("isdigit", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.isspace",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has blanks, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.isspace(['ab', 'AB', 'Ab', '12', ' ', ''])
array([False, False, False, False,  True, False])
",
        see_also: &["np.strings.isalpha", "np.strings.isdigit"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("isspace", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.isalnum",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has letters and digits, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.isalnum(['ab', 'AB', 'Ab', '12', ' ', ''])
array([ True,  True,  True,  True, False, False])
",
        see_also: &["np.strings.isalpha", "np.strings.isdigit"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("isalnum", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.istitle",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has words that begin with a capital, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.istitle(['ab', 'AB', 'Ab', '12', ' ', ''])
array([False, False,  True, False, False, False])
",
        see_also: &["np.strings.isalpha", "np.strings.isdigit"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("istitle", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.islower",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has small letters, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.islower(['ab', 'AB', 'Ab', '12', ' ', ''])
array([ True, False, False, False, False, False])
",
        see_also: &["np.strings.isalpha", "np.strings.isdigit"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("islower", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.isupper",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has capitals, and nothing else that counts.",
        memory: MemoryRule::New,
        notes: "As the method of str.",
        example: "\
>>> np.strings.isupper(['ab', 'AB', 'Ab', '12', ' ', ''])
array([False,  True, False, False, False, False])
",
        see_also: &["np.strings.isalpha", "np.strings.isdigit"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("isupper", &["x"], Gives::Truth).ufunc())),
    },
    Function {
        name: "np.strings.isdecimal",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has decimal digits only.",
        memory: MemoryRule::New,
        notes: "For texts, not for bytes.",
        example: "\
>>> np.strings.isdecimal(['12', 'a', '²'])
array([ True, False, False])
",
        see_also: &["np.strings.isdigit"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("isdecimal", &["x"], Gives::Truth).ufunc().of_texts())
        }),
    },
    Function {
        name: "np.strings.isnumeric",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "Whether each element has characters that stand for numbers only.",
        memory: MemoryRule::New,
        notes: "For texts, not for bytes.",
        example: "\
>>> np.strings.isnumeric(['12', 'a', '²'])
array([ True, False,  True])
",
        see_also: &["np.strings.isdigit"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("isnumeric", &["x"], Gives::Truth).ufunc().of_texts())
        }),
    },
    Function {
        name: "np.strings.str_len",
        signature: "(x, /, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)",
        method: None,
        summary: "The number of characters of each element.",
        memory: MemoryRule::New,
        notes: "Zeros at the end fill the element up and do not count.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.str_len(c)
array([6, 6, 7])
",
        see_also: &["len"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("__len__", &["x"], Gives::Whole).ufunc())),
    },
    Function {
        name: "np.strings.center",
        signature: "(a, width, fillchar=' ')",
        method: None,
        summary: "Filled up to a width, with the text in the middle.",
        memory: MemoryRule::New,
        notes: "A text that is wide enough stays as it is.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.center(c, 9, '*')
array(['**aAaAaA*', '**  aA  *', '*abBABba*'], dtype='<U9')
",
        see_also: &["np.strings.zfill"],
        run: Run::Call(|context, arguments| pad(context, arguments, "center")),
    },
    Function {
        name: "np.strings.ljust",
        signature: "(a, width, fillchar=' ')",
        method: None,
        summary: "Filled up to a width, with the text at the left.",
        memory: MemoryRule::New,
        notes: "A text that is wide enough stays as it is.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.ljust(c, 9, '*')
array(['aAaAaA***', '  aA  ***', 'abBABba**'], dtype='<U9')
",
        see_also: &["np.strings.zfill"],
        run: Run::Call(|context, arguments| pad(context, arguments, "ljust")),
    },
    Function {
        name: "np.strings.rjust",
        signature: "(a, width, fillchar=' ')",
        method: None,
        summary: "Filled up to a width, with the text at the right.",
        memory: MemoryRule::New,
        notes: "A text that is wide enough stays as it is.",
        example: "\
>>> c = np.array(['aAaAaA', '  aA  ', 'abBABba'])
>>> np.strings.rjust(c, 9, '*')
array(['***aAaAaA', '***  aA  ', '**abBABba'], dtype='<U9')
",
        see_also: &["np.strings.zfill"],
        run: Run::Call(|context, arguments| pad(context, arguments, "rjust")),
    },
    Function {
        name: "np.strings.zfill",
        signature: "(a, width)",
        method: None,
        summary: "Filled up with zeros at the left, behind a sign.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.strings.zfill(['1', '-12'], 5)
array(['00001', '-0012'], dtype='<U5')
",
        see_also: &["np.strings.rjust"],
        run: Run::Call(|context, arguments| pad(context, arguments, "zfill")),
    },
    Function {
        name: "np.strings.replace",
        signature: "(a, old, new, count=-1)",
        method: None,
        summary: "With one text in place of another, everywhere or the first count times.",
        memory: MemoryRule::New,
        notes: "The result has room for its longest text.",
        example: "\
>>> np.strings.replace(['a mango', 'mangos'], 'mango', 'fig')
array(['a fig', 'figs'], dtype='<U5')
",
        see_also: &["np.strings.translate"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("replace", &["a", "old", "new", "count"], Gives::Longest))
        }),
    },
    Function {
        name: "np.strings.expandtabs",
        signature: "(a, tabsize=8)",
        method: None,
        summary: "With blanks in place of tabs.",
        memory: MemoryRule::New,
        notes: "NumPy makes room for four bytes a character of a text.",
        example: "\
>>> np.strings.expandtabs(['a\\tb'], 4)
array(['a   b'], dtype='<U11')
",
        see_also: &["np.strings.replace"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("expandtabs", &["a", "tabsize"], Gives::Expanded))
        }),
    },
    Function {
        name: "np.strings.multiply",
        signature: "(a, i)",
        method: None,
        summary: "Each element i times.",
        memory: MemoryRule::New,
        notes: "A negative i gives an empty text.",
        example: "\
>>> np.strings.multiply(['a', 'bc'], [3, 2])
array(['aaa', 'bcbc'], dtype='<U4')
",
        see_also: &["np.strings.add"],
        run: Run::Call(multiply),
    },
    Function {
        name: "np.strings.mod",
        signature: "(a, values)",
        method: None,
        summary: "Each element as a format, with a value put in: a % values.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.strings.mod(['%d', '<%s>'], [1, 2])
array(['1', '<2>'], dtype='<U3')
",
        see_also: &["np.strings.add"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("__mod__", &["a", "values"], Gives::Longest))
        }),
    },
    Function {
        name: "np.strings.encode",
        signature: "(a, encoding=None, errors=None)",
        method: None,
        summary: "The bytes of each text.",
        memory: MemoryRule::New,
        notes: "In UTF-8 where no encoding is named.",
        example: "\
>>> np.strings.encode(['é', 'a'])
array([b'\\xc3\\xa9', b'a'], dtype='|S2')
",
        see_also: &["np.strings.decode"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("encode", &["a", "encoding", "errors"], Gives::Longest))
        }),
    },
    Function {
        name: "np.strings.decode",
        signature: "(a, encoding=None, errors=None)",
        method: None,
        summary: "The text of the bytes of each element.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.strings.decode([b'ab', b'c'])
array(['ab', 'c'], dtype='<U2')
",
        see_also: &["np.strings.encode"],
        run: Run::Call(|context, arguments| {
            run(context, arguments, &Job::of("decode", &["a", "encoding", "errors"], Gives::Longest))
        }),
    },
    Function {
        name: "np.strings.translate",
        signature: "(a, table, deletechars=None)",
        method: None,
        summary: "With characters changed by a table.",
        memory: MemoryRule::New,
        notes: "For texts the table is what str.maketrans gives, for bytes a bytes of 256.",
        example: "\
>>> np.strings.translate(['a1b', 'cab'], str.maketrans('ab', 'xy'))
array(['x1y', 'cxy'], dtype='<U3')
",
        see_also: &["np.strings.replace"],
        run: Run::Call(translate),
    },
    Function {
        name: "np.strings.slice",
        signature: "(a, start=None, stop=<no value>, step=None, /)",
        method: None,
        summary: "Some characters of each element, as text[start:stop:step].",
        memory: MemoryRule::New,
        notes: "With one bound it is the stop. The result has the dtype of a.",
        example: "\
>>> np.strings.slice(['hello', 'world'], 1, 4)
array(['ell', 'orl'], dtype='<U5')
>>> np.strings.slice(['hello', 'world'], None, None, -1)
array(['olleh', 'dlrow'], dtype='<U5')
",
        see_also: &["np.strings.find"],
        run: Run::Call(slice),
    },
    Function {
        name: "np.strings.partition",
        signature: "(a, sep)",
        method: None,
        summary: "What stands before the first sep, the sep, and what stands behind it: three arrays.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.strings.partition(['a-b-c', 'd'], '-')
(array(['a', 'd'], dtype='<U1'), array(['-', ''], dtype='<U1'), array(['b-c', ''], dtype='<U3'))
",
        see_also: &["np.strings.find"],
        run: Run::Call(|context, arguments| {
            partition(context, arguments, "partition").map(|parts| Value::tuple(parts.map(Value::Array)))
        }),
    },
    Function {
        name: "np.char.partition",
        signature: "(a, sep)",
        method: None,
        summary: "What stands before the first sep, the sep, and what stands behind it, along a new last axis.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.char.partition(['a-b-c', 'd'], '-')
array([['a', '-', 'b-c'],
       ['d', '', '']], dtype='<U3')
",
        see_also: &["np.strings.partition"],
        run: Run::Call(|context, arguments| stacked_partition(context, arguments, "partition")),
    },
    Function {
        name: "np.strings.rpartition",
        signature: "(a, sep)",
        method: None,
        summary: "What stands before the last sep, the sep, and what stands behind it: three arrays.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.strings.rpartition(['a-b-c', 'd'], '-')
(array(['a-b', ''], dtype='<U3'), array(['-', ''], dtype='<U1'), array(['c', 'd'], dtype='<U1'))
",
        see_also: &["np.strings.find"],
        run: Run::Call(|context, arguments| {
            partition(context, arguments, "rpartition").map(|parts| Value::tuple(parts.map(Value::Array)))
        }),
    },
    Function {
        name: "np.char.rpartition",
        signature: "(a, sep)",
        method: None,
        summary: "What stands before the last sep, the sep, and what stands behind it, along a new last axis.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.char.rpartition(['a-b-c', 'd'], '-')
array([['a-b', '-', 'c'],
       ['', '', 'd']], dtype='<U3')
",
        see_also: &["np.strings.partition"],
        run: Run::Call(|context, arguments| stacked_partition(context, arguments, "rpartition")),
    },
    Function {
        name: "np.char.join",
        signature: "(sep, seq)",
        method: None,
        summary: "The characters of each text with sep between them.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.char.join(['-', '.'], ['ghc', 'osd'])
array(['g-h-c', 'o.s.d'], dtype='<U5')
",
        see_also: &["str.join"],
        run: Run::Call(|context, arguments| run(context, arguments, &Job::of("join", &["sep", "seq"], Gives::Longest))),
    },
    Function {
        name: "np.char.equal",
        signature: "(x1, x2)",
        method: None,
        summary: "x1 == x2 for texts, where blanks at the end do not count.",
        memory: MemoryRule::New,
        notes: "The operators and np.strings count them.",
        example: "\
>>> np.char.equal(['a ', 'b'], 'a')
array([ True, False])
",
        see_also: &["np.equal"],
        run: Run::Call(|context, arguments| compare(context, arguments, ["x1", "x2"], CompareOp::Equal, true)),
    },
    Function {
        name: "np.char.not_equal",
        signature: "(x1, x2)",
        method: None,
        summary: "x1 != x2 for texts, where blanks at the end do not count.",
        memory: MemoryRule::New,
        notes: "The operators and np.strings count them.",
        example: "\
>>> np.char.not_equal(['a ', 'b'], 'a')
array([False,  True])
",
        see_also: &["np.not_equal"],
        run: Run::Call(|context, arguments| compare(context, arguments, ["x1", "x2"], CompareOp::NotEqual, true)),
    },
    Function {
        name: "np.char.less",
        signature: "(x1, x2)",
        method: None,
        summary: "x1 < x2 for texts, where blanks at the end do not count.",
        memory: MemoryRule::New,
        notes: "The operators and np.strings count them.",
        example: "\
>>> np.char.less(['a ', 'b'], 'a')
array([False, False])
",
        see_also: &["np.less"],
        run: Run::Call(|context, arguments| compare(context, arguments, ["x1", "x2"], CompareOp::Less, true)),
    },
    Function {
        name: "np.char.less_equal",
        signature: "(x1, x2)",
        method: None,
        summary: "x1 <= x2 for texts, where blanks at the end do not count.",
        memory: MemoryRule::New,
        notes: "The operators and np.strings count them.",
        example: "\
>>> np.char.less_equal(['a ', 'b'], 'a')
array([ True, False])
",
        see_also: &["np.less_equal"],
        run: Run::Call(|context, arguments| compare(context, arguments, ["x1", "x2"], CompareOp::LessEqual, true)),
    },
    Function {
        name: "np.char.greater",
        signature: "(x1, x2)",
        method: None,
        summary: "x1 > x2 for texts, where blanks at the end do not count.",
        memory: MemoryRule::New,
        notes: "The operators and np.strings count them.",
        example: "\
>>> np.char.greater(['a ', 'b'], 'a')
array([False,  True])
",
        see_also: &["np.greater"],
        run: Run::Call(|context, arguments| compare(context, arguments, ["x1", "x2"], CompareOp::Greater, true)),
    },
    Function {
        name: "np.char.greater_equal",
        signature: "(x1, x2)",
        method: None,
        summary: "x1 >= x2 for texts, where blanks at the end do not count.",
        memory: MemoryRule::New,
        notes: "The operators and np.strings count them.",
        example: "\
>>> np.char.greater_equal(['a ', 'b'], 'a')
array([ True,  True])
",
        see_also: &["np.greater_equal"],
        run: Run::Call(|context, arguments| compare(context, arguments, ["x1", "x2"], CompareOp::GreaterEqual, true)),
    },
    Function {
        name: "np.char.compare_chararrays",
        signature: "(a1, a2, cmp, rstrip)",
        method: None,
        summary: "The comparison that the text cmp names, for texts; rstrip leaves blanks at the end out.",
        memory: MemoryRule::New,
        notes: "",
        example: "\
>>> np.char.compare_chararrays(['a ', 'b'], ['a', 'b'], '==', False)
array([False,  True])
",
        see_also: &["np.char.equal"],
        run: Run::Call(compare_chararrays),
    },
];
