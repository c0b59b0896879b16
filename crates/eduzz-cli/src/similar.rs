//! Names that are similar to a mistyped one.

use crate::lang::Lang;

/// The advice after an unknown name: the similar ones, or else this.
pub(crate) fn advice<'n>(
    lang: Lang,
    given: &str,
    names: impl Iterator<Item = &'n str>,
    otherwise: String,
) -> String {
    let names = similar(given, names);
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() {
        otherwise
    } else {
        lang.did_you_mean(&quoted.join(", "))
    }
}

/// At most three similar names, the nearest first.
fn similar<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (distance(given, name), name))
        .filter(|(distance, name)| distance * 3 <= name.chars().count())
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, name)| name).take(3).collect()
}

/// The Levenshtein distance, without regard to case.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).take(200).collect();
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (index, letter) in b.chars().flat_map(char::to_lowercase).enumerate() {
        let mut left = index + 1;
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (other, above) in a.iter().zip(row.windows(2)) {
            let &[diagonal, above] = above else { continue };
            left = (diagonal + usize::from(*other != letter))
                .min(above + 1)
                .min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_found() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("GetMe", "getme"), 0);
        let names = ["GetMe", "ListSales", "GetSale"];
        assert_eq!(similar("GetMee", names.into_iter()), ["GetMe"]);
        assert_eq!(similar("ListSale", names.into_iter()), ["ListSales"]);
        assert!(similar("xyz", names.into_iter()).is_empty());
    }
}
