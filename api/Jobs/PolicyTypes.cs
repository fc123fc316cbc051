using Crowd.Api.Loop;
using Crowd.Domain;
using Crowd.GraphQL;

namespace Crowd.Api.Jobs;

/// <summary>How a job buys, checks and pays answers; what is left out has its default.</summary>
/// <param name="PayMicros">What a worker is paid for an accepted answer, in millionths of the currency's unit.</param>
/// <param name="MinAnswers">Answers before a decision is tried; 3 by default.</param>
/// <param name="MaxAnswers">Answers after which no more are asked for; 5 by default. The same as minAnswers is fixed redundancy.</param>
/// <param name="TargetConfidence">Posterior (or agreement) from which a label is decided, 0.5 to 0.9999; 0.9 by default.</param>
/// <param name="FeeBasisPoints">The platform's fee in hundredths of a percent of the pay; 2,000 by default.</param>
/// <param name="PayFor">Which answers are paid; the agreeing ones by default.</param>
/// <param name="LeaseTime">How long a worker has for a task; 10 minutes by default.</param>
/// <param name="LeasesPerWorker">Most tasks a worker holds at the same time; 10 by default.</param>
/// <param name="AnswersPerWorker">Most answers of one worker; no cap by default.</param>
/// <param name="SharePerWorker">Greatest share of the tasks one worker may answer; no cap by default.</param>
/// <param name="GoldShare">Share of offers that are gold tasks, 0 to 0.5; 0 by default.</param>
/// <param name="GoldWindow">Last gold answers that count; 10 by default.</param>
/// <param name="GoldMinAnswers">Gold answers before a worker is judged; 3 by default.</param>
/// <param name="GoldMinAccuracy">Share of right gold answers below which a worker fails; 0.6 by default.</param>
/// <param name="OnGoldFailure">What failing does; exclusion by default.</param>
/// <param name="Qualifications">Qualifications that a worker must have.</param>
/// <param name="ReviewWindow">How long answers may be reviewed before they count as accepted; 3 days by default.</param>
/// <param name="AppealWindow">How long a rejection can be appealed; 7 days by default.</param>
/// <param name="WhenUnsettled">What happens to a task with all its answers and too little confidence; it is decided by default.</param>
/// <param name="Learning">In which order labels are asked for, and when models should be trained with them; tasks come as they were added by default.</param>
/// <param name="RepeatShare">Share of offers that show a task again, unmarked, to the worker who answered it, 0 to 0.2; 0 by default. The answer is paid and is no vote.</param>
/// <param name="RepeatDistance">Answers to other tasks before a task comes again, 1 to 1,000; 20 by default.</param>
[GraphQLName("JobPoliciesInput")]
public sealed record PoliciesInput(
    long PayMicros,
    int MinAnswers = 3,
    int MaxAnswers = 5,
    double TargetConfidence = 0.9,
    int FeeBasisPoints = 2000,
    PayFor PayFor = PayFor.Agreeing,
    TimeSpan? LeaseTime = null,
    int LeasesPerWorker = 10,
    int? AnswersPerWorker = null,
    double? SharePerWorker = null,
    double GoldShare = 0,
    int GoldWindow = 10,
    int GoldMinAnswers = 3,
    double GoldMinAccuracy = 0.6,
    OnGoldFailure OnGoldFailure = OnGoldFailure.Exclude,
    IReadOnlyList<string>? Qualifications = null,
    TimeSpan? ReviewWindow = null,
    TimeSpan? AppealWindow = null,
    WhenUnsettled WhenUnsettled = WhenUnsettled.Decide,
    LearningInput? Learning = null,
    double RepeatShare = 0,
    int RepeatDistance = 20)
{
    internal JobPolicies ToDomain()
    {
        var defaults = new JobPolicies { PayMicros = PayMicros };
        return defaults with
        {
            Redundancy = new() { MinAnswers = MinAnswers, MaxAnswers = MaxAnswers, TargetConfidence = TargetConfidence },
            FeeBasisPoints = FeeBasisPoints,
            PayFor = PayFor,
            LeaseTime = LeaseTime ?? defaults.LeaseTime,
            Caps = new() { LeasesPerWorker = LeasesPerWorker, AnswersPerWorker = AnswersPerWorker, SharePerWorker = SharePerWorker },
            Gold = new() { Share = GoldShare, Window = GoldWindow, MinAnswers = GoldMinAnswers, MinAccuracy = GoldMinAccuracy, OnFailure = OnGoldFailure },
            Repeats = new() { Share = RepeatShare, Distance = RepeatDistance },
            Qualifications = new(Qualifications ?? []),
            ReviewWindow = ReviewWindow ?? defaults.ReviewWindow,
            AppealWindow = AppealWindow ?? defaults.AppealWindow,
            WhenUnsettled = WhenUnsettled,
            Learning = Learning?.ToDomain() ?? defaults.Learning,
        };
    }
}

/// <summary>How a job buys, checks and pays answers.</summary>
[GraphQLName("JobPolicies")]
public sealed record PoliciesView(
    long PayMicros, long FeeMicros, int FeeBasisPoints, int MinAnswers, int MaxAnswers, double TargetConfidence, PayFor PayFor, TimeSpan LeaseTime, int LeasesPerWorker,
    int? AnswersPerWorker, double? SharePerWorker, double GoldShare, int GoldWindow, int GoldMinAnswers, double GoldMinAccuracy, OnGoldFailure OnGoldFailure,
    IReadOnlyList<string> Qualifications, TimeSpan ReviewWindow, TimeSpan AppealWindow, WhenUnsettled WhenUnsettled,
    LearningView Learning, double RepeatShare, int RepeatDistance)
{
    internal static PoliciesView Of(JobPolicies p) => new(
        p.PayMicros, p.FeeMicros, p.FeeBasisPoints, p.Redundancy.MinAnswers, p.Redundancy.MaxAnswers, p.Redundancy.TargetConfidence, p.PayFor, p.LeaseTime,
        p.Caps.LeasesPerWorker, p.Caps.AnswersPerWorker, p.Caps.SharePerWorker, p.Gold.Share, p.Gold.Window, p.Gold.MinAnswers, p.Gold.MinAccuracy, p.Gold.OnFailure,
        p.Qualifications, p.ReviewWindow, p.AppealWindow, p.WhenUnsettled, LearningView.Of(p.Learning), p.Repeats.Share, p.Repeats.Distance);
}
