using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>A machine decision that passed the gate of a job, or waits there. Made from the job and the caller's key: see <see cref="Of(JobId, string)"/>.</summary>
[JsonConverter(typeof(IdConverter<DecisionId>))]
public readonly record struct DecisionId : IId<DecisionId>
{
    /// <summary>First character of a decision's id. Ids made from the time have it from the year 9774 on, so that the two cannot be taken for each other.</summary>
    private const char Mark = Id.GreatestFirst;

    private DecisionId(string value) => Value = value;

    public static string Prefix => "dec";

    public string Value { get; }

    public static DecisionId From(string value) => new(value);

    /// <summary>The id of the decision that the key stands for at the job, so that the same request sent twice finds the same decision.</summary>
    public static DecisionId Of(JobId job, string key)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{job.Required().Value}\n{key}"), hash);
        return From(IdText.Write(Prefix, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash) | ((UInt128)7 << 125)));
    }

    /// <summary>The decision that the task was made for, if it was made for one.</summary>
    public static DecisionId? Of(TaskId task) => task.Required().Value[TaskId.Prefix.Length + 1] == Mark ? From($"{Prefix}_{task.Body()}") : null;

    /// <summary>The task that puts the decision before people.</summary>
    public TaskId Task => TaskId.From($"{TaskId.Prefix}_{this.Body()}");

    public override string ToString() => Value ?? "";
}
