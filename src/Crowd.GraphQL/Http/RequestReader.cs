using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Crowd.GraphQL.Http;

/// <summary>Reads the parameters of a request: from JSON, or from a query string.</summary>
internal static class RequestReader
{
    /// <summary>Reads a POST body.</summary>
    /// <exception cref="RequestException">The body is too large or no request.</exception>
    public static async ValueTask<GraphQLRequest> ReadBody(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > maxBytes)
            {
                reader.AdvanceTo(buffer.End);
                throw TooLarge(maxBytes);
            }

            if (read.IsCompleted)
            {
                try
                {
                    return buffer.IsSingleSegment ? Parse(buffer.FirstSpan) : Parse(buffer.ToArray());
                }
                finally
                {
                    reader.AdvanceTo(buffer.End);
                }
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Reads the query string of a GET.</summary>
    public static GraphQLRequest ReadQuery(IQueryCollection query)
    {
        var document = (string?)query["query"];
        var id = (string?)query["documentId"];
        if (document is null && id is null)
        {
            throw Bad("The parameter query is missing.");
        }

        return new GraphQLRequest(document ?? "")
        {
            DocumentId = id,
            OperationName = query["operationName"],
            Variables = Map("variables", query["variables"]),
            Extensions = Map("extensions", query["extensions"]),
            IsReadOnly = true,
        };
    }

    /// <summary>Reads the JSON of a request, from a body or a socket's message.</summary>
    public static GraphQLRequest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? Parameters(ref reader) : throw Bad("The request is no JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Bad("The request is not JSON.");
        }
    }

    private static GraphQLRequest Parameters(ref Utf8JsonReader reader)
    {
        byte[]? document = null;
        string? operationName = null, id = null;
        JsonElement? variables = null, extensions = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("query"u8))
            {
                reader.Read();
                document = Text(ref reader, "query");
            }
            else if (reader.ValueTextEquals("operationName"u8))
            {
                reader.Read();
                operationName = Name(ref reader, "operationName");
            }
            else if (reader.ValueTextEquals("documentId"u8))
            {
                reader.Read();
                id = Name(ref reader, "documentId");
            }
            else if (reader.ValueTextEquals("variables"u8))
            {
                reader.Read();
                variables = Map(ref reader, "variables");
            }
            else if (reader.ValueTextEquals("extensions"u8))
            {
                reader.Read();
                extensions = Map(ref reader, "extensions");
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // What follows the object is not read; it must not be there.
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
        {
            throw Bad("The request is not one JSON object.");
        }

        if (document is null && id is null)
        {
            throw Bad("The parameter query is missing.");
        }

        return new GraphQLRequest(document ?? []) { DocumentId = id, OperationName = operationName, Variables = variables, Extensions = extensions };
    }

    private static byte[]? Text(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            throw Bad($"The parameter {name} is no string.");
        }

        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.ToArray();
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var length = reader.CopyString(rented);
        var text = rented.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private static string? Name(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        _ => throw Bad($"The parameter {name} is no string."),
    };

    private static JsonElement? Map(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.StartObject => JsonElement.ParseValue(ref reader),
        _ => throw Bad($"The parameter {name} is no object."),
    };

    private static JsonElement? Map(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            reader.Read();
            return Map(ref reader, name);
        }
        catch (JsonException)
        {
            throw Bad($"The parameter {name} is not JSON.");
        }
    }

    private static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message, ErrorCodes.BadRequest);

    private static RequestException TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, $"A request has at most {maxBytes} bytes.", ErrorCodes.SizeLimit);
}
