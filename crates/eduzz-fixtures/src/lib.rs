//! Example bodies of the Eduzz API, as data.
