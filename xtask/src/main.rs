//! What continuous integration runs, and the generators.

fn main() {}
