//! The requests that calls become.

use eduzz_types::AccessToken;
use eduzz_wire::{EncodeError, Endpoint, EndpointExt as _, Origins};
use http::Request;
use serde_json::Value;

/// The request of a call.
pub(crate) fn request(call: &impl Endpoint) -> Result<Request<Vec<u8>>, EncodeError> {
    call.request(&Origins::production(), Some(&AccessToken::new("invented")))
}

/// Path and query of a call that makes a request.
pub(crate) fn target(call: &impl Endpoint) -> String {
    request(call).unwrap().uri().path_and_query().unwrap().to_string()
}

/// The JSON body of a call.
pub(crate) fn body(call: &impl Endpoint) -> Result<Value, EncodeError> {
    Ok(serde_json::from_slice(request(call)?.body()).unwrap())
}
