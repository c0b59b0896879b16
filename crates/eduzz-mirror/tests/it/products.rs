//! Records of other products than MyEduzz.

use std::time::Duration;

use eduzz_sandbox::WorldKind;
use eduzz_sync::mirror::Kind;
use serde_json::json;

use crate::database::{Database, over_both};
use crate::shop::Shop;
use crate::whole::{DAY, of};

over_both! {
    silent_change_is_found_by_the_next_sweep,
    check_reads_the_lists_of_records_that_it_finds,
    deleted_records_are_gone_with_the_lists_they_own,
    participant_without_id_is_kept_unreadable,
}

/// More than the time after which a window that is not proven is read again.
const SOON: Duration = Duration::from_secs(700);

async fn silent_change_is_found_by_the_next_sweep<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    for (kind, member) in [
        (WorldKind::NutrorStudent, "name"),
        (WorldKind::NutrorEnrollment, "progress"),
        (WorldKind::BlinketEvent, "title"),
        (WorldKind::BlinketParticipant, "name"),
        (WorldKind::AlpaclassTeam, "name"),
        (WorldKind::AlpaclassStudent, "name"),
        (WorldKind::HeycampMember, "name"),
    ] {
        let id = shop.control.rows(kind)[0].id.clone();
        shop.control.patch(kind, &id, json!({ member: "77" })).unwrap();
    }
    shop.wait(DAY * 2);
    let done = mirror.run_once().await.unwrap();
    assert_eq!(done.drifted, 7, "{done:?}");
    shop.assert_equal().await;
}

/// Buyers become students, and the next sweep is far.
async fn check_reads_the_lists_of_records_that_it_finds<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let enrolments = || shop.control.rows(WorldKind::NutrorEnrollment).len();
    let before = enrolments();
    shop.control.sell(24);
    assert!(enrolments() > before);
    mirror.check().await.unwrap();
    shop.assert_equal().await;
}

async fn deleted_records_are_gone_with_the_lists_they_own<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let owner = |kind| shop.control.rows(kind)[0].of.clone().unwrap();
    for (kind, id) in [
        (WorldKind::NutrorStudent, owner(WorldKind::NutrorEnrollment)),
        (WorldKind::BlinketEvent, owner(WorldKind::BlinketParticipant)),
        (WorldKind::AlpaclassTeam, owner(WorldKind::AlpaclassStudent)),
        (
            WorldKind::HeycampMember,
            shop.control.rows(WorldKind::HeycampMember)[0].id.clone(),
        ),
    ] {
        shop.control.delete(kind, &id).unwrap();
    }
    shop.wait(DAY * 2);
    mirror.run_once().await.unwrap();
    let states = mirror.proof().state().await.unwrap();
    let gone: u64 = states.iter().map(|state| state.holding.gone).sum();
    assert_eq!(gone, 0, "one absence is no proof");
    for _ in 0..6 {
        shop.wait(SOON);
        mirror.run_once().await.unwrap();
    }
    shop.assert_equal().await;
    for state in mirror.proof().state().await.unwrap() {
        let holding = &state.holding;
        assert_eq!((holding.doubtful, holding.unsettled), (0, 0), "{state:?}");
    }
    // Lists of records that are gone are not asked for any more.
    shop.wait(SOON);
    assert_eq!(mirror.run_once().await.unwrap().windows, 0);
}

/// The calls that name a participant take the id, so nothing stands for one that is missing.
async fn participant_without_id_is_kept_unreadable<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let id = shop.control.rows(WorldKind::BlinketParticipant)[0].id.clone();
    let nameless = json!({ "id": null });
    shop.control
        .patch(WorldKind::BlinketParticipant, &id, nameless)
        .unwrap();
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let states = mirror.proof().state().await.unwrap();
    let state = of(&states, Kind::BlinketParticipant);
    assert_eq!(state.holding.unreadable, 1);
    assert!(!state.is_proven(), "{state:?}");
    let kept = "select raw from eduzz_unreadable where kind = 'blinket_participant'";
    let kept = shop.database.ask(kept).await.remove(0).remove(0);
    assert!(kept.contains("inviteKey"), "{kept}");
    shop.control.unpatch(WorldKind::BlinketParticipant, &id).unwrap();
    shop.wait(DAY * 2);
    mirror.run_once().await.unwrap();
    shop.assert_equal().await;
}
