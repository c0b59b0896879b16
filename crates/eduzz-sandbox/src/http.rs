//! The API: finds the call that a request makes in the SDK's own list, lets the token through or not, and answers.

mod accounts;
mod alpaclass;
pub(crate) mod blinket;
mod fields;
mod heycamp;
pub(crate) mod json;
pub(crate) mod myeduzz;
mod nutror;
mod query;
mod safevideo;
mod sun;
mod webhook;

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HOST, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use eduzz_fixtures::Fixture;
use eduzz_wire::{Endpoint, Route};
use percent_encoding::percent_decode_str;

use self::blinket::{events, participants, tags};
use self::fields::Fields;
use self::myeduzz::{affiliates, customers, financial, fiscal_documents, products, sales, subscriptions};
use self::nutror::{comments, courses, enrollments, modules, students};
use self::query::Query;
use self::webhook::Waiting;
use crate::problem::{Problem, Unauthorized};
use crate::state::{Bearer, World};

/// What answers a call.
type Handler = fn(&Call<'_>) -> Result<Response, Problem>;

/// The calls that are answered from the world's state, by their product and name in the SDK's list. All others answer
/// as their example does.
const HANDLERS: &[(&str, &str, Handler)] = &[
    ("accounts", "get_me", accounts::get_me),
    ("sun", "create_cart", sun::create_cart),
    ("myeduzz", "list_affiliates", affiliates::list_affiliates),
    ("myeduzz", "list_subscriptions", subscriptions::list_subscriptions),
    ("myeduzz", "get_subscription", subscriptions::get_subscription),
    (
        "myeduzz",
        "list_subscription_invoices",
        subscriptions::list_subscription_invoices,
    ),
    (
        "myeduzz",
        "list_customer_subscriptions",
        subscriptions::list_customer_subscriptions,
    ),
    ("myeduzz", "set_recurring_date", subscriptions::set_recurring_date),
    (
        "myeduzz",
        "bulk_cancel_subscriptions",
        subscriptions::bulk_cancel_subscriptions,
    ),
    (
        "myeduzz",
        "reactivate_subscription",
        subscriptions::reactivate_subscription,
    ),
    (
        "myeduzz",
        "send_card_change_email",
        subscriptions::send_card_change_email,
    ),
    ("myeduzz", "list_customers", customers::list_customers),
    ("myeduzz", "get_customer", customers::get_customer),
    ("myeduzz", "list_statement", financial::list_statement),
    ("myeduzz", "list_transfers", financial::list_transfers),
    (
        "myeduzz",
        "list_affiliate_fiscal_documents",
        fiscal_documents::list_affiliate_fiscal_documents,
    ),
    (
        "myeduzz",
        "list_buyer_fiscal_documents",
        fiscal_documents::list_buyer_fiscal_documents,
    ),
    (
        "myeduzz",
        "change_affiliate_fiscal_document_status",
        fiscal_documents::change_affiliate_fiscal_document_status,
    ),
    (
        "myeduzz",
        "change_buyer_fiscal_document_status",
        fiscal_documents::change_buyer_fiscal_document_status,
    ),
    ("myeduzz", "list_products", products::list_products),
    ("myeduzz", "get_product", products::get_product),
    ("myeduzz", "list_coupons", products::list_coupons),
    (
        "myeduzz",
        "list_product_campaigns",
        products::list_product_campaigns,
    ),
    ("myeduzz", "list_product_offers", products::list_product_offers),
    (
        "myeduzz",
        "list_product_partners",
        products::list_product_partners,
    ),
    ("myeduzz", "list_sales", sales::list_sales),
    ("myeduzz", "get_sale", sales::get_sale),
    ("myeduzz", "list_chargebacks", sales::list_chargebacks),
    ("myeduzz", "get_sales_summary", sales::get_sales_summary),
    ("nutror", "list_comments", comments::list_comments),
    ("nutror", "get_comment", comments::get_comment),
    ("nutror", "update_comment", comments::update_comment),
    ("nutror", "delete_comment", comments::delete_comment),
    ("nutror", "list_comment_answers", comments::list_comment_answers),
    ("nutror", "answer_comment", comments::answer_comment),
    ("nutror", "delete_answer", comments::delete_answer),
    ("nutror", "list_courses", courses::list_courses),
    ("nutror", "get_course", courses::get_course),
    ("nutror", "update_course", courses::update_course),
    (
        "nutror",
        "update_course_advanced",
        courses::update_course_advanced,
    ),
    ("nutror", "update_course_images", courses::update_course_images),
    ("nutror", "delete_course", courses::delete_course),
    ("nutror", "list_course_modules", modules::list_course_modules),
    ("nutror", "get_module", modules::get_module),
    ("nutror", "update_module", modules::update_module),
    ("nutror", "delete_module", modules::delete_module),
    ("nutror", "list_students", students::list_students),
    ("nutror", "get_student", students::get_student),
    (
        "nutror",
        "list_student_enrollments",
        students::list_student_enrollments,
    ),
    ("nutror", "delete_student", students::delete_student),
    ("nutror", "block_enrollment", enrollments::block_enrollment),
    ("nutror", "extend_access", enrollments::extend_access),
    ("nutror", "release_modules", enrollments::release_modules),
    ("nutror", "delete_enrollment", enrollments::delete_enrollment),
    ("alpaclass", "create_team_student", alpaclass::create_team_student),
    ("alpaclass", "list_team_students", alpaclass::list_team_students),
    (
        "alpaclass",
        "list_team_student_enrollments",
        alpaclass::list_team_student_enrollments,
    ),
    ("alpaclass", "list_deliveries", alpaclass::list_deliveries),
    ("alpaclass", "get_delivery", alpaclass::get_delivery),
    (
        "alpaclass",
        "list_delivery_courses",
        alpaclass::list_delivery_courses,
    ),
    ("alpaclass", "list_teams", alpaclass::list_teams),
    ("heycamp", "list_post_comments", heycamp::list_post_comments),
    ("heycamp", "create_invitation", heycamp::create_invitation),
    ("heycamp", "list_invitations", heycamp::list_invitations),
    ("heycamp", "list_spaces", heycamp::list_spaces),
    ("heycamp", "list_members", heycamp::list_members),
    ("heycamp", "get_member", heycamp::get_member),
    ("heycamp", "update_member", heycamp::update_member),
    ("heycamp", "delete_member", heycamp::delete_member),
    ("heycamp", "delete_members", heycamp::delete_members),
    (
        "heycamp",
        "list_commenting_members",
        heycamp::list_commenting_members,
    ),
    ("heycamp", "list_liking_members", heycamp::list_liking_members),
    ("heycamp", "list_posts", heycamp::list_posts),
    ("heycamp", "get_post", heycamp::get_post),
    (
        "heycamp",
        "list_most_commented_posts",
        heycamp::list_most_commented_posts,
    ),
    ("heycamp", "list_most_liked_posts", heycamp::list_most_liked_posts),
    ("heycamp", "count_comments", heycamp::count_comments),
    ("blinket", "list_events", events::list_events),
    ("blinket", "get_event", events::get_event),
    ("blinket", "list_tags", tags::list_tags),
    ("blinket", "create_tag", tags::create_tag),
    ("blinket", "update_tag", tags::update_tag),
    ("blinket", "delete_tag", tags::delete_tag),
    (
        "blinket",
        "list_tagged_participants",
        tags::list_tagged_participants,
    ),
    ("blinket", "tag_participants", tags::tag_participants),
    ("blinket", "untag_participants", tags::untag_participants),
    ("blinket", "list_participants", participants::list_participants),
    ("blinket", "add_participant", participants::add_participant),
    ("blinket", "update_participant", participants::update_participant),
    ("blinket", "check_in", participants::check_in),
    (
        "blinket",
        "resend_ticket_email",
        participants::resend_ticket_email,
    ),
    ("safevideo", "list_medias", safevideo::list_medias),
    ("safevideo", "get_media", safevideo::get_media),
    ("safevideo", "update_media", safevideo::update_media),
    ("safevideo", "delete_media", safevideo::delete_media),
    ("safevideo", "get_media_embed", safevideo::get_media_embed),
    ("safevideo", "set_media_domains", safevideo::set_media_domains),
    (
        "safevideo",
        "remove_media_domains",
        safevideo::remove_media_domains,
    ),
    (
        "webhook",
        "create_webhook_subscription",
        webhook::create_webhook_subscription,
    ),
    (
        "webhook",
        "list_webhook_subscriptions",
        webhook::list_webhook_subscriptions,
    ),
    (
        "webhook",
        "update_webhook_subscription",
        webhook::update_webhook_subscription,
    ),
    (
        "webhook",
        "delete_webhook_subscription",
        webhook::delete_webhook_subscription,
    ),
    (
        "webhook",
        "delete_webhook_subscriptions_by_url",
        webhook::delete_webhook_subscriptions_by_url,
    ),
    ("webhook", "list_webhook_origins", webhook::list_webhook_origins),
    ("webhook", "get_webhook_sample", webhook::get_webhook_sample),
    ("webhook", "get_webhook_secret", webhook::get_webhook_secret),
];

/// What answers a call that has to wait for something outside of the world: for a webhook's receiver.
type WaitingHandler = for<'a> fn(&'a Call<'a>) -> Waiting<'a>;

const WAITING: &[(&str, &str, WaitingHandler)] = &[
    (
        "webhook",
        "set_webhook_subscription_status",
        webhook::set_webhook_subscription_status,
    ),
    ("webhook", "send_webhook_sample", webhook::send_webhook_sample),
];

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

/// A call that the gateway let through.
struct Call<'a> {
    world: &'a World,
    bearer: &'a Bearer,
    template: &'static str,
    path: &'a str,
    query: Query,
    body: &'a [u8],
    host: &'a str,
}

impl Call<'_> {
    /// The parameter that stands in the path, where there is one.
    fn parameter(&self) -> String {
        self.segment(|expected| expected.starts_with(':'))
    }

    /// The parameter of this name that stands in the path.
    fn named(&self, name: &str) -> String {
        self.segment(|expected| expected.strip_prefix(':') == Some(name))
    }

    /// What the path has where the template has this.
    fn segment(&self, is_it: impl Fn(&str) -> bool) -> String {
        let mut segments = self.template.split('/').zip(self.path.split('/'));
        let given = segments.find(|(expected, _)| is_it(expected));
        let given = given.map(|(_, given)| given).unwrap_or_default();
        percent_decode_str(given).decode_utf8_lossy().into_owned()
    }

    /// The fields of the body, which must be a JSON object.
    fn fields(&self) -> Result<Fields, Problem> {
        self.object().map(Fields::new)
    }

    /// The body, which must be a JSON object.
    fn object(&self) -> Result<serde_json::Map<String, serde_json::Value>, Problem> {
        serde_json::from_slice(self.body)
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the body is not a JSON object"))
    }
}

/// The template of the call that this request makes, as the documentation writes it.
pub(crate) fn template(method: &Method, path: &str) -> Option<&'static str> {
    TABLE.find(method, path).ok().map(|entry| entry.route.template())
}

pub(crate) async fn dispatch(State(world): State<Arc<World>>, request: Request) -> Response {
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
    let Some(bearer) = world.bearer(token) else {
        return entry.turn_away(Unauthorized::InvalidToken);
    };
    let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(body) => body,
        Err(rejection) => return Problem::from(rejection).into_response(),
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let call = Call {
        world: &world,
        bearer: &bearer,
        template: entry.route.template(),
        path,
        query: Query::read(parts.uri.query().unwrap_or_default()),
        body: &body,
        host: host.unwrap_or("127.0.0.1"),
    };
    match entry.answer(&call, token).await {
        Ok(answer) => {
            world.answered();
            world.settle();
            answer
        }
        Err(problem) => entry.spell(problem).into_response(),
    }
}

fn bearer_token(headers: &HeaderMap) -> Result<&str, Unauthorized> {
    let value = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(Unauthorized::NoToken),
    }
}

/// Every call that the SDK knows.
struct Table(Vec<Entry>);

impl Table {
    /// The call with this method and path. Of several templates that fit, the one that is literal earlier wins, as
    /// `/products/coupons` does over `/products/:id`.
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
        let problem = Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "this path does not answer this method",
        );
        Err(match HeaderValue::try_from(allowed.join(", ")) {
            Ok(allowed) => problem.with(ALLOW, allowed),
            Err(_) => problem,
        })
    }
}

/// Whether the path is of the template's form, and how literally: one bit a segment, the first one highest.
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

/// A call of the SDK's list, and what answers it.
struct Entry {
    product: &'static str,
    endpoint: &'static str,
    route: Route,
    handler: Option<Handler>,
    waiting: Option<WaitingHandler>,
}

impl Entry {
    fn new(product: &'static str, endpoint: &'static str, route: Route) -> Self {
        let (mut handlers, mut waiting) = (HANDLERS.iter(), WAITING.iter());
        let handler = handlers
            .find(|(of, name, _)| (*of, *name) == (product, endpoint))
            .map(|(.., handler)| *handler);
        let waiting = waiting
            .find(|(of, name, _)| (*of, *name) == (product, endpoint))
            .map(|(.., handler)| *handler);
        Self {
            product,
            endpoint,
            route,
            handler,
            waiting,
        }
    }

    async fn answer(&self, call: &Call<'_>, token: &str) -> Result<Response, Problem> {
        self.admit(call, token)?;
        match (self.handler, self.waiting) {
            (Some(handler), _) => handler(call),
            (None, Some(waiting)) => waiting(call).await,
            (None, None) => self.example(),
        }
    }

    /// Lets the token make the call, or not.
    fn admit(&self, call: &Call<'_>, token: &str) -> Result<(), Problem> {
        // A call with two scopes needs both.
        let granted = |needed: &&str| call.bearer.scopes.iter().any(|scope| scope == needed);
        if !self.route.needed_scopes().iter().all(granted) {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "the token lacks a scope that this call needs",
            ));
        }
        call.world
            .take((self.product, self.endpoint), token)
            .map_err(|wait| {
                // Whole seconds, rounded up: who waits that long is let in.
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                Problem::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too many requests of this call with this token",
                )
                .with(RETRY_AFTER, HeaderValue::from(seconds))
            })
    }

    /// Nobody is turned away but by the gateway, as far as is known, except that SafeVideo documents a 401 of its own.
    fn turn_away(&self, refusal: Unauthorized) -> Response {
        match self.product {
            "safevideo" => self
                .spell(Problem::new(StatusCode::UNAUTHORIZED, "Unauthorized"))
                .into_response(),
            _ => refusal.into_response(),
        }
    }

    /// The problem as the call's product writes it.
    fn spell(&self, problem: Problem) -> Problem {
        match self.product {
            // Nobody has seen a body of an error of these two.
            "alpaclass" | "heycamp" => problem.generally(),
            "blinket" => problem.by_blinket(),
            "safevideo" => problem.by_safevideo(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn entry(product: &'static str, endpoint: &'static str, route: Route) -> Entry {
        Entry {
            product,
            endpoint,
            route,
            handler: None,
            waiting: None,
        }
    }

    fn status(answer: Result<Response, Problem>) -> StatusCode {
        answer.unwrap_or_else(IntoResponse::into_response).status()
    }

    #[test]
    fn every_handler_answers_a_call_of_the_list() {
        for (product, endpoint, _) in HANDLERS {
            let listed = |entry: &&Entry| (entry.product, entry.endpoint) == (*product, *endpoint);
            assert!(
                TABLE
                    .0
                    .iter()
                    .find(listed)
                    .is_some_and(|entry| entry.handler.is_some()),
                "{product}/{endpoint}"
            );
        }
    }

    #[test]
    fn every_call_of_the_list_has_an_answer() {
        for entry in &TABLE.0 {
            assert!(
                entry.handler.is_some() || entry.waiting.is_some() || entry.example().is_ok(),
                "{}",
                entry.route
            );
        }
    }

    #[test]
    fn a_path_is_found_by_its_most_literal_template() {
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
        for path in [
            "/a/v1/things",
            "/a/v1/things/",
            "/a/v1/things/7/",
            "/a/v1/things/7/parts/8",
            "",
            "a",
        ] {
            assert_eq!(
                refused(Method::GET, path).unwrap().status(),
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        let other_method = refused(Method::PUT, "/a/v1/things/7").unwrap();
        assert_eq!(other_method.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(other_method.headers()[ALLOW], "DELETE, GET");
    }

    #[test]
    fn a_call_needs_all_its_scopes() {
        let world = World::new(Config::default());
        let entry = entry(
            "accounts",
            "get_me",
            Route::get("/x").scopes(&["x_read", "x_write"]),
        );
        let answer = |scopes: &[&str]| {
            let bearer = Bearer {
                account_id: world.config.people[0].account_id.clone(),
                client_id: String::new(),
                scopes: scopes.iter().copied().map(str::to_owned).collect(),
            };
            let call = Call {
                world: &world,
                bearer: &bearer,
                template: "/x",
                path: "/x",
                query: Query::read(""),
                body: &[],
                host: "localhost",
            };
            match entry.admit(&call, "t") {
                Ok(()) => StatusCode::OK,
                Err(problem) => problem.into_response().status(),
            }
        };
        assert_eq!(answer(&[]), StatusCode::FORBIDDEN);
        assert_eq!(answer(&["x_read"]), StatusCode::FORBIDDEN);
        assert_eq!(answer(&["x_write", "x_read", "y"]), StatusCode::OK);
    }

    #[test]
    fn a_call_without_a_handler_answers_as_its_example() {
        let known = entry("accounts", "get_me", Route::get("/x")).example().unwrap();
        assert_eq!(known.status(), StatusCode::OK);
        assert_eq!(known.headers()[CONTENT_TYPE], "application/json");
        let unknown = entry("accounts", "nothing", Route::get("/x")).example();
        assert_eq!(status(unknown), StatusCode::NOT_IMPLEMENTED);
    }
}
