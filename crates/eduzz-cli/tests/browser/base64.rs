//! Base64, as chromedriver wraps its pictures.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes behind the text.
pub(crate) fn decode(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.trim_end_matches('=').bytes().map(digit).collect();
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for group in digits.chunks(4) {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        // Two digits are one byte, three are two, four are three.
        bytes.extend(bits.to_be_bytes().iter().skip(1).take(group.len() - 1));
    }
    bytes
}

fn digit(letter: u8) -> u32 {
    let position = ALPHABET.iter().position(|known| *known == letter);
    u32::try_from(position.expect("a letter of base64")).unwrap()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_examples_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(decode(text), bytes.as_bytes(), "{text}");
        }
        assert_eq!(decode("+/+/"), [0xfb, 0xff, 0xbf]);
    }
}
