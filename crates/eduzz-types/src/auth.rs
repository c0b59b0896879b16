//! The token endpoint's answer.

use alloc::boxed::Box;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::object::lenient_object;
use crate::scalar::lenient;
use crate::{
    AccessToken, AccountId, CredentialId, EduzzId, FreeForm, Lifetime, NutrorId, PersonalText, RefreshToken,
    Scopes, Timestamp, TokenId,
};

open_enum! {
    /// How a token is presented.
    TokenType {
        /// In the header `authorization: Bearer …`.
        Bearer = "bearer",
    }
}

/// The answer of `POST /oauth/token` (docs page `/reference/auth/post-oauth-token`).
///
/// Only the access token is required: the documentation of 2020 shows fewer fields than today's,
/// and the code is already spent. So a field of another kind than documented is read as absent, the
/// lifetime included; then a 401 ends the token. Unlike the rest of the API, the fields are in
/// snake case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Token {
    /// The token to call the API with.
    pub access_token: AccessToken,
    /// How it is presented; `bearer` in the documentation.
    #[serde(default, deserialize_with = "lenient")]
    pub token_type: Option<TokenType>,
    /// Its lifetime; 0 in the documentation, which means no expiry (Q7).
    #[serde(default, deserialize_with = "lenient")]
    pub expires_in: Option<Lifetime>,
    /// Documented as unused and null (Q7); there is nothing to refresh.
    #[serde(default, deserialize_with = "lenient")]
    pub refresh_token: Option<RefreshToken>,
    /// The granted scopes.
    #[serde(default, deserialize_with = "lenient")]
    pub scope: Option<Scopes>,
    /// Id of the token; not the token.
    #[serde(default, deserialize_with = "lenient")]
    pub id: Option<TokenId>,
    /// Account id and Eduzz id in one text.
    #[serde(default, deserialize_with = "lenient")]
    pub authenticated_userid: Option<AuthenticatedUserId>,
    /// The application of the token.
    #[serde(default, deserialize_with = "lenient_object")]
    pub credential: Option<Credential>,
    /// Null in the documentation; its meaning is not documented.
    pub ttl: Option<FreeForm>,
    /// When the token was made.
    #[serde(default, deserialize_with = "lenient")]
    pub created_at: Option<Timestamp>,
    /// Null in the documentation; its meaning is not documented.
    pub service: Option<FreeForm>,
    /// The user who signed in.
    #[serde(default, deserialize_with = "lenient_object")]
    pub user: Option<TokenUser>,
}

lenient_text! {
    TokenType, |text| Ok(text.into());
    AuthenticatedUserId, |text| Ok(Self(text.into()));
    Scopes, |text| Ok(Self::new(text));
    PersonalText, |text| Ok(text.into());
    // Documented as unused: an empty text means no refresh token.
    RefreshToken, |text| if text.trim().is_empty() { Err("the secret is blank") } else { Ok(text.into()) };
}

/// The application of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Credential {
    /// Id of the credential.
    #[serde(default, deserialize_with = "lenient")]
    pub id: Option<CredentialId>,
}

/// The user who signed in, as in the token's answer.
///
/// The two numbers come twice, in camel case and in snake case (Q26); [`eduzz_id`](Self::eduzz_id)
/// and [`nutror_id`](Self::nutror_id) read either.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TokenUser {
    /// Id of the account, the same as `GET /accounts/v1/me` gives.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub id: Option<AccountId>,
    #[serde(rename = "eduzzId")]
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    eduzz_id: Option<EduzzId>,
    #[serde(rename = "eduzz_id")]
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    eduzz_id_snake: Option<EduzzId>,
    #[serde(rename = "nutrorId")]
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    nutror_id: Option<NutrorId>,
    #[serde(rename = "nutror_id")]
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    nutror_id_snake: Option<NutrorId>,
    /// The person's or company's name.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonalText>,
    /// The e-mail address of the account.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// Address of the avatar, without a scheme (`//host/path`) in the documentation.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Option::is_none")]
    pub picture: Option<PersonalText>,
}

impl TokenUser {
    /// The number that sales and webhooks use for this account.
    #[must_use]
    pub fn eduzz_id(&self) -> Option<&EduzzId> {
        [&self.eduzz_id, &self.eduzz_id_snake]
            .into_iter()
            .flatten()
            .find(|id| !id.as_str().is_empty())
    }

    /// The number of this account at Nutror.
    #[must_use]
    pub fn nutror_id(&self) -> Option<&NutrorId> {
        [&self.nutror_id, &self.nutror_id_snake]
            .into_iter()
            .flatten()
            .find(|id| !id.as_str().is_empty())
    }
}

/// The token answer's `authenticated_userid`: account id, comma, Eduzz id, with a stray blank in
/// the documentation (Q25).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuthenticatedUserId(Box<str>);

impl AuthenticatedUserId {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the comma.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        let (account, _) = self.0.split_once(',')?;
        Some(AccountId::new(account)).filter(|id| !id.as_str().is_empty())
    }

    /// The part after the comma.
    #[must_use]
    pub fn eduzz_id(&self) -> Option<EduzzId> {
        let (_, eduzz) = self.0.split_once(',')?;
        Some(EduzzId::new(eduzz)).filter(|id| !id.as_str().is_empty())
    }
}

impl fmt::Debug for AuthenticatedUserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuthenticatedUserId").field(&self.0).finish()
    }
}
