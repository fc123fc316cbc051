using System.Reflection;

namespace Crowd.Domain.Tests.Ids;

public class AllIdsTests
{
    private static readonly Type[] Kinds =
        [.. typeof(Id).Assembly.GetExportedTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)))];

    [Fact]
    public void Every_kind_of_id_keeps_the_contract_of_ids()
    {
        var tested = typeof(AllIdsTests).Assembly.GetTypes()
            .Where(t => t.BaseType is { IsGenericType: true } b && b.GetGenericTypeDefinition() == typeof(IdContract<>))
            .Select(t => t.BaseType!.GetGenericArguments()[0]);
        Assert.Equal(Kinds.OrderBy(k => k.Name, StringComparer.Ordinal), tested.OrderBy(k => k.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_kinds_share_a_prefix()
    {
        var prefixes = Kinds.Select(k => (string)k.GetProperty("Prefix", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!).Append("asg").ToArray();
        Assert.Equal(prefixes.Length, prefixes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(prefixes, p => Assert.Matches("^[a-z]{3,4}$", p));
    }
}
