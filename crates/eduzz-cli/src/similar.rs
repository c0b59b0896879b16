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
pub(crate) fn similar<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (distance(given, name), name))
        .filter(|(distance, name)| distance * 3 <= name.chars().count())
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, name)| name).take(3).collect()
}

/// How many letters are wrong, missing, too many or swapped, without regard to case.
fn distance(a: &str, b: &str) -> usize {
    let given: String = a.chars().take(200).collect();
    strsim::osa_distance(&given.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_found() {
        let names = ["GetMe", "ListSales", "GetSale"];
        assert_eq!(similar("GetMee", names.into_iter()), ["GetMe"]);
        assert_eq!(similar("getme", names.into_iter()), ["GetMe"]);
        assert_eq!(similar("ListSale", names.into_iter()), ["ListSales"]);
        assert_eq!(similar("cvs", ["json", "csv"].into_iter()), ["csv"]);
        assert!(similar("xyz", names.into_iter()).is_empty());
    }
}
