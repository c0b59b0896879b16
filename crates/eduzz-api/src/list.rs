//! The list of all calls, and of those that answer in pages.

/// Passes every call of this crate to a macro, as `(product, endpoint, Type)` in the order of the
/// documentation. The command line, the sandbox and the generic properties are made from this list.
/// Use it as an item or as a statement; it needs the feature `all-products`.
///
/// ```
/// use eduzz_wire::Endpoint;
///
/// macro_rules! print_routes {
///     ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
///         $(println!("{} {}", stringify!($call), eduzz_api::$product::$call::ROUTE);)*
///     };
/// }
///
/// eduzz_api::for_each_endpoint!(print_routes);
/// ```
#[macro_export]
macro_rules! for_each_endpoint {
    ($callback:path) => {
        $callback! {
            (accounts, get_me, GetMe),
            (sun, create_cart, CreateCart),
            (myeduzz, list_affiliates, ListAffiliates),
            (myeduzz, list_subscriptions, ListSubscriptions),
            (myeduzz, get_subscription, GetSubscription),
            (myeduzz, list_subscription_invoices, ListSubscriptionInvoices),
            (myeduzz, list_customer_subscriptions, ListCustomerSubscriptions),
            (myeduzz, set_recurring_date, SetRecurringDate),
            (myeduzz, bulk_cancel_subscriptions, BulkCancelSubscriptions),
            (myeduzz, reactivate_subscription, ReactivateSubscription),
            (myeduzz, send_card_change_email, SendCardChangeEmail),
            (myeduzz, list_customers, ListCustomers),
            (myeduzz, get_customer, GetCustomer),
            (myeduzz, list_statement, ListStatement),
            (myeduzz, list_transfers, ListTransfers),
            (myeduzz, list_affiliate_fiscal_documents, ListAffiliateFiscalDocuments),
            (myeduzz, list_buyer_fiscal_documents, ListBuyerFiscalDocuments),
            (myeduzz, change_affiliate_fiscal_document_status, ChangeAffiliateFiscalDocumentStatus),
            (myeduzz, change_buyer_fiscal_document_status, ChangeBuyerFiscalDocumentStatus),
            (myeduzz, list_products, ListProducts),
            (myeduzz, get_product, GetProduct),
            (myeduzz, list_coupons, ListCoupons),
            (myeduzz, list_product_campaigns, ListProductCampaigns),
            (myeduzz, list_product_offers, ListProductOffers),
            (myeduzz, list_product_partners, ListProductPartners),
            (myeduzz, list_sales, ListSales),
            (myeduzz, get_sale, GetSale),
            (myeduzz, list_chargebacks, ListChargebacks),
            (myeduzz, get_sales_summary, GetSalesSummary),
            (nutror, list_comments, ListComments),
            (nutror, get_comment, GetComment),
            (nutror, update_comment, UpdateComment),
            (nutror, delete_comment, DeleteComment),
            (nutror, list_comment_answers, ListCommentAnswers),
            (nutror, answer_comment, AnswerComment),
            (nutror, delete_answer, DeleteAnswer),
            (nutror, list_courses, ListCourses),
            (nutror, get_course, GetCourse),
            (nutror, update_course, UpdateCourse),
            (nutror, update_course_advanced, UpdateCourseAdvanced),
            (nutror, update_course_images, UpdateCourseImages),
            (nutror, delete_course, DeleteCourse),
            (nutror, list_course_modules, ListCourseModules),
            (nutror, get_module, GetModule),
            (nutror, update_module, UpdateModule),
            (nutror, delete_module, DeleteModule),
            (nutror, list_students, ListStudents),
            (nutror, get_student, GetStudent),
            (nutror, list_student_enrollments, ListStudentEnrollments),
            (nutror, delete_student, DeleteStudent),
            (nutror, block_enrollment, BlockEnrollment),
            (nutror, extend_access, ExtendAccess),
            (nutror, release_modules, ReleaseModules),
            (nutror, delete_enrollment, DeleteEnrollment),
            (webhook, create_webhook_subscription, CreateWebhookSubscription),
            (webhook, list_webhook_subscriptions, ListWebhookSubscriptions),
            (webhook, update_webhook_subscription, UpdateWebhookSubscription),
            (webhook, delete_webhook_subscription, DeleteWebhookSubscription),
            (webhook, delete_webhook_subscriptions_by_url, DeleteWebhookSubscriptionsByUrl),
            (webhook, set_webhook_subscription_status, SetWebhookSubscriptionStatus),
            (webhook, send_webhook_sample, SendWebhookSample),
            (webhook, list_webhook_origins, ListWebhookOrigins),
            (webhook, get_webhook_sample, GetWebhookSample),
            (webhook, get_webhook_secret, GetWebhookSecret),
            (alpaclass, create_team_student, CreateTeamStudent),
            (alpaclass, list_team_students, ListTeamStudents),
            (alpaclass, list_team_student_enrollments, ListTeamStudentEnrollments),
            (alpaclass, list_deliveries, ListDeliveries),
            (alpaclass, get_delivery, GetDelivery),
            (alpaclass, list_delivery_courses, ListDeliveryCourses),
            (alpaclass, list_teams, ListTeams),
            (heycamp, list_post_comments, ListPostComments),
            (heycamp, create_invitation, CreateInvitation),
            (heycamp, list_invitations, ListInvitations),
            (heycamp, list_spaces, ListSpaces),
            (heycamp, list_members, ListMembers),
            (heycamp, get_member, GetMember),
            (heycamp, update_member, UpdateMember),
            (heycamp, delete_member, DeleteMember),
            (heycamp, delete_members, DeleteMembers),
            (heycamp, list_commenting_members, ListCommentingMembers),
            (heycamp, list_liking_members, ListLikingMembers),
            (heycamp, list_posts, ListPosts),
            (heycamp, get_post, GetPost),
            (heycamp, list_most_commented_posts, ListMostCommentedPosts),
            (heycamp, list_most_liked_posts, ListMostLikedPosts),
            (heycamp, count_comments, CountComments),
            (blinket, list_events, ListEvents),
            (blinket, get_event, GetEvent),
            (blinket, list_tags, ListTags),
            (blinket, create_tag, CreateTag),
            (blinket, update_tag, UpdateTag),
            (blinket, delete_tag, DeleteTag),
            (blinket, list_tagged_participants, ListTaggedParticipants),
            (blinket, tag_participants, TagParticipants),
            (blinket, untag_participants, UntagParticipants),
            (blinket, list_participants, ListParticipants),
            (blinket, add_participant, AddParticipant),
            (blinket, update_participant, UpdateParticipant),
            (blinket, check_in, CheckIn),
            (blinket, resend_ticket_email, ResendTicketEmail),
            (safevideo, list_medias, ListMedias),
            (safevideo, get_media, GetMedia),
            (safevideo, update_media, UpdateMedia),
            (safevideo, delete_media, DeleteMedia),
            (safevideo, get_media_embed, GetMediaEmbed),
            (safevideo, set_media_domains, SetMediaDomains),
            (safevideo, remove_media_domains, RemoveMediaDomains),
        }
    };
}

/// Passes every call that answers in pages to a macro, as `(product, Type)`: those that implement
/// [`Paged`](eduzz_wire::Paged). It needs the feature `all-products`.
#[macro_export]
macro_rules! for_each_paged {
    ($callback:path) => {
        $callback! {
            (alpaclass, ListDeliveries),
            (alpaclass, ListDeliveryCourses),
            (alpaclass, ListTeamStudentEnrollments),
            (alpaclass, ListTeamStudents),
            (blinket, ListEvents),
            (blinket, ListParticipants),
            (blinket, ListTags),
            (heycamp, ListCommentingMembers),
            (heycamp, ListInvitations),
            (heycamp, ListLikingMembers),
            (heycamp, ListMembers),
            (heycamp, ListPosts),
            (heycamp, ListSpaces),
            (myeduzz, ListAffiliateFiscalDocuments),
            (myeduzz, ListAffiliates),
            (myeduzz, ListBuyerFiscalDocuments),
            (myeduzz, ListChargebacks),
            (myeduzz, ListCoupons),
            (myeduzz, ListCustomers),
            (myeduzz, ListProducts),
            (myeduzz, ListSales),
            (myeduzz, ListStatement),
            (myeduzz, ListSubscriptions),
            (myeduzz, ListTransfers),
            (nutror, ListCommentAnswers),
            (nutror, ListComments),
            (nutror, ListStudentEnrollments),
            (nutror, ListStudents),
        }
    };
}
