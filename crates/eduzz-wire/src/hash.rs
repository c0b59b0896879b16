//! The hash of texts that are told apart by 64 bits.

/// Mixes eight bytes a step. Each step is a bijection, so texts of one length up to 8 bytes never
/// collide. It does not protect a text from a guess.
pub(crate) fn hash(seed: u64, text: &str) -> u64 {
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    text.as_bytes().chunks(8).fold(mix(length ^ seed), |hash, chunk| {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        mix(hash ^ u64::from_le_bytes(word))
    })
}

/// The step of SplitMix64.
pub(crate) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
