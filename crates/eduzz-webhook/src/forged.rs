//! Why bodies are not believed.

/// A body that no key of ours signed: it opens nothing.
///
/// Answer it with [`Verdict::from`](crate::Verdict). The texts hold nothing of what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Forged {
    /// No signature, or an empty one.
    #[error(
        "the delivery has no signature: Eduzz sends it in the header `x-signature`; does a proxy drop that header?"
    )]
    Unsigned,
    /// A signature that cannot be one: not 64 hexadecimal digits.
    #[error("the signature is not 64 hexadecimal digits: give the header `x-signature` as it came")]
    Malformed,
    /// More than one signature.
    #[error("the delivery has several signatures: a genuine one has one header `x-signature`")]
    Several,
    /// The signature of another key, or of another body.
    #[error(
        "no key fits the signature: verify the bytes as they came, before they are parsed, trimmed or written again, \
         and compare the secret with the one that the configuration uses"
    )]
    OtherKey,
}
