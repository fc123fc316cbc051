using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crowd.GraphQL.Language;

/// <summary>Reads a document, one method per production of appendix C. Recursive descent with one token of lookahead (two after a description).</summary>
internal ref partial struct Parser
{
    /// <summary>Room for the items of lists that are still being read; more is made when needed.</summary>
    private const int InitialOpen = 64;

    /// <summary>The room that a thread keeps for its next document, unless one needed more than this.</summary>
    private const int MaxKeptOpen = 1024;

    [ThreadStatic]
    private static Open[]? _keptOpen;

    private readonly ParserOptions _options;
    private readonly NameTable _names;
    private Lexer _lexer;
    private Open[] _open;
    private int _openCount;
    private int _tokensLeft;
    private int _depth;

    private Parser(ReadOnlySpan<byte> source, ParserOptions options, NameTable names)
    {
        _options = options;
        _names = names;
        _tokensLeft = options.MaxTokens;
        _lexer = new Lexer(source);
        _open = _keptOpen ?? new Open[InitialOpen];
        _keptOpen = null;
    }

    /// <summary>Parses a document (section 2.3). The array is kept by the document and must not be changed.</summary>
    /// <exception cref="SyntaxException">The text is not a document or exceeds a limit.</exception>
    public static DocumentNode Parse(byte[] source, ParserOptions? options = null, NameTable? names = null)
    {
        var parser = new Parser(source, options ?? ParserOptions.Default, names ?? NameTable.Empty);
        parser.Next();
        var document = new DocumentNode(source, parser.Definitions());
        parser.KeepOpen();
        return document;
    }

    public static DocumentNode Parse(string source, ParserOptions? options = null) => Parse(System.Text.Encoding.UTF8.GetBytes(source), options);

    private DefinitionNode[] Definitions()
    {
        do
        {
            Push(Definition());
        }
        while (_lexer.Kind != TokenKind.EndOfFile);
        return Take<DefinitionNode>(0);
    }

    private DefinitionNode Definition()
    {
        var start = _lexer.Start;
        if (Peek(TokenKind.BraceOpen))
        {
            return new OperationDefinitionNode(OperationType.Query, null, [], SelectionSet()) { Start = start };
        }

        var described = _lexer.Kind is TokenKind.String or TokenKind.BlockString;
        var keyword = _lexer;
        if (described)
        {
            keyword.Advance();
        }

        if (keyword.Kind != TokenKind.Name)
        {
            throw described && keyword.Kind == TokenKind.BraceOpen
                ? _lexer.Error(start, "A query in shorthand has no description.")
                : Unexpected(keyword);
        }

        var word = keyword.Text;
        if (word.SequenceEqual("query"u8) || word.SequenceEqual("mutation"u8) || word.SequenceEqual("subscription"u8))
        {
            return OperationDefinition();
        }

        if (word.SequenceEqual("fragment"u8))
        {
            return FragmentDefinition();
        }

        if (!word.SequenceEqual("extend"u8))
        {
            return TypeSystemDefinition(keyword);
        }

        return described ? throw _lexer.Error(start, "An extension has no description.") : TypeSystemExtension();
    }

    private void Next()
    {
        _lexer.Advance();
        if (--_tokensLeft < 0 && _lexer.Kind != TokenKind.EndOfFile)
        {
            throw _lexer.Error(_lexer.Start, $"The document has more than {_options.MaxTokens} tokens.", ErrorCodes.TokenLimit);
        }
    }

    private readonly bool Peek(TokenKind kind) => _lexer.Kind == kind;

    private readonly bool PeekKeyword(ReadOnlySpan<byte> keyword) => _lexer.Kind == TokenKind.Name && _lexer.Text.SequenceEqual(keyword);

    private bool Skip(TokenKind kind)
    {
        if (_lexer.Kind != kind)
        {
            return false;
        }

        Next();
        return true;
    }

    private bool SkipKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!PeekKeyword(keyword))
        {
            return false;
        }

        Next();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (!Skip(kind))
        {
            throw Unexpected(_lexer);
        }
    }

    private void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!SkipKeyword(keyword))
        {
            throw Unexpected(_lexer);
        }
    }

    private NameNode Name()
    {
        var start = _lexer.Start;
        return new NameNode(NameText()) { Start = start };
    }

    private string NameText()
    {
        if (_lexer.Kind != TokenKind.Name)
        {
            throw Unexpected(_lexer);
        }

        var text = _names.Get(_lexer.Text);
        Next();
        return text;
    }

    private void Enter()
    {
        if (++_depth > _options.MaxDepth)
        {
            throw _lexer.Error(_lexer.Start, $"The document nests deeper than {_options.MaxDepth} levels.", ErrorCodes.DepthLimit);
        }
    }

    private void Leave() => _depth--;

    private static SyntaxException Unexpected(Lexer at) =>
        at.Error(at.Start, at.Kind == TokenKind.EndOfFile ? "Unexpected end of document." : $"Unexpected {Quote(at)}.");

    private static string Quote(Lexer at)
    {
        const int Longest = 40;
        var text = System.Text.Encoding.UTF8.GetString(at.Text);
        return text.Length > Longest ? $"`{text[..Longest]}…`" : $"`{text}`";
    }

    // Items of all open lists lie on one stack, so that a list costs only the array it becomes.
    private void Push(Node item)
    {
        if (_openCount == _open.Length)
        {
            Array.Resize(ref _open, _open.Length * 2);
        }

        _open[_openCount++].Node = item;
    }

    // Copied without a check of each item's type: above "from" lie only nodes that the caller pushed as T.
    private T[] Take<T>(int from)
        where T : Node
    {
        if (from == _openCount)
        {
            return [];
        }

        var taken = _open.AsSpan(from, _openCount - from);
        var items = new T[taken.Length];
        ref var first = ref Unsafe.As<T, Node?>(ref MemoryMarshal.GetArrayDataReference(items));
        for (var i = 0; i < taken.Length; i++)
        {
            Unsafe.Add(ref first, i) = taken[i].Node;
            taken[i].Node = null;
        }

        _openCount = from;
        return items;
    }

    // After a syntax error the room is not kept, since it may hold nodes.
    private readonly void KeepOpen()
    {
        if (_open.Length <= MaxKeptOpen)
        {
            _keptOpen = _open;
        }
    }

    // In a structure, since storing to an array of classes checks the type of what is stored.
    private struct Open
    {
        public Node? Node;
    }
}
