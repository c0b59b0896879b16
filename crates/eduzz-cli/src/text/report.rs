//! Texts of the report of a mirror.

use eduzz_sync::mirror::Kind;

use crate::lang::Lang;

impl Lang {
    /// What the records of a kind are called.
    pub(crate) const fn kind_name(self, kind: Kind) -> &'static str {
        let (pt, en) = match kind {
            Kind::Sale => ("Vendas", "Sales"),
            Kind::Subscription => ("Assinaturas", "Subscriptions"),
            Kind::Invoice => ("Faturas de assinaturas", "Invoices of subscriptions"),
            Kind::Customer => ("Clientes", "Customers"),
            Kind::Product => ("Produtos", "Products"),
            Kind::Offer => ("Ofertas", "Offers"),
            Kind::StatementEntry => ("Extrato", "Statement"),
            Kind::Transfer => ("Transferências", "Transfers"),
            Kind::Chargeback => ("Chargebacks", "Chargebacks"),
            Kind::Affiliation => ("Afiliações", "Affiliations"),
            Kind::NutrorStudent => ("Alunos da Nutror", "Students at Nutror"),
            Kind::NutrorEnrollment => ("Matrículas da Nutror", "Enrolments at Nutror"),
            Kind::BlinketEvent => ("Eventos da Blinket", "Events at Blinket"),
            Kind::BlinketParticipant => ("Participantes da Blinket", "Participants at Blinket"),
            Kind::AlpaclassTeam => ("Escolas da Alpaclass", "Schools at Alpaclass"),
            Kind::AlpaclassStudent => ("Alunos da Alpaclass", "Students at Alpaclass"),
            Kind::HeycampMember => ("Membros do HeyCamp", "Members at HeyCamp"),
            _ => return kind.as_str(),
        };
        self.choose_text(pt, en)
    }

    /// What a means of payment is called; an unknown one is as the service writes it.
    pub(crate) fn means_name(self, means: Option<&str>) -> &str {
        let (pt, en) = match means {
            Some("pix") => return "Pix",
            Some("creditCard") => ("Cartão de crédito", "Credit card"),
            Some("bankslip") => ("Boleto", "Bank slip"),
            Some("installmentBankslip") => ("Boleto parcelado", "Bank slip in instalments"),
            Some("combinedPayment") => ("Vários meios", "Several means"),
            Some("eduzzBalance") => ("Saldo Eduzz", "Eduzz balance"),
            None | Some("unknown" | "") => ("Não informado", "Not stated"),
            Some(_) => return "",
        };
        self.choose_text(pt, en)
    }

    /// The steps of a plot over time: days, weeks, months, years.
    pub(crate) const fn steps(self) -> [&'static str; 4] {
        match self {
            Self::Pt => ["por dia", "por semana", "por mês", "por ano"],
            Self::En => ["by day", "by week", "by month", "by year"],
        }
    }

    /// The ages of arrears.
    pub(crate) const fn ages(self) -> [&'static str; 5] {
        match self {
            Self::Pt => [
                "até 30 dias",
                "31 a 60 dias",
                "61 a 90 dias",
                "mais de 90 dias",
                "sem fatura em aberto no espelho",
            ],
            Self::En => [
                "up to 30 days",
                "31 to 60 days",
                "61 to 90 days",
                "more than 90 days",
                "without an open invoice in the mirror",
            ],
        }
    }

    /// The columns of the kinds that the demonstration copies.
    pub(crate) const fn demo_columns(self) -> [&'static str; 5] {
        match self {
            Self::Pt => ["o quê", "linhas", "janelas provadas", "abertas", "duvidosas"],
            Self::En => ["what", "rows", "proven windows", "open", "doubtful"],
        }
    }

    /// Thousands, millions and more at the side of a plot.
    pub(crate) const fn magnitudes(self) -> [&'static str; 4] {
        match self {
            Self::Pt => [" mil", " mi", " bi", " tri"],
            Self::En => ["k", "M", "B", "T"],
        }
    }
}

texts! {
    report_title() { pt: "Relatório da conta", en: "Account report" }
    report_period(first: &str, last: &str) { pt: "{first} a {last}", en: "{first} to {last}" }
    report_about(account: &str, at: &str) {
        pt: "Conta {account} · gerado em {at} (Brasília)",
        en: "Account {account} · made at {at} (Brasília)",
    }
    report_compared(period: &str) { pt: "Comparado com {period}.", en: "Compared with {period}." }
    report_currency(currency: &str) { pt: "Vendas em {currency}", en: "Sales in {currency}" }
    report_no_currency() { pt: "Vendas sem moeda informada", en: "Sales without a currency" }
    report_nothing() {
        pt: "O espelho não tem vendas pagas neste período nem no anterior, e nenhuma assinatura.",
        en: "The mirror has no paid sales in this period or the one before, and no subscriptions.",
    }
    report_gross() { pt: "Receita bruta", en: "Gross revenue" }
    report_net() { pt: "Receita líquida", en: "Net revenue" }
    report_net_more(amount: &str) { pt: "e mais {amount}", en: "and {amount}" }
    report_refunds() { pt: "Reembolsos", en: "Refunds" }
    report_sales() { pt: "Vendas pagas", en: "Paid sales" }
    report_active() { pt: "Assinaturas ativas, hoje", en: "Active subscriptions, today" }
    report_recurring() { pt: "Receita recorrente por mês, hoje", en: "Recurring revenue a month, today" }
    report_change(sign: &str, percent: &str, before: &str) {
        pt: "{sign} {percent}, antes {before}",
        en: "{sign} {percent}, before {before}",
    }
    report_before(before: &str) { pt: "antes {before}", en: "before {before}" }
    report_of_sales(rate: &str) { pt: "{rate} das vendas", en: "{rate} of the sales" }
    report_moves(gained: &str, lost: &str) {
        pt: "no período: {gained} novas, {lost} canceladas",
        en: "in the period: {gained} new, {lost} canceled",
    }
    report_moves_before(gained: &str, lost: &str) {
        pt: "antes: {gained} novas, {lost} canceladas",
        en: "before: {gained} new, {lost} canceled",
    }
    report_late(late: &str, trials: &str) {
        pt: "{late} em atraso; mais {trials} em teste",
        en: "{late} late; {trials} more in trial",
    }
    report_unknown_frequency(count: &str) {
        pt: "sem {count} de frequência desconhecida",
        en: "without {count} of an unknown frequency",
    }
    report_no_history() {
        pt: "o serviço não informa o valor anterior",
        en: "the service does not report the previous value",
    }
    report_revenue(step: &str) { pt: "Receita bruta {step}", en: "Gross revenue {step}" }
    report_revenue_note() {
        pt: "Pelo dia do pagamento, sem juros; vendas reembolsadas também contam.",
        en: "By the day of payment, without interest; refunded sales count too.",
    }
    report_products() { pt: "Receita bruta por produto", en: "Gross revenue by product" }
    report_others(count: usize) { pt: "outros {count} produtos", en: "{count} other products" }
    report_unnamed() { pt: "produto sem nome", en: "product without a name" }
    report_means() { pt: "Receita bruta por meio de pagamento", en: "Gross revenue by means of payment" }
    report_rate(step: &str) { pt: "Taxa de reembolso {step}", en: "Refund rate {step}" }
    report_rate_note() {
        pt: "Vendas reembolsadas, no todo ou em parte, entre as pagas nesses dias. Chargebacks não entram.",
        en: "Sales paid on these days that were refunded, wholly or in part. Chargebacks are not included.",
    }
    report_gained_lost(step: &str) {
        pt: "Assinaturas novas e canceladas {step}",
        en: "Subscriptions gained and lost {step}",
    }
    report_gained() { pt: "novas", en: "gained" }
    report_lost() { pt: "canceladas", en: "lost" }
    report_arrears() { pt: "Em atraso, hoje", en: "In arrears, today" }
    report_arrears_note() {
        pt: "Assinaturas atrasadas ou inadimplentes, pelo vencimento da fatura em aberto mais antiga.",
        en: "Late and defaulting subscriptions, by the due date of the oldest open invoice.",
    }
    report_empty() { pt: "Nada neste período.", en: "Nothing in this period." }
    report_no_refunds() { pt: "Nenhum reembolso neste período.", en: "No refunds in this period." }
    report_no_arrears() { pt: "Nenhuma assinatura em atraso.", en: "No subscription in arrears." }
    report_alt(title: &str, total: &str, at: &str, best: &str) {
        pt: "{title}: no total {total}; o maior valor, {best}, em {at}. Os valores estão na tabela abaixo.",
        en: "{title}: {total} in total; the highest, {best}, at {at}. The table below has the values.",
    }
    report_table() { pt: "Tabela", en: "Table" }
    report_column_days() { pt: "dias", en: "days" }
    report_column_sales() { pt: "vendas", en: "sales" }
    report_column_gross() { pt: "bruta", en: "gross" }
    report_column_net() { pt: "líquida", en: "net" }
    report_column_refunded() { pt: "reembolsado", en: "refunded" }
    report_column_refunds() { pt: "reembolsos", en: "refunds" }
    report_column_rate() { pt: "taxa", en: "rate" }
    report_column_product() { pt: "produto", en: "product" }
    report_column_means() { pt: "meio", en: "means" }
    report_column_age() { pt: "vencida há", en: "overdue for" }
    report_column_subscriptions() { pt: "assinaturas", en: "subscriptions" }
    report_column_invoices() { pt: "faturas", en: "invoices" }
    report_column_owed() { pt: "valor", en: "amount" }
    report_column_kind() { pt: "o quê", en: "what" }
    report_column_rows() { pt: "linhas", en: "rows" }
    report_column_state() { pt: "situação", en: "state" }
    report_column_until() { pt: "provado até", en: "proven until" }
    report_proof() { pt: "O que está provado", en: "What is proven" }
    report_proven_until(kind: &str, day: &str) {
        pt: "{kind}: provado, dia por dia, até {day}, pela data de criação. O serviço mostrou todas as linhas que contou, e o espelho tem exatamente essas. O que é mais novo ainda pode mudar.",
        en: "{kind}: proven, day by day, until {day}, by the date of creation. The service showed every row that it counted, and the mirror has exactly these. What is newer can still change.",
    }
    report_not_proven(kind: &str) {
        pt: "{kind}: o primeiro dia do espelho ainda não está provado.",
        en: "{kind}: the first day of the mirror is not proven yet.",
    }
    report_no_doubts() { pt: "Não há dúvidas.", en: "There are no doubts." }
    report_doubts() { pt: "O que é duvidoso, e por quê", en: "What is doubtful, and why" }
    report_unfilled(kind: &str) { pt: "{kind}: falta ler uma parte", en: "{kind}: a part has not been read yet" }
    report_waiting(kind: &str, count: &str) {
        pt: "{kind}: {count} esperam uma resposta da API",
        en: "{kind}: {count} wait for an answer of the API",
    }
    report_disagree(kind: &str, count: &str) {
        pt: "{kind}: sobre {count}, a API diz menos do que um evento já disse",
        en: "{kind}: about {count}, the API says less than an event did",
    }
    report_unreadable(kind: &str, count: &str) {
        pt: "{kind}: {count} linhas não puderam ser lidas",
        en: "{kind}: {count} rows could not be read",
    }
    report_gap(kind: &str, what: &str, why: &str) { pt: "{kind}, {what}: {why}", en: "{kind}, {what}: {why}" }
    report_more(count: usize) { pt: "e mais {count} (`eduzz mirror gaps`)", en: "and {count} more (`eduzz mirror gaps`)" }
    report_undated(count: &str) {
        pt: "{count} vendas pagas não têm dia de pagamento e não estão em nenhum período",
        en: "{count} paid sales have no day of payment and are in no period",
    }
    report_unsummed(count: &str) {
        pt: "{count} vendas do período não têm um valor que possa ser somado",
        en: "{count} sales of the period have no amount that can be added",
    }
    report_drift(count: &str) {
        pt: "Mudanças que só uma conferência encontrou, desde o começo: {count}.",
        en: "Changes that only a check found, since the beginning: {count}.",
    }
    report_written(file: &str) { pt: "relatório em {file}", en: "the report is in {file}" }
    report_future() {
        pt: "o período ainda não começou\npasse dias até hoje",
        en: "the period has not begun\ngive days up to today",
    }
}
