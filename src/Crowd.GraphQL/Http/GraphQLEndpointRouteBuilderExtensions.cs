using Crowd.GraphQL.GraphiQL;
using Crowd.GraphQL.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL;

/// <summary>Where the server answers.</summary>
public static class GraphQLEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post, HttpMethods.Connect];

    /// <summary>
    /// Serves GraphQL at a path: over HTTP, as server-sent events, over web sockets if the application uses them, and
    /// GraphiQL for browsers. The schema is built here, so that a mistake in it stops the start.
    /// </summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path = "/graphql", GraphQLHttpOptions? options = null)
    {
        options ??= new GraphQLHttpOptions();
        if (options.ServeGraphiQL)
        {
            endpoints.MapGet($"{path.TrimEnd('/')}/graphiql/{{file}}", GraphiQLPage.File).AllowAnonymous();
        }

        var handler = ActivatorUtilities.CreateInstance<GraphQLHttpHandler>(endpoints.ServiceProvider, options);
        return endpoints.MapMethods(path, Methods, handler.Handle).WithDisplayName("GraphQL");
    }
}
