//! The client: calls, repeats and paces.

use core::fmt;
use std::sync::Arc;

use http::{Request, Response};

use crate::builder::Builder;
use crate::error::Error;
use crate::transport::Transport;

/// A client for the Eduzz API. Cheap to clone: clones share connections and pace.
#[derive(Clone)]
pub struct Client(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) transport: Transport,
}

impl Client {
    /// Starts to describe a client.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Sends a request as it is, once, and reads the whole response, whatever its status: no pace, no repeats.
    ///
    /// # Errors
    ///
    /// When there is no whole response within the client's limits.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        self.0.transport.send(request).await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}
