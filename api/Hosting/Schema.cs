using Crowd.Api.Access;
using Crowd.Api.Accounts;
using Crowd.Api.Audit;
using Crowd.Api.Exams;
using Crowd.Api.Jobs;
using Crowd.Api.Ledger;
using Crowd.Api.Loop;
using Crowd.Api.Payments;
using Crowd.Api.Requesters;
using Crowd.Api.Subscriptions;
using Crowd.Api.Tasks;
using Crowd.Api.Webhooks;
using Crowd.Api.Workers;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Hosting;

/// <summary>What the GraphQL schema is made of. It is printed to <c>api/schema.graphql</c>, which a test compares.</summary>
public static class Schema
{
    /// <summary>Adds all types and resolvers.</summary>
    /// <param name="schema">The builder.</param>
    /// <param name="seal">Hides the numbers in ids of assignments.</param>
    public static GraphQLBuilder AddCrowd(this GraphQLBuilder schema, Lazy<AssignmentSeal> seal)
    {
        schema.Description("Crowd: labelling jobs, done by people, with a stated confidence.")
            .Query(typeof(MeQueries)).Query(typeof(JobQueries)).Query(typeof(TaskQueries)).Query(typeof(MarketplaceQueries)).Query(typeof(WorkerQueries))
            .Query(typeof(AppealQueries)).Query(typeof(AllJobsQueries)).Query(typeof(ReviewQueries)).Query(typeof(GoldQueries)).Query(typeof(InspectionQueries)).Query(typeof(StaffQueries))
            .Query(typeof(StatementQueries)).Query(typeof(PayoutQueries)).Query(typeof(FundsQueries)).Query(typeof(PaymentQueries)).Query(typeof(AuditQueries)).Query(typeof(WebhookQueries))
            .Query(typeof(EarningsQueries)).Query(typeof(ExamQueries)).Query(typeof(ReportQueries)).Mutation(typeof(ExamMutations)).Mutation(typeof(ReportMutations))
            .Query(typeof(OversightQueries)).Query(typeof(AlertQueries)).Mutation(typeof(AlertMutations)).Subscription(typeof(AlertSubscriptions))
            .Mutation(typeof(AccountMutations)).Mutation(typeof(OrganisationMutations)).Mutation(typeof(JobMutations)).Mutation(typeof(WorkMutations))
            .Mutation(typeof(ReviewMutations)).Mutation(typeof(WorkerMutations)).Mutation(typeof(PayoutMutations)).Mutation(typeof(FundsMutations)).Mutation(typeof(PayeeMutations)).Mutation(typeof(PaymentMutations)).Mutation(typeof(SandboxMutations))
            .Mutation(typeof(BulkReviewMutations)).Mutation(typeof(GoldMutations)).Mutation(typeof(RedoMutations)).Mutation(typeof(WebhookMutations))
            .Query(typeof(LoopQueries)).Mutation(typeof(LoopMutations)).Mutation(typeof(ModelMutations))
            .Subscription(typeof(MarketSubscriptions)).Subscription(typeof(LoopSubscriptions))
            .ExtensionsOf(typeof(Schema).Assembly)
            .Context(CallerOfRequest.Of)
            .Loader<InputLoader>().Loader<TaskLoader>().Loader<WorkerTotalsLoader>()
            .Loader<ListingLoader>()
            .Loader<PeerVoteLoader>()
            .ErrorFilter<ErrorFilter>();
        Id<PersonId>(schema);
        Id<RequesterId>(schema);
        Id<WorkerId>(schema);
        Id<JobId>(schema);
        Id<TaskId>(schema);
        Id<ExamId>(schema);
        Id<PayoutId>(schema);
        Id<ApiKeyId>(schema);
        Id<HoldId>(schema);
        Id<TopUpId>(schema);
        Id<DecisionId>(schema);
        Id<RefundId>(schema);
        Id<BonusId>(schema);
        Id<WebhookId>(schema);
        return schema.Id<AssignmentId>(
            text => seal.Value.TryOpen(text, out var id) ? id : throw new GraphQLException($"'{text}' is not the id of an assignment (asg_…).", "BAD_USER_INPUT"), id => seal.Value.Close(id));
    }

    private static void Id<T>(GraphQLBuilder schema)
        where T : struct, IId<T> =>
        schema.Id<T>(text => Domain.Id.TryParse<T>(text, out var id) ? id : throw new GraphQLException($"'{text}' is not an id of the form {T.Prefix}_….", "BAD_USER_INPUT"), id => id.Value);
}
