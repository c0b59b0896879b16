//! The route to the service: direct, or through a proxy.

use core::fmt;
use std::env;

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;

use crate::builder::BuildError;

/// The proxy of a client's connections, if any.
///
/// Loopback is never proxied. The proxy resolves names. It opens a tunnel (`CONNECT` or SOCKS 5)
/// with TLS inside, so it cannot read the traffic. Credentials are sent to the proxy only, and
/// never printed.
#[derive(Clone)]
pub struct Proxy(Choice);

#[derive(Clone)]
enum Choice {
    Environment,
    Never,
    Url { url: String, except: String },
}

impl Proxy {
    /// Uses the environment as curl does: `HTTPS_PROXY`, else `ALL_PROXY`, except for the hosts in
    /// `NO_PROXY`, also in lower case. The variables are read once, when the client is built.
    ///
    /// A value that is not a proxy's URL is an error, never a direct connection: of the build, or
    /// of a call to a host that the client's origins do not name. The error names the variable.
    /// `HTTP_PROXY` is not used, since only calls on loopback are without TLS.
    #[must_use]
    pub const fn environment() -> Self {
        Self(Choice::Environment)
    }

    /// Connects directly and ignores the environment.
    #[must_use]
    pub const fn never() -> Self {
        Self(Choice::Never)
    }

    /// Uses the proxy of this URL: `http://[user:password@]host:port` or
    /// `socks5://[user:password@]host:port`.
    ///
    /// # Errors
    ///
    /// The URL has another form. The error does not repeat it, since it may hold a password.
    pub fn url(url: impl Into<String>) -> Result<Self, BuildError> {
        let url = url.into();
        match route_of(&url) {
            ProxyRoute::Tunnel { .. } | ProxyRoute::Socks { .. } => Ok(Self(Choice::Url {
                url,
                except: String::new(),
            })),
            _ => Err(BuildError::new(
                "the proxy's url does not have the form http://host:port or socks5://host:port",
            )),
        }
    }

    /// Connects directly to these hosts, in the form of `NO_PROXY`: names (including subdomains),
    /// addresses and networks, separated by commas; `*` means every host. It has an effect only on
    /// a proxy given by URL.
    #[must_use]
    pub fn except(mut self, hosts: &str) -> Self {
        if let Choice::Url { except, .. } = &mut self.0 {
            if !except.is_empty() {
                except.push(',');
            }
            except.push_str(hosts);
        }
        self
    }

    /// Reads the environment, if chosen.
    pub(crate) fn routes(&self) -> Routes {
        let (matcher, invalid) = match &self.0 {
            Choice::Environment => match Variable::invalid() {
                None => (Some(Matcher::from_env()), None),
                Some(variable) => {
                    // Any URL: the exceptions decide which calls need the proxy.
                    let no = ["NO_PROXY", "no_proxy"]
                        .into_iter()
                        .find_map(|name| env::var(name).ok());
                    let matcher = Matcher::builder()
                        .https("http://invalid")
                        .no(no.unwrap_or_default());
                    (Some(matcher.build()), Some(variable))
                }
            },
            Choice::Never => (None, None),
            Choice::Url { url, except } => {
                let matcher = Matcher::builder().https(url.as_str()).no(except.as_str()).build();
                (Some(matcher), None)
            }
        };
        Routes { matcher, invalid }
    }
}

impl Default for Proxy {
    fn default() -> Self {
        Self::environment()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Choice::Environment => "Proxy::environment",
            Choice::Never => "Proxy::never",
            Choice::Url { .. } => "Proxy::url",
        })
    }
}

/// A variable of the environment with a proxy's URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    pub(crate) clause: &'static str,
}

macro_rules! variable {
    ($name:literal) => {
        Variable {
            name: $name,
            clause: concat!(
                $name,
                " does not have the form http://host:port or socks5://host:port"
            ),
        }
    };
}

impl Variable {
    /// In the order of hyper-util: of each pair the first that is set counts, unless it is empty.
    const ALL: [[Self; 2]; 2] = [
        [variable!("HTTPS_PROXY"), variable!("https_proxy")],
        [variable!("ALL_PROXY"), variable!("all_proxy")],
    ];

    /// The variable that counts, if its value is not a proxy's URL.
    fn invalid() -> Option<Self> {
        // hyper-util ignores the variables of a CGI program.
        if env::var_os("REQUEST_METHOD").is_some() {
            return None;
        }
        let set = Self::ALL.into_iter().filter_map(|pair| {
            let mut pair = pair.into_iter();
            pair.find_map(|variable| Some((variable, env::var_os(variable.name)?)))
        });
        let (variable, value) = set.into_iter().find(|(_, value)| !value.is_empty())?;
        let is_valid = value
            .to_str()
            .is_some_and(|url| !matches!(route_of(url), ProxyRoute::Direct));
        (!is_valid).then_some(variable)
    }
}

/// The route through this proxy; direct if it is not a proxy's URL.
fn route_of(url: &str) -> ProxyRoute {
    let target = Uri::from_static("https://api.eduzz.com/");
    let matcher = Matcher::builder().https(url).build();
    let is_valid = matcher.intercept(&target).is_some_and(|intercept| {
        // `http::Uri` accepts any text as a port.
        let uri = intercept.uri();
        let host = uri.host().filter(|host| !host.is_empty());
        let rest = host.and_then(|host| uri.authority()?.as_str().strip_prefix(host));
        rest.is_some_and(|rest| rest.is_empty() || uri.port_u16().is_some_and(|port| port > 0))
    });
    let matcher = is_valid.then_some(matcher);
    Routes {
        matcher,
        invalid: None,
    }
    .to(&target)
}

/// The routes of a client.
pub(crate) struct Routes {
    matcher: Option<Matcher>,
    invalid: Option<Variable>,
}

/// The route to one target.
pub(crate) enum ProxyRoute {
    Direct,
    Tunnel {
        proxy: Uri,
        auth: Option<HeaderValue>,
    },
    Socks {
        proxy: Uri,
        auth: Option<(String, String)>,
    },
    Unsupported,
    Invalid(Variable),
}

impl Routes {
    pub(crate) fn to(&self, target: &Uri) -> ProxyRoute {
        let matcher = self.matcher.as_ref();
        let Some(intercept) = matcher.and_then(|matcher| matcher.intercept(target)) else {
            return ProxyRoute::Direct;
        };
        if let Some(variable) = self.invalid {
            return ProxyRoute::Invalid(variable);
        }
        match intercept.uri().scheme_str() {
            Some("http") => ProxyRoute::Tunnel {
                proxy: intercept.uri().clone(),
                auth: intercept.basic_auth().cloned(),
            },
            Some("socks5" | "socks5h") => {
                with_port(intercept.uri(), 1080).map_or(ProxyRoute::Unsupported, |proxy| {
                    let auth = intercept
                        .raw_auth()
                        .map(|(user, password)| (user.to_owned(), password.to_owned()));
                    ProxyRoute::Socks { proxy, auth }
                })
            }
            _ => ProxyRoute::Unsupported,
        }
    }
}

/// The URL with this port, unless it has one: hyper-util only knows HTTP's default.
fn with_port(uri: &Uri, port: u16) -> Option<Uri> {
    if uri.port().is_some() {
        return Some(uri.clone());
    }
    let authority = format!("{}:{port}", uri.host()?);
    Uri::builder()
        .scheme(uri.scheme()?.clone())
        .authority(authority)
        .path_and_query("/")
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "canary-proxy-password";

    #[test]
    fn password_does_not_print() {
        let proxy = Proxy::url(format!("http://user:{CANARY}@proxy.test:3128")).unwrap();
        assert!(!format!("{proxy:?} {proxy:#?}").contains(CANARY));
        for url in [
            format!("https://user:{CANARY}@proxy.test"),
            format!("no url: {CANARY}"),
            CANARY.into(),
        ] {
            if let Err(error) = Proxy::url(url) {
                assert!(!format!("{error} {error:?}").contains(CANARY));
            }
        }
    }

    #[test]
    fn url_gives_the_route() {
        let target = Uri::from_static("https://api.eduzz.com/");
        let route = |url: &str| Proxy::url(url).map(|proxy| proxy.routes().to(&target));
        assert!(matches!(
            route("http://proxy.test:3128"),
            Ok(ProxyRoute::Tunnel { auth: None, .. })
        ));
        assert!(matches!(
            route("http://u:p@proxy.test:3128"),
            Ok(ProxyRoute::Tunnel { auth: Some(_), .. })
        ));
        assert!(matches!(route("proxy.test:3128"), Ok(ProxyRoute::Tunnel { .. })));
        let Ok(ProxyRoute::Socks {
            proxy,
            auth: Some(auth),
        }) = route("socks5://u:p%20q@proxy.test")
        else {
            panic!("not socks");
        };
        assert_eq!(proxy.port_u16(), Some(1080));
        assert_eq!(auth, ("u".to_owned(), "p q".to_owned()));
        for refused in [
            "https://proxy.test",
            "socks4://proxy.test",
            "ftp://proxy.test",
            "",
            "/path",
            "http://",
            "http://:3128",
            "http//proxy.test",
            "http://proxy.test:port",
            "http://proxy.test:0",
            "http://proxy.test:65536",
            "http://proxy test",
            "proxy.test:3128:1",
        ] {
            assert!(route(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn exception_is_direct() {
        let proxy = Proxy::url("http://proxy.test")
            .unwrap()
            .except("other.test")
            .except("eduzz.com, 10.0.0.0/8");
        let routes = proxy.routes();
        for (target, direct) in [
            ("https://api.eduzz.com/", true),
            ("https://eduzz.com/", true),
            ("https://10.1.2.3/", true),
            ("https://noteduzz.com/", false),
        ] {
            assert_eq!(
                matches!(routes.to(&Uri::from_static(target)), ProxyRoute::Direct),
                direct,
                "{target}"
            );
        }
    }
}
