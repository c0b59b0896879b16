//! Kinds of records.

use alloc::vec::Vec;
use core::fmt;

use eduzz_types::ReadError;

use super::tables::{self, Table as _};
use super::{Column, Digest, Record, Value};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $text:literal, $table:literal, $record:ty;)+) => {
        /// A kind of record, which has a table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The kind as it is stored. It does not change.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $text,)+
                }
            }

            /// The name of its table.
            #[must_use]
            pub const fn table(self) -> &'static str {
                match self {
                    $(Self::$kind => $table,)+
                }
            }

            /// The columns of its table, after those that every table has.
            #[must_use]
            pub fn columns(self) -> Vec<Column> {
                match self {
                    $(Self::$kind => <$record>::columns(),)+
                }
            }

            /// Reads the JSON of one record. `parent` is the record whose list it is in, such as
            /// the product of an offer, and the community of a member; kinds that have one list do
            /// not use it.
            ///
            /// # Errors
            ///
            /// The JSON does not have the documented form.
            pub fn read(self, parent: &str, json: &str) -> Result<Record, ReadError> {
                match self {
                    $(Self::$kind => <$record>::read(self, parent, json),)+
                }
            }
        }
    };
}

kinds! {
    /// A sale of the list of sales.
    Sale = "sale", "eduzz_sale", tables::Sale;
    /// A subscription of the list of subscriptions.
    Subscription = "subscription", "eduzz_subscription", tables::Subscription;
    /// An invoice of a subscription.
    Invoice = "invoice", "eduzz_invoice", tables::SubscriptionInvoice;
    /// A customer of the list of customers.
    Customer = "customer", "eduzz_customer", tables::CustomerSummary;
    /// A product of the list of products.
    Product = "product", "eduzz_product", tables::Product;
    /// An offer of a product.
    Offer = "offer", "eduzz_offer", tables::Of<tables::ProductOffer>;
    /// An entry of the statement.
    StatementEntry = "statement_entry", "eduzz_statement", tables::StatementEntry;
    /// A transfer to a bank account.
    Transfer = "transfer", "eduzz_transfer", tables::Transfer;
    /// A sale with a chargeback.
    Chargeback = "chargeback", "eduzz_chargeback", tables::SaleChargeback;
    /// The link between a product and an affiliate.
    Affiliation = "affiliation", "eduzz_affiliation", tables::Affiliation;
    /// A student at Nutror.
    NutrorStudent = "nutror_student", "eduzz_nutror_student", tables::nutror::Student;
    /// An enrolment of a student at Nutror.
    NutrorEnrollment = "nutror_enrollment", "eduzz_nutror_enrollment", tables::Of<tables::nutror::Enrollment>;
    /// An event at Blinket.
    BlinketEvent = "blinket_event", "eduzz_blinket_event", tables::blinket::Event;
    /// A participant of an event at Blinket.
    BlinketParticipant =
        "blinket_participant", "eduzz_blinket_participant", tables::Of<tables::blinket::Participant>;
    /// A school at Alpaclass.
    AlpaclassTeam = "alpaclass_team", "eduzz_alpaclass_team", tables::alpaclass::Team;
    /// A student of a school at Alpaclass.
    AlpaclassStudent = "alpaclass_student", "eduzz_alpaclass_student", tables::Of<tables::alpaclass::Student>;
    /// A member of a community at HeyCamp.
    HeycampMember = "heycamp_member", "eduzz_heycamp_member", tables::Of<tables::heycamp::Member>;
}

impl Kind {
    /// A record of which only the key and perhaps the status is known.
    #[must_use]
    pub fn bare(self, key: &str, status: Option<&str>) -> Record {
        let values: Vec<Value> = self
            .columns()
            .iter()
            .map(|column| match column.name.as_ref() {
                "id" => Value::text(Some(key)),
                "status" => Value::text(status),
                _ => Value::Missing,
            })
            .collect();
        Record {
            kind: self,
            key: key.into(),
            status: status.map(Into::into),
            updated: None,
            digest: Digest::of(self, key, &values),
            values,
            raw: "".into(),
        }
    }

    /// Whether the service's list has days, so that it is read in windows of some of them. The days
    /// of the others are not documented, or do not exist.
    #[must_use]
    pub const fn is_dated(self) -> bool {
        matches!(
            self,
            Self::Sale | Self::Subscription | Self::StatementEntry | Self::Chargeback
        )
    }

    /// Whether the service has a call for one record by its id, in the form of the list.
    #[must_use]
    pub const fn has_call(self) -> bool {
        matches!(
            self,
            Self::Sale | Self::Subscription | Self::Product | Self::NutrorStudent | Self::BlinketEvent
        )
    }

    /// How many days before and after today are read again each night: those whose records change
    /// most, or of which no event and no date of change tells.
    #[must_use]
    pub const fn nightly_days(self) -> u32 {
        match self {
            Self::Chargeback => 30,
            Self::StatementEntry => 45,
            _ if self.is_dated() => 3,
            _ => 0,
        }
    }

    /// Whether the service also lists its records by the day of their last change.
    #[must_use]
    pub const fn has_changes(self) -> bool {
        matches!(self, Self::Sale | Self::Subscription)
    }

    /// The kind whose records have a list of this kind each. Members are listed by community too,
    /// but no call lists the communities.
    #[must_use]
    pub const fn parent_kind(self) -> Option<Self> {
        match self {
            Self::Offer => Some(Self::Product),
            Self::Invoice => Some(Self::Subscription),
            Self::NutrorEnrollment => Some(Self::NutrorStudent),
            Self::BlinketParticipant => Some(Self::BlinketEvent),
            Self::AlpaclassStudent => Some(Self::AlpaclassTeam),
            _ => None,
        }
    }

    /// Whether there is a column `status`.
    #[must_use]
    pub const fn has_status(self) -> bool {
        match self {
            Self::Sale
            | Self::Subscription
            | Self::Invoice
            | Self::Product
            | Self::Transfer
            | Self::Chargeback
            | Self::Affiliation
            | Self::NutrorEnrollment
            | Self::BlinketParticipant => true,
            Self::Customer
            | Self::Offer
            | Self::StatementEntry
            | Self::NutrorStudent
            | Self::BlinketEvent
            | Self::AlpaclassTeam
            | Self::AlpaclassStudent
            | Self::HeycampMember => false,
        }
    }

    /// The amount that is summed in a seal; its currency is in the column with `_currency` after
    /// the name.
    #[must_use]
    pub const fn amount(self) -> Option<&'static str> {
        match self {
            Self::Sale | Self::Chargeback => Some("total"),
            Self::Subscription | Self::Product => Some("payment_price"),
            Self::Invoice => Some("payment_amount"),
            Self::Customer => Some("purchase_history_overview_gross"),
            Self::Offer => Some("default_price"),
            Self::StatementEntry | Self::Transfer => Some("value"),
            _ => None,
        }
    }

    /// The column of the record whose list it is in, such as the product of offers; `None` for a
    /// kind that has one list.
    #[must_use]
    pub const fn parent(self) -> Option<&'static str> {
        match self {
            Self::Offer => Some("product_id"),
            Self::Invoice => Some("subscription_id"),
            Self::NutrorEnrollment => Some("student_id"),
            Self::BlinketParticipant => Some("event_id"),
            Self::AlpaclassStudent => Some("team_id"),
            Self::HeycampMember => Some("community_id"),
            _ => None,
        }
    }

    /// How many rows the service lists at most, if it may have more: Nutror's list of students ends
    /// after fifty pages of fifty (Q67).
    #[must_use]
    pub const fn most_listed(self) -> Option<u64> {
        match self {
            Self::NutrorStudent => Some(50 * 50),
            _ => None,
        }
    }

    /// The kind of a stored text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
