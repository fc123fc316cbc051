using System.Linq.Expressions;
using System.Reflection;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Inputs;
using Crowd.GraphQL.Loaders;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd.GraphQL.Conventions;

/// <summary>Compiles a call of a C# member into a resolver, once, so that requests use no reflection.</summary>
internal sealed class ResolverCall(SchemaConfiguration configuration, IServiceProviderIsService? services)
{
    private static readonly ParameterExpression ParentParameter = Expression.Parameter(typeof(object), "parent");
    private static readonly ParameterExpression Arguments = Expression.Parameter(typeof(object?[]), "arguments");
    private static readonly ParameterExpression Request = Expression.Parameter(typeof(RequestContext), "request");

    /// <summary>The parent object as the type.</summary>
    public static Expression Parent(Type type) => type.IsValueType ? Expression.Unbox(ParentParameter, type) : Expression.Convert(ParentParameter, type);

    /// <summary>A coerced argument, or the parameter's default if it has no value.</summary>
    public static Expression Argument(int index, ParameterInfo parameter)
    {
        var value = Expression.ArrayIndex(Arguments, Expression.Constant(index));
        return Expression.Condition(
            Expression.ReferenceEqual(value, Expression.Constant(ObjectInputShape.Missing)),
            Conversions.DefaultOf(parameter),
            Conversions.FromObject(value, parameter.ParameterType));
    }

    /// <summary>The instance of a root type: from the request's services if registered there, else one for the server.</summary>
    public Expression Instance(Type root)
    {
        if (services?.IsService(root) == true)
        {
            return Service(root);
        }

        var holder = Activator.CreateInstance(typeof(RootInstance<>).MakeGenericType(root))!;
        return Expression.Call(Expression.Constant(holder), nameof(RootInstance<>.Get), null, Request);
    }

    /// <summary>What fills a parameter that is no argument; null if it is one.</summary>
    public Expression? TryInject(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return Expression.Property(Request, nameof(RequestContext.Cancellation));
        }

        if (type == typeof(RequestContext))
        {
            return Request;
        }

        if (configuration.Context.TryGetValue(type, out var create))
        {
            return Expression.Call(Request, nameof(RequestContext.Single), [type], Expression.Constant(create));
        }

        if (configuration.Loaders.Contains(type))
        {
            return Expression.Call(typeof(LoaderFactory), nameof(LoaderFactory.Get), [type], Request);
        }

        if (type == typeof(HttpContext))
        {
            return Expression.Property(Request, nameof(RequestContext.Http));
        }

        // A provider says yes to any sequence, so sequences are arguments.
        var isSequence = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);
        return !isSequence && services?.IsService(type) == true ? Service(type) : null;
    }

    public FieldResolver Compile(Expression body, ReturnKind kind, Type value, object completer)
    {
        var resolver = kind switch
        {
            ReturnKind.Task => typeof(TaskResolver<>),
            ReturnKind.ValueTask => typeof(ValueTaskResolver<>),
            ReturnKind.Stream => typeof(StreamResolver<>),
            _ => typeof(SyncResolver<>),
        };
        var function = typeof(ResolveFunc<>).MakeGenericType(body.Type);
        var compiled = Expression.Lambda(function, body, ParentParameter, Arguments, Request).Compile();
        return (FieldResolver)Activator.CreateInstance(resolver.MakeGenericType(value), compiled, completer)!;
    }

    private static MethodCallExpression Service(Type type) => Expression.Call(Request, nameof(RequestContext.Service), [type]);
}

/// <summary>A root type that is not registered as a service: made once, with services from the first request's provider.</summary>
internal sealed class RootInstance<T>
    where T : class
{
    private T? _instance;

    public T Get(RequestContext request) => _instance ??= ActivatorUtilities.CreateInstance<T>(request.Services);
}
