//! SafeVideo: facts beyond the generic properties.

use eduzz_types::safevideo::{MediaEmbed, MediaStatus, MediaSummary};
use proptest::prelude::*;
use serde_json::json;

fn embed(html: &str) -> MediaEmbed {
    serde_json::from_value(json!({ "link": html })).unwrap()
}

#[test]
fn player_url_is_found_with_and_without_quotes() {
    let table = r#"
        <iframe src=https://p.example.com/k width="100%"></iframe>  ->  https://p.example.com/k
        <iframe src=https://p.example.com/k></iframe>               ->  https://p.example.com/k
        <iframe width=1 src="https://p.example.com/k?a=b c">        ->  https://p.example.com/k?a=b c
        <iframe data-src=no src=https://p.example.com/k>            ->  https://p.example.com/k
        <iframe srcdoc=x>                                           ->  none
        <iframe src=>                                               ->  none
        <iframe src="">                                             ->  none
        <iframe src="https://p.example.com                          ->  none
        https://p.example.com/?src=x                                ->  none
    "#;
    for line in table.trim().lines() {
        let (html, src) = line.split_once("->").unwrap();
        assert_eq!(embed(html.trim()).src().unwrap_or("none"), src.trim(), "{html}");
    }
    let second_line = embed("<iframe\n src='https://p.example.com/k'>");
    assert_eq!(second_line.src(), Some("https://p.example.com/k"));
    assert_eq!(embed("").src(), None);
}

proptest! {
    #[test]
    fn player_url_is_part_of_html(html in "[<>a-z =\"'é\n]{0,12}( src=)?[<>a-z:/=\"'é ]{0,16}") {
        let embed = embed(&html);
        if let Some(src) = embed.src() {
            prop_assert!(!src.is_empty() && html.contains(src));
        }
    }
}

#[test]
fn duration_is_exact_and_unknown_status_is_kept() {
    let body = json!({ "id": "66f0a9c3d81b2e475a9d0c11", "duration": 312.04, "status": "in_queue" });
    let media: MediaSummary = serde_json::from_value(body).unwrap();
    assert_eq!(media.duration.unwrap().to_string(), "312.04");
    let status = media.status.unwrap();
    assert_eq!((status.is_known(), status.as_str()), (false, "in_queue"));
    assert_eq!(MediaStatus::from("ENCODED"), MediaStatus::Encoded);
}
