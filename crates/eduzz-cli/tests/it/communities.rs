//! The commands of Alpaclass and HeyCamp, against the sandbox's schools and communities.

use eduzz_sandbox::Fault;
use serde_json::Value;

use crate::desk::{Desk, Reply};
use crate::forms::{Gives, has_every_form, json_of};
use crate::lists::{home, shop};
use crate::support::response;

const TEAM: &str = "atelie-da-serra";
const STUDENTS: &[&str] = &["alpaclass", "students", "list", TEAM];
const MEMBERS: &[&str] = &["heycamp", "members", "list", "3001"];

#[tokio::test]
async fn every_list_has_every_form() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let student = json_of(&home, STUDENTS).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let enrollments = ["alpaclass", "students", "enrollments", TEAM, &student];
    for (command, gives) in [
        (STUDENTS, Gives::APage),
        (&enrollments, Gives::APage),
        (MEMBERS, Gives::APage),
        (&["alpaclass", "teams"], Gives::All),
    ] {
        let rows = has_every_form(&home, command, gives).await;
        assert!(rows.len() > 1, "{command:?}");
    }
}

#[tokio::test]
async fn a_student_that_is_added_is_listed_and_enrolled() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let add = |more: &[&'static str]| {
        let given = ["--name", "Nara Exemplo", "--email", "nara@example.com"];
        [&["alpaclass", "students", "add", TEAM][..], &given, more].concat()
    };
    let made = home
        .run(&add(&[
            "--phone",
            "48955550133",
            "--document",
            "00000000353",
            "--tag",
            "torno",
            "--tag",
            "2026",
            "--json",
        ]))
        .await;
    let made = made.ended(0).json();
    assert_eq!(made["phone"], "48955550133");
    assert_eq!(made["document"], "00000000353");
    let id = made["id"].as_str().unwrap();

    let found = json_of(&home, &[STUDENTS, &["--email", "nara@example.com"]].concat()).await;
    assert_eq!((found.len(), &found[0]["id"]), (1, &made["id"]));
    let found = json_of(&home, &[STUDENTS, &["--document", "00000000353"]].concat()).await;
    assert_eq!((found.len(), &found[0]["id"]), (1, &made["id"]));
    let frozen = json_of(&home, &[STUDENTS, &["--all", "--frozen", "true"]].concat()).await;
    assert!(frozen.iter().all(|student| student["id"] != made["id"]));
    let names = json_of(&home, &[STUDENTS, &["--all", "--sort", "name:desc"]].concat()).await;
    let names: Vec<String> = names
        .iter()
        .map(|student| student["name"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.is_sorted_by(|a, b| a >= b), "{names:?}");
    let enrolled = json_of(&home, &["alpaclass", "students", "enrollments", TEAM, id]).await;
    assert!(!enrolled.is_empty());

    // Once more is told without her data, and a person sees a table.
    let again = home.run(&add(&[])).await;
    again.ended(1).told("409");
    assert!(
        !again.err.contains("nara") && !again.err.contains("Nara"),
        "{again:?}"
    );
    let shown = home
        .run(&[
            "alpaclass",
            "students",
            "add",
            TEAM,
            "--name",
            "Bia",
            "--email",
            "bia@example.com",
        ])
        .await;
    assert!(shown.ended(0).out.contains("bia@example.com"), "{shown:?}");
    home.run(&[
        "alpaclass",
        "students",
        "add",
        "nenhuma",
        "--name",
        "B",
        "--email",
        "b@example.com",
    ])
    .await
    .ended(1)
    .told("404");
}

#[tokio::test]
async fn a_student_is_sent_whole_or_not_at_all() {
    let desk = Desk::open(|_| Reply::Bytes(response(201, r#"{"id":"x"}"#))).await;
    let home = desk.home();
    let add = ["alpaclass", "students", "add", TEAM];
    for (more, told) in [
        (&["--name", "Nara"][..], "--email"),
        (&["--email", "nara@example.com"], "--name"),
        (&["--name", " ", "--email", "nara@example.com"], "--name"),
        (&["--name", "Nara", "--email", ""], "--email"),
        (
            &["--name", "Nara", "--email", "n@example.com", "--phone", ""],
            "--phone",
        ),
        (
            &[
                "--name",
                "Nara",
                "--email",
                "n@example.com",
                "--format",
                "json",
                "--excel",
            ],
            "--excel",
        ),
    ] {
        home.run(&[&add[..], more].concat()).await.ended(2).told(told);
    }
    home.run(&[
        "alpaclass",
        "students",
        "add",
        "--name",
        "N",
        "--email",
        "n@example.com",
    ])
    .await
    .ended(2)
    .told("<ESCOLA>");
    // And a list that is of nothing.
    for (args, told) in [
        (&["alpaclass", "students", "list"][..], "<ESCOLA>"),
        (&["alpaclass", "students", "enrollments", TEAM], "<ALUNO>"),
        (&["heycamp", "members", "list"], "<COMUNIDADE>"),
        (
            &["alpaclass", "students", "list", TEAM, "--sort", "name"],
            "campo:asc",
        ),
        (
            &["alpaclass", "students", "list", TEAM, "--frozen", "sim"],
            "--frozen",
        ),
        (&["alpaclass"], "falta o comando"),
        (&["alpaclass", "students"], "falta o comando"),
        (&["heycamp", "members"], "falta o comando"),
        (&["heycamp", "members", "list", ""], "communityId"),
    ] {
        home.run(args).await.ended(2).told(told);
    }
    assert_eq!(desk.asked().len(), 0);
}

#[tokio::test]
async fn filters_are_sent_as_the_service_names_them() {
    let desk = Desk::open(|asked| asked.page_of(&[])).await;
    let home = desk.home();
    for (args, path, sent) in [
        (
            &[
                STUDENTS,
                &[
                    "--from",
                    "2026-01-01",
                    "--to",
                    "2026-03-31",
                    "--email",
                    "a+b@c.example",
                    "--document",
                    "1",
                    "--frozen",
                    "false",
                    "--sort",
                    "name:asc,email:desc",
                    "--page",
                    "2",
                ],
            ]
            .concat()[..],
            "/alpaclass/v1/producer/teams/atelie-da-serra/students",
            &[
                ("startDate", "2026-01-01"),
                ("endDate", "2026-03-31"),
                ("email", "a%2Bb%40c.example"),
                ("document", "1"),
                ("isFrozen", "false"),
                ("sort", "name%3Aasc%2Cemail%3Adesc"),
                ("page", "2"),
                ("itemsPerPage", "20"),
            ][..],
        ),
        (
            &[
                MEMBERS,
                &[
                    "--status",
                    "deleted",
                    "--from",
                    "2026-01-01",
                    "--to",
                    "2026-01-31",
                ],
            ]
            .concat(),
            "/heycamp/v1/members/community/3001",
            &[
                ("status", "deleted"),
                ("startDate", "2026-01-01"),
                ("endDate", "2026-01-31"),
            ],
        ),
        // All of them are those of any day.
        (
            MEMBERS,
            "/heycamp/v1/members/community/3001",
            &[("startDate", ""), ("status", "")],
        ),
    ] {
        home.run(args).await.ended(0);
        let asked = desk.asked().pop().unwrap();
        assert_eq!(asked.path, path);
        for (name, value) in sent {
            assert_eq!(asked.get(name), *value, "{args:?}: {asked:?}");
        }
    }
}

#[tokio::test]
async fn a_walk_that_breaks_off_goes_on_without_naming_the_school_again() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let whole = json_of(&home, &[STUDENTS, &["--all", "--per-page", "20"]].concat()).await;
    let out = home.folder().join("alunos.jsonl");
    let path = out.to_str().unwrap();
    let fault = Fault::unauthorized().on("GET /alpaclass/v1/producer/teams/:teamId/students");
    sandbox.control().set_faults([fault.after(2).times(1)]);
    let args = [STUDENTS, &["--all", "--per-page", "20", "--out", path]].concat();
    let ran = home.run(&args).await;
    ran.ended(1).told("eduzz alpaclass students list --resume");
    assert!(!out.exists());

    let cursor = format!("{path}.cursor");
    let named = [STUDENTS, &["--resume", &cursor]].concat();
    home.run(&named).await.ended(2).told("--resume");
    home.run(&["heycamp", "members", "list", "--resume", &cursor])
        .await
        .ended(2)
        .told("alpaclass students list");
    home.run(&["alpaclass", "students", "list", "--resume", &cursor])
        .await
        .ended(0);
    let found: Vec<Value> = std::fs::read_to_string(&out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(found, whole);
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    for (args, told) in [
        (&["alpaclass", "students", "list", "nenhuma"][..], "404"),
        (
            &["alpaclass", "students", "enrollments", TEAM, "nenhum", "--all"],
            "404",
        ),
        (&["heycamp", "members", "list", "9"], "403"),
        (
            &["heycamp", "members", "list", "3001", "--status", "frozen"],
            "status",
        ),
        (&["alpaclass", "teams", "--sort", "id:asc"], "sort"),
    ] {
        home.run(args).await.ended(1).told(told);
    }
    let empty = home
        .run(&[
            "heycamp",
            "members",
            "list",
            "3001",
            "--from",
            "2019-01-01",
            "--to",
            "2019-01-02",
        ])
        .await;
    assert_eq!(empty.ended(0).err, "nada encontrado\n");
    assert_eq!(
        json_of(&home, &["heycamp", "members", "list", "3002"])
            .await
            .len(),
        1
    );
    let gone = json_of(&home, &[MEMBERS, &["--all", "--status", "deleted"]].concat()).await;
    assert!(!gone.is_empty() && gone.iter().all(|member| member["deletedAt"].is_string()));
}
