//! The trait of calls.

use alloc::boxed::Box;
use alloc::vec::Vec;

use eduzz_types::AccessToken;
use http::{Request, Response};
use serde::de::DeserializeOwned;

use crate::{Call, EncodeError, Origins, ReadError, Rejection, Route, Unreadable, read_json};

/// A call to the service, as a value: its fields are the parameters.
///
/// The trait describes the call. [`EndpointExt`] makes the request and reads the response for every
/// endpoint, and cannot be overridden.
pub trait Endpoint {
    /// Method, path, scopes, and how the call may be retried.
    const ROUTE: Route;

    /// The answer of a success.
    type Output: DeserializeOwned;

    /// Writes path values, query and body.
    fn describe(&self, call: &mut Call);

    /// Reads the body of a success: for calls of this crate that can do it faster.
    #[doc(hidden)]
    fn read_body(body: &[u8]) -> Result<Self::Output, ReadError> {
        read_json(body)
    }
}

/// Makes the request and reads the response of every [`Endpoint`].
pub trait EndpointExt: Endpoint {
    /// Makes the request. The token's header is marked sensitive; do not log the body, which may
    /// hold a secret.
    ///
    /// A route at the token endpoint's service never sends a token.
    ///
    /// # Errors
    ///
    /// A value cannot be encoded, or the token is missing or malformed.
    fn request(
        &self,
        origins: &Origins,
        token: Option<&AccessToken>,
    ) -> Result<Request<Vec<u8>>, EncodeError> {
        let mut call = Call::new(&Self::ROUTE);
        self.describe(&mut call);
        call.finish(origins, token)
    }

    /// Reads the response to a request that this value made.
    ///
    /// # Errors
    ///
    /// [`ResponseError::Rejected`] for a status other than 2xx, including redirects;
    /// [`ResponseError::Unreadable`] for a success whose body is not the endpoint's answer. Both
    /// keep the status and everything that the service sent.
    ///
    /// The route may name other statuses that carry the answer ([`Route::also_success`]). With
    /// these, a body that is not the endpoint's answer is a rejection.
    fn response<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<Self::Output, ResponseError> {
        let rejected = || ResponseError::Rejected(Box::new(Rejection::new(Self::ROUTE, response)));
        if !Self::ROUTE.answers_with(response.status()) {
            return Err(rejected());
        }
        let body = response.body().as_ref();
        if !response.status().is_success() {
            return Self::read_body(body).map_err(|_| rejected());
        }
        Self::read_body(Self::ROUTE.read_as(body)).map_err(|error| {
            ResponseError::Unreadable(Box::new(Unreadable::new(Self::ROUTE, response, error)))
        })
    }
}

impl<E: Endpoint + ?Sized> EndpointExt for E {}

/// A call that a client can make: every [`Endpoint`], and a [`RawCall`](crate::RawCall).
pub trait Callable {
    /// The answer of a success.
    type Output;

    /// Method, template, and how the call may be retried.
    fn route(&self) -> Route;

    /// Makes the request.
    ///
    /// # Errors
    ///
    /// A value cannot be encoded, or the token is missing or malformed.
    fn to_request(
        &self,
        origins: &Origins,
        token: Option<&AccessToken>,
    ) -> Result<Request<Vec<u8>>, EncodeError>;

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// It is a rejection, or its body is not the call's answer.
    fn read<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<Self::Output, ResponseError>;
}

impl<E: Endpoint> Callable for E {
    type Output = E::Output;

    fn route(&self) -> Route {
        E::ROUTE
    }

    fn to_request(
        &self,
        origins: &Origins,
        token: Option<&AccessToken>,
    ) -> Result<Request<Vec<u8>>, EncodeError> {
        self.request(origins, token)
    }

    fn read<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<Self::Output, ResponseError> {
        self.response(response)
    }
}

/// A response that does not give the call's value.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The service rejected the call.
    #[error(transparent)]
    Rejected(Box<Rejection>),
    /// The service answered a success with a body that cannot be read.
    #[error(transparent)]
    Unreadable(Box<Unreadable>),
}

impl ResponseError {
    /// The rejection, if it is one.
    #[must_use]
    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Rejected(rejection) => Some(rejection),
            Self::Unreadable(_) => None,
        }
    }

    /// The unreadable success, if it is one.
    #[must_use]
    pub fn unreadable(&self) -> Option<&Unreadable> {
        match self {
            Self::Rejected(_) => None,
            Self::Unreadable(unreadable) => Some(unreadable),
        }
    }
}
