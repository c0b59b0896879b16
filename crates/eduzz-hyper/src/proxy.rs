//! The route to the service: direct, or through a proxy.

use core::fmt;

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
        let matcher = Matcher::builder().https(url.as_str()).build();
        match ProxyRoute::to(Some(&matcher), &Uri::from_static("https://api.eduzz.com/")) {
            ProxyRoute::Tunnel { .. } | ProxyRoute::Socks { .. } => Ok(Self(Choice::Url {
                url,
                except: String::new(),
            })),
            ProxyRoute::Direct | ProxyRoute::Unsupported => Err(BuildError::new(
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
    pub(crate) fn matcher(&self) -> Option<Matcher> {
        match &self.0 {
            Choice::Environment => Some(Matcher::from_env()),
            Choice::Never => None,
            Choice::Url { url, except } => {
                Some(Matcher::builder().https(url.as_str()).no(except.as_str()).build())
            }
        }
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
}

impl ProxyRoute {
    pub(crate) fn to(matcher: Option<&Matcher>, target: &Uri) -> Self {
        let Some(intercept) = matcher.and_then(|matcher| matcher.intercept(target)) else {
            return Self::Direct;
        };
        match intercept.uri().scheme_str() {
            Some("http") => Self::Tunnel {
                proxy: intercept.uri().clone(),
                auth: intercept.basic_auth().cloned(),
            },
            Some("socks5" | "socks5h") => {
                with_port(intercept.uri(), 1080).map_or(Self::Unsupported, |proxy| {
                    let auth = intercept
                        .raw_auth()
                        .map(|(user, password)| (user.to_owned(), password.to_owned()));
                    Self::Socks { proxy, auth }
                })
            }
            _ => Self::Unsupported,
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
        let route =
            |url: &str| Proxy::url(url).map(|proxy| ProxyRoute::to(proxy.matcher().as_ref(), &target));
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
        let matcher = proxy.matcher();
        for (target, direct) in [
            ("https://api.eduzz.com/", true),
            ("https://eduzz.com/", true),
            ("https://10.1.2.3/", true),
            ("https://noteduzz.com/", false),
        ] {
            assert_eq!(
                matches!(
                    ProxyRoute::to(matcher.as_ref(), &Uri::from_static(target)),
                    ProxyRoute::Direct
                ),
                direct,
                "{target}"
            );
        }
    }
}
