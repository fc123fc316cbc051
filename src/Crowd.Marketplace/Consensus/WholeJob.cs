using Crowd.Consensus.Answers;
using Crowd.Consensus.Calibration;
using Crowd.Consensus.Categories;
using Crowd.Consensus.MultiChoice;
using Crowd.Consensus.Ordinal;
using Crowd.Domain;

namespace Crowd.Marketplace.Consensus;

/// <summary>All answers of a job: answer <c>i</c> is of worker <c>Workers[i]</c> to task <c>Tasks[i]</c>, by its code.</summary>
internal readonly record struct JobAnswers(int[] Tasks, int[] Workers, int[] Given, int WorkerCount);

/// <summary>The labels of tasks at decision time, and the codes of those that are known (gold, adjudicated) rather than voted; −1 where they are not.</summary>
internal sealed record DecidedTasks(Dictionary<string, int> Index, List<string> Ids, List<int> Labels, List<int> Known)
{
    /// <summary>The votes of models, by the place of their task.</summary>
    public List<(int Task, ModelVote Vote)> Models { get; } = [];

    public void Add(string id, int label, bool known)
    {
        Index[id] = Ids.Count;
        Ids.Add(id);
        Labels.Add(label);
        Known.Add(known ? label : -1);
    }
}

/// <summary>
/// Estimates the labels of a whole job: ratings by the ordinal model, choices and preferences by <c>auto</c>, sets of labels by <c>auto</c> label by label. A job
/// too large for that in the time of a call is estimated with Dawid and Skene's model under a prior.
/// </summary>
internal static class WholeJob
{
    /// <summary>Answers times labels squared up to which <c>auto</c> runs: some seconds of one core.</summary>
    public const long MostAutoWork = 1_000_000;

    /// <summary>The tasks whose label differs from that at decision time and is at least so sure.</summary>
    public static Reestimation Estimate(Codes codes, JobAnswers answers, DecidedTasks decided, double leastConfidence) =>
        codes.Schema is LabelSchema.MultiChoice schema
            ? EstimateSets(schema, codes, answers, decided, leastConfidence)
            : EstimateCategories(codes, answers, decided, leastConfidence);

    private static Reestimation EstimateCategories(Codes codes, JobAnswers job, DecidedTasks decided, double leastConfidence)
    {
        var labels = Encode.Categories(codes.Schema)!.Value;
        var answers = CategoryAnswers.From(job.Tasks, job.Workers, job.Given, decided.Labels.Count, job.WorkerCount, labels);
        var name = codes.Schema is LabelSchema.Rating ? OrdinalMethods.ModelName : Suited((long)answers.Count * labels * labels);
        var result = Calibrated(name)(answers, new CategoryOptions { Gold = [.. decided.Known] });
        var revisions = new List<Revision>();
        for (var t = 0; t < decided.Labels.Count; t++)
        {
            if (decided.Known[t] < 0 && result.Labels[t] >= 0 && result.Labels[t] != decided.Labels[t] && result.Confidence(t) >= leastConfidence)
                revisions.Add(new(TaskId.From(decided.Ids[t]), Encode.Answer(codes.Schema, result.Labels[t]), Math.Round(result.Confidence(t), 9)));
        }

        return new(name, revisions);
    }

    private static Reestimation EstimateSets(LabelSchema.MultiChoice schema, Codes codes, JobAnswers job, DecidedTasks decided, double leastConfidence)
    {
        var name = Suited(4L * job.Tasks.Length * schema.Labels.Count);
        var sets = LabelwiseModel.Run(
            job.Tasks,
            job.Workers,
            Array.ConvertAll(job.Given, codes.Labels),
            decided.Labels.Count,
            job.WorkerCount,
            schema.Labels.Count,
            Calibrated(name),
            gold: decided.Known.ConvertAll(known => known < 0 ? null : codes.Labels(known)));
        var revisions = new List<Revision>();
        for (var t = 0; t < sets.Length; t++)
        {
            var fits = sets[t].Labels.Length >= schema.Least && sets[t].Labels.Length <= (schema.Most ?? schema.Labels.Count);
            if (fits && decided.Known[t] < 0 && sets[t].Confidence >= leastConfidence && !sets[t].Labels.AsSpan().SequenceEqual(codes.Labels(decided.Labels[t])))
                revisions.Add(new(TaskId.From(decided.Ids[t]), new Answer.Choices(new(sets[t].Labels.Select(k => schema.Labels[k]))), Math.Round(sets[t].Confidence, 9)));
        }

        return new(name, revisions);
    }

    private static string Suited(long work) => work <= MostAutoWork ? Auto.Name : DawidSkene.PriorName;

    private static CategoryMethod Calibrated(string name)
    {
        CategoryMethod method = name == OrdinalMethods.ModelName ? OrdinalMethods.Model : CategoryMethods.All[name];
        return (answers, options) => PosteriorCalibration.Usual(name).Apply(answers, method(answers, options), options?.Gold);
    }
}
