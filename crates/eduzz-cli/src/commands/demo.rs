//! `eduzz demo`: a whole sign-in, a webhook and a mirrored month, against a sandbox of its own. It
//! uses loopback only, and reads none of the user's settings.

mod copied;
mod hook;

use std::fmt;

use clap::Args;
use eduzz_api::accounts::GetMe;
use eduzz_api::myeduzz::ListSales;
use eduzz_api::webhook::{CreateWebhookSubscription, GetWebhookSecret, SetWebhookSubscriptionStatus};
use eduzz_hyper::{Client, Pacing, Proxy, Roots};
use eduzz_oauth::{App, ExchangeCode};
use eduzz_sandbox::{Answer, Config};
use eduzz_types::PersonalText;
use eduzz_types::accounts::Me;
use eduzz_types::myeduzz::Sale;
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_webhook::{Delivery, Event, Key, Keys};
use eduzz_wire::{Endpoint, Origins, Paged as _, Route};
use serde::Serialize;

use self::copied::Copied;
use self::hook::Hook;
use crate::commands::sandbox;
use crate::commands::webhook::report::{About, Reading};
use crate::failure::Failure;
use crate::lists::{Records, days};
use crate::output::{self, Output};

/// The number of listed sales.
const SALES: u32 = 3;
/// The event that is subscribed to.
const PAID: &str = "myeduzz.invoice_paid";

/// Mostra login, API, webhook e espelho num sandbox próprio, sem conta e sem internet
/// | Shows sign-in, API, webhook and mirror in a sandbox of its own, without account and internet
#[derive(Debug, Args)]
pub(crate) struct Demo {}

#[derive(Serialize)]
struct Report<'a> {
    steps: Vec<Step>,
    account: Me,
    sales: Vec<Sale>,
    delivery: Reading<'a>,
    mirror: Copied,
}

#[derive(Serialize)]
struct Step {
    step: String,
    exchanges: Vec<Exchange>,
}

/// A request and its answer, without secrets.
#[derive(Serialize)]
struct Exchange {
    method: String,
    target: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    /// The summary of a delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<String>,
}

impl Exchange {
    fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_string(),
            target: target.to_owned(),
            status: 200,
            location: None,
            delivery: None,
        }
    }

    /// A call of the API, which succeeded.
    fn of(route: &Route) -> Self {
        Self::new(route.method().as_str(), route.template())
    }
}

impl From<&eduzz_sandbox::Step> for Exchange {
    fn from(step: &eduzz_sandbox::Step) -> Self {
        let target = match &step.query {
            Some(query) => format!("{}?{query}", step.path),
            None => step.path.clone(),
        };
        Self {
            status: step.status.as_u16(),
            location: step.location.clone(),
            ..Self::new(step.method.as_str(), &target)
        }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} → {}", self.method, self.target, self.status)?;
        match self.location.as_ref().or(self.delivery.as_ref()) {
            Some(more) => write!(f, " {more}"),
            None => Ok(()),
        }
    }
}

impl Demo {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let mut config = Config::default();
        // The mirror makes more calls than a minute allows.
        config.pace = None;
        let sandbox = sandbox::start(lang, config).await?;
        let url = sandbox.url();
        let mut log = Log {
            output,
            step: lang.demo_start(&url),
            steps: Vec::new(),
        };
        log.next(Vec::new(), lang.demo_leave())?;
        let origins = Origins::sandbox(&url).map_err(|_| log.failure())?;
        // Loopback needs no certificates and no proxy.
        let builder = Client::builder()
            .origins(origins.clone())
            .proxy(Proxy::never())
            .pacing(Pacing::off())
            .roots(Roots::only());
        let client = builder.build().map_err(|_| log.failure())?;
        let configured = sandbox.app();
        let return_url = configured.return_urls.first().map(String::as_str);
        let (id, secret) = (configured.client_id.as_str(), configured.client_secret.as_str());
        let app = App::new(id, secret, return_url.unwrap_or_default()).map_err(|_| log.failure())?;
        let sign_in = app.authorize(&origins, client.new_state().map_err(|_| log.failure())?);
        let visit = sandbox.visitor().visit(sign_in.url(), Answer::Approve).await;
        let visit = visit.map_err(|_| log.failure())?;
        // The consent page, the choice of the account with the page again, and the answer.
        let [consent, choice @ .., answer] = visit.steps.as_slice() else {
            return Err(log.failure());
        };
        log.next(vec![consent.into()], lang.demo_choose())?;
        let choice = choice.iter().map(Exchange::from).collect();
        log.next(choice, lang.demo_approve())?;
        log.next(vec![answer.into()], lang.demo_exchange())?;

        let code = sign_in
            .into_pending()
            .returned(&app, &visit.returned_to)
            .map_err(|_| log.failure())?;
        let grant = client.exchange(code).await.map_err(|_| log.failure())?;
        log.next(vec![Exchange::of(&ExchangeCode::ROUTE)], lang.demo_me())?;

        let account = client.signed_in(grant);
        let me = account.call(&GetMe::new()).await.map_err(|_| log.failure())?;
        log.next(vec![Exchange::of(&GetMe::ROUTE)], lang.demo_sales())?;

        let month = days::last(lang, 30)?;
        let mut list = ListSales::new(month);
        list.set_page(1, SALES);
        let sales = account.call(&list).await.map_err(|_| log.failure())?.items;
        log.next(vec![Exchange::of(&ListSales::ROUTE)], lang.demo_subscribe())?;

        let secret = account
            .call(&GetWebhookSecret::new())
            .await
            .map_err(|_| log.failure())?;
        let key = Key::new(&secret.secret).map_err(|_| log.failure())?;
        let mut hook = Hook::start(Keys::new("sandbox", key))
            .await
            .ok_or_else(|| log.failure())?;
        let subscribe = CreateWebhookSubscription::new("demo", hook.url(), [PAID]);
        let subscription = account.call(&subscribe).await.map_err(|_| log.failure())?;
        // The service sends the receiver a signed ping, which it must accept.
        let activate = SetWebhookSubscriptionStatus::new(subscription.id, SubscriptionStatus::Active);
        let subscription = account.call(&activate).await.map_err(|_| log.failure())?;
        if subscription.status != SubscriptionStatus::Active {
            return Err(log.failure());
        }
        let calls = [
            &GetWebhookSecret::ROUTE,
            &CreateWebhookSubscription::ROUTE,
            &SetWebhookSubscriptionStatus::ROUTE,
        ];
        log.next(calls.map(Exchange::of).into(), lang.demo_delivery())?;

        let sold = sandbox.control().sell(1);
        let delivery = hook.next().await.ok_or_else(|| log.failure())?;
        let event = delivery.read();
        match &event.value {
            Event::MyeduzzInvoicePaid(invoice) if sold == [invoice.id.as_str()] => {}
            _ => return Err(log.failure()),
        }
        let exchange = Exchange {
            delivery: Some(format!("x-signature: ***  {}", summary(output, &delivery))),
            ..Exchange::new("POST", hook.url())
        };
        log.next(vec![exchange], lang.demo_mirror())?;

        let copied = Copied::new(lang, account).await?;
        log.next(Vec::new(), String::new())?;

        sandbox.stop().await;
        log.end(me, sales, Reading::of(&delivery, &event), copied)
    }
}

/// The event and its subject, without personal data.
fn summary<B: AsRef<[u8]>>(output: Output, delivery: &Delivery<B>) -> String {
    let name = delivery.name().map(ToString::to_string).unwrap_or_default();
    let about = About::of(delivery).line((!output.json).then_some(output.lang));
    output::printable(&format!("{name} {about}"))
}

/// Prints each step; in JSON, all of them at the end.
struct Log {
    output: Output,
    /// The present step.
    step: String,
    steps: Vec<Step>,
}

impl Log {
    /// Ends the present step with its exchanges, and begins the next.
    fn next(&mut self, exchanges: Vec<Exchange>, next: String) -> Result<(), Failure> {
        let step = std::mem::replace(&mut self.step, next);
        if !self.output.json {
            self.output.line(&format!("{}. {step}", self.steps.len() + 1))?;
            for exchange in &exchanges {
                self.output.line(&format!("   {exchange}"))?;
            }
        }
        self.steps.push(Step { step, exchanges });
        Ok(())
    }

    /// The present step failed.
    fn failure(&self) -> Failure {
        Failure::rejected(self.output.lang.demo_failed(&self.step))
    }

    fn end(self, me: Me, sales: Vec<Sale>, delivery: Reading<'_>, mirror: Copied) -> Result<(), Failure> {
        let lang = self.output.lang;
        if self.output.json {
            return self.output.json(&Report {
                steps: self.steps,
                account: me,
                sales,
                delivery,
                mirror,
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
        Records::table(self.output).all(&sales)?;
        mirror.print(self.output)?;
        self.output.line(&format!("\n{}", lang.demo_next()))
    }
}
