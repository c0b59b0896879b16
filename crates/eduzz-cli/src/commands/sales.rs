//! `eduzz sales`: list, show, summary, chargebacks.

use clap::Args;
use eduzz_api::myeduzz::{GetSale, GetSalesSummary, ListChargebacks, ListSales};
use eduzz_types::myeduzz::{
    AffiliateId, ChargebackStatus, Sale, SaleChargeback, SaleId, SaleReferenceDate, SaleStatus, SalesSummary,
    SubscriptionId,
};
use eduzz_types::{Date, Money, PersonalText, ProductId};
use eduzz_wire::{Days, Order, PageCall};
use serde::Serialize;

use crate::cli::{BadValue, FILTERS, filled, help_of, one_of};
use crate::client::Api;
use crate::failure::Failure;
use crate::lists::{
    Column, Fields, HALF_A_YEAR, Month, Period, RecordOptions, Records, Request, record_help,
};
use crate::output::Output;

commands! {
    /// Vendas: lista, detalhes, resumo, chargebacks | Sales: list, details, summary, chargebacks
    Sales { List(SalesList), Show(SalesShow), Summary(SalesSums), Chargebacks(SalesChargebacks) }
}

list_commands! {
    /// Lista as vendas de um período | Lists the sales of a period
    SalesList "sales list": ListSales(
        #[command(flatten)]
        period: Period,
        /// A data a usar: created, paid, due ou updated (a que encontra os reembolsos)
        /// | Which date of a sale: created, paid, due or updated (which finds refunds)
        #[arg(long, value_name = "DATA | DATE", value_parser = reference_date)]
        date: Option<SaleReferenceDate>,
        #[command(flatten)]
        filters: SalesFilters,
        /// Só do comprador com este e-mail (ele vai na URL da chamada, que servidores registram em
        /// log)
        /// | Only of the buyer with this e-mail address (it goes into the URL of the call, which
        /// servers log)
        #[arg(long, value_name = "EMAIL", value_parser = filled::<PersonalText>)]
        buyer: Option<PersonalText>,
        /// Só do comprador com este documento (ele vai na URL da chamada, que servidores registram
        /// em log)
        /// | Only of the buyer with this tax number (it goes into the URL of the call, which
        /// servers log)
        #[arg(long, value_name = "CPF|CNPJ", value_parser = filled::<PersonalText>)]
        document: Option<PersonalText>,
    ), |lang| {
        let days = period.days(lang)?;
        let mut call = ListSales::new(&days);
        call.reference_date = date;
        call.status = filters.status;
        call.product_id = filters.product;
        call.affiliate_id = filters.affiliate;
        call.contract_id = filters.contract;
        call.buyer_email = buyer;
        call.buyer_document = document;
        Ok(Request::ordered(call, period.order()))
    };

    /// Lista as vendas contestadas no cartão | Lists the sales whose payment was charged back
    SalesChargebacks "sales chargebacks": ListChargebacks(
        #[command(flatten)]
        period: Period,
        #[arg(
            long,
            value_parser = one_of::<ChargebackStatus>,
            help = help_of::<ChargebackStatus>("Só com este status", "Only with this status"),
        )]
        status: Option<ChargebackStatus>,
        /// Só desta venda | Only of this sale
        #[arg(long, value_name = "ID", value_parser = filled::<SaleId>)]
        sale: Option<SaleId>,
        /// Só do comprador com este e-mail (ele vai na URL da chamada, que servidores registram em
        /// log)
        /// | Only of the buyer with this e-mail address (it goes into the URL of the call, which
        /// servers log)
        #[arg(long, value_name = "EMAIL", value_parser = filled::<PersonalText>)]
        buyer: Option<PersonalText>,
    ), |lang| {
        let days = period.days(lang)?;
        let mut call = ListChargebacks::new(&days);
        call.chargeback_status = status;
        call.id = sale;
        call.buyer_email = buyer;
        Ok(Request::ordered(call, period.order()))
    };
}

fn reference_date(text: &str) -> Result<SaleReferenceDate, BadValue> {
    Ok(match text.trim() {
        "created" => SaleReferenceDate::CreatedAt,
        "paid" => SaleReferenceDate::PaidAt,
        "due" => SaleReferenceDate::DueDate,
        "updated" => SaleReferenceDate::UpdatedAt,
        // The service's own spelling.
        other => Some(SaleReferenceDate::from(other))
            .filter(SaleReferenceDate::is_known)
            .ok_or(BadValue::OneOf(&["created", "paid", "due", "updated"]))?,
    })
}

// The filters of both the list and the summary.
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS)]
struct SalesFilters {
    #[arg(
        long,
        value_parser = one_of::<SaleStatus>,
        help = help_of::<SaleStatus>("Só com este status", "Only with this status"),
    )]
    status: Option<SaleStatus>,
    /// Só deste produto | Only of this product
    #[arg(long, value_name = "ID", value_parser = filled::<ProductId>)]
    product: Option<ProductId>,
    /// Só deste afiliado | Only of this affiliate
    #[arg(long, value_name = "ID", value_parser = filled::<AffiliateId>)]
    affiliate: Option<AffiliateId>,
    /// Só as cobranças desta assinatura | Only the charges of this subscription
    #[arg(long, value_name = "ID", value_parser = filled::<SubscriptionId>)]
    contract: Option<SubscriptionId>,
}

// `payment.method|paymentMethod`: Q39.
impl Fields for Sale {
    const CSV: &'static str = "\
        id contractId status createdAt updatedAt dueDate paidAt creditDate currency total.value \
        total.currency totalInterest.value totalInterest.currency grossGain.value grossGain.currency \
        netGain.value netGain.currency partnersGain.value partnersGain.currency affiliatesGain.value \
        affiliatesGain.currency fee.value fee.currency alumyFee.value alumyFee.currency others.value \
        others.currency installments payment.method|paymentMethod payment.detail payment.link \
        product.id product.name product.type product.billingType product.sku buyer.id buyer.name \
        buyer.email buyer.document buyer.phone recipient.id recipient.name recipient.email \
        recipient.document recipient.phone affiliate.id affiliate.name producer.id producer.name \
        producer.email offer.name refund.type refund.value.value refund.value.currency \
        refund.partialValue.value refund.partialValue.currency refund.refundedAt recoveringStatus \
        isInfiniteFunnel locale tracker tracker2 tracker3 utm.source utm.campaign utm.medium \
        utm.content utm.term orderBump.has orderBump.isMainSale orderBump.mainSaleId";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "CRIADO EM", "CREATED"),
        ("status", "STATUS", "STATUS"),
        ("payment.method|paymentMethod", "PAGAMENTO", "METHOD"),
        ("total", "TOTAL", "TOTAL"),
        ("netGain", "LÍQUIDO", "NET"),
        ("product.name", "PRODUTO", "PRODUCT"),
        ("buyer.name", "COMPRADOR", "BUYER"),
        ("buyer.email", "E-MAIL", "E-MAIL"),
    ];
    const LEAVES: &'static str = "\
        payment.method|paymentMethod buyer.email netGain product.name createdAt buyer.name";
}

record_commands! {
    /// Mostra uma venda inteira | Shows a whole sale
    SalesShow: GetSale(
        /// Id da venda | The sale's id
        id
    ) -> Sale, |records, sale| records.one(&sale);
}

/// Soma as vendas de um período e mostra quantas são | Sums up and counts the sales of a period
#[derive(Debug, Args)]
#[command(after_help = record_help::<Summed>())]
pub(crate) struct SalesSums {
    #[command(flatten)]
    options: RecordOptions,
    #[command(flatten)]
    month: Month,
    #[command(flatten)]
    filters: SalesFilters,
}

impl SalesSums {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let days = self.month.days(lang)?;
        let mut call = GetSalesSummary::new(&days);
        call.status = self.filters.status;
        call.product_id = self.filters.product;
        call.affiliate_id = self.filters.affiliate;
        call.contract_id = self.filters.contract;
        let records = Records::new::<Summed>(output, &self.options)?;
        let api = Api::new(output, self.options.body)?;
        let mut whole: Option<SalesSummary> = None;
        for days in days.slices(HALF_A_YEAR, Order::OldestFirst) {
            let part = api.call(&call.clone().days(days)).await?;
            whole = Some(match whole {
                Some(whole) => {
                    sum(whole, &part).ok_or_else(|| Failure::rejected(lang.summary_currencies()))?
                }
                None => part,
            });
        }
        let Some(sums) = whole else {
            return Err(Failure::usage(lang.days_backwards()));
        };
        let count = match count(&api, &call, &days).await {
            Ok(count) => Some(count),
            // The sums are there; the count is an addition.
            Err(failure) => {
                output.note(&lang.summary_not_counted());
                failure.text().into_iter().for_each(|text| output.note(text));
                None
            }
        };
        records.one(&Summed {
            sums,
            start_date: days.first().clone(),
            end_date: days.last().clone(),
            count,
        })
    }
}

/// The sums of a period.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summed {
    #[serde(flatten)]
    sums: SalesSummary,
    start_date: Date,
    end_date: Date,
    count: Option<u64>,
}

/// How many sales the list has with the summary's filters.
async fn count(api: &Api, summary: &GetSalesSummary, days: &Days) -> Result<u64, Failure> {
    let mut count: u64 = 0;
    for days in days.slices(HALF_A_YEAR, Order::OldestFirst) {
        let mut call = ListSales::new(&days).page(1).items_per_page(1);
        call.status.clone_from(&summary.status);
        call.product_id.clone_from(&summary.product_id);
        call.affiliate_id.clone_from(&summary.affiliate_id);
        call.contract_id.clone_from(&summary.contract_id);
        count = count.saturating_add(api.call(&PageCall::new(call)).await?.total_items);
    }
    Ok(count)
}

/// The sums of two periods, unless their currencies differ.
fn sum(mut whole: SalesSummary, part: &SalesSummary) -> Option<SalesSummary> {
    let add = |whole: &mut Money, part: Money| {
        if part.value.is_zero() {
            return Some(());
        }
        if whole.value.is_zero() {
            whole.currency = part.currency;
        }
        whole.value = whole.value.checked_add(part.value)?;
        (whole.currency == part.currency).then_some(())
    };
    add(&mut whole.discount, part.discount)?;
    add(&mut whole.gross_gain, part.gross_gain)?;
    add(&mut whole.net_gain, part.net_gain)?;
    add(&mut whole.partners_gain, part.partners_gain)?;
    add(&mut whole.affiliates_gain, part.affiliates_gain)?;
    add(&mut whole.fee, part.fee)?;
    add(&mut whole.others, part.others)?;
    add(&mut whole.total, part.total)?;
    Some(whole)
}

impl Fields for Summed {
    const CSV: &'static str = "\
        total.value total.currency discount.value discount.currency grossGain.value \
        grossGain.currency netGain.value netGain.currency partnersGain.value partnersGain.currency \
        affiliatesGain.value affiliatesGain.currency fee.value fee.currency others.value \
        others.currency startDate endDate count";
    const TABLE: &'static [Column] = &[
        ("total", "TOTAL", "TOTAL"),
        ("discount", "DESCONTO", "DISCOUNT"),
        ("grossGain", "BRUTO", "GROSS"),
        ("fee", "TAXA DA EDUZZ", "EDUZZ FEE"),
        ("partnersGain", "COPRODUTORES", "PARTNERS"),
        ("affiliatesGain", "AFILIADOS", "AFFILIATES"),
        ("others", "OUTRAS TAXAS", "OTHER FEES"),
        ("netGain", "LÍQUIDO", "NET"),
        ("startDate", "DE", "FROM"),
        ("endDate", "ATÉ", "TO"),
        ("count", "VENDAS", "SALES"),
    ];
    const LEAVES: &'static str = "others affiliatesGain partnersGain discount fee grossGain";
}

impl Fields for SaleChargeback {
    const CSV: &'static str = "\
        id total.value total.currency chargeback.status chargeback.requestedAt chargeback.limitDate \
        chargeback.documentsUploadedAt affiliate.id affiliate.name product.id product.name \
        product.type product.sku buyer.id buyer.name buyer.email buyer.document buyer.phone";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("chargeback.requestedAt", "SOLICITADO EM", "REQUESTED"),
        ("chargeback.limitDate", "PRAZO", "DEADLINE"),
        ("chargeback.status", "STATUS", "STATUS"),
        ("total", "TOTAL", "TOTAL"),
        ("product.name", "PRODUTO", "PRODUCT"),
        ("buyer.name", "COMPRADOR", "BUYER"),
        ("buyer.email", "E-MAIL", "E-MAIL"),
    ];
    const LEAVES: &'static str = "buyer.email product.name chargeback.requestedAt buyer.name";
}
