using Crowd.Consensus.Categories;

namespace Crowd.Consensus.Stopping;

/// <summary>What to do with a task after an answer.</summary>
public enum NextStep
{
    /// <summary>The label is sure enough, or no further answer is worth its price.</summary>
    Decide,

    /// <summary>Ask one more worker.</summary>
    AskOneMore,

    /// <summary>The most answers are in and the label is not sure enough.</summary>
    GiveUp,
}

/// <summary>When to stop asking for answers to a task.</summary>
/// <param name="MinAnswers">Never decide on fewer; at least 1.</param>
/// <param name="MaxAnswers">Never ask for more.</param>
/// <param name="TargetConfidence">Decide at this posterior of the best label, 0 to 1.</param>
public sealed record StoppingRule(int MinAnswers, int MaxAnswers, double TargetConfidence)
{
    /// <summary>By confidence alone.</summary>
    public NextStep After(int answers, ReadOnlySpan<double> posterior)
    {
        var top = 0.0;
        foreach (var p in posterior) top = Math.Max(top, p);
        if (answers >= MinAnswers && top >= TargetConfidence) return NextStep.Decide;
        return answers >= MaxAnswers ? NextStep.GiveUp : NextStep.AskOneMore;
    }

    /// <summary>
    /// By confidence, and by value: also decides where one more answer of a worker of the given skill is worth less than it costs.
    /// </summary>
    /// <param name="skill">The skill of the worker who would be asked.</param>
    /// <param name="errorCost">What a wrong label costs.</param>
    /// <param name="answerCost">What an answer costs, in the same unit.</param>
    public NextStep After(int answers, ReadOnlySpan<double> posterior, double skill, double errorCost, double answerCost)
    {
        var step = After(answers, posterior);
        if (step != NextStep.AskOneMore || answers < MinAnswers) return step;
        return errorCost * AnswerValue.Gain(posterior, skill) < answerCost ? NextStep.Decide : step;
    }
}

/// <summary>What one more answer is worth before it is given.</summary>
public static class AnswerValue
{
    /// <summary>
    /// The expected rise of the best label's posterior, 0 to 1: Σ over the answers of the best joint probability, less the best now (Howard 1966). Zero where
    /// no single answer could change the label.
    /// </summary>
    /// <param name="posterior">Over the labels; adds up to one.</param>
    /// <param name="skill">The probability of a right answer; wrong labels are equally likely.</param>
    public static double Gain(ReadOnlySpan<double> posterior, double skill)
    {
        var labels = posterior.Length;
        if (labels < 2) return 0;

        var wrong = (1 - skill) / (labels - 1);
        double now = 0, then = 0;
        foreach (var p in posterior) now = Math.Max(now, p);
        for (var answer = 0; answer < labels; answer++)
        {
            var best = 0.0;
            for (var k = 0; k < labels; k++) best = Math.Max(best, posterior[k] * (k == answer ? skill : wrong));
            then += best;
        }

        return Math.Max(0, then - now);
    }

    /// <summary>The expected fall of the entropy of the posterior, in nats: what the answer tells of the label.</summary>
    /// <inheritdoc cref="Gain"/>
    public static double Information(ReadOnlySpan<double> posterior, double skill)
    {
        var labels = posterior.Length;
        if (labels < 2) return 0;

        var wrong = (1 - skill) / (labels - 1);
        double answers = 0;
        foreach (var p in posterior)
        {
            var probability = (p * skill) + ((1 - p) * wrong);
            if (probability > 0) answers -= probability * Math.Log(probability);
        }

        // H(answer) − H(answer | label); the latter is the same for every label.
        var noise = (skill > 0 ? -skill * Math.Log(skill) : 0) - (wrong > 0 ? (1 - skill) * Math.Log(wrong) : 0);
        return Math.Max(0, answers - noise);
    }

    /// <summary>The same for a worker with a confusion matrix: H(answer) − H(answer | label).</summary>
    /// <param name="posterior">Over the labels; adds up to one.</param>
    /// <param name="confusion">A row for each true label, a column for each answer; rows add up to one.</param>
    public static double Information(ReadOnlySpan<double> posterior, ReadOnlySpan<double> confusion)
    {
        var information = 0.0;
        for (var answer = 0; answer < posterior.Length; answer++)
        {
            var probability = 0.0;
            for (var k = 0; k < posterior.Length; k++)
            {
                var joint = posterior[k] * confusion[(k * posterior.Length) + answer];
                probability += joint;
                if (joint > 0) information += joint * Math.Log(confusion[(k * posterior.Length) + answer]);
            }

            if (probability > 0) information -= probability * Math.Log(probability);
        }

        return Math.Max(0, information);
    }
}
