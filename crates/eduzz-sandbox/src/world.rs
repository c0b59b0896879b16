//! An account's whole world as rows: the oracle for programs that copy an account.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::render::json::Json;

/// A kind of rows that the API lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum WorldKind {
    /// Sales as `GET /myeduzz/v1/sales` lists them.
    Sale,
    /// Sales as `GET /myeduzz/v1/sales/:id` shows them, with more fields.
    SaleDetails,
    /// Chargebacks; a row has the id of its sale.
    Chargeback,
    /// Subscriptions, in the list and alone.
    Subscription,
    /// Invoices of subscriptions; [`WorldRow::of`] is the subscription.
    Invoice,
    /// Customers as `GET /myeduzz/v1/customers` lists them.
    Customer,
    /// Customers as `GET /myeduzz/v1/customers/:email` shows them.
    CustomerDetails,
    /// Products.
    Product,
    /// Offers; [`WorldRow::of`] is the product.
    Offer,
    /// Campaigns; [`WorldRow::of`] is the product.
    Campaign,
    /// Partners; [`WorldRow::of`] is the product.
    Partner,
    /// Coupons; the id is the code.
    Coupon,
    /// Affiliations.
    Affiliation,
    /// Entries of the statement.
    StatementEntry,
    /// Transfers to the bank.
    Transfer,
    /// Fiscal documents of affiliates; the id is that of the `document`.
    AffiliateFiscalDocument,
    /// Fiscal documents of buyers; the id is that of the `document`.
    BuyerFiscalDocument,
    /// Students at Nutror, also those beyond the fifty pages that the API gives (Q67).
    NutrorStudent,
    /// Enrolments at Nutror; [`WorldRow::of`] is the student.
    NutrorEnrollment,
    /// Courses at Nutror.
    NutrorCourse,
    /// Events at Blinket, as they are listed.
    BlinketEvent,
    /// Participants at Blinket; [`WorldRow::of`] is the event.
    BlinketParticipant,
    /// Schools at Alpaclass.
    AlpaclassTeam,
    /// Students at Alpaclass; [`WorldRow::of`] is the school.
    AlpaclassStudent,
    /// Enrolments at Alpaclass; [`WorldRow::of`] is the student.
    AlpaclassEnrollment,
    /// Current members at HeyCamp; [`WorldRow::of`] is the community's number.
    HeycampMember,
}

impl WorldKind {
    /// All kinds.
    pub const ALL: &[Self] = &[
        Self::Sale,
        Self::SaleDetails,
        Self::Chargeback,
        Self::Subscription,
        Self::Invoice,
        Self::Customer,
        Self::CustomerDetails,
        Self::Product,
        Self::Offer,
        Self::Campaign,
        Self::Partner,
        Self::Coupon,
        Self::Affiliation,
        Self::StatementEntry,
        Self::Transfer,
        Self::AffiliateFiscalDocument,
        Self::BuyerFiscalDocument,
        Self::NutrorStudent,
        Self::NutrorEnrollment,
        Self::NutrorCourse,
        Self::BlinketEvent,
        Self::BlinketParticipant,
        Self::AlpaclassTeam,
        Self::AlpaclassStudent,
        Self::AlpaclassEnrollment,
        Self::HeycampMember,
    ];

    /// The kind whose patches this kind has too: a row alone is the same row as in its list.
    pub(crate) const fn patched_as(self) -> Self {
        match self {
            Self::SaleDetails => Self::Sale,
            Self::CustomerDetails => Self::Customer,
            other => other,
        }
    }
}

/// A row of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorldRow {
    /// The id, as text.
    pub id: String,
    /// The row that this one belongs to, for kinds that are listed by owner.
    pub of: Option<String>,
    /// The row as the API writes it, byte by byte.
    pub json: String,
}

impl WorldRow {
    pub(crate) fn new(id: String, of: Option<String>, json: &Json) -> Self {
        Self {
            id,
            of,
            // Texts as keys and finite numbers: it can always be written.
            json: serde_json::to_string(json).unwrap_or_default(),
        }
    }

    /// The row as a value; null for a row that is not JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.json).unwrap_or_default()
    }
}

/// The whole world of one account at one moment: every row that the API would give if it was asked
/// for everything, in the order of its lists.
///
/// [`SandboxControl::world`](crate::SandboxControl::world) takes it from the state that the calls
/// answer from, without a call, without pacing and without faults. Two worlds can be compared.
///
/// ```
/// use eduzz_sandbox::{Config, Sandbox, WorldKind};
///
/// let (router, control) = Sandbox::router_with_control(Config::default());
/// // … copy the account through the router; then compare with:
/// let world = control.world();
/// for row in world.rows(WorldKind::Sale) {
///     assert_eq!(row.value()["id"], row.id);
/// }
/// # drop(router);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    rows: BTreeMap<WorldKind, Vec<WorldRow>>,
}

impl World {
    pub(crate) fn put(&mut self, kind: WorldKind, rows: Vec<WorldRow>) {
        self.rows.insert(kind, rows);
    }

    /// The rows of a kind, in the order of its list; rows with an owner are in the order of the
    /// owners.
    #[must_use]
    pub fn rows(&self, kind: WorldKind) -> &[WorldRow] {
        self.rows.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The row of a kind with this id; the first one, where an id is unique among the rows of one
    /// owner only.
    #[must_use]
    pub fn row(&self, kind: WorldKind, id: &str) -> Option<&WorldRow> {
        self.rows(kind).iter().find(|row| row.id == id)
    }

    /// The kinds and their rows.
    pub fn kinds(&self) -> impl Iterator<Item = (WorldKind, &[WorldRow])> {
        self.rows.iter().map(|(kind, rows)| (*kind, rows.as_slice()))
    }

    /// The number of rows of all kinds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
