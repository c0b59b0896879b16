//! `eduzz alpaclass`: teams; students: list, add, enrollments.

use clap::Args;
use eduzz_api::alpaclass::{CreateTeamStudent, ListTeamStudentEnrollments, ListTeamStudents, ListTeams};
use eduzz_types::PersonalText;
use eduzz_types::alpaclass::{Enrollment, Sort, Student, Team};

use crate::cli::{BadValue, FILTERS, filled};
use crate::failure::Failure;
use crate::lists::{AnyDays, Column, Fields, RecordOptions, Request, record_help};
use crate::output::Output;

commands! {
    /// Alpaclass: escolas, alunos, matrículas | Alpaclass: schools, students, enrolments
    Alpaclass { Teams(Teams), #[command(subcommand)] Students(Students) }
}
commands! {
    /// Alunos de uma escola: lista, cadastro, matrículas
    /// | Students of a school: list, add, enrolments
    Students { List(StudentsList), Add(StudentsAdd), Enrollments(StudentsEnrollments) }
}

// The order of a list.
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS)]
struct SortOption {
    /// Ordem da lista: name:asc, email:desc, vários separados por vírgula; só os campos
    /// documentados são garantidos
    /// | Order of the list: name:asc, email:desc, several with commas; only the documented fields
    /// are guaranteed
    #[arg(long, value_name = "ORDEM | ORDER", value_parser = sort)]
    sort: Option<Sort>,
}

fn sort(text: &str) -> Result<Sort, BadValue> {
    filled::<String>(text)?.parse().map_err(|_| BadValue::Sort)
}

/// Lista as escolas | Lists the schools
#[derive(Debug, Args)]
#[command(after_help = record_help::<Team>())]
pub(crate) struct Teams {
    #[command(flatten)]
    options: RecordOptions,
    #[command(flatten)]
    order: SortOption,
}

impl Teams {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let mut call = ListTeams::new();
        call.sort = self.order.sort;
        let (records, teams) = self.options.fetch::<Team, _>(output, &call).await?;
        records.all(&teams.items)
    }
}

impl Fields for Team {
    const CSV: &'static str = "id name url";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("name", "NOME", "NAME"),
        ("url", "ENDEREÇO", "ADDRESS"),
    ];
    const LEAVES: &'static str = "url";
}

list_commands! {
    /// Lista os alunos de uma escola | Lists the students of a school
    StudentsList "alpaclass students list": ListTeamStudents(
        /// Id da escola, como em `eduzz alpaclass teams`
        /// | The school's id, as in `eduzz alpaclass teams`
        #[arg(value_name = "ESCOLA | TEAM", required_unless_present = "resume")]
        team: Option<String>,
        // How the service reads the days is not documented (Q127), so they are not sliced.
        #[command(flatten)]
        days: AnyDays,
        /// Só o aluno com este e-mail (ele vai na URL da chamada, que servidores registram em log)
        /// | Only the student with this e-mail address (it goes into the URL of the call, which
        /// servers log)
        #[arg(long, value_parser = filled::<PersonalText>)]
        email: Option<PersonalText>,
        /// Só o aluno com este documento (ele vai na URL da chamada, que servidores registram em
        /// log)
        /// | Only the student with this tax number (it goes into the URL of the call, which servers
        /// log)
        #[arg(long, value_name = "CPF", value_parser = filled::<PersonalText>)]
        document: Option<PersonalText>,
        /// Só os congelados (true), ou só os outros (false)
        /// | Only the frozen ones (true), or only the others (false)
        #[arg(long, value_name = "true|false")]
        frozen: Option<bool>,
        #[command(flatten)]
        order: SortOption,
    ), |lang| {
        let mut call = ListTeamStudents::new(team.unwrap_or_default());
        (call.start_date, call.end_date) = days.ends(lang)?;
        call.email = email;
        call.document = document;
        call.is_frozen = frozen;
        call.sort = order.sort;
        Ok(Request::of(call))
    };

    /// Lista as matrículas de um aluno | Lists the enrolments of a student
    StudentsEnrollments "alpaclass students enrollments": ListTeamStudentEnrollments(
        /// Id da escola, como em `eduzz alpaclass teams`
        /// | The school's id, as in `eduzz alpaclass teams`
        #[arg(value_name = "ESCOLA | TEAM", required_unless_present = "resume")]
        team: Option<String>,
        /// Id do aluno | The student's id
        #[arg(value_name = "ALUNO | STUDENT", required_unless_present = "resume")]
        student: Option<String>,
    ), |_| {
        let (team, student) = (team.unwrap_or_default(), student.unwrap_or_default());
        Ok(Request::of(ListTeamStudentEnrollments::new(team, student)))
    };
}

// The list has neither telephone nor document (Q125).
impl Fields for Student {
    const CSV: &'static str = "id name email createdAt phone document";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "CADASTRADO EM", "REGISTERED"),
        ("name", "NOME", "NAME"),
        ("email", "E-MAIL", "E-MAIL"),
    ];
    const LEAVES: &'static str = "createdAt name";
}

/// Cadastra um aluno numa escola | Adds a student to a school
#[derive(Debug, Args)]
#[command(after_help = record_help::<Student>())]
pub(crate) struct StudentsAdd {
    /// Id da escola, como em `eduzz alpaclass teams`
    /// | The school's id, as in `eduzz alpaclass teams`
    #[arg(value_name = "ESCOLA | TEAM")]
    team: String,
    #[command(flatten)]
    options: RecordOptions,
    /// Nome do aluno | The student's name
    #[arg(long, value_name = "NOME | NAME", value_parser = filled::<PersonalText>)]
    name: PersonalText,
    /// E-mail do aluno | The student's e-mail address
    #[arg(long, value_parser = filled::<PersonalText>)]
    email: PersonalText,
    /// Telefone do aluno, só dígitos | The student's telephone number, digits only
    #[arg(long, value_name = "DÍGITOS | DIGITS", value_parser = filled::<PersonalText>)]
    phone: Option<PersonalText>,
    /// CPF do aluno, só dígitos | The student's CPF, digits only
    #[arg(long, value_name = "CPF", value_parser = filled::<PersonalText>)]
    document: Option<PersonalText>,
    /// Etiqueta do aluno; pode repetir | A tag to put on the student; may be repeated
    #[arg(long)]
    tag: Vec<String>,
}

impl StudentsAdd {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let mut call = CreateTeamStudent::new(self.team, self.name, self.email).tags(self.tag);
        call.phone = self.phone;
        call.document = self.document;
        let (records, student) = self.options.fetch::<Student, _>(output, &call).await?;
        records.one(&student)
    }
}

impl Fields for Enrollment {
    const CSV: &'static str = "id createdAt progress course.id course.name certificateUrl";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "MATRICULADO EM", "ENROLLED"),
        ("course.name", "CURSO", "COURSE"),
        ("progress", "PROGRESSO (%)", "PROGRESS (%)"),
        ("certificateUrl", "CERTIFICADO", "CERTIFICATE"),
    ];
    const LEAVES: &'static str = "certificateUrl createdAt id";
}
