using System.Reflection;
using System.Reflection.Emit;

namespace Crowd.GrainRuntime.Tests;

public class ManifestTests
{
    private static readonly Type AnyMethod = typeof(Task);

    [Fact]
    public void An_interface_without_a_class_is_named()
    {
        var assembly = new FaultyAssembly();
        assembly.Interface("IAlone");
        Assert.Contains("IAlone is implemented by no grain class", assembly.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interface_with_two_classes_is_named_with_both()
    {
        var assembly = new FaultyAssembly();
        var both = assembly.Interface("IBoth");
        assembly.Class("OneGrain", both);
        assembly.Class("OtherGrain", both);

        Assert.Contains("IBoth is implemented by OneGrain and OtherGrain", assembly.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_an_interface_and_two_of_one_kind_are_named()
    {
        var assembly = new FaultyAssembly();
        assembly.Class("Lonely");
        assembly.Class("LonelyGrain");

        var fault = assembly.Fault();
        Assert.Contains("LonelyGrain implements no grain interface", fault, StringComparison.Ordinal);
        Assert.Contains("have the same kind 'lonely'", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(int), "must return Task, Task<T>, ValueTask or ValueTask<T>, not Int32")]
    [InlineData(typeof(void), "returns void, which only one-way methods may")]
    [InlineData(typeof(IAsyncEnumerable<int>), "must return Task")]
    public void A_method_that_returns_something_else_is_named(Type returned, string expected)
    {
        var assembly = new FaultyAssembly();
        assembly.Class("BadGrain", assembly.Interface("IBad", returned));

        Assert.Contains($"IBad.Method {expected}", assembly.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_with_a_reference_parameter_and_a_generic_one_are_named()
    {
        var assembly = new FaultyAssembly();
        assembly.Class("RefGrain", assembly.Interface("IRef", AnyMethod, typeof(int).MakeByRefType()));
        assembly.Class("GenericGrain", assembly.Interface("IGeneric", AnyMethod, generic: true));

        var fault = assembly.Fault();
        Assert.Contains("IRef.Method has a ref, in or out parameter", fault, StringComparison.Ordinal);
        Assert.Contains("IGeneric.Method is generic", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_of_good_grains_leads_from_interface_and_kind_to_the_class()
    {
        var manifest = new GrainManifest([typeof(ManifestTests).Assembly]);

        Assert.Equal(typeof(CallGrain), manifest.Of(typeof(ICallGrain)).Type);
        Assert.Equal(typeof(CallGrain), manifest.Of(GrainType.Create("call"))!.Type);
        Assert.Throws<ArgumentException>(() => manifest.Of(typeof(IDisposable)));
    }

    /// <summary>An assembly made on the spot, with grains that are wrong.</summary>
    private sealed class FaultyAssembly
    {
        private readonly AssemblyBuilder _assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Faulty"), AssemblyBuilderAccess.RunAndCollect);
        private readonly ModuleBuilder _module;

        public FaultyAssembly() => _module = _assembly.DefineDynamicModule("Faulty");

        public Type Interface(string name, Type? returned = null, Type? parameter = null, bool generic = false)
        {
            var type = _module.DefineType(
                name, TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Public, null, [typeof(IGrainWithStringKey)]);
            if (returned is not null)
            {
                var method = type.DefineMethod(
                    "Method", MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual, returned, parameter is null ? [] : [parameter]);
                if (generic) method.DefineGenericParameters("T");
            }

            return type.CreateType();
        }

        public void Class(string name, Type? implemented = null)
        {
            var type = _module.DefineType(name, TypeAttributes.Public, typeof(Grain), implemented is null ? [] : [implemented]);
            if (implemented?.GetMethod("Method") is { } method)
            {
                Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
                var body = type.DefineMethod("Method", MethodAttributes.Public | MethodAttributes.Virtual, method.ReturnType, parameters);
                if (method.IsGenericMethod) body.DefineGenericParameters("T");
                var il = body.GetILGenerator();
                il.Emit(OpCodes.Ldnull);
                il.Emit(OpCodes.Throw);
            }

            type.CreateType();
        }

        public string Fault() => Assert.Throws<GrainDefinitionException>(() => new GrainManifest([_assembly])).Message;
    }
}
