//! `eduzz demo`: the whole sign-in, and a webhook, against a sandbox of its own. Nothing but loopback is touched, and nothing that the
//! person has set up is read.

mod browser;
mod forms;
mod hook;

use eduzz_api::accounts::GetMe;
use eduzz_api::myeduzz::ListSales;
use eduzz_api::webhook::{CreateWebhookSubscription, GetWebhookSecret, SetWebhookSubscriptionStatus};
use eduzz_hyper::{Client, Proxy, Roots};
use eduzz_oauth::{App, ExchangeCode};
use eduzz_sandbox::Config;
use eduzz_types::PersonalText;
use eduzz_types::accounts::Me;
use eduzz_types::myeduzz::Sale;
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_webhook::{Delivery, Event, Key, Keys};
use eduzz_wire::{Endpoint, Origins, Paged as _};
use serde::Serialize;

use self::browser::{Browser, Exchange};
use self::hook::Hook;
use crate::commands::sandbox;
use crate::commands::webhook::told::{About, Reading};
use crate::failure::Failure;
use crate::lists::days;
use crate::lists::show::Shown;
use crate::output::{self, Output};

/// How many sales are listed.
const SALES: u32 = 3;
/// What the demonstration wants to be told of.
const PAID: &str = "myeduzz.invoice_paid";

#[derive(Serialize)]
struct Told<'a> {
    steps: Vec<Step>,
    account: Me,
    sales: Vec<Sale>,
    delivery: Reading<'a>,
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

    let step = lang.demo_subscribe();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let secret = account
        .call(&GetWebhookSecret::new())
        .await
        .map_err(|_| stopped())?;
    let key = Key::new(&secret.secret).map_err(|_| stopped())?;
    let mut hook = Hook::start(Keys::new("sandbox", key)).await.ok_or_else(stopped)?;
    let subscribe = CreateWebhookSubscription::new("demo", hook.url(), [PAID]);
    let subscription = account.call(&subscribe).await.map_err(|_| stopped())?;
    // The receiver is sent a signed ping, which it must take.
    let activate = SetWebhookSubscriptionStatus::new(subscription.id, SubscriptionStatus::Active);
    let subscription = account.call(&activate).await.map_err(|_| stopped())?;
    if subscription.status != SubscriptionStatus::Active {
        return Err(stopped());
    }
    let calls = [
        &GetWebhookSecret::ROUTE,
        &CreateWebhookSubscription::ROUTE,
        &SetWebhookSubscriptionStatus::ROUTE,
    ];
    story.tell(step.clone(), calls.map(Exchange::of).into())?;

    let step = lang.demo_delivery();
    let stopped = || Failure::no(lang.demo_failed(&step));
    let sold = sandbox.control().sell(1);
    let delivery = hook.next().await.ok_or_else(stopped)?;
    let event = delivery.event();
    match &event {
        Event::MyeduzzInvoicePaid(invoice) if sold == [invoice.id.as_str()] => {}
        _ => return Err(stopped()),
    }
    let exchange = Exchange::delivered(hook.url(), &summary(&delivery));
    story.tell(step.clone(), vec![exchange])?;

    sandbox.stop().await;
    story.end(me, sales, Reading::of(&delivery, &event))
}

/// The event, its id, and what it is about: nobody's data, and no signature.
fn summary<B: AsRef<[u8]>>(delivery: &Delivery<B>) -> String {
    let name = delivery.name().map(ToString::to_string).unwrap_or_default();
    output::printable(&format!("{name} {}", About::of(delivery)))
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

    fn end(self, me: Me, sales: Vec<Sale>, delivery: Reading<'_>) -> Result<(), Failure> {
        let lang = self.output.lang;
        if self.output.json {
            return self.output.json(&Told {
                steps: self.steps,
                account: me,
                sales,
                delivery,
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
