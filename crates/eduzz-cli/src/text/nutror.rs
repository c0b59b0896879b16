//! Texts of the commands of Nutror.

texts! {
    column_title() { pt: "TÍTULO", en: "TITLE" }
    column_published() { pt: "PUBLICADO", en: "PUBLISHED" }
    column_category() { pt: "CATEGORIA", en: "CATEGORY" }
    column_sequence() { pt: "POSIÇÃO", en: "PLACE" }
    column_draft() { pt: "RASCUNHO", en: "DRAFT" }
    column_free() { pt: "GRÁTIS", en: "FREE" }
    column_days_locked() { pt: "DIAS BLOQUEADO", en: "DAYS LOCKED" }
    column_days_available() { pt: "DIAS DE ACESSO", en: "DAYS OF ACCESS" }
    column_release() { pt: "LIBERAÇÃO", en: "RELEASE" }
    column_access_until() { pt: "ACESSO ATÉ", en: "ACCESS UNTIL" }
    column_courses() { pt: "CURSOS", en: "COURSES" }
    column_how_far() { pt: "PROGRESSO", en: "PROGRESS" }

    placeholder_course() { pt: "CURSO", en: "COURSE" }

    help_nutror() { pt: "Nutror: cursos, módulos, alunos, matrículas", en: "Nutror: courses, modules, students, enrolments" }
    help_courses() { pt: "Cursos: lista, módulos", en: "Courses: list, modules" }
    help_courses_list() { pt: "Lista os cursos", en: "Lists the courses" }
    help_courses_modules() { pt: "Lista os módulos de um curso", en: "Lists the modules of a course" }
    help_course() { pt: "Id do curso, como em `eduzz nutror courses list`", en: "The course's id, as in `eduzz nutror courses list`" }
    help_learners() { pt: "Alunos: lista, detalhes, matrículas", en: "Students: list, details, enrolments" }
    help_learners_list() {
        pt: "Lista os alunos (uma integração relata que só 2.500 aparecem; os outros, com --email)",
        en: "Lists the students (an integration reports that only 2,500 appear; the others by --email)",
    }
    help_learners_show() { pt: "Mostra um aluno", en: "Shows a student" }
    help_learner() { pt: "Id do aluno, como em `eduzz nutror students list`", en: "The student's id, as in `eduzz nutror students list`" }
}
