//! Strategies and generic properties for the tests of the Eduzz crates.
