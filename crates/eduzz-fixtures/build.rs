//! Writes the values of `ALL`, `REFUSALS` and `EVENTS`, which include every file below `api`,
//! `refusals` and `events`.

#![allow(clippy::print_stdout, reason = "cargo reads a build script's standard output")]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=api\ncargo:rerun-if-changed=refusals\ncargo:rerun-if-changed=events");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("all.rs"), list("api", call)?)?;
    fs::write(
        out.join("refusals.rs"),
        format!("&[{}]", answers(Path::new("refusals"))?),
    )?;
    fs::write(out.join("events.rs"), list("events", event)?)
}

/// A slice with one expression for each folder two levels below `root`.
fn list(root: &str, one: fn(&str, &str, &Path) -> io::Result<String>) -> io::Result<String> {
    let mut list = String::new();
    for (group, path) in entries(Path::new(root))? {
        for (name, path) in entries(&path)? {
            list += &format!("{},\n", one(&group, &name, &path)?);
        }
    }
    Ok(format!("&[{list}]"))
}

fn call(product: &str, endpoint: &str, folder: &Path) -> io::Result<String> {
    let (meta, answers) = (include("str", &folder.join("meta.json")), answers(folder)?);
    Ok(format!(
        "Fixture {{ product: {product:?}, endpoint: {endpoint:?}, meta: {meta}, answers: &[{answers}] }}"
    ))
}

fn answers(folder: &Path) -> io::Result<String> {
    let mut answers = String::new();
    for (name, path) in entries(folder)? {
        // An answer is named after its status.
        if let Some(status) = name.get(..3).and_then(|status| status.parse::<u16>().ok()) {
            let body = include("bytes", &path);
            answers += &format!("Answer {{ status: {status}, name: {name:?}, body: {body} }}, ");
        }
    }
    Ok(answers)
}

fn event(origin: &str, event: &str, folder: &Path) -> io::Result<String> {
    let meta = include("str", &folder.join("meta.json"));
    let mut bodies = String::new();
    for (name, path) in entries(folder)? {
        if name.starts_with("event") {
            bodies += &format!("Body {{ name: {name:?}, bytes: {} }}, ", include("bytes", &path));
        }
    }
    Ok(format!(
        "EventFixture {{ origin: {origin:?}, event: {event:?}, meta: {meta}, bodies: &[{bodies}] }}"
    ))
}

/// The names and paths in a folder, in order.
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    entries.sort();
    Ok(entries)
}

fn include(kind: &str, path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    format!("include_{kind}!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))")
}
