namespace Crowd.GraphQL;

/// <summary>The schema that a server was built with.</summary>
public interface ISchema
{
    /// <summary>The schema in the schema definition language, types in alphabetical order, built-in ones left out.</summary>
    string Print();
}
