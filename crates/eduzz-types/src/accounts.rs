//! Accounts: the account that owns a token.

use serde::{Deserialize, Serialize};

use crate::{AccountId, PersonalText};

/// The account that a token belongs to: the answer of `GET /accounts/v1/me`.
///
/// It does not have the number that sales and webhooks use ([`EduzzId`](crate::EduzzId)); only the
/// token answer has it (docs page `/docs/api/user-token`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Me {
    /// Id of the account, the same as the token answer's `user.id`.
    pub id: AccountId,
    /// The person's or company's name.
    pub name: Option<PersonalText>,
    /// The e-mail address of the account.
    pub email: Option<PersonalText>,
}

impl Me {
    /// An account with only an id, for tests of programs that read one.
    #[must_use]
    pub fn new(id: impl Into<AccountId>) -> Self {
        Self {
            id: id.into(),
            name: None,
            email: None,
        }
    }
}
