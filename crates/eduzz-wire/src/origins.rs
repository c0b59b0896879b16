//! The hosts that calls are sent to.

use alloc::string::String;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use http::uri::{Authority, Scheme, Uri};

use crate::Service;

/// A scheme, host and port: `https`, or `http` on loopback only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    scheme: Scheme,
    authority: Authority,
}

impl Origin {
    /// Reads an origin such as `https://api.eduzz.com` or `http://127.0.0.1:4000`.
    ///
    /// # Errors
    ///
    /// The text is not an origin (for example, it has a path), or it is plain http to another
    /// machine, which would send tokens in clear text.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let parts = text
            .trim()
            .parse::<Uri>()
            .map_err(|_| OriginError::NotAnOrigin)?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(OriginError::NotAnOrigin);
        };
        let bare = parts.path_and_query.is_none_or(|path| path == "/");
        if !bare || !is_host_and_port(authority.as_str()) {
            return Err(OriginError::NotAnOrigin);
        }
        let origin = Self { scheme, authority };
        match origin.scheme.as_str() {
            "https" => Ok(origin),
            "http" if origin.is_loopback() => Ok(origin),
            "http" => Err(OriginError::PlainHttp),
            _ => Err(OriginError::NotAnOrigin),
        }
    }

    /// Whether the host is this machine: `127.0.0.0/8`, `[::1]` or `localhost`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(self.authority.host())
    }

    /// Whether a request may be sent to this URL: `https`, or `http` on loopback. [`Origins`] are
    /// checked; this is for a client that takes any request.
    #[must_use]
    pub fn allows(url: &Uri) -> bool {
        match url.scheme_str() {
            Some("https") => url.host().is_some(),
            Some("http") => url.host().is_some_and(is_loopback),
            _ => false,
        }
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    const fn https(authority: Authority) -> Self {
        Self {
            scheme: Scheme::HTTPS,
            authority,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback(),
        Ok(IpAddr::V6(ip)) => ip == Ipv6Addr::LOCALHOST,
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({self})")
    }
}

/// Whether an authority is a host, with or without a port, and nothing else. The `http` crate
/// accepts more: `[::1]h:1`, `host:+1`, `user@host`.
fn is_host_and_port(authority: &str) -> bool {
    let (is_host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((ip, port)) => (ip.parse::<Ipv6Addr>().is_ok(), port),
            None => return false,
        },
        None => {
            let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (is_name_or_ipv4(host), port)
        }
    };
    let is_port = match port.strip_prefix(':') {
        Some(digits) => {
            digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits.parse::<u16>().is_ok_and(|port| port > 0)
        }
        None => port.is_empty(),
    };
    is_host && is_port
}

/// A final dot is part of a name. A name whose last label is a number is an address; libraries read
/// it in several ways unless it has four parts (`127.1`, `0x7f.1`).
fn is_name_or_ipv4(host: &str) -> bool {
    let mut labels = host.strip_suffix('.').unwrap_or(host).split('.');
    let is_name = labels.clone().all(|label| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        !label.is_empty() && label.bytes().all(plain)
    });
    let is_number = labels.next_back().is_some_and(|last| {
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X")
    });
    is_name && (!is_number || host.parse::<Ipv4Addr>().is_ok())
}

/// The three origins of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origins {
    accounts: Origin,
    accounts_api: Origin,
    api: Origin,
}

impl Origins {
    /// Production: `https://accounts.eduzz.com`, `https://accounts-api.eduzz.com`,
    /// `https://api.eduzz.com`.
    #[must_use]
    pub fn production() -> Self {
        Self {
            accounts: Origin::https(Authority::from_static("accounts.eduzz.com")),
            accounts_api: Origin::https(Authority::from_static("accounts-api.eduzz.com")),
            api: Origin::https(Authority::from_static("api.eduzz.com")),
        }
    }

    /// Three other origins.
    #[must_use]
    pub const fn new(accounts: Origin, accounts_api: Origin, api: Origin) -> Self {
        Self {
            accounts,
            accounts_api,
            api,
        }
    }

    /// A sandbox on this machine, which serves all three: `http://127.0.0.1:4000`.
    ///
    /// # Errors
    ///
    /// The text is not an origin, or its host is not this machine.
    pub fn sandbox(url: &str) -> Result<Self, OriginError> {
        let origin = Origin::parse(url).map_err(|error| match error {
            OriginError::PlainHttp => OriginError::NotLoopback,
            error => error,
        })?;
        if origin.is_loopback() {
            Ok(Self {
                accounts: origin.clone(),
                accounts_api: origin.clone(),
                api: origin,
            })
        } else {
            Err(OriginError::NotLoopback)
        }
    }

    /// The origin where browsers sign in.
    #[must_use]
    pub const fn accounts(&self) -> &Origin {
        &self.accounts
    }

    /// The origin that exchanges codes for tokens.
    #[must_use]
    pub const fn accounts_api(&self) -> &Origin {
        &self.accounts_api
    }

    /// The origin of the API.
    #[must_use]
    pub const fn api(&self) -> &Origin {
        &self.api
    }

    /// The origin of a service.
    #[must_use]
    pub const fn of(&self, service: Service) -> &Origin {
        match service {
            Service::Api => &self.api,
            Service::AccountsApi => &self.accounts_api,
        }
    }

    /// The URL of a browser page at [`accounts`](Self::accounts).
    #[must_use]
    pub fn accounts_url(&self, path_and_query: &str) -> String {
        alloc::format!("{}{path_and_query}", self.accounts)
    }
}

impl Default for Origins {
    /// [`production`](Self::production).
    fn default() -> Self {
        Self::production()
    }
}

/// Why a text is not a valid origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// Not `scheme://host[:port]`.
    #[error("not an origin: write https://host or https://host:port, without path, query or user name")]
    NotAnOrigin,
    /// Plain http to another machine.
    #[error("plain http is allowed for this machine only (127.0.0.1, [::1], localhost): write https")]
    PlainHttp,
    /// A sandbox that is not on this machine.
    #[error("a sandbox must be on this machine: write http://127.0.0.1:PORT")]
    NotLoopback,
}
