//! What continuous integration runs: `cargo xtask help` lists the steps.

mod browser;
mod cargo;
mod endpoints;
mod examples;
mod features;
mod files;
mod fixtures;
mod layers;
mod licences;
mod metadata;
mod package;
mod report;
mod rust;
mod steps;
#[cfg(test)]
mod temp;
mod tree;

use std::env;
use std::process::ExitCode;

use crate::files::House;
use crate::report::say;
use crate::steps::{STEPS, Step};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let house = House::of_this_program();

    match arguments.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            say(&help());
            ExitCode::SUCCESS
        }
        ["ci"] => steps::run_all(&house, &ci_steps()),
        ["write"] => steps::run_all(&house, &steps::GENERATORS.iter().collect::<Vec<_>>()),
        [name] if generator(name).is_some() => {
            steps::run_all(&house, &generator(name).into_iter().collect::<Vec<_>>())
        }
        [name, "--check"] if generator(name).is_some() => {
            steps::run_all(&house, &chosen(&[name]).unwrap_or_default())
        }
        names => match chosen(names) {
            Ok(steps) => steps::run_all(&house, &steps),
            Err(unknown) => {
                say(&format!(
                    "no step is called `{unknown}`; these are:\n\n{}",
                    help()
                ));
                ExitCode::from(2)
            }
        },
    }
}

fn ci_steps() -> Vec<&'static Step> {
    STEPS.iter().filter(|step| step.in_ci).collect()
}

/// The step of this name that writes what it would else compare.
fn generator(name: &str) -> Option<&'static Step> {
    steps::GENERATORS.iter().find(|step| step.name == name)
}

/// The steps of these names, or the first name that is none.
fn chosen<'a>(names: &[&'a str]) -> Result<Vec<&'static Step>, &'a str> {
    names
        .iter()
        .map(|name| STEPS.iter().find(|step| step.name == *name).ok_or(*name))
        .collect()
}

fn help() -> String {
    let mut text = String::from(
        "cargo xtask ci              runs every step marked *, as continuous integration does\n\
         cargo xtask STEP…           runs these steps\n\
         cargo xtask write           writes all that is written by programs\n\
",
    );
    for step in steps::GENERATORS {
        let command = format!("cargo xtask {}", step.name);
        text.push_str(&format!(
            "{command:<27} {} (`--check` only compares)\n",
            step.what
        ));
    }
    text.push_str("\nSteps:\n");
    for step in STEPS {
        let mark = if step.in_ci { '*' } else { ' ' };
        text.push_str(&format!("{mark} {:<10} {}\n", step.name, step.what));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_step() {
        let help = help();
        assert!(STEPS.iter().all(|step| help.contains(step.name)));
        assert!(steps::GENERATORS.iter().all(|step| help.contains(step.what)));
    }

    #[test]
    fn what_is_written_is_compared_by_a_step_of_its_name() {
        for step in steps::GENERATORS {
            assert!(
                ci_steps().iter().any(|check| check.name == step.name),
                "{}",
                step.name
            );
        }
    }

    #[test]
    fn an_unknown_step_is_named() {
        assert_eq!(chosen(&["fmt", "nonsense"]).err(), Some("nonsense"));
        assert_eq!(chosen(&["fmt", "layers"]).map(|steps| steps.len()).ok(), Some(2));
    }
}
