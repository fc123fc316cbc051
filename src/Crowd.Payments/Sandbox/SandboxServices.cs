using Crowd.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crowd.Payments;

/// <summary>Puts the sandbox in the place of a payment provider.</summary>
public static class SandboxServices
{
    /// <summary>Registers <see cref="SandboxPayments"/> as the payment provider, unless there is one already.</summary>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddSandboxPayments(this IServiceCollection services, Action<SandboxOptions>? configure = null)
    {
        var options = services.AddOptions<SandboxOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton<SandboxPayments>();
        services.TryAddSingleton<IPaymentProvider>(static provider => provider.GetRequiredService<SandboxPayments>());
        return services;
    }
}
