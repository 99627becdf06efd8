//! All entries together: found by name, grouped in modules and classes.

use super::attribute::Attribute;
use super::context::Context;
use super::form::Form;
use super::function::Function;
use super::signature::Signature;
use crate::error::{Error, Result};
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use crate::value::{Class, Value};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// A constant: `np.pi`.
pub struct Constant {
    /// The dotted name.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// Its value.
    pub value: fn() -> Value,
}

/// What one file of entries gives to the catalog.
#[derive(Clone, Copy, Default)]
pub struct Section {
    /// Functions and methods.
    pub functions: &'static [Function],
    /// Attributes of values.
    pub attributes: &'static [Attribute],
    /// Constants.
    pub constants: &'static [Constant],
    /// Further names for entries: `("np.abs", "np.absolute")`.
    pub aliases: &'static [(&'static str, &'static str)],
    /// Classes by the name one writes: `("np.float64", &classes::FLOAT64)`.
    pub classes: &'static [(&'static str, &'static Class)],
}

/// A module as a value.
pub struct Module {
    /// Its dotted name as the registry writes it: `np`, `np.lib.stride_tricks`, `math`.
    pub path: &'static str,
    /// Its Python name: `numpy.lib.stride_tricks`.
    pub name: String,
    members: RefCell<FxHashMap<Rc<str>, Value>>,
}

/// The modules: those of NumPy by their path under `np`.
pub const MODULES: &[&str] = &[
    "np",
    "np.lib",
    "np.lib.stride_tricks",
    "np.lib.array_utils",
    "np.lib.recfunctions",
    "np.linalg",
    "np.fft",
    "np.random",
    "np.strings",
    "np.char",
    "np.exceptions",
    "np.dtypes",
    "np.rec",
    "np.testing",
    "np.typing",
    "np.polynomial",
    "np.ma",
    "np.emath",
    "np.ctypeslib",
    "np.lib.format",
    "np.lib.npyio",
    "io",
    "math",
    "os",
    "os.path",
    "pathlib",
    "sys",
    "copy",
    "tempfile",
    "datetime",
];

/// Whether this is a module's path.
pub(super) fn is_module(path: &str) -> bool {
    MODULES.contains(&path)
}

/// Calls the universal function of a name with arguments by place and by name.
pub type UfuncCall = fn(&mut Context, &'static str, Vec<Value>, Vec<(Rc<str>, Value)>) -> Result<Value>;

/// What the catalog needs done by the layer that fills it.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Calls the universal function of this name with Python's arguments.
    pub ufunc: UfuncCall,
    /// The error for a name that NumPy took out of a module, where it took it out.
    pub removed: fn(&str, &str) -> Option<Error>,
    /// What the operators do, for functions that apply them: `sum`, `sorted`, `divmod`.
    pub operators: Operators,
}

/// The operators on all values, arrays too: what the evaluator does for them.
#[derive(Clone, Copy)]
pub struct Operators {
    /// `a op b`.
    pub binary: fn(&mut Context, BinaryOp, Value, Value) -> Result<Value>,
    /// `op a`.
    pub unary: fn(&mut Context, UnaryOp, Value) -> Result<Value>,
    /// `a op b` for an order or an equality.
    pub compare: fn(&mut Context, CompareOp, &Value, &Value) -> Result<Value>,
    /// `value[index]`.
    pub get_item: fn(&mut Context, &Value, &Value) -> Result<Value>,
    /// `value[index] = new`.
    pub set_item: fn(&mut Context, &Value, &Value, Value) -> Result<()>,
}

/// What a name after a dot is, by the class of the value before it.
#[derive(Clone, Copy)]
pub enum Member {
    /// An attribute.
    Attribute(&'static Attribute),
    /// A method.
    Method(&'static Function),
}

/// Members that were looked up lately, by where their name's text stands.
type Recent = [Option<(Rc<str>, &'static Class, Member)>; RECENT];
const RECENT: usize = 64;

/// Forms that were asked for lately, by function and whether it was called as a method.
type RecentForms = [Option<(*const Function, bool, Rc<Form>)>; RECENT];

/// Every entry of the registry, by name.
pub struct Catalog {
    /// What the layer that fills it does for it.
    pub hooks: Hooks,
    sections: Vec<Section>,
    functions: FxHashMap<&'static str, &'static Function>,
    methods: FxHashMap<(&'static str, &'static str), &'static Function>,
    attributes: FxHashMap<(&'static str, &'static str), &'static Attribute>,
    modules: RefCell<FxHashMap<&'static str, Rc<Module>>>,
    builtins: RefCell<FxHashMap<Rc<str>, Value>>,
    recent: RefCell<Recent>,
    forms: RefCell<FxHashMap<(*const Function, bool), Rc<Form>>>,
    recent_forms: RefCell<RecentForms>,
    signatures: RefCell<FxHashMap<*const u8, Rc<Signature>>>,
}

impl Catalog {
    /// The catalog of these sections.
    pub fn new(sections: Vec<Section>, hooks: Hooks) -> Catalog {
        let mut catalog = Catalog {
            hooks,
            sections: Vec::new(),
            functions: FxHashMap::default(),
            methods: FxHashMap::default(),
            attributes: FxHashMap::default(),
            modules: RefCell::default(),
            builtins: RefCell::default(),
            recent: RefCell::new([const { None }; RECENT]),
            forms: RefCell::default(),
            recent_forms: RefCell::new([const { None }; RECENT]),
            signatures: RefCell::default(),
        };
        for section in &sections {
            for function in section.functions {
                catalog.functions.insert(function.name, function);
                if let Some(path) = function.method_path() {
                    catalog.methods.insert(path, function);
                }
            }
            for attribute in section.attributes {
                if let Some(path) = attribute.name.split_once('.') {
                    catalog.attributes.insert(path, attribute);
                }
            }
        }
        catalog.sections = sections;
        catalog
    }

    /// The function called `name`, or an alias of that name.
    pub fn function(&self, name: &str) -> Option<&'static Function> {
        if let Some(function) = self.functions.get(name) {
            return Some(function);
        }
        let target = self.sections.iter().flat_map(|s| s.aliases).find(|(alias, _)| *alias == name)?.1;
        self.functions.get(target).copied()
    }

    /// Method `name` of the class named `class`.
    pub fn method(&self, class: &str, name: &str) -> Option<&'static Function> {
        self.methods.get(&(class, name)).copied()
    }

    /// Attribute `name` of the class named `class`.
    pub fn attribute(&self, class: &str, name: &str) -> Option<&'static Attribute> {
        self.attributes.get(&(class, name)).copied()
    }

    /// What `value.name` is by the value's class, for values that have no further names of their own. Looked up
    /// once for each text of the syntax tree.
    #[inline]
    pub fn member_of(&self, value: &Value, name: &Rc<str>) -> Option<Member> {
        let class = match value {
            Value::Module(_) | Value::Object(_) | Value::Class(_) | Value::Scalar(_) | Value::Function(_) => {
                return None;
            }
            other => other.class(),
        };
        let at = (Rc::as_ptr(name) as *const u8 as usize >> 4) % RECENT;
        let mut recent = self.recent.borrow_mut();
        if let Some((known, of, member)) = &recent[at]
            && Rc::ptr_eq(known, name)
            && std::ptr::eq(*of, class)
        {
            return Some(*member);
        }
        let member = self.find_member(class, name)?;
        recent[at] = Some((Rc::clone(name), class, member));
        Some(member)
    }

    /// Attribute or method `name` of a class or of one it derives from.
    pub fn find_member(&self, class: &'static Class, name: &str) -> Option<Member> {
        let own = self.attribute(class.name, name).map(Member::Attribute);
        own.or_else(|| self.method(class.name, name).map(Member::Method))
            .or_else(|| class.bases.iter().find_map(|base| self.find_member(base, name)))
    }

    /// The plain form of a function, or its form as a method; worked out once.
    #[inline]
    pub fn form(&self, function: &'static Function, is_method: bool) -> Rc<Form> {
        let function_at: *const Function = function;
        let at = (function_at as usize / size_of::<Function>() * 2 + is_method as usize) % RECENT;
        let mut recent = self.recent_forms.borrow_mut();
        if let Some((of, known_method, form)) = &recent[at]
            && *of == function_at
            && *known_method == is_method
        {
            return Rc::clone(form);
        }
        let form = self.find_form(function, is_method);
        recent[at] = Some((function_at, is_method, Rc::clone(&form)));
        form
    }

    #[inline(never)]
    fn find_form(&self, function: &'static Function, is_method: bool) -> Rc<Form> {
        let mut forms = self.forms.borrow_mut();
        let form = forms.entry((function as *const Function, is_method));
        Rc::clone(form.or_insert_with(|| Rc::new(Form::new(function, is_method))))
    }

    /// What a bare name means that no statement bound: one of Python's builtins, or `np`.
    pub fn builtin(&self, name: &str) -> Option<Value> {
        if name.contains('.') || (name != "np" && is_module(name)) {
            return None;
        }
        if let Some(value) = self.builtins.borrow().get(name) {
            return Some(value.clone());
        }
        let value = self.resolve(name)?;
        self.builtins.borrow_mut().insert(name.into(), value.clone());
        Some(value)
    }

    /// All functions.
    pub fn functions(&self) -> impl Iterator<Item = &'static Function> + '_ {
        self.sections.iter().flat_map(|section| section.functions)
    }

    /// All attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &'static Attribute> + '_ {
        self.sections.iter().flat_map(|section| section.attributes)
    }

    /// The sections.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The names of the methods and attributes of a class.
    pub fn members_of(&self, class: &str) -> Vec<&'static str> {
        let methods = self.methods.keys().filter(|(c, _)| *c == class).map(|(_, name)| *name);
        let attributes = self.attributes.keys().filter(|(c, _)| *c == class).map(|(_, name)| *name);
        let mut names: Vec<_> = methods.chain(attributes).collect();
        names.sort_unstable();
        names
    }

    /// The value a dotted name stands for in the registry: a function, a class, a constant, a module.
    pub fn resolve(&self, name: &str) -> Option<Value> {
        let classes = self.sections.iter().flat_map(|s| s.classes);
        if let Some((_, class)) = classes.into_iter().find(|(n, _)| *n == name) {
            return Some(Value::Class(class));
        }
        if let Some(function) = self.functions.get(name).filter(|f| !f.is_only_method()) {
            return Some(Value::Function(function));
        }
        if let Some(constant) = self.sections.iter().flat_map(|s| s.constants).find(|c| c.name == name) {
            return Some((constant.value)());
        }
        if let Some(module) = self.module(name) {
            return Some(Value::Module(module));
        }
        let alias = self.sections.iter().flat_map(|s| s.aliases).find(|(alias, _)| *alias == name)?;
        self.resolve(alias.1)
    }

    /// The module with this path.
    pub fn module(&self, path: &str) -> Option<Rc<Module>> {
        let path = MODULES.iter().find(|known| **known == path)?;
        let mut modules = self.modules.borrow_mut();
        let module = modules.entry(path).or_insert_with(|| {
            let name = match path.strip_prefix("np") {
                Some(rest) => format!("numpy{rest}"),
                None => path.to_string(),
            };
            Rc::new(Module { path, name, members: RefCell::default() })
        });
        Some(Rc::clone(module))
    }

    /// Member `name` of a module; remembered, so that asking again is quick.
    pub fn member(&self, module: &Module, name: &str) -> Option<Value> {
        if let Some(value) = module.members.borrow().get(name) {
            return Some(value.clone());
        }
        let value = self.resolve(&format!("{}.{name}", module.path))?;
        module.members.borrow_mut().insert(name.into(), value.clone());
        Some(value)
    }

    /// The names in the namespace `path` (`np`; empty for the builtins), without those further down.
    pub fn names_in(&self, path: &str) -> Vec<&'static str> {
        let functions = self.functions().filter(|f| !f.is_only_method()).map(|f| f.name);
        let constants = self.sections.iter().flat_map(|s| s.constants).map(|c| c.name);
        let aliases = self.sections.iter().flat_map(|s| s.aliases).map(|(alias, _)| *alias);
        let classes = self.sections.iter().flat_map(|s| s.classes).map(|(name, _)| *name);
        let modules = MODULES.iter().copied().filter(|_| !path.is_empty());
        let local = |name: &'static str| match path {
            "" => Some(name).filter(|n| !n.contains('.')),
            _ => name.strip_prefix(path)?.strip_prefix('.').filter(|n| !n.contains('.')),
        };
        let mut names: Vec<_> =
            functions.chain(constants).chain(aliases).chain(classes).chain(modules).filter_map(local).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The parsed form of a signature text of the registry; read once.
    pub fn signature(&self, text: &'static str) -> Rc<Signature> {
        let mut signatures = self.signatures.borrow_mut();
        Rc::clone(signatures.entry(text.as_ptr()).or_insert_with(|| Rc::new(Signature::parse(text))))
    }
}
