namespace Crowd.GraphQL.Language;

// Sections 2.4 to 2.9 and 2.11 to 2.13.
internal ref partial struct Parser
{
    private OperationDefinitionNode OperationDefinition()
    {
        var start = _lexer.Start;
        var description = Description();
        var operation = OperationKind();
        var name = Peek(TokenKind.Name) ? Name() : null;
        var variables = VariableDefinitions();
        var directives = Directives(isConst: false);
        return new OperationDefinitionNode(operation, name, variables, SelectionSet()) { Start = start, Description = description, Directives = directives };
    }

    private OperationType OperationKind()
    {
        var operation = PeekKeyword("query"u8) ? OperationType.Query
            : PeekKeyword("mutation"u8) ? OperationType.Mutation
            : PeekKeyword("subscription"u8) ? OperationType.Subscription
            : throw Unexpected(_lexer);
        Next();
        return operation;
    }

    private FragmentDefinitionNode FragmentDefinition()
    {
        var start = _lexer.Start;
        var description = Description();
        ExpectKeyword("fragment"u8);
        var name = FragmentName();
        ExpectKeyword("on"u8);
        var type = NamedType();
        var directives = Directives(isConst: false);
        return new FragmentDefinitionNode(name, type, SelectionSet()) { Start = start, Description = description, Directives = directives };
    }

    private NameNode FragmentName() => PeekKeyword("on"u8) ? throw Unexpected(_lexer) : Name();

    private VariableDefinitionNode[] VariableDefinitions()
    {
        if (!Skip(TokenKind.ParenOpen))
        {
            return [];
        }

        var from = _openCount;
        do
        {
            Push(VariableDefinition());
        }
        while (!Skip(TokenKind.ParenClose));
        return Take<VariableDefinitionNode>(from);
    }

    private VariableDefinitionNode VariableDefinition()
    {
        var start = _lexer.Start;
        var description = Description();
        var variable = Variable();
        Expect(TokenKind.Colon);
        var type = Type();
        var defaultValue = Skip(TokenKind.Equal) ? Value(isConst: true) : null;
        return new VariableDefinitionNode(variable, type, defaultValue) { Start = start, Description = description, Directives = Directives(isConst: true) };
    }

    private SelectionSetNode SelectionSet()
    {
        Enter();
        var start = _lexer.Start;
        Expect(TokenKind.BraceOpen);
        var from = _openCount;
        do
        {
            Push(Peek(TokenKind.Spread) ? Fragment() : Field());
        }
        while (!Skip(TokenKind.BraceClose));
        Leave();
        return new SelectionSetNode(Take<SelectionNode>(from)) { Start = start };
    }

    private FieldNode Field()
    {
        var start = _lexer.Start;
        var name = Name();
        NameNode? alias = null;
        if (Skip(TokenKind.Colon))
        {
            alias = name;
            name = Name();
        }

        var arguments = Arguments(isConst: false);
        var directives = Directives(isConst: false);
        return new FieldNode(alias, name, arguments, directives, Peek(TokenKind.BraceOpen) ? SelectionSet() : null) { Start = start };
    }

    private SelectionNode Fragment()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Spread);
        var conditioned = SkipKeyword("on"u8);
        if (!conditioned && Peek(TokenKind.Name))
        {
            var name = Name();
            return new FragmentSpreadNode(name, Directives(isConst: false)) { Start = start };
        }

        var type = conditioned ? NamedType() : null;
        var directives = Directives(isConst: false);
        return new InlineFragmentNode(type, directives, SelectionSet()) { Start = start };
    }

    private ArgumentNode[] Arguments(bool isConst)
    {
        if (!Skip(TokenKind.ParenOpen))
        {
            return [];
        }

        var from = _openCount;
        do
        {
            var start = _lexer.Start;
            var name = Name();
            Expect(TokenKind.Colon);
            Push(new ArgumentNode(name, Value(isConst)) { Start = start });
        }
        while (!Skip(TokenKind.ParenClose));
        return Take<ArgumentNode>(from);
    }

    private DirectiveNode[] Directives(bool isConst)
    {
        if (!Peek(TokenKind.At))
        {
            return [];
        }

        var from = _openCount;
        while (Peek(TokenKind.At))
        {
            var start = _lexer.Start;
            Next();
            var name = Name();
            Push(new DirectiveNode(name, Arguments(isConst)) { Start = start });
        }

        return Take<DirectiveNode>(from);
    }

    private TypeNode Type()
    {
        Enter();
        var start = _lexer.Start;
        TypeNode type;
        if (Skip(TokenKind.BracketOpen))
        {
            var inner = Type();
            Expect(TokenKind.BracketClose);
            type = new ListTypeNode(inner) { Start = start };
        }
        else
        {
            type = NamedType();
        }

        Leave();
        return Skip(TokenKind.Bang) ? new NonNullTypeNode(type) { Start = start } : type;
    }

    private NamedTypeNode NamedType()
    {
        var start = _lexer.Start;
        return new NamedTypeNode(NameText()) { Start = start };
    }
}
