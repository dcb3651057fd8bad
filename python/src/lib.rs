//! The Python module of Detente: the Rust side of the package `detente`, which wraps it in Python's own words.

mod cluster;
mod coder;
mod errors;
mod ledger;
mod rows;
mod score;
mod table;

use pyo3::prelude::*;

/// What the package `detente` is made of.
#[pymodule]
mod _detente {
    #[pymodule_export]
    use super::cluster::{fold, likeness, said, wording};
    #[pymodule_export]
    use super::coder::Coder;
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::score::score;
    #[pymodule_export]
    use super::table::Table;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("NEAR", detente_ledger::store::NEAR)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
