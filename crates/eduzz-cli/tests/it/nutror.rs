//! The courses and the students of Nutror, against the sandbox's school.

use serde_json::json;

use crate::forms::{Gives, cell, has_every_form, json_of, shows_in_every_form, text};
use crate::lists::{home, shared_home, shop};
use crate::support::cases;

#[tokio::test]
async fn courses_modules_and_enrolments_in_every_format_agree() {
    let home = shared_home();
    let courses = json_of(&home, "nutror courses list").await;
    let course = text(&courses[0], "id").to_owned();
    let students = json_of(&home, "nutror students list --all").await;
    assert!(students.len() > 50, "more than a page of Nutror's");
    let student = text(&students[0], "id").to_owned();
    let table = format!(
        "nutror courses list => title
        nutror courses modules {course} => title
        nutror students enrollments {student} => content.courses.title"
    );
    for [args, column] in cases(&table) {
        let rows = has_every_form(&home, args, Gives::All).await;
        assert!(rows.iter().all(|row| !cell(row, column).is_empty()), "{args:?}");
    }
    let csv = home.run("nutror courses list --format csv --excel").await;
    assert!(csv.ended(0).out.starts_with("\u{feff}id;title;hash;"));
}

#[tokio::test]
async fn student_is_found_by_id_and_address() {
    let home = shared_home();
    let students = json_of(&home, "nutror students list --all").await;
    let odd = students
        .iter()
        .find(|student| text(student, "email").contains('+'))
        .unwrap();
    let (id, email) = (text(odd, "id"), text(odd, "email"));
    let found = json_of(&home, &format!("nutror students list --email {email}")).await;
    assert_eq!(found.iter().collect::<Vec<_>>(), [odd]);

    let show = format!("nutror students show {id}");
    let shown = shows_in_every_form(&home, &show, id).await;
    assert!(shown.table.contains(email), "{}", shown.table);
    assert_eq!((&shown.json, cell(&shown.row, "email")), (odd, email));

    let nobody = home.run("nutror students list --email nobody@example.com").await;
    assert!(nobody.ended(0).err.contains("nada encontrado"), "{nobody:?}");
    for missing in ["students show", "students enrollments", "courses modules"] {
        let ran = home.run(&format!("nutror {missing} 1")).await;
        ran.ended(1).told("404");
    }
    for (wrong, what) in [
        ("nutror students show ..", "id"),
        ("nutror courses modules ''", "courseId"),
        ("nutror students list --email ' '", "--email"),
        ("nutror students enrollments", "ID"),
        ("nutror students", "eduzz nutror students --help"),
        ("nutror", "eduzz nutror --help"),
    ] {
        home.run(wrong).await.ended(2).told(what);
    }
}

#[tokio::test]
async fn enrolment_changed_by_calls_shows_in_the_list() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let students = json_of(&home, "nutror students list").await;
    let student = text(&students[0], "id");
    let args = format!("nutror students enrollments {student}");
    let before = json_of(&home, &args).await;
    let enrollment = format!("id={}", text(&before[0], "id"));
    for call in [
        "ExtendAccess --set expired_at=2028-01-31",
        "ReleaseModules",
        "BlockEnrollment",
    ] {
        let line = format!("call {call} --set {enrollment}");
        home.run(&line).await.ended(0);
    }
    let after = json_of(&home, &args).await;
    let expected = [json!("inactive"), json!("2028-02-01T02:59:59Z"), json!(true)];
    let found = ["status", "expiredAt", "allModulesReleased"].map(|name| after[0][name].clone());
    assert_eq!(found, expected);
    let table = home.run(&args).await;
    assert!(table.ended(0).out.contains("31/01/2028 23:59"), "{table:?}");
    // The error shows the code of the refusal, or the refused field.
    let again = format!("call ReleaseModules --set {enrollment}");
    home.run(&again).await.ended(1).told("91");
    let wrong = format!("call ExtendAccess --set {enrollment} --set expired_at=amanhã");
    home.run(&wrong).await.ended(2).told("expired_at");
    let nothing = "call UpdateCourse --set course_id=1";
    home.run(nothing).await.ended(2).told("title");
}
