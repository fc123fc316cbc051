namespace Crowd.GraphQL.Language;

// Section 3.
internal ref partial struct Parser
{
    private TypeSystemNode TypeSystemDefinition(Lexer keyword)
    {
        var start = _lexer.Start;
        var word = keyword.Text;
        var description = Description();
        return word switch
        {
            _ when word.SequenceEqual("schema"u8) => Schema(start, description),
            _ when word.SequenceEqual("scalar"u8) => Scalar(start, description),
            _ when word.SequenceEqual("type"u8) => Fields(start, description, isInterface: false),
            _ when word.SequenceEqual("interface"u8) => Fields(start, description, isInterface: true),
            _ when word.SequenceEqual("union"u8) => Union(start, description),
            _ when word.SequenceEqual("enum"u8) => Enum(start, description),
            _ when word.SequenceEqual("input"u8) => InputObject(start, description),
            _ when word.SequenceEqual("directive"u8) => DirectiveDefinition(start, description),
            _ => throw (description is null ? Unexpected(keyword) : _lexer.Error(start, "A description without a definition.")),
        };
    }

    private TypeSystemNode TypeSystemExtension()
    {
        var start = _lexer.Start;
        ExpectKeyword("extend"u8);
        var end = _lexer;
        TypeSystemNode extension = PeekKeyword("schema"u8) ? Schema(start, null, isExtension: true)
            : PeekKeyword("scalar"u8) ? Scalar(start, null, isExtension: true)
            : PeekKeyword("type"u8) ? Fields(start, null, isInterface: false, isExtension: true)
            : PeekKeyword("interface"u8) ? Fields(start, null, isInterface: true, isExtension: true)
            : PeekKeyword("union"u8) ? Union(start, null, isExtension: true)
            : PeekKeyword("enum"u8) ? Enum(start, null, isExtension: true)
            : PeekKeyword("input"u8) ? InputObject(start, null, isExtension: true)
            : throw Unexpected(end);
        return extension;
    }

    private SchemaNode Schema(int start, StringValueNode? description, bool isExtension = false)
    {
        ExpectKeyword("schema"u8);
        var directives = Directives(isConst: true);
        var operations = Block(isExtension, static (ref Parser parser) =>
        {
            var at = parser._lexer.Start;
            var operation = parser.OperationKind();
            parser.Expect(TokenKind.Colon);
            return new OperationTypeNode(operation, parser.NamedType()) { Start = at };
        });
        RequireContent(isExtension, directives.Length + operations.Length);
        return new SchemaNode(operations) { Start = start, Description = description, Directives = directives, IsExtension = isExtension };
    }

    private ScalarTypeNode Scalar(int start, StringValueNode? description, bool isExtension = false)
    {
        ExpectKeyword("scalar"u8);
        var name = Name();
        var directives = Directives(isConst: true);
        RequireContent(isExtension, directives.Length);
        return new ScalarTypeNode(name) { Start = start, Description = description, Directives = directives, IsExtension = isExtension };
    }

    private FieldsTypeNode Fields(int start, StringValueNode? description, bool isInterface, bool isExtension = false)
    {
        ExpectKeyword(isInterface ? "interface"u8 : "type"u8);
        var name = Name();
        var interfaces = SkipKeyword("implements"u8) ? Delimited(TokenKind.Ampersand, static (ref Parser parser) => parser.NamedType()) : [];
        var directives = Directives(isConst: true);
        var fields = Block(isOptional: true, static (ref Parser parser) => parser.FieldDefinition());
        RequireContent(isExtension, interfaces.Length + directives.Length + fields.Length);
        return new FieldsTypeNode(isInterface, name, interfaces, fields)
        {
            Start = start,
            Description = description,
            Directives = directives,
            IsExtension = isExtension,
        };
    }

    private FieldDefinitionNode FieldDefinition()
    {
        var start = _lexer.Start;
        var description = Description();
        var name = Name();
        var arguments = ArgumentDefinitions();
        Expect(TokenKind.Colon);
        var type = Type();
        return new FieldDefinitionNode(name, arguments, type) { Start = start, Description = description, Directives = Directives(isConst: true) };
    }

    private InputValueDefinitionNode[] ArgumentDefinitions()
    {
        if (!Skip(TokenKind.ParenOpen))
        {
            return [];
        }

        var from = _openCount;
        do
        {
            Push(InputValueDefinition());
        }
        while (!Skip(TokenKind.ParenClose));
        return Take<InputValueDefinitionNode>(from);
    }

    private InputValueDefinitionNode InputValueDefinition()
    {
        var start = _lexer.Start;
        var description = Description();
        var name = Name();
        Expect(TokenKind.Colon);
        var type = Type();
        var defaultValue = Skip(TokenKind.Equal) ? Value(isConst: true) : null;
        return new InputValueDefinitionNode(name, type, defaultValue) { Start = start, Description = description, Directives = Directives(isConst: true) };
    }

    private UnionTypeNode Union(int start, StringValueNode? description, bool isExtension = false)
    {
        ExpectKeyword("union"u8);
        var name = Name();
        var directives = Directives(isConst: true);
        var types = Skip(TokenKind.Equal) ? Delimited(TokenKind.Pipe, static (ref Parser parser) => parser.NamedType()) : [];
        RequireContent(isExtension, directives.Length + types.Length);
        return new UnionTypeNode(name, types) { Start = start, Description = description, Directives = directives, IsExtension = isExtension };
    }

    private EnumTypeNode Enum(int start, StringValueNode? description, bool isExtension = false)
    {
        ExpectKeyword("enum"u8);
        var name = Name();
        var directives = Directives(isConst: true);
        var values = Block(isOptional: true, static (ref Parser parser) => parser.EnumValueDefinition());
        RequireContent(isExtension, directives.Length + values.Length);
        return new EnumTypeNode(name, values) { Start = start, Description = description, Directives = directives, IsExtension = isExtension };
    }

    private EnumValueDefinitionNode EnumValueDefinition()
    {
        var start = _lexer.Start;
        var description = Description();
        if (PeekKeyword("true"u8) || PeekKeyword("false"u8) || PeekKeyword("null"u8))
        {
            throw _lexer.Error(_lexer.Start, "An enum value cannot be named true, false or null.");
        }

        var name = Name();
        return new EnumValueDefinitionNode(name) { Start = start, Description = description, Directives = Directives(isConst: true) };
    }

    private InputObjectTypeNode InputObject(int start, StringValueNode? description, bool isExtension = false)
    {
        ExpectKeyword("input"u8);
        var name = Name();
        var directives = Directives(isConst: true);
        var fields = Block(isOptional: true, static (ref Parser parser) => parser.InputValueDefinition());
        RequireContent(isExtension, directives.Length + fields.Length);
        return new InputObjectTypeNode(name, fields) { Start = start, Description = description, Directives = directives, IsExtension = isExtension };
    }

    private DirectiveDefinitionNode DirectiveDefinition(int start, StringValueNode? description)
    {
        ExpectKeyword("directive"u8);
        Expect(TokenKind.At);
        var name = Name();
        var arguments = ArgumentDefinitions();
        var isRepeatable = SkipKeyword("repeatable"u8);
        ExpectKeyword("on"u8);
        var locations = Delimited(TokenKind.Pipe, static (ref Parser parser) => parser.DirectiveLocation());
        return new DirectiveDefinitionNode(name, arguments, isRepeatable, locations) { Start = start, Description = description };
    }

    private NameNode DirectiveLocation()
    {
        var at = _lexer;
        var name = Name();
        return DirectiveLocations.All.Contains(name.Value) ? name : throw Unexpected(at);
    }

    private delegate T Production<T>(ref Parser parser);

    private T[] Block<T>(bool isOptional, Production<T> item)
        where T : Node
    {
        if (isOptional && !Peek(TokenKind.BraceOpen))
        {
            return [];
        }

        Expect(TokenKind.BraceOpen);
        var from = _openCount;
        do
        {
            Push(item(ref this));
        }
        while (!Skip(TokenKind.BraceClose));
        return Take<T>(from);
    }

    private T[] Delimited<T>(TokenKind delimiter, Production<T> item)
        where T : Node
    {
        Skip(delimiter);
        var from = _openCount;
        do
        {
            Push(item(ref this));
        }
        while (Skip(delimiter));
        return Take<T>(from);
    }

    // An extension that adds nothing ends where something had to follow.
    private readonly void RequireContent(bool isExtension, int count)
    {
        if (isExtension && count == 0)
        {
            throw Unexpected(_lexer);
        }
    }
}
