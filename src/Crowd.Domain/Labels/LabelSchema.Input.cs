using System.Text.Json.Serialization;

namespace Crowd.Domain;

public abstract partial record LabelSchema
{
    /// <summary>Whether checking an answer needs the task's input.</summary>
    [JsonIgnore]
    public bool ReadsInput => this is Boxes or Spans or Ranking;

    /// <summary>What the input of a task lacks for this schema; empty when it will do.</summary>
    public IReadOnlyList<Violation> CheckInput(TaskInput input) => this switch
    {
        Spans => [.. Wanted(input.TextLength is not null, "input.text", "required", "spans are marked in a text: give the input a property 'text'.")],
        Pairwise => [.. Wanted(input.HasPair, "input", "required", "a pair is compared: give the input the properties 'left' and 'right'.")],
        Ranking => [.. CheckItems(input.Items)],
        _ => [],
    };

    private static IEnumerable<Violation> CheckItems(IReadOnlyList<string>? items)
    {
        if (items is null)
            yield return new("input.items", "required", "items are ranked: give the input an array 'items' of texts or of objects with 'id'.");
        else if (items.Count is < 2 or > Ranking.ItemLimit)
            yield return new("input.items", "count", $"give 2 to {Ranking.ItemLimit} items, not {items.Count}.");
        else if (items.Distinct(StringComparer.Ordinal).Count() != items.Count)
            yield return new("input.items", "distinct", "two items have the same id.");
    }
}
