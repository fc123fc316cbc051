using System.Reflection.Emit;

namespace Crowd.GrainRuntime;

/// <summary>The value tuple that carries a method's arguments; from the eighth on they are nested as in C#.</summary>
internal sealed class ArgumentTuple
{
    private const int FieldsPerLevel = 7;

    private static readonly Type[] Definitions =
    [
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
    ];

    private readonly Type[] _parameters;

    public ArgumentTuple(Type[] parameters)
    {
        _parameters = parameters;
        Type = MakeType(parameters);
    }

    public Type Type { get; }

    /// <summary>Leaves the tuple of the method's arguments (number 1 and up) on the stack.</summary>
    public void EmitPack(ILGenerator il)
    {
        if (_parameters.Length == 0)
        {
            var empty = il.DeclareLocal(Type);
            il.Emit(OpCodes.Ldloc, empty);
            return;
        }

        for (var i = 1; i <= _parameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
        // The innermost tuple takes the last arguments off the stack, the outer ones take what is left and it.
        for (var from = (_parameters.Length - 1) / FieldsPerLevel * FieldsPerLevel; from >= 0; from -= FieldsPerLevel)
        {
            il.Emit(OpCodes.Newobj, MakeType(_parameters[from..]).GetConstructors()[0]);
        }
    }

    /// <summary>Leaves the fields of the tuple, which is argument number 1, on the stack one by one.</summary>
    public void EmitUnpack(ILGenerator il)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarga_S, (byte)1);
            var level = 0;
            for (; i - level >= FieldsPerLevel; level += FieldsPerLevel)
            {
                il.Emit(OpCodes.Ldflda, MakeType(_parameters[level..]).GetField("Rest")!);
            }

            il.Emit(OpCodes.Ldfld, MakeType(_parameters[level..]).GetField($"Item{i - level + 1}")!);
        }
    }

    private static Type MakeType(Type[] parameters) => parameters.Length switch
    {
        0 => Definitions[0],
        <= FieldsPerLevel => Definitions[parameters.Length].MakeGenericType(parameters),
        _ => Definitions[FieldsPerLevel + 1].MakeGenericType([.. parameters[..FieldsPerLevel], MakeType(parameters[FieldsPerLevel..])]),
    };
}
