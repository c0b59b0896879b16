//! Why a body is not genuine.

/// Why a body has no valid signature.
///
/// Answer it with [`Verdict::from`](crate::Verdict). The texts contain nothing of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Forged {
    /// No signature, or an empty one.
    #[error(
        "the delivery has no signature: Eduzz sends it in the header `x-signature`; does a proxy drop that header?"
    )]
    Unsigned,
    /// The signature is not 64 hexadecimal digits.
    #[error("the signature is not 64 hexadecimal digits: pass the header `x-signature` unchanged")]
    Malformed,
    /// More than one signature.
    #[error("the delivery has several signatures: a genuine one has one header `x-signature`")]
    Several,
    /// The signature belongs to another key or another body.
    #[error(
        "no key matches the signature: verify the received bytes before they are parsed, trimmed or serialized again, \
         and compare the secret with the one that the configuration uses"
    )]
    OtherKey,
}
