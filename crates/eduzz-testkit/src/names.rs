//! Conversions of names.

/// `lesson_watched` as `LessonWatched`.
#[must_use]
pub fn camel_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}
