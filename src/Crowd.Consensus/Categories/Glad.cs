using Crowd.Consensus.Answers;

namespace Crowd.Consensus.Categories;

/// <summary>
/// GLAD (Whitehill et al. 2009): the probability of a right answer is σ(α β), with an ability α of the worker, which may be negative, and an ease β &gt; 0
/// of the task. ln β and α have normal priors around 0 and 1 (their section 2.2); wrong labels are equally likely.
/// </summary>
public static class Glad
{
    public const string Name = "glad";

    private const int MostRounds = 100;
    private const int StepsPerRound = 3;

    /// <summary>Expectation-maximisation; the maximisation takes damped Newton steps in each ability and each ease.</summary>
    public static CategoryResult Run(CategoryAnswers answers, CategoryOptions? options = null)
    {
        options ??= new CategoryOptions();
        var abilities = new double[answers.WorkerCount];
        var eases = new double[answers.TaskCount];
        Array.Fill(abilities, 1);
        Array.Fill(eases, 1);

        var posteriors = StartingPoint.Of(answers, options.Gold);
        var trace = new List<double>();
        var change = 1.0;
        while (trace.Count < Math.Min(MostRounds, options.MaxRounds) && change > options.Tolerance)
        {
            for (var step = 0; step < StepsPerRound; step++)
            {
                MoveAbilities(answers, posteriors, abilities, eases);
                MoveEases(answers, posteriors, abilities, eases);
            }

            trace.Add(Infer(answers, options.Gold, abilities, eases, posteriors, out change));
        }

        var fit = new Fit(trace.Count, trace.Count == 0 ? double.NaN : trace[^1], change <= options.Tolerance, [.. trace], "");
        return CategoryOutcome.From(Name, answers, options, posteriors, fit);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void MoveAbilities(CategoryAnswers answers, double[] posteriors, double[] abilities, double[] eases)
    {
        var index = answers.ByWorker;
        for (var w = 0; w < abilities.Length; w++)
        {
            var slope = 1 - abilities[w];
            var curvature = 1.0;
            for (var i = index.Starts[w]; i < index.Starts[w + 1]; i++)
            {
                var task = index.Tasks[i];
                var right = Sigmoid(abilities[w] * eases[task]);
                slope += (posteriors[(task * answers.LabelCount) + index.Labels[i]] - right) * eases[task];
                curvature += right * (1 - right) * eases[task] * eases[task];
            }

            abilities[w] = Math.Clamp(abilities[w] + Math.Clamp(slope / curvature, -1, 1), -10, 10);
        }
    }

    private static void MoveEases(CategoryAnswers answers, double[] posteriors, double[] abilities, double[] eases)
    {
        for (var t = 0; t < eases.Length; t++)
        {
            var log = Math.Log(eases[t]);
            var slope = -log;
            var curvature = 1.0;
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var logit = abilities[answers.Workers[i]] * eases[t];
                var right = Sigmoid(logit);
                slope += (posteriors[(t * answers.LabelCount) + answers.Labels[i]] - right) * logit;
                curvature += right * (1 - right) * logit * logit;
            }

            eases[t] = Math.Exp(Math.Clamp(log + Math.Clamp(slope / curvature, -1, 1), -5, 5));
        }
    }

    private static double Infer(CategoryAnswers answers, int[]? gold, double[] abilities, double[] eases, double[] posteriors, out double change)
    {
        var labelCount = answers.LabelCount;
        var row = new double[labelCount];
        var likelihood = 0.0;
        change = 0;
        for (var t = 0; t < eases.Length; t++)
        {
            Array.Clear(row);
            var wrong = 0.0;
            for (var i = answers.TaskStarts[t]; i < answers.TaskStarts[t + 1]; i++)
            {
                var right = Math.Clamp(Sigmoid(abilities[answers.Workers[i]] * eases[t]), 1e-9, 1 - 1e-9);
                var logWrong = Math.Log((1 - right) / Math.Max(1, labelCount - 1));
                wrong += logWrong;
                row[answers.Labels[i]] += Math.Log(right) - logWrong;
            }

            if (gold is not null && gold[t] >= 0)
            {
                likelihood += wrong + row[gold[t]] - Math.Log(labelCount);
                continue;
            }

            var top = row.Max();
            var sum = 0.0;
            foreach (ref var value in row.AsSpan()) sum += value = Math.Exp(value - top);
            likelihood += wrong + top + Math.Log(sum / labelCount);
            for (var k = 0; k < labelCount; k++)
            {
                ref var posterior = ref posteriors[(t * labelCount) + k];
                change = Math.Max(change, Math.Abs((row[k] / sum) - posterior));
                posterior = row[k] / sum;
            }
        }

        return likelihood;
    }
}
