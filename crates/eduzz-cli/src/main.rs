//! The `eduzz` program: sign in, call the API, run a sandbox, check captured bodies.

mod allowed;
mod ask;
mod call_help;
mod calls;
mod cli;
mod client;
mod commands;
mod config;
mod events;
mod failure;
mod fields;
mod files;
mod json;
mod lang;
mod lists;
mod login;
mod notices;
mod output;
mod probe;
mod profile;
mod settings;
mod shell;
mod signal;
mod similar;
mod store;
mod table;
mod text;
mod version;

use std::env;
use std::ffi::OsString;
use std::process::{self, ExitCode};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::signal::ctrl_c;

use crate::cli::Cli;
use crate::config::Config;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;
use crate::profile::Profile;

/// The time that a command has to end by itself after Ctrl-C.
const GRACE: Duration = Duration::from_secs(2);

/// The same for one that finishes its work first.
const LONG_GRACE: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let args: Vec<OsString> = env::args_os().collect();
    let lang = Lang::choose(&args, Config::language, |name| env::var_os(name));
    let plain = Output {
        lang,
        json: false,
        verbose: false,
    };
    let (output, ended) = match cli::read(lang, &args) {
        Ok(mut cli) => {
            if let Some(profile) = cli.profile.take() {
                Profile::give(profile);
            }
            let output = Output {
                lang,
                json: cli.json,
                verbose: cli.verbose,
            };
            (output, run(output, cli))
        }
        Err(cli::Stop::Text(text)) => (plain, plain.bytes(text.as_bytes())),
        Err(cli::Stop::Wrong(failure)) => (plain, Err(failure)),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// Runs the command, until it ends or Ctrl-C ends it.
fn run(output: Output, cli: Cli) -> Result<(), Failure> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Failure::usage(output.lang.cannot_start_runtime()))?;
    let serves = cli.command.serves();
    let ends_itself = cli.command.ends_itself();
    let grace = if ends_itself { LONG_GRACE } else { GRACE };
    thread::spawn(move || end_by_ctrl_c(grace));
    let ended = runtime.block_on(async {
        tokio::select! {
            biased;
            // A walk handles Ctrl-C itself: it leaves a cursor.
            Ok(()) = ctrl_c(), if !cli.walks && !ends_itself => {
                if serves {
                    Ok(())
                } else {
                    Err(Failure::interrupted(output.lang.interrupted()))
                }
            }
            ended = cli.command.run(output) => ended,
        }
    });
    // Do not wait for a thread that reads the standard input.
    runtime.shutdown_background();
    ended
}

/// Ends the program by Ctrl-C where the command does not: one that prints to a reader that does not
/// read, or computes, cannot wait for it.
fn end_by_ctrl_c(grace: Duration) {
    let Ok(runtime) = Builder::new_current_thread().enable_all().build() else {
        return;
    };
    runtime.block_on(async {
        if ctrl_c().await.is_ok() {
            // The second one ends it at once. Nothing is printed: that could wait for ever too.
            let _ = tokio::time::timeout(grace, ctrl_c()).await;
            process::exit(130);
        }
    });
}
