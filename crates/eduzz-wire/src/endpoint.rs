//! What makes a value a call.

use alloc::boxed::Box;
use alloc::vec::Vec;

use eduzz_types::AccessToken;
use http::{Request, Response};
use serde::de::DeserializeOwned;

use crate::{Call, EncodeError, Origins, Rejection, Route, Unreadable, read_json};

/// A call to the service, as a value: its fields are the parameters.
///
/// The trait describes; [`EndpointExt`], which every endpoint has, makes the request and reads the response, so that
/// no endpoint does it in its own way.
pub trait Endpoint {
    /// Method, path, scopes, and how the call may be repeated.
    const ROUTE: Route;

    /// What a success answers.
    type Output: DeserializeOwned;

    /// Writes path values, query and body.
    fn describe(&self, call: &mut Call);
}

/// Makes the request and reads the response of every [`Endpoint`].
pub trait EndpointExt: Endpoint {
    /// Makes the request. The header with the token is marked sensitive; the body may hold a secret: do not log it.
    ///
    /// A route of the token endpoint's service takes no token, and never sends one.
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
    /// [`ResponseError::Rejected`] for every status but 2xx, redirects too; [`ResponseError::Unreadable`] for a success
    /// whose body is not what the endpoint answers. Both keep the status and all that the service sent.
    ///
    /// The route may name statuses beside 2xx that have the endpoint's answer ([`Route::also_success`]); with these, a body
    /// that is not what the endpoint answers is a rejection.
    fn response<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<Self::Output, ResponseError> {
        let rejected = || ResponseError::Rejected(Box::new(Rejection::new(Self::ROUTE, response)));
        if !Self::ROUTE.answers_with(response.status()) {
            return Err(rejected());
        }
        let body = response.body().as_ref();
        if !response.status().is_success() {
            return read_json(body).map_err(|_| rejected());
        }
        read_json(Self::ROUTE.read_as(body)).map_err(|error| {
            ResponseError::Unreadable(Box::new(Unreadable::new(Self::ROUTE, response, error)))
        })
    }
}

impl<E: Endpoint + ?Sized> EndpointExt for E {}

/// A response that is not the value one asked for.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// The service said no (any status but 2xx and those that the route names).
    #[error(transparent)]
    Rejected(Box<Rejection>),
    /// The service said yes with a body that cannot be read.
    #[error(transparent)]
    Unreadable(Box<Unreadable>),
}

impl ResponseError {
    /// The rejection, when it is one.
    #[must_use]
    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Rejected(rejection) => Some(rejection),
            Self::Unreadable(_) => None,
        }
    }

    /// The success that cannot be read, when it is one.
    #[must_use]
    pub fn unreadable(&self) -> Option<&Unreadable> {
        match self {
            Self::Rejected(_) => None,
            Self::Unreadable(unreadable) => Some(unreadable),
        }
    }
}
