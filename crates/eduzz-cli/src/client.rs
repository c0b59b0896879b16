//! Calls with a token, and their errors in the user's language.

use eduzz_api::accounts::GetMe;
use eduzz_hyper::{Account, BuildError, CallError, Client, Roots};
use eduzz_oauth::{Coverage, Grant, Session, SignedOut};
use eduzz_types::{AccessToken, AccountId, ErrorCode, FieldProblem, Problem};
use eduzz_wire::{
    EncodeError, Endpoint, Origins, Pace, RawAnswer, RawCall, ReadError, Rejection, RejectionKind,
    ResponseError,
};

use crate::allowed;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::BodyOption;
use crate::notices::Notices;
use crate::output::Output;
use crate::profile::{Profile, Source};
use crate::settings;
use crate::store::Store;

/// A client with a token, from the environment or from the stored session.
#[derive(Debug)]
pub(crate) struct Api {
    lang: Lang,
    account: Account,
    notices: Notices,
    /// None if the token is of the environment; else the store that it came from.
    store: Option<(Store, AccessToken)>,
    shown: BodyOption,
}

/// A client for these origins.
pub(crate) fn client(lang: Lang, origins: &Origins) -> Result<Client, Failure> {
    let pacing = settings::pacing(lang)?;
    let mut builder = Client::builder().origins(origins.clone()).pacing(pacing);
    if origins.api().to_string().starts_with("http:") {
        // A sandbox needs no certificates, and reading the system's takes most of a short run.
        builder = builder.roots(Roots::only());
    }
    builder.build().map_err(|error| unbuilt(lang, &error))
}

/// The error of a client that cannot be built.
pub(crate) fn unbuilt(lang: Lang, error: &BuildError) -> Failure {
    Failure::usage(match error.proxy_variable() {
        Some(name) => lang.bad_proxy(name),
        None => lang.no_client(),
    })
}

impl Api {
    /// Takes the token of the environment, else that of the stored session.
    pub(crate) fn new(output: Output, shown: BodyOption) -> Result<Self, Failure> {
        let lang = output.lang;
        let origins = settings::origins(lang)?;
        let (session, store) = match settings::variable(lang, settings::TOKEN)? {
            Some(_) if Profile::chosen(lang)?.1 == Source::Option => {
                return Err(Failure::usage(lang.token_and_profile()));
            }
            Some(token) => (Session::signed_in(Grant::personal(AccessToken::new(token))), None),
            None => {
                let store = Store::find(lang)?;
                let session = store.load(&origins)?;
                match session.grant().map(|grant| grant.access_token().clone()) {
                    Some(token) => (session, Some((store, token))),
                    None => {
                        let why = session.why_signed_out().unwrap_or(SignedOut::Never);
                        return Err(of_profile(lang, &store, signed_out(lang, &origins, why)));
                    }
                }
            }
        };
        let (notices, client) = Notices::of(output, &client(lang, &origins)?);
        Ok(Self {
            lang,
            account: client.account(session),
            notices,
            store,
            shown,
        })
    }

    pub(crate) const fn lang(&self) -> Lang {
        self.lang
    }

    /// The notes about its calls.
    pub(crate) const fn notices(&self) -> &Notices {
        &self.notices
    }

    /// The origins of the calls.
    pub(crate) fn origins(&self) -> &Origins {
        self.account.client().origins()
    }

    /// The pace of each endpoint.
    pub(crate) fn pace(&self) -> Option<Pace> {
        self.account.client().pacing().pace()
    }

    /// The account of the token, if the sign-in named it.
    pub(crate) fn known_account(&self) -> Option<AccountId> {
        self.account.session().grant().and_then(Grant::account_id)
    }

    /// The account of the token.
    pub(crate) async fn account_id(&self) -> Result<AccountId, Failure> {
        match self.known_account() {
            Some(account) => Ok(account),
            None => self.call(&GetMe::new()).await.map(|me| me.id),
        }
    }

    /// Makes a call.
    pub(crate) async fn call<E: Endpoint>(&self, call: &E) -> Result<E::Output, Failure> {
        let route = E::ROUTE;
        let answer = self.account.call(call).await;
        answer.map_err(|error| self.failure(&route.to_string(), route.needed_scopes(), &error))
    }

    /// The account, for a library that makes calls.
    pub(crate) const fn account(&self) -> &Account {
        &self.account
    }

    /// The error of a call that a library made.
    pub(crate) fn failed(&self, scopes: &[&str], error: &CallError) -> Failure {
        self.failure("MyEduzz", scopes, error)
    }

    /// Makes a call that is not modelled. Its path may hold personal data, so errors name the
    /// method only.
    pub(crate) async fn raw(&self, call: &RawCall) -> Result<RawAnswer, Failure> {
        let answer = self.account.call(call).await;
        answer.map_err(|error| self.failure(&self.lang.raw_call(call.method().as_str()), &[], &error))
    }

    /// The error of a call, named by its route or its product.
    pub(crate) fn failure(&self, route: &str, scopes: &[&str], error: &CallError) -> Failure {
        let lang = self.lang;
        match error {
            CallError::Encode(EncodeError::Token) => match &self.store {
                Some((store, _)) => store.broken(),
                None => Failure::usage(lang.bad_token()),
            },
            CallError::Encode(error) => Failure::usage(encode(lang, *error)),
            CallError::SignedOut(why) => signed_out(lang, self.origins(), *why),
            CallError::Network(error) => Failure::network(lang.network(route, &network(lang, error))),
            CallError::Response(ResponseError::Rejected(rejection)) => {
                let hint = self.hint(scopes, rejection);
                let text = rejected(lang, route, hint.as_deref(), rejection);
                let failure = self.rejected(text, rejection.kind());
                failure.with_body(self.shown.shown(&rejection.body))
            }
            CallError::Response(ResponseError::Unreadable(unreadable)) => {
                let why = read_error(lang, &unreadable.source);
                Failure::rejected(lang.unreadable_answer(route, unreadable.status.as_u16(), &why))
                    .with_body(self.shown.shown(&unreadable.body))
            }
            _ => Failure::rejected(lang.other_answer(route)),
        }
    }

    /// What may lift a 403 or a 404: scopes that the token has are not advised, and the values of
    /// the path are not repeated, which may be an e-mail address.
    fn hint(&self, scopes: &[&str], rejection: &Rejection) -> Option<String> {
        let lang = self.lang;
        let kind = rejection.kind();
        let places = rejection
            .route
            .template()
            .split('/')
            .filter(|part| part.starts_with(':'));
        let places = places.collect::<Vec<_>>().join(", ");
        if kind == RejectionKind::NotFound && !places.is_empty() {
            return Some(lang.check_place(&places));
        }
        if !matches!(kind, RejectionKind::MissingScope | RejectionKind::Forbidden) || scopes.is_empty() {
            return None;
        }
        let session = self.account.session();
        let coverage = session.grant().map(|grant| grant.coverage(&rejection.route));
        match coverage {
            Some(Coverage::Missing(missing)) => Some(lang.needed_scopes(&missing.join(", "))),
            _ if kind == RejectionKind::MissingScope => Some(lang.needed_scopes(&scopes.join(", "))),
            Some(Coverage::Covered) if places.is_empty() => None,
            Some(Coverage::Covered) => Some(lang.check_places(&places)),
            _ if places.is_empty() => Some(lang.maybe_scopes(&scopes.join(", "))),
            _ => Some(lang.check_places_or_scopes(&places, &scopes.join(", "))),
        }
    }

    /// A rejection that ends the session ends the stored one too.
    fn rejected(&self, text: String, kind: RejectionKind) -> Failure {
        let lang = self.lang;
        let session = self.account.session();
        match (&self.store, session.why_signed_out()) {
            (Some((store, token)), Some(why)) => {
                let ended = of_profile(lang, store, signed_out(lang, self.origins(), why));
                // If it cannot be written, the next call is rejected again.
                match store.end(self.account.client().origins(), token, &session) {
                    Ok(true) => Failure::signed_out(lang.newer_sign_in()),
                    Ok(false) => ended,
                    Err(failure) => {
                        let (ended, failure) = (ended.text(), failure.text());
                        let lines = [ended, failure].into_iter().flatten();
                        Failure::signed_out(lines.collect::<Vec<_>>().join("\n"))
                    }
                }
            }
            (None, _) if kind == RejectionKind::InvalidToken => {
                Failure::rejected(format!("{text}\n{}", lang.token_of_environment()))
            }
            _ => Failure::rejected(text),
        }
    }
}

/// Names the profile that is signed out, if it is not the default one.
fn of_profile(lang: Lang, store: &Store, failure: Failure) -> Failure {
    let profile = store.profile();
    if profile.is_default() {
        failure
    } else {
        failure.with_next(&lang.of_profile(profile.as_str()))
    }
}

/// The error of being signed out.
fn signed_out(lang: Lang, origins: &Origins, why: SignedOut) -> Failure {
    Failure::signed_out(match why {
        SignedOut::Rejected if origins.api().is_loopback() => lang.signed_out_of_sandbox(),
        SignedOut::Expired => lang.signed_out_expired(),
        SignedOut::Rejected => lang.signed_out_rejected(),
        _ => lang.signed_out_never(),
    })
}

/// Route, status, kind, code, names of rejected fields; never the service's message, which may
/// quote the request.
fn rejected(lang: Lang, route: &str, hint: Option<&str>, rejection: &Rejection) -> String {
    let kind = rejection.kind();
    let status = rejection.status.as_u16();
    let what = match kind {
        RejectionKind::InvalidToken => lang.rejected_token(),
        RejectionKind::MissingScope => lang.rejected_scope(),
        RejectionKind::Forbidden => lang.rejected_forbidden(),
        RejectionKind::NotFound => lang.rejected_not_found(),
        RejectionKind::ReceiverFailed => lang.rejected_receiver(),
        RejectionKind::Malformed => lang.rejected_malformed(),
        RejectionKind::Invalid => lang.rejected_invalid(),
        RejectionKind::MethodNotAllowed => lang.rejected_method(),
        RejectionKind::Conflict => lang.rejected_conflict(),
        RejectionKind::TooManyRequests => lang.rejected_too_many(),
        RejectionKind::Redirect => lang.rejected_redirect(),
        RejectionKind::ServerFailed => lang.rejected_server(),
        RejectionKind::Unavailable => lang.rejected_unavailable(),
        _ => lang.rejected_other(),
    };
    let mut text = lang.rejected(route, status, &what);
    if let Some(code) = rejection.code().and_then(ErrorCode::plain) {
        text.push_str(&lang.rejected_code(code));
    }
    let mut lines = vec![text];
    let fields = rejection.problem.iter().flat_map(Problem::fields);
    let fields: Vec<&str> = fields.filter_map(FieldProblem::plain_field).collect();
    if !fields.is_empty() {
        let told = fields
            .iter()
            .map(|field| match allowed::texts(&rejection.route, field) {
                Some(known) => lang.field_takes(field, &known.join(", ")),
                None => (*field).to_owned(),
            });
        lines.push(lang.rejected_fields(&told.collect::<Vec<_>>().join("; ")));
    }
    lines.extend(hint.map(ToOwned::to_owned));
    if let Some(wait) = rejection.retry_after {
        lines.push(lang.retry_after(wait.as_secs()));
    }
    lines.join("\n")
}

/// The error of a call that cannot become a request.
pub(crate) fn encode(lang: Lang, error: EncodeError) -> String {
    match error {
        EncodeError::NoToken | EncodeError::Token => lang.bad_token(),
        EncodeError::PathValue { name } => lang.bad_path_value(name),
        EncodeError::Missing { name } => lang.missing_value(name),
        EncodeError::NoSuchDay { name } => lang.no_such_day(&format!("`{name}`")),
        EncodeError::NoSuchMoment { name } => lang.no_such_moment(name),
        EncodeError::Backwards => lang.backwards(),
        EncodeError::Path => lang.bad_path(),
        EncodeError::Body => lang.bad_body(),
        _ => lang.bad_request(),
    }
}

/// The error of a call without an answer. The system's own message may name addresses.
pub(crate) fn network(lang: Lang, error: &eduzz_hyper::Error) -> String {
    type Text = fn(Lang) -> String;
    let kinds: [(bool, Text); 7] = [
        (error.is_tls(), Lang::network_tls),
        (error.is_proxy(), Lang::network_proxy),
        (error.is_timeout(), Lang::network_timeout),
        (error.is_connect(), Lang::network_connect),
        (error.is_too_large(), Lang::network_too_large),
        (error.is_cut(), Lang::network_cut),
        (error.is_protocol(), Lang::network_protocol),
    ];
    let text = kinds.into_iter().find(|(is_it, _)| *is_it);
    text.map_or_else(|| lang.network_other(), |(_, text)| text(lang))
}

/// The reason why a row cannot be read: path and kind, never the value.
pub(crate) fn row_error(lang: Lang, error: &ReadError) -> String {
    match error {
        ReadError::Shape { path, reason } if path.is_empty() => lang.shape(reason),
        ReadError::Shape { path, reason } => lang.row_shape_at(path, &lang.shape(reason)),
        _ => lang.row_not_understood(),
    }
}

/// The reason why a body cannot be read: path and kind, never the value.
pub(crate) fn read_error(lang: Lang, error: &ReadError) -> String {
    match error {
        ReadError::Empty => lang.body_empty(),
        ReadError::Html => lang.body_html(),
        ReadError::Cut { length } => lang.body_cut(*length),
        ReadError::Syntax { line, column } => lang.body_syntax(*line, *column),
        ReadError::Shape { path, reason } => {
            let reason = lang.shape(reason);
            if path.is_empty() {
                lang.body_shape(&reason)
            } else {
                lang.body_shape_at(path, &reason)
            }
        }
        _ => lang.body_unreadable(),
    }
}
