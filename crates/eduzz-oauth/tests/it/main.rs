//! What users of the sign-in rely on.

#![allow(missing_docs, reason = "tests")]

mod authorize;
mod callback;
mod canaries;
mod exchange;
mod grant;
mod security;
mod session;
mod storing;
mod support;
