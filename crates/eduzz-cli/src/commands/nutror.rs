//! `eduzz nutror`: courses: list, modules; students: list, show, enrollments.

use eduzz_api::nutror::{GetStudent, ListCourseModules, ListCourses, ListStudentEnrollments, ListStudents};
use eduzz_types::PersonalText;
use eduzz_types::nutror::{CourseSummary, Enrollment, Module, Student};

use crate::cli::filled;
use crate::lists::{Column, Fields, Request};

commands! {
    /// Nutror: cursos, módulos, alunos, matrículas | Nutror: courses, modules, students, enrolments
    Nutror { #[command(subcommand)] Courses(Courses), #[command(subcommand)] Students(Students) }
}
commands! {
    /// Cursos: lista, módulos | Courses: list, modules
    Courses { List(CoursesList), Modules(CoursesModules) }
}
commands! {
    /// Alunos: lista, detalhes, matrículas | Students: list, details, enrolments
    Students { List(StudentsList), Show(StudentsShow), Enrollments(StudentsEnrollments) }
}

record_commands! {
    /// Lista os cursos | Lists the courses
    CoursesList: ListCourses() -> CourseSummary, |records, courses| records.all(&courses);

    /// Lista os módulos de um curso | Lists the modules of a course
    CoursesModules: ListCourseModules(
        /// Id do curso, como em `eduzz nutror courses list`
        /// | The course's id, as in `eduzz nutror courses list`
        #[arg(value_name = "CURSO | COURSE")]
        course
    ) -> Module, |records, modules| records.all(&modules);

    /// Mostra um aluno | Shows a student
    StudentsShow: GetStudent(
        /// Id do aluno, como em `eduzz nutror students list`
        /// | The student's id, as in `eduzz nutror students list`
        id
    ) -> Student, |records, student| records.one(&student);
}

impl Fields for CourseSummary {
    const CSV: &'static str = "\
        id title hash published createdAt updatedAt category.id category.name \
        myEduzzAssociation.contentId myEduzzAssociation.title";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "CRIADO EM", "CREATED"),
        ("title", "TÍTULO", "TITLE"),
        ("published", "PUBLICADO", "PUBLISHED"),
        ("category.name", "CATEGORIA", "CATEGORY"),
        ("myEduzzAssociation.title", "PRODUTO", "PRODUCT"),
    ];
    const LEAVES: &'static str = "myEduzzAssociation.title category.name createdAt published";
}

impl Fields for Module {
    const CSV: &'static str = "\
        id courseId title sequence isDraft isFree daysLocked availableDays releaseDate createdAt \
        banner";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("sequence", "POSIÇÃO", "PLACE"),
        ("title", "TÍTULO", "TITLE"),
        ("isDraft", "RASCUNHO", "DRAFT"),
        ("isFree", "GRÁTIS", "FREE"),
        ("daysLocked", "DIAS BLOQUEADO", "DAYS LOCKED"),
        ("availableDays", "DIAS DE ACESSO", "DAYS OF ACCESS"),
        ("releaseDate", "LIBERAÇÃO", "RELEASE"),
    ];
    const LEAVES: &'static str = "availableDays daysLocked releaseDate isFree isDraft sequence";
}

list_commands! {
    /// Lista os alunos (uma integração relata que só 2.500 aparecem; os outros, com --email)
    /// | Lists the students (an integration reports that only 2,500 appear; the others by --email)
    StudentsList "nutror students list": ListStudents(
        /// Só o aluno com este e-mail (ele vai na URL da chamada, que servidores registram em log)
        /// | Only the student with this e-mail address (it goes into the URL of the call, which
        /// servers log)
        #[arg(long, value_parser = filled::<PersonalText>)]
        email: Option<PersonalText>,
    ), |_| {
        let mut call = ListStudents::new();
        call.email = email;
        Ok(Request::of(call))
    };

    /// Lista as matrículas de um aluno | Lists the enrolments of a student
    StudentsEnrollments "nutror students enrollments": ListStudentEnrollments(
        /// Id do aluno, como em `eduzz nutror students list`
        /// | The student's id, as in `eduzz nutror students list`
        #[arg(required_unless_present = "resume")]
        id: Option<String>,
    ), |_| Ok(Request::of(ListStudentEnrollments::new(id.unwrap_or_default())));
}

impl Fields for Student {
    const CSV: &'static str = "id name email avatar";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("name", "NOME", "NAME"),
        ("email", "E-MAIL", "E-MAIL"),
    ];
    const LEAVES: &'static str = "name";
}

impl Fields for Enrollment {
    const CSV: &'static str = "\
        id status createdAt expiredAt acceptedTermAt allModulesReleased progress content.type \
        content.courses.title content.courses.hash";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "MATRICULADO EM", "ENROLLED"),
        ("status", "STATUS", "STATUS"),
        ("expiredAt", "ACESSO ATÉ", "ACCESS UNTIL"),
        ("content.courses.title", "CURSOS", "COURSES"),
        ("progress", "PROGRESSO", "PROGRESS"),
    ];
    const LEAVES: &'static str = "id createdAt progress expiredAt";
}
