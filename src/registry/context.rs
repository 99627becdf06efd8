//! What a running function may touch of the session.

use super::catalog::Catalog;
use crate::array::{Runtime, printing::PrintOptions};
use crate::value::Value;
use std::rc::Rc;

/// What a running function may touch of the session: the runtime of array work, the printed text, print options
/// and the catalog of everything that can be called.
pub struct Context {
    /// The ledger, error state and warnings.
    pub runtime: Runtime,
    /// What `print` has written since the front end last took it.
    pub stdout: String,
    /// `np.set_printoptions`.
    pub print_options: PrintOptions,
    /// Everything that can be called.
    pub catalog: Rc<Catalog>,
    /// Remarks for the report: what a statement did that its words do not say (`itemset` released nothing).
    pub notes: Vec<String>,
    /// The state that the functions of `np.random` share; none before one of them was called.
    pub random_state: Option<Value>,
}

impl Context {
    /// A context over this catalog.
    pub fn new(catalog: Rc<Catalog>) -> Context {
        Context {
            runtime: Runtime::default(),
            stdout: String::new(),
            print_options: PrintOptions::default(),
            catalog,
            notes: Vec::new(),
            random_state: None,
        }
    }
}
