//! The calls that the SDK knows, by name, made from its list.

use std::future::Future;
use std::pin::Pin;

use eduzz_fixtures::fidelity::{self, Report};
use eduzz_oauth::{ExchangeCode, TokenReply};
use eduzz_types::AccessToken;
use eduzz_wire::{
    EncodeError, Endpoint, EndpointExt as _, Next, Origins, Paged, ReadError, Route, Row, Sweep,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::{self, Api};
use crate::failure::Failure;
use crate::fields::{self, Given, folded};
use crate::lang::Lang;
use crate::lists::walk::{TOLD, completeness_note, unreadable_note, unreadable_total};
use crate::output::Output;
use crate::probe::{self, Field};
use crate::similar::advice;

/// The field that a walk sets itself.
const PAGE: &str = "page";

/// One call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// The type's name: `GetMe`.
    pub(crate) name: &'static str,
    pub(crate) route: &'static Route,
    /// The names of its fields.
    pub(crate) fields: &'static [&'static str],
    describe: fn() -> Vec<Field>,
    check: Check,
    /// None for the exchange of a code, which belongs to the sign-in.
    prepare: Option<Prepare>,
    /// None for a call that does not answer in pages.
    walk: Option<PrepareWalk>,
}

type Check = fn(&[u8]) -> Result<Report, ReadError>;
type Prepare = fn(Lang, &'static str, &Given) -> Result<Box<dyn Prepared>, Failure>;
type PrepareWalk = fn(Lang, &'static str, &Given) -> Result<Box<dyn Walked>, Failure>;

/// A call whose fields are read, ready to be sent.
pub(crate) trait Prepared {
    /// Sends it; gives the answer as JSON.
    fn send<'a>(&'a self, api: &'a Api) -> Answer<'a>;

    /// Finds errors of the call without sending it.
    fn check(&self) -> Result<(), EncodeError>;
}

pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, Failure>> + 'a>>;

impl<E: Endpoint> Prepared for E
where
    E::Output: Serialize,
{
    fn send<'a>(&'a self, api: &'a Api) -> Answer<'a> {
        Box::pin(async move {
            let answer = api.call(self).await?;
            serde_json::to_vec(&answer).map_err(|_| Failure::rejected(api.lang().answer_not_writable()))
        })
    }

    fn check(&self) -> Result<(), EncodeError> {
        self.request(&Origins::production(), Some(&AccessToken::new("-")))
            .map(drop)
    }
}

/// A paged call whose fields are read, ready to be walked.
pub(crate) trait Walked {
    /// Walks all pages; gives the rows as one JSON list, an unreadable row as it came.
    fn walk<'a>(&'a self, output: Output, api: &'a Api) -> Answer<'a>;
}

impl<L> Walked for L
where
    L: Paged,
    L::Row: Serialize,
{
    fn walk<'a>(&'a self, output: Output, api: &'a Api) -> Answer<'a> {
        Box::pin(async move {
            let lang = output.lang;
            let mut sweep = Sweep::new(self.clone());
            let (mut rows, mut unreadable) = (Vec::new(), 0);
            loop {
                match sweep.next() {
                    Next::Call(call) => sweep.received(api.call(&call).await?),
                    Next::End => break,
                    Next::Item(row) => {
                        if let Row::Unreadable(broken) = &row {
                            unreadable += 1;
                            if unreadable <= TOLD {
                                let number = u64::try_from(rows.len()).unwrap_or(u64::MAX).saturating_add(1);
                                let why = client::row_error(lang, &broken.source);
                                output.note(&unreadable_note(lang, number, &why, true));
                            }
                        }
                        rows.push(row);
                    }
                }
            }
            unreadable_total(output, unreadable);
            completeness_note(output, sweep.progress().completeness);
            serde_json::to_vec(&rows).map_err(|_| Failure::rejected(lang.answer_not_writable()))
        })
    }
}

macro_rules! known {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
        /// Every call, the exchange of a code first.
        pub(crate) fn all() -> Vec<Known> {
            vec![
                Known {
                    name: "ExchangeCode",
                    route: const { &ExchangeCode::ROUTE },
                    fields: &[],
                    describe: Vec::new,
                    check: fidelity::check::<TokenReply>,
                    prepare: None,
                    walk: None,
                },
                $(Known::of::<eduzz_api::$product::$call>(
                    stringify!($call),
                    walk_of(stringify!($call)),
                )),*
            ]
        }
    };
}
eduzz_api::for_each_endpoint!(known);

macro_rules! paged {
    ($(($product:ident, $call:ident)),* $(,)?) => {
        /// How a call that answers in pages is walked.
        fn walk_of(name: &str) -> Option<PrepareWalk> {
            match name {
                $(stringify!($call) => Some(|lang, name, given| {
                    Ok(Box::new(given.call::<eduzz_api::$product::$call>(lang, name)?))
                }),)*
                _ => None,
            }
        }
    };
}
eduzz_api::for_each_paged!(paged);

impl Known {
    fn of<E>(name: &'static str, walk: Option<PrepareWalk>) -> Self
    where
        E: Endpoint + DeserializeOwned + 'static,
        E::Output: Serialize,
    {
        Self {
            name,
            route: const { &E::ROUTE },
            fields: fields::names::<E>(),
            describe: || probe::fields::<E>(fields::names::<E>()),
            check: fidelity::check::<E::Output>,
            prepare: Some(|lang, name, given| Ok(Box::new(given.call::<E>(lang, name)?))),
            walk,
        }
    }

    /// The call of this name, whatever its case, with or without `-` and `_`.
    pub(crate) fn named(lang: Lang, given: &str) -> Result<Self, Failure> {
        let all = all();
        let found = all
            .iter()
            .find(|known| folded(known.name) == folded(given))
            .copied();
        found.ok_or_else(|| {
            let names = all.iter().map(|known| known.name);
            let advice = advice(lang, given, names, lang.see_endpoints());
            Failure::usage(format!("{}\n{advice}", lang.unknown_call()))
        })
    }

    /// The call of `METHOD /template`, with places as `:id` or `{id}` of any name.
    pub(crate) fn routed(lang: Lang, given: &str) -> Result<Self, Failure> {
        let all = all();
        let wanted = fold_route(given);
        let found = all
            .iter()
            .find(|known| wanted.is_some() && fold_route(&known.route.to_string()) == wanted);
        found.copied().ok_or_else(|| {
            let routes: Vec<String> = all.iter().map(|known| known.route.to_string()).collect();
            let names = routes.iter().map(String::as_str);
            let advice = advice(lang, given, names, lang.see_endpoints());
            Failure::usage(format!("{}\n{advice}", lang.unknown_route()))
        })
    }

    /// Reads a body with the model of the call's output, writes it back and compares.
    pub(crate) fn check(&self, body: &[u8]) -> Result<Report, ReadError> {
        (self.check)(self.route.read_as(body))
    }

    /// The call's fields, with their kinds.
    pub(crate) fn described(&self) -> Vec<Field> {
        (self.describe)()
    }

    /// Whether it answers in pages.
    pub(crate) const fn is_paged(&self) -> bool {
        self.walk.is_some()
    }

    /// Whether it belongs to the sign-in, and is no call of its own.
    pub(crate) const fn is_sign_in(&self) -> bool {
        self.prepare.is_none()
    }

    /// Reads the call's fields.
    pub(crate) fn prepare(&self, lang: Lang, given: &Given) -> Result<Box<dyn Prepared>, Failure> {
        match self.prepare {
            Some(prepare) => prepare(lang, self.name, given),
            None => Err(Failure::usage(lang.exchange_is_login())),
        }
    }

    /// Reads the fields of a call that is to be walked.
    pub(crate) fn prepare_walk(&self, lang: Lang, given: &Given) -> Result<Box<dyn Walked>, Failure> {
        let Some(prepare) = self.walk else {
            return Err(Failure::usage(lang.not_paged(self.name)));
        };
        if given.get(PAGE).is_some() {
            return Err(Failure::usage(lang.page_with_all()));
        }
        prepare(lang, self.name, given)
    }
}

/// Method and segments, places without their names, if the text is `METHOD /path`.
fn fold_route(text: &str) -> Option<(String, Vec<String>)> {
    let mut words = text.split_whitespace();
    let (method, path) = (words.next()?.to_ascii_uppercase(), words.next()?);
    if words.next().is_some() || !path.starts_with('/') {
        return None;
    }
    let is_place =
        |segment: &str| segment.starts_with(':') || (segment.starts_with('{') && segment.ends_with('}'));
    let segments = path
        .trim_end_matches('/')
        .split('/')
        .map(|segment| {
            if is_place(segment) {
                String::from(":")
            } else {
                segment.to_owned()
            }
        })
        .collect();
    Some((method, segments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_routes_are_found_in_any_spelling() {
        let named = |name: &str| Known::named(Lang::En, name).map(|known| known.name).ok();
        let routed = |route: &str| Known::routed(Lang::En, route).map(|known| known.name).ok();
        for name in ["GetMe", "getme", "get_me", "get-me", "GET-ME"] {
            assert_eq!(named(name), Some("GetMe"), "{name}");
        }
        assert_eq!(named("GetYou"), None);
        for route in ["GET /accounts/v1/me", "get  /accounts/v1/me/"] {
            assert_eq!(routed(route), Some("GetMe"), "{route}");
        }
        let me = "/accounts/v1/me";
        for route in [
            "",
            "GET",
            me,
            &format!("POST {me}"),
            "GET accounts/v1/me",
            "GET /a b",
        ] {
            assert_eq!(routed(route), None, "{route}");
        }
    }

    #[test]
    fn paged_calls_have_a_page_field() {
        for known in all() {
            let has_page = known.fields.contains(&PAGE);
            assert_eq!(known.walk.is_some(), has_page, "{}", known.name);
        }
    }

    #[test]
    fn places_of_a_route_match_any_name() {
        assert_eq!(fold_route("GET /a/:id/b"), fold_route("get /a/{saleId}/b/"));
        assert_ne!(fold_route("GET /a/:id"), fold_route("GET /a/b"));
    }
}
