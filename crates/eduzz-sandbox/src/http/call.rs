//! A call that the gateway let through, as its handler sees it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, MutexGuard};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::account::Shown;
use crate::problem::Problem;
use crate::query::Query;
use crate::resources::{Ask, Row};
use crate::running::Running;
use crate::state::access::Bearer;
use crate::state::shop::Shop;
use crate::webhooks::queue::Holder;

/// A call of the API.
pub(super) struct Call<'a> {
    pub(super) running: &'a Arc<Running>,
    pub(super) bearer: &'a Bearer,
    pub(super) template: &'static str,
    pub(super) path: &'a str,
    pub(super) query: Query,
    pub(super) body: &'a [u8],
    pub(super) host: &'a str,
}

impl Call<'_> {
    /// The first parameter of the path.
    pub(super) fn parameter(&self) -> String {
        self.segment(|expected| expected.starts_with(':'))
    }

    /// The parameter of the path with this name.
    pub(super) fn named(&self, name: &str) -> String {
        self.segment(|expected| expected.strip_prefix(':') == Some(name))
    }

    fn segment(&self, is_it: impl Fn(&str) -> bool) -> String {
        let mut segments = self.template.split('/').zip(self.path.split('/'));
        let given = segments.find(|(expected, _)| is_it(expected));
        let given = given.map(|(_, given)| given).unwrap_or_default();
        percent_decode_str(given).decode_utf8_lossy().into_owned()
    }

    /// The shop of the token's account.
    pub(super) fn shop(&self) -> MutexGuard<'_, Shop> {
        self.running.shop(&self.bearer.account_id)
    }

    /// The shop of the token's account as reads show it, which may lag.
    pub(super) fn shown(&self) -> Shown<'_> {
        self.running.shown(&self.bearer.account_id)
    }

    /// The holder of the subscriptions that the token sees.
    pub(super) fn holder(&self) -> Holder {
        Holder {
            client_id: self.bearer.client_id.clone(),
            account_id: self.bearer.account_id.clone(),
        }
    }

    /// Answers from the resources of the products beside the shop.
    pub(super) fn resource(&self, row: &'static Row) -> Result<Response, Problem> {
        let owner = self.running.config.apps.first().map(|app| &app.owner);
        let caller = self.running.config.person(&self.bearer.account_id);
        let ask = Ask {
            parameter: &|name| self.named(name),
            query: &self.query,
            body: self.body,
            email: caller.map_or("", |person| &person.email),
            is_producer: owner == Some(&self.bearer.account_id),
            now: self.running.now(),
        };
        let (status, body) = self.running.resources(&self.bearer.account_id).call(row, &ask)?;
        Ok(match body {
            Some(body) => (status, body).into_response(),
            None => status.into_response(),
        })
    }

    /// The body, which must be a JSON object.
    pub(super) fn object(&self) -> Result<Map<String, Value>, Problem> {
        serde_json::from_slice(self.body)
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the body is not a JSON object"))
    }
}

/// Answers a call.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    Now(fn(&Call<'_>) -> Result<Response, Problem>),
    /// Waits for the receiver of a webhook.
    Waiting(for<'a> fn(&'a Call<'a>) -> Waiting<'a>),
}

/// The answer of a handler that waits.
pub(super) type Waiting<'a> = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send + 'a>>;
