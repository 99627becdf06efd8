//! `import numpy as np`, `from numpy import arange`: binds names to what the catalog has.

use super::Evaluator;
use crate::error::{Error, ErrorClass, Result};
use crate::syntax::ast::{ImportName, Span};
use crate::value::Value;
use std::rc::Rc;

impl Evaluator {
    /// The registry's path of a Python module: `numpy.linalg` is `np.linalg`.
    fn module(&self, name: &str, span: Span) -> Result<Value> {
        let path = match name.strip_prefix("numpy") {
            Some(rest) if rest.is_empty() || rest.starts_with('.') => format!("np{rest}"),
            _ => name.to_string(),
        };
        self.context.catalog.module(&path).filter(|m| m.name == name).map(Value::Module).ok_or_else(|| {
            Error::new(ErrorClass::ModuleNotFoundError, format!("No module named '{name}'"))
                .at(span)
                .help("ndsh knows numpy (and its submodules), copy, io, math, os, pathlib, sys and tempfile")
        })
    }

    /// `import a.b as c`; without `as` it binds the first part.
    pub(super) fn import(&mut self, import: &ImportName) -> Result<()> {
        let whole = self.module(&import.name, import.span)?;
        match &import.alias {
            Some(alias) => self.workspace.set(alias, whole),
            None => {
                let first: Rc<str> = import.name.split('.').next().unwrap_or(&import.name).into();
                let module = self.module(&first, import.span)?;
                self.workspace.set(&first, module);
            }
        }
        Ok(())
    }

    /// `from module import names`; no names is `*`.
    pub(super) fn import_from(&mut self, module: &str, names: &[ImportName], span: Span) -> Result<()> {
        let Value::Module(from) = self.module(module, span)? else { return Ok(()) };
        let catalog = Rc::clone(&self.context.catalog);
        if names.is_empty() {
            for name in catalog.names_in(from.path) {
                if let Some(value) = catalog.member(&from, name) {
                    self.workspace.set(&name.into(), value);
                }
            }
        }
        for import in names {
            let value = catalog.member(&from, &import.name).ok_or_else(|| {
                let message = format!("cannot import name '{}' from '{module}'", import.name);
                Error::new(ErrorClass::ImportError, message).at(import.span)
            })?;
            self.workspace.set(import.alias.as_ref().unwrap_or(&import.name), value);
        }
        Ok(())
    }
}
