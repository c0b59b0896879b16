//! TLS: cryptography, trusted certificates, and the HTTP versions offered.

use core::fmt;
use std::sync::{Arc, OnceLock};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use crate::builder::BuildError;
use crate::error::BoxError;

/// The cryptography for TLS and random numbers. The names follow the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Crypto {
    /// `ring`: small and quick to start. The default if it is compiled in.
    #[cfg(feature = "ring")]
    Ring,
    /// `aws-lc-rs`: post-quantum key exchange and a path to FIPS. Slower to start.
    #[cfg(feature = "aws-lc-rs")]
    AwsLcRs,
}

impl Crypto {
    /// The default among those compiled in.
    pub(crate) const fn preferred() -> Option<Self> {
        #[cfg(feature = "ring")]
        return Some(Self::Ring);
        #[cfg(all(feature = "aws-lc-rs", not(feature = "ring")))]
        return Some(Self::AwsLcRs);
        #[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
        return None;
    }

    pub(crate) fn provider(self) -> Arc<CryptoProvider> {
        match self {
            #[cfg(feature = "ring")]
            Self::Ring => Arc::new(rustls::crypto::ring::default_provider()),
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcRs => Arc::new(rustls::crypto::aws_lc_rs::default_provider()),
        }
    }
}

/// The trusted root certificates.
#[derive(Clone)]
pub struct Roots {
    base: Base,
    pem: Vec<Vec<u8>>,
    der: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Platform,
    #[cfg(feature = "webpki-roots")]
    WebPki,
    Nothing,
}

impl Roots {
    /// Trusts the operating system's certificates. The default.
    ///
    /// On Linux these are the distribution's certificate store, or `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR`.
    #[must_use]
    pub const fn platform() -> Self {
        Self::on(Base::Platform)
    }

    /// Trusts Mozilla's certificates, compiled in, for images without a certificate store.
    #[cfg(feature = "webpki-roots")]
    #[must_use]
    pub const fn webpki() -> Self {
        Self::on(Base::WebPki)
    }

    /// Trusts only the certificates that are added.
    #[must_use]
    pub const fn only() -> Self {
        Self::on(Base::Nothing)
    }

    /// Adds the certificates in this PEM text, for example of a company's proxy.
    #[must_use]
    pub fn and_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.pem.push(pem.into());
        self
    }

    /// Adds this DER certificate.
    #[must_use]
    pub fn and_der(mut self, der: impl Into<Vec<u8>>) -> Self {
        self.der.push(der.into());
        self
    }

    const fn on(base: Base) -> Self {
        Self {
            base,
            pem: Vec::new(),
            der: Vec::new(),
        }
    }

    fn added(&self) -> Result<Vec<CertificateDer<'static>>, BuildError> {
        let mut added: Vec<_> = self.der.iter().cloned().map(CertificateDer::from).collect();
        for pem in &self.pem {
            let before = added.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                added.push(certificate.map_err(unreadable)?);
            }
            if added.len() == before {
                return Err(BuildError::new("there is no certificate in the pem text"));
            }
        }
        Ok(added)
    }
}

impl Default for Roots {
    fn default() -> Self {
        Self::platform()
    }
}

impl fmt::Debug for Roots {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Roots")
            .field("base", &self.base)
            .field("added", &(self.pem.len() + self.der.len()))
            .finish()
    }
}

/// What opens TLS connections. Clones share it.
#[derive(Clone)]
pub(crate) struct Tls(Arc<Parts>);

struct Parts {
    provider: Arc<CryptoProvider>,
    base: Base,
    added: Vec<CertificateDer<'static>>,
    http1_only: bool,
    /// Made when it is first needed: reading a platform's certificates costs more than all else at
    /// the start of a program. `None` if the platform trusts no certificate.
    connector: OnceLock<Option<TlsConnector>>,
}

impl Tls {
    pub(crate) fn new(
        provider: Arc<CryptoProvider>,
        roots: &Roots,
        http1_only: bool,
    ) -> Result<Self, BuildError> {
        let added = roots.added()?;
        add(RootCertStore::empty(), added.clone())?;
        Ok(Self(Arc::new(Parts {
            provider,
            base: roots.base,
            added,
            http1_only,
            connector: OnceLock::new(),
        })))
    }

    /// The connector, made now unless it was before.
    pub(crate) fn load(&self) -> Result<Option<&TlsConnector>, BuildError> {
        let Self(parts) = self;
        if parts.connector.get().is_none() {
            let connector = parts.config()?.map(|config| TlsConnector::from(Arc::new(config)));
            _ = parts.connector.set(connector);
        }
        Ok(parts.connector.get().and_then(Option::as_ref))
    }

    /// The connector, made by another thread unless it was before: that reads files.
    pub(crate) async fn connector(&self) -> Result<Option<&TlsConnector>, BuildError> {
        if self.0.connector.get().is_none() {
            let tls = self.clone();
            let load = move || tls.load().map(|_| ());
            match tokio::task::spawn_blocking(load).await {
                Ok(loaded) => loaded?,
                // The runtime ends.
                Err(error) => return Err(BuildError::with("tls cannot be set up", error)),
            }
        }
        self.load()
    }
}

impl Parts {
    fn config(&self) -> Result<Option<ClientConfig>, BuildError> {
        let (provider, added) = (Arc::clone(&self.provider), self.added.clone());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(setup)?;
        let builder = match self.base {
            Base::Platform => match platform::trust(builder, provider, added)? {
                Some(builder) => builder,
                None => return Ok(None),
            },
            #[cfg(feature = "webpki-roots")]
            Base::WebPki => {
                let roots = webpki_roots::TLS_SERVER_ROOTS.to_vec();
                builder.with_root_certificates(add(RootCertStore { roots }, added)?)
            }
            Base::Nothing => builder.with_root_certificates(add(RootCertStore::empty(), added)?),
        };
        let mut config = builder.with_no_client_auth();
        config.alpn_protocols = if self.http1_only {
            vec![b"http/1.1".to_vec()]
        } else {
            vec![b"h2".to_vec(), b"http/1.1".to_vec()]
        };
        Ok(Some(config))
    }
}

fn add(mut store: RootCertStore, added: Vec<CertificateDer<'static>>) -> Result<RootCertStore, BuildError> {
    for certificate in added {
        store.add(certificate).map_err(unreadable)?;
    }
    Ok(store)
}

fn unreadable(error: impl Into<BoxError>) -> BuildError {
    BuildError::with("an added certificate cannot be read", error)
}

fn setup(error: rustls::Error) -> BuildError {
    BuildError::with("tls cannot be set up", error)
}

type NeedsRoots = rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>;
type HasRoots = rustls::ConfigBuilder<ClientConfig, rustls::client::WantsClientCert>;

/// Certificate files are read into rustls directly; `rustls-platform-verifier` would do the same
/// with two more crates.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
mod platform {
    use super::*;

    pub(super) fn trust(
        builder: NeedsRoots,
        _: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Option<HasRoots>, BuildError> {
        let mut store = RootCertStore::empty();
        // One certificate that rustls cannot read must not disable the others.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let store = add(store, added)?;
        Ok((!store.is_empty()).then(|| builder.with_root_certificates(store)))
    }
}

/// The operating system verifies certificates.
#[cfg(not(all(unix, not(target_vendor = "apple"), not(target_os = "android"))))]
mod platform {
    use rustls_platform_verifier::Verifier;

    use super::*;

    pub(super) fn trust(
        builder: NeedsRoots,
        provider: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Option<HasRoots>, BuildError> {
        let verifier = verifier(provider, added)?;
        Ok(Some(
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier)),
        ))
    }

    #[cfg(not(target_os = "android"))]
    fn verifier(
        provider: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Verifier, BuildError> {
        Verifier::new_with_extra_roots(added, provider).map_err(setup)
    }

    /// Android's verifier takes no added certificates.
    #[cfg(target_os = "android")]
    fn verifier(
        provider: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Verifier, BuildError> {
        if added.is_empty() {
            Verifier::new(provider).map_err(setup)
        } else {
            Err(BuildError::new(
                "this platform takes no added certificates: use `Roots::only`",
            ))
        }
    }
}
