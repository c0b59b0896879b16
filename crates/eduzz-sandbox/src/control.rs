//! The handle by which a test, or the program that runs a sandbox, changes its state.

use std::future;
use std::sync::{Arc, MutexGuard};
use std::time::{Duration, SystemTime};

use eduzz_types::myeduzz::PaymentMethod;
use serde_json::Value;
use tokio::sync::watch;

use crate::deliveries::Deliveries;
use crate::fault::Fault;
use crate::record::RequestRecord;
use crate::render::json::camel;
use crate::render::lists;
use crate::resources::Resources;
use crate::running::{Running, Told};
use crate::snapshot::Snapshot;
use crate::state::calendar::Moment;
use crate::state::shop::{CannotChange, Sale, SaleAction, SaleKind, Shop, Subscription, SubscriptionAction};
use crate::webhooks::WebhookQueue;
use crate::webhooks::queue::Subscription as WebhookSubscription;
use crate::world::{World, WorldKind, WorldRow};

/// The controls of a running sandbox: makes sales and changes them, causes failures, and shows data
/// that no call of the API shows.
///
/// Sales are those of the first application's owner; [`of_account`](Self::of_account) gives the
/// controls of another account's shop.
///
/// Every change is delivered to the subscriptions of its events: a sale that is made and paid sends
/// `myeduzz.invoice_opened`, `invoice_waiting_payment`, `invoice_paid` and `commission_processed`.
///
/// A clone is a handle to the same sandbox.
///
/// ```
/// # async fn run() -> Result<(), eduzz_sandbox::StartError> {
/// use eduzz_sandbox::{Config, Fault, Sandbox};
///
/// let sandbox = Sandbox::start(Config::default()).await?;
/// let control = sandbox.control();
/// let three_new_sales = control.sell(3);
/// control.set_faults([Fault::bad_gateway().on("GET /myeduzz/v1/sales").every(3)]);
/// # drop(three_new_sales);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SandboxControl {
    running: Arc<Running>,
    /// The account whose shop it controls.
    account: String,
}

/// Changes of a sandbox; see [`SandboxControl::changes`].
#[derive(Debug)]
pub struct Changes {
    changes: watch::Receiver<u64>,
    writes: watch::Receiver<u64>,
    webhooks: watch::Receiver<WebhookQueue>,
}

impl Changes {
    /// Waits for the next change since the last call: a request that is no `GET`, an action, a sale
    /// that arrived, a delivery, an answer. Many at once count as one. For ever, when the sandbox
    /// has ended.
    pub async fn next(&mut self) {
        let changed = tokio::select! {
            changed = self.changes.changed() => changed,
            changed = self.writes.changed() => changed,
            changed = self.webhooks.changed() => changed,
        };
        if changed.is_err() {
            return future::pending().await;
        }
        self.changes.mark_unchanged();
        self.writes.mark_unchanged();
        self.webhooks.mark_unchanged();
    }
}

impl SandboxControl {
    pub(crate) fn new(running: Arc<Running>) -> Self {
        let account = running.first_account().to_owned();
        Self { running, account }
    }

    /// The same controls for the shop and the records of another account; `None` for an unknown
    /// account id.
    ///
    /// Faults and deliveries are those of the whole sandbox.
    #[must_use]
    pub fn of_account(&self, account_id: &str) -> Option<Self> {
        let person = self.running.config.person(account_id)?;
        Some(Self {
            running: Arc::clone(&self.running),
            account: person.account_id.clone(),
        })
    }

    /// Everything that happened in the sandbox, in all accounts, to go on with later.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.running.snapshot()
    }

    /// What happens from now on that a [snapshot](Self::snapshot) made now may not have.
    #[must_use]
    pub fn changes(&self) -> Changes {
        Changes {
            changes: self.running.changes.subscribe(),
            writes: self.running.records.watch_writes(),
            webhooks: self.running.webhooks.subscribe(),
        }
    }

    /// The account whose shop is controlled.
    #[must_use]
    pub fn account_id(&self) -> &str {
        &self.account
    }

    /// The sandbox's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.running.config.clock.now()
    }

    pub(crate) fn now_written(&self) -> String {
        self.running.now().plain()
    }

    /// Moves the sandbox's [clock](crate::Clock) forward, the machine's too: retries of deliveries
    /// come due, tokens and codes end, sales arrive.
    pub fn advance(&self, by: Duration) {
        self.running.config.clock.advance(by);
        self.running.has_changed();
    }

    /// The account with this id or e-mail address.
    pub(crate) fn account_named(&self, name: &str) -> Option<String> {
        let mut people = self.running.config.people.iter();
        let found = people.find(|person| person.is_named(name));
        found.map(|person| person.account_id.clone())
    }

    /// Says that the panel has something else to show.
    pub(crate) fn has_changed(&self) {
        self.running.has_changed();
    }

    pub(crate) fn told(&self) -> Told {
        self.running.told().clone()
    }

    /// The names of events that happened, in the order in which each happened last.
    pub(crate) fn latest(&self) -> Vec<&'static str> {
        self.running.latest().clone()
    }

    /// Revokes all tokens of an account: those of its sign-ins and its personal token. Gives their
    /// number.
    ///
    /// A later sign-in gets a token that works. Calls with a revoked one get 401, as with an
    /// unknown one.
    #[allow(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn revoke_tokens(&self, account_id: &str) -> usize {
        let count = self.running.access().revoke(&self.running.config, account_id);
        self.running.has_changed();
        count
    }

    /// The registered return URLs of an application; `None` for an unknown client id.
    #[must_use]
    pub fn return_urls(&self, client_id: &str) -> Option<Vec<String>> {
        let app = self.running.config.app(client_id)?;
        Some(self.running.return_urls(app))
    }

    /// Registers another return URL of an application. One that is registered stays as it is.
    ///
    /// # Errors
    ///
    /// The client id is unknown.
    pub fn add_return_url(&self, client_id: &str, url: &str) -> Result<(), CannotHappen> {
        self.change_return_urls(client_id, |urls| {
            if !urls.iter().any(|known| known == url) {
                urls.push(url.to_owned());
            }
            true
        })
    }

    /// Takes a return URL out of an application's registered ones.
    ///
    /// # Errors
    ///
    /// The client id or the URL is unknown.
    pub fn remove_return_url(&self, client_id: &str, url: &str) -> Result<(), CannotHappen> {
        self.change_return_urls(client_id, |urls| {
            let before = urls.len();
            urls.retain(|known| known != url);
            urls.len() < before
        })
    }

    fn change_return_urls(
        &self,
        client_id: &str,
        change: impl FnOnce(&mut Vec<String>) -> bool,
    ) -> Result<(), CannotHappen> {
        let app = self.running.config.app(client_id).ok_or(CannotHappen::NotFound)?;
        let mut access = self.running.access();
        let mut urls = access.return_urls(app);
        if !change(&mut urls) {
            return Err(CannotHappen::NotFound);
        }
        access.set_return_urls(app, urls);
        drop(access);
        self.running.has_changed();
        Ok(())
    }

    /// The first application's client id.
    pub(crate) fn first_app(&self) -> Option<String> {
        self.running.config.apps.first().map(|app| app.client_id.clone())
    }

    /// The last 500 requests with their answers, the oldest first; those of the panel do not count.
    #[must_use]
    pub fn requests(&self) -> Vec<Arc<RequestRecord>> {
        self.running.records.all()
    }

    fn shop(&self) -> MutexGuard<'_, Shop> {
        self.running.shop(&self.account)
    }

    fn resources(&self) -> MutexGuard<'_, Resources> {
        self.running.resources(&self.account)
    }

    /// Changes the shop, and sends the events of the change.
    fn change<T>(&self, change: impl FnOnce(&mut Shop, Moment) -> T) -> T {
        let now = self.running.now();
        let changed = change(&mut self.shop(), now);
        self.running.settle(&self.account);
        changed
    }

    /// Makes `count` paid sales (at most 1,000 at a time), each with its entry in the statement,
    /// and gives their ids.
    ///
    /// They are newer than all others. Their data follow from the seed, and their kinds take turns:
    /// a dozen has pix, cards in instalments and bank slips, order bumps in one invoice,
    /// affiliates, coupons, partners, and the first charge of a contract. The first is a plain pix.
    #[allow(clippy::must_use_candidate, reason = "the sales are what it is called for")]
    pub fn sell(&self, count: u32) -> Vec<String> {
        texts(self.change(|shop, now| shop.sell(count, now)))
    }

    /// Makes a paid sale of this kind, newer than all others, and gives its id; `None` when the
    /// shop has nothing to sell of this kind.
    #[allow(clippy::must_use_candidate, reason = "the sale is what it is called for")]
    pub fn sell_kind(&self, kind: SaleKind) -> Option<String> {
        let made = self.change(|shop, now| shop.sell_kind(kind, true, now));
        made.map(|id| id.to_string())
    }

    /// As [`sell_kind`](Self::sell_kind), but the sale waits for its payment; a contract waits with
    /// it.
    #[allow(clippy::must_use_candidate, reason = "the sale is what it is called for")]
    pub fn order_kind(&self, kind: SaleKind) -> Option<String> {
        let made = self.change(|shop, now| shop.sell_kind(kind, false, now));
        made.map(|id| id.to_string())
    }

    /// Makes a sale that waits for its payment by Pix, newer than all others, and gives its id;
    /// `None` when the shop has nothing to sell.
    #[allow(clippy::must_use_candidate, reason = "the sale is what it is called for")]
    pub fn order(&self) -> Option<String> {
        self.order_by(PaymentMethod::Pix)
    }

    /// As [`order`](Self::order), with another means of payment. An open bank slip has a
    /// `payment.link`.
    #[allow(clippy::must_use_candidate, reason = "the sale is what it is called for")]
    pub fn order_by(&self, method: PaymentMethod) -> Option<String> {
        let made = self.change(|shop, now| shop.order(method, now));
        made.map(|id| id.to_string())
    }

    /// Makes the sale of a cart that was made through the API, and gives its id. It waits for its
    /// payment by Pix: [`SaleAction::Pay`] pays it.
    ///
    /// # Errors
    ///
    /// The cart does not exist, or was ordered before.
    pub fn order_cart(&self, cart: &str) -> Result<String, CannotHappen> {
        let cart = cart.parse().map_err(|_| CannotHappen::NotFound)?;
        let made = self.change(|shop, now| shop.order_cart(cart, now))?;
        Ok(made.to_string())
    }

    /// Makes a subscription whose first charge is paid at once, and gives its id; `None` when the
    /// shop has no subscriptions to sell.
    #[allow(
        clippy::must_use_candidate,
        reason = "the subscription is what it is called for"
    )]
    pub fn subscribe(&self) -> Option<String> {
        self.change(Shop::subscribe).map(|id| id.to_string())
    }

    /// Charges a subscription once more, with success or without, and gives the id of the new sale.
    ///
    /// # Errors
    ///
    /// The subscription does not exist, or has ended.
    pub fn charge(&self, subscription: &str, is_paid: bool) -> Result<String, CannotHappen> {
        let charged = self.change(|shop, now| shop.charge(subscription, is_paid, now));
        Ok(charged?.to_string())
    }

    /// Changes a subscription: it is charged, cancelled, reactivated. Gives the new sale of a
    /// charge.
    ///
    /// # Errors
    ///
    /// The subscription does not exist, or its status does not allow the action.
    pub fn apply_to_subscription(
        &self,
        subscription: &str,
        action: SubscriptionAction,
    ) -> Result<Option<String>, CannotHappen> {
        let done = self.change(|shop, now| shop.apply_to_subscription(subscription, action, now));
        Ok(done?.map(|sale| sale.to_string()))
    }

    /// The status of a subscription, and the actions that it allows; `None` for an unknown one.
    #[must_use]
    pub fn allowed_of_subscription(&self, subscription: &str) -> Option<(String, Vec<SubscriptionAction>)> {
        let shop = self.shop();
        let found = shop.subscription(subscription)?;
        Some((found.status.as_str().to_owned(), found.allowed().collect()))
    }

    /// The newest subscription that allows the action.
    #[must_use]
    pub fn newest_subscription(&self, action: SubscriptionAction) -> Option<String> {
        let shop = self.shop();
        let mut newest = shop.subscriptions.iter().rev();
        let found = newest.find(|subscription: &&Subscription| subscription.may(action));
        found.map(|subscription| subscription.id.to_string())
    }

    /// The status of a sale, and the actions that it allows; `None` for an unknown sale.
    /// [Older sales](crate::Config::older_sales) allow none.
    #[must_use]
    pub fn allowed(&self, sale: &str) -> Option<(String, Vec<SaleAction>)> {
        let (shop, id) = (self.shop(), sale.parse().ok()?);
        if let Some(sale) = shop.sale(id) {
            return Some((status(sale), sale.allowed().collect()));
        }
        let older = shop.any_sale(id)?;
        Some((status(&older), Vec::new()))
    }

    /// The newest sale that allows the action.
    #[must_use]
    pub fn newest_sale(&self, action: SaleAction) -> Option<String> {
        let shop = self.shop();
        let mut newest = shop.sales.iter().rev();
        let found = newest.find(|sale: &&Sale| sale.may(action));
        found.map(|sale| sale.id.to_string())
    }

    /// Changes a sale: it is paid, refunded, charged back, and so on.
    ///
    /// # Errors
    ///
    /// The sale does not exist, or its status does not allow the action.
    pub fn apply(&self, sale: &str, action: SaleAction) -> Result<(), CannotHappen> {
        let sale = sale.parse().map_err(|_| CannotHappen::NotFound)?;
        Ok(self.change(|shop, now| shop.apply(sale, action, now))?)
    }

    /// As [`apply`](Self::apply), but silently: no event of the shop is sent, and `updatedAt` stays
    /// as it was. Entries of the statement are made.
    ///
    /// # Errors
    ///
    /// The sale does not exist, or its status does not allow the action.
    pub fn apply_silently(&self, sale: &str, action: SaleAction) -> Result<(), CannotHappen> {
        let sale = sale.parse().map_err(|_| CannotHappen::NotFound)?;
        Ok(self.change(|shop, now| shop.apply_silently(sale, action, now))?)
    }

    /// Deletes a row at the service, without an event: a sale, a subscription, a customer, a
    /// product, an affiliation, a transfer, an entry of the statement, or a row of another product.
    ///
    /// A deleted sale takes its chargeback, its invoice and its fiscal documents with it; the
    /// statement keeps its entries. Rows of other products take the rows that they own with them.
    ///
    /// # Errors
    ///
    /// The row does not exist; or rows of this kind are only deleted with another
    /// ([`CannotHappen::NotNow`]).
    pub fn delete(&self, kind: WorldKind, id: &str) -> Result<(), CannotHappen> {
        if Resources::has(kind) {
            return Ok(self.resources().delete(kind, id)?);
        }
        Ok(self.change(|shop, _| shop.delete(kind, id))?)
    }

    /// Changes members of a row silently: no event is sent, and no other member changes.
    /// Members that are objects are merged. A value that is no object takes the place of the whole
    /// row, which makes it unreadable.
    ///
    /// Every call shows the change, in lists and alone; filters, sums and events do not know of it.
    /// Another change of the same row replaces it.
    ///
    /// ```
    /// # use eduzz_sandbox::{Config, Sandbox, WorldKind};
    /// # let (_, control) = Sandbox::router_with_control(Config::default());
    /// let sales = control.sell(2);
    /// let silent = serde_json::json!({ "netGain": { "value": 0.01 } });
    /// control.patch(WorldKind::Sale, &sales[0], silent)?;
    /// control.patch(WorldKind::Sale, &sales[1], serde_json::json!({ "total": "unreadable" }))?;
    /// # Ok::<(), eduzz_sandbox::CannotHappen>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The row does not exist.
    pub fn patch(&self, kind: WorldKind, id: &str, members: Value) -> Result<(), CannotHappen> {
        self.set_patch(kind, id, Some(members))
    }

    /// Ends what [`patch`](Self::patch) changed in a row.
    ///
    /// # Errors
    ///
    /// The row does not exist.
    pub fn unpatch(&self, kind: WorldKind, id: &str) -> Result<(), CannotHappen> {
        self.set_patch(kind, id, None)
    }

    fn set_patch(&self, kind: WorldKind, id: &str, members: Option<Value>) -> Result<(), CannotHappen> {
        if Resources::has(kind) {
            return Ok(self.resources().set_patch(kind, id, members)?);
        }
        Ok(self.change(|shop, _| shop.set_patch(kind, id, members))?)
    }

    /// Lets `count` things happen now, as [`Arrivals::Life`](crate::Arrivals::Life) does.
    pub fn live(&self, count: u32) {
        self.change(|shop, now| (0..count).for_each(|_| shop.live_one(now)));
    }

    /// Lets the reads of MyEduzz answer from the shop as it was that long ago, by the sandbox's
    /// clock, from now on; events are sent at once. Zero ends it.
    ///
    /// The past is known since the lag began, and as far back as it reached until now; for earlier
    /// times the oldest known state is shown. Calls that change something act on the shop as it is.
    pub fn set_lag(&self, lag: Duration) {
        self.running.set_lag(lag);
    }

    /// Answers every list in pages of this size, whatever size is asked for, from now on; at most
    /// the list's maximum.
    pub fn set_page_size(&self, size: Option<u64>) {
        self.running.set_page_size(size);
    }

    /// Fills a cart as a customer does at the checkout, and gives its id; `None` when the shop has
    /// nothing to sell.
    #[allow(clippy::must_use_candidate, reason = "the cart is what it is called for")]
    pub fn fill_cart(&self) -> Option<String> {
        self.change(Shop::fill_cart).map(|id| id.to_string())
    }

    /// The newest cart that was not ordered.
    #[must_use]
    pub fn newest_cart(&self) -> Option<String> {
        let shop = self.shop();
        let mut newest = shop.carts.iter().rev();
        newest
            .find(|cart| cart.sale.is_none())
            .map(|cart| cart.id.to_string())
    }

    pub(crate) fn has_cart(&self, id: &str) -> bool {
        let shop = self.shop();
        id.parse()
            .is_ok_and(|id: u64| shop.carts.iter().any(|cart| cart.id == id))
    }

    /// A subscription of webhooks with its first event, of any account.
    pub(crate) fn webhook(&self, id: &str) -> Option<(String, String)> {
        self.running.webhooks.borrow().any(id).map(with_first_event)
    }

    /// The newest subscription of webhooks with its first event: one of this account, if it has
    /// any.
    pub(crate) fn newest_webhook(&self) -> Option<(String, String)> {
        let queue = self.running.webhooks.borrow();
        let own = queue
            .all()
            .rev()
            .find(|made| made.holder.account_id == self.account);
        own.map(with_first_event)
    }

    /// Abandons a cart that was made through the API, or [filled](Self::fill_cart): `sun.cart_abandonment`.
    ///
    /// # Errors
    ///
    /// The cart does not exist, or was ordered.
    pub fn abandon_cart(&self, cart: &str) -> Result<(), CannotHappen> {
        let cart = cart.parse().map_err(|_| CannotHappen::NotFound)?;
        Ok(self.change(|shop, now| shop.abandon(cart, now))?)
    }

    /// The account's whole world now: every row that the API would give. It comes from the state
    /// that the calls answer from.
    #[must_use]
    pub fn world(&self) -> World {
        let mut world = World::default();
        for kind in WorldKind::ALL {
            world.put(*kind, self.rows(*kind));
        }
        world
    }

    /// The rows of one kind of MyEduzz as calls show them now: as [`rows`](Self::rows), but with
    /// the [lag](Self::set_lag).
    #[must_use]
    pub fn shown_rows(&self, kind: WorldKind) -> Vec<WorldRow> {
        lists::rows(&self.running.shown(&self.account), kind)
    }

    /// The rows of one kind of the account's [`world`](Self::world).
    #[must_use]
    pub fn rows(&self, kind: WorldKind) -> Vec<WorldRow> {
        let now = self.running.now();
        let mut rows = lists::rows(&self.shop(), kind);
        rows.extend(self.resources().rows(kind, now));
        rows
    }

    /// Gives the rows of one kind of MyEduzz one by one, in the order of its list: those of a shop
    /// with many [older sales](crate::Config::older_sales) need not be in the memory at once. The
    /// shop does not change meanwhile, and answers no call.
    pub fn each_row(&self, kind: WorldKind, mut give: impl FnMut(WorldRow)) {
        lists::each(&self.shop(), kind, &mut give);
    }

    /// The deliveries of webhooks: the history, and those that are due.
    #[must_use]
    pub fn deliveries(&self) -> Deliveries {
        Deliveries::new(Arc::clone(&self.running))
    }

    /// Ends all deliveries.
    pub(crate) fn stop_sending(&self) {
        self.running.stop_sending();
    }

    /// The ids of all sales, newest first.
    #[must_use]
    pub fn sale_ids(&self) -> Vec<String> {
        let shop = self.shop();
        let older = shop.bulk.iter().flat_map(|bulk| bulk.ids());
        texts(shop.sales.iter().rev().map(|sale| sale.id).chain(older))
    }

    /// The ids of the sales that existed at the start, newest first.
    #[must_use]
    pub fn seeded_sale_ids(&self) -> Vec<String> {
        let shop = self.shop();
        let newer = shop.sales.len().saturating_sub(shop.seeded);
        let older = shop.bulk.iter().flat_map(|bulk| bulk.ids());
        let seeded = shop.sales.iter().rev().skip(newer);
        texts(seeded.map(|sale| sale.id).chain(older))
    }

    /// The number of sales that came in by themselves.
    #[must_use]
    pub fn arrived(&self) -> u64 {
        self.shop().arrived()
    }

    /// The subscriptions whose customers were sent an e-mail to change their card, in the order of
    /// the e-mails.
    #[must_use]
    pub fn card_change_emails(&self) -> Vec<String> {
        texts(self.shop().card_emails.iter().copied())
    }

    /// The ids of HeyCamp's communities, which no call shows: one with a past, and one that was
    /// just opened.
    ///
    /// They are the same in every sandbox.
    #[must_use]
    pub fn community_ids(&self) -> Vec<String> {
        let resources = self.resources();
        resources.communities().map(|(id, _)| id.to_owned()).collect()
    }

    /// The other ids of the same communities, UUIDs: the documentation has both forms, and either
    /// is understood.
    #[must_use]
    pub fn community_uuids(&self) -> Vec<String> {
        let resources = self.resources();
        resources.communities().map(|(_, uuid)| uuid.to_owned()).collect()
    }

    /// The numbers of the tickets that Blinket mailed again, in the order of the e-mails.
    #[must_use]
    pub fn ticket_emails(&self) -> Vec<String> {
        self.resources().mails().to_vec()
    }

    /// The only domains that may show a media of SafeVideo, which no call shows; empty when all
    /// may, `None` for an unknown media.
    #[must_use]
    pub fn media_domains(&self, media: &str) -> Option<Vec<String>> {
        self.resources().media_domains(media)
    }

    /// Causes these failures from now on, and no others. Requests are counted anew.
    pub fn set_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.running.faults.set(faults.into_iter().collect());
        self.running.has_changed();
    }

    /// Causes this failure too from now on. The others keep their counts.
    pub fn add_fault(&self, fault: Fault) {
        self.running.faults.add(fault);
        self.running.has_changed();
    }

    /// Ends the failure at this place of the list, and gives it; `None` for a place beyond it.
    #[allow(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn remove_fault(&self, place: usize) -> Option<Fault> {
        let removed = self.running.faults.remove(place);
        self.running.has_changed();
        removed
    }

    /// The failures that are caused, in their order.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.running.faults.list()
    }

    /// Causes no failures from now on.
    pub fn clear_faults(&self) {
        self.set_faults([]);
    }

    /// How often each of the faults has struck since they were set, in their order.
    #[must_use]
    pub fn fault_strikes(&self) -> Vec<u64> {
        self.running.faults.strikes()
    }

    /// The number of requests and deliveries that were made to fail.
    #[must_use]
    pub fn faults_struck(&self) -> u64 {
        self.running.faults.struck()
    }
}

/// Why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CannotHappen {
    /// The id is unknown.
    #[error("the sandbox does not know this id")]
    NotFound,
    /// The current status does not allow it.
    #[error(
        "the current status does not allow this: a paid sale cannot expire, an open one cannot be refunded, a cart is ordered once"
    )]
    NotNow,
}

impl From<CannotChange> for CannotHappen {
    fn from(error: CannotChange) -> Self {
        match error {
            CannotChange::NotFound => Self::NotFound,
            CannotChange::NotNow => Self::NotNow,
        }
    }
}

/// As calls show it.
fn status(sale: &Sale) -> String {
    camel(sale.status.as_str())
}

fn with_first_event(of: &WebhookSubscription) -> (String, String) {
    let first = of.wanted.events.first().cloned();
    (of.id.clone(), first.unwrap_or_default())
}

fn texts(ids: impl IntoIterator<Item = u64>) -> Vec<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}
