//! Customers: who bought from the producer.

use serde::{Deserialize, Serialize};

use super::Phone;
use crate::scalar::optional_count;
use crate::{EduzzId, Money, PersonalText};

/// A customer in the list (docs page `/reference/api/get-myeduzz-v1-customers`).
///
/// The page's example is all that is known: no field is said to be nullable, and none to be certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerSummary {
    /// Number of the customer at Eduzz.
    pub id: EduzzId,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonalText>,
    /// The e-mail address, by which the customer's details are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// What the customer bought from the producer, in sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_history_overview: Option<PurchaseOverview>,
}

/// What a customer bought from the producer, in sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PurchaseOverview {
    /// How many products.
    #[serde(
        default,
        deserialize_with = "optional_count",
        skip_serializing_if = "Option::is_none"
    )]
    pub products_quantity: Option<u64>,
    /// What was left of the payments. What is taken off is not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net: Option<Money>,
    /// What was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Money>,
}

/// A customer's details (docs page `/reference/api/get-myeduzz-v1-customers-email`).
///
/// The page's example is all that is known: no field is said to be nullable, and none to be certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Customer {
    /// Number of the customer at Eduzz.
    pub id: EduzzId,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonalText>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<CustomerAddress>,
}

/// The address of a [`Customer`]; the example has no city, and its names differ from those of other addresses (Q37).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerAddress {
    /// The street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<PersonalText>,
    /// The number in the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PersonalText>,
    /// What completes the address (complemento): flat, block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<PersonalText>,
    /// The postal code (CEP).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cep: Option<PersonalText>,
    /// The state, two letters in the example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<PersonalText>,
    /// The country, two letters in the example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<PersonalText>,
}
