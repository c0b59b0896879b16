//! The way to the service: direct, or through a proxy.

use core::fmt;

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::Matcher;

use crate::error::BuildError;

/// Which proxy the connections go through, if any.
///
/// A target on loopback is never proxied. Names are resolved by the proxy. What is sent stays private to the two ends: the proxy
/// opens a tunnel (`CONNECT`, or SOCKS 5) and TLS runs through it. Credentials are sent to the proxy alone, and never printed.
#[derive(Clone)]
pub struct Proxy(Choice);

#[derive(Clone)]
enum Choice {
    Environment,
    Never,
    Url { url: String, except: String },
}

impl Proxy {
    /// Does what the environment says, as curl would: `HTTPS_PROXY`, else `ALL_PROXY`, but not for the hosts in `NO_PROXY`;
    /// lower case works as well. The variables are read once, when the client is built.
    #[must_use]
    pub const fn environment() -> Self {
        Self(Choice::Environment)
    }

    /// Connects directly, whatever the environment says.
    #[must_use]
    pub const fn never() -> Self {
        Self(Choice::Never)
    }

    /// Goes through the proxy of this URL: `http://[user:password@]host:port` or `socks5://[user:password@]host:port`.
    ///
    /// # Errors
    ///
    /// When the URL has another form. The error does not repeat it, for it may hold a password.
    pub fn url(url: impl Into<String>) -> Result<Self, BuildError> {
        let url = url.into();
        let matcher = Matcher::builder().https(url.as_str()).build();
        match Way(Some(matcher)).hop(&Uri::from_static("https://api.eduzz.com/")) {
            Hop::Tunnel { .. } | Hop::Socks { .. } => Ok(Self(Choice::Url {
                url,
                except: String::new(),
            })),
            Hop::Direct | Hop::Unsupported => Err(BuildError::proxy()),
        }
    }

    /// Connects directly to these hosts, given as `NO_PROXY` would be: names, which include the names below them, addresses and
    /// networks, separated by commas; `*` is every host. Only for a proxy given by its URL.
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

    /// Settles the choice: the environment is read here, once.
    pub(crate) fn way(&self) -> Way {
        Way(match &self.0 {
            Choice::Environment => Some(Matcher::from_env()),
            Choice::Never => None,
            Choice::Url { url, except } => {
                Some(Matcher::builder().https(url.as_str()).no(except.as_str()).build())
            }
        })
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

/// The settled choice.
pub(crate) struct Way(Option<Matcher>);

/// The first hop to one target.
pub(crate) enum Hop {
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

impl Way {
    pub(crate) fn hop(&self, target: &Uri) -> Hop {
        let Some(intercept) = self.0.as_ref().and_then(|matcher| matcher.intercept(target)) else {
            return Hop::Direct;
        };
        match intercept.uri().scheme_str() {
            Some("http") => Hop::Tunnel {
                proxy: intercept.uri().clone(),
                auth: intercept.basic_auth().cloned(),
            },
            Some("socks5" | "socks5h") => {
                with_port(intercept.uri(), 1080).map_or(Hop::Unsupported, |proxy| {
                    let auth = intercept
                        .raw_auth()
                        .map(|(user, password)| (user.to_owned(), password.to_owned()));
                    Hop::Socks { proxy, auth }
                })
            }
            _ => Hop::Unsupported,
        }
    }
}

/// The URL with this port, unless it names one: hyper-util knows the default of HTTP alone.
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
    fn the_password_does_not_print() {
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
    fn a_url_gives_the_first_hop() {
        let target = Uri::from_static("https://api.eduzz.com/");
        let hop = |url: &str| Proxy::url(url).map(|proxy| proxy.way().hop(&target));
        assert!(matches!(
            hop("http://proxy.test:3128"),
            Ok(Hop::Tunnel { auth: None, .. })
        ));
        assert!(matches!(
            hop("http://u:p@proxy.test:3128"),
            Ok(Hop::Tunnel { auth: Some(_), .. })
        ));
        assert!(matches!(hop("proxy.test:3128"), Ok(Hop::Tunnel { .. })));
        let Ok(Hop::Socks {
            proxy,
            auth: Some(auth),
        }) = hop("socks5://u:p%20q@proxy.test")
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
            assert!(hop(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn exceptions_are_direct() {
        let proxy = Proxy::url("http://proxy.test")
            .unwrap()
            .except("other.test")
            .except("eduzz.com, 10.0.0.0/8");
        let way = proxy.way();
        for (target, direct) in [
            ("https://api.eduzz.com/", true),
            ("https://eduzz.com/", true),
            ("https://10.1.2.3/", true),
            ("https://noteduzz.com/", false),
        ] {
            assert_eq!(
                matches!(way.hop(&Uri::from_static(target)), Hop::Direct),
                direct,
                "{target}"
            );
        }
    }
}
