using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace Crowd.GrainRuntime;

/// <summary>
/// Generates the class behind the references of a grain interface: every method packs its arguments into a value tuple and hands it, with
/// a description of the method, to <see cref="GrainReference"/>; a static twin unpacks them and calls the grain.
/// </summary>
internal static class ReferenceEmitter
{
    public delegate GrainReference Factory(GrainHost host, GrainClass grainClass, string key);

    private const MethodAttributes Implementing =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot;

    private static readonly ConcurrentDictionary<Type, Lazy<Factory>> Factories = new();

    private static readonly MethodInfo ThrowIfRefused =
        typeof(GrainReference).GetMethod(nameof(GrainReference.ThrowIfRefused), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The factory of the interface's references; generated once per process.</summary>
    public static Factory For(Type grainInterface) => Factories.GetOrAdd(grainInterface, static type => new Lazy<Factory>(() => Emit(type))).Value;

    private static Factory Emit(Type grainInterface)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName($"{grainInterface.Name}.References"), AssemblyBuilderAccess.Run);
        var module = assembly.DefineDynamicModule("references");
        AllowAccess(assembly, module, grainInterface);
        var type = module.DefineType(
            $"{grainInterface.Name}Reference", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grainInterface]);
        EmitConstructor(type);
        var methods = InterfaceShape.MethodsOf(grainInterface).Select((method, index) => EmitMethod(type, grainInterface, method, index)).ToList();
        var made = type.CreateType();
        foreach (var method in methods)
        {
            var invoke = made.GetMethod(method.InvokerName, BindingFlags.NonPublic | BindingFlags.Static)!;
            made.GetField(method.FieldName, BindingFlags.NonPublic | BindingFlags.Static)!.SetValue(null, method.Describe(invoke));
        }

        return made.GetMethod("Make", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Factory>();
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(GrainHost), typeof(GrainClass), typeof(string)];
        var baseConstructor = typeof(GrainReference).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, parameters)!;
        var constructor = type.DefineConstructor(MethodAttributes.Private, CallingConventions.Standard, parameters);
        var il = constructor.GetILGenerator();
        for (var i = 0; i < 4; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Call, baseConstructor);
        il.Emit(OpCodes.Ret);

        il = type.DefineMethod("Make", MethodAttributes.Public | MethodAttributes.Static, typeof(GrainReference), parameters).GetILGenerator();
        for (var i = 0; i < 3; i++) il.Emit(OpCodes.Ldarg, (short)i);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    private static EmittedMethod EmitMethod(TypeBuilder type, Type grainInterface, MethodInfo method, int index)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var arguments = new ArgumentTuple(parameters);
        var description = typeof(GrainMethod<>).MakeGenericType(arguments.Type);
        var emitted = new EmittedMethod(grainInterface, method, description, $"_method{index}", $"Invoke{index}");
        var field = type.DefineField(emitted.FieldName, description, FieldAttributes.Private | FieldAttributes.Static);

        var body = type.DefineMethod($"{method.DeclaringType!.FullName}.{method.Name}", Implementing, method.ReturnType, parameters);
        type.DefineMethodOverride(body, method);
        var il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, field);
        arguments.EmitPack(il);
        EmitSend(il, method, arguments.Type);
        il.Emit(OpCodes.Ret);

        il = type.DefineMethod(emitted.InvokerName, MethodAttributes.Private | MethodAttributes.Static, typeof(Task), [typeof(object), arguments.Type])
            .GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        arguments.EmitUnpack(il);
        il.Emit(OpCodes.Callvirt, method);
        EmitAsTask(il, method.ReturnType);
        il.Emit(OpCodes.Ret);
        return emitted;
    }

    private static void EmitSend(ILGenerator il, MethodInfo method, Type arguments)
    {
        var returned = method.ReturnType;
        if (method.IsDefined(typeof(OneWayAttribute)))
        {
            il.Emit(OpCodes.Call, Send(nameof(GrainReference.Post), arguments));
            if (returned == typeof(void)) il.Emit(OpCodes.Call, ThrowIfRefused);
            else if (returned == typeof(ValueTask)) il.Emit(OpCodes.Newobj, returned.GetConstructor([typeof(Task)])!);
            return;
        }

        il.Emit(OpCodes.Call, returned.IsGenericType
            ? Send(nameof(GrainReference.Ask), arguments, returned.GetGenericArguments()[0])
            : Send(nameof(GrainReference.Tell), arguments));
        if (!returned.IsValueType) return;
        var task = returned.IsGenericType ? typeof(Task<>).MakeGenericType(returned.GetGenericArguments()) : typeof(Task);
        il.Emit(OpCodes.Newobj, returned.GetConstructor([task])!);
    }

    private static void EmitAsTask(ILGenerator il, Type returned)
    {
        if (returned == typeof(void))
        {
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }
        else if (returned.IsValueType)
        {
            var local = il.DeclareLocal(returned);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, returned.GetMethod(nameof(ValueTask.AsTask))!);
        }
    }

    private static MethodInfo Send(string name, params Type[] typeArguments) =>
        typeof(GrainReference).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(typeArguments);

    /// <summary>
    /// Lets the generated code see internal types: those of the runtime, and those of the assemblies that the interface speaks of. The
    /// runtime knows the attribute by its name; it is not part of the framework's reference assemblies.
    /// </summary>
    private static void AllowAccess(AssemblyBuilder assembly, ModuleBuilder module, Type grainInterface)
    {
        const string name = "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute";
        var type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(Attribute));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, [])!);
        il.Emit(OpCodes.Ret);
        var made = type.CreateType().GetConstructor([typeof(string)])!;
        foreach (var seen in InterfaceShape.AssembliesOf(grainInterface).Append(typeof(GrainReference).Assembly).Distinct())
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(made, [seen.GetName().Name!]));
        }
    }

    private sealed record EmittedMethod(Type Interface, MethodInfo Method, Type Description, string FieldName, string InvokerName)
    {
        public object Describe(MethodInfo invoker)
        {
            var invoke = invoker.CreateDelegate(Description.GetConstructors()[0].GetParameters()[0].ParameterType);
            var description = (GrainMethod)Activator.CreateInstance(Description, invoke)!;
            description.Name = $"{Interface.Name}.{Method.Name}";
            description.AlwaysInterleave = Method.IsDefined(typeof(AlwaysInterleaveAttribute));
            description.ReadOnly = Method.IsDefined(typeof(ReadOnlyAttribute));
            return description;
        }
    }
}
