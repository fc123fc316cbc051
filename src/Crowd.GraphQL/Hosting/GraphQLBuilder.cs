using System.Reflection;
using Crowd.GraphQL.Conventions;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Loaders;
using Crowd.GraphQL.Scalars;
using Crowd.GraphQL.Types;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL;

/// <summary>Says what a GraphQL server is made of. Types are looked at when the server starts.</summary>
public sealed class GraphQLBuilder
{
    internal GraphQLBuilder(IServiceCollection services)
    {
        Services = services;
        Context<System.Security.Claims.ClaimsPrincipal>(static context => context.Http?.User ?? new System.Security.Claims.ClaimsPrincipal());
    }

    public IServiceCollection Services { get; }

    internal SchemaConfiguration Configuration { get; } = new();

    internal List<Func<IServiceProvider, IErrorFilter>> ErrorFilters { get; } = [];

    internal Action<GraphQLServerOptions> Options { get; private set; } = static _ => { };

    /// <summary>Adds the members of a class to the query type. May be called for several classes.</summary>
    public GraphQLBuilder Query<T>() => Query(typeof(T));

    /// <summary>As the generic method, also for static classes.</summary>
    public GraphQLBuilder Query(Type type)
    {
        Configuration.Query.Add(type);
        return this;
    }

    /// <summary>Adds the members of a class to the mutation type. May be called for several classes.</summary>
    public GraphQLBuilder Mutation<T>() => Mutation(typeof(T));

    /// <summary>As the generic method, also for static classes.</summary>
    public GraphQLBuilder Mutation(Type type)
    {
        Configuration.Mutation.Add(type);
        return this;
    }

    /// <summary>Adds the methods of a class, which give <see cref="IAsyncEnumerable{T}"/>, to the subscription type.</summary>
    public GraphQLBuilder Subscription<T>() => Subscription(typeof(T));

    /// <summary>As the generic method, also for static classes.</summary>
    public GraphQLBuilder Subscription(Type type)
    {
        Configuration.Subscription.Add(type);
        return this;
    }

    /// <summary>Adds a class with <see cref="ExtendObjectTypeAttribute"/>.</summary>
    public GraphQLBuilder Extend(Type extension)
    {
        Configuration.Extensions.Add(extension);
        return this;
    }

    /// <summary>Adds every class of the assembly with <see cref="ExtendObjectTypeAttribute"/>, by name.</summary>
    public GraphQLBuilder ExtensionsOf(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type.IsDefined(typeof(ExtendObjectTypeAttribute))).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            Extend(type);
        }

        return this;
    }

    /// <summary>Takes a type into the schema even if no field gives it.</summary>
    public GraphQLBuilder Include<T>()
    {
        Configuration.Types.Add(typeof(T));
        return this;
    }

    /// <summary>Overrides what the conventions say of one type.</summary>
    /// <param name="name">Another name, without the suffix <c>Input</c>.</param>
    /// <param name="ignore">Members that are no fields.</param>
    /// <param name="isInterface">Whether a closed hierarchy is an interface (true) or a union (false).</param>
    public GraphQLBuilder Type<T>(string? name = null, IEnumerable<string>? ignore = null, bool? isInterface = null)
    {
        var options = Configuration.OptionsOf(typeof(T));
        options.Name = name ?? options.Name;
        options.IsInterface = isInterface ?? options.IsInterface;
        options.Ignored.UnionWith(ignore ?? []);
        return this;
    }

    /// <summary>
    /// Makes a C# type an <c>ID</c>. Many types may be. The parse function refuses with a <see cref="GraphQLException"/>, whose message and
    /// code the client sees, or with null, <see cref="FormatException"/> or <see cref="ArgumentException"/>.
    /// </summary>
    public GraphQLBuilder Id<T>(Func<string, T> parse, Func<T, string> format)
        where T : notnull
    {
        Configuration.Scalars[typeof(T)] = ScalarBinding.Of<T>(
            ScalarType.ID,
            TextCodec.Ids(typeof(T).Name, text => parse(text)),
            (value, ref slot) => slot.SetString(format(value)));
        return this;
    }

    /// <summary>Makes a C# type a scalar that is written as text. The parse function refuses as in <see cref="Id{T}"/>.</summary>
    public GraphQLBuilder Scalar<T>(string name, Func<string, T> parse, Func<T, string> format, string? description = null, string? specifiedByUrl = null)
        where T : notnull
    {
        Configuration.Scalars[typeof(T)] = StandardScalars.Text(name, description, specifiedByUrl, parse, format);
        return this;
    }

    /// <summary>Lets resolvers take a parameter of the type that is made of the request, once a request.</summary>
    public GraphQLBuilder Context<T>(Func<RequestContext, T> create)
        where T : notnull
    {
        Configuration.Context[typeof(T)] = create;
        return this;
    }

    /// <summary>Lets resolvers take a parameter of a class derived from <see cref="BatchLoader{TKey, TValue}"/>.</summary>
    public GraphQLBuilder Loader<T>()
        where T : class
    {
        if (!typeof(ILoader).IsAssignableFrom(typeof(T)))
        {
            throw new SchemaException("A loader derives from BatchLoader<TKey, TValue>.", typeof(T));
        }

        Configuration.Loaders.Add(typeof(T));
        return this;
    }

    /// <summary>Adds a filter that turns exceptions into errors clients may read.</summary>
    public GraphQLBuilder ErrorFilter<T>()
        where T : class, IErrorFilter
    {
        ErrorFilters.Add(static services => ActivatorUtilities.CreateInstance<T>(services));
        return this;
    }

    /// <summary>Sets limits and switches.</summary>
    public GraphQLBuilder Configure(Action<GraphQLServerOptions> configure)
    {
        Options += configure;
        return this;
    }

    /// <summary>Describes the schema as a whole.</summary>
    public GraphQLBuilder Description(string description)
    {
        Configuration.Description = description;
        return this;
    }
}
