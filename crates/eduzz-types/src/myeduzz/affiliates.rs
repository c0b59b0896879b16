//! Affiliations: the affiliates who may sell a producer's products.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::AffiliationId;
use crate::{DateTime, EduzzId, PersonalText, ProductId};

/// The link between one product and one affiliate (docs page
/// `/reference/api/get-myeduzz-v1-affiliates`).
///
/// The page marks no field as nullable; still, only the id and the status are required here, since
/// an affiliation that waits for approval can hardly have a date of approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Affiliation {
    /// Id of the affiliation.
    pub id: AffiliationId,
    /// Status of the request.
    pub status: AffiliationStatus,
    /// When the affiliate asked.
    pub requested_at: Option<DateTime>,
    /// When the producer agreed.
    pub approved_at: Option<DateTime>,
    /// When the affiliation last changed.
    pub updated_at: Option<DateTime>,
    /// When the affiliation was recorded.
    pub created_at: Option<DateTime>,
    /// The product.
    pub product: Option<AffiliatedProduct>,
    /// The affiliate's account.
    pub customer: Option<AffiliateAccount>,
}

open_enum! {
    /// Status of a request for an affiliation (docs page
    /// `/reference/api/get-myeduzz-v1-affiliates`).
    AffiliationStatus {
        /// The producer agreed.
        Approved = "approved",
        /// Called off.
        Canceled = "canceled",
        /// Waits for the producer.
        Pending = "pending",
        /// Taken away.
        Removed = "removed",
    }
}

/// The product of an [`Affiliation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AffiliatedProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its name.
    pub name: Option<Box<str>>,
}

/// The affiliate's Eduzz account, as an [`Affiliation`] names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AffiliateAccount {
    /// Number of the account.
    pub id: EduzzId,
    /// The affiliate's name.
    pub name: Option<PersonalText>,
}
