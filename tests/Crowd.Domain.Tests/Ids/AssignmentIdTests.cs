using System.Text.Json;
using FsCheck.Fluent;

namespace Crowd.Domain.Tests.Ids;

public class AssignmentIdTests
{
    [Fact]
    public void The_task_and_the_number_are_found_in_the_id() => Property.Holds(
        Property.AnyLong.SelectMany(low => Gen.Choose(0, AssignmentId.MaxOrdinal).Select(n => (Low: low, Ordinal: n))),
        made =>
        {
            var task = TaskId.From(IdText.Write(TaskId.Prefix, new UInt128(5, (ulong)made.Low)));
            var id = AssignmentId.Of(task, made.Ordinal);
            Assert.Equal(task, id.Task);
            Assert.Equal(made.Ordinal, id.Ordinal);
            Assert.True(AssignmentId.TryParse(id.Value, out var read));
            Assert.Equal(id, read);
            Assert.Equal(made.Ordinal, read.Ordinal);
        });

    [Theory]
    [InlineData(0, "asg_000000000000000000000000010000")]
    [InlineData(31, "asg_00000000000000000000000001000z")]
    [InlineData(32, "asg_000000000000000000000000010010")]
    [InlineData(AssignmentId.MaxOrdinal, "asg_00000000000000000000000001zzzz")]
    public void An_id_is_its_task_and_four_characters(int ordinal, string text) => Assert.Equal(text, AssignmentId.Of(Some.TheTask, ordinal).Value);

    [Theory]
    [InlineData(-1)]
    [InlineData(AssignmentId.MaxOrdinal + 1)]
    public void A_number_out_of_range_is_refused(int ordinal) => Assert.Throws<ArgumentOutOfRangeException>(() => AssignmentId.Of(Some.TheTask, ordinal));

    [Fact]
    public void A_default_task_is_refused() => Assert.Throws<ArgumentException>(() => AssignmentId.Of(default, 0));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("asg_00000000000000000000000001000")]
    [InlineData("asg_0000000000000000000000000100000")]
    [InlineData("task_000000000000000000000000001000")]
    [InlineData("asg_00000000000000000000000001000Z")]
    [InlineData("asg_00000000000000000000000001000u")]
    [InlineData("asg_800000000000000000000000010000")]
    [InlineData("asg-000000000000000000000000010000")]
    public void Another_form_is_refused(string? text)
    {
        Assert.False(AssignmentId.TryParse(text, out var id));
        Assert.Equal(default, id);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<AssignmentId>(JsonSerializer.Serialize(text)));
    }

    [Fact]
    public void Assignments_of_a_task_sort_by_their_number()
    {
        var ids = Enumerable.Range(0, 2_000).Select(n => AssignmentId.Of(Some.TheTask, n).Value).ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void A_default_id_is_not_written_to_json() => Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(default(AssignmentId)));
}
