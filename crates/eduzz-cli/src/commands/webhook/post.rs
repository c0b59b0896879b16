//! Sends deliveries to a receiver.

use std::time::Duration;

use eduzz_hyper::{Client, Error};
use eduzz_types::PersonalText;
use eduzz_webhook::SIGNATURE_HEADER;
use eduzz_wire::{Origin, Origins};
use http::header::CONTENT_TYPE;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};

use crate::cli::BadValue;
use crate::client;
use crate::failure::Failure;
use crate::lang::Lang;

/// A receiver's answer is short; a longer one is an error page.
const ANSWER_LIMIT: usize = 1024 * 1024;
/// The timeout of a receiver. That of Eduzz is not documented.
const TIME: Duration = Duration::from_secs(30);

/// A receiver's URL, and the client for it. The URL may hold a key, so it is not printed.
#[derive(Debug)]
pub(in crate::commands) struct Receiver {
    url: Uri,
    client: Client,
}

impl Receiver {
    /// Reads the URL: https, or this machine.
    pub(in crate::commands) fn new(lang: Lang, option: &str, url: &str) -> Result<Self, Failure> {
        let wrong = || Failure::usage(lang.bad_receiver(option));
        let url: Uri = url.trim().parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else {
            return Err(wrong());
        };
        let origin = Origin::parse(&format!("{scheme}://{authority}")).map_err(|_| wrong())?;
        let origins = Origins::new(origin.clone(), origin.clone(), origin);
        let client = Client::builder()
            .origins(origins)
            .user_agent(concat!("eduzz-cli/", env!("CARGO_PKG_VERSION")))
            .attempt_timeout(TIME)
            .stall_timeout(TIME)
            .response_limit(ANSWER_LIMIT)
            .build()
            .map_err(|error| client::unbuilt(lang, &error))?;
        Ok(Self { url, client })
    }

    /// Sends a body with its signature, once. Other headers are added; without a content type it is
    /// JSON.
    pub(in crate::commands) async fn post(
        &self,
        signature: HeaderValue,
        others: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.clone();
        *request.headers_mut() = others;
        let headers = request.headers_mut();
        headers.insert(SIGNATURE_HEADER, signature);
        let json = HeaderValue::from_static("application/json");
        headers.entry(CONTENT_TYPE).or_insert(json);
        self.client.send(request).await
    }
}

/// Reads the address of a receiver, without looking whether it may be posted to from here.
pub(in crate::commands) fn url(text: &str) -> Result<PersonalText, BadValue> {
    let text = text.trim();
    let url: Option<Uri> = text.parse().ok();
    let is_web = url
        .as_ref()
        .and_then(Uri::scheme_str)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"));
    let has_host = url.and_then(|url| url.host().map(|host| !host.is_empty()));
    if is_web && has_host == Some(true) {
        Ok(text.into())
    } else {
        Err(BadValue::Told(Lang::hook_bad_url))
    }
}

/// An address for a person: what follows the host can be a key.
pub(in crate::commands) fn origin(url: &PersonalText) -> String {
    let Ok(url) = url.as_str().parse::<Uri>() else {
        return String::from("***");
    };
    let host = match (url.host(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::from("***"),
    };
    let rest = match url.path_and_query().map(PathAndQuery::as_str) {
        None | Some("/" | "") => "",
        Some(_) => "/…",
    };
    format!("{}://{host}{rest}", url.scheme_str().unwrap_or("https"))
}

/// Why a receiver did not answer.
pub(in crate::commands) fn why(lang: Lang, error: &Error) -> String {
    if error.is_timeout() {
        lang.receiver_timeout(TIME.as_secs())
    } else if error.is_connect() && !error.is_tls() && !error.is_proxy() {
        lang.receiver_connect()
    } else {
        client::network(lang, error)
    }
}
