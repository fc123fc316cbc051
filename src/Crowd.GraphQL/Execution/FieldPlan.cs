using System.Text.Encodings.Web;
using System.Text.Json;
using Crowd.GraphQL.Language;
using Crowd.GraphQL.Types;

namespace Crowd.GraphQL.Execution;

/// <summary>One entry of a response object: the fields of the document that merge into it (<c>CollectFields</c>, section 6.3.2).</summary>
internal sealed class FieldPlan
{
    private readonly SelectionCompiler _compiler;
    private readonly FieldNode[] _nodes;
    private Selection[] _selections = [];

    public FieldPlan(SelectionCompiler compiler, Field field, FieldNode[] nodes)
    {
        _compiler = compiler;
        _nodes = nodes;
        Field = field;
        ResponseName = nodes[0].ResponseName;
        EncodedName = JsonEncodedText.Encode(ResponseName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        IsNonNull = field.Type is NonNullType;
        Resolver = field.Resolver ?? throw new InvalidOperationException($"The field {field.Name} has no resolver.");
        Arguments = ArgumentsPlan.Of(field, nodes[0], compiler.Operation);
    }

    public Field Field { get; }

    public FieldResolver Resolver { get; }

    public ArgumentsPlan Arguments { get; }

    public string ResponseName { get; }

    public JsonEncodedText EncodedName { get; }

    public bool IsNonNull { get; }

    public FieldNode Node => _nodes[0];

    /// <summary>Where the field stands, all merged occurrences of it.</summary>
    public IReadOnlyList<SourceLocation> Locations => [.. _nodes.Select(_compiler.Operation.Document.LocationOf)];

    public SourceLocation LocationOf(Node node) => _compiler.Operation.Document.LocationOf(node);

    /// <summary>What is selected when the value is an object of the type. Made when first asked for: an interface may have many types.</summary>
    public SelectionPlan SelectionOn(ObjectType type)
    {
        foreach (var selection in _selections)
        {
            if (ReferenceEquals(selection.Type, type))
            {
                return selection.Plan;
            }
        }

        lock (_nodes)
        {
            if (Array.Find(_selections, selection => ReferenceEquals(selection.Type, type)) is { } raced)
            {
                return raced.Plan;
            }

            var plan = _compiler.Compile(type, _nodes.Where(node => node.SelectionSet is not null).Select(node => node.SelectionSet!));
            _selections = [.. _selections, new Selection(type, plan)];
            return plan;
        }
    }

    private sealed record Selection(ObjectType Type, SelectionPlan Plan);
}

/// <summary>The entries of a response object, in order.</summary>
internal sealed record SelectionPlan(ObjectType Type, FieldPlan[] Fields);
