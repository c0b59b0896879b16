//! What users of the wire rely on.

#![allow(missing_docs, reason = "tests")]

mod backoff;
mod calls;
mod fidelity;
mod origins;
mod pacer;
mod reading;
mod rejections;
