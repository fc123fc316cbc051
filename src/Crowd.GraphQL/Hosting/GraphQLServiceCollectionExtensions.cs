using System.ComponentModel.DataAnnotations;
using Crowd.GraphQL.Conventions;
using Crowd.GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Crowd.GraphQL;

/// <summary>Registration of the server.</summary>
public static class GraphQLServiceCollectionExtensions
{
    /// <summary>Adds a GraphQL server. Register services that resolvers take before the host is built; the order does not matter.</summary>
    public static IServiceCollection AddGraphQL(this IServiceCollection services, Action<GraphQLBuilder> build)
    {
        var builder = new GraphQLBuilder(services);
        build(builder);
        var options = new GraphQLServerOptions();
        builder.Options(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider => new ErrorReporter(
            provider.GetRequiredService<ILogger<ErrorReporter>>(),
            [.. builder.ErrorFilters.Select(create => create(provider))]));
        services.AddSingleton(provider => SchemaCompiler.Compile(builder.Configuration, provider.GetService<IServiceProviderIsService>()));
        services.AddSingleton<Http.EventStreams>();
        services.AddSingleton<WebSockets.GraphQLSockets>();
        services.AddSingleton<ISchema>(provider => provider.GetRequiredService<Types.Schema>());
        services.AddSingleton<IGraphQLExecutor>(provider => new GraphQLExecutor(
            provider.GetRequiredService<Types.Schema>(),
            options,
            provider.GetRequiredService<ErrorReporter>(),
            provider,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
