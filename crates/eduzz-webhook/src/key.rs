//! Keys, which verify and open deliveries.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::webhook::WebhookSecret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::signature::{self, Signature};
use crate::{Delivery, Forged};

/// The key of one configuration's deliveries.
///
/// It prepares the HMAC state once. `Debug` is masked, and the memory is wiped on drop.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

/// The secret is empty, so anyone could sign with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the webhook's secret is empty: is the variable or file that holds it set?")]
pub struct BlankSecret;

impl Key {
    /// Creates the key from the trimmed secret.
    ///
    /// # Errors
    ///
    /// The secret is empty: an unset variable must not create a receiver that accepts anything.
    pub fn new(secret: &WebhookSecret) -> Result<Self, BlankSecret> {
        let secret = secret.expose().as_bytes();
        if secret.is_empty() {
            return Err(BlankSecret);
        }
        // HMAC accepts keys of any length.
        Hmac::new_from_slice(secret).map(Self).map_err(|_| BlankSecret)
    }

    /// Verifies a body and gives the delivery.
    ///
    /// `signature` is the value of the header [`x-signature`](crate::SIGNATURE_HEADER); `body` has
    /// the bytes as received, not parsed and serialized again, and not trimmed. The body is moved,
    /// not copied: it may be a `Vec<u8>`, `&[u8]` or another crate's `Bytes`. The receiver must
    /// limit its size before reading it; see [`BODY_LIMIT`](crate::BODY_LIMIT).
    ///
    /// # Errors
    ///
    /// The signature is missing or malformed, or belongs to another key or body. A long header
    /// costs nothing extra.
    pub fn open<B: AsRef<[u8]>>(&self, signature: impl AsRef<[u8]>, body: B) -> Result<Delivery<B>, Forged> {
        let bytes = signature::read(signature.as_ref())?;
        if !self.fits(&bytes, body.as_ref()) {
            return Err(Forged::OtherKey);
        }
        Ok(Delivery::new(body, Signature::from_bytes(&bytes), None))
    }

    /// Signs a body as Eduzz does, for tests and local senders.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> Signature {
        let mut mac = self.0.clone();
        mac.update(body);
        Signature::from_bytes(&mac.finalize().into_bytes().into())
    }

    /// Compares in constant time.
    fn fits(&self, signature: &[u8; 32], body: &[u8]) -> bool {
        let mut mac = self.0.clone();
        mac.update(body);
        mac.verify_slice(signature).is_ok()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}

/// Several keys with labels: those of several configurations at one URL, or the old and the new key
/// while a secret is replaced. Clones share them.
///
/// ```
/// use eduzz_types::webhook::WebhookSecret;
/// use eduzz_webhook::{Key, Keys};
///
/// let new = Key::new(&WebhookSecret::new("invented-secret-of-2026"))?;
/// let old = Key::new(&WebhookSecret::new("invented-secret-of-2025"))?;
/// let signature = old.sign(b"{}");
///
/// let keys = Keys::new("2026", new).and("2025", old);
/// let delivery = keys.open([signature], "{}")?;
/// assert_eq!(delivery.key(), Some("2025"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Keys(Arc<Vec<(Arc<str>, Key)>>);

impl Keys {
    /// One key. Its label identifies it in logs and handlers; it is not secret.
    #[must_use]
    pub fn new(label: &str, key: Key) -> Self {
        Self(Arc::default()).and(label, key)
    }

    /// Adds a key. If two keys are equal, the first label is used.
    #[must_use]
    pub fn and(mut self, label: &str, key: Key) -> Self {
        Arc::make_mut(&mut self.0).push((label.into(), key));
        self
    }

    /// The labels, in the order of the keys.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(label, _)| &**label)
    }

    /// Opens a delivery with the matching key. It differs from [`Key::open`] in that it takes the
    /// values of *all* headers `x-signature`, as a header map gives them.
    ///
    /// Every key is tried, so that the time does not show which one matched.
    ///
    /// # Errors
    ///
    /// There is not exactly one signature, it is malformed, or no key matches it.
    pub fn open<B: AsRef<[u8]>>(
        &self,
        signatures: impl IntoIterator<Item: AsRef<[u8]>>,
        body: B,
    ) -> Result<Delivery<B>, Forged> {
        let (bytes, label) = self.fitting(signatures, body.as_ref())?;
        Ok(Delivery::new(body, Signature::from_bytes(&bytes), Some(label)))
    }

    /// The signature, and the label of the matching key.
    pub(crate) fn fitting(
        &self,
        signatures: impl IntoIterator<Item: AsRef<[u8]>>,
        body: &[u8],
    ) -> Result<([u8; 32], Arc<str>), Forged> {
        let mut signatures = signatures.into_iter();
        let signature = signatures.next().ok_or(Forged::Unsigned)?;
        if signatures.next().is_some() {
            return Err(Forged::Several);
        }
        let bytes = signature::read(signature.as_ref())?;
        let mut found = None;
        for (label, key) in &*self.0 {
            let fits = key.fits(&bytes, body);
            if fits && found.is_none() {
                found = Some(label);
            }
        }
        found
            .map(|label| (bytes, Arc::clone(label)))
            .ok_or(Forged::OtherKey)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(label, key)| (label, key)))
            .finish()
    }
}
