//! `eduzz demo`: the whole sign-in against a sandbox of its own. Nothing but loopback is touched, and nothing that the
//! person has set up is read.

mod browser;
mod forms;

use eduzz_api::accounts::GetMe;
use eduzz_api::myeduzz::ListSales;
use eduzz_hyper::{Client, Proxy, Roots};
use eduzz_oauth::{App, ExchangeCode};
use eduzz_sandbox::Config;
use eduzz_types::PersonalText;
use eduzz_types::accounts::Me;
use eduzz_types::myeduzz::Sale;
use eduzz_wire::{Endpoint, Origins, Paged as _};
use serde::Serialize;

use self::browser::{Browser, Exchange};
use crate::commands::sandbox;
use crate::failure::Failure;
use crate::lists::days;
use crate::lists::show::Shown;
use crate::output::{self, Output};

/// How many sales are listed.
const SALES: u32 = 3;

#[derive(Serialize)]
struct Told {
    steps: Vec<Step>,
    account: Me,
    sales: Vec<Sale>,
}

#[derive(Serialize)]
struct Step {
    step: String,
    exchanges: Vec<Exchange>,
}

pub(super) async fn run(output: Output) -> Result<(), Failure> {
    let lang = output.lang;
    let mut story = Story {
        output,
        steps: Vec::new(),
    };
    let sandbox = sandbox::start(lang, Config::default()).await?;
    let url = sandbox.url();
    story.tell(lang.demo_start(&url), Vec::new())?;

    let step = lang.demo_leave();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let origins = Origins::sandbox(&url).map_err(|_| stopped())?;
    // There is no TLS to trust certificates for, and no proxy to go through.
    let builder = Client::builder()
        .origins(origins.clone())
        .proxy(Proxy::never())
        .roots(Roots::only());
    let client = builder.build().map_err(|_| stopped())?;
    let configured = sandbox.app();
    let return_url = configured
        .return_urls
        .first()
        .map(String::as_str)
        .unwrap_or_default();
    let app = App::new(
        configured.client_id.as_str(),
        configured.client_secret.as_str(),
        return_url,
    )
    .map_err(|_| stopped())?;
    let sign_in = app.authorize(&origins, client.new_state().map_err(|_| stopped())?);
    let mut browser = Browser::new(&client, &url);
    let chooser = browser.open(sign_in.url()).await.ok_or_else(stopped)?;
    story.tell(step.clone(), browser.exchanges())?;

    let step = lang.demo_choose();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let account = sandbox.person().account_id.as_str();
    let consent = browser
        .press(&chooser, "account", account)
        .await
        .ok_or_else(stopped)?;
    story.tell(step.clone(), browser.exchanges())?;

    let step = lang.demo_approve();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let returned = browser
        .press(&consent, "answer", "approve")
        .await
        .ok_or_else(stopped)?;
    story.tell(step.clone(), browser.exchanges())?;

    let step = lang.demo_exchange();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let code = sign_in
        .into_pending()
        .returned(&app, &returned.address)
        .map_err(|_| stopped())?;
    let grant = client.exchange(code).await.map_err(|_| stopped())?;
    story.tell(step.clone(), vec![Exchange::of(&ExchangeCode::ROUTE)])?;

    let step = lang.demo_me();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let account = client.signed_in(grant);
    let me = account.call(&GetMe::new()).await.map_err(|_| stopped())?;
    story.tell(step.clone(), vec![Exchange::of(&GetMe::ROUTE)])?;

    let step = lang.demo_sales();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let month = days::last(lang, 30)?;
    let mut list = ListSales::new(month.first().clone(), month.last().clone());
    list.set_page(1, SALES);
    let sales = account.call(&list).await.map_err(|_| stopped())?.items;
    story.tell(step.clone(), vec![Exchange::of(&ListSales::ROUTE)])?;

    sandbox.stop().await;
    story.end(me, sales)
}

/// What is told, step by step or, for machines, at the end.
struct Story {
    output: Output,
    steps: Vec<Step>,
}

impl Story {
    fn tell(&mut self, step: String, exchanges: Vec<Exchange>) -> Result<(), Failure> {
        if !self.output.json {
            self.output.line(&format!("{}. {step}", self.steps.len() + 1))?;
            for exchange in &exchanges {
                self.output.line(&format!("   {exchange}"))?;
            }
        }
        self.steps.push(Step { step, exchanges });
        Ok(())
    }

    fn end(self, me: Me, sales: Vec<Sale>) -> Result<(), Failure> {
        let lang = self.output.lang;
        if self.output.json {
            return self.output.json(&Told {
                steps: self.steps,
                account: me,
                sales,
            });
        }
        let text = |text: &Option<PersonalText>| {
            output::printable(text.as_ref().map(PersonalText::as_str).unwrap_or_default())
        };
        self.output.line(&format!(
            "\n{}\n{}\n",
            lang.demo_end(&text(&me.name), &text(&me.email)),
            lang.demo_last_sales()
        ))?;
        Shown::table(self.output).all(&sales)?;
        self.output.line(&format!("\n{}", lang.demo_next()))
    }
}
