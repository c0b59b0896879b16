//! The handle by which a test, or the program that runs a sandbox, changes what happens in it.

use std::sync::Arc;

use crate::deliveries::Deliveries;
use crate::fault::Fault;
use crate::running::Running;
use crate::state::shop::{CannotChange, SaleAction};

/// Behind the scenes of a running sandbox: makes sales, lets things happen to them, makes things fail, and tells what no call of the
/// API tells.
///
/// What happens is delivered to whoever subscribed to its events: a sale that is made and paid sends `myeduzz.invoice_opened`,
/// `invoice_waiting_payment`, `invoice_paid` and `commission_processed`.
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
}

impl SandboxControl {
    pub(crate) const fn new(running: Arc<Running>) -> Self {
        Self { running }
    }

    /// Makes so many paid sales (at most 1,000 at a time), each with its entry in the statement, and gives their ids.
    ///
    /// They are newer than all others. What they are follows from the seed.
    #[allow(clippy::must_use_candidate, reason = "the sales are what it is called for")]
    pub fn sell(&self, count: u32) -> Vec<String> {
        let now = self.running.now();
        let sold = self.running.shop().sell(count, now);
        self.running.settle();
        texts(sold)
    }

    /// Makes a sale that waits for its payment by Pix, newer than all others, and gives its id. None when the shop has nothing to
    /// sell.
    #[allow(clippy::must_use_candidate, reason = "the sale is what it is called for")]
    pub fn order(&self) -> Option<String> {
        let now = self.running.now();
        self.running.shop().order(now).map(|id| id.to_string())
    }

    /// Makes a subscription whose first charge is paid at once, and gives its id. None when the shop has none to subscribe to.
    #[allow(
        clippy::must_use_candidate,
        reason = "the subscription is what it is called for"
    )]
    pub fn subscribe(&self) -> Option<String> {
        let now = self.running.now();
        let made = self.running.shop().subscribe(now);
        self.running.settle();
        made.map(|id| id.to_string())
    }

    /// Charges a subscription once more, with success or without, and gives the id of the new sale.
    ///
    /// # Errors
    ///
    /// There is no such subscription, or it has ended.
    pub fn charge(&self, subscription: &str, is_paid: bool) -> Result<String, CannotHappen> {
        let now = self.running.now();
        let charged = self.running.shop().charge(subscription, is_paid, now);
        self.running.settle();
        Ok(charged?.to_string())
    }

    /// Lets something happen to a sale: it is paid, refunded, charged back, and so on.
    ///
    /// # Errors
    ///
    /// There is no such sale, or it does not stand so that this could happen.
    pub fn happen(&self, sale: &str, what: SaleAction) -> Result<(), CannotHappen> {
        let sale = sale.parse().map_err(|_| CannotHappen::NotFound)?;
        let now = self.running.now();
        let happened = self.running.shop().happen(sale, what, now);
        self.running.settle();
        Ok(happened?)
    }

    /// Leaves a cart that was made through the API without a payment: `sun.cart_abandonment`.
    ///
    /// # Errors
    ///
    /// There is no cart of this id.
    pub fn abandon_cart(&self, cart: &str) -> Result<(), CannotHappen> {
        let cart = cart.parse().map_err(|_| CannotHappen::NotFound)?;
        let now = self.running.now();
        Ok(self.running.shop().abandon(cart, now)?)
    }

    /// The deliveries of webhooks: what became of each, and what is to be sent.
    #[must_use]
    pub fn deliveries(&self) -> Deliveries {
        Deliveries::new(Arc::clone(&self.running))
    }

    /// Delivers nothing any more.
    pub(crate) fn stop_sending(&self) {
        self.running.stop_sending();
    }

    /// The ids of all sales that are there now, newest first.
    #[must_use]
    pub fn sale_ids(&self) -> Vec<String> {
        texts(self.running.shop().sales.iter().rev().map(|sale| sale.id))
    }

    /// The ids of the sales that were there at the start, newest first.
    #[must_use]
    pub fn seeded_sale_ids(&self) -> Vec<String> {
        let shop = self.running.shop();
        let newer = shop.sales.len().saturating_sub(shop.seeded);
        texts(shop.sales.iter().rev().skip(newer).map(|sale| sale.id))
    }

    /// How many sales have come in by themselves.
    #[must_use]
    pub fn arrived(&self) -> u64 {
        self.running.shop().arrived()
    }

    /// The subscriptions whose customers were sent an e-mail to change their card, in the order of the e-mails.
    #[must_use]
    pub fn card_change_emails(&self) -> Vec<String> {
        texts(self.running.shop().card_emails.iter().copied())
    }

    /// The ids of HeyCamp's communities, which no call tells: one with a past, and one that was just opened.
    ///
    /// They are the same in every sandbox.
    #[must_use]
    pub fn community_ids(&self) -> Vec<String> {
        texts(
            self.running
                .communities()
                .all
                .iter()
                .map(|community| community.number),
        )
    }

    /// The other ids of the same communities, UUIDs: the documentation has both forms, and either is understood.
    #[must_use]
    pub fn community_uuids(&self) -> Vec<String> {
        let communities = self.running.communities();
        communities
            .all
            .iter()
            .map(|community| community.uuid.clone())
            .collect()
    }

    /// The numbers of the tickets that Blinket mailed again, in the order of the e-mails.
    #[must_use]
    pub fn ticket_emails(&self) -> Vec<String> {
        texts(self.running.agenda().mails.iter().copied())
    }

    /// The domains that alone may show a media of SafeVideo, which no call tells; empty when all may, none when there is no such
    /// media.
    #[must_use]
    pub fn media_domains(&self, media: &str) -> Option<Vec<String>> {
        let library = self.running.library();
        library.media(media).map(|media| media.domains.clone())
    }

    /// Lets these things go wrong from now on, and no others. The requests are counted anew.
    pub fn set_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.running.faults.set(faults.into_iter().collect());
    }

    /// Lets nothing go wrong from now on.
    pub fn clear_faults(&self) {
        self.set_faults([]);
    }

    /// How many requests something went wrong with.
    #[must_use]
    pub fn faults_struck(&self) -> u64 {
        self.running.faults.struck()
    }
}

/// Why something cannot happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CannotHappen {
    /// There is nothing of this id.
    #[error("the sandbox has nothing of this id")]
    NotFound,
    /// It does not stand so that this could happen.
    #[error(
        "it does not stand so that this could happen: a paid sale cannot expire, and an open one cannot be refunded"
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

fn texts(ids: impl IntoIterator<Item = u64>) -> Vec<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}
