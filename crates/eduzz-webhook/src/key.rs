//! Keys: what opens a delivery.

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
/// The work that depends on the secret alone is done once, here. `Debug` is masked, and the memory is wiped on drop.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

/// A secret that is empty: anybody could sign with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the webhook's secret is empty: is the variable or file that holds it set?")]
pub struct BlankSecret;

impl Key {
    /// Makes the key from the secret, without the blanks around it.
    ///
    /// # Errors
    ///
    /// The secret is empty: a variable that is not set must not make a receiver that anybody can write to.
    pub fn new(secret: &WebhookSecret) -> Result<Self, BlankSecret> {
        let secret = secret.expose().as_bytes();
        if secret.is_empty() {
            return Err(BlankSecret);
        }
        // HMAC takes keys of any length.
        Hmac::new_from_slice(secret).map(Self).map_err(|_| BlankSecret)
    }

    /// Opens a delivery: the only way to one.
    ///
    /// `signature` is the value of the header [`x-signature`](crate::SIGNATURE_HEADER), `body` the bytes as they came: not
    /// parsed and written again, nor trimmed. The body is moved in, not copied: it may be a `Vec<u8>`, `&[u8]`,
    /// or another crate's `Bytes`. How large a body may be is for the receiver to say before it reads one; see
    /// [`BODY_LIMIT`](crate::BODY_LIMIT).
    ///
    /// # Errors
    ///
    /// The signature is missing, none, or of another key or body. A header of any length costs the same.
    pub fn open<B: AsRef<[u8]>>(&self, signature: impl AsRef<[u8]>, body: B) -> Result<Delivery<B>, Forged> {
        let bytes = signature::read(signature.as_ref())?;
        if !self.fits(&bytes, body.as_ref()) {
            return Err(Forged::OtherKey);
        }
        Ok(Delivery::new(body, Signature::from_bytes(&bytes), None))
    }

    /// Signs a body as Eduzz would, for tests and local senders.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> Signature {
        let mut mac = self.0.clone();
        mac.update(body);
        Signature::from_bytes(&mac.finalize().into_bytes().into())
    }

    /// Compares without stopping at the first difference.
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

/// Several keys, each with a label: those of several configurations at one URL, or the old and the new one while a secret is
/// replaced. A clone shares them.
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
    /// One key. Its label says in logs and to handlers which key it was; it is no secret.
    #[must_use]
    pub fn new(label: &str, key: Key) -> Self {
        Self(Arc::default()).and(label, key)
    }

    /// Takes another key too. Where two are the same, the first one's label is told.
    #[must_use]
    pub fn and(mut self, label: &str, key: Key) -> Self {
        Arc::make_mut(&mut self.0).push((label.into(), key));
        self
    }

    /// The labels, in the order of the keys.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(label, _)| &**label)
    }

    /// Opens a delivery with whichever key fits. As [`Key::open`], but that it takes the values of *all* headers
    /// `x-signature` (none, one or several): what a map of headers gives for that name.
    ///
    /// Each key is tried, also after one has fitted, so the time tells neither which it was nor whether one did.
    ///
    /// # Errors
    ///
    /// There is not exactly one signature, or it is none, or no key fits it.
    pub fn open<B: AsRef<[u8]>>(
        &self,
        signatures: impl IntoIterator<Item: AsRef<[u8]>>,
        body: B,
    ) -> Result<Delivery<B>, Forged> {
        let (bytes, label) = self.fitting(signatures, body.as_ref())?;
        Ok(Delivery::new(body, Signature::from_bytes(&bytes), Some(label)))
    }

    /// The signature, and the label of the key that fits it.
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
