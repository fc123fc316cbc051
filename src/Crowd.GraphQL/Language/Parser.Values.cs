using System.Text;

namespace Crowd.GraphQL.Language;

// Section 2.10.
internal ref partial struct Parser
{
    private ValueNode Value(bool isConst)
    {
        var start = _lexer.Start;
        switch (_lexer.Kind)
        {
            case TokenKind.Dollar:
                return isConst ? throw ConstVariable() : Variable();
            case TokenKind.Int:
                return new IntValueNode(Text()) { Start = start };
            case TokenKind.Float:
                return new FloatValueNode(Text()) { Start = start };
            case TokenKind.String or TokenKind.BlockString:
                return StringValue();
            case TokenKind.Name:
                return Keyword(start);
            case TokenKind.BracketOpen:
                return ListValue(isConst);
            case TokenKind.BraceOpen:
                return ObjectValue(isConst);
            default:
                throw Unexpected(_lexer);
        }
    }

    private VariableNode Variable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        return new VariableNode(Name()) { Start = start };
    }

    // A variable where only a constant may stand is reported at its dollar sign, if a variable it is.
    private SyntaxException ConstVariable()
    {
        var dollar = _lexer;
        Next();
        return dollar.Error(dollar.Start, Peek(TokenKind.Name) ? "A variable cannot stand in a constant value." : "Unexpected `$`.");
    }

    private ValueNode Keyword(int start)
    {
        ValueNode value = PeekKeyword("true"u8) ? new BooleanValueNode(true) { Start = start }
            : PeekKeyword("false"u8) ? new BooleanValueNode(false) { Start = start }
            : PeekKeyword("null"u8) ? new NullValueNode { Start = start }
            : new EnumValueNode(_names.Get(_lexer.Text)) { Start = start };
        Next();
        return value;
    }

    private ListValueNode ListValue(bool isConst)
    {
        Enter();
        var start = _lexer.Start;
        Expect(TokenKind.BracketOpen);
        var from = _openCount;
        while (!Skip(TokenKind.BracketClose))
        {
            Push(Value(isConst));
        }

        Leave();
        return new ListValueNode(Take<ValueNode>(from)) { Start = start };
    }

    private ObjectValueNode ObjectValue(bool isConst)
    {
        Enter();
        var start = _lexer.Start;
        Expect(TokenKind.BraceOpen);
        var from = _openCount;
        while (!Skip(TokenKind.BraceClose))
        {
            var fieldStart = _lexer.Start;
            var name = Name();
            Expect(TokenKind.Colon);
            Push(new ObjectFieldNode(name, Value(isConst)) { Start = fieldStart });
        }

        Leave();
        return new ObjectValueNode(Take<ObjectFieldNode>(from)) { Start = start };
    }

    private StringValueNode StringValue()
    {
        var start = _lexer.Start;
        var block = _lexer.Kind == TokenKind.BlockString;
        var value = block ? StringValues.OfBlock(_lexer.Text) : StringValues.Of(_lexer.Text, _lexer.HasEscapes);
        Next();
        return new StringValueNode(value, block) { Start = start };
    }

    private string Text()
    {
        var text = Encoding.ASCII.GetString(_lexer.Text);
        Next();
        return text;
    }

    private StringValueNode? Description() => _lexer.Kind is TokenKind.String or TokenKind.BlockString ? StringValue() : null;
}
