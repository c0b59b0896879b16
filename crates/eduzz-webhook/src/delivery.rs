//! Deliveries: bodies with a valid signature.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

use eduzz_types::EventId;

use crate::{Signature, Stored};

/// A body with a valid signature. Only [`Key::open`](crate::Key::open),
/// [`Keys::open`](crate::Keys::open) and [`Keys::receive`](crate::Keys::receive) give one.
///
/// It keeps the body unchanged and in the caller's type. Its event, name, id and date are those of
/// the [`Stored`] that it derefs to, which is what to keep for later.
///
/// **Genuine does not mean new.** The signature has no timestamp (Q73), so anyone who saw a
/// delivery can replay it, and Eduzz itself sends one again if an answer was lost or a user
/// requests it. Store the [`dedup_key`](Self::dedup_key) of each accepted delivery persistently, in
/// the same transaction as its effects.
#[derive(Clone)]
pub struct Delivery<B = Vec<u8>> {
    stored: Stored<B>,
    signature: Signature,
}

impl<B: AsRef<[u8]>> Delivery<B> {
    /// Only for bodies with a valid signature.
    pub(crate) fn new(body: B, signature: Signature, key: Option<Arc<str>>) -> Self {
        let stored = Stored::new(body, key);
        Self { stored, signature }
    }
}

impl<B> Delivery<B> {
    /// The key for deduplication: the id, or the signature if the id is missing or blank.
    ///
    /// **It is unique for one owner.** The holder of a key chooses the ids in the bodies that it
    /// signs. If your keys belong to several owners, use [`key`](Stored::key) together with this
    /// value, or the holder of one key could make another's event look like a duplicate. If they
    /// belong to one owner, for example while a secret is replaced, use this value alone: an event
    /// may be signed with either key.
    ///
    /// Every attempt to deliver an event has the same id, as documented; for a manual resend this
    /// is not documented (Q74). It is the sender's text: do not use it as a file name.
    #[must_use]
    pub fn dedup_key(&self) -> &str {
        self.id().map_or_else(|| self.signature.as_str(), EventId::as_str)
    }

    /// The valid signature.
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// What to keep of it, without the signature.
    #[must_use]
    pub fn into_stored(self) -> Stored<B> {
        self.stored
    }
}

impl<B> Deref for Delivery<B> {
    type Target = Stored<B>;

    fn deref(&self) -> &Stored<B> {
        &self.stored
    }
}

impl<B> fmt::Debug for Delivery<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("Delivery", f)
    }
}
