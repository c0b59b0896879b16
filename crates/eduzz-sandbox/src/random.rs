//! Repeatable ids, codes and tokens. Not for security: they all follow from the seed.

use serde::{Deserialize, Serialize};

/// SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Random(u64);

impl Random {
    /// A separate stream for each purpose, so that reloading a page does not change the next code.
    pub(crate) fn stream(seed: u64, purpose: &str) -> Self {
        // FNV-1a spreads the purposes; one step of the generator spreads the seeds.
        let purpose = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(Self(seed).next() ^ purpose)
    }

    /// A separate stream for each number.
    pub(crate) fn at(seed: u64, number: u64) -> Self {
        let mut mixed = Self(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95));
        Self(mixed.next())
    }

    /// A seed for other streams.
    pub(crate) fn seed(&mut self) -> u64 {
        self.next()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.next().to_le_bytes())
            .flatten()
            .take(count)
            .collect()
    }

    /// A number below `bound`; 0 for a `bound` of 0. The slight bias does not matter here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or_default()
    }

    /// A number from `low` up to and including `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let choices = high.saturating_sub(low).saturating_add(1);
        let drawn = self.below(u64::try_from(choices).unwrap_or_default());
        low.saturating_add_unsigned(drawn)
    }

    /// True with this probability, in hundredths.
    pub(crate) fn percent(&mut self, times: u64) -> bool {
        self.below(100) < times
    }

    /// One of these; `None` for an empty list.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let index = self.below(u64::try_from(of.len()).unwrap_or_default());
        of.get(usize::try_from(index).ok()?)
    }

    /// One of these, with this probability in hundredths.
    pub(crate) fn perhaps<T: Clone>(&mut self, times: u64, of: &[T]) -> Option<T> {
        let is_drawn = self.percent(times);
        is_drawn.then(|| self.pick(of).cloned()).flatten()
    }

    /// A number of seven digits.
    pub(crate) fn number(&mut self) -> u64 {
        1_000_000 + self.next() % 9_000_000
    }

    /// `length` letters and digits.
    pub(crate) fn code(&mut self, length: usize) -> String {
        const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        (0..length)
            .filter_map(|_| self.pick(LETTERS).copied().map(char::from))
            .collect()
    }

    /// A UUID of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let (time_high, version) = ((high >> 16) & 0xffff, 0x4000 | (high & 0x0fff));
        let (variant, node) = (0x8000 | ((low >> 48) & 0x3fff), low & 0xffff_ffff_ffff);
        let time_low = high >> 32;
        format!("{time_low:08x}-{time_high:04x}-{version:04x}-{variant:04x}-{node:012x}")
    }

    /// `count` lower-case letters and digits.
    pub(crate) fn word(&mut self, count: usize) -> String {
        std::iter::repeat_with(|| char::from_digit(u32::try_from(self.below(36)).unwrap_or_default(), 36))
            .flatten()
            .take(count)
            .collect()
    }

    /// Lower-case hexadecimal text of `count` bytes.
    pub(crate) fn hex(&mut self, count: usize) -> String {
        let bytes = self.bytes(count);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// `count` bytes in standard base64.
    pub(crate) fn base64(&mut self, count: usize) -> String {
        encode(&self.bytes(count), ['+', '/'], Some('='))
    }

    /// `count` bytes in base64 that needs no escaping in a URL.
    pub(crate) fn url_safe(&mut self, count: usize) -> String {
        encode(&self.bytes(count), ['-', '_'], None)
    }
}

fn encode(bytes: &[u8], last_two: [char; 2], padding: Option<char>) -> String {
    let [sixty_two, sixty_three] = last_two;
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let missing = 3 - chunk.len();
        let word = chunk
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        let word = word << (8 * missing);
        for place in 0..=chunk.len() {
            text.push(match (word >> (18 - 6 * place)) as u8 & 63 {
                digit @ 0..=25 => char::from(b'A' + digit),
                digit @ 26..=51 => char::from(b'a' + (digit - 26)),
                digit @ 52..=61 => char::from(b'0' + (digit - 52)),
                62 => sixty_two,
                _ => sixty_three,
            });
        }
        text.extend(padding.into_iter().cycle().take(missing));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_agrees_with_the_published_sequence() {
        let mut random = Random(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
        assert_eq!(random.next(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn streams_differ_by_purpose_and_seed() {
        let first = |seed, purpose| Random::stream(seed, purpose).uuid();
        assert_eq!(first(1, "codes"), first(1, "codes"));
        assert_ne!(first(1, "codes"), first(1, "tokens"));
        assert_ne!(first(1, "codes"), first(2, "codes"));
    }

    #[test]
    fn base64_agrees_with_rfc_4648() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ];
        for (plain, encoded) in cases {
            assert_eq!(encode(plain.as_bytes(), ['+', '/'], Some('=')), encoded);
        }
        assert_eq!(encode(&[0xfb, 0xff], ['-', '_'], None), "-_8");
    }

    #[test]
    fn uuid_has_version_4() {
        let uuid = Random::stream(0, "test").uuid();
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(uuid.as_bytes()[14], b'4');
    }
}
