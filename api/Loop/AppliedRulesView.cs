using Crowd.Domain;
using Crowd.GraphQL;
using Crowd.Marketplace.Loop;

namespace Crowd.Api.Loop;

/// <summary>What a job's rules change on tasks that came before them.</summary>
/// <param name="Tasks">Tasks with predictions that are not decided.</param>
/// <param name="Begun">Of them, those left alone because people have begun.</param>
/// <param name="Unchanged">Those of which the rules say what they said before.</param>
/// <param name="Changes">What changes, or has changed; the most frequent first.</param>
/// <param name="Complete">False when there is more than was looked at or changed at once: send it again.</param>
[GraphQLName("AppliedRules")]
public sealed record AppliedRulesView(int Tasks, int Begun, int Unchanged, IReadOnlyList<RuleChangeView> Changes, bool Complete)
{
    internal static AppliedRulesView Of(RuleApplication a) => new(a.Tasks, a.Begun, a.Unchanged, [.. a.Changes.Select(c => new RuleChangeView(c.From, c.To, c.Rule, c.Tasks))], a.Complete);
}

/// <summary>Tasks that go another way.</summary>
/// <param name="From">What the rules had said; null where none had been applied.</param>
/// <param name="To">What they say now.</param>
/// <param name="Rule">The rule; null where none matches and the crowd labels.</param>
/// <param name="Tasks">How many.</param>
[GraphQLName("RuleChange")]
public sealed record RuleChangeView(RouteAction? From, RouteAction To, string? Rule, int Tasks);
