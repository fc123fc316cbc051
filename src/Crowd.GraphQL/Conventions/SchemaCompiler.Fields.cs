using System.Linq.Expressions;
using System.Reflection;
using Crowd.GraphQL.Execution;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Conventions;

// Fields: section 3.6.
internal sealed partial class SchemaCompiler
{
    private Field RootField(Type root, MemberInfo member)
    {
        var isStatic = member is MethodInfo { IsStatic: true } or PropertyInfo { GetMethod.IsStatic: true };
        return MakeField(member, call => isStatic ? null : call.Instance(root), hasParentParameter: false);
    }

    private Field MemberField(Type type, MemberInfo member, bool isAbstract) =>
        MakeField(member, call => ResolverCall.Parent(type), hasParentParameter: false, isAbstract);

    private void Extend(FieldsType target, Type type)
    {
        foreach (var extension in _extensions[type])
        {
            AddExtension(target, extension);
        }
    }

    private void AddExtension(FieldsType target, Type extension)
    {
        var extended = extension.GetCustomAttribute<ExtendObjectTypeAttribute>()!.Type;
        var methods = extension.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !method.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .OrderBy(method => method.MetadataToken);
        foreach (var method in methods)
        {
            var takesParent = method.GetParameters() is [var first, ..] && first.ParameterType.IsAssignableFrom(extended) && first.ParameterType != typeof(object);
            target.Add(MakeField(method, _ => null, takesParent, target is InterfaceType));
        }
    }

    private Field MakeField(MemberInfo member, Func<ResolverCall, Expression?> instance, bool hasParentParameter, bool isAbstract = false)
    {
        var name = Naming.Field(member);
        if (!Naming.IsValid(name))
        {
            throw new SchemaException($"\"{name}\" is no name for a field.", member);
        }

        var call = new ResolverCall(_configuration, _services);
        var arguments = new List<InputValue>();
        Expression body;
        Type returned;
        NullabilityInfo nullability;
        if (member is PropertyInfo property)
        {
            returned = property.PropertyType;
            nullability = _nullability.Create(property);
            body = Expression.Property(instance(call), property);
        }
        else
        {
            var method = (MethodInfo)member;
            returned = method.ReturnType;
            nullability = _nullability.Create(method.ReturnParameter);
            var parameters = method.GetParameters().Select((parameter, i) =>
                hasParentParameter && i == 0 ? ResolverCall.Parent(parameter.ParameterType) : ParameterOf(call, parameter, arguments));
            body = Expression.Call(instance(call), method, parameters);
        }

        var (shape, value) = ReturnShape.Of(returned, nullability, member);
        var (type, completer) = Output(value.Type, value, member);
        return new Field(name, IsNullable(value.Type, value) ? type : type.NonNull(), arguments)
        {
            Description = _documentation.Of(member),
            DeprecationReason = DeprecationOf(member),
            Member = member,
            Cost = member.GetCustomAttribute<CostAttribute>()?.Cost,
            IsConnection = value.Type.IsGenericType && value.Type.GetGenericTypeDefinition() == typeof(Connection<>),
            Resolver = isAbstract ? null : call.Compile(body, shape, value.Type, completer),
        };
    }

    private Expression ParameterOf(ResolverCall call, ParameterInfo parameter, List<InputValue> arguments)
    {
        if (call.TryInject(parameter) is { } injected)
        {
            return injected;
        }

        var nullability = _nullability.Create(parameter);
        var (type, shape) = Input(parameter.ParameterType, nullability, parameter.Member);
        var isNullable = IsNullable(parameter.ParameterType, nullability) || IsOptional(parameter.ParameterType);
        var argument = new InputValue(Naming.Argument(parameter), isNullable ? type : type.NonNull())
        {
            Description = _documentation.Of(parameter),
            DefaultValue = DefaultLiterals.Of(parameter, type),
            Shape = shape,
            Index = arguments.Count,
        };
        arguments.Add(argument);
        return ResolverCall.Argument(argument.Index, parameter);
    }
}
