//! Alpaclass: the order of a list, and digits in any form.

use eduzz_types::alpaclass::{Sort, SortDirection, SortField, Student};
use proptest::prelude::*;
use serde_json::json;

fn field() -> impl Strategy<Value = SortField> {
    "name|email|platform|url|[a-zA-Z0-9_.é&=-]{1,12}".prop_map(|name| name.parse().unwrap())
}

proptest! {
    #[test]
    fn sort_round_trips(fields in prop::collection::vec((field(), any::<bool>()), 1..5)) {
        let mut sort: Option<Sort> = None;
        for (field, up) in fields.clone() {
            sort = Some(match (sort, up) {
                (None, true) => Sort::ascending(field),
                (None, false) => Sort::descending(field),
                (Some(sort), true) => sort.then_ascending(field),
                (Some(sort), false) => sort.then_descending(field),
            });
        }
        let sort = sort.unwrap();
        let given: Vec<_> = fields
            .iter()
            .map(|(field, up)| (field, if *up { SortDirection::Ascending } else { SortDirection::Descending }))
            .collect();
        prop_assert_eq!(sort.fields().collect::<Vec<_>>(), given);

        let text = sort.to_string();
        prop_assert_eq!(text.split(',').count(), fields.len());
        prop_assert_eq!(text.parse(), Ok(sort.clone()));
        let json = serde_json::to_value(&sort).unwrap();
        prop_assert_eq!(&json, &serde_json::Value::from(text));
        prop_assert_eq!(serde_json::from_value::<Sort>(json).unwrap(), sort);
    }

    #[test]
    fn parsed_sort_round_trips(text in "[a-z:, ]{0,24}|(name|x):(asc|desc)(,[a-z]:(asc|desc|up)){0,2}|\\PC{0,12}") {
        if let Ok(sort) = text.parse::<Sort>() {
            prop_assert_eq!(sort.to_string().parse(), Ok(sort));
        }
    }
}

#[test]
fn invalid_sort_is_refused() {
    let invalid = "|,|:|name|name:|:asc|name:up|name:ASC|name:asc,|name:asc:desc|a b:asc|name:asc;email:desc";
    for text in invalid.split('|') {
        let error = text.parse::<Sort>().unwrap_err();
        assert!(error.to_string().contains("field:asc"), "{text}");
    }
    for name in ["", "a:b", "a,b", "a b", "a\n"] {
        assert!(name.parse::<SortField>().is_err(), "{name:?}");
    }
    let sort: Sort = "name : asc , email:desc".parse().unwrap();
    assert_eq!(sort.to_string(), "name:asc,email:desc");
    assert_eq!("url".parse(), Ok(SortField::Url));
    assert_eq!("createdAt".parse::<SortField>().unwrap().as_str(), "createdAt");
}

#[test]
fn student_digits_read_from_numbers() {
    let body = json!({ "id": "1", "phone": 11_900_000_001_u64, "document": 272 });
    let student: Student = crate::read(body);
    let digits = [&student.phone, &student.document].map(|text| text.as_ref().unwrap().as_str());
    assert_eq!(digits, ["11900000001", "272"]);
}
