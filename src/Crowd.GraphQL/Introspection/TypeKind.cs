namespace Crowd.GraphQL.Introspection;

/// <summary>Section 4.2.2, spelt as the specification does.</summary>
internal enum TypeKind
{
    SCALAR,
    OBJECT,
    INTERFACE,
    UNION,
    ENUM,
    INPUT_OBJECT,
    LIST,
    NON_NULL,
}
