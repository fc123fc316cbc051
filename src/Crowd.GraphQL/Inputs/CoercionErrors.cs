using Crowd.GraphQL.Language;

namespace Crowd.GraphQL.Inputs;

/// <summary>What is wrong with an input value. Paths are put together on the way out, so that valid input pays nothing for them.</summary>
internal sealed class CoercionErrors
{
    private readonly List<Problem> _problems = [];

    public int Count => _problems.Count;

    public IReadOnlyList<Problem> Problems => _problems;

    public void Add(string message, Node? node = null, string code = ErrorCodes.BadUserInput, IReadOnlyDictionary<string, object?>? extensions = null) =>
        _problems.Add(new Problem(message, node, code, extensions));

    public void Add(CoercionException problem, Node? node = null) => Add(problem.Message, node, problem.Code, problem.Extensions);

    /// <summary>Puts a segment before the path of every problem found since there were <paramref name="since"/>.</summary>
    public void Prefix(int since, string segment)
    {
        for (var i = since; i < _problems.Count; i++)
        {
            _problems[i].Path = segment + _problems[i].Path;
        }
    }

    internal sealed record Problem(string Message, Node? Node, string Code, IReadOnlyDictionary<string, object?>? Extensions)
    {
        /// <summary>Path below the argument or variable, such as <c>.items[2].name</c>.</summary>
        public string Path { get; set; } = "";
    }
}
