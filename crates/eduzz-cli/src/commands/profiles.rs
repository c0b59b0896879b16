//! `eduzz profiles`: the stored sign-ins.

use clap::{Args, Subcommand};
use eduzz_oauth::{Grant, Session};
use eduzz_sync::Moment;
use eduzz_types::{PersonalText, Timestamp};
use serde::Serialize;

use super::inbox::moments;
use crate::ask;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};
use crate::profile::{self, Profile};
use crate::store::Store;

/// Perfis: os logins salvos, um por conta; `eduzz login --profile NOME` cria um
/// | Profiles: the stored sign-ins, one for each account; `eduzz login --profile NAME` makes one
#[derive(Debug, Args)]
pub(crate) struct Profiles {
    #[command(subcommand)]
    command: Option<ProfilesCommand>,
}

#[derive(Debug, Subcommand)]
enum ProfilesCommand {
    /// Lista os perfis: de quem é cada um, até quando vale, e qual está em uso
    /// | Lists the profiles: whose each is, until when it is valid, and which is used
    List,
    /// Apaga um perfil e o login salvo nele | Removes a profile and the sign-in stored with it
    Remove(Remove),
}

#[derive(Debug, Args)]
struct Remove {
    /// Nome do perfil | The profile's name
    #[arg(value_name = "NOME | NAME", value_parser = profile::read)]
    name: Profile,
    /// Não pergunta antes; necessário sem terminal
    /// | Does not ask before; needed without a terminal
    #[arg(long)]
    yes: bool,
}

/// A profile, as `--json` prints it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    name: String,
    used: bool,
    state: State,
    account_id: Option<String>,
    account: Option<PersonalText>,
    ends: Option<Timestamp>,
    api: Option<String>,
    file: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum State {
    SignedIn,
    Expired,
    SignedOut,
    /// The file cannot be read, or others can.
    Unusable,
}

#[derive(Serialize)]
struct Removed {
    name: String,
    forgotten: bool,
}

impl Profiles {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        match self.command {
            None | Some(ProfilesCommand::List) => list(output),
            Some(ProfilesCommand::Remove(remove)) => remove.run(output).await,
        }
    }
}

fn list(output: Output) -> Result<(), Failure> {
    let lang = output.lang;
    let (used, _) = Profile::chosen(lang)?;
    let stores = Store::all(lang)?;
    let rows: Vec<Row> = stores
        .iter()
        .map(|store| row(store, *store.profile() == used))
        .collect();
    if output.json {
        return output.json(&rows);
    }
    let header = [
        lang.column_used(),
        lang.column_profile(),
        lang.column_account(),
        lang.column_until(),
        lang.column_api(),
    ];
    let cells = |row: &Row| {
        let used = if row.used { "*" } else { "" };
        vec![
            used.to_owned(),
            row.name.clone(),
            who(lang, row),
            until(lang, row),
            row.api.clone().unwrap_or_default(),
        ]
    };
    output.table(&header, rows.iter().map(cells))?;
    if !rows.iter().any(|row| row.used) {
        output.note(&lang.profile_without_files(used.as_str()));
    }
    Ok(())
}

fn row(store: &Store, used: bool) -> Row {
    let kept = store.kept();
    let is_unusable = kept.is_err();
    let kept = kept.ok().flatten();
    let grant = kept.as_ref().and_then(|kept| kept.session.grant());
    Row {
        name: store.profile().to_string(),
        used,
        state: match grant {
            _ if is_unusable => State::Unusable,
            None => State::SignedOut,
            Some(grant) if grant.is_expired(Timestamp::now()) => State::Expired,
            Some(_) => State::SignedIn,
        },
        account_id: grant.and_then(Grant::account_id).map(|id| id.as_str().to_owned()),
        account: grant.and_then(Grant::user).and_then(|user| user.name.clone()),
        ends: grant.and_then(Grant::ends),
        api: kept
            .as_ref()
            .filter(|kept| is_signed_in(&kept.session))
            .map(|kept| kept.api.clone()),
        file: store.path().display().to_string(),
    }
}

const fn is_signed_in(session: &Session) -> bool {
    session.grant().is_some()
}

fn who(lang: Lang, row: &Row) -> String {
    match row.state {
        State::SignedOut => lang.profile_signed_out(),
        State::Unusable => lang.profile_unusable(),
        State::SignedIn | State::Expired => {
            let name = row.account.as_ref().map(PersonalText::as_str);
            name.or(row.account_id.as_deref()).unwrap_or("–").to_owned()
        }
    }
}

fn until(lang: Lang, row: &Row) -> String {
    match (row.state, row.ends) {
        (State::SignedOut | State::Unusable, _) => String::new(),
        (_, None) => lang.profile_without_end(),
        (state, Some(end)) => {
            let text = moments::shown(lang, Moment::from_millis(end.unix().saturating_mul(1_000)));
            if state == State::Expired {
                lang.profile_expired(&text)
            } else {
                text
            }
        }
    }
}

impl Remove {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let store = Store::of(lang, self.name)?;
        let name = store.profile().as_str();
        if !store.exists() {
            return Err(Failure::usage(lang.no_such_profile(name)));
        }
        let is_agreed = self.yes || {
            let question = lang.remove_question(name);
            ask::is_agreed(output, &question, lang.change_needs_yes()).await?
        };
        if !is_agreed {
            return Err(Failure::rejected(lang.change_not_agreed()));
        }
        let forgotten = store.remove()?;
        if output.json {
            let name = name.to_owned();
            return output.json(&Removed { name, forgotten });
        }
        let name = output::printable(name);
        output.line(&if forgotten {
            lang.profile_removed(&name)
        } else {
            lang.profile_removed_signed_out(&name)
        })
    }
}
