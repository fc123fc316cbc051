using System.Text.Json;
using FsCheck.Fluent;

namespace Crowd.Domain.Tests.Ids;

/// <summary>What holds for every kind of id.</summary>
public abstract class IdContract<T>(string prefix)
    where T : struct, IId<T>
{
    private const string Body = "01hzxw5q8m3n7p9r2t4v6y0abc";

    private string Good => $"{prefix}_{Body}";

    [Fact]
    public void A_well_formed_text_is_read_and_written_back()
    {
        Assert.True(Id.TryParse<T>(Good, out var id));
        Assert.Equal(Good, id.Value);
        Assert.Equal(Good, id.ToString());
        Assert.Equal(Body, id.Body());
        Assert.Equal(Id.Parse<T>(Good), id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01hzxw5q8m3n7p9r2t4v6y0abc")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0ab")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0abcd")]
    [InlineData("*-01hzxw5q8m3n7p9r2t4v6y0abc")]
    [InlineData("*_01HZXW5Q8M3N7P9R2T4V6Y0ABC")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0abi")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0abl")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0abo")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0abu")]
    [InlineData("*_01hzxw5q8m3n7p9r2t4v6y0ab\n")]
    [InlineData("*_81hzxw5q8m3n7p9r2t4v6y0abc")]
    [InlineData("zz*_01hzxw5q8m3n7p9r2t4v6y0abc")]
    [InlineData("other_01hzxw5q8m3n7p9r2t4v6y0abc")]
    public void Another_form_is_refused(string? pattern)
    {
        var text = pattern?.Replace("*", prefix, StringComparison.Ordinal);
        Assert.False(Id.TryParse<T>(text, out var id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => Id.Parse<T>(text));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(text)));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("{}")]
    public void Json_that_is_not_a_text_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(json));

    [Fact]
    public void Json_is_the_text()
    {
        var id = Id.Parse<T>(Good);
        Assert.Equal($"\"{Good}\"", JsonSerializer.Serialize(id));
        Assert.Equal(id, JsonSerializer.Deserialize<T>($"\"{Good}\""));
    }

    [Fact]
    public void Json_property_names_are_the_text()
    {
        var map = new Dictionary<T, int> { [Id.Parse<T>(Good)] = 5 };
        var json = JsonSerializer.Serialize(map);
        Assert.Equal($$"""{"{{Good}}":5}""", json);
        Assert.Equal(map, JsonSerializer.Deserialize<Dictionary<T, int>>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dictionary<T, int>>("""{"x":5}"""));
    }

    [Fact]
    public void A_default_id_is_refused_at_every_boundary()
    {
        Assert.Throws<ArgumentException>(() => default(T).Required());
        Assert.Throws<ArgumentException>(() => default(T).Body());
        Assert.Throws<ArgumentException>(() => IdText.Read(default(T)));
        Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(default(T)));
        Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(new Dictionary<T, int> { [default] = 1 }));
        Assert.Equal("", default(T).ToString());
    }

    [Fact]
    public void Its_bits_are_its_text() => Property.Holds(Gen.Two(Property.AnyLong), halves =>
    {
        var bits = new UInt128((ulong)halves.Item1, (ulong)halves.Item2);
        var text = IdText.Write(T.Prefix, bits);
        Assert.True(Id.TryParse<T>(text, out var id), text);
        Assert.Equal(bits, IdText.Read(id));
        Assert.StartsWith(prefix + "_", text, StringComparison.Ordinal);
    });

    [Fact]
    public void The_order_of_texts_is_the_order_of_bits() => Property.Holds(Gen.Four(Property.AnyLong), parts =>
    {
        var left = new UInt128((ulong)parts.Item1, (ulong)parts.Item2);
        var right = new UInt128((ulong)parts.Item3, (ulong)parts.Item4);
        Assert.Equal(left.CompareTo(right), Math.Sign(string.CompareOrdinal(IdText.Write(T.Prefix, left), IdText.Write(T.Prefix, right))));
    });
}

public class PersonIdTests() : IdContract<PersonId>("per");

public class RequesterIdTests() : IdContract<RequesterId>("req");

public class WorkerIdTests() : IdContract<WorkerId>("wrk");

public class JobIdTests() : IdContract<JobId>("job");

public class TaskIdTests() : IdContract<TaskId>("task");

public class PayoutIdTests() : IdContract<PayoutId>("pay");

public class ApiKeyIdTests() : IdContract<ApiKeyId>("key");

public class HoldIdTests() : IdContract<HoldId>("hold");

public class TopUpIdTests() : IdContract<TopUpId>("top");

public class RefundIdTests() : IdContract<RefundId>("rfd");

public class BonusIdTests() : IdContract<BonusId>("bon");

public class DecisionIdTests() : IdContract<DecisionId>("dec");

public class WebhookIdTests() : IdContract<WebhookId>("hook");

public class ExamIdTests() : IdContract<ExamId>("exam");
