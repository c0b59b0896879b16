//! The API: finds the call of a request in the SDK's list, admits the token, and answers.

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request};
use axum::http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use eduzz_fixtures::Fixture;
use eduzz_wire::{Endpoint, Route};

use super::call::{Call, Handler};
use super::handlers;
use crate::problem::{Problem, Unauthorized};
use crate::query::Query;
use crate::record::{Caller, Why};
use crate::resources::{self, Row};
use crate::running::Running;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table(sdk_calls()));

macro_rules! sdk_calls {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
        fn sdk_calls() -> Vec<Entry> {
            vec![$(Entry::new(
                stringify!($product),
                stringify!($endpoint),
                <eduzz_api::$product::$call as Endpoint>::ROUTE,
            )),*]
        }
    };
}
eduzz_api::for_each_endpoint!(sdk_calls);

/// The template of the call that this request makes, as the documentation writes it.
pub(super) fn template(method: &Method, path: &str) -> Option<&'static str> {
    TABLE.find(method, path).ok().map(|entry| entry.route.template())
}

/// The routes of all calls, as `GET /accounts/v1/me`.
pub(super) fn routes() -> impl Iterator<Item = String> {
    TABLE.0.iter().map(|entry| entry.route.to_string())
}

/// Answers a call of the API.
pub(super) async fn dispatch(running: &Arc<Running>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (method, path, headers) = (&parts.method, parts.uri.path(), &parts.headers);
    let entry = match TABLE.find(method, path) {
        Ok(entry) => entry,
        Err(problem) => return problem.into_response(),
    };
    let token = match bearer_token(headers) {
        Ok(token) => token,
        Err(refusal) => return entry.turn_away(refusal),
    };
    let Some(bearer) = running.bearer(token) else {
        return entry.turn_away(Unauthorized::InvalidToken);
    };
    let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(body) => body,
        Err(rejection) => return Problem::from(rejection).into_response(),
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let call = Call {
        running,
        bearer: &bearer,
        template: entry.route.template(),
        path,
        query: Query::read(parts.uri.query().unwrap_or_default()).in_pages_of(running.page_size()),
        body: &body,
        host: host.unwrap_or("127.0.0.1"),
    };
    let answer = entry.answer(&call, token).await;
    if answer.is_ok() {
        running.answered(&bearer.account_id);
    }
    running.settle(&bearer.account_id);
    let mut response = answer.unwrap_or_else(|problem| entry.spell(problem).into_response());
    response.extensions_mut().insert(Caller {
        account_id: bearer.account_id,
        client_id: bearer.client_id,
    });
    response
}

/// The token of a request.
pub(super) fn bearer_token(headers: &HeaderMap) -> Result<&str, Unauthorized> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    match value.unwrap_or_default().trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(Unauthorized::NoToken),
    }
}

/// All calls of the SDK.
struct Table(Vec<Entry>);

impl Table {
    /// The call with this method and path. Of several matching templates, the one that is literal
    /// earlier wins: `/products/coupons` before `/products/:id`.
    fn find(&self, method: &Method, path: &str) -> Result<&Entry, Problem> {
        let fitting = || {
            self.0
                .iter()
                .filter_map(|entry| Some((fit(entry.route.template(), path)?, entry)))
        };
        let best = fitting()
            .filter(|(_, entry)| entry.route.method() == method)
            .max_by_key(|(fit, _)| *fit);
        if let Some((_, entry)) = best {
            return Ok(entry);
        }
        let mut allowed: Vec<&str> = fitting()
            .map(|(_, entry)| entry.route.method().as_str())
            .collect();
        if allowed.is_empty() {
            return Err(Problem::new(StatusCode::NOT_FOUND, "no call has this path"));
        }
        allowed.sort_unstable();
        allowed.dedup();
        let problem = Problem::method_not_allowed();
        Err(match HeaderValue::try_from(allowed.join(", ")) {
            Ok(allowed) => problem.with(ALLOW, allowed),
            Err(_) => problem,
        })
    }
}

/// Whether the path matches the template, and how literally: one bit a segment, the first one
/// highest.
fn fit(template: &str, path: &str) -> Option<u64> {
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    let mut literal = 0;
    loop {
        literal = literal << 1
            | match (expected.next(), given.next()) {
                (None, None) => return Some(literal),
                (Some(parameter), Some(value)) if parameter.starts_with(':') && !value.is_empty() => 0,
                (Some(segment), Some(same)) if segment == same => 1,
                _ => return None,
            };
    }
}

/// A call of the SDK's list.
struct Entry {
    product: &'static str,
    endpoint: &'static str,
    route: Route,
    /// `None` answers with the fixture.
    handler: Option<Handler>,
    /// A call of the products beside the shop.
    row: Option<&'static Row>,
}

impl Entry {
    fn new(product: &'static str, endpoint: &'static str, route: Route) -> Self {
        Self {
            product,
            endpoint,
            handler: handlers::find(&route),
            row: resources::find(product, endpoint),
            route,
        }
    }

    async fn answer(&self, call: &Call<'_>, token: &str) -> Result<Response, Problem> {
        self.admit(call, token)?;
        if let Some(row) = self.row {
            return call.resource(row);
        }
        match self.handler {
            Some(Handler::Now(handler)) => handler(call),
            Some(Handler::Waiting(handler)) => handler(call).await,
            None => self.example(),
        }
    }

    /// Checks the scopes and the limit of the token.
    fn admit(&self, call: &Call<'_>, token: &str) -> Result<(), Problem> {
        // A call with two scopes needs both.
        let granted = |needed: &&str| call.bearer.scopes.iter().any(|scope| scope == needed);
        if !self.route.needed_scopes().iter().all(granted) {
            let message = "the token lacks a scope that this call needs";
            let problem = Problem::new(StatusCode::FORBIDDEN, message);
            return Err(problem.because(lacking(self.route.needed_scopes(), granted)));
        }
        let taken = call.running.take((self.product, self.endpoint), token);
        taken.map_err(|wait| {
            // Whole seconds, rounded up.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            let problem = Problem::too_many("too many requests of this call with this token", Some(seconds));
            problem.because(call.running.too_fast(seconds))
        })
    }

    /// Only the gateway answers 401, as far as is known, except that SafeVideo documents its own.
    fn turn_away(&self, refusal: Unauthorized) -> Response {
        match self.product {
            "safevideo" => self
                .spell(Problem::new(StatusCode::UNAUTHORIZED, "Unauthorized").because(refusal.explanation()))
                .into_response(),
            _ => refusal.into_response(),
        }
    }

    /// The problem in the form of the call's product.
    fn spell(&self, problem: Problem) -> Problem {
        match self.product {
            // The bodies of their errors are unknown.
            "alpaclass" | "heycamp" => problem.generally(),
            "blinket" | "safevideo" => problem.by_example(self.product, self.endpoint),
            _ => problem,
        }
    }

    /// The example of the call's success.
    fn example(&self) -> Result<Response, Problem> {
        let example = eduzz_fixtures::find(self.product, self.endpoint).and_then(Fixture::success);
        let example =
            example.and_then(|answer| Some((StatusCode::from_u16(answer.status).ok()?, answer.body)));
        let (status, body) = example.ok_or(Problem::new(
            StatusCode::NOT_IMPLEMENTED,
            "the SDK knows this call, but has no example of its answer",
        ))?;
        if body.is_empty() {
            return Ok(status.into_response());
        }
        Ok((status, [(CONTENT_TYPE, "application/json")], body).into_response())
    }
}

/// The explanation of a token without all the scopes that a call needs.
fn lacking(needed: &[&'static str], is_granted: impl Fn(&&str) -> bool) -> Why {
    let missing: Vec<_> = needed
        .iter()
        .copied()
        .filter(|scope| !is_granted(scope))
        .collect();
    let missing = missing.join(", ");
    Why::new(
        format!(
            "O token não tem o escopo {missing}, que esta chamada exige. Acrescente o escopo ao aplicativo e faça login de novo."
        ),
        format!(
            "The token lacks the scope {missing}, which this call needs. Add it to the application, then sign in again."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::state::access::Bearer;

    fn entry(product: &'static str, endpoint: &'static str, route: Route) -> Entry {
        Entry {
            product,
            endpoint,
            route,
            handler: None,
            row: None,
        }
    }

    fn status(answer: Result<Response, Problem>) -> StatusCode {
        answer.unwrap_or_else(IntoResponse::into_response).status()
    }

    #[test]
    fn every_call_of_the_list_is_answered() {
        for entry in &TABLE.0 {
            let has_state = entry.handler.is_some() || entry.row.is_some();
            assert!(has_state || entry.example().is_ok(), "{}", entry.route);
        }
    }

    #[test]
    fn path_matches_its_most_literal_template() {
        let table = Table(vec![
            entry("a", "get", Route::get("/a/v1/things/:id")),
            entry("a", "summary", Route::get("/a/v1/things/summary")),
            entry("a", "delete", Route::delete("/a/v1/things/:id")),
            entry("a", "parts", Route::get("/a/v1/things/:id/parts")),
        ]);
        let find = |method, path| table.find(&method, path).map(|entry| entry.endpoint);
        assert_eq!(find(Method::GET, "/a/v1/things/7").ok(), Some("get"));
        assert_eq!(find(Method::GET, "/a/v1/things/a%2Fb").ok(), Some("get"));
        assert_eq!(find(Method::GET, "/a/v1/things/summary").ok(), Some("summary"));
        assert_eq!(find(Method::DELETE, "/a/v1/things/summary").ok(), Some("delete"));
        assert_eq!(find(Method::GET, "/a/v1/things/7/parts").ok(), Some("parts"));

        let refused = |method, path| find(method, path).err().map(IntoResponse::into_response);
        for path in "/a/v1/things /a/v1/things/ /a/v1/things/7/ /a/v1/things/7/parts/8 a ".split(' ') {
            let refused = refused(Method::GET, path).unwrap();
            assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{path}");
        }
        let other_method = refused(Method::PUT, "/a/v1/things/7").unwrap();
        assert_eq!(other_method.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(other_method.headers()[ALLOW], "DELETE, GET");
    }

    #[test]
    fn call_needs_all_its_scopes() {
        let running = Arc::new(Running::new(Config::default()));
        let route = Route::get("/x").scopes(&["x_read", "x_write"]);
        let entry = entry("accounts", "get_me", route);
        let answer = |scopes: &[&str]| {
            let bearer = Bearer {
                account_id: running.config.people[0].account_id.clone(),
                client_id: String::new(),
                scopes: scopes.iter().copied().map(str::to_owned).collect(),
            };
            let call = Call {
                running: &running,
                bearer: &bearer,
                template: "/x",
                path: "/x",
                query: Query::read(""),
                body: &[],
                host: "localhost",
            };
            status(entry.admit(&call, "t").map(IntoResponse::into_response))
        };
        assert_eq!(answer(&[]), StatusCode::FORBIDDEN);
        assert_eq!(answer(&["x_read"]), StatusCode::FORBIDDEN);
        assert_eq!(answer(&["x_write", "x_read", "y"]), StatusCode::OK);
    }

    #[test]
    fn call_without_a_handler_answers_with_its_fixture() {
        let known = entry("accounts", "get_me", Route::get("/x")).example().unwrap();
        assert_eq!(known.status(), StatusCode::OK);
        assert_eq!(known.headers()[CONTENT_TYPE], "application/json");
        let unknown = entry("accounts", "nothing", Route::get("/x")).example();
        assert_eq!(status(unknown), StatusCode::NOT_IMPLEMENTED);
    }
}
