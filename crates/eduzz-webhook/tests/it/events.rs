//! Every event of the list has every generic property.

use std::collections::HashSet;

use eduzz_testkit::names::camel_case;

macro_rules! generic_properties {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
        mod properties {
            $(
                #[test]
                #[allow(non_snake_case, reason = "the variant names the test")]
                fn $variant() {
                    eduzz_testkit::event::check::<eduzz_types::webhook::$origin::$data>(
                        stringify!($origin),
                        stringify!($event),
                    );
                }
            )+
        }

        const LIST: &[(&str, &str, &str)] = &[$((stringify!($origin), stringify!($event), stringify!($variant))),+];
    };
}

eduzz_webhook::for_each_event!(generic_properties);

#[test]
fn fixture_is_an_event_of_the_list() {
    let events: HashSet<_> = LIST.iter().map(|(origin, event, _)| (*origin, *event)).collect();
    assert_eq!(events.len(), LIST.len(), "no event is listed twice");
    for fixture in eduzz_fixtures::EVENTS {
        assert!(
            events.contains(&(fixture.origin, fixture.event)),
            "{}.{} has fixtures but is not in the list",
            fixture.origin,
            fixture.event
        );
    }
}

#[test]
fn event_has_its_plain_body() {
    for (origin, event, _) in LIST {
        let fixture = eduzz_fixtures::find_event(origin, event);
        assert!(
            fixture.is_some_and(|fixture| fixture.plain().is_some()),
            "{origin}.{event}"
        );
    }
}

#[test]
fn origins_are_grouped_in_the_order_of_the_documentation() {
    let mut origins: Vec<_> = LIST.iter().map(|(origin, ..)| *origin).collect();
    origins.dedup();
    assert!(origins.is_sorted(), "{origins:?}");
}

#[test]
fn variant_is_named_after_origin_and_event() {
    for (origin, event, variant) in LIST {
        assert_eq!(camel_case(origin) + &camel_case(event), *variant);
    }
}
