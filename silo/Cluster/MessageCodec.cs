using System.Collections;
using Crowd.Marketplace.Messages;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Crowd.Silo.Cluster;

/// <summary>
/// What Orleans does not know of our messages: that they may travel, that they need no copy, and how lists are carried that the compiler makes of collection
/// expressions (its own types, one in each assembly): as arrays.
/// </summary>
internal sealed class MessageCodec(IServiceProvider services) : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    bool IGeneralizedCodec.IsSupportedType(Type type) => IsCompilersList(type);

    bool IGeneralizedCopier.IsSupportedType(Type type) => MessageJson.Carries(type) || IsCompilersList(type);

    public bool? IsTypeAllowed(Type type) => MessageJson.Carries(type) || (type.IsEnum && IsOurs(type)) ? true : null;

    public object? DeepCopy(object? input, CopyContext context) => input;

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : System.Buffers.IBufferWriter<byte>
    {
        var array = ToArray((ICollection)value!);
        services.GetRequiredService<ICodecProvider>().GetCodec(array.GetType()).WriteField(ref writer, fieldIdDelta, expectedType!, array);
    }

    /// <summary>Never asked for: an array was written.</summary>
    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field) => throw new NotSupportedException("A list that the compiler made is read as an array.");

    private static bool IsOurs(Type type) => type.Assembly == typeof(Domain.JobId).Assembly || type.Assembly == typeof(MessageJson).Assembly;

    private static bool IsCompilersList(Type type) => type.IsGenericType && type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal);

    private static Array ToArray(ICollection list)
    {
        var array = Array.CreateInstance(list.GetType().GetGenericArguments()[0], list.Count);
        list.CopyTo(array, 0);
        return array;
    }
}
