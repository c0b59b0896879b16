//! Texts of the program in a snapshot, such as the name of a product: they are read as the program
//! has them, `'static`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

/// A text of the program.
pub(crate) type Word = &'static str;

/// The one text that is equal to this. One that the program does not have, in a snapshot that was
/// changed by hand, is kept until the program ends.
fn interned(text: &str) -> Word {
    static WORDS: Mutex<BTreeSet<Word>> = Mutex::new(BTreeSet::new());
    let mut known = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = known.get(text) {
        return word;
    }
    let word: Word = Box::leak(text.to_owned().into_boxed_str());
    known.insert(word);
    word
}

pub(crate) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    Ok(interned(&String::deserialize(from)?))
}

pub(crate) fn perhaps<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    Ok(text.as_deref().map(interned))
}

pub(crate) fn three<'de, D: Deserializer<'de>>(from: D) -> Result<[Option<Word>; 3], D::Error> {
    let texts = <[Option<String>; 3]>::deserialize(from)?;
    Ok(texts.map(|text| text.as_deref().map(interned)))
}

/// A map whose keys are texts of the program.
pub(crate) fn keys<'de, V, D>(from: D) -> Result<BTreeMap<Word, V>, D::Error>
where
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let map = BTreeMap::<String, V>::deserialize(from)?;
    Ok(map
        .into_iter()
        .map(|(key, value)| (interned(&key), value))
        .collect())
}

/// A list of pairs whose first are texts of the program.
pub(crate) fn firsts<'de, V, D>(from: D) -> Result<Vec<(Word, V)>, D::Error>
where
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let pairs = Vec::<(String, V)>::deserialize(from)?;
    Ok(pairs
        .into_iter()
        .map(|(first, second)| (interned(&first), second))
        .collect())
}
