using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;

namespace Crowd.Marketplace.Messages;

/// <summary>
/// JSON of what grains are told and answer, for runtimes that carry it from one process to another. Read tolerantly: during a rolling restart two versions
/// speak with each other.
/// </summary>
public static class MessageJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Whether values of the type travel as JSON: those of the domain and of the grains, but no grain itself. Runtimes have their own ways with lists and enumerations.</summary>
    public static bool Carries(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsArray || type.IsEnum || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || typeof(IAddressable).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type))
            return false;
        return type.Assembly == typeof(MessageJson).Assembly || type.Assembly == typeof(DomainEvent).Assembly;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            // The names of tuples' items are fields.
            IncludeFields = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
