//! The eduzz program.

fn main() {}
