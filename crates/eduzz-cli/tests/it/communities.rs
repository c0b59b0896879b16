//! The commands of Alpaclass and HeyCamp, against the sandbox's schools and communities.

use eduzz_sandbox::Fault;
use serde_json::Value;

use crate::fake_service::{FakeService, Reply, response};
use crate::forms::json_of;
use crate::lists::{home, shared_home, shop};
use crate::support::cases;

const TEAM: &str = "atelie-da-serra";
const STUDENTS: &str = "alpaclass students list atelie-da-serra";
const MEMBERS: &str = "heycamp members list 3001";

#[tokio::test]
async fn added_student_is_listed_and_enrolled() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let add = |more: &str| {
        let given = "--name 'Nara Exemplo' --email nara@example.com";
        format!("alpaclass students add {TEAM} {given} {more}")
    };
    let more = "--phone 48955550133 --document 00000000353 --tag torno --tag 2026 --json";
    let made = home.run(&add(more)).await.ended(0).json();
    assert_eq!(made["phone"], "48955550133");
    assert_eq!(made["document"], "00000000353");
    let id = made["id"].as_str().unwrap();

    let found = json_of(&home, &format!("{STUDENTS} --email nara@example.com")).await;
    assert_eq!((found.len(), &found[0]["id"]), (1, &made["id"]));
    let found = json_of(&home, &format!("{STUDENTS} --document 00000000353")).await;
    assert_eq!((found.len(), &found[0]["id"]), (1, &made["id"]));
    let frozen = json_of(&home, &format!("{STUDENTS} --all --frozen true")).await;
    assert!(frozen.iter().all(|student| student["id"] != made["id"]));
    let names = json_of(&home, &format!("{STUDENTS} --all --sort name:desc")).await;
    let names: Vec<String> = names
        .iter()
        .map(|student| student["name"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.is_sorted_by(|a, b| a >= b), "{names:?}");
    let enrolled = json_of(&home, &format!("alpaclass students enrollments {TEAM} {id}")).await;
    assert!(!enrolled.is_empty());

    // A second time is refused without personal data, and a person sees a table.
    let again = home.run(&add("")).await;
    again.ended(1).told("409");
    assert!(!again.err.to_lowercase().contains("nara"), "{again:?}");
    let line = format!("alpaclass students add {TEAM} --name Bia --email bia@example.com");
    let shown = home.run(&line).await;
    assert!(shown.ended(0).out.contains("bia@example.com"), "{shown:?}");
    let unknown = "alpaclass students add nenhuma --name B --email b@example.com";
    home.run(unknown).await.ended(1).told("404");
}

#[tokio::test]
async fn incomplete_student_is_refused_before_sending() {
    let service = FakeService::start(|_| Reply::Bytes(response(201, r#"{"id":"x"}"#))).await;
    let home = service.home();
    let add_to = format!("alpaclass students add {TEAM}");
    let table = format!(
        "{add_to} --name Nara => --email
        {add_to} --email nara@example.com => --name
        {add_to} --name ' ' --email nara@example.com => --name
        {add_to} --name Nara --email '' => --email
        {add_to} --name Nara --email n@example.com --phone '' => --phone
        {add_to} --name Nara --email n@example.com --format json --excel => --excel
        alpaclass students add --name N --email n@example.com => <ESCOLA>
        alpaclass students list => <ESCOLA>
        alpaclass students enrollments {TEAM} => <ALUNO>
        alpaclass students list {TEAM} --sort name => campo:asc
        alpaclass students list {TEAM} --frozen sim => --frozen
        alpaclass => falta o comando
        alpaclass students => falta o comando
        heycamp members list => <COMUNIDADE>
        heycamp members => falta o comando
        heycamp members list '' => communityId"
    );
    for [line, told] in cases(&table) {
        home.run(line).await.ended(2).told(told);
    }
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test]
async fn interrupted_walk_of_students_resumes_without_the_school() {
    let sandbox = shop(|_| {}).await;
    let home = home(&sandbox);
    let whole = json_of(&home, &format!("{STUDENTS} --all --per-page 20")).await;
    let out = home.folder().join("alunos.jsonl");
    let path = out.to_str().unwrap();
    let fault = Fault::unauthorized().on("GET /alpaclass/v1/producer/teams/:teamId/students");
    sandbox.control().set_faults([fault.after(2).times(1)]);
    let args = format!("{STUDENTS} --all --per-page 20 --out {path}");
    let ran = home.run(&args).await;
    ran.ended(1).told("eduzz alpaclass students list --resume");
    assert!(!out.exists());

    let cursor = format!("{path}.cursor");
    let named = format!("{STUDENTS} --resume {cursor}");
    home.run(&named).await.ended(2).told("--resume");
    let other = format!("heycamp members list --resume {cursor}");
    home.run(&other).await.ended(2).told("alpaclass students list");
    let resume = format!("alpaclass students list --resume {cursor}");
    home.run(&resume).await.ended(0);
    let found: Vec<Value> = std::fs::read_to_string(&out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(found, whole);
}

#[tokio::test]
async fn unknown_ids_end_with_1() {
    let home = shared_home();
    for [args, told] in cases(
        "alpaclass students list nenhuma => 404
        alpaclass students enrollments atelie-da-serra nenhum --all => 404
        heycamp members list 9 => 403
        call ListMembers --set community_id=3001 --set status=frozen => status
        alpaclass teams --sort id:asc => sort",
    ) {
        home.run(args).await.ended(1).told(told);
    }
    let empty = "heycamp members list 3001 --from 2019-01-01 --to 2019-01-02";
    let empty = home.run(empty).await;
    assert_eq!(empty.ended(0).err, "nada encontrado\n");
    assert_eq!(json_of(&home, "heycamp members list 3002").await.len(), 1);
    let gone = json_of(&home, &format!("{MEMBERS} --all --status deleted")).await;
    assert!(!gone.is_empty() && gone.iter().all(|member| member["deletedAt"].is_string()));
}
