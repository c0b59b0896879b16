//! What all pages of the panel share: the language, the frame, notices, texts of others.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{SCRIPT_PATH, STYLE_PATH, actions};
use crate::http::pages::{ICON_PATH, head, header_text};
use crate::running::Running;
use crate::state::calendar::Moment;

const LANG_COOKIE: &str = "eduzz_panel_lang";
const NOTICE_COOKIE: &str = "eduzz_panel_notice";

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Lang {
    Pt,
    En,
}

impl Lang {
    /// The text in this language.
    pub(in crate::http) fn say<T>(self, pt: T, en: T) -> T {
        match self {
            Self::Pt => pt,
            Self::En => en,
        }
    }

    fn named(text: &str) -> Option<Self> {
        let tag = text.trim();
        let language = tag.split('-').next().unwrap_or(tag);
        if language.eq_ignore_ascii_case("pt") {
            Some(Self::Pt)
        } else if language.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::Pt => "pt-BR",
            Self::En => "en",
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Pt => "pt",
            Self::En => "en",
        }
    }

    /// The day and the time in Brasília.
    pub(in crate::http) fn moment(self, time: SystemTime) -> String {
        let (day, clock) = Moment::at(time).in_brasilia();
        format!("{} {clock}", self.day(&day))
    }

    /// A day of the form `2026-03-01`.
    pub(in crate::http) fn day(self, day: &str) -> String {
        match (self, day.split('-').collect::<Vec<_>>().as_slice()) {
            (Self::Pt, [year, month, day]) => format!("{day}/{month}/{year}"),
            _ => day.to_owned(),
        }
    }

    /// A number with its noun.
    pub(in crate::http) fn count(self, count: u64, one: [&str; 2], more: [&str; 2]) -> String {
        let [pt, en] = if count == 1 { one } else { more };
        format!("{count} {}", self.say(pt, en))
    }

    /// A number of bytes.
    pub(in crate::http) fn bytes(self, size: u64) -> String {
        let tenths = |unit: u64| {
            let tenths = size.saturating_mul(10) / unit;
            format!("{}{}{}", tenths / 10, self.say(",", "."), tenths % 10)
        };
        match size {
            0..1_024 => format!("{size} B"),
            1_024..1_048_576 => format!("{} KiB", tenths(1_024)),
            _ => format!("{} MiB", tenths(1_048_576)),
        }
    }

    /// A span of time.
    pub(in crate::http) fn span(self, span: Duration) -> String {
        let micros = span.as_micros();
        let tenths = |unit: u128| {
            let tenths = micros.saturating_mul(10) / unit;
            format!("{}{}{}", tenths / 10, self.say(",", "."), tenths % 10)
        };
        match micros {
            0..10_000 => format!("{} ms", tenths(1_000)),
            10_000..1_000_000 => format!("{} ms", micros / 1_000),
            _ => format!("{} s", tenths(1_000_000)),
        }
    }
}

/// A page in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Place {
    Start,
    Requests,
    Shop,
    Webhooks,
    Faults,
    Accounts,
}

impl Place {
    /// In the order of the navigation.
    const ALL: &[Self] = &[
        Self::Start,
        Self::Requests,
        Self::Shop,
        Self::Webhooks,
        Self::Faults,
        Self::Accounts,
    ];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Start => "/",
            Self::Requests => "/panel/requests",
            Self::Shop => "/panel/shop",
            Self::Webhooks => "/panel/webhooks",
            Self::Faults => "/panel/faults",
            Self::Accounts => "/panel/accounts",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Start => lang.say("Início", "Start"),
            Self::Requests => lang.say("Requisições", "Requests"),
            Self::Shop => lang.say("Loja", "Shop"),
            Self::Webhooks => "Webhooks",
            Self::Faults => lang.say("Falhas", "Faults"),
            Self::Accounts => lang.say("Contas", "Accounts"),
        }
    }
}

/// A request of a page of the panel.
pub(in crate::http) struct View {
    pub(in crate::http) running: Arc<Running>,
    pub(in crate::http) lang: Lang,
    /// The sandbox's origin as the browser sees it.
    pub(in crate::http) origin: String,
    path: String,
    query: Vec<(String, String)>,
    /// Whether the language was chosen with this request.
    is_chosen: bool,
    notice: Option<Notice>,
}

/// What a form did, for the next page.
pub(in crate::http) struct Notice {
    is_good: bool,
    text: String,
}

impl Notice {
    /// It was done.
    pub(in crate::http) fn good(text: impl Into<String>) -> Self {
        Self {
            is_good: true,
            text: text.into(),
        }
    }

    /// It was refused.
    pub(in crate::http) fn bad(text: impl Into<String>) -> Self {
        Self {
            is_good: false,
            text: text.into(),
        }
    }

    /// Reads a cookie's value.
    fn read(value: &str) -> Option<Self> {
        let (kind, text) = value.split_once('.')?;
        let text = percent_decode_str(text).decode_utf8_lossy().into_owned();
        let is_good = kind == "good";
        (!text.is_empty()).then_some(Self { is_good, text })
    }
}

impl FromRequestParts<Arc<Running>> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, running: &Arc<Running>) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let query = parts.uri.query().unwrap_or_default();
        let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = query.iter().find(|(name, _)| name == "lang");
        let asked = asked.and_then(|(_, lang)| Lang::named(lang));
        let known = || cookie(headers, LANG_COOKIE).and_then(Lang::named);
        // `host.rs` has checked that it is a loopback host.
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        Ok(Self {
            running: Arc::clone(running),
            lang: asked.or_else(known).unwrap_or_else(|| accepted(headers)),
            origin: format!("http://{}", host.unwrap_or("127.0.0.1")),
            path: parts.uri.path().to_owned(),
            query: query.into_iter().filter(|(name, _)| name != "lang").collect(),
            is_chosen: asked.is_some(),
            notice: cookie(headers, NOTICE_COOKIE).and_then(Notice::read),
        })
    }
}

impl View {
    /// The text in the language of the page.
    pub(in crate::http) fn say<T>(&self, pt: T, en: T) -> T {
        self.lang.say(pt, en)
    }

    /// A parameter of the query that is not empty.
    pub(in crate::http) fn asked(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rev().find(|(given, _)| given == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// This page's address, for forms that lead back to it.
    pub(in crate::http) fn here(&self) -> String {
        self.here_with(None)
    }

    /// This page's address with another value of a parameter, or without it.
    pub(in crate::http) fn here_but(&self, name: &str, value: Option<&str>) -> String {
        let kept = self.query.iter().filter(|(given, _)| given != name);
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        address(&self.path, kept.chain(value.map(|value| (name, value))))
    }

    fn here_with(&self, more: Option<(&str, &str)>) -> String {
        let query = self
            .query
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        address(&self.path, query.chain(more))
    }

    /// A page in the panel's frame.
    pub(in crate::http) fn page(&self, place: Place, title: &str, body: &Markup) -> Response {
        self.page_of(StatusCode::OK, place, title, body)
    }

    /// As [`page`](Self::page), with another status, and perhaps outside of the navigation.
    pub(in crate::http) fn page_of(
        &self,
        status: StatusCode,
        place: impl Into<Option<Place>>,
        title: &str,
        body: &Markup,
    ) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) {
                head {
                    (head(title, STYLE_PATH))
                    script src=(SCRIPT_PATH) defer {}
                }
                body {
                    a.skip href="#main" { (self.say("Ir para o conteúdo", "Skip to the content")) }
                    (self.side(place.into()))
                    main #main {
                        @if let Some(notice) = &self.notice {
                            p.notice.refused[!notice.is_good] role="status" { (coded(&notice.text)) }
                        }
                        (body)
                    }
                }
            }
        };
        let mut response = (status, Html(page.into_string())).into_response();
        if self.is_chosen {
            let year = 365 * 86_400;
            let cookie = format!(
                "{LANG_COOKIE}={}; Path=/; Max-Age={year}; HttpOnly; SameSite=Strict",
                self.lang.code()
            );
            append_cookie(&mut response, &cookie);
        }
        if self.notice.is_some() {
            let over = format!("{NOTICE_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
            append_cookie(&mut response, &over);
        }
        response
    }

    fn side(&self, place: Option<Place>) -> Markup {
        let (other, name) = self.say((Lang::En, "English"), (Lang::Pt, "Português"));
        let switch = self.here_with(Some(("lang", other.code())));
        html! {
            header.side {
                a.brand href="/" {
                    img src=(ICON_PATH) alt="" width="28" height="28";
                    span {
                        strong { (self.say("Sandbox local", "Local sandbox")) }
                        small { (self.say("não é a Eduzz", "not Eduzz itself")) }
                    }
                }
                nav aria-label=(self.say("Páginas", "Pages")) {
                    @for page in Place::ALL {
                        a href=(page.path()) aria-current=[(Some(*page) == place).then_some("page")] {
                            (page.name(self.lang))
                        }
                    }
                }
                div.foot {
                    p #clock data-live="requests webhooks shop" {
                        span.label { (self.say("Relógio do sandbox", "The sandbox's clock")) }
                        time { (self.lang.moment(self.running.config.clock.now())) }
                    }
                    p.live hidden { (self.say("ao vivo", "live")) }
                    a.lang href=(switch) lang=(other.tag()) hreflang=(other.tag()) { (name) }
                }
            }
        }
    }

    /// A form that does an action and leads back to this page.
    pub(super) fn form(&self, class: &str, fields: &[(&str, &str)], body: &Markup) -> Markup {
        html! {
            form class=(class) method="post" action=(actions::PATH) {
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                input type="hidden" name="back" value=(self.here());
                (body)
            }
        }
    }

    /// A button that copies a text, where scripts run.
    pub(in crate::http) fn copy(&self, text: &str) -> Markup {
        html! {
            button.copy type="button" hidden data-copy=(text) data-done=(self.say("Copiado", "Copied")) {
                (self.say("Copiar", "Copy"))
            }
        }
    }

    /// A block of code with a button that copies it.
    pub(in crate::http) fn code_block(&self, text: &str) -> Markup {
        html! {
            div.code {
                (self.copy(text))
                pre tabindex="0" { (isolated(text)) }
            }
        }
    }

    /// An account's name, or its id.
    pub(in crate::http) fn account<'a>(&'a self, id: &'a str) -> &'a str {
        self.running.config.person(id).map_or(id, |person| &person.name)
    }

    /// An application's name, or its id.
    pub(in crate::http) fn app<'a>(&'a self, id: &'a str) -> &'a str {
        self.running.config.app(id).map_or(id, |app| &app.name)
    }
}

/// Sends a form's browser back to a page of the panel, which shows the notice once.
pub(in crate::http) fn see_again(back: &str, notice: &Notice) -> Response {
    let is_own = back.starts_with('/') && super::is_own(back.split(['?', '#']).next().unwrap_or_default());
    let back = if is_own && !back.contains('\\') { back } else { "/" };
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, header_text(back))]).into_response();
    let kind = if notice.is_good { "good" } else { "bad" };
    // Browsers drop cookies of more than 4 KiB.
    let text: String = notice.text.chars().take(300).collect();
    let text = utf8_percent_encode(&text, NON_ALPHANUMERIC);
    let cookie = format!("{NOTICE_COOKIE}={kind}.{text}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict");
    append_cookie(&mut response, &cookie);
    response
}

/// A text of others: it neither changes the direction of what surrounds it nor widens it.
pub(in crate::http) fn isolated(text: &str) -> Markup {
    html! { bdi.foreign { (visible(text)) } }
}

/// A text of others with words between backticks, which are code.
pub(super) fn coded(text: &str) -> Markup {
    html! {
        bdi.foreign {
            @for (place, part) in text.split('`').enumerate() {
                @if place % 2 == 1 { code { (visible(part)) } } @else { (visible(part)) }
            }
        }
    }
}

/// The text with its control characters and marks of direction made visible.
pub(in crate::http) fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |letter: char| {
        letter.is_control() && !matches!(letter, '\n' | '\t')
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
    };
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\0'..='\u{1f}' if is_hidden(letter) => {
                // The symbols of control characters have the same order.
                let symbol = char::from_u32(0x2400 + u32::from(letter));
                shown.push(symbol.unwrap_or('\u{fffd}'));
            }
            letter if is_hidden(letter) => shown.extend(letter.escape_unicode()),
            letter => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

fn append_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn address<'a>(path: &str, query: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter();
    let cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let found = pairs.find_map(|pair| pair.trim().split_once('=').filter(|(name, _)| *name == wanted));
    found.map(|(_, value)| value)
}

/// The language that the browser prefers of the two; Portuguese if it names neither.
fn accepted(headers: &HeaderMap) -> Lang {
    let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut best = (Lang::Pt, 0.0_f32);
    for range in header.unwrap_or_default().split(',') {
        let (tag, quality) = match range.split_once(';') {
            Some((tag, quality)) => (tag, quality.trim().strip_prefix("q=")),
            None => (range, Some("1")),
        };
        let quality = quality.and_then(|quality| quality.trim().parse().ok());
        if let (Some(lang), Some(quality)) = (Lang::named(tag), quality)
            && quality > best.1
        {
            best = (lang, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_follows_the_browser() {
        let cases = [
            ("", Lang::Pt),
            ("fr", Lang::Pt),
            ("en", Lang::En),
            ("en-US,en;q=0.9,pt-BR;q=0.8", Lang::En),
            ("fr, pt;q=0.5, en;q=0.4", Lang::Pt),
            ("en;q=0.1, pt-BR;q=0.2", Lang::Pt),
            ("en;q=x", Lang::Pt),
            ("EN-gb ; q=0.3", Lang::En),
        ];
        for (header, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
            assert_eq!(accepted(&headers), expected, "{header}");
        }
    }

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(visible("ação\n\t"), "ação\n\t");
        assert_eq!(visible("\u{1b}[31m\u{202e}x\u{7f}"), "␛[31m\\u{202e}x\\u{7f}");
    }

    #[test]
    fn form_leads_back_to_the_panel_only() {
        let to = |back: &str| {
            let response = see_again(back, &Notice::good("ok"));
            response.headers()[LOCATION].to_str().unwrap().to_owned()
        };
        assert_eq!(to("/panel/faults?a=b"), "/panel/faults?a=b");
        for other in [
            "//example.com",
            "https://example.com/",
            "/\\example.com",
            "",
            "/oauth/authorize",
        ] {
            assert_eq!(to(other), "/", "{other}");
        }
    }

    #[test]
    fn amounts_are_short() {
        assert_eq!(Lang::Pt.span(Duration::from_micros(1_250)), "1,2 ms");
        assert_eq!(Lang::En.span(Duration::from_millis(999)), "999 ms");
        assert_eq!(Lang::En.span(Duration::from_millis(40_060)), "40.0 s");
        assert_eq!(Lang::Pt.bytes(1_536), "1,5 KiB");
        assert_eq!(Lang::Pt.bytes(12), "12 B");
    }
}
