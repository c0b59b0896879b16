//! What calls take and answer with: models, ids, list shapes.
//!
//! Each product's feature adds its models. Those of MyEduzz and of the products with names of their
//! own are in this module. The others have a module each, because they share names: there is a
//! [`nutror::Student`] and an [`alpaclass::Student`].

#[doc(inline)]
pub use eduzz_types::auth::{AuthenticatedUserId, Credential, Token, TokenType, TokenUser};
#[doc(inline)]
pub use eduzz_types::{
    AccountId, Acknowledged, AuthorizationCode, CivilDateTime, ClientId, CredentialId, EduzzId, ErrorCode,
    EventId, ExactNumber, FieldProblem, FieldProblems, FreeForm, InvalidCurrency, InvalidDate, InvoiceId,
    Items, JsonKind, LeftOut, Lifetime, List, ListOrOne, NoContent, NutrorId, One, OriginSecret, Page,
    Partial, PersonalText, Problem, ProductId, ReadError, Reason, RefreshToken, Scopes, TokenId, UnknownText,
    Zone, is_field_name, read_json, read_partial,
};

#[cfg(feature = "accounts")]
#[doc(inline)]
pub use eduzz_types::accounts::*;
#[cfg(feature = "heycamp")]
#[doc(inline)]
pub use eduzz_types::heycamp::*;
#[cfg(feature = "myeduzz")]
#[doc(inline)]
pub use eduzz_types::myeduzz::*;
#[cfg(feature = "safevideo")]
#[doc(inline)]
pub use eduzz_types::safevideo::*;
#[cfg(feature = "sun")]
#[doc(inline)]
pub use eduzz_types::sun::*;

#[cfg(feature = "alpaclass")]
#[doc(inline)]
pub use eduzz_types::alpaclass;
#[cfg(feature = "blinket")]
#[doc(inline)]
pub use eduzz_types::blinket;
#[cfg(feature = "nutror")]
#[doc(inline)]
pub use eduzz_types::nutror;

/// Subscriptions to webhooks, as the calls of the product read them.
#[cfg(feature = "webhook-subscriptions")]
pub mod webhook {
    #[doc(inline)]
    pub use eduzz_types::webhook::subscriptions::*;
}
