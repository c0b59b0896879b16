//! What users of the types rely on.

#![allow(missing_docs, reason = "tests")]

mod dates;
mod money;
mod problems;
mod secrets;
mod tolerance;
