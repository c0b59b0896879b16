//! TLS: whose cryptography, which certificates are trusted, which versions of HTTP are offered.

use core::fmt;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::error::BuildError;

/// Whose cryptography is used, for TLS and for random numbers. The names follow the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Crypto {
    /// By `ring`: small, and quick to start. The default when it is compiled in.
    #[cfg(feature = "ring")]
    Ring,
    /// By `aws-lc-rs`: key exchange that resists quantum computers, and a way to FIPS. Slower to start.
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

/// Which certificates a server's own must lead to.
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
    /// Trusts what the operating system trusts. The default.
    ///
    /// On Linux that is the certificate store of the distribution, or what `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
    #[must_use]
    pub const fn platform() -> Self {
        Self::on(Base::Platform)
    }

    /// Trusts what Mozilla trusts, by a list compiled in: for images without a certificate store.
    #[cfg(feature = "webpki-roots")]
    #[must_use]
    pub const fn webpki() -> Self {
        Self::on(Base::WebPki)
    }

    /// Trusts nothing but what is added.
    #[must_use]
    pub const fn only() -> Self {
        Self::on(Base::Nothing)
    }

    /// Trusts the certificates in this PEM text as well, for instance those of a company's proxy.
    #[must_use]
    pub fn and_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.pem.push(pem.into());
        self
    }

    /// Trusts this DER certificate as well.
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
                added.push(certificate.map_err(BuildError::certificate)?);
            }
            if added.len() == before {
                return Err(BuildError::no_certificate());
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

/// How TLS is spoken; None when the platform trusts no certificate at all.
pub(crate) fn config(
    provider: Arc<CryptoProvider>,
    roots: &Roots,
    http1_only: bool,
) -> Result<Option<Arc<ClientConfig>>, BuildError> {
    let added = roots.added()?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(BuildError::tls)?;
    let builder = match roots.base {
        Base::Platform => match platform::trust(builder, provider, added)? {
            Some(builder) => builder,
            None => return Ok(None),
        },
        #[cfg(feature = "webpki-roots")]
        Base::WebPki => {
            let mut store = RootCertStore {
                roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
            };
            add(&mut store, added)?;
            builder.with_root_certificates(store)
        }
        Base::Nothing => {
            let mut store = RootCertStore::empty();
            add(&mut store, added)?;
            builder.with_root_certificates(store)
        }
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = if http1_only {
        vec![b"http/1.1".to_vec()]
    } else {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    };
    Ok(Some(Arc::new(config)))
}

fn add(store: &mut RootCertStore, added: Vec<CertificateDer<'static>>) -> Result<(), BuildError> {
    added
        .into_iter()
        .try_for_each(|certificate| store.add(certificate))
        .map_err(BuildError::certificate)
}

type Wanting = rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>;
type Settled = rustls::ConfigBuilder<ClientConfig, rustls::client::WantsClientCert>;

/// Where the trust is a list of files, it is read straight into rustls: `rustls-platform-verifier` would do the same there, with
/// two crates more.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
mod platform {
    use super::*;

    pub(super) fn trust(
        builder: Wanting,
        _: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Option<Settled>, BuildError> {
        let mut store = RootCertStore::empty();
        // A store of a hundred certificates may hold one that rustls does not read; the others still count.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        add(&mut store, added)?;
        Ok((!store.is_empty()).then(|| builder.with_root_certificates(store)))
    }
}

/// Where the trust is the operating system's judgement, the system is asked.
#[cfg(not(all(unix, not(target_vendor = "apple"), not(target_os = "android"))))]
mod platform {
    use rustls_platform_verifier::Verifier;

    use super::*;

    pub(super) fn trust(
        builder: Wanting,
        provider: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Option<Settled>, BuildError> {
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
        Verifier::new_with_extra_roots(added, provider).map_err(BuildError::tls)
    }

    /// Android judges alone: its verifier takes no other certificates.
    #[cfg(target_os = "android")]
    fn verifier(
        provider: Arc<CryptoProvider>,
        added: Vec<CertificateDer<'static>>,
    ) -> Result<Verifier, BuildError> {
        if added.is_empty() {
            Verifier::new(provider).map_err(BuildError::tls)
        } else {
            Err(BuildError::no_additions())
        }
    }
}
