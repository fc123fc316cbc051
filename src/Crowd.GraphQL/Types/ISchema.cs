using Crowd.GraphQL.Language;

namespace Crowd.GraphQL;

/// <summary>The schema that a server was built with.</summary>
public interface ISchema
{
    /// <summary>The schema in the schema definition language, types in alphabetical order, built-in ones left out.</summary>
    string Print();

    /// <summary>
    /// The element that a schema coordinate (section 2.14) names, such as <c>Job.tasks(first:)</c>; null if the schema has none.
    /// </summary>
    /// <exception cref="SyntaxException">The text is no coordinate.</exception>
    /// <exception cref="ArgumentException">The schema has no type, field or directive that could contain the element.</exception>
    SchemaElement? FindElement(string coordinate);
}
