//! Texts of the commands of Alpaclass and HeyCamp.

texts! {
    column_address() { pt: "ENDEREÇO", en: "ADDRESS" }
    column_registered() { pt: "CADASTRADO EM", en: "REGISTERED" }
    column_enrolled() { pt: "MATRICULADO EM", en: "ENROLLED" }
    column_course() { pt: "CURSO", en: "COURSE" }
    column_progress() { pt: "PROGRESSO (%)", en: "PROGRESS (%)" }
    column_certificate() { pt: "CERTIFICADO", en: "CERTIFICATE" }
    column_joined() { pt: "ENTROU EM", en: "JOINED" }
    column_deleted() { pt: "EXCLUÍDO EM", en: "DELETED" }

    placeholder_team() { pt: "ESCOLA", en: "TEAM" }
    placeholder_student() { pt: "ALUNO", en: "STUDENT" }
    placeholder_community() { pt: "COMUNIDADE", en: "COMMUNITY" }
    placeholder_digits() { pt: "DÍGITOS", en: "DIGITS" }

    help_alpaclass() { pt: "Alpaclass: escolas, alunos, matrículas", en: "Alpaclass: schools, students, enrolments" }
    help_teams() { pt: "Lista as escolas", en: "Lists the schools" }
    help_students() { pt: "Alunos de uma escola: lista, cadastro, matrículas", en: "Students of a school: list, add, enrolments" }
    help_students_list() { pt: "Lista os alunos de uma escola", en: "Lists the students of a school" }
    help_students_add() { pt: "Cadastra um aluno numa escola", en: "Makes a student of a school" }
    help_students_enrollments() { pt: "Lista as matrículas de um aluno", en: "Lists the enrolments of a student" }
    help_team() { pt: "Id da escola, como em `eduzz alpaclass teams`", en: "The school's id, as in `eduzz alpaclass teams`" }
    help_student() { pt: "Id do aluno", en: "The student's id" }
    help_student_email() {
        pt: "Só o aluno com este e-mail (ele vai no endereço do pedido, que servidores registram)",
        en: "Only the student with this e-mail address (it goes into the request's address, which servers log)",
    }
    help_student_document() {
        pt: "Só o aluno com este documento (ele vai no endereço do pedido, que servidores registram)",
        en: "Only the student with this tax number (it goes into the request's address, which servers log)",
    }
    help_frozen() { pt: "Só os congelados (true), ou só os outros (false)", en: "Only those who are frozen (true), or only the others (false)" }
    help_sort_fields() {
        pt: "Ordem da lista: name:asc, email:desc, vários com vírgulas; outros campos além dos da documentação podem não servir",
        en: "Order of the list: name:asc, email:desc, several with commas; fields besides those of the documentation may not do",
    }
    help_student_name() { pt: "Nome do aluno", en: "The student's name" }
    help_student_new_email() { pt: "E-mail do aluno", en: "The student's e-mail address" }
    help_student_phone() { pt: "Telefone do aluno, só dígitos", en: "The student's telephone number, digits only" }
    help_student_new_document() { pt: "CPF do aluno, só dígitos", en: "The student's CPF, digits only" }
    help_student_tag() { pt: "Etiqueta a pôr no aluno; pode repetir", en: "A tag to put on the student; may be repeated" }
    bad_sort() {
        pt: "`--sort` não é uma ordem\nescreva campo:asc ou campo:desc, vários com vírgulas",
        en: "`--sort` is no order\nwrite field:asc or field:desc, several with commas",
    }

    help_heycamp() { pt: "HeyCamp: membros", en: "HeyCamp: members" }
    help_members() { pt: "Membros de uma comunidade", en: "Members of a community" }
    help_members_list() { pt: "Lista os membros de uma comunidade", en: "Lists the members of a community" }
    help_community() {
        pt: "Id da comunidade, um número ou UUID (no sandbox, 3001); a API não os lista",
        en: "The community's id, a number or UUID (in the sandbox, 3001); the API does not list them",
    }
    help_member_status() { pt: "Só com este status: active ou deleted", en: "Only with this status: active or deleted" }
}
