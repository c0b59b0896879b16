//! The calls of the Eduzz public API, as values.
