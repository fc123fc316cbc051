using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crowd.GrainRuntime.Tests;

public class OptionsTests
{
    public static TheoryData<string, Action<GrainRuntimeOptions>> OutOfRange => new()
    {
        { nameof(GrainRuntimeOptions.Assemblies), options => options.Assemblies.Clear() },
        { nameof(GrainRuntimeOptions.CallTimeout), options => options.CallTimeout = TimeSpan.Zero },
        { nameof(GrainRuntimeOptions.MailboxLimit), options => options.MailboxLimit = 0 },
        { nameof(GrainRuntimeOptions.CollectionAge), options => options.CollectionAge = TimeSpan.Zero },
        { nameof(GrainRuntimeOptions.CollectionQuantum), options => options.CollectionQuantum = TimeSpan.FromDays(2) },
        { nameof(GrainRuntimeOptions.DeactivationTimeout), options => options.DeactivationTimeout = TimeSpan.FromHours(2) },
        { nameof(GrainRuntimeOptions.DrainTimeout), options => options.DrainTimeout = TimeSpan.FromSeconds(-1) },
        { nameof(GrainRuntimeOptions.MinimumReminderPeriod), options => options.MinimumReminderPeriod = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void An_option_out_of_its_range_is_named(string name, Action<GrainRuntimeOptions> spoil)
    {
        var services = new ServiceCollection().AddGrainRuntime(options =>
        {
            options.Assemblies.Add(typeof(OptionsTests).Assembly);
            spoil(options);
        }).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IGrainFactory>());
        Assert.Contains(error.Failures, failure => failure.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        var options = new GrainRuntimeOptions();

        Assert.Equal(TimeSpan.FromSeconds(30), options.CallTimeout);
        Assert.Equal(10_000, options.MailboxLimit);
        Assert.Equal(TimeSpan.FromMinutes(15), options.CollectionAge);
        Assert.Equal(TimeSpan.FromMinutes(1), options.CollectionQuantum);
        Assert.Equal(TimeSpan.FromSeconds(30), options.DeactivationTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.DrainTimeout);
        Assert.Equal(TimeSpan.FromMinutes(1), options.MinimumReminderPeriod);
        Assert.Null(options.TurnScheduler);
    }
}
