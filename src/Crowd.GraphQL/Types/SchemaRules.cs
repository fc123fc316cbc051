namespace Crowd.GraphQL.Types;

/// <summary>The validation of section 3 that conventions cannot rule out by themselves.</summary>
internal static class SchemaRules
{
    public static void Check(Schema schema)
    {
        foreach (var type in schema.Types.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            switch (type)
            {
                case ObjectType fields:
                    CheckFields(fields);
                    CheckInterfaces(fields);
                    break;
                case InterfaceType fields:
                    CheckFields(fields);
                    break;
                case EnumType { Values.Count: 0 }:
                    throw new SchemaException($"The enum {type.Name} has no values.", member: null);
                case InputObjectType input:
                    CheckInput(input);
                    break;
            }
        }
    }

    private static void CheckFields(FieldsType type)
    {
        if (type.Fields.Count == 0)
        {
            throw new SchemaException($"The type {type.Name} has no fields.", (type as ObjectType)?.ClrType ?? typeof(object));
        }

        foreach (var field in type.Fields)
        {
            if (field.Arguments.FirstOrDefault(argument => argument is { IsRequired: true, DeprecationReason: not null }) is { } required)
            {
                throw new SchemaException($"The required argument {required.Name} cannot be deprecated.", field.Member);
            }

            foreach (var argument in field.Arguments)
            {
                _ = argument.CoercedDefault;
            }
        }
    }

    // IsValidImplementation, section 3.6.
    private static void CheckInterfaces(ObjectType type)
    {
        foreach (var parent in type.Interfaces)
        {
            foreach (var field in parent.Fields)
            {
                var own = type.FindField(field.Name) ?? throw new SchemaException($"{type.Name} lacks {field.Name} of {parent.Name}.", field.Member);
                if (!IsSubtype(own.Type, field.Type))
                {
                    throw new SchemaException($"{type.Name} gives {own.Type} where {parent.Name} promises {field.Type}.", own.Member);
                }

                CheckArguments(type, own, parent, field);
            }
        }
    }

    private static void CheckArguments(ObjectType type, Field own, InterfaceType parent, Field promised)
    {
        foreach (var argument in promised.Arguments)
        {
            if (own.FindArgument(argument.Name) is not { } taken || !ReferenceEquals(taken.Type, argument.Type))
            {
                throw new SchemaException($"{type.Name}.{own.Name} does not take the argument {argument.Name}: {argument.Type} of {parent.Name}.", own.Member);
            }
        }

        if (own.Arguments.FirstOrDefault(argument => argument.IsRequired && promised.FindArgument(argument.Name) is null) is { } extra)
        {
            throw new SchemaException($"{type.Name}.{own.Name} requires the argument {extra.Name}, which {parent.Name} does not know.", own.Member);
        }
    }

    private static void CheckInput(InputObjectType type)
    {
        if (type.Fields.Count == 0)
        {
            throw new SchemaException($"The input type {type.Name} has no fields.", member: null);
        }

        foreach (var field in type.Fields)
        {
            if (field is { IsRequired: true, DeprecationReason: not null })
            {
                throw new SchemaException($"The required field {type.Name}.{field.Name} cannot be deprecated.", member: null);
            }

            _ = field.CoercedDefault;
        }

        CheckCycle(type, type, []);
    }

    // Section 3.10: a chain of required fields back to the type could never be written.
    private static void CheckCycle(InputObjectType start, InputObjectType type, HashSet<InputObjectType> seen)
    {
        foreach (var field in type.Fields)
        {
            if (field.Type is NonNullType { OfType: InputObjectType next })
            {
                if (ReferenceEquals(next, start))
                {
                    throw new SchemaException($"{start.Name} requires itself through {type.Name}.{field.Name}.", member: null);
                }

                if (seen.Add(next))
                {
                    CheckCycle(start, next, seen);
                }
            }
        }
    }

    /// <summary><c>IsValidImplementationFieldType</c> and <c>AreTypesCompatible</c>: whether values of one type are values of the other.</summary>
    public static bool IsSubtype(GraphQLType type, GraphQLType super) => (type, super) switch
    {
        _ when ReferenceEquals(type, super) => true,
        (NonNullType a, NonNullType b) => IsSubtype(a.OfType, b.OfType),
        (NonNullType a, _) => IsSubtype(a.OfType, super),
        (ListType a, ListType b) => IsSubtype(a.OfType, b.OfType),
        (ObjectType a, InterfaceType or UnionType) => ((CompositeType)super).PossibleTypes.Contains(a),
        (InterfaceType a, InterfaceType b) => a.Interfaces.Contains(b),
        _ => false,
    };
}
