//! `eduzz mirror status`: what the mirror has, and how sure that is.

use clap::Args;
use eduzz_mirror::{KindProgress, Proof, State, scopes};
use eduzz_store::Store;
use eduzz_store::mirror::{CrossCheck, MirrorStore, WebhookWatch};
use eduzz_sync::mirror::Verdict;
use eduzz_sync::subscription::Ailment;
use serde::Serialize;

use super::copy::{self, Owner};
use super::progress;
use crate::commands::database::Database;
use crate::commands::inbox::moments;
use crate::commands::webhook::post;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;
use crate::settings;
use crate::table::Table;

/// Mostra o que o espelho tem, o que está provado e o que é duvidoso
/// | Shows what the mirror has, what is proven and what is doubtful
#[derive(Debug, Args)]
#[command(after_help = "\
Não faz chamadas. Sai com 1 se algo é duvidoso, o que serve para o cron. Uma janela (dias de uma
lista) está provada quando o serviço mostrou todas as linhas que contou, no começo e no fim da
leitura, e o espelho tem exatamente essas. Um dia fica aberto até 26 horas depois de acabar, e isso
não é uma dúvida. Um tipo que o serviço recusa a este token aparece com o escopo que falta; ele só
faz o comando sair com 1 se você o pediu com `init --only`.

O tempo que falta é o mínimo que o limite de chamadas permite (30 por minuto em cada rota, ou
EDUZZ_PACE).

Se você informou a URL dos eventos com `init --webhook-url`, mostra se a configuração de webhook
existe, está ativa e tem todos os eventos que o espelho segue; se não, sai com 1. `run` confere toda
noite.
 | \n\
Makes no calls. Exits with 1 if something is doubtful, which suits cron. A window (days of a list)
is proven when the service showed every row that it counted, at the beginning and at the end of the
reading, and the mirror has exactly these rows. A day stays open until 26 hours after its end, which
is no doubt. A kind that the service refuses to this token is shown with the missing scope; it makes
the command exit with 1 only if you chose it with `init --only`.

The time left is the least that the limit of calls allows (30 per minute and route, or EDUZZ_PACE).

If you gave the URL of the events with `init --webhook-url`, it shows whether the webhook
subscription exists, is active, and has all events that the mirror follows; if not, it exits with 1.
`run` checks it each night.")]
pub(crate) struct Status {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    kind: &'static str,
    rows: u64,
    is_proven: bool,
    is_filled: bool,
    proven: u64,
    open: u64,
    doubtful: u64,
    unsettled: u64,
    late: u64,
    disagreeing: u64,
    gone: u64,
    unreadable: u64,
    drifted: u64,
    is_refused: bool,
    scopes: &'static [&'static str],
    cross_checks: CrossChecks,
    calls_left: Option<u64>,
    seconds_left: Option<u64>,
}

/// The subscription to webhooks, beside the kinds; only if the mirror was told of one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Webhook {
    kind: &'static str,
    is_well: Option<bool>,
    ailment: Option<&'static str>,
    /// Missing events, the status, how many there are: what the ailment names.
    names: Option<String>,
    since: Option<String>,
    checked_at: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Kind(Record),
    Webhook(Webhook),
}

/// How many proven windows another word of the service agrees with.
#[derive(Serialize)]
struct CrossChecks {
    agree: usize,
    disagree: usize,
    unknown: usize,
}

impl Status {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| show(
            output, self.owner, store
        )
        .await)
    }
}

async fn show<S: Store + MirrorStore>(output: Output, owner: Owner, store: S) -> Result<(), Failure> {
    let lang = output.lang;
    let account = owner.find(lang, &store).await?;
    let proof = Proof::new(store, account);
    let offline = |error| copy::offline(lang, &error);
    let states = proof.state().await.map_err(offline)?;
    let checks = proof.cross_checks().await.map_err(offline)?;
    let reading = proof
        .progress(settings::pacing(lang)?.pace())
        .await
        .map_err(offline)?;
    let webhook = proof.webhook().await.map_err(offline)?;
    let left = |state: &State| reading.kinds.iter().find(|own| own.kind == state.holding.kind);
    let records: Vec<Record> = states
        .iter()
        .map(|state| Record::of(state, &checks, left(state)))
        .collect();
    let contradicted: usize = records.iter().map(|record| record.cross_checks.disagree).sum();
    if output.json {
        let webhook = webhook.as_ref().map(|watch| Line::Webhook(Webhook::of(watch)));
        let lines: Vec<Line> = records.into_iter().map(Line::Kind).chain(webhook).collect();
        output.json(&lines)?;
    } else {
        let rows = states.iter().zip(&records).map(|(state, record)| {
            let mut row = vec![record.kind.to_owned()];
            let counts = [
                record.rows,
                record.proven,
                record.open,
                record.doubtful,
                record.unsettled,
                record.disagreeing,
                record.unreadable,
                record.gone,
                record.drifted,
            ];
            row.extend(counts.map(|count| count.to_string()));
            row.push(
                left(state)
                    .map(|own| progress::left(lang, own))
                    .unwrap_or_default(),
            );
            row.push(standing(lang, state));
            row
        });
        output.draw(Table {
            header: lang.mirror_columns().map(str::to_owned).to_vec(),
            rows: rows.collect(),
            numbers: (1..=9).collect(),
            // How sure it is matters most.
            leaves: vec![9, 8, 7, 6, 5, 3, 2, 4, 10],
            ..Table::default()
        })?;
        if !reading.is_done() {
            output.line(&progress::rest(lang, reading.time_left))?;
        }
        if contradicted > 0 {
            output.line(&lang.mirror_contradicted(contradicted))?;
        }
        output.line(&webhook_line(lang, webhook.as_ref()))?;
    }
    let doubtful = states.iter().filter(|state| state.is_doubtful()).count();
    let found = webhook.and_then(|watch| watch.found);
    let ailment = found.and_then(|found| found.ailment);
    match (doubtful, ailment) {
        (0, None) => Ok(()),
        (0, Some(_)) => Err(Failure::rejected(lang.mirror_webhook_ails())),
        (_, _) => Err(Failure::rejected(lang.mirror_has_doubts(doubtful))),
    }
}

/// What is known of the subscription to webhooks, and how it is mended.
fn webhook_line(lang: Lang, watch: Option<&WebhookWatch>) -> String {
    let Some(watch) = watch else {
        return lang.mirror_no_webhook();
    };
    let place = post::origin(&watch.url.as_str().into());
    let Some(found) = &watch.found else {
        return lang.mirror_webhook_unseen(&place);
    };
    let since = moments::shown(lang, found.since);
    let seen = moments::shown(lang, found.checked_at);
    match &found.ailment {
        None => lang.mirror_webhook_well(&place, &since, &seen),
        Some(ailment) => lang.mirror_webhook_ill(&place, &lang.ailment(ailment), &since),
    }
}

/// How sure a kind is, for a person.
pub(super) fn standing(lang: Lang, state: &State) -> String {
    if state.only_waits() {
        return lang.mirror_waits();
    }
    match (state.is_proven(), state.is_refused, state.is_filled) {
        (true, ..) => lang.mirror_proven(),
        (_, true, _) => lang.mirror_refused(&scopes(state.holding.kind).join(", ")),
        (.., false) => lang.mirror_unfilled(),
        _ => lang.mirror_doubtful(),
    }
}

impl Record {
    fn of(state: &State, checks: &[CrossCheck], left: Option<&KindProgress>) -> Self {
        let holding = &state.holding;
        let count = |verdict: Verdict| {
            let of_kind = checks.iter().filter(|check| check.source.kind() == holding.kind);
            of_kind.filter(|check| check.verdict == verdict).count()
        };
        Self {
            kind: holding.kind.as_str(),
            rows: holding.rows,
            is_proven: state.is_proven(),
            is_filled: state.is_filled,
            proven: holding.proven,
            open: holding.open,
            doubtful: holding.doubtful,
            unsettled: holding.unsettled,
            late: holding.late,
            disagreeing: holding.disagreeing,
            gone: holding.gone,
            unreadable: holding.unreadable,
            drifted: holding.drifted,
            is_refused: state.is_refused,
            scopes: scopes(holding.kind),
            cross_checks: CrossChecks {
                agree: count(Verdict::Agree),
                disagree: count(Verdict::Disagree),
                unknown: count(Verdict::Unknown),
            },
            calls_left: left.and_then(|own| own.progress.calls_left),
            seconds_left: left.and_then(|own| own.time_left).map(|time| time.as_secs()),
        }
    }
}

impl Webhook {
    fn of(watch: &WebhookWatch) -> Self {
        let found = watch.found.as_ref();
        let ailment = found
            .and_then(|found| found.ailment.as_ref())
            .map(Ailment::to_texts);
        let (ailment, names) = ailment.unzip();
        Self {
            kind: "webhook",
            is_well: found.map(|found| found.ailment.is_none()),
            ailment,
            names: names.filter(|names| !names.is_empty()),
            since: found.map(|found| moments::exact(found.since)),
            checked_at: found.map(|found| moments::exact(found.checked_at)),
        }
    }
}
