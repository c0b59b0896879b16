//! `eduzz doctor`: whether the program, its sign-in and the way to the service are in order.

mod live;
mod reach;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use eduzz_api::accounts::GetMe;
use eduzz_oauth::{Grant, GrantKind};
use eduzz_sync::Moment;
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::Origins;
use serde::Serialize;

use super::inbox::moments;
use crate::client::{self, Api};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::BodyOption;
use crate::output::{self, Output};
use crate::profile::Profile;
use crate::settings;
use crate::store::Store;
use crate::version;

/// Confere versão, relógio, arquivos, token e a conexão com a Eduzz, e diz o que fazer
/// | Checks version, clock, files, token and the connection to Eduzz, and says what to do
#[derive(Debug, Args)]
#[command(after_help = "\
Sai com 1 se houver um problema; um aviso não conta.

--live faz cerca de 30 chamadas que só leem, no ritmo permitido, e grava um relatório sobre os
pontos que a documentação da Eduzz não esclarece: tipos, formatos, contagens, status. Nele não
entram nomes, e-mails, documentos, ids, valores nem textos livres. Leia-o antes de enviá-lo aos
autores do SDK.
 | \n\
It ends with 1 if there is a problem; a warning does not count.

--live makes some 30 calls that only read, at the allowed pace, and writes a report on what Eduzz's
documentation leaves open: kinds, forms, counts, statuses. No name, e-mail address, document, id,
amount or free text gets into it. Read it before you send it to the authors of the SDK.")]
pub(crate) struct Doctor {
    /// Com um token, testa também os pontos que a documentação não esclarece, e grava um relatório
    /// | Also settles, with a token, what the documentation leaves open, and writes a report
    #[arg(long)]
    live: bool,
    /// Onde gravar o relatório: .json ou .md (padrão: eduzz-doctor.json)
    /// | Where to write the report: .json or .md (default: eduzz-doctor.json)
    #[arg(long, value_name = "ARQUIVO | FILE", requires = "live")]
    out: Option<PathBuf>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warning,
    Problem,
}

/// A check and its end.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Check {
    name: &'static str,
    state: State,
    text: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
    /// How long its steps took.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    times: Vec<Time>,
}

/// How long a step took.
#[derive(Debug, Serialize)]
struct Time {
    step: &'static str,
    ms: u64,
}

impl Check {
    const fn new(name: &'static str, state: State, text: String) -> Self {
        Self {
            name,
            state,
            text,
            advice: None,
            times: Vec::new(),
        }
    }

    const fn ok(name: &'static str, text: String) -> Self {
        Self::new(name, State::Ok, text)
    }

    fn with_advice(self, advice: String) -> Self {
        Self {
            advice: Some(advice),
            ..self
        }
    }

    /// The first line of an error is the problem, the others what to do.
    fn failed(name: &'static str, failure: &Failure) -> Self {
        let text = failure.text().unwrap_or_default();
        let (what, advice) = text.split_once('\n').unwrap_or((text, ""));
        let check = Self::new(name, State::Problem, what.to_owned());
        if advice.is_empty() {
            check
        } else {
            check.with_advice(advice.replace('\n', "; "))
        }
    }
}

/// All checks, as `--json` prints them.
#[derive(Serialize)]
struct Report<'a> {
    checks: &'a [Check],
    problems: usize,
    warnings: usize,
}

impl Doctor {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let mut checks = vec![versions(lang)];
        let origins = settings::origins(lang);
        match &origins {
            Ok(origins) => checks.push(place(lang, origins)),
            Err(failure) => checks.push(Check::failed("service", failure)),
        }
        if let Err(failure) = settings::pacing(lang) {
            checks.push(Check::failed("pace", &failure));
        }
        checks.push(files(lang));
        let grant = grant(lang, origins.as_ref().ok());
        let has_token = matches!(grant, Ok(Some(_)));
        checks.push(token(lang, grant));
        if let Ok(origins) = &origins {
            checks.extend(reach::checks(lang, origins).await);
            let is_reached = checks
                .iter()
                .any(|check| check.name == "api" && check.state == State::Ok);
            if has_token && is_reached {
                checks.push(accepted(output).await);
            }
        }
        let count = |state| checks.iter().filter(|check| check.state == state).count();
        let (problems, warnings) = (count(State::Problem), count(State::Warning));
        if output.json && !self.live {
            output.json(&Report {
                checks: &checks,
                problems,
                warnings,
            })?;
        } else if !output.json {
            for check in &checks {
                output.line(&line(lang, check))?;
            }
        }
        if self.live {
            if problems > 0 {
                return Err(Failure::rejected(lang.doctor_live_not_now()));
            }
            return live::run(output, self.out).await;
        }
        if problems > 0 {
            Err(Failure::reported())
        } else {
            Ok(())
        }
    }
}

/// A check for a person.
fn line(lang: Lang, check: &Check) -> String {
    let state = match check.state {
        State::Ok => lang.doctor_ok(),
        State::Warning => lang.doctor_warning(),
        State::Problem => lang.doctor_problem(),
    };
    let name = lang.doctor_name(check.name);
    let times = check
        .times
        .iter()
        .map(|time| format!("{} {} ms", time.step, time.ms));
    let times = times.collect::<Vec<_>>().join(", ");
    let times = if times.is_empty() {
        times
    } else {
        format!(" ({times})")
    };
    let mut line = format!("{state:8}  {name}: {}{times}", output::printable(&check.text));
    if let Some(advice) = &check.advice {
        line = format!("{line}\n{:8}  → {}", "", output::printable(advice));
    }
    line
}

fn versions(lang: Lang) -> Check {
    let text = format!("eduzz {}", version::long());
    match version::commit() {
        Some(_) => Check::ok("version", text),
        None => Check::ok("version", format!("{text}, {}", lang.doctor_no_commit())),
    }
}

fn place(lang: Lang, origins: &Origins) -> Check {
    let api = origins.api().to_string();
    Check::ok(
        "service",
        if origins.api().is_loopback() {
            lang.doctor_sandbox(&api)
        } else {
            lang.doctor_service(&api)
        },
    )
}

/// The files of the chosen profile, and their modes.
fn files(lang: Lang) -> Check {
    let kept = Store::find(lang).and_then(|store| store.kept().map(|kept| (store, kept)));
    match kept {
        Err(failure) => Check::failed("files", &failure),
        Ok((store, kept)) => {
            let path = store.path().display().to_string();
            Check::ok(
                "files",
                match kept {
                    Some(_) => lang.doctor_file_closed(&path),
                    None => lang.doctor_no_file(&path),
                },
            )
        }
    }
}

/// The token that calls would use.
fn grant(lang: Lang, origins: Option<&Origins>) -> Result<Option<(Grant, String)>, Failure> {
    if let Some(token) = settings::variable(lang, settings::TOKEN)? {
        let grant = Grant::personal(AccessToken::new(token));
        return Ok(Some((grant, settings::TOKEN.to_owned())));
    }
    let (profile, _) = Profile::chosen(lang)?;
    let Some(origins) = origins else { return Ok(None) };
    let session = Store::find(lang)?.load(origins)?;
    Ok(session
        .grant()
        .map(|grant| (grant.clone(), lang.doctor_of_profile(profile.as_str()))))
}

/// How to sign in to the chosen profile.
fn sign_in(lang: Lang) -> String {
    match Profile::chosen(lang) {
        Ok((profile, _)) if !profile.is_default() => lang.doctor_sign_in_to(profile.as_str()),
        _ => lang.doctor_sign_in(),
    }
}

fn token(lang: Lang, grant: Result<Option<(Grant, String)>, Failure>) -> Check {
    let (grant, source) = match grant {
        Err(failure) => return Check::failed("token", &failure),
        Ok(None) => {
            let check = Check::new("token", State::Problem, lang.doctor_no_token());
            return check.with_advice(sign_in(lang));
        }
        Ok(Some(found)) => found,
    };
    let kind = match grant.kind() {
        GrantKind::Personal => lang.doctor_token_personal(),
        GrantKind::Application => lang.doctor_token_application(),
        _ => lang.doctor_token_sign_in(),
    };
    let scopes = match grant.scopes() {
        None => lang.doctor_scopes_unknown(),
        Some(scopes) => {
            let names: Vec<&str> = scopes.iter().collect();
            lang.doctor_scopes(names.len(), &names.join(" "))
        }
    };
    let shown = |end: Timestamp| moments::shown(lang, Moment::from_millis(end.unix().saturating_mul(1_000)));
    match grant.ends() {
        Some(end) if grant.is_expired(Timestamp::now()) => {
            let text = format!("{source}, {}", lang.profile_expired(&shown(end)));
            Check::new("token", State::Problem, text).with_advice(sign_in(lang))
        }
        Some(end) => Check::ok(
            "token",
            format!("{source}, {kind}, {}, {scopes}", lang.doctor_until(&shown(end))),
        ),
        None => Check::ok(
            "token",
            format!("{source}, {kind}, {}, {scopes}", lang.profile_without_end()),
        ),
    }
}

/// Whether the service takes the token. The answer names a person, and is not shown.
async fn accepted(output: Output) -> Check {
    let lang = output.lang;
    let api = match Api::new(output, BodyOption::new(false, false)) {
        Ok(api) => api,
        Err(failure) => return Check::failed("call", &failure),
    };
    match api.call(&GetMe::new()).await {
        Ok(_) => Check::ok("call", lang.doctor_token_taken()),
        Err(failure) => Check::failed("call", &failure),
    }
}

/// Milliseconds of a step.
fn time(step: &'static str, took: Duration) -> Time {
    Time {
        step,
        ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
    }
}

/// The client of the checks.
fn plain_client(lang: Lang, origins: &Origins) -> Result<eduzz_hyper::Client, Failure> {
    client::client(lang, origins)
}
