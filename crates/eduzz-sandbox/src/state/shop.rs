//! The producer's shop. All of it is invented, and it agrees with itself.

mod actions;
mod books;
mod bulk;
mod cart;
mod contracts;
mod entries;
mod event;
mod history;
mod ledger;
mod life;
mod orders;
mod people;
mod products;
mod sale;
mod silent;
mod subscription;

pub use actions::SaleAction;
pub(crate) use books::{Producer, Shop};
pub(crate) use bulk::{Bought, BulkEntry, Hits};
pub(crate) use cart::{Cart, CartBuyer, CartLine};
pub use contracts::SubscriptionAction;
pub(crate) use entries::{Entry, FiscalDocument, FiscalKind, Transfer};
pub(crate) use event::{InvoiceChange, ShopEvent};
pub use orders::SaleKind;
pub(crate) use people::Human;
pub(crate) use products::{Affiliation, Campaign, Coupon, Discount, Offer, Product};
pub(crate) use sale::{Bump, Chargeback, Refund, Sale};
pub(crate) use subscription::{CannotChange, Interruption, Subscription};
