//! The handlers: which function answers which call of the SDK's list.

use eduzz_wire::{Endpoint, Route};

use super::blinket::{events, participants, tags};
use super::call::Handler;
use super::myeduzz::{customers, financial, products, sales, subscriptions};
use super::nutror::{comments, courses, enrollments, modules, students};
use super::{accounts, alpaclass, heycamp, safevideo, sun, webhook};

/// Pairs the SDK's types of calls with handlers, so that a call that does not exist does not compile.
macro_rules! handlers {
    ($kind:ident: $($product:ident::$call:ident => $handler:path,)+) => {
        &[$((<eduzz_api::$product::$call as Endpoint>::ROUTE, Handler::$kind($handler)),)+]
    };
}

const NOW: &[(Route, Handler)] = handlers! {
    Now:
    accounts::GetMe => accounts::get_me,
    sun::CreateCart => sun::create_cart,
    myeduzz::ListAffiliates => customers::list_affiliates,
    myeduzz::ListSubscriptions => subscriptions::list_subscriptions,
    myeduzz::GetSubscription => subscriptions::get_subscription,
    myeduzz::ListSubscriptionInvoices => subscriptions::list_subscription_invoices,
    myeduzz::ListCustomerSubscriptions => subscriptions::list_customer_subscriptions,
    myeduzz::SetRecurringDate => subscriptions::set_recurring_date,
    myeduzz::BulkCancelSubscriptions => subscriptions::bulk_cancel_subscriptions,
    myeduzz::ReactivateSubscription => subscriptions::reactivate_subscription,
    myeduzz::SendCardChangeEmail => subscriptions::send_card_change_email,
    myeduzz::ListCustomers => customers::list_customers,
    myeduzz::GetCustomer => customers::get_customer,
    myeduzz::ListStatement => financial::list_statement,
    myeduzz::ListTransfers => financial::list_transfers,
    myeduzz::ListAffiliateFiscalDocuments => financial::list_affiliate_fiscal_documents,
    myeduzz::ListBuyerFiscalDocuments => financial::list_buyer_fiscal_documents,
    myeduzz::ChangeAffiliateFiscalDocumentStatus => financial::change_affiliate_fiscal_document_status,
    myeduzz::ChangeBuyerFiscalDocumentStatus => financial::change_buyer_fiscal_document_status,
    myeduzz::ListProducts => products::list_products,
    myeduzz::GetProduct => products::get_product,
    myeduzz::ListCoupons => products::list_coupons,
    myeduzz::ListProductCampaigns => products::list_product_campaigns,
    myeduzz::ListProductOffers => products::list_product_offers,
    myeduzz::ListProductPartners => products::list_product_partners,
    myeduzz::ListSales => sales::list_sales,
    myeduzz::GetSale => sales::get_sale,
    myeduzz::ListChargebacks => sales::list_chargebacks,
    myeduzz::GetSalesSummary => sales::get_sales_summary,
    webhook::CreateWebhookSubscription => webhook::create_webhook_subscription,
    webhook::ListWebhookSubscriptions => webhook::list_webhook_subscriptions,
    webhook::UpdateWebhookSubscription => webhook::update_webhook_subscription,
    webhook::DeleteWebhookSubscription => webhook::delete_webhook_subscription,
    webhook::DeleteWebhookSubscriptionsByUrl => webhook::delete_webhook_subscriptions_by_url,
    webhook::ListWebhookOrigins => webhook::list_webhook_origins,
    webhook::GetWebhookSample => webhook::get_webhook_sample,
    webhook::GetWebhookSecret => webhook::get_webhook_secret,
    nutror::ListComments => comments::list_comments,
    nutror::GetComment => comments::get_comment,
    nutror::UpdateComment => comments::update_comment,
    nutror::DeleteComment => comments::delete_comment,
    nutror::ListCommentAnswers => comments::list_comment_answers,
    nutror::AnswerComment => comments::answer_comment,
    nutror::DeleteAnswer => comments::delete_answer,
    nutror::ListCourses => courses::list_courses,
    nutror::GetCourse => courses::get_course,
    nutror::UpdateCourse => courses::update_course,
    nutror::UpdateCourseAdvanced => courses::update_course_advanced,
    nutror::UpdateCourseImages => courses::update_course_images,
    nutror::DeleteCourse => courses::delete_course,
    nutror::ListCourseModules => modules::list_course_modules,
    nutror::GetModule => modules::get_module,
    nutror::UpdateModule => modules::update_module,
    nutror::DeleteModule => modules::delete_module,
    nutror::ListStudents => students::list_students,
    nutror::GetStudent => students::get_student,
    nutror::ListStudentEnrollments => students::list_student_enrollments,
    nutror::DeleteStudent => students::delete_student,
    nutror::BlockEnrollment => enrollments::block_enrollment,
    nutror::ExtendAccess => enrollments::extend_access,
    nutror::ReleaseModules => enrollments::release_modules,
    nutror::DeleteEnrollment => enrollments::delete_enrollment,
    alpaclass::CreateTeamStudent => alpaclass::create_team_student,
    alpaclass::ListTeamStudents => alpaclass::list_team_students,
    alpaclass::ListTeamStudentEnrollments => alpaclass::list_team_student_enrollments,
    alpaclass::ListDeliveries => alpaclass::list_deliveries,
    alpaclass::GetDelivery => alpaclass::get_delivery,
    alpaclass::ListDeliveryCourses => alpaclass::list_delivery_courses,
    alpaclass::ListTeams => alpaclass::list_teams,
    heycamp::ListPostComments => heycamp::list_post_comments,
    heycamp::CreateInvitation => heycamp::create_invitation,
    heycamp::ListInvitations => heycamp::list_invitations,
    heycamp::ListSpaces => heycamp::list_spaces,
    heycamp::ListMembers => heycamp::list_members,
    heycamp::GetMember => heycamp::get_member,
    heycamp::UpdateMember => heycamp::update_member,
    heycamp::DeleteMember => heycamp::delete_member,
    heycamp::DeleteMembers => heycamp::delete_members,
    heycamp::ListCommentingMembers => heycamp::list_commenting_members,
    heycamp::ListLikingMembers => heycamp::list_liking_members,
    heycamp::ListPosts => heycamp::list_posts,
    heycamp::GetPost => heycamp::get_post,
    heycamp::ListMostCommentedPosts => heycamp::list_most_commented_posts,
    heycamp::ListMostLikedPosts => heycamp::list_most_liked_posts,
    heycamp::CountComments => heycamp::count_comments,
    blinket::ListEvents => events::list_events,
    blinket::GetEvent => events::get_event,
    blinket::ListTags => tags::list_tags,
    blinket::CreateTag => tags::create_tag,
    blinket::UpdateTag => tags::update_tag,
    blinket::DeleteTag => tags::delete_tag,
    blinket::ListTaggedParticipants => tags::list_tagged_participants,
    blinket::TagParticipants => tags::tag_participants,
    blinket::UntagParticipants => tags::untag_participants,
    blinket::ListParticipants => participants::list_participants,
    blinket::AddParticipant => participants::add_participant,
    blinket::UpdateParticipant => participants::update_participant,
    blinket::CheckIn => participants::check_in,
    blinket::ResendTicketEmail => participants::resend_ticket_email,
    safevideo::ListMedias => safevideo::list_medias,
    safevideo::GetMedia => safevideo::get_media,
    safevideo::UpdateMedia => safevideo::update_media,
    safevideo::DeleteMedia => safevideo::delete_media,
    safevideo::GetMediaEmbed => safevideo::get_media_embed,
    safevideo::SetMediaDomains => safevideo::set_media_domains,
    safevideo::RemoveMediaDomains => safevideo::remove_media_domains,
};

const WAITING: &[(Route, Handler)] = handlers! {
    Waiting:
    webhook::SetWebhookSubscriptionStatus => webhook::set_webhook_subscription_status,
    webhook::SendWebhookSample => webhook::send_webhook_sample,
};

/// The handler of a call; `None` for a call that answers with its fixture.
pub(super) fn find(route: &Route) -> Option<Handler> {
    let mut all = NOW.iter().chain(WAITING);
    all.find(|(of, _)| of == route).map(|(_, handler)| *handler)
}
