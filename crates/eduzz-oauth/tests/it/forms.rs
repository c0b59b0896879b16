//! Queries are read and written as the URL standard says: compared with a peer.

use eduzz_wire::form;
use proptest::prelude::*;

proptest! {
    #[test]
    fn fields_are_read_as_the_peer_reads_them(query in "[a-c=&+%0-9A-Fé ]{0,40}|\\PC{0,40}") {
        let ours: Vec<_> = form::fields(&query).collect();
        let peer: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        prop_assert_eq!(ours, peer);
    }

    #[test]
    fn fields_that_are_written_are_read_back(
        fields in proptest::collection::vec(("\\PC{1,10}", "\\PC{0,10}"), 0..5),
    ) {
        let mut query = String::new();
        for (name, value) in &fields {
            form::append(&mut query, name, value);
        }
        let read: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        prop_assert_eq!(read, fields);
    }
}
