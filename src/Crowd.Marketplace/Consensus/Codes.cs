using System.Text.Json;
using Crowd.Domain;

namespace Crowd.Marketplace.Consensus;

/// <summary>Answers of a schema as small numbers: categories, and for multi choice the sets of labels that occur.</summary>
internal sealed class Codes(LabelSchema schema)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> _sets = [];

    public LabelSchema Schema => schema;

    /// <summary>Whether answers of the schema can be told by number.</summary>
    public static bool Has(LabelSchema schema) => schema is LabelSchema.MultiChoice || Encode.Categories(schema) is not null;

    /// <summary>The code of an answer as the tables hold it.</summary>
    public int Of(string json)
    {
        var answer = JsonSerializer.Deserialize(json, DomainJson.Default.Answer)!;
        if (schema is not LabelSchema.MultiChoice multi)
            return Encode.Category(schema, answer);

        var labels = Encode.Labels(multi, (Answer.Choices)answer);
        var key = string.Join(',', labels);
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers[key] = number = _sets.Count;
            _sets.Add(labels);
        }

        return number;
    }

    /// <summary>The labels of a set, ascending; multi choice only.</summary>
    public int[] Labels(int code) => _sets[code];
}
