using Crowd.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Crowd.Payments.Tests.Sandbox;

public class SandboxServicesTests
{
    [Fact]
    public void The_sandbox_is_the_one_provider()
    {
        using var services = Services().AddSandboxPayments().AddSandboxPayments().BuildServiceProvider();
        Assert.Same(services.GetRequiredService<SandboxPayments>(), Assert.Single(services.GetServices<IPaymentProvider>()));
    }

    [Fact]
    public void A_provider_that_is_there_already_stays()
    {
        using var services = Services().AddSingleton<IPaymentProvider>(new Other()).AddSandboxPayments().BuildServiceProvider();
        Assert.IsType<Other>(services.GetRequiredService<IPaymentProvider>());
    }

    [Fact]
    public async Task The_options_reach_the_sandbox()
    {
        await using var services = Services().AddSandboxPayments(o => o.Fault = _ => SandboxFault.Refuse).BuildServiceProvider();
        var outcome = await services.GetRequiredService<IPaymentProvider>().PayAsync(
            Id.Parse<PayoutId>("pay_00000000000000000000000001"), Id.Parse<WorkerId>("wrk_00000000000000000000000001"), "", new(1_000_000, Currency.Usd), default, default);
        Assert.IsType<PaymentOutcome.Refused>(outcome);
    }

    [Fact]
    public void Options_without_a_fault_are_not_valid()
    {
        using var services = Services().AddSandboxPayments(o => o.Fault = null!).BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IPaymentProvider>());
    }

    private static IServiceCollection Services() => new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));

    private sealed class Other : Crowd.Tests.QuietPayments
    {
        public override string Name => "other";

        public override bool IsReal => true;

        public override Task<PaymentOutcome> CollectAsync(
            TopUpId topUp, RequesterId requester, Money amount, Uri returnTo, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public override Task<PaymentOutcome> PayAsync(
            PayoutId payout, WorkerId worker, string payee, Money amount, DateTimeOffset firstAskedAt, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
