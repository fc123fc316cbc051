namespace Crowd.Domain;

/// <summary>What is wrong with a policy, with the path of each fault.</summary>
public static class LoopPolicyCheck
{
    /// <summary>Empty when nothing is wrong.</summary>
    public static IReadOnlyList<Violation> Check(this LoopPolicy policy, LabelSchema schema)
    {
        var found = new List<Violation>();
        var classes = Prediction.ClassNames(schema).ToHashSet(StringComparer.Ordinal);
        void Want(bool holds, string path, string rule, string message)
        {
            if (!holds)
                found.Add(new(path, rule, message));
        }

        Want(policy.Model is null or { Length: >= 1 and <= Prediction.NameLength }, "model", "length", $"give 1 to {Prediction.NameLength} characters, or nothing.");
        Want(policy.Arms.Count <= LoopPolicy.ArmLimit, "arms", "count", $"give at most {LoopPolicy.ArmLimit}.");
        for (var i = 0; i < policy.Arms.Count; i++)
        {
            Want(policy.Arms[i].Name is { Length: >= 1 and <= 40 }, $"arms[{i}].name", "length", "give 1 to 40 characters.");
            Want(policy.Arms[i].Share is > 0 and <= 1_000_000, $"arms[{i}].share", "range", "give a number above 0.");
            Want(policy.Arms.Count(a => a.Name == policy.Arms[i].Name) == 1, $"arms[{i}].name", "distinct", "this stands twice.");
        }

        Want(!policy.ModelVotes || classes.Count > 0, "modelVotes", "kind", "models vote only where labels form a finite set.");
        Want(policy.AuditRate is >= 0 and <= 1, "auditRate", "range", "give 0 to 1.");
        Want(policy.PersonRequired.Count <= LabelSchema.MaxLabels, "personRequired", "count", $"give at most {LabelSchema.MaxLabels}.");
        for (var i = 0; i < policy.PersonRequired.Count; i++)
            Want(classes.Contains(policy.PersonRequired[i]), $"personRequired[{i}]", "known", "there is no such label.");
        Want(policy.Costs.Count <= LoopPolicy.CostLimit, "costs", "count", $"give at most {LoopPolicy.CostLimit}.");
        for (var i = 0; i < policy.Costs.Count; i++)
        {
            Want(classes.Contains(policy.Costs[i].Truth), $"costs[{i}].truth", "known", "there is no such label.");
            Want(classes.Contains(policy.Costs[i].Given), $"costs[{i}].given", "known", "there is no such label.");
            Want(policy.Costs[i].CostMicros is >= 0 and <= 1_000_000 * Currency.MicrosPerUnit, $"costs[{i}].costMicros", "range", "give 0 to 1,000,000 units of the currency.");
        }

        Want(policy.Gate.ServiceLevel >= TimeSpan.FromSeconds(1) && policy.Gate.ServiceLevel <= TimeSpan.FromDays(30), "gate.serviceLevel", "range", "give 1 second to 30 days.");
        Want(policy.Gate.VetoWindow >= TimeSpan.Zero && policy.Gate.VetoWindow <= TimeSpan.FromDays(30), "gate.vetoWindow", "range", "give 0 to 30 days.");
        Want(policy.Rules.Count <= LoopPolicy.RuleLimit, "rules", "count", $"give at most {LoopPolicy.RuleLimit}.");
        for (var i = 0; i < policy.Rules.Count; i++)
            found.AddRange(Check(policy.Rules[i], $"rules[{i}]", policy, classes));
        return found;
    }

    private static IEnumerable<Violation> Check(RoutingRule rule, string path, LoopPolicy policy, HashSet<string> classes)
    {
        if (rule.Id is not { Length: >= 1 and <= RoutingRule.IdLength })
            yield return new($"{path}.id", "length", $"give 1 to {RoutingRule.IdLength} characters.");
        if (policy.Rules.Count(r => r.Id == rule.Id) > 1)
            yield return new($"{path}.id", "distinct", "this stands twice.");
        if (rule.Action == RouteAction.Expert && !QualificationName.IsValid(rule.Qualification))
            yield return new($"{path}.qualification", "required", QualificationName.Rule);
        if (rule.Action != RouteAction.Expert && rule.Qualification is not null)
            yield return new($"{path}.qualification", "unused", "only the action expert takes a qualification.");
        if (rule.When is not { } when)
            yield break;
        if (when.Within().Count() > RoutingCondition.SizeLimit)
        {
            yield return new($"{path}.when", "size", $"give at most {RoutingCondition.SizeLimit} conditions.");
            yield break;
        }

        foreach (var wrong in Check(when, $"{path}.when", classes, 1))
            yield return wrong;
    }

    private static IEnumerable<Violation> Check(RoutingCondition c, string path, HashSet<string> classes, int depth)
    {
        object?[] parts = [c.All, c.Any, c.Not, c.Confidence, c.Margin, c.Label, c.Cost, c.Field, c.Disagreement, c.Novelty, c.Sample];
        if (parts.Count(p => p is not null) != 1)
            yield return new(path, "one", "give exactly one of all, any, not, confidence, margin, label, cost, field, disagreement, novelty, sample.");
        if (depth > RoutingCondition.DepthLimit)
        {
            yield return new(path, "depth", $"nest at most {RoutingCondition.DepthLimit} deep.");
            yield break;
        }

        for (var i = 0; i < (c.All?.Count ?? 0); i++)
        {
            foreach (var wrong in Check(c.All![i], $"{path}.all[{i}]", classes, depth + 1))
                yield return wrong;
        }

        if (c.Any is { Count: 0 })
            yield return new($"{path}.any", "count", "give at least one condition.");
        for (var i = 0; i < (c.Any?.Count ?? 0); i++)
        {
            foreach (var wrong in Check(c.Any![i], $"{path}.any[{i}]", classes, depth + 1))
                yield return wrong;
        }

        if (c.Not is { } not)
        {
            foreach (var wrong in Check(not, $"{path}.not", classes, depth + 1))
                yield return wrong;
        }

        foreach (var wrong in (IEnumerable<Violation>)
            [
                .. Share(c.Confidence, $"{path}.confidence"), .. Share(c.Margin, $"{path}.margin"), .. Share(c.Disagreement, $"{path}.disagreement"), .. Share(c.Novelty, $"{path}.novelty"),
                .. Range(c.Cost, $"{path}.cost"), .. Labels(c.Label, $"{path}.label", classes), .. Field(c.Field, $"{path}.field"),
            ])
        {
            yield return wrong;
        }

        if (c.Sample is { Rate: not (>= 0 and <= 1) })
            yield return new($"{path}.sample.rate", "range", "give 0 to 1.");
    }

    private static IEnumerable<Violation> Labels(EquatableList<string>? labels, string path, HashSet<string> classes)
    {
        if (labels is { Count: 0 })
            yield return new(path, "count", "give at least one label.");
        for (var i = 0; i < (labels?.Count ?? 0); i++)
        {
            if (!classes.Contains(labels![i]))
                yield return new($"{path}[{i}]", "known", "there is no such label.");
        }
    }

    private static IEnumerable<Violation> Field(FieldTest? field, string path)
    {
        if (field is null)
            yield break;
        if (FieldPath.Parse(field.Path) is null)
            yield return new($"{path}.path", "form", FieldPath.Rule);
        if (((object?[])[field.OneOf, field.Number, field.Exists]).Count(p => p is not null) != 1)
            yield return new(path, "one", "give exactly one of oneOf, number, exists.");
        if (field.OneOf is { Count: 0 or > 1_000 })
            yield return new($"{path}.oneOf", "count", "give 1 to 1,000 texts.");
        foreach (var wrong in Range(field.Number, $"{path}.number"))
            yield return wrong;
    }

    private static IEnumerable<Violation> Range(Band? band, string path)
    {
        if (band is null)
            yield break;
        if (band is { AtLeast: null, Below: null })
            yield return new(path, "required", "give atLeast, below or both.");
        if (band.AtLeast is { } least && !double.IsFinite(least))
            yield return new($"{path}.atLeast", "range", "give a number.");
        if (band.Below is { } below && !double.IsFinite(below))
            yield return new($"{path}.below", "range", "give a number.");
        if (band.AtLeast >= band.Below)
            yield return new(path, "empty", "atLeast is not under below: nothing would match.");
    }

    private static IEnumerable<Violation> Share(Band? band, string path)
    {
        foreach (var wrong in Range(band, path))
            yield return wrong;
        if (band?.AtLeast is < 0 or > 1)
            yield return new($"{path}.atLeast", "range", "give 0 to 1.");
        if (band?.Below is <= 0 or > 1.0000001)
            yield return new($"{path}.below", "range", "give a number above 0, up to 1.");
    }
}
