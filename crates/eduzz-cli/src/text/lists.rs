//! Texts of the lists: headings, filters, how far a walk is, and how to go on with it.

texts! {
    column_id() { pt: "ID", en: "ID" }
    column_status() { pt: "STATUS", en: "STATUS" }
    column_created() { pt: "CRIADO EM", en: "CREATED" }
    column_requested() { pt: "PEDIDO EM", en: "REQUESTED" }
    column_approved() { pt: "APROVADO EM", en: "APPROVED" }
    column_completed() { pt: "CONCLUÍDO EM", en: "COMPLETED" }
    column_limit() { pt: "PRAZO", en: "DEADLINE" }
    column_due() { pt: "VENCE EM", en: "DUE" }
    column_next_due() { pt: "PRÓXIMA COBRANÇA", en: "NEXT CHARGE" }
    column_date() { pt: "DATA", en: "DATE" }
    column_method() { pt: "PAGAMENTO", en: "METHOD" }
    column_payment() { pt: "PAGAMENTO", en: "PAYMENT" }
    column_total() { pt: "TOTAL", en: "TOTAL" }
    column_net() { pt: "LÍQUIDO", en: "NET" }
    column_gross() { pt: "BRUTO", en: "GROSS" }
    column_discount() { pt: "DESCONTO", en: "DISCOUNT" }
    column_fee() { pt: "TAXA DA EDUZZ", en: "EDUZZ FEE" }
    column_partners() { pt: "SÓCIOS", en: "PARTNERS" }
    column_affiliates() { pt: "AFILIADOS", en: "AFFILIATES" }
    column_others() { pt: "OUTRAS TAXAS", en: "OTHER FEES" }
    column_paid() { pt: "PAGO", en: "PAID" }
    column_price() { pt: "PREÇO", en: "PRICE" }
    column_value() { pt: "VALOR", en: "AMOUNT" }
    column_product() { pt: "PRODUTO", en: "PRODUCT" }
    column_products() { pt: "PRODUTOS", en: "PRODUCTS" }
    column_buyer() { pt: "COMPRADOR", en: "BUYER" }
    column_client() { pt: "CLIENTE", en: "CLIENT" }
    column_affiliate() { pt: "AFILIADO", en: "AFFILIATE" }
    column_email() { pt: "E-MAIL", en: "E-MAIL" }
    column_name_of() { pt: "NOME", en: "NAME" }
    column_type() { pt: "TIPO", en: "TYPE" }
    column_sale() { pt: "VENDA", en: "SALE" }
    column_description() { pt: "DESCRIÇÃO", en: "DESCRIPTION" }
    column_bank() { pt: "BANCO", en: "BANK" }
    yes() { pt: "sim", en: "yes" }
    no() { pt: "não", en: "no" }

    no_rows() { pt: "nada encontrado", en: "nothing found" }
    long_and_empty() {
        pt: "nada veio, mas a API também responde vazio a períodos longos; --all percorre este em partes",
        en: "nothing came, but the API answers long stretches with nothing too; --all walks this one in parts",
    }
    one_page_of(page: u64, pages: u64, rows: u64) {
        pt: "página {page} de {pages}, de {rows} linhas ao todo; --page mostra outra, --all traz todas",
        en: "page {page} of {pages}, of {rows} rows in all; --page shows another, --all brings them all",
    }
    rows_in_file(rows: u64, path: &str) { pt: "{rows} linhas em {path}", en: "{rows} rows in {path}" }
    rows_of(rows: &str, total: &str) { pt: "{rows} de {total} linhas", en: "{rows} of {total} rows" }
    rows_so_far(rows: &str) { pt: "{rows} linhas", en: "{rows} rows" }
    time_left(time: &str) { pt: "faltam {time}", en: "{time} left" }
    list_moved() {
        pt: "a lista mudou durante a leitura; o que estava lá o tempo todo veio inteiro, e nada se repetiu",
        en: "the list changed while it was read; what was there throughout came whole, and nothing came twice",
    }
    rows_may_be_missing() {
        pt: "a lista mudou durante a leitura, e podem faltar linhas; leia-a de novo",
        en: "the list changed while it was read, and rows may be missing; read it again",
    }
    broken_row_left_out(row: u64, why: &str) { pt: "a linha {row} ficou de fora: {why}", en: "row {row} was left out: {why}" }
    broken_row_kept(row: u64, why: &str) { pt: "a linha {row} está como veio: {why}", en: "row {row} stands as it came: {why}" }
    broken_row_strict(row: u64, why: &str) {
        pt: "a linha {row} não pôde ser lida: {why}\nsem --strict as outras são lidas",
        en: "row {row} cannot be read: {why}\nwithout --strict the others are read",
    }
    row_not_understood() { pt: "ela não pôde ser lida", en: "it cannot be read" }
    row_shape_at(path: &str, reason: &str) { pt: "em {path}, {reason}", en: "at {path}, {reason}" }
    row_too_exact() {
        pt: "um número tem mais algarismos do que o JSON leva com exatidão",
        en: "a number has more digits than JSON carries exactly",
    }

    no_such_day(option: &str) {
        pt: "o dia de {option} não existe; escreva-o como 2026-02-28",
        en: "the day of {option} does not exist; write it as 2026-02-28",
    }
    days_backwards() {
        pt: "o último dia vem antes do primeiro; confira --from e --to",
        en: "the last day is before the first; check --from and --to",
    }
    no_today() {
        pt: "o relógio do sistema não diz que dia é hoje; passe --from e --to",
        en: "the system's clock does not say what day it is; give --from and --to",
    }
    newest_wander() {
        pt: "pela data da última mudança, uma linha que muda vai para o fim, e com --order newest ela se perderia\nuse --order oldest",
        en: "by the date of the last change, a row that changes moves to the end, and with --order newest it would be lost\nuse --order oldest",
    }
    only_csv(option: &str) { pt: "`{option}` só vale com --format csv", en: "`{option}` goes with --format csv only" }
    bad_pace() {
        pt: "EDUZZ_PACE não é um número de chamadas por minuto, nem off",
        en: "EDUZZ_PACE is neither a number of calls a minute nor off",
    }
    page_with_all() {
        pt: "--all percorre todas as páginas, e não leva o campo `page`",
        en: "--all walks all the pages, and does not take the field `page`",
    }
    summary_currencies() {
        pt: "as somas têm moedas diferentes, e não dá para juntá-las\npeça meio ano de cada vez, com --from e --to",
        en: "the sums are of different currencies, and cannot be added\nask for half a year at a time, with --from and --to",
    }

    out_not_a_file(path: &str) {
        pt: "{path} não é um arquivo comum\nescolha outro em --out, ou `--out -` para a saída padrão",
        en: "{path} is not a plain file\nchoose another with --out, or `--out -` for the standard output",
    }
    cannot_write_file(path: &str, why: &str) {
        pt: "não foi possível gravar {path}: {why}\no que havia ali ficou como estava",
        en: "{path} cannot be written: {why}\nwhat was there was left as it is",
    }
    part_is_in(path: &str) { pt: "o que já veio está em {path}", en: "what came so far is in {path}" }
    part_changed(path: &str) {
        pt: "{path} não tem mais o que já tinha vindo\ncomece de novo, sem --resume",
        en: "{path} no longer has what had come\nbegin again, without --resume",
    }
    go_on_with(command: &str) { pt: "continue com: {command}", en: "go on with: {command}" }
    cursor_broken(path: &str) {
        pt: "{path} não é um cursor deste programa, ou está danificado\ncomece de novo, sem --resume",
        en: "{path} is no cursor of this program, or is broken\nbegin again, without --resume",
    }
    cursor_other_command(path: &str, command: &str) {
        pt: "o cursor {path} é de outro comando: {command}",
        en: "the cursor {path} is of another command: {command}",
    }
    cursor_other_account(path: &str) {
        pt: "o cursor {path} é de outra conta, ou de outro endereço da API\nentre na conta certa com `eduzz login`, ou confira EDUZZ_TOKEN e EDUZZ_SANDBOX",
        en: "the cursor {path} is of another account, or of another address of the API\nsign in to the right account with `eduzz login`, or check EDUZZ_TOKEN and EDUZZ_SANDBOX",
    }

    placeholder_day() { pt: "AAAA-MM-DD", en: "YYYY-MM-DD" }
    placeholder_number() { pt: "N", en: "N" }
    placeholder_format() { pt: "FORMATO", en: "FORMAT" }
    placeholder_order() { pt: "ORDEM", en: "ORDER" }
    placeholder_which_date() { pt: "DATA", en: "DATE" }
    placeholder_document() { pt: "CPF|CNPJ", en: "CPF|CNPJ" }
    heading_filters() { pt: "Filtros", en: "Filters" }

    help_sales() { pt: "Vendas: lista, detalhes, somas, chargebacks", en: "Sales: list, details, sums, chargebacks" }
    help_sales_list() { pt: "Lista as vendas de um período", en: "Lists the sales of a stretch of days" }
    help_sales_show() { pt: "Mostra uma venda inteira", en: "Shows a whole sale" }
    help_sales_summary() { pt: "Soma as vendas de um período", en: "Sums up the sales of a stretch of days" }
    help_sales_chargebacks() {
        pt: "Lista as vendas contestadas no cartão",
        en: "Lists the sales whose payment was called back",
    }
    help_subscriptions() { pt: "Assinaturas: lista, detalhes, faturas", en: "Subscriptions: list, details, invoices" }
    help_subscriptions_list() {
        pt: "Lista as assinaturas criadas, ou mudadas, num período",
        en: "Lists the subscriptions made, or changed, in a stretch of days",
    }
    help_subscriptions_show() { pt: "Mostra uma assinatura inteira", en: "Shows a whole subscription" }
    help_subscriptions_invoices() { pt: "Lista as faturas de uma assinatura", en: "Lists the invoices of a subscription" }
    help_products() { pt: "Produtos: lista, detalhes", en: "Products: list, details" }
    help_products_list() { pt: "Lista os produtos", en: "Lists the products" }
    help_products_show() { pt: "Mostra um produto inteiro", en: "Shows a whole product" }
    help_customers() { pt: "Clientes: lista, detalhes", en: "Customers: list, details" }
    help_customers_list() { pt: "Lista os clientes", en: "Lists the customers" }
    help_customers_show() { pt: "Mostra um cliente pelo e-mail", en: "Shows a customer by the e-mail address" }
    help_statement() { pt: "Lista o extrato de um período", en: "Lists the statement of a stretch of days" }
    help_transfers() { pt: "Lista as transferências para o banco", en: "Lists the transfers to the bank" }
    help_affiliates() { pt: "Lista os afiliados aos produtos", en: "Lists the products' affiliates" }

    help_from() {
        pt: "Primeiro dia, em Brasília (sem --from e --to, o mês corrente)",
        en: "First day, in Brasília (without --from and --to, the current month)",
    }
    help_from_any() { pt: "Primeiro dia (sem --from e --to, todos)", en: "First day (without --from and --to, all)" }
    help_to() { pt: "Último dia (sem ela, hoje)", en: "Last day (without it, today)" }
    help_date_sales() {
        pt: "Qual data da venda: created, paid, due ou updated (esta acha os reembolsos)",
        en: "Which date of a sale: created, paid, due or updated (which finds refunds)",
    }
    help_date_subscriptions() {
        pt: "Qual data da assinatura: created ou updated (sem ela, created)",
        en: "Which date of a subscription: created or updated (without it, created)",
    }
    help_status_of() { pt: "Só com este status, na palavra da API: paid", en: "Only with this status, in the API's word: paid" }
    help_product_of() { pt: "Só deste produto", en: "Only of this product" }
    help_products_of() { pt: "Só deste produto; pode repetir", en: "Only of this product; may be repeated" }
    help_affiliate_of() { pt: "Só deste afiliado", en: "Only of this affiliate" }
    help_contract_of() { pt: "Só as cobranças desta assinatura", en: "Only the charges of this subscription" }
    help_sale_of() { pt: "Só desta venda", en: "Only of this sale" }
    help_buyer_of() {
        pt: "Só do comprador com este e-mail (ele vai no endereço do pedido, que servidores registram)",
        en: "Only of the buyer with this e-mail address (it goes into the request's address, which servers log)",
    }
    help_document_of() {
        pt: "Só do comprador com este documento (ele vai no endereço do pedido, que servidores registram)",
        en: "Only of the buyer with this tax number (it goes into the request's address, which servers log)",
    }
    help_sort() { pt: "Ordem da lista, como a API a escreve", en: "Order of the list, as the API writes it" }
    help_id_sale() { pt: "Id da venda", en: "The sale's id" }
    help_id_subscription() { pt: "Id da assinatura", en: "The subscription's id" }
    help_id_product() { pt: "Id do produto", en: "The product's id" }
    help_email() { pt: "E-mail do cliente", en: "The customer's e-mail address" }

    help_walk() { pt: "Traz tudo: todas as páginas de todo o período", en: "Brings everything: all pages of the whole stretch" }
    help_order() {
        pt: "Com --all, por onde começar um período longo: newest ou oldest (sem ela, newest, e por data de mudança, oldest)",
        en: "With --all, where to begin a long stretch: newest or oldest (without it, newest, and by date of change, oldest)",
    }
    help_page() { pt: "Qual página mostrar (sem ela, 1)", en: "Which page to show (without it, 1)" }
    help_per_page() {
        pt: "Linhas por página (sem ela, 20; com --all, 100)",
        en: "Rows to a page (without it, 20; with --all, 100)",
    }
    help_format() {
        pt: "table, json, jsonl ou csv (sem ela, a que o nome do arquivo diz, ou table)",
        en: "table, json, jsonl or csv (without it, what the file's name says, or table)",
    }
    help_out() {
        pt: "Grava num arquivo só seu, trocado inteiro no fim; sem ela, ou com -, a saída padrão",
        en: "Writes a file of your own, replaced whole at the end; without it, or with -, the standard output",
    }
    help_resume() {
        pt: "Continua um percurso interrompido, do cursor que ele deixou",
        en: "Goes on with a walk that was interrupted, from the cursor that it left",
    }
    help_strict() { pt: "Para na primeira linha que não puder ser lida", en: "Stops at the first row that cannot be read" }
    help_bom() { pt: "CSV com a marca pela qual o Excel reconhece UTF-8", en: "CSV with the mark by which Excel knows UTF-8" }
    help_excel() {
        pt: "CSV para o Excel em português: `;` entre as colunas, vírgula decimal e a marca de UTF-8",
        en: "CSV for Excel in Portuguese: `;` between columns, decimal comma and the mark of UTF-8",
    }
    help_list_more(columns: &str) {
        pt: "\
Numa tabela os valores e as datas estão como se leem no Brasil, com a hora de Brasília; em
json, jsonl e csv, exatos como vieram. Um texto que uma planilha tomaria por fórmula (com = + - @
no começo) ganha um ' no csv. Ctrl-C deixa um cursor, e --resume continua dali.

Colunas do csv:{columns}",
        en: "\
In a table amounts and dates read as people write them, in Brasília's time; in json, jsonl and
csv they are exact, as they came. A text that a spreadsheet would take for a formula (with = + - @
at its beginning) gets a ' in csv. Ctrl-C leaves a cursor, and --resume goes on from there.

Columns of csv:{columns}",
    }
    help_show_more(columns: &str) { pt: "Colunas do csv:{columns}", en: "Columns of csv:{columns}" }
}
