//! Kinds that are chosen, and kinds that the token does not read.

use eduzz_mirror::scopes;
use eduzz_sandbox::{Config, Fault};
use eduzz_sync::mirror::{Choice, Kind, PASS_LEASE};

use crate::database::{Database, over_both};
use crate::shop::Shop;
use crate::whole::of;

over_both! {
    only_chosen_kinds_are_copied,
    refused_kinds_are_said_and_others_go_on,
    refused_kind_is_read_once_the_token_may,
    unknown_community_does_not_hide_another,
    revoked_token_stops_and_the_next_one_goes_on,
}

async fn only_chosen_kinds_are_copied<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    let choice = Choice::all().only([Kind::Offer, Kind::Sale]);
    mirror.choose(choice.clone()).await.unwrap();
    mirror.run_once().await.unwrap();
    // Offers are listed by product.
    let chosen = [Kind::Sale, Kind::Product, Kind::Offer];
    shop.assert_equal_in(|kind| chosen.contains(&kind)).await;
    let states = mirror.proof().state().await.unwrap();
    let kinds: Vec<Kind> = states.iter().map(|state| state.holding.kind).collect();
    assert_eq!(kinds, chosen);
    assert!(of(&states, Kind::Offer).is_named && !of(&states, Kind::Product).is_named);
    assert_eq!(mirror.choice().await.unwrap(), choice);
    assert_eq!(shop.mirror().await.run_once().await.unwrap().refused, 0);
    shop.assert_equal().await;
}

/// Takes the scopes of these kinds from every token.
fn without(kinds: &[Kind]) -> impl FnOnce(&mut Config) {
    let lost: Vec<&str> = kinds.iter().flat_map(|kind| scopes(*kind)).copied().collect();
    move |config| {
        for app in &mut config.apps {
            app.scopes.retain(|scope| !lost.contains(&scope.as_str()));
        }
    }
}

async fn refused_kinds_are_said_and_others_go_on<D: Database>(test: &str) {
    let refused = [
        Kind::Sale,
        Kind::Chargeback,
        Kind::NutrorStudent,
        Kind::BlinketEvent,
        Kind::AlpaclassStudent,
        Kind::HeycampMember,
    ];
    let Some(shop) = Shop::<D>::open_with(test, 20, 10, without(&refused)).await else {
        return;
    };
    let mirror = shop.mirror().await;
    let done = mirror.run_once().await.unwrap();
    // HeyCamp has two communities, which are asked for one by one.
    assert_eq!(done.refused, 7, "{done:?}");
    let is_read = |kind: Kind| {
        let parent = kind.parent_kind().unwrap_or(kind);
        !refused.contains(&kind) && !refused.contains(&parent)
    };
    shop.assert_equal_in(is_read).await;
    for state in mirror.proof().state().await.unwrap() {
        let kind = state.holding.kind;
        assert_eq!(state.holding.refused > 0, refused.contains(&kind), "{state:?}");
        assert_eq!(state.is_refused, !is_read(kind), "{state:?}");
        assert!(
            is_read(kind) || !(state.is_proven() || state.is_doubtful()),
            "{state:?}"
        );
        assert_eq!(state.holding.doubtful, 0, "{state:?}");
    }
    // They are asked for once at each run.
    let again = mirror.run_once().await.unwrap();
    assert_eq!(again.refused, 7, "{again:?}");
    // A kind that was asked for by name is a doubt.
    let choice = Choice::all().only([Kind::Customer, Kind::NutrorEnrollment]);
    mirror.choose(choice).await.unwrap();
    let states = mirror.proof().state().await.unwrap();
    let doubtful = states.iter().filter(|state| state.is_doubtful());
    let doubtful: Vec<Kind> = doubtful.map(|state| state.holding.kind).collect();
    assert_eq!(doubtful, [Kind::NutrorEnrollment]);
}

async fn refused_kind_is_read_once_the_token_may<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    let forbidden = |route: &str| Fault::json(http::StatusCode::FORBIDDEN).on(route);
    let not_found = |route: &str| Fault::json(http::StatusCode::NOT_FOUND).on(route);
    shop.control.set_faults([
        forbidden("GET /myeduzz/v1/sales").after(1),
        not_found("GET /nutror/v1/students"),
        forbidden("GET /blinket/v1/attendance-list/by-event/:id").after(2),
    ]);
    assert_eq!(mirror.run_once().await.unwrap().refused, 3);
    let states = mirror.proof().state().await.unwrap();
    assert!(!of(&states, Kind::NutrorStudent).is_filled);
    shop.control.clear_faults();
    assert_eq!(mirror.run_once().await.unwrap().refused, 0);
    shop.assert_equal().await;
    for state in mirror.proof().state().await.unwrap() {
        assert_eq!(
            (state.holding.refused, state.holding.doubtful),
            (0, 0),
            "{state:?}"
        );
    }
}

async fn unknown_community_does_not_hide_another<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    let communities = [vec!["1".to_owned()], shop.control.community_ids()].concat();
    let choice = Choice::all().only([Kind::HeycampMember]);
    mirror.choose(choice.communities(communities)).await.unwrap();
    assert_eq!(mirror.run_once().await.unwrap().refused, 1);
    shop.assert_equal_in(|kind| kind == Kind::HeycampMember).await;
    let states = mirror.proof().state().await.unwrap();
    assert_eq!(states[0].holding.refused, 1);
    assert!(!states[0].is_proven());
}

async fn revoked_token_stops_and_the_next_one_goes_on<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    shop.control.set_faults([Fault::unauthorized().after(9)]);
    let error = mirror.run_once().await.unwrap_err();
    assert!(error.needs_sign_in(), "{error}");
    shop.control.clear_faults();
    let again = mirror.run_once().await.unwrap_err();
    assert!(again.needs_sign_in(), "{again}");
    // A new sign-in goes on behind the last page that was stored, once no program has its window.
    shop.wait(PASS_LEASE);
    let rest = shop.mirror().await.run_once().await.unwrap();
    assert_eq!(rest.refused, 0);
    shop.assert_equal().await;
}
