//! Mutations of an input: bytes, ranges, numbers, and words that readers treat in their own way.

use fastrand::Rng;

/// A longer input shows nothing new.
const LONGEST: usize = 64 * 1024;

/// Words that replace a part of an input, or come between two.
const WORDS: &[&str] = &[
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "[null]",
    "{\"\":{}}",
    "\"a\":1,",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\0",
    "\r\n",
    "\u{202e}",
    "é",
    "%",
    "%2e%2e",
    "%252e",
    "%2f",
    "%00",
    "..;",
    "/../",
    "//",
    "\\",
    "?",
    "#",
    "&",
    "=",
    "@",
    "+",
    "-",
    ".",
    ";",
    " ",
    "code=",
    "&state=undefined",
    "error=",
    "[::1]",
    "localhost",
    "127.1",
    ":0",
    ":65536",
    "https://",
    "sha256=",
    "2026-02-30",
    "2024-02-29T23:59:60Z",
    "T00:00:00.0000000",
    "+14:00",
    "-00:01",
    "GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "197,00",
    "1.234,56",
    "1e",
    "e-400",
    "NaN",
    "\"canary-person-91b7@example.com\"",
    "\"canary-secret-5f0c1d7e\"",
    "canary-secret-5f0c1d7e",
    "<html>",
    "paid",
    "waiting_payment",
    "\"currency\":\"BRL\"",
];

/// Numbers near a limit.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "00",
    "255",
    "65536",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    "1e-400",
    "0.1",
    "2.5E3",
    "79228162514264337593543950336",
    "99999999999999999999999999999999999999",
];

/// An input like one of the seeds.
pub(crate) fn mutated(rng: &mut Rng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut input = pick(rng, seeds).clone();
    for _ in 0..rng.usize(1..5) {
        mutate(rng, &mut input, seeds);
    }
    input.truncate(LONGEST);
    input
}

fn mutate(rng: &mut Rng, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let range = range(rng, input.len());
    match rng.u8(0..12) {
        0 => {
            if let Some(byte) = input.get_mut(range.start) {
                *byte ^= 1 << rng.u8(0..8);
            }
        }
        1 => {
            if let Some(byte) = input.get_mut(range.start) {
                *byte = rng.u8(..);
            }
        }
        2 => {
            let bytes: Vec<u8> = (0..rng.usize(1..9)).map(|_| rng.u8(..)).collect();
            input.splice(range.start..range.start, bytes);
        }
        3 => drop(input.drain(range)),
        4 => {
            let copy = input[range.clone()].repeat(rng.usize(1..4));
            input.splice(range.end..range.end, copy);
        }
        5 | 6 => {
            let word = pick(rng, WORDS).bytes();
            input.splice(range.start..range.start, word);
        }
        7 | 8 => {
            let word = pick(rng, WORDS).bytes();
            input.splice(value_at(input, range.start), word);
        }
        9 => {
            let number = pick(rng, NUMBERS).bytes();
            input.splice(digits_after(input, range.start), number);
        }
        10 => {
            let other = pick(rng, seeds);
            let from = rng.usize(..=other.len());
            input.truncate(range.start);
            input.extend_from_slice(&other[from..]);
        }
        _ => {
            let depth = rng.usize(1..300);
            let open = *pick(rng, &["[", "{\"a\":", "("]);
            input.splice(range.start..range.start, open.repeat(depth).into_bytes());
        }
    }
}

/// A short range, seldom a long one.
fn range(rng: &mut Rng, length: usize) -> std::ops::Range<usize> {
    let start = rng.usize(..=length);
    let longest = if rng.u8(..) < 16 { length } else { 24 };
    let end = start + rng.usize(..=longest);
    start..end.min(length)
}

/// The JSON scalar around a place, or the word between two separators.
fn value_at(input: &[u8], place: usize) -> std::ops::Range<usize> {
    let ends = |byte: &u8| b",:{}[]&=/;\n".contains(byte);
    let start = input[..place].iter().rposition(ends).map_or(0, |end| end + 1);
    let length = input[place..].iter().position(ends);
    start..length.map_or(input.len(), |length| place + length)
}

/// The first number at or after a place.
fn digits_after(input: &[u8], place: usize) -> std::ops::Range<usize> {
    let Some(skip) = input[place..].iter().position(u8::is_ascii_digit) else {
        return place..place;
    };
    let start = place + skip;
    let length = input[start..].iter().position(|byte| !byte.is_ascii_digit());
    start..length.map_or(input.len(), |length| start + length)
}

fn pick<'a, T>(rng: &mut Rng, items: &'a [T]) -> &'a T {
    &items[rng.usize(..items.len())]
}
