using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL.Loaders;

internal static class LoaderFactory
{
    /// <summary>The request's instance of a loader.</summary>
    public static T Get<T>(RequestContext request)
        where T : class, ILoader =>
        request.Single(static context =>
        {
            var loader = ActivatorUtilities.CreateInstance<T>(context.Services);
            loader.Attach(context.Execution!);
            return loader;
        });
}
